"""Every example in the content is read as it says."""

from __future__ import annotations

import pytest

from indicated.model.concept import Concept, Example
from indicated.model.lexicon_composed import Composed, ComposedExample
from indicated.model.lexicon_cues import CueExample
from indicated.model.text import Document
from indicated.reading.reader import assertion

from .content import lexicon, marked, read, reader

_AXES = ("polarity", "certainty", "time", "subject", "voice")
_CONCEPTS = [(concept, example) for concept in lexicon().concepts for example in concept.examples]
_CUES = [(rule.id, example) for rule in lexicon().cues for example in rule.examples]
_RESULTS = [(rule.id, example) for rule in lexicon().results for example in rule.examples]


def _name(value: object) -> str | None:
    return value.id if isinstance(value, Concept) else value if isinstance(value, str) else None


@pytest.mark.parametrize(("concept", "example"), _CONCEPTS, ids=_name)
def test_a_concept_is_read_as_its_example_says(concept: Concept, example: Example):
    seen = [one for one in reader().scene(Document("text", example.text)).seen if one.concept == concept.id]
    facts = [fact for fact in read(example.text).facts if fact.concept == concept.id]
    if example.expect.get("absent"):
        assert not seen
        return
    for axis, value in example.expect.items():
        if axis in _AXES:
            found = {str(getattr(one.assertion, axis)) for one in (facts or seen)}
        elif axis == "value":
            found = {fact.value.text().replace(" %", "%") for fact in facts if fact.value}
        elif axis == "result":
            found = {str(fact.result) for fact in facts}
        else:
            found = {str(getattr(fact.therapy, axis)) for fact in facts if fact.therapy}
        assert value.replace(" %", "%") in found, f"{axis}: {found}"


@pytest.mark.parametrize(("rule", "example"), _CUES, ids=_name)
def test_a_cue_reaches_what_its_example_says(rule: str, example: CueExample):  # noqa: ARG001 - it names the test
    text, start, end = marked(example.text)
    said = assertion(text, start, end, lexicon())
    assert {axis: str(getattr(said, axis)) for axis in example.expect} == example.expect


@pytest.mark.parametrize(("rule", "example"), _RESULTS, ids=_name)
def test_a_result_word_is_tied_as_its_example_says(rule: str, example: CueExample):  # noqa: ARG001 - names the test
    text, start, end = marked(example.text)
    covering = [
        fact for fact in read(text).facts if any(one.start <= start and end <= one.end for one in fact.passages)
    ]
    assert example.expect["result"] in {str(fact.result) for fact in covering}


def test_every_cue_group_that_a_rule_heeds_exists():
    groups = {rule.group for rule in lexicon().cues if rule.group}
    heeded = {group for rule in lexicon().cues for group in rule.stops_at}
    assert heeded <= groups


_COMPOSED = [
    (finding, example)
    for composed in (lexicon().composed,)
    if composed is not None
    for finding in composed.findings
    for example in finding.examples
]


@pytest.mark.parametrize(
    ("finding", "example"), _COMPOSED, ids=lambda one: getattr(one, "id", getattr(one, "text", ""))
)
def test_a_composed_finding_is_read_as_its_example_says(finding: Composed, example: ComposedExample):
    seen = reader().scene(Document("text", example.text)).seen
    said = {str(one.assertion.polarity) for one in seen if one.concept == finding.gives}
    assert said == ({example.expect} if example.expect != "none" else set())
