"""Questions about a case: what is supposed, what is refused, what is kept in a talk."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import indicated
from indicated.model.fact import Outcome
from indicated.model.statement import FromPassage
from indicated.workflow.assess import current
from indicated.workflow.errors import NoQuestion
from indicated.workflow.talk import Talk
from tests.effort import effort
from tests.explain.asked.told import DAY, QUESTIONS, decided


def supposed(answer):
    return {one.concept: one for one in answer.question.supposed.facts}


def test_a_text_a_case_and_a_determination_can_be_asked_about():
    text = "A 52-year-old with dermatomyositis. Request: IVIG 2 g/kg every 4 weeks."
    ways = (text, indicated.read(text), indicated.assess(text, on=DAY))
    shown = {indicated.ask(way, "what if the weight is 52 kg?", on=DAY).show("text") for way in ways}
    assert len(shown) == 1


def test_what_is_supposed_quotes_the_question_and_leaves_the_determination_as_it_was():
    before = decided("denied")
    answer = indicated.ask(before, "what if CRP is raised?")
    (fact,) = answer.question.supposed.facts
    (passage,) = fact.passages
    assert "what if CRP is raised?"[passage.start : passage.end] == passage.quote
    assert fact not in before.case.facts
    assert fact in answer.after.case.facts
    assert answer.before is before


def test_no_hypothetical_word_of_the_question_makes_a_fact_hypothetical():
    for text in ("what if she had fever?", "suppose there were fever", "imagine she has fever", "assuming fever"):
        fact = supposed(indicated.ask(decided("overlap"), text))["finding.fever"]
        assert fact.assertion.time.value == "current", text
        assert fact.present, text


def test_a_value_takes_the_place_of_the_value_on_record():
    answer = indicated.ask(decided("myasthenia"), "what if creatinine were 3.5 mg/dL?")
    values = [one.value.text() for one in answer.after.case.facts if one.concept == "lab.creatinine"]
    assert values == ["3.5 mg/dL"]


def test_a_test_turned_round_takes_the_place_of_its_result():
    answer = indicated.ask(decided("stiff"), "What if GAD65 was negative?")
    results = [one.result.value for one in answer.after.case.facts if one.concept == "ab.gad65"]
    assert results == ["negative"]


def test_a_drug_that_failed_takes_the_place_of_the_drug_without_an_outcome():
    answer = indicated.ask(decided("overlap"), "suppose methotrexate had failed")
    told = [one.therapy.outcome for one in answer.after.case.facts if one.concept == "drug.methotrexate"]
    assert told == [Outcome.FAILED]


def test_what_is_forgotten_is_neither_present_nor_absent():
    answer = indicated.ask(decided("dm"), "forget the interstitial lung disease")
    assert not [one for one in answer.after.case.facts if one.concept == "dx.ild"]
    answer = indicated.ask(decided("dm"), "without the interstitial lung disease")
    assert [one.absent for one in answer.after.case.facts if one.concept == "dx.ild"] == [True]


def test_a_condition_left_out_carries_the_request_no_more():
    for text in ("forget the dermatomyositis", "without dermatomyositis"):
        answer = indicated.ask(decided("dm"), text)
        assert "dx.dm" in answer.before.case.request.indications
        assert "dx.dm" not in answer.after.case.request.indications
        assert answer.after.finding is not answer.before.finding


def test_a_word_of_the_record_leaves_out_what_is_told_with_it_and_with_nothing_else():
    assert indicated.ask(decided("myasthenia"), "without the crisis").question.supposed.forgotten
    assert not indicated.ask(decided("myasthenia"), "without the moon").question.supposed.told


def test_a_rhythm_supposed_keeps_the_dose_and_a_dose_the_rhythm():
    request = indicated.ask(decided("stiff"), "what if it were every 8 weeks instead?").after.case.request
    assert (request.regimen.per_course.text(), request.regimen.interval.text()) == ("2 g/kg", "8 wk")
    request = indicated.ask(decided("stiff"), "what if the dose were 1 g/kg?").after.case.request
    assert (request.regimen.per_course.text(), request.regimen.interval.text()) == ("1 g/kg", "1 mo")


def test_another_drug_in_place_of_what_is_asked_for_is_not_decided():
    answer = indicated.ask(decided("cidp"), "what if it were rituximab 375 mg/m2 weekly instead")
    assert not answer.question.supposed.told
    assert answer.after is answer.before
    assert "Not understood, and left out" in answer.show("text")


def test_a_dose_of_another_drug_that_was_tried_is_no_dose_of_the_request():
    answer = indicated.ask(decided("cidp"), "what if prednisone 60 mg daily for 12 weeks had worked")
    assert answer.question.supposed.request is None
    assert supposed(answer)["drug.prednisone"].therapy.outcome is Outcome.EFFECTIVE


def test_another_way_of_giving_it_is_another_request():
    answer = indicated.ask(decided("cidp"), "what if we switch to subcutaneous immune globulin 0.2 g/kg weekly")
    assert answer.after.case.request.treatment == "tx.scig"
    assert answer.before.case.request.treatment == "tx.ivig"


def test_a_product_supposed_brings_its_vials():
    answer = indicated.ask(decided("cidp"), "what if Privigen is used?")
    assert answer.before.dispensing is None or not answer.before.dispensing.vials
    assert answer.after.dispensing.vials


def test_a_unit_that_cannot_be_right_is_not_computed_with():
    answer = indicated.ask(decided("itp"), "what if it was 40 mg of IVIG")
    assert "cannot be right for this treatment" in answer.show("text")
    assert answer.after.next_step.value == "information_needed"


def test_the_same_question_gives_the_same_answer():
    once, again = (indicated.ask(decided("denied"), "why is 1.d open?").show("json") for _ in range(2))
    assert once == again


@pytest.mark.parametrize("text", ["", "   ", "?!", "\n"])
def test_a_question_without_a_word_is_refused(text):
    with pytest.raises(NoQuestion, match="there is no question"):
        indicated.ask(decided("dm"), text)


def test_a_question_that_is_too_long_is_refused():
    with pytest.raises(NoQuestion, match="longer than 2,000"):
        indicated.ask(decided("dm"), "why " * 600)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(sorted({word for told in QUESTIONS for word in told.q.split()})), min_size=1, max_size=12)
)
def test_any_words_in_any_order_have_an_answer_with_proofs_that_quote(words):
    answer = indicated.ask(decided("denied"), " ".join(words))
    assert not answer.rationale.withheld
    for section in answer.rationale.sections:
        for statement in section.statements:
            assert statement.proofs
            for proof in statement.proofs:
                if isinstance(proof, FromPassage):
                    documents = {one.id: one.text for one in answer.after.case.documents}
                    documents.setdefault(answer.question.document.id, answer.question.document.text)
                    passage = proof.passage
                    assert documents[passage.document][passage.start : passage.end] == passage.quote


def test_a_talk_keeps_what_was_supposed_until_it_is_taken_back():
    talk = Talk(decided("denied"))
    talk.ask("what if EMG was myopathic?")
    talk.ask("and if CRP is raised?")
    assert talk.ask("suppose he has muscle pain").after.policy_verdict.value == "met"
    assert talk.ask("what is missing?").after.policy_verdict.value == "met"
    assert talk.command("list").count("\n") == 3
    assert talk.command("undo").count("\n") == 2
    assert talk.now.policy_verdict.value == "unknown"
    assert talk.command("reset") == "Nothing is supposed.\n"
    assert talk.now is decided("denied")


def test_a_what_if_takes_no_more_than_twice_the_work_of_assessing():
    text = "\n".join(document.text for document in decided("denied").case.documents)

    def whole():
        indicated.assess(indicated.read(text), policy=decided("denied").policy, on=DAY).to_dict()

    def what_if():
        indicated.ask(decided("denied"), "what if CRP is raised?")

    whole()
    what_if()
    assert effort(what_if) < 2 * effort(whole)


def test_the_keys_of_an_answer_are_documented():
    from tests.explain.world import ROOT

    page = (ROOT / "docs/reference/json.md").read_text("utf-8").partition("## The answer to a question")[2]
    found = indicated.ask(decided("denied"), "what if CRP is raised and what dose is right?").to_dict()
    keys = {*found, *found["supposed"], *found["asks"][0], *found["before"], *found["supposed"]["facts"][0]}
    assert not [key for key in keys if f"`{key}`" not in page]
    assert current().id == found["release"]
