"""The quick ways give what the plain ways give: facts indexed again, traces judged again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indicated.engine import Facts, evaluate
from indicated.engine.evaluate import evaluate_again
from indicated.engine.touch import Spoken, look
from indicated.model.determination import Step
from tests import told
from tests.properties.strategies import TOPICS, fact_lists, facts, rules


def _facts(told_of) -> Facts:
    return Facts(told.case(told_of, "indications: dx.dm"), told.KNOWLEDGE)


@given(fact_lists, fact_lists, st.data())
def test_facts_without_some_and_with_others_are_those_of_a_case_told_so(before, added, data):
    gone = tuple(data.draw(st.sets(st.sampled_from(before)))) if before else ()
    other, plain = _facts(before).but(gone, added), _facts([fact for fact in before if fact not in gone] + list(added))
    assert other.facts == plain.facts
    for concept in TOPICS:
        assert other.below(concept) == plain.below(concept)
        assert other.above(concept) == plain.above(concept)
        assert other.against(concept) == plain.against(concept)
        assert other.exactly(concept) == plain.exactly(concept)


@given(fact_lists, facts)
def test_facts_are_left_as_they_were(before, added):
    told_of = _facts(before)
    below = {concept: list(told_of.below(concept)) for concept in TOPICS}
    told_of.but(before[:1], (added,))
    assert {concept: told_of.below(concept) for concept in TOPICS} == below


@given(rules, fact_lists, fact_lists)
def test_a_fact_that_touches_no_leaf_changes_no_trace(rule, before, added):
    """Judging again only what is touched gives the trace that judging all of it gives."""
    old = _facts(before)
    new = old.but((), added)
    spoken = Spoken(added, old)

    def again(step: Step) -> Step:
        if step.parts:
            return evaluate_again(step, again)
        return evaluate(step.rule, new, told.DAY) if spoken.touches(look(step.rule, old)) else step

    assert again(evaluate(rule, old, told.DAY)) == evaluate(rule, new, told.DAY)
