"""The whole decision: what is asked for, what it lacks, what concerns safety."""

from __future__ import annotations

import pytest

from indicated.engine import Facts, determine
from indicated.engine.determine import NoRequest
from indicated.engine.safety import cautions
from indicated.model.case import Case
from indicated.model.determination import Finding, NextStep
from indicated.model.product import Caution, CautionKind, Product
from tests import told

CRITERIA = "- id: disease\n  has: dx.dm"


def product(*listed: Caution) -> Product:
    return Product("tx.ivig", "tx.ivig", ("intravenous",), ("source",), cautions=listed)


def caution(name: str, kind: CautionKind, when: str = "", ask: str = "") -> Caution:
    return Caution(name, kind, "text", ("source",), when=told.rule(when) if when else None, ask=ask)


def test_a_case_that_asks_for_nothing_is_refused():
    with pytest.raises(NoRequest, match="asks for no treatment"):
        determine(Case((), ()), told.knowing(told.standard(CRITERIA)), told.DAY)


def test_no_standard_reached_is_undetermined_and_asks_what_it_is_for():
    today = determine(told.case(), told.knowing(), told.DAY)
    assert today.finding is Finding.UNDETERMINED
    assert today.next_step is NextStep.INFORMATION_NEEDED
    assert today.gaps[0].about == "request.indications"


def test_a_policy_open_only_for_its_limits_names_what_they_lack():
    policy = told.policy(
        "- id: disease\n  has: dx.dm",
        "- conditions: []\n  start: {ref: disease}\n  limits: {request: {products: product.ten}}",
    )
    case = told.case("concept | says\ndx.dm | present")
    today = determine(case, told.knowing(told.standard(CRITERIA)), told.DAY, policy)
    assert today.policy_verdict == "unknown"
    assert "request.product" in [gap.about for gap in today.gaps]


def test_a_retired_standard_and_one_for_another_treatment_are_never_used():
    from msgspec.structs import replace

    from indicated.model.standard import ContentStatus

    retired = replace(told.standard(CRITERIA, name="retired"), status=ContentStatus.RETIRED)
    other = replace(told.standard(CRITERIA, name="other"), treatment="drug.methotrexate")
    case = told.case("concept | says\ndx.dm | present")
    assert determine(case, told.knowing(retired, other), told.DAY).weighed == ()


def test_cautions_that_apply_come_first_within_their_kind_and_ruled_out_ones_are_left_out():
    listed = product(
        caution("everyone", CautionKind.WARNING),
        caution("asked", CautionKind.WARNING, "has: finding.fever", ask="Is there fever?"),
        caution("not-asked", CautionKind.WARNING, "has: finding.fever"),
        caution("ruled-out", CautionKind.WARNING, "has: finding.rash", ask="Is there a rash?"),
        caution("heart", CautionKind.CONTRAINDICATION, "has: finding.heart_failure"),
    )
    case = told.case("concept | says\nfinding.heart_failure | present\nfinding.rash | absent")
    known = Facts(case, told.knowing(products=(listed,)))
    assert [note.caution.id for note in cautions(case.request, known, told.DAY)] == ["heart", "everyone", "asked"]


def test_a_contraindication_holds_back_an_approval():
    listed = product(caution("heart", CautionKind.CONTRAINDICATION, "has: finding.heart_failure"))
    case = told.case("concept | says\ndx.dm | present\nfinding.heart_failure | present")
    knowledge = told.knowing(told.standard(CRITERIA), products=(listed,))
    assert determine(case, knowledge, told.DAY).next_step is NextStep.PHYSICIAN_REVIEW
