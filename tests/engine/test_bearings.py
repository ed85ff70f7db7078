"""How a source bears on a patient: as the standard says, and by whom it studied."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from indicated.engine.bearings import bearings
from indicated.engine.facts import Facts
from indicated.model.evidence import Citation, Direction, Evidence, GroupRule, PatientGroup, Status
from indicated.model.standard import Bearing
from tests import told

RULES = (
    GroupRule(PatientGroup.ADULTS, told.rule('age: ">= 18 a"')),
    GroupRule(PatientGroup.CHILDREN, told.rule('age: "< 18 a"')),
    GroupRule(PatientGroup.NEWBORNS, told.rule('age: "<= 28 d"'), apart=True),
)


def source(*groups):
    return Evidence(
        key="trial",
        kind="RCT",
        conditions=("dm",),
        citation=Citation("A", "A trial"),
        population="some",
        direction=Direction.FOR,
        summary="More improved.",
        summary_basis=Status.SEEN,
        groups=groups,
    )


def bears(age, *groups, bearing="direct", how=""):
    one = Bearing("trial", Direction.FOR, bearing, "More improved.", how)
    standard = replace(told.standard("- id: dx\n  has: dx.dm"), evidence=(one,))
    known = told.knowing(standard, evidence=(source(*groups),), groups=RULES)
    facts = told.facts(f"concept | value\ndemo.age | {age}" if age else "")
    (found,) = bearings(standard, Facts(told.case(facts), known), told.DAY)
    return found.how


ADULTS, CHILDREN, NEWBORNS = PatientGroup.ADULTS, PatientGroup.CHILDREN, PatientGroup.NEWBORNS


@pytest.mark.parametrize(
    ("age", "groups", "how"),
    [
        ("40 a", (ADULTS,), "direct"),
        ("9 a", (ADULTS,), "indirect"),
        ("40 a", (CHILDREN,), "indirect"),
        ("9 a", (ADULTS, CHILDREN), "direct"),
        ("9 a", (), "direct"),
        ("", (ADULTS,), "direct"),
        ("9 a", (NEWBORNS,), "not_applicable"),
        ("9 d", (NEWBORNS,), "direct"),
        ("40 a", (CHILDREN, NEWBORNS), "indirect"),
    ],
)
def test_a_source_is_direct_only_for_those_it_studied(age, groups, how):
    assert bears(age, *groups) == how


def test_what_the_standard_calls_indirect_stays_so():
    assert bears("40 a", ADULTS, bearing="indirect", how="another disease") == "indirect"


def test_a_group_without_a_rule_leaves_nobody_outside():
    assert bears("40 a", PatientGroup.PREGNANCY) == "direct"
