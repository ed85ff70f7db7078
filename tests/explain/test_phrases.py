"""The phrases of the content: every one that code names exists, every one is used, none brings a number of its own."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from indicated.engine.decide import _TABLE
from indicated.model.determination import DoseIssue, Finding, NextStep
from indicated.model.fact import Course, EndReason, Outcome, Result, Stage, Tolerance
from indicated.model.product import CautionKind
from indicated.model.regimen import Phase
from indicated.model.standard import Care, ContentStatus, Line
from indicated.model.verdict import Settle, Verdict
from indicated.release import builtin
from tests.explain import world

IDS = {phrase.id: phrase for phrase in world.phrases()}
SOURCE = "\n".join(file.read_text("utf-8") for file in sorted((world.ROOT / "src/indicated").rglob("*.py")))
FAMILIES = {
    "finding": Finding,
    "answer": Finding,
    "next": NextStep,
    "gap": Settle,
    "result": Result,
    "course": Course,
    "stage": Stage,
    "outcome": Outcome,
    "tolerance": Tolerance,
    "end_reason": EndReason,
    "care": Care,
    "line": Line,
    "status": ContentStatus,
    "phase": Phase,
    "caution": CautionKind,
    "dose": DoseIssue,
    "mark": Verdict,
    "policy_verdict": Verdict,
}


def test_no_phrase_is_told_twice():
    assert len(IDS) == len(world.phrases())


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_value_of_a_closed_list_has_its_words(family):
    missing = [value.value for value in FAMILIES[family] if f"{family}.{value.value}" not in IDS]
    assert not [value for value in missing if (family, value) != ("tolerance", "unknown")]


def test_every_reason_for_a_next_step_has_its_words():
    codes = {code for row in _TABLE.values() for _, code in row.values()}
    codes |= {"contraindicated", "contradiction", "slip", "dose_outside", "doubt", "dose_missing", "weight_missing"}
    assert not [code for code in codes | {"interval_missing"} if f"reason.{code}" not in IDS]


def test_every_phrase_named_in_the_code_exists():
    named = set(re.findall(r'\.(?:say|words|template)\(\s*"([a-z_.]+)"', SOURCE))
    named |= {
        found
        for pair in re.findall(r'"([a-z_]+\.[a-z_.]+)" if .* else "([a-z_]+\.[a-z_.]+)"', SOURCE)
        for found in pair
    }
    assert len(named) > 60
    assert not sorted(named - set(IDS))


def test_every_phrase_is_used():
    """A phrase is used when code or what can be asked names it, or code names its family."""
    otherwise = {intent.otherwise for intent in builtin().question_words.intents}
    families = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)*)\.\{', SOURCE)) | set(
        re.findall(r"""\.word\(\s*["']([a-z_]+)["']""", SOURCE)
    )
    families |= set(re.findall(r'\.word\(f"([a-z_]+)\.', SOURCE)) | {"finding", "policy_verdict"}

    def used(name: str) -> bool:
        parents = [name[:at] for at, character in enumerate(name) if character == "."]
        return (
            f'"{name}"' in SOURCE
            or f"'{name}'" in SOURCE
            or any(parent in families for parent in parents)
            or name in otherwise
        )

    assert not [name for name in IDS if not used(name)]


def test_no_phrase_brings_a_number_of_its_own():
    """But in a name, and where a page shows how a limit or a moment is typed."""
    named = re.compile(r"ICD-10-CM|CMS-0057-F")
    told = [phrase.id for phrase in IDS.values() if re.search(r"[0-9]", named.sub("", _texts(phrase)))]
    shows_how = {"web.editor.limit.hint", "web.work.no_moment"}
    assert {one for one in told if not one.startswith("unit.")} == shows_how


def test_the_words_for_others_have_no_place_that_the_clinicians_lack():
    for phrase in IDS.values():
        places = _places(phrase.clinician)
        for other in (phrase.reviewer, phrase.patient):
            assert _places(other) <= places, phrase.id


def test_no_phrase_denies():
    """A program never denies: the word stands only where that is said, in what can be done about a denial, and on the
    pages where a licensed person decides and where what people decided is counted.
    """
    told = [phrase.id for phrase in IDS.values() if re.search(r"\bden(?:y|ied|ies)\b", _texts(phrase), re.IGNORECASE)]
    of_people = ("web.decision.", "web.dashboard.", "web.ask.denial")
    said = {one for one in told if not one.startswith(of_people)}
    assert said <= {"disclaimer", "reason.not_supported_no_policy", "next.physician_review"}


def _texts(phrase):
    return f"{phrase.clinician}\n{phrase.reviewer}\n{phrase.patient}"


def _places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}
