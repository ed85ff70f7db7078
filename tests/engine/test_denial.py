"""A denial answered: facts meet a reason, do not meet it, were not considered, or leave it open; what else is said."""

from __future__ import annotations

from datetime import date

import pytest

import indicated
from indicated.engine.denial_notice import appeal_by, lacking, stated_by
from indicated.model.denial import Denial, DenialFlag, ReasonAnswer
from indicated.model.law import NoticePart, Plan
from indicated.model.text import Document
from indicated.workflow.assess import current
from tests.explain.world import ROOT

ON = "2026-11-20"
CASE = (ROOT / "examples/2-overlap-denied.txt").read_text("utf-8")
POLICY = (ROOT / "examples/2-overlap-denied.policy.txt").read_text("utf-8")
MYASTHENIA = (
    "Request: IVIG 2 g/kg over 2 days every 4 weeks for generalized myasthenia gravis. Weight 70 kg. "
    "She failed pyridostigmine, prednisone 60 mg for 6 months and mycophenolate for 12 months."
)


def checked(denial, case=CASE, policy=POLICY):
    return indicated.assess(case, policy=policy, on=ON, denial=denial).denial


def only(denial, **given):
    [one] = checked(denial, **given).checks
    return one


def test_facts_meet_a_reason_that_finds_missing_what_the_record_shows():
    one = only("Denied. A trial of methotrexate was not documented.")
    assert one.answer is ReasonAnswer.FACTS_MEET
    assert {fact.concept for fact in one.facts} == {"drug.methotrexate"}
    assert one.criteria[0].criterion == "2.a"


def test_facts_do_not_meet_it_where_the_record_says_the_same():
    one = only("Denied. CK is not elevated (criterion 1.b).")
    assert one.answer is ReasonAnswer.FACTS_DO_NOT_MEET
    assert {fact.concept for fact in one.facts} >= {"lab.ck"}


def test_an_item_that_others_can_replace_decides_nothing_alone():
    one = only("Denied. CK is not elevated (criterion 1.b).")
    assert DenialFlag.NOT_ALONE in one.flags
    assert DenialFlag.NARROWER in one.flags


CVID = "Request: IVIG 0.4 g/kg every 4 weeks for common variable immunodeficiency. IgG 450 mg/dL."


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("The records do not show that IgG is below 500 mg/dL.", ReasonAnswer.FACTS_MEET),
        ("The records do not show that IgG is below 400 mg/dL.", ReasonAnswer.FACTS_DO_NOT_MEET),
        ("The IgG level is above 400 mg/dL.", ReasonAnswer.FACTS_DO_NOT_MEET),
        ("The IgG level is above 600 mg/dL.", ReasonAnswer.FACTS_MEET),
    ],
)
def test_a_limit_is_held_against_the_value_as_the_notice_states_it(said, answer):
    assert only(f"Denied. Criteria are not met. {said}", case=CVID, policy=None).answer is answer


def test_silence_leaves_a_reason_open_and_says_what_would_settle_it():
    one = only("Denied. The records do not show myopathic changes on EMG.")
    assert one.answer is ReasonAnswer.UNKNOWN
    assert [gap.about for gap in one.gaps] == ["finding.emg_myopathic"]


def test_what_meets_the_requirement_another_way_was_not_considered():
    one = only("Denied. Azathioprine has not been tried.")
    assert one.answer is ReasonAnswer.NOT_CONSIDERED
    assert "drug.methotrexate" in {fact.concept for fact in one.facts}
    assert "drug.methotrexate" in {fact.concept for fact in one.unmentioned}


def test_a_drug_in_use_has_not_failed():
    one = only("Denied. Tofacitinib has not been tried and failed.")
    assert one.answer is not ReasonAnswer.FACTS_MEET


def test_a_reason_for_another_disease_does_not_speak_of_this_one():
    one = only("Denied. IVIG for multiple sclerosis is experimental and investigational.")
    assert one.answer is ReasonAnswer.NOT_CONSIDERED
    assert DenialFlag.OTHER_CONDITION in one.flags
    assert one.flag_about == ("dx.ms",)


def test_a_disease_that_is_only_found_missing_is_no_other_use():
    one = only("Denied. There is no documentation of bronchiectasis.")
    assert DenialFlag.OTHER_CONDITION not in one.flags


def test_criteria_for_another_disease_are_not_those_of_this_request():
    one = only("Denied. The criteria for multiple sclerosis are not met.")
    assert DenialFlag.OTHER_CONDITION in one.flags


def test_a_rule_for_adults_is_another_age_group_for_a_child():
    one = only("Denied. Coverage criteria are not met: IVIG is limited to adults 18 years and older with weakness.")
    assert DenialFlag.OTHER_AGE in one.flags


def test_a_reason_that_the_policy_does_not_hold_is_said_to_be_none_of_its():
    one = only("Denied. The records do not show a low IgG.")
    assert DenialFlag.NOT_IN_POLICY in one.flags


def test_what_only_another_part_of_the_policy_asks_for_is_said_to_be_that():
    case = "Request: IVIG 0.4 g/kg every 4 weeks for common variable immunodeficiency. IgG 312 mg/dL."
    one = only("Denied. IgG was not low.", case=case, policy="unitedhealthcare/immune-globulin")
    assert DenialFlag.OTHER_PART in one.flags
    assert "dx.cll" in one.flag_about


def test_a_bare_conclusion_names_no_criterion():
    one = only("The request is denied because it is not medically necessary.")
    assert DenialFlag.NO_CRITERION_NAMED in one.flags


@pytest.mark.parametrize("said", ["The provider is out of network.", "Hospital outpatient setting is not approved."])
def test_no_record_answers_what_is_not_clinical(said):
    assert only(f"Denied. {said}").answer is ReasonAnswer.UNKNOWN


def test_without_a_policy_the_standard_answers():
    one = only("Denied. Prednisone was not tried.", case=MYASTHENIA, policy=None)
    assert one.answer is ReasonAnswer.FACTS_MEET
    assert one.criteria


def test_the_notice_changes_nothing_in_the_answer():
    text = "Denied. The patient has no muscle weakness, has seizures and a normal MRI. IgA deficiency was found."
    plain, with_notice = indicated.assess(CASE, on=ON), indicated.assess(CASE, on=ON, denial=text)
    assert with_notice.case == plain.case
    assert (with_notice.finding, with_notice.next_step) == (plain.finding, plain.next_step)


def test_the_last_day_is_counted_from_the_notice():
    notice = "Date of notice: 2026-11-03. Medicaid managed care plan. IVIG is denied. You may appeal within 60 days."
    check = checked(notice)
    assert check.stated_by == date(2027, 1, 2)
    assert check.appeal_by.due.date() == date(2027, 1, 2)


def test_an_unknown_plan_gets_the_shortest_time_and_is_told_so():
    denial = Denial(Document("n", "Denied."), (), dated=date(2026, 11, 3))
    due = appeal_by(denial, current().law)
    known = Denial(Document("n", "Denied."), (), dated=date(2026, 11, 3), plan=Plan.EMPLOYER_SELF_FUNDED)
    assert due.due <= appeal_by(known, current().law).due
    assert "plan" in due.assumed


def test_no_day_is_counted_from_a_notice_without_a_date():
    denial = Denial(Document("n", "Denied."), ())
    assert stated_by(denial) is None
    assert appeal_by(denial, current().law) is None


def test_what_the_law_asks_of_a_notice_and_it_lacks_is_listed():
    denial = Denial(Document("n", "Denied."), (), dated=date(2026, 11, 3), plan=Plan.MEDICAID_MANAGED)
    parts = {need.part for need in lacking(denial, current().law)}
    assert {NoticePart.REASON, NoticePart.APPEAL} <= parts


def test_a_denial_that_is_only_quoted_lacks_nothing():
    assert checked(None).lacking == ()
    assert checked(None).denial.quoted
