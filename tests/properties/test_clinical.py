"""What holds of every reader, whatever a chart-like text says: exact passages, the same again, nothing lost beside."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

import indicated
from indicated import reading
from indicated.model.assertion import Certainty
from indicated.model.case import Case
from indicated.model.errors import IndicatedError
from indicated.model.fact import Fact
from indicated.model.text import Document
from indicated.workflow.assess import read
from indicated.workflow.facts import as_json, as_page, as_text
from tests.properties.clinical import notes

DAY = "2026-11-20"
UNRELATED = ("The family arrived by train.", "Parking was paid in advance.", "Lunch was soup with bread.")


def passages(case: Case):
    for fact in case.facts:
        yield from fact.passages
    for one in case.contradictions:
        yield from one.passages
    for mention in case.set_aside:
        yield mention.passage
    for code in case.codes:
        yield code.passage
    if case.request is not None:
        yield from case.request.passages
        yield from case.request.regimen.passages if case.request.regimen is not None else ()


def claim(fact: Fact) -> tuple[object, ...]:
    said = fact.assertion
    if fact.therapy is not None:
        return (fact.concept, fact.therapy, said.polarity, fact.on)
    return (fact.concept, said.polarity, said.certainty, fact.value, fact.result, fact.course, fact.on)


def placeless(value: object) -> object:
    """The same without where anything stands."""
    if isinstance(value, dict):
        return {name: placeless(held) for name, held in value.items() if name != "passages"}
    return [placeless(held) for held in value] if isinstance(value, list | tuple) else value


def told(facts: Iterable[Fact], moved: int = 0) -> list[object]:
    """What facts say, each with its places in a text that begins `moved` characters later."""
    return [(placeless(msgspec.to_builtins(claim(fact))), places(fact, "a", moved)) for fact in facts]


def places(fact: Fact, document: str, moved: int = 0) -> set[tuple[int, int]]:
    return {(one.start - moved, one.end - moved) for one in fact.passages if one.document == document}


def weak(fact: Fact) -> bool:
    return fact.therapy is None and fact.assertion.certainty in (Certainty.POSSIBLE, Certainty.PROBABLE)


@given(notes())
def test_every_passage_of_a_case_quotes_its_document_and_no_text_is_empty(text):
    case = indicated.read(text)
    assert all(one.quote and text[one.start : one.end] == one.quote for one in passages(case))


@given(notes())
def test_amounts_are_in_the_text_and_in_order(text):
    found = reading.amounts(text)
    assert all(text[one.passage.start : one.passage.end] == one.passage.quote for one in found)
    assert all(first.passage.start <= second.passage.start for first, second in pairwise(found))


@given(notes(), st.data())
def test_any_span_is_judged_and_its_cues_are_in_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    said = reading.assertion(text, start, end)
    assert said == reading.assertion(text, start, end)
    assert all(cue.start is None or 0 <= cue.start < cue.end <= len(text) for cue in said.because)


@given(notes())
def test_the_same_text_gives_the_same_bytes(text):
    first, second = indicated.read(text), indicated.read(text)
    assert first == second
    assert as_json(first) == as_json(second)
    assert as_text(first) == as_text(second)
    assert as_page(first) == as_page(second)


@given(notes())
def test_shouting_is_read_too(text):
    loud = text.upper()
    assert all(loud[one.start : one.end] == one.quote for one in passages(indicated.read(loud)))


def in_a_course(fact, facts):
    """Whether two tellings of one drug were made one course, which says what both say."""
    return fact.therapy is not None and any(
        one.concept == fact.concept and set(fact.sources) <= set(one.sources) for one in facts
    )


@given(notes(most=4), notes(most=4))
def test_two_documents_say_together_what_each_says_alone(first, second):
    alone = [*read((Document("a", first),)).facts, *read((Document("b", second),)).facts]
    together = read((Document("a", first), Document("b", second))).facts
    by_claim = {claim(fact): fact for fact in together}
    for fact in alone:
        known = by_claim.get(claim(fact))
        whole = known is not None and set(fact.sources) <= set(known.sources)
        assert weak(fact) or whole or in_a_course(fact, together)
    sources = {source for fact in alone for source in fact.sources}
    assert all(set(fact.sources) <= sources for fact in together)


@given(notes(most=5), st.sampled_from(UNRELATED), st.sampled_from(("\n\n", "\r\n\r\n", "\n\n\n")))
def test_an_unrelated_paragraph_takes_no_fact_away(text, beside, gap):
    # The exception: a text that breaks off in a bullet without words has the bullet in its last sentence.
    whole = text.rstrip().rstrip("-|(/1.:;,? \n\t") + "."
    alone = read((Document("a", whole),)).facts
    assert told(alone) == told(read((Document("a", whole + gap + beside),)).facts)


@given(notes(most=5), st.sampled_from(UNRELATED))
def test_an_unrelated_paragraph_before_takes_no_fact_away(text, beside):
    lead = f"{beside}\n\n"
    alone = read((Document("a", text),)).facts
    assert told(alone) == told(read((Document("a", lead + text),)).facts, len(lead))


@given(notes())
def test_any_note_is_decided_or_refused_in_one_line(text):
    said = ""
    try:
        msgspec.json.decode(indicated.explain(indicated.assess(text, on=DAY), format="json"))
    except IndicatedError as refused:
        said = str(refused)
    assert "\n" not in said
