"""Therapies on record against what is asked of them, and the alternatives that nobody tried."""

from __future__ import annotations

import pytest

from indicated.engine import determine
from indicated.model.prior import Shortfall
from indicated.model.quantity import Quantity
from indicated.model.standard import Alternative, Note
from indicated.model.verdict import Verdict
from tests import told

HEAD = "concept | stage | outcome | tolerance | for | ended"
CRITERIA = """
- id: dx
  has: dx.dm
- id: suppressant
  tried: {concept: class.suppressant, outcomes: [failed, intolerant], for_at_least: 12 wk}
"""


def decided(rows, criteria=CRITERIA, policy=None, alternatives=()):
    facts = told.facts(HEAD + "\n" + "\n".join(rows))
    known = told.knowing(told.standard(criteria, alternatives=alternatives))
    return determine(told.case(facts, "indications: dx.dm"), known, told.DAY, policy)


def one(row, **more):
    (found,) = decided([row], **more).prior
    return found


@pytest.mark.parametrize(
    ("row", "verdict", "shortfalls"),
    [
        ("drug.methotrexate | past | failed | unknown | 12 wk |", Verdict.MET, ()),
        ("drug.methotrexate | past | failed | unknown | 8 wk |", Verdict.NOT_MET, (Shortfall.TOO_SHORT,)),
        ("drug.methotrexate | past | effective | unknown | 20 wk |", Verdict.NOT_MET, (Shortfall.OUTCOME,)),
        ("drug.methotrexate | past | unknown | unknown | 20 wk |", Verdict.UNKNOWN, (Shortfall.OUTCOME_NOT_TOLD,)),
        ("drug.methotrexate | current | unknown | unknown | 20 wk |", Verdict.UNKNOWN, (Shortfall.STILL_RUNNING,)),
        ("drug.methotrexate | past | failed | unknown | |", Verdict.UNKNOWN, (Shortfall.DURATION_NOT_TOLD,)),
        ("drug.methotrexate | never | unknown | unknown | |", Verdict.NOT_MET, (Shortfall.NOT_TAKEN,)),
        ("drug.methotrexate | past | unknown | intolerant | 1 wk |", Verdict.MET, ()),
    ],
)
def test_a_trial_is_enough_falls_short_or_is_not_told(row, verdict, shortfalls):
    prior = one(row)
    assert (prior.verdict, prior.asks[0].shortfalls) == (verdict, shortfalls)


def test_all_that_was_not_told_is_named_and_not_the_first_of_it_alone():
    prior = one("drug.methotrexate | past | unknown | unknown | |")
    assert prior.asks[0].shortfalls == (Shortfall.OUTCOME_NOT_TOLD, Shortfall.DURATION_NOT_TOLD)


def test_too_short_says_by_how_much_in_the_unit_of_the_rule():
    assert one("drug.methotrexate | past | failed | unknown | 8 wk |").asks[0].short_by == Quantity.of(4, "wk")
    assert one("drug.methotrexate | past | failed | unknown | 14 d |").asks[0].short_by == Quantity.of(10, "wk")


def test_months_of_no_fixed_length_are_not_turned_into_weeks_that_nobody_told():
    assert one("drug.methotrexate | past | failed | unknown | 1 mo |").asks[0].short_by is None


def test_what_nothing_asks_for_and_no_standard_lists_is_left_out():
    assert decided(["drug.prednisone | past | failed | unknown | |"]).prior == ()


def test_a_listed_alternative_that_was_used_is_kept_though_nothing_asks_for_it():
    listed = (Alternative(("class.steroid",), "a steroid", ()),)
    prior = one("drug.prednisone | past | failed | unknown | |", alternatives=listed)
    assert (prior.alternative, prior.verdict) == (True, None)


def test_of_several_ways_a_criterion_asks_the_one_that_came_closest_counts():
    ways = """
    - id: dx
      has: dx.dm
    - id: suppressant
      any:
        - tried: {concept: class.suppressant, outcomes: [failed], for_at_least: 12 wk}
        - tried: {concept: class.suppressant, outcomes: [partial], for_at_least: 24 wk}
    """
    assert one("drug.methotrexate | past | failed | unknown | 12 wk |", criteria=ways).verdict is Verdict.MET


def test_what_must_not_have_been_tried_asks_for_no_trial():
    never = """
    - id: dx
      has: dx.dm
    - id: naive
      none: [{tried: class.suppressant}]
    """
    assert decided(["drug.methotrexate | past | failed | unknown | |"], criteria=never).prior == ()


def test_a_part_that_its_group_is_met_without_asks_for_nothing():
    policy = told.policy(
        """
        - {id: both, section: "2", paraphrase: either, any: [{ref: a}, {ref: b}]}
        - {id: a, section: 2a, paraphrase: failed, tried: {concept: class.suppressant, outcomes: [failed]}}
        - {id: b, section: 2b, paraphrase: barred, tried: {concept: class.suppressant, outcomes: [contraindicated]}}
        """,
        "[{conditions: [], start: {ref: both}}]",
    )
    prior = one("drug.methotrexate | past | failed | unknown | 12 wk |", policy=policy)
    assert [(ask.document, ask.criterion) for ask in prior.asks] == [
        ("the-standard", "suppressant"),
        ("the-policy", "a"),
    ]


def test_an_alternative_that_fails_for_another_reason_asks_for_nothing():
    either = """
    - id: either
      any:
        - tried: {concept: class.suppressant, outcomes: [failed]}
        - all: [{has: {concept: finding.fever, when_silent: not_met}}, {tried: class.suppressant}]
    """
    prior = one("drug.methotrexate | current | unknown | unknown | |", criteria=either)
    assert [ask.rule.outcomes for ask in prior.asks] == [("failed",)]
    assert prior.verdict is Verdict.UNKNOWN


def test_enough_for_the_evidence_may_be_too_little_for_the_policy():
    policy = told.policy(
        """
        - {id: a, section: "1", tried: {concept: class.suppressant, outcomes: [failed], for_at_least: 26 wk}}
        """.replace('section: "1"', 'section: "1", paraphrase: half a year'),
        "[{conditions: [], start: {ref: a}}]",
    )
    prior = one("drug.methotrexate | past | failed | unknown | 12 wk |", policy=policy)
    assert [ask.verdict for ask in prior.asks] == [Verdict.MET, Verdict.NOT_MET]
    assert prior.verdict is Verdict.NOT_MET
    assert prior.asks[1].short_by == Quantity.of(14, "wk")


STEROID = Alternative(
    ("class.steroid",), "a steroid", (), unless=(Note("It weakens them.", (), told.rule("has: finding.weakness")),)
)
SUPPRESSANTS = Alternative(("class.suppressant",), "an immunosuppressant", ())
METHOTREXATE = Alternative(("drug.methotrexate",), "methotrexate", ())
LISTED = (METHOTREXATE, STEROID, SUPPRESSANTS)


def test_alternatives_stand_in_the_order_of_the_standard_and_those_used_are_left_out():
    left = decided(["drug.prednisone | past | failed | unknown | |"], alternatives=LISTED).untried
    assert [each.alternative for each in left] == [METHOTREXATE, SUPPRESSANTS]


def test_an_allergy_rules_out_the_drug_and_leaves_its_class():
    left = decided(["drug.methotrexate | never | unknown | allergic | |"], alternatives=LISTED).untried
    assert {each.alternative.text: each.ruled_out for each in left} == {
        "methotrexate": True,
        "a steroid": False,
        "an immunosuppressant": False,
    }


def test_a_class_that_cannot_be_given_rules_out_its_drugs():
    left = decided(["class.suppressant | never | unknown | contraindicated | |"], alternatives=LISTED).untried
    assert [each.alternative.text for each in left if each.ruled_out] == ["methotrexate", "an immunosuppressant"]


def test_a_reason_of_the_content_rules_out_with_the_facts_that_meet_it():
    left = decided(["finding.weakness | | | | |"], alternatives=LISTED).untried
    (steroid,) = [each for each in left if each.ruled_out]
    assert [fact.concept for bar in steroid.bars for fact in bar.facts] == ["finding.weakness"]


def test_a_reason_that_the_record_does_not_bear_out_rules_out_nothing():
    assert not any(each.ruled_out for each in decided([], alternatives=LISTED).untried)


def test_a_reason_against_an_alternative_must_say_when_it_holds():
    with pytest.raises(ValueError, match="says when it holds"):
        Alternative(("class.steroid",), "a steroid", (), unless=(Note("Always.", ()),))


def test_a_procedure_that_was_done_is_not_offered_again():
    done = Alternative(("finding.rash",), "as good as a procedure here", ())
    assert not decided(["finding.rash | | | | |"], alternatives=(done,)).untried
    assert decided([], alternatives=(done,)).untried
