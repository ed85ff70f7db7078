"""Denial letters, letters of necessity, pasted policies, web pages: only what is said of the patient is a fact of his.

Each text of `voices/` names in its first line what it says of the patient. The reference answers argue at length from
guidelines and trials; what they add to the case they answer is counted.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from indicated.model.concept import Kind

from .content import lexicon, read

FOLDER = Path(__file__).parent / "voices"
SHARED = Path(__file__).resolve().parents[3] / "shared"
ANSWERS = SHARED / "reference-answers"
_HEAD = "# of the patient: "
_ALLOWED_BEYOND_THE_CASE = 13


def _text(name: str) -> tuple[set[str], str]:
    head, _, text = (FOLDER / name).read_text("utf-8").partition("\n")
    return set(head.removeprefix(_HEAD).split()), text


def _beyond(known: set[str], found: set[str]) -> set[str]:
    """What is none of the known concepts nor anything broader than one."""
    vocabulary = lexicon().vocabulary
    return {one for one in found if not any(vocabulary.is_a(known_one, one) for known_one in known)}


def _is_class(concept: str) -> bool:
    """Whether the words sum up drugs that the case names one by one (`second-line therapies`)."""
    return lexicon().vocabulary[concept].kind is Kind.DRUG_CLASS


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.txt")))
def test_only_what_is_said_of_the_patient_becomes_a_fact(name: str):
    known, text = _text(name)
    found = {fact.concept for fact in read(text).facts}
    assert _beyond(known, found) == set()
    assert known - found == set()


@pytest.mark.skipif(not ANSWERS.exists(), reason="the reference answers are not in this checkout")
def test_answers_full_of_guidelines_add_little_to_their_cases():
    beyond = 0
    for number in range(1, 6):
        case = next(path for path in (SHARED / "cases").glob(f"{number}-*.md") if ".policy" not in path.name)
        known = {fact.concept for fact in read(case.read_text("utf-8")).facts}
        facts = read((ANSWERS / f"{number}.txt").read_text("utf-8")).facts
        beyond += sum(bool(_beyond(known, {fact.concept})) for fact in facts if not _is_class(fact.concept))
    assert beyond <= _ALLOWED_BEYOND_THE_CASE


@pytest.mark.skipif(not ANSWERS.exists(), reason="the reference answers are not in this checkout")
@pytest.mark.parametrize("number", [1, 3, 4])
def test_the_question_that_an_answer_repeats_is_still_read(number: int):
    text = (ANSWERS / f"{number}.txt").read_text("utf-8")
    question = text.split("\n", 1)[0]
    asked = {fact.concept for fact in read(question).facts}
    assert asked
    assert asked <= {fact.concept for fact in read(text).facts}
