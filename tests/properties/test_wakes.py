"""A standard that nothing in a case speaks to is never reached, and to pass it over changes no answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from indicated.engine import Facts, determine, evaluate
from indicated.engine.outcome import awake, candidates, comes_to, reach, reaches
from indicated.model.fact import Course, Fact, Result
from indicated.model.knowledge import Knowledge
from indicated.model.quantity import Comparison, Quantity
from indicated.model.regimen import Phase, Regimen, Request
from indicated.model.rule import Codes, Has, Measured, Ref, RequestIs, Response, ResultIs, Rule, Score, Tried
from indicated.model.score import Calculator, Item, Threshold
from indicated.model.standard import ContentStatus, Stance, Standard
from indicated.model.verdict import Verdict
from indicated.model.wakes import Wakes, joined, needed_for, wakes_of
from tests import told
from tests.properties.strategies import ANTIBODIES, TOPICS, fact_lists, groups, leaves, rules
from tests.properties.test_flips import criteria_lists, policies

CONDITIONS = ("dx.myositis", "dx.dm", "dx.jdm", "dx.arthritis")
SCORE = Calculator(
    "points",
    "points",
    (),
    tuple(
        Item(name, name, Decimal(points), rule)
        for name, points, rule in (
            ("weak", 2, Has("finding.weakness")),
            ("antibody", 1, ResultIs("ab.myositis", (Result.POSITIVE,))),
            ("low", -1, Measured("lab.igg", Comparison("<", Quantity.of(Decimal(350), "mg/dL")))),
        )
    ),
    (Threshold("enough", Decimal(2)),),
    "too few",
)
LIMITS = st.sampled_from((None, Comparison("<=", Quantity.of(Decimal(4), "wk"))))
IN_WEEKS = Quantity.of(Decimal(12), "wk")
silences = st.sampled_from(list(Verdict))

# What the other properties leave out: what looks at the request, scores, references, windows, and what silence means.
asking: st.SearchStrategy[Rule] = st.one_of(
    st.builds(
        RequestIs,
        st.lists(st.sampled_from(CONDITIONS), max_size=2).map(tuple),
        phase=st.sampled_from((None, Phase.INITIAL)),
        interval=LIMITS,
    ),
    st.sampled_from((Codes(("M33.00-M33.19",)), Codes(("M08.0",)))),
)
silent: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Has, st.sampled_from(TOPICS), now=st.booleans(), when_silent=silences),
    st.builds(
        ResultIs,
        st.sampled_from((*ANTIBODIES, "lab.ck")),
        st.lists(st.sampled_from(list(Result)), min_size=1, max_size=2).map(tuple),
        st.sampled_from((None, IN_WEEKS)),
        when_silent=silences,
    ),
    st.builds(Tried, st.sampled_from(("class.suppressant", "drug.methotrexate")), when_silent=silences),
    st.builds(lambda least: Score("points", Decimal(least)), st.integers(-1, 3)),
    st.builds(lambda concept: Response((Course.IMPROVED,), concept), st.sampled_from(("", "dx.dm"))),
)
wide_leaves = st.one_of(leaves, asking, silent)
wide_rules = st.one_of(
    wide_leaves, groups(wide_leaves).flatmap(lambda rule: st.sampled_from((rule, Ref("another", rule))))
)
intervals = st.sampled_from((None, Quantity.of(Decimal(3), "wk"), Quantity.of(Decimal(1), "mo")))


@st.composite
def requests(draw) -> Request:
    asked = told.request("phase: initial")
    interval = draw(intervals)
    regimen = None if interval is None else Regimen(interval=interval)
    indications = tuple(draw(st.lists(st.sampled_from(CONDITIONS), max_size=2, unique=True)))
    return replace(asked, indications=indications, regimen=regimen)


def facts_of(told_of: tuple[Fact, ...], asked: Request, knowledge: Knowledge) -> Facts:
    return Facts(told.case(told_of, asked), knowledge)


def reached_if(rule: Rule) -> Standard:
    return told.standard((), reached_by=rule)


def scoring(*standards: Standard) -> Knowledge:
    return told.knowing(*standards, calculators=(SCORE,))


@given(wide_rules, fact_lists, requests())
def test_a_standard_that_is_asleep_is_not_reached(rule, told_of, asked):
    knowledge = scoring(reached_if(rule))
    facts = facts_of(told_of, asked, knowledge)
    if reaches(evaluate(rule, facts, told.DAY)):
        assert awake(facts) == ("the-standard",)


@given(wide_rules, fact_lists, requests())
def test_a_rule_that_is_looked_at_only_until_it_is_decided_comes_to_the_same(rule, told_of, asked):
    facts = facts_of(told_of, asked, scoring())
    step = evaluate(rule, facts, told.DAY)
    assert comes_to(rule, Verdict.MET, facts, told.DAY) is reaches(step)
    if not step.gaps and not step.parts:
        assert comes_to(rule, step.verdict, facts, told.DAY)


@given(wide_rules, fact_lists, fact_lists, requests(), requests())
def test_a_trace_is_the_same_whatever_case_was_judged_before(rule, before, told_of, asked_before, asked):
    """A rule that no fact speaks to keeps one trace for all cases: it must not be one of some case's own."""
    used, fresh = scoring(), scoring()
    evaluate(rule, facts_of(before, asked_before, used), told.DAY)
    evaluate(rule, facts_of((), asked_before, used), told.DAY)
    again = evaluate(rule, facts_of(told_of, asked, used), told.DAY)
    assert again == evaluate(rule, facts_of(told_of, asked, fresh), told.DAY)


def wide_awake(knowledge: Knowledge) -> Knowledge:
    """The same knowledge in which every standard is looked at in every case."""
    other = replace(knowledge)
    names = tuple(standard.id for standard in other.standards)
    other.__dict__["wakes"] = Wakes(other.wakes.treatments, {}, names)
    return other


@st.composite
def several(draw) -> Knowledge:
    """Standards of any reach, the first of which names the others."""
    reach_of = draw(st.lists(st.one_of(wide_rules, rules), min_size=1, max_size=4))
    names = [f"s{number}" for number in range(len(reach_of))]
    return scoring(
        *(
            told.standard(
                draw(criteria_lists),
                name=name,
                reached_by=rule,
                stance=draw(st.sampled_from(list(Stance))),
                exception=draw(st.one_of(st.none(), rules)),
                related=tuple(names[1:]) if name == "s0" else (),
            )
            for name, rule in zip(names, reach_of, strict=True)
        )
    )


@given(several(), fact_lists, requests(), st.one_of(st.none(), policies))
def test_what_would_change_an_answer_is_the_same_with_every_standard_awake(knowledge, told_of, asked, policy):
    case = told.case(told_of, asked)
    assert determine(case, knowledge, told.DAY, policy) == determine(case, wide_awake(knowledge), told.DAY, policy)


@given(several(), fact_lists, requests())
def test_the_standards_weighed_are_those_whose_whole_trace_reaches_them(knowledge, told_of, asked):
    facts = facts_of(told_of, asked, knowledge)
    table = knowledge.standard_table
    by_hand = {name for name in candidates(facts) if reaches(evaluate(table[name].reached_by, facts, told.DAY))}
    assert {weighed.standard for weighed in reach(facts, told.DAY).weighed} == by_hand


def test_what_wakes_the_standards_of_two_is_what_wakes_those_of_each():
    first = told.standard((), name="a", reached_by=Has("dx.dm"))
    second = told.standard((), name="b", reached_by=Has("dx.dm"))
    third = told.standard((), name="c")
    both = joined(wakes_of((first,)), wakes_of((second, third)))
    assert both == wakes_of((first, second, third)) == Wakes(
        tuple((name, told.TREATMENT) for name in "abc"), {"dx.dm": ("a", "b")}, ("c",)
    )  # fmt: skip


def test_a_count_leaves_out_as_many_parts_as_it_can_do_without():
    rule = told.rule(
        """
        at_least:
          n: 2
          of:
            - any: [has: dx.dm, has: dx.arthritis]
            - has: finding.rash
            - lacks: finding.fever
        """
    )
    assert needed_for(rule, {}) == {"dx.dm", "dx.arthritis", "finding.rash"}


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("result: {concept: ab.jo1, is: negative}", "ab.myositis | negative |"),
        ("result: {concept: ab.jo1, is: positive, within: 12 wk}", "ab.myositis | positive | 2020-01-01"),
    ],
)
def test_a_result_of_something_broader_wakes_what_it_can_reach(rule, row):
    knowledge = scoring(reached_if(told.rule(rule)))
    facts = Facts(told.case(f"concept | result | on\n{row}"), knowledge)
    assert reaches(evaluate(told.rule(rule), facts, told.DAY))
    assert awake(facts) == ("the-standard",)


def test_an_interval_told_unclearly_wakes_whatever_the_request_is_for():
    rule = told.rule('request: {indications: [dx.dm], interval: "<= 4 wk"}')
    facts = Facts(told.case("", "regimen: {interval: 1 mo}"), scoring(reached_if(rule)))
    assert reaches(evaluate(rule, facts, told.DAY))
    assert awake(facts) == ("the-standard",)


def test_what_speaks_against_a_rule_ends_its_silence():
    rule = Has("path.myositis")
    knowledge = scoring()
    assert evaluate(rule, Facts(told.case(), knowledge), told.DAY).verdict is Verdict.UNKNOWN
    facts = Facts(told.case("concept | says\npath.granuloma | present"), knowledge)
    assert evaluate(rule, facts, told.DAY).verdict is Verdict.NOT_MET


def test_a_supposed_fact_wakes_the_standard_that_it_would_reach():
    first = told.standard("- id: rash\n  has: finding.rash\n- id: fever\n  has: finding.fever", name="first")
    second = told.standard((), name="second", reached_by=Has("finding.rash"))
    knowledge = told.knowing(replace(first, related=("second",)), second)
    case = told.case("concept | says\ndx.dm | present", "indications: dx.dm")
    assert awake(Facts(case, knowledge)) == ("first",)
    flip, *_ = determine(case, knowledge, told.DAY).flips
    assert (flip.to, flip.standard) == ("supported", "second")
    assert [change.fact.concept for change in flip.changes] == ["finding.rash"]


def test_a_score_leaves_out_what_does_not_come_to_its_total():
    """One point of the antibody is not enough for two, so the finding of two points is needed; for one, either."""
    scores = {SCORE.id: SCORE}
    assert needed_for(Score("points", Decimal(2)), scores) == {"finding.weakness"}
    assert needed_for(Score("points", Decimal(1)), scores) == {"finding.weakness", "ab.myositis"}
    assert needed_for(Score("points", Decimal(4)), scores) == frozenset()
    assert needed_for(Score("points", Decimal(0)), scores) is None
    assert needed_for(Score("another", Decimal(1)), scores) is None


def test_what_silence_can_meet_wakes_for_every_case():
    for text in ("has: {concept: dx.dm, when_silent: met}", "lacks: dx.dm", "none: [has: dx.dm]", 'age: "< 18 a"'):
        assert needed_for(told.rule(text), {}) is None


def test_a_retired_standard_is_never_looked_at():
    retired = replace(told.standard((), name="a"), status=ContentStatus.RETIRED)
    assert candidates(Facts(told.case(), told.knowing(retired))) == ()
