"""What holds of every verdict, whatever the rule and the record."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, given
from hypothesis import strategies as st

from indicated.engine import Facts, evaluate
from indicated.engine.evaluate import deciding, gaps, leaves
from indicated.engine.touch import look
from indicated.model.determination import Step
from indicated.model.fact import Fact
from indicated.model.rule import All, Any, AtLeast, NoneOf, Rule
from indicated.model.verdict import Verdict
from tests import told
from tests.properties import oracle
from tests.properties.strategies import TOPICS, fact_lists, facts_on, known_rules, records, rules, written

VOCABULARY = told.KNOWLEDGE.vocabulary
NOTHING_TOLD = Facts(told.case(), told.KNOWLEDGE)


def judged(rule: Rule, facts: tuple[Fact, ...]) -> Step:
    return evaluate(rule, Facts(told.case(facts), told.KNOWLEDGE), told.DAY)


def concepts_of(rule: Rule) -> list[str]:
    return [concept for leaf in leaves(judged(rule, ())) for concept in look(leaf.rule, NOTHING_TOLD).concepts]


def matters(rule: Rule) -> frozenset[str]:
    return frozenset(concepts_of(rule))


def family(concept: str) -> str:
    """The broadest concept: two leaves of one family are not independent of each other."""
    return min(VOCABULARY.ancestors(concept), key=lambda broader: len(VOCABULARY.ancestors(broader)))


def _told_of(record: oracle.Revealed, rule: Rule) -> oracle.Revealed:
    """The part of a record that bears on the rule, so that the oracle need not look through every world."""
    families = {family(concept) for concept in concepts_of(rule)}
    return oracle.Revealed(*(tuple(pair for pair in part if family(pair[0]) in families) for part in record))  # type: ignore[arg-type]


@given(known_rules, records())
def test_the_engine_agrees_with_the_oracle(rule, record):
    """Where every leaf asks about something of its own, the verdict is what all completions of the record agree on."""
    assume(max(Counter(family(concept) for concept in concepts_of(rule)).values()) == 1)
    record = _told_of(record, rule)
    heard = matters(rule) | {name for part in record for name, _ in part}
    assert judged(rule, written(record)).verdict == oracle.settled(rule, record, heard)


@given(known_rules, records())
def test_met_and_not_met_survive_every_completion_of_what_is_unknown(rule, record):
    record = _told_of(record, rule)
    verdict = judged(rule, written(record)).verdict
    assume(verdict is not Verdict.UNKNOWN)
    heard = matters(rule) | {name for part in record for name, _ in part}
    assert oracle.settled(rule, record, heard) == verdict


@given(rules, fact_lists, st.data())
def test_a_fact_about_something_undocumented_never_turns_met_into_not_met_or_back(rule, facts, data):
    """The exception is a finding that speaks against another: it may be outweighed by what it speaks against."""
    documented = {fact.concept for fact in facts}
    new = [
        concept
        for concept in TOPICS
        if VOCABULARY.ancestors(concept).isdisjoint(documented) and not concept.startswith("path.")
    ]
    assume(new)
    added = data.draw(st.sampled_from(new).flatmap(facts_on))
    before, after = judged(rule, facts).verdict, judged(rule, (*facts, added)).verdict
    assert {before, after} != {Verdict.MET, Verdict.NOT_MET}


@given(rules, fact_lists, st.randoms(use_true_random=False))
def test_the_order_of_facts_and_parts_never_matters(rule, facts, random):
    shuffled = random.sample(facts, len(facts))
    assert judged(_shuffled(rule, random), tuple(shuffled)).verdict is judged(rule, facts).verdict


def _shuffled(rule: Rule, random) -> Rule:
    if not isinstance(rule, All | Any | NoneOf | AtLeast):
        return rule
    parts = tuple(_shuffled(part, random) for part in random.sample(rule.parts, len(rule.parts)))
    return AtLeast(rule.n, parts) if isinstance(rule, AtLeast) else type(rule)(parts)


@given(rules, fact_lists)
def test_unknown_always_names_a_gap(rule, facts):
    step = judged(rule, facts)
    assert all(leaf.gaps for leaf in leaves(step) if leaf.verdict is Verdict.UNKNOWN)
    if step.verdict is Verdict.UNKNOWN:
        assert gaps(step)


@given(rules, fact_lists)
def test_met_and_not_met_of_a_leaf_rest_on_a_fact(rule, facts):
    assert all(leaf.facts for leaf in leaves(judged(rule, facts)) if leaf.verdict is not Verdict.UNKNOWN)


@given(rules, fact_lists)
def test_there_is_always_a_deciding_leaf(rule, facts):
    step = judged(rule, facts)
    assert deciding(step)
    assert set(deciding(step)) <= set(leaves(step))


@given(rules, fact_lists)
def test_the_deciding_leaves_alone_carry_the_verdict(rule, facts):
    """Make every other leaf unknown and the verdict stays."""
    step = judged(rule, facts)
    assume(step.verdict is not Verdict.UNKNOWN)
    assert _with_only(step, set(deciding(step))) is step.verdict


def _with_only(step: Step, kept: set[Step]) -> Verdict:
    from indicated.engine.evaluate import combine

    if not step.parts:
        return step.verdict if step in kept else Verdict.UNKNOWN
    return combine(step.rule, [_with_only(part, kept) for part in step.parts])
