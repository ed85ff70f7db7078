"""A payer's document about several conditions, in the four shapes in which payers write them."""

from __future__ import annotations

import pytest

import indicated
from indicated.model.policy import Coverage, Policy
from indicated.model.rule import All, Any, Has, Judged, RequestIs, Response, Rule, Tried
from indicated.model.verdict import Verdict
from tests.content.pasted_fixture import paste, whole

APPROVALS = """Policy statement
Prior authorization is recommended for coverage of IVIG.

FDA-Approved Indications

1. CIDP. Approve for the duration noted if the patient meets ONE of the following (A or B):
   A) Initial Therapy. Approve for 3 months if the patient meets BOTH of the following (i and ii):
      i. Fever; AND
         Note: Examples include a rash and arthritis.
      ii. Rash.
   B) Patient is Currently Receiving IVIG. Approve for 1 year if the patient has responded to therapy.

   Dosing. Approve up to 2 g/kg every 4 weeks.

Other Uses with Supportive Evidence

2. Dermatomyositis or Polymyositis. Approve for 1 year if the patient meets ONE of the following (A, B, or C):
   A) Initial Therapy - Adult 18 years of age or older. Approve if the patient meets ALL of the following (i and ii):
      i. Proximal muscle weakness; AND
      ii. Elevated CK.
   B) Arthritis; OR
   C) Patient is currently receiving IVIG and has responded to therapy.

Conditions Not Recommended for Approval
Coverage is not recommended in the following situations:
3. Autism. Evidence does not support it.
"""
HEADED = """I. Length of Authorization
Authorization is for 6 months.

II. Dosing Limits
CIDP: 2 g/kg every 4 weeks.

III. Initial Approval Criteria
Coverage is provided in the following conditions:
• Fever; AND
CIDP †
• Rash; AND
• Arthritis is documented
Dermatomyositis/Polymyositis
• Proximal muscle weakness; AND
• Elevated CK

IV. Renewal Criteria
• Absence of thrombosis; AND
CIDP
• Patient has responded to therapy
"""
GRANTED = """Criteria for Initial Approval

CIDP
Authorization of 3 months may be granted for members with CIDP when both of the following criteria are met:
1. Fever
2. Rash

Dermatomyositis or polymyositis
Authorization of 3 months may be granted for treatment of dermatomyositis when any of the following are met:
1. Proximal muscle weakness
2. Elevated CK

Continuation of Therapy
CIDP
Authorization of 6 months may be granted when improvement has been documented.
"""
OWN_PHASES = """CIDP
Initial criteria
1. Fever
Continuation criteria
1. Documented improvement

Dermatomyositis
Initial criteria
1. Rash
Continuation criteria
1. Stabilization
"""
LETTERED = """I. Initial Approval Criteria

A. CIDP (must meet all):
1. Fever;
2. Rash;
Approval duration: 3 months

B. Dermatomyositis (must meet all):
1. Proximal muscle weakness;
Approval duration: 6 months

II. Continued Therapy

A. All Indications in Section I (must meet all):
1. Member is responding positively to therapy;
2. If request is for a dose increase, new dose does not exceed 2 g/kg.
Approval duration: 12 months

III. Diagnoses/Indications for which coverage is NOT authorized:
A. Autism;
B. Inclusion body myositis.
"""
INLINE = """IVIG is medically necessary for members with the following conditions when the criteria are met:

1) CIDP - fever and rash
2) Dermatomyositis - proximal muscle weakness

Continuation requires improvement.
"""
RESPONDED = whole(paste("Continuation\n1. Patient has responded to therapy\n").coverages[0].start)


def of(policy: Policy, condition: str) -> Coverage:
    (found,) = [one for one in policy.coverages if condition in one.conditions]
    return found


def asked(rule: Rule | None) -> Rule:
    assert rule is not None
    return whole(rule)


def high(concept: str) -> Rule:
    return asked(paste(f"1. Elevated {concept}\n").coverages[0].start)


def test_approvals_told_by_condition_and_by_phase() -> None:
    policy = paste(APPROVALS)
    cidp, myositis = of(policy, "dx.cidp"), of(policy, "dx.dm")
    assert len(policy.coverages) == 2
    assert asked(cidp.start) == All((Has("finding.fever"), Has("finding.rash")))
    assert asked(cidp.continuation) == RESPONDED
    assert isinstance(asked(cidp.limits), RequestIs)
    assert myositis.limits is None
    adult, arthritis = asked(myositis.start).parts
    assert arthritis == Has("finding.arthritis")
    assert [type(part).__name__ for part in adult.parts] == ["Age", "Has", "ResultIs"]
    assert asked(myositis.continuation) == RESPONDED


def test_a_note_among_criteria_is_none() -> None:
    policy = paste(APPROVALS)
    (note,) = [one for one in policy.clauses if one.passage.quote.startswith("Note:")]
    assert note.criterion == ""
    assert "not a criterion" in note.understood


def test_what_is_not_recommended_is_excluded_by_its_first_sentence() -> None:
    policy = paste(APPROVALS)
    assert asked(of(policy, "dx.cidp").exclusions) == RequestIs(indications=("dx.autism",))
    (clause,) = [one for one in policy.clauses if "Autism" in one.passage.quote]
    assert "first sentence" in clause.understood


def test_conditions_as_lines_of_their_own_over_bullets() -> None:
    policy = paste(HEADED)
    cidp, myositis = of(policy, "dx.cidp"), of(policy, "dx.dm")
    assert myositis.conditions == ("dx.dm", "dx.pm")
    assert asked(cidp.start) == All((Has("finding.fever"), Has("finding.rash"), Has("finding.arthritis")))
    assert asked(myositis.start) == All((Has("finding.fever"), Has("finding.proximal_weakness"), high("CK")))


def test_a_limit_that_names_a_condition_is_asked_of_it_alone() -> None:
    policy = paste(HEADED)
    assert isinstance(asked(of(policy, "dx.cidp").limits), RequestIs)
    assert of(policy, "dx.dm").limits is None


def test_what_renewal_asks_of_all_is_asked_of_each() -> None:
    policy = paste(HEADED)
    assert len(asked(of(policy, "dx.cidp").continuation).parts) == 2
    assert not isinstance(asked(of(policy, "dx.dm").continuation), All)


def test_conditions_over_a_sentence_that_grants() -> None:
    policy = paste(GRANTED)
    cidp, myositis = of(policy, "dx.cidp"), of(policy, "dx.dm")
    assert asked(cidp.start) == All((Has("finding.fever"), Has("finding.rash")))
    assert asked(myositis.start) == Any((Has("finding.proximal_weakness"), high("CK")))
    assert isinstance(asked(cidp.continuation), Response)
    assert myositis.continuation is None


def test_phases_of_each_condition_stay_with_it() -> None:
    policy = paste(OWN_PHASES)
    assert asked(of(policy, "dx.cidp").start) == Has("finding.fever")
    assert asked(of(policy, "dx.dm").start) == Has("finding.rash")
    assert asked(of(policy, "dx.cidp").continuation) != asked(of(policy, "dx.dm").continuation)


def test_lettered_conditions_with_the_length_of_each_approval() -> None:
    policy = paste(LETTERED)
    cidp, myositis = of(policy, "dx.cidp"), of(policy, "dx.dm")
    assert asked(cidp.start) == All((Has("finding.fever"), Has("finding.rash")))
    assert asked(myositis.start) == Has("finding.proximal_weakness")
    assert asked(myositis.continuation).parts[0] == RESPONDED
    assert asked(cidp.exclusions) == Any(tuple(RequestIs(indications=(one,)) for one in ("dx.autism", "dx.ibm")))
    lengths = [one for one in policy.clauses if one.passage.quote.startswith("Approval duration")]
    assert [one.criterion for one in lengths] == ["", "", ""]


def test_a_line_that_says_when_it_applies_is_for_a_person_to_judge() -> None:
    (_, dose) = asked(of(paste(LETTERED), "dx.cidp").continuation).parts
    assert dose == Judged("If request is for a dose increase, new dose does not exceed 2 g/kg")


def test_conditions_with_their_criteria_on_the_same_line() -> None:
    policy = paste(INLINE)
    assert asked(of(policy, "dx.cidp").start) == All((Has("finding.fever"), Has("finding.rash")))
    assert asked(of(policy, "dx.dm").start) == Has("finding.proximal_weakness")
    assert isinstance(asked(of(policy, "dx.dm").continuation), Response)


def test_alternatives_for_conditions_stand_apart_with_their_criteria_or_without() -> None:
    policy = paste(
        "Criteria for approval (one of the following):\n(1) CIDP, with both:\n  (a) Fever\n  (b) Rash\n"
        "(2) Inclusion body myositis, with dysphagia\n"
        "(3) Dermatomyositis, with all of the following:\n  (a) Arthritis\n"
    )
    assert [one.conditions for one in policy.coverages] == [("dx.cidp",), ("dx.ibm",), ("dx.dm",)]
    assert asked(of(policy, "dx.cidp").start) == All((Has("finding.fever"), Has("finding.rash")))
    assert asked(of(policy, "dx.ibm").start) == Has("finding.dysphagia")


def test_alternatives_that_do_not_all_name_conditions_stay_one_list() -> None:
    (coverage,) = paste(
        "Criteria (one of the following):\n1. CIDP, with:\n  a. Fever\n"
        "2. Dermatomyositis, with:\n  a. Rash\n3. Arthritis\n"
    ).coverages
    assert len(asked(coverage.start).parts) == 3


def test_a_label_over_sections_asks_nothing() -> None:
    policy = paste("Neurologic indications\n\nCIDP:\n1. Fever\n\nMuscle indications\n\nDermatomyositis:\n1. Rash\n")
    assert asked(of(policy, "dx.cidp").start) == Has("finding.fever")
    assert asked(of(policy, "dx.dm").start) == Has("finding.rash")


TABLES = {
    "with strokes around": (
        "| Indication | Criteria |\n|---|---|\n| CIDP | Fever and rash |\n| Dermatomyositis | Arthritis |\n"
    ),
    "as a document gives it": "Indication | Criteria\nCIDP | Fever and rash\nDermatomyositis | Arthritis\n",
}


@pytest.mark.parametrize("table", TABLES)
def test_each_row_of_a_table_decides_for_the_condition_in_its_first_cell(table) -> None:
    policy = paste("IVIG is covered for the conditions below:\n\n" + TABLES[table])
    assert asked(of(policy, "dx.cidp").start) == All((Has("finding.fever"), Has("finding.rash")))
    assert asked(of(policy, "dx.dm").start) == Has("finding.arthritis")
    assert [one.id for one in policy.criteria] == ["cidp.1", "dm.1"]
    assert policy.clauses[1].criterion == ""


def test_one_line_with_a_stroke_in_it_is_no_table() -> None:
    assert asked(paste("1. Fever | rash\n2. Arthritis\n").coverages[0].start).parts[-1] == Has("finding.arthritis")


def test_a_length_in_the_line_of_a_condition_takes_no_criteria_away() -> None:
    policy = paste(
        "1. CIDP. Length of approval is 3 months if the patient meets ALL of the following:\n"
        "  a. Fever\n  b. Rash\n"
        "2. Dermatomyositis. Approve for the duration noted if the patient meets ALL of the following:\n"
        "  a. Arthritis\n"
    )
    assert asked(of(policy, "dx.cidp").start) == All((Has("finding.fever"), Has("finding.rash")))
    assert asked(of(policy, "dx.dm").start) == Has("finding.arthritis")


def test_a_length_with_criteria_in_one_heading_takes_none_away() -> None:
    (coverage,) = paste("Authorization period and criteria, all of the following:\n1. Fever\n2. Rash\n").coverages
    assert asked(coverage.start) == All((Has("finding.fever"), Has("finding.rash")))


def test_how_long_a_disease_lasts_is_no_remark() -> None:
    (first, _) = paste("1. Duration: at least 8 weeks of weakness\n2. Fever\n").criteria
    assert first.rule == Judged("at least 8 weeks of weakness")


def test_a_limit_for_a_condition_without_criteria_is_told_and_not_used() -> None:
    policy = paste(HEADED.replace("CIDP: 2 g/kg", "Inclusion body myositis: 2 g/kg"))
    assert [one.limits for one in policy.coverages] == [None, None]
    assert any("no criteria here" in one.understood for one in policy.clauses)


def test_a_day_by_which_to_ask_is_no_finding_of_so_many_days() -> None:
    text = "30-year-old with Kawasaki disease. Request: IVIG 2 g/kg."
    policy = "Criteria\n1. Request is within 10 days of fever onset\n2. Fever\n"
    first = indicated.assess(text, policy=policy, on="2026-11-20").policy.criteria[0]
    assert isinstance(first.rule, Judged)


def test_every_line_is_in_one_clause_word_for_word() -> None:
    for text in (APPROVALS, HEADED, GRANTED, OWN_PHASES, LETTERED, INLINE):
        policy = paste(text)
        quoted = [line.strip() for clause in policy.clauses for line in clause.passage.quote.splitlines()]
        assert quoted == [line.strip() for line in text.splitlines() if line]


def test_lines_that_only_name_conditions_in_a_list_of_criteria_open_nothing() -> None:
    (coverage,) = paste("IVIG\nDermatomyositis\nInterstitial lung disease\nProximal muscle weakness\n").coverages
    assert coverage.conditions == ()


def test_of_a_list_of_covered_indications_one_is_enough() -> None:
    policy = paste("Covered indications\n- CIDP\n- Dermatomyositis\n")
    assert asked(policy.coverages[0].start) == Any((Has("dx.cidp"), Has("dx.dm")))
    assert "one of them is enough" in policy.clauses[0].understood
    both = paste("Criteria\n- CIDP\n- Dermatomyositis\n")
    assert asked(both.coverages[0].start) == All((Has("dx.cidp"), Has("dx.dm")))


def test_numbers_go_on_past_a_line_without_a_mark() -> None:
    policy = paste("I. Fever\nSome words about it.\n\nII. Rash\n")
    assert [criterion.id for criterion in policy.criteria] == ["I", "II"]


def test_a_bullet_alone_on_a_line_belongs_to_the_next() -> None:
    start = paste("-\nFever\nand\n-\nAny of the following:\n-\nRash\nor\n-\nArthritis\n").coverages[0].start
    assert asked(start) == All((Has("finding.fever"), Any((Has("finding.rash"), Has("finding.arthritis")))))


def test_a_requirement_under_a_condition_of_its_own_may_not_apply() -> None:
    policy = paste("1. If the product is not preferred, then one of the following:\n  a. Fever\n  b. Rash\n")
    fever, rash, other = asked(policy.coverages[0].start).parts
    assert (fever, rash) == (Has("finding.fever"), Has("finding.rash"))
    assert isinstance(other, Judged)
    assert other.question.startswith("does not apply: If the product")


def test_an_age_without_a_limit_asks_nothing() -> None:
    policy = paste("1. Use follows the labeling (e.g., patient's age, fever that nobody has)\n")
    rules = [asked(policy.coverages[0].start)]
    assert not any(
        getattr(part, "concept", "") == "demo.age" for rule in rules for part in getattr(rule, "parts", rules)
    )


def test_refractory_or_intolerant_are_both_asked() -> None:
    rule = asked(paste("1. Patient is refractory or intolerant to corticosteroids\n").coverages[0].start)
    assert isinstance(rule, Tried)
    assert {"failed", "intolerant"} <= {str(outcome) for outcome in rule.outcomes}


def test_a_request_is_held_against_the_part_for_its_condition() -> None:
    text = (
        "38-year-old woman with dermatomyositis, proximal muscle weakness, CK 3200 U/L (normal below 170). "
        "Request: IVIG 2 g/kg every 4 weeks, initial."
    )
    assert (
        indicated.assess(text, policy=HEADED.replace("• Fever; AND\n", ""), on="2026-11-20").policy_verdict
        is Verdict.MET
    )
    other = "45-year-old man with myasthenia gravis. Request: IVIG 2 g/kg."
    answer = indicated.explain(indicated.assess(other, policy=HEADED, on="2026-11-20"), format="text")
    assert "no part of it covers the condition asked for" in answer
