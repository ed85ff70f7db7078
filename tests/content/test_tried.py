"""What only running the content shows: rules that nothing meets, limits and verdicts that no case holds, made cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.content.boundaries import limits_of, made
from indicated.content.check import tried
from indicated.content.dump import dump
from indicated.content.golden import run_all
from indicated.content.lint import lint
from indicated.content.load import load
from indicated.content.plans import forcing, isolating, leaves_of, settled
from indicated.content.yaml_text import text
from indicated.engine.evaluate import combine
from indicated.model.rule import All, Any, AtLeast, Has, NoneOf, Rule
from indicated.model.verdict import Verdict
from tests.content.folder import ON, SOUND, folder, release_of

RARE = (SOUND / "standards/drug/rare.yaml").read_text()
MARKER = """\
    any:
      - measured: {concept: lab.marker, is: "< 10 mg/dL", within: 26 wk, times: 2, apart: 3 wk}
      - result: {concept: lab.marker, is: low}
"""


BETWEEN = """\
    all:
      - measured: {{concept: lab.marker, is: "{} mg/dL"}}
      - measured: {{concept: lab.marker, is: "{} mg/dL"}}
"""


def found(root: Path) -> list[str]:
    loaded = load(root)
    assert lint(loaded, ON) == ()
    return [str(problem) for problem in tried(loaded, release_of(loaded).knowledge, ON)]


def only_case(root: Path) -> None:
    """Leave the standard one case, in which nothing but the disease is told."""
    (root / "standards/drug/rare.cases.yaml").write_text(
        "- {case: one, says: One., on: 2026-11-20, request: {treatment: tx.new}, facts: [dx.rare], "
        "expect: {lead: drug/rare}}\n"
    )


def with_rule(tmp_path: Path, rule: str) -> Path:
    """The sound folder with another rule in place of the one on the marker."""
    assert MARKER in RARE
    return folder(tmp_path, {"standards/drug/rare.yaml": RARE.replace(MARKER, rule)})


def test_the_sound_folder_has_all_it_needs(tmp_path):
    assert found(folder(tmp_path)) == []


@pytest.mark.parametrize(
    "rule",
    [
        "    all: [{has: ab.rare}, {lacks: ab.rare}]\n",
        BETWEEN.format("< 10", "> 12"),
        "    all: [{age: '< 2 a'}, {age: '>= 18 a'}]\n",
        "    all: [{has: dx.rarer}, {lacks: dx.rare}]\n",
        "    all: [{has: dx.rare}, {none: [{has: dx.rare}]}]\n",
    ],
)
def test_a_rule_that_no_record_can_meet(tmp_path, rule):
    assert any("found criterion marker, which no record can meet" in line for line in found(with_rule(tmp_path, rule)))


@pytest.mark.parametrize(
    "rule",
    [
        "    any: [{has: ab.rare}, {lacks: ab.rare}]\n",
        BETWEEN.format("< 12", "> 10"),
        "    at_least: {n: 2, of: [{has: ab.rare}, {has: finding.clot}, {age: '>= 18 a'}]}\n",
        "    all: [{has: ab.rare}, {judged: Is it so?}]\n",
        "    tried: {concept: class.first, outcomes: [failed], for_at_least: 12 wk}\n",
    ],
)
def test_a_rule_that_some_record_meets(tmp_path, rule):
    assert not any("no record can meet" in line for line in found(with_rule(tmp_path, rule)))


def test_a_limit_without_cases_on_each_side(tmp_path):
    root = folder(tmp_path)
    cases = root / "standards/drug/rare.cases.yaml"
    cases.write_text(cases.read_text().replace("value: 10 mg/dL", "value: 12 mg/dL"))
    (line,) = found(root)
    assert line == (
        "standards/drug/rare.yaml:19: criteria.1: found no golden case for criterion marker at 10 mg/dL of lab.marker; "
        "expected a case on each side of it; write one, or run 'indicated content check --make-cases'"
    )


def test_a_value_in_another_unit_counts(tmp_path):
    root = folder(tmp_path)
    cases = root / "standards/drug/rare.cases.yaml"
    cases.write_text(cases.read_text().replace("value: 10 mg/dL", "value: 0.01 g/dL"))
    units = root / "units.yaml"
    units.write_text(units.read_text() + '- {code: g/dL, dimension: mass/volume, factor: "1000"}\n')
    assert found(root) == []


def test_a_verdict_that_no_case_shows(tmp_path):
    root = folder(tmp_path)
    cases = root / "policies/plan/drug/cases/all.yaml"
    cases.write_text(cases.read_text().partition("- case: failed-first")[0])
    first, second = found(root)
    assert first == (
        "policies/plan/drug/policy.yaml:10: criteria.0: found no golden case in which criterion disease is unknown; "
        "expected each seen once; write such a case"
    )
    assert "policy.yaml:11: criteria.1: found no golden case in which criterion tried is met;" in second


def test_in_a_draft_these_are_warnings(tmp_path):
    root = folder(tmp_path)
    only_case(root)
    standard = root / "standards/drug/rare.yaml"
    standard.write_text(standard.read_text().replace("in_review", "draft"))
    loaded = load(root)
    problems = tried(loaded, release_of(loaded).knowledge, ON)
    assert problems
    assert all(problem.warning for problem in problems)


def test_cases_are_made_at_limits_and_counts_and_hold(tmp_path):
    rule = (
        "    at_least:\n      n: 2\n      of:\n        - measured: {concept: lab.marker, is: '<= 8 mg/dL'}\n"
        "        - has: ab.rare\n        - age: '>= 18 a'\n"
    )
    root = with_rule(tmp_path, rule)
    only_case(root)
    loaded = load(root)
    ((file, cases, unmade),) = made(loaded, release_of(loaded).knowledge, ON)
    assert file == "standards/drug/rare.boundaries.cases.yaml"
    assert unmade == []
    assert [(case.case, *case.expect.verdicts.values()) for case in cases] == [
        ("marker, marker 7 mg/dL", "met"),
        ("marker, marker 8 mg/dL", "met"),
        ("marker, marker 9 mg/dL", "not_met"),
        ("marker, age 17 a", "not_met"),
        ("marker, age 18 a", "met"),
        ("marker, age 19 a", "met"),
        ("marker, 2 of 3", "met"),
        ("marker, 1 of 3", "not_met"),
    ]
    (root / file).write_text(text([dump(case) for case in cases]))
    again = load(root)
    assert lint(again, ON) == ()
    assert run_all(again, release_of(again).knowledge).problems == ()
    assert not [problem for problem in tried(again, release_of(again).knowledge, ON) if problem.code == "no-boundary"]


def test_a_limit_in_what_brings_a_standard_into_play_keeps_it_out(tmp_path):
    changed = RARE.replace("reached_by: {has: dx.rare}", "reached_by: {all: [{has: dx.rare}, {age: '< 18 a'}]}")
    changed = changed.replace(MARKER, "    all: [{has: ab.rare}, {age: '< 18 a'}]\n")
    root = folder(tmp_path, {"standards/drug/rare.yaml": changed})
    loaded = load(root)
    ((_, cases, _),) = made(loaded, release_of(loaded).knowledge, ON)
    assert [(case.case, case.expect.not_reached) for case in cases] == [
        ("marker, age 17 a", ()),
        ("marker, age 18 a", ("drug/rare",)),
        ("marker, age 19 a", ("drug/rare",)),
    ]


def leaf(number: int) -> Rule:
    return Has(f"c{number}")


RULES = st.recursive(
    st.integers(0, 9).map(leaf),
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda parts: st.sampled_from(
            [
                All(tuple(parts)),
                Any(tuple(parts)),
                NoneOf(tuple(parts)),
                *(AtLeast(n, tuple(parts)) for n in range(1, len(parts) + 1)),
            ]
        )
    ),
    max_leaves=8,
)


def by_the_engine(rule: Rule, plan, path=()) -> Verdict:
    if isinstance(rule, Has):
        return plan.get(path, Verdict.UNKNOWN)
    return combine(rule, [by_the_engine(part, plan, (*path, n)) for n, part in enumerate(rule.parts)])


@given(RULES, st.sampled_from([Verdict.MET, Verdict.NOT_MET]))
def test_a_plan_brings_the_rule_where_it_says(rule, wanted):
    plans = list(forcing(rule, wanted))
    assert plans
    for plan in plans:
        assert settled(rule, plan) is wanted
        assert by_the_engine(rule, plan) is wanted


@given(RULES, st.data())
def test_under_an_isolating_plan_the_leaf_alone_decides(rule, data):
    path, _ = data.draw(st.sampled_from(list(leaves_of(rule))))
    for plan in isolating(rule, path):
        told = {settled(rule, {**plan, path: verdict}) for verdict in (Verdict.MET, Verdict.NOT_MET)}
        assert told == {Verdict.MET, Verdict.NOT_MET}
        assert settled(rule, plan) is Verdict.UNKNOWN


def test_limits_behind_a_ref_belong_to_the_criterion_it_names(tmp_path):
    loaded = load(folder(tmp_path))
    (policy,) = release_of(loaded).knowledge.policies
    assert [list(limits_of(coverage.start)) for coverage in policy.coverages] == [[]]


def test_the_day_of_a_check_is_given_to_it(tmp_path):
    """A case made on one day says so."""
    root = with_rule(tmp_path, "    measured: {concept: lab.marker, is: '<= 8 mg/dL', within: 4 wk}\n")
    loaded = load(root)
    ((_, cases, _),) = made(loaded, release_of(loaded).knowledge, date(2027, 2, 3))
    assert {case.on for case in cases} == {date(2027, 2, 3)}
