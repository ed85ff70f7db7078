"""A patient's answer in Spanish: the same sentences, the same figures, and what is left in English marked."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from indicated.explain.article import _ORDERS, article
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.readability import ease
from indicated.explain.show import show
from indicated.explain.translations import Spanish, spanish
from indicated.model.errors import Nonsense
from indicated.model.figures import numbers
from indicated.model.statement import Translation
from indicated.workflow import assess as workflow
from indicated.workflow import intake, policies
from tests.explain import world
from tests.explain.test_examples import NAMES, POLICY, explained

DAY = date(2026, 11, 20)
NORMAL = 55
NOT_FOR_PATIENTS = (
    "read.", "highlight.", "score.", "others.", "clause.", "set_aside", "rests", "differential.other",
    "answer.covered", "heading.scores", "heading.others", "heading.pitfalls", "heading.clauses", "heading.set_aside",
    "heading.questions", "dispensing.label.billing", "dispensing.units", "dispensing.weights",
)  # fmt: skip
"""Phrases of sections, tables and pages that a patient does not read."""
NOT_IN_SPANISH = (
    "letters",
    "contrast",
    "ask",
    "related",
    *sorted(one.stem for one in (world.ROOT / "content/phrases").glob("web*.yaml")),
)
"""Phrases of what is not offered in Spanish: letters, requests side by side, questions, the pages around an answer."""


@cache
def decided(name):
    release = workflow.current()
    case = workflow.read(intake.open_case(str(world.ROOT / f"examples/{name}.txt"), None))
    policy = policies.from_file(POLICY, release) if name.startswith("2-") else None
    return workflow.assess(case, policy, DAY)


@cache
def told(name):
    release = workflow.current()
    words = Spanish.of(release.translations)
    return article(decided(name), release.knowledge, release.phrases, "patient", words)


def said(rationale):
    return [f"{one.label}\n{one.text}" for section in rationale.sections for one in section.statements]


def test_every_phrase_that_a_patient_reads_is_in_spanish():
    words = Spanish.of(workflow.current().translations)
    other = "".join((world.ROOT / f"content/phrases/{name}.yaml").read_text("utf-8") for name in NOT_IN_SPANISH)
    elsewhere = set(re.findall(r"^- (?:\{)?id: ([^\s,]+)", other, re.MULTILINE))
    missing = [one.id for one in world.phrases() if one.id not in words.by_id and one.id not in elsewhere]
    assert not [name for name in missing if not name.startswith(NOT_FOR_PATIENTS)]


def test_what_a_patient_does_not_read_is_of_no_section_of_theirs():
    shown = set(_ORDERS["patient"])
    assert not shown & {"scores", "others", "pitfalls", "clauses", "set_aside", "questions"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_withheld_and_the_sections_are_the_same(name):
    assert told(name).withheld == 0
    english = explained(name, "patient")
    assert [one.id for one in told(name).sections] == [one.id for one in english.sections]


@pytest.mark.parametrize("name", NAMES)
def test_the_figures_are_those_of_the_english_answer(name):
    def figures(rationale):
        parts = (section for section in rationale.sections if section.id != "review")
        return sorted(number for part in parts for one in part.statements for number in numbers(one.text))

    assert figures(told(name)) == figures(explained(name, "patient"))


@pytest.mark.parametrize("name", NAMES)
def test_no_english_is_left_without_a_mark(name):
    """The commonest words of English stand in no sentence, once quotes, marked texts and titles of plans are gone."""
    book = Phrasebook((), "patient", Spanish.of(workflow.current().translations))
    for text in said(told(name)):
        bare = re.sub(r"“[^”]*”", "", text)
        for one in told(name).english:
            bare = bare.replace(book.template("show.english").format(text=one), "")
        bare = re.sub(r"\(Initial authorization[^)]*\)", "", bare)
        assert not re.search(r"\b(?:the|and|with|for|is|are|of|was|not)\b", bare), bare


@pytest.mark.parametrize("name", NAMES)
def test_spanish_is_no_harder_than_normal(name):
    assert ease(told(name)) >= NORMAL


def test_what_stands_in_english_is_said_to_be_and_marked_for_a_screen_reader():
    page = show(decided("2-overlap-denied"), workflow.current(), "patient", "html", "es")
    assert '<html lang="es">' in page
    assert re.search(r'<span lang="en">[^<]+</span> \(en inglés\)', page)
    assert "Aparecen en inglés y así se indica" in page


def test_an_answer_without_english_says_nothing_of_it():
    assert "así se indica" not in show(decided(NAMES[0]), workflow.current(), "patient", "text", "es")


@pytest.mark.parametrize(
    ("items", "joined"),
    [(["fiebre", "infección"], "fiebre e infección"), (["a", "hielo"], "a y hielo"), (["a", "b", "c"], "a, b y c")],
)
def test_and_gives_way_to_its_own_sound(items, joined):
    book = Phrasebook(world.phrases(), "patient", Spanish.of(workflow.current().translations))
    assert book.series(items) == joined


def test_or_gives_way_to_its_own_sound():
    book = Phrasebook(world.phrases(), "patient", Spanish.of(workflow.current().translations))
    assert book.series(["uno", "otro"], "or") == "uno u otro"


@pytest.mark.parametrize(("language", "audience"), [("es", "clinician"), ("es", "reviewer"), ("fr", "patient")])
def test_other_languages_and_audiences_are_refused(language, audience):
    with pytest.raises(Nonsense, match="use"):
        spanish(language, audience, ())


def test_english_needs_no_translations():
    assert spanish("en", "reviewer", ()) is None


@pytest.mark.parametrize("given", [{}, {"id": "a", "of": "b"}])
def test_a_translation_is_of_one_thing(given):
    with pytest.raises(Nonsense, match="of one of them"):
        Translation("hola", **given)
