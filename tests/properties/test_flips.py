"""What flips and supports promise, checked by deciding again from the start."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from indicated.engine import Facts, determine
from indicated.engine.outcome import Outcome, reach
from indicated.engine.suppose import suppose
from indicated.model.case import Case
from indicated.model.determination import Change, Determination, Finding, FlipTarget
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Coverage, Origin, Policy
from indicated.model.standard import ContentStatus, Criterion, Need, Stance
from tests import told
from tests.properties.strategies import fact_lists, rules

needs = st.sampled_from(list(Need))
criteria_lists = st.lists(st.tuples(rules, needs), min_size=1, max_size=4).map(
    lambda drawn: tuple(Criterion(f"c{place}", "said", rule, need) for place, (rule, need) in enumerate(drawn))
)


@st.composite
def contents(draw) -> Knowledge:
    """Two standards that know of each other; the second may be reached only by some facts, or be against."""
    first = told.standard(draw(criteria_lists), name="first", related=("second",))
    second = told.standard(
        draw(criteria_lists),
        name="second",
        reached_by=draw(st.one_of(st.none(), rules)),
        stance=draw(st.sampled_from(list(Stance))),
        exception=draw(st.one_of(st.none(), rules)),
    )
    return told.knowing(first, second)


policies = st.builds(
    lambda start, exclusions, limits: Policy(
        "p", "1", ContentStatus.DRAFT, "plan", "policy", told.TREATMENT, (),
        (Coverage((), start, exclusions=exclusions, limits=limits),), Origin("tests"),
    ),
    rules,
    st.one_of(st.none(), rules),
    st.one_of(st.none(), rules),
)  # fmt: skip
cases = fact_lists.map(lambda facts: told.case(facts, "indications: dx.dm"))


def decided(case: Case, knowledge: Knowledge, policy: Policy | None) -> Outcome:
    return reach(Facts(case, knowledge), told.DAY, policy)


def value(outcome: Outcome | Determination, target: FlipTarget) -> str:
    found = outcome.finding if target is FlipTarget.FINDING else outcome.policy_verdict
    assert found is not None
    return found.value


@given(cases, contents(), policies)
def test_applying_a_flip_changes_the_outcome_and_no_smaller_part_of_it_does(case, knowledge, policy):
    today = determine(case, knowledge, told.DAY, policy)
    for flip in today.flips:
        after = decided(suppose(case, flip.changes), knowledge, policy)
        assert value(after, flip.target) == flip.to != value(today, flip.target)
        if flip.target is FlipTarget.FINDING:
            assert flip.standard == after.lead
        for size in range(1, len(flip.changes)):
            for part in combinations(flip.changes, size):
                assert value(decided(suppose(case, part), knowledge, policy), flip.target) == value(today, flip.target)


@given(cases, contents(), policies)
def test_a_flip_says_what_of_the_record_it_replaces_and_whether_it_goes_against_it(case, knowledge, policy):
    for flip in determine(case, knowledge, told.DAY, policy).flips:
        for change in flip.changes:
            assert set(change.replaces) <= set(case.facts)
            assert change.replaces or not change.known


@given(cases, contents(), policies)
def test_no_two_flips_of_one_target_contain_each_other(case, knowledge, policy):
    today = determine(case, knowledge, told.DAY, policy)
    for one, other in combinations(today.flips, 2):
        if (one.target, one.to) == (other.target, other.to):
            assert not set(one.changes) <= set(other.changes)
            assert not set(other.changes) <= set(one.changes)


@given(cases, contents(), policies)
def test_todays_outcome_rests_on_exactly_the_facts_whose_loss_would_change_it(case, knowledge, policy):
    today = determine(case, knowledge, told.DAY, policy)
    expected = set()
    for fact in case.facts:
        without = decided(case.without(fact), knowledge, policy)
        for target in FlipTarget:
            if value(without, target) != value(today, target):
                expected.add((fact, target, value(without, target)))
    assert {(support.fact, support.target, support.without) for support in today.rests_on} == expected


@given(cases, contents(), policies)
def test_what_determine_says_is_what_reach_says(case, knowledge, policy):
    """Trying changes leaves today's outcome alone."""
    today, plain = determine(case, knowledge, told.DAY, policy), decided(case, knowledge, policy)
    assert (today.finding, today.policy_verdict, today.lead) == (plain.finding, plain.policy_verdict, plain.lead)
    assert today.weighed == plain.weighed


@given(cases, contents())
def test_a_change_in_the_order_of_criteria_never_changes_the_finding(case, knowledge):
    from msgspec.structs import replace

    turned = tuple(replace(one, criteria=one.criteria[::-1]) for one in knowledge.standards)
    other = replace(knowledge, standards=turned)
    assert decided(case, other, None).finding is decided(case, knowledge, None).finding


@given(cases, contents(), policies)
def test_a_determination_that_does_not_settle_names_what_is_missing(case, knowledge, policy):
    today = determine(case, knowledge, told.DAY, policy)
    if today.finding in (Finding.UNDETERMINED, Finding.SUPPORTED_IF) or today.policy_verdict == "unknown":
        assert today.gaps


def test_a_change_that_replaces_a_fact_takes_its_place():
    case = told.case("concept | says\ndx.dm | absent")
    (fact,) = case.facts
    (new,) = told.facts("concept | says\ndx.dm | present")
    assert suppose(case, [Change((new,), (fact,), known=True)]).facts == (new,)
