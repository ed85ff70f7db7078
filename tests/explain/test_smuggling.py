"""What no proof of a sentence holds does not get into it: a figure, unit, drug, disease, quote or direction."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.proofs import of_facts
from indicated.explain.writer import Writer
from indicated.model.assertion import Polarity
from indicated.model.concept import Kind
from indicated.model.fact import Course, Entry, Outcome, Result, Stage, Tolerance
from indicated.model.statement import FromEntry, FromPassage, FromTrace
from indicated.workflow import assess as workflow
from indicated.workflow import intake
from tests.explain.world import ROOT

DAY = date(2026, 11, 20)
EXAMPLES = sorted(file.name for file in (ROOT / "examples").glob("[1-5]*[a-z].txt") if "policy" not in file.name)


@cache
def decided(name):
    return workflow.assess(workflow.read(intake.open_case(str(ROOT / "examples" / Path(name)), None)), None, DAY)


def desk(name="2-overlap-denied.txt"):
    release = workflow.current()
    return Writer(decided(name), release.knowledge, Phrasebook(release.phrases))


def accepts(w, proofs, text):
    return bool(w.say("content.sentence", proofs, text=text))


@cache
def foreign_labels(name):
    """Drugs and diseases that the record does not name, nor anything narrower."""
    knowledge = workflow.current().knowledge
    case = decided(name).case
    words = " ".join(document.text for document in case.documents).lower()
    known = knowledge.vocabulary.broadened(fact.concept for fact in case.facts)
    asked = {case.request.treatment, *case.request.indications}
    kinds = (Kind.DRUG, Kind.DRUG_CLASS, Kind.CONDITION)
    return tuple(
        concept.label
        for concept in knowledge.concepts
        if concept.kind in kinds
        and concept.id not in known | knowledge.vocabulary.broadened(asked)
        and concept.label.lower() not in words
        and not any(word in words for word in concept.label.lower().split())
    )


def facts(name):
    return [fact for fact in decided(name).case.facts if fact.passages]


def turned(fact):
    """The fact, pointing another way, in each way that it can."""
    flipped = Polarity.PRESENT if fact.absent else Polarity.ABSENT
    if fact.therapy is not None:
        was = fact.therapy
        for outcome in Outcome:
            yield replace(fact, therapy=replace(was, outcome=outcome, tolerance=Tolerance.UNKNOWN, end_reason=None))
        for stage in Stage:
            yield replace(fact, therapy=replace(was, stage=stage, outcome=Outcome.FAILED))
        yield replace(fact, therapy=replace(was, tolerance=Tolerance.ALLERGIC))
    elif fact.result is not None:
        yield from (replace(fact, result=result) for result in Result)
    elif fact.course is not None:
        yield from (replace(fact, course=course) for course in Course)
    elif fact.value is None:
        yield replace(fact, assertion=replace(fact.assertion, polarity=flipped))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_fact_of_the_record_is_told_and_turned_round_it_is_not(name):
    turns = 0
    for fact in facts(name):
        w = desk(name)
        assert accepts(w, of_facts([fact]), w.words.fact(fact)), fact.concept
        for other in turned(fact):
            w = desk(name)
            said = w.words.fact(other)
            if said != desk(name).words.fact(fact) and not accepts_as_told(name, fact, other):
                turns += 1
                assert not accepts(w, of_facts([fact]), said), (fact.concept, said)
    assert turns > 3


def accepts_as_told(name, fact, other):
    """Whether the same passage tells the other fact too (one sentence may say two things of one drug)."""
    spans = {(one.document, one.start, one.end) for one in fact.passages}
    return any(
        one.concept == other.concept
        and one is not fact
        and spans & {(p.document, p.start, p.end) for p in one.passages}
        for one in facts(name)
    )


@settings(max_examples=30)
@given(st.data())
def test_no_foreign_drug_or_disease_gets_in_beside_a_fact(data):
    name = data.draw(st.sampled_from(EXAMPLES))
    fact = data.draw(st.sampled_from(facts(name)))
    label = data.draw(st.sampled_from(foreign_labels(name)))
    shape = data.draw(st.sampled_from(("{0} and {1}", "{1}; {0}", "{0} ({1})", "{1}")))
    w = desk(name)
    assert not accepts(w, of_facts([fact]), shape.format(w.words.fact(fact), label)), label
    assert w.withheld


@settings(max_examples=30)
@given(st.data(), st.integers(11, 10**6))
def test_no_foreign_figure_gets_in_beside_a_fact(data, figure):
    name = data.draw(st.sampled_from(EXAMPLES))
    fact = data.draw(st.sampled_from(facts(name)))
    if str(figure) in " ".join(passage.quote for passage in fact.passages):
        return
    w = desk(name)
    assert not accepts(w, of_facts([fact]), f"{w.words.fact(fact)}, {figure}")


@pytest.mark.parametrize("said", ["70 kg", "70 mg", "70 g/kg", "70 weeks", "70 %"])
def test_a_figure_in_another_unit_is_foreign(said):
    w = desk()
    text = w.d.case.documents[0]
    at = text.text.index("70 g monthly")
    proof = FromPassage(text.passage(at, at + 12))
    assert accepts(w, [proof], "70 g")
    assert not accepts(w, [proof], said)
    assert said.split()[0] in w.withheld[0]


@pytest.mark.parametrize("phrase_id", ["answer.supported", "answer.not_supported.against", "answer.undetermined"])
def test_a_verdict_is_told_as_the_trace_has_it(phrase_id):
    w = desk()
    places = {"treatment": w.words.label("tx.ivig"), "condition": "this use", "grade": ""}
    other = "undetermined" if phrase_id != "answer.undetermined" else "supported"
    verdict = phrase_id.split(".")[1]
    assert not w.say(phrase_id, [FromTrace(w.d.lead, other)], **places)
    assert w.say(phrase_id, [FromTrace(w.d.lead, verdict)], **places)


def test_a_mark_is_a_verdict_too():
    w = desk()
    proof = FromTrace(w.d.lead, "unknown")
    assert not w.say("criteria.row", [proof], mark="met", text="")
    assert not w.say("criteria.row", [proof], mark="applies_not", text="")
    assert w.say("criteria.row", [proof], mark="unknown", text="")


def test_a_verdict_of_a_person_is_that_of_the_decision_and_no_other_entry():
    assert not desk().say("criteria.row", [FromEntry("form", "met")], mark="met", text="")
    assert desk().say("criteria.row", [FromEntry("decision.verdict.1.a", "met")], mark="met", text="")


def test_an_entered_fact_is_told_and_turned_round_it_is_not():
    entered = [
        replace(fact, sources=(Entry("form"),)) for fact in facts("2-overlap-denied.txt") if fact.therapy is None
    ]
    turns = 0
    for fact in entered:
        w = desk()
        assert accepts(w, of_facts([fact]), w.words.fact(fact)), fact.concept
        for other in turned(fact):
            w = desk()
            said = w.words.fact(other)
            if said != w.words.fact(fact):
                turns += 1
                assert not accepts(w, of_facts([fact]), said), (fact.concept, said)
    assert turns > 3


def test_a_quote_stands_in_the_record_word_for_word():
    w = desk()
    fact = next(one for one in facts("2-overlap-denied.txt") if one.concept == "drug.tofacitinib")
    assert accepts(w, of_facts([fact]), f"“{fact.passages[0].quote}”")
    assert not accepts(w, of_facts([fact]), "“He failed it”")


def notes():
    standard = workflow.current().knowledge.standard_table[decided("2-overlap-denied.txt").lead]
    return [(one.says, one.cite) for one in standard.evidence if one.says]


def test_a_sentence_of_the_content_rests_on_its_own_sources():
    for text, key in notes():
        w = desk()
        assert w.sentence(text, (key,)), text


@settings(max_examples=30)
@given(st.data())
def test_a_sentence_of_the_content_takes_in_no_drug_or_disease(data):
    text, key = data.draw(st.sampled_from(notes()))
    label = data.draw(st.sampled_from(foreign_labels("2-overlap-denied.txt")))
    w = desk()
    concepts = {one for name in w.knowledge.naming.find(label) for one in name.concepts}
    if concepts & w.knowledge.named_by(key):
        return
    assert not accepts(w, w.sources((key,), text), f"{text.rstrip('.')}, and so does {label}.")


def test_a_sentence_does_not_point_where_its_proof_does_not():
    w = desk()
    fact = next(one for one in facts("2-overlap-denied.txt") if one.concept == "ab.mi2")
    for text in ("the antibody is negative", "it is never so", "the condition worsened", "criterion not met"):
        assert not accepts(w, of_facts([fact]), text), text
    assert accepts(w, of_facts([fact]), "the antibody is positive")


def test_a_sign_in_a_proof_points_too():
    w = desk()
    slower = w.count("rate", {"weight": "70 kg"}, "<8 mg/kg/min")
    assert accepts(w, [slower], "below 8 mg/kg/min")
    assert not accepts(w, [slower], "above 8 mg/kg/min")
