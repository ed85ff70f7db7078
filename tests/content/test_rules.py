"""The rule language as YAML: short forms mean their long forms, and what is dumped reads back as the same rule."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from indicated.content.convert import Reader, authored, written
from indicated.content.dump import dump_rule
from indicated.content.nodes import read_yaml
from indicated.content.rules import KINDS, read_rule
from indicated.model import rule as language
from indicated.model.fact import Course, Result
from indicated.model.quantity import Comparison, Quantity
from indicated.model.regimen import Phase
from indicated.model.verdict import Verdict


def rule(text: str) -> language.Rule:
    node, problems = read_yaml(text, "rule.yaml")
    assert node is not None
    reader = Reader("rule.yaml", None, {})
    value = read_rule(reader, node, "")
    assert [str(problem) for problem in (*problems, *reader.problems)] == []
    return value


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("has: dx.a", "has: {concept: dx.a}"),
        ("lacks: dx.a", "lacks: {concept: dx.a, when_silent: unknown}"),
        ("tried: drug.a", "tried: {concept: drug.a, count: 1}"),
        ("tried: {concept: drug.a, outcomes: failed}", "tried: {concept: drug.a, outcomes: [failed]}"),
        ("age: '< 18 a'", "age: {is: '< 18 a'}"),
        ("weight: '>= 30 kg'", "weight: {is: '>= 30 kg'}"),
        ("codes: M33.00", "codes: {any_of: [M33.00]}"),
        ("codes: [M33.00, M08-M10]", "codes: {any_of: [M33.00, M08-M10]}"),
        ("result: {concept: lab.a, is: low}", "result: {concept: lab.a, is: [low]}"),
        ("response: [improved, stable]", "response: {is: [improved, stable]}"),
        ("judged: Is it so?", "judged: {question: Is it so?}"),
        ("ref: a", "ref: {criterion: a}"),
    ],
)
def test_short_forms(short, long):
    assert rule(short) == rule(long)


def test_a_whole_rule():
    assert rule("at_least: {n: 1, of: [{has: {concept: dx.a, now: true, when_silent: met}}, {none: [{ref: b}]}]}") == (
        language.AtLeast(
            1, (language.Has("dx.a", now=True, when_silent=Verdict.MET), language.NoneOf((language.Ref("b"),)))
        )
    )


def test_amounts_are_exact():
    read = rule("measured: {concept: lab.a, is: '<= 1,400.50 mg/dL', within: 90 d, times: 2, apart: 3 wk}")
    limit = Comparison("<=", Quantity.of("1400.50", "mg/dL"))
    assert read == language.Measured("lab.a", limit, Quantity.of(90, "d"), 2, Quantity.of(3, "wk"))


NAMES = st.sampled_from(["dx.a", "lab.b", "no", "1.10", "null", "~", "a: b", "x #y", "'q'"])
NUMBERS = st.decimals(0, 9999, allow_nan=False, places=2).map(lambda number: Decimal(str(number)))
UNITS = st.sampled_from(["g/kg", "mg/dL", "d", "1", "%", "10*9/L", "[iU]/L", "/uL"])
SILENT = st.sampled_from(Verdict)
AMOUNTS = st.one_of(
    st.builds(Quantity.of, NUMBERS, UNITS),
    st.builds(lambda a, b, unit: Quantity(min(a, b), max(a, b), unit), NUMBERS, NUMBERS, UNITS),
    st.builds(lambda end, unit, open_: Quantity(end, None, unit, low_open=open_), NUMBERS, UNITS, st.booleans()),
    st.builds(lambda end, unit, open_: Quantity(None, end, unit, high_open=open_), NUMBERS, UNITS, st.booleans()),
)
LIMITS = st.builds(Comparison, st.sampled_from(["<", "<=", ">", ">=", "="]), st.builds(Quantity.of, NUMBERS, UNITS))
MAYBE, WORDS = st.none() | AMOUNTS, st.lists(NAMES, min_size=1, max_size=3).map(tuple)
LEAVES = st.one_of(
    st.builds(language.Ref, NAMES),
    st.builds(language.Has, NAMES, st.booleans(), SILENT),
    st.builds(language.Lacks, NAMES, st.booleans(), SILENT),
    st.builds(language.Measured, NAMES, LIMITS, MAYBE, st.integers(1, 3), MAYBE, SILENT),
    st.builds(language.ResultIs, NAMES, st.lists(st.sampled_from(Result), min_size=1).map(tuple), MAYBE, SILENT),
    st.builds(language.Tried, NAMES, WORDS | st.just(()), MAYBE, MAYBE, st.integers(1, 3), SILENT),
    st.builds(language.Age, LIMITS, SILENT),
    st.builds(language.Weight, LIMITS, SILENT),
    st.builds(language.Codes, WORDS, SILENT),
    st.builds(
        language.RequestIs,
        indications=WORDS | st.just(()),
        products=WORDS | st.just(()),
        phase=st.none() | st.sampled_from(Phase),
        per_course=st.none() | LIMITS,
        interval=st.none() | LIMITS,
        prescribers=WORDS | st.just(()),
        when_silent=SILENT,
    ),
    st.builds(language.Response, st.lists(st.sampled_from(Course), min_size=1).map(tuple), NAMES | st.just(""), SILENT),
    st.builds(language.Score, NAMES, NUMBERS, SILENT),
    st.builds(language.Judged, NAMES, SILENT),
)
RULES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        *(
            st.builds(kind, st.lists(parts, min_size=1, max_size=3).map(tuple))
            for kind in (language.All, language.Any, language.NoneOf)
        ),
        st.lists(parts, min_size=1, max_size=3).flatmap(
            lambda of: st.builds(language.AtLeast, st.integers(1, len(of)), st.just(tuple(of)))
        ),
    ),
    max_leaves=8,
)


@given(RULES)
def test_a_dumped_rule_reads_back_as_itself(value):
    """Through YAML text, with names that YAML would take for something else."""
    assert rule(yaml.safe_dump(dump_rule(value))) == value


def test_every_key_of_the_language_is_in_the_reference():
    text = (Path(__file__).parents[2] / "docs/reference/content.md").read_text()
    assert [tag for tag in KINDS if f"`{tag}: " not in text] == []
    keys = {written(field.name) for kind in KINDS.values() for field in authored(kind)} - {
        "parts",
        "criterion",
        "question",
    }
    assert {key for key in keys if not re.search(rf"\b{key}\b", text)} == set()


def test_the_shortest_form_is_dumped():
    assert dump_rule(language.Has("dx.a")) == {"has": "dx.a"}
    assert dump_rule(language.Age(Comparison("<", Quantity.of(18, "a")))) == {"age": "< 18 a"}
    assert dump_rule(language.All((language.Ref("a", language.Has("dx.a")),))) == {"all": [{"ref": "a"}]}
