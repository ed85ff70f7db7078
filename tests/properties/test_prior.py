"""A therapy's verdict never contradicts the `tried` leaf that it explains."""

from __future__ import annotations

from hypothesis import given

from indicated.engine import Facts
from indicated.engine.evaluate import evaluate, leaves
from indicated.engine.prior import asked, prior_therapies
from indicated.model.determination import Finding, Judgement, Weighed
from indicated.model.rule import Tried
from indicated.model.verdict import Verdict
from tests import told
from tests.properties.strategies import fact_lists, rules


@given(rules, fact_lists)
def test_no_therapy_contradicts_the_leaf_that_asks_for_it(rule, facts):
    known = Facts(told.case(facts), told.KNOWLEDGE)
    step = evaluate(rule, known, told.DAY)
    weighed = Weighed("s", Finding.UNDETERMINED, (Judgement("c", step),))
    prior = prior_therapies(None, weighed, None, known, told.DAY)
    verdicts = {(one.fact, ask.rule): ask.verdict for one in prior for ask in one.asks}
    asking = {found.rule for found in asked(step, "s", "c")}
    for leaf in leaves(step):
        if not isinstance(leaf.rule, Tried) or leaf.rule not in asking or leaf.silent:
            continue
        told_ = [verdict for (_, asks), verdict in verdicts.items() if asks == leaf.rule]
        if leaf.verdict is Verdict.NOT_MET:
            assert set(told_) <= {Verdict.NOT_MET}
        if leaf.verdict is Verdict.MET:
            chosen = [verdicts[fact, leaf.rule] for fact in leaf.facts if (fact, leaf.rule) in verdicts]
            assert set(chosen) <= {Verdict.MET}


@given(fact_lists)
def test_a_single_leaf_is_met_exactly_where_some_therapy_is_enough_and_none_is_denied(facts):
    rule = told.rule("tried: {concept: class.suppressant, outcomes: [failed]}")
    known = Facts(told.case(facts), told.KNOWLEDGE)
    step = evaluate(rule, known, told.DAY)
    weighed = Weighed("s", Finding.UNDETERMINED, (Judgement("c", step),))
    enough = [one for one in prior_therapies(None, weighed, None, known, told.DAY) if one.verdict is Verdict.MET]
    assert (step.verdict is Verdict.MET) <= bool(enough)
    if step.verdict is Verdict.NOT_MET:
        assert not enough
