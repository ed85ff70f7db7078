"""A decision is a person's: whole, reasoned and signed over the very determination that was before them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from indicated.engine import determine
from indicated.model.decision import (
    CriterionReason,
    Decision,
    DecisionItem,
    DecisionOutcome,
    Reviewer,
    SignOff,
    digest,
    lacking,
    signed_bytes,
)
from indicated.model.errors import Nonsense
from indicated.model.verdict import Verdict
from tests import told

HASH, OTHER = "a" * 64, "b" * 64
WHO = Reviewer("Ada Invented", "MD", "12345", "WA", "rheumatology")
WHOLE = Decision(
    determination=HASH,
    on=told.DAY,
    outcome=DecisionOutcome.DENY,
    reason="No trial of a first treatment is on record.",
    provision="Policy 7, section 2",
    rationale="The disease is mild and the first treatment was not begun.",
    criteria=(CriterionReason("first", Verdict.NOT_MET, "The chart says it was not begun."),),
    sign_off=SignOff(WHO, date(2026, 3, 2), HASH),
)


def test_a_whole_signed_denial_lacks_nothing():
    assert lacking(WHOLE) == ()


@pytest.mark.parametrize(
    ("change", "item"),
    [
        ({"reason": " "}, DecisionItem.REASON),
        ({"provision": ""}, DecisionItem.PROVISION),
        ({"rationale": ""}, DecisionItem.RATIONALE),
        ({"criteria": ()}, DecisionItem.CRITERIA),
        ({"criteria": (CriterionReason("first", Verdict.NOT_MET),)}, DecisionItem.CRITERIA),
        ({"criteria": (CriterionReason("first", Verdict.MET, "It was."),)}, DecisionItem.CRITERIA),
        ({"outcome": DecisionOutcome.PARTIAL}, DecisionItem.GRANTED),
        ({"sign_off": None}, DecisionItem.SIGNATURE),
        ({"sign_off": SignOff(WHO, told.DAY, OTHER)}, DecisionItem.OTHER_DETERMINATION),
        ({"sign_off": SignOff(replace(WHO, name=""), told.DAY, HASH)}, DecisionItem.NAME),
        ({"sign_off": SignOff(replace(WHO, credentials=""), told.DAY, HASH)}, DecisionItem.CREDENTIALS),
        ({"sign_off": SignOff(replace(WHO, licence=""), told.DAY, HASH)}, DecisionItem.LICENCE),
        ({"sign_off": SignOff(replace(WHO, state=""), told.DAY, HASH)}, DecisionItem.STATE),
        ({"sign_off": SignOff(replace(WHO, specialty=""), told.DAY, HASH)}, DecisionItem.SPECIALTY),
    ],
)
def test_a_denial_without_one_required_item_lacks_that_item(change, item):
    assert lacking(replace(WHOLE, **change)) == (item,)


def test_an_approval_needs_a_licensed_signature_and_no_reasons():
    bare = Decision(HASH, told.DAY, DecisionOutcome.APPROVE, sign_off=SignOff(WHO, told.DAY, HASH))
    assert not bare.adverse
    assert lacking(bare) == ()
    assert lacking(replace(bare, sign_off=None)) == (DecisionItem.SIGNATURE,)


@pytest.mark.parametrize("text", ["", "a" * 63, "A" * 64, "g" * 64])
def test_a_hash_is_sixty_four_hexadecimal_digits(text):
    with pytest.raises(Nonsense):
        replace(WHOLE, determination=text)
    with pytest.raises(Nonsense):
        SignOff(WHO, told.DAY, text)


def test_a_state_is_two_capitals_and_a_criterion_has_one_reason():
    with pytest.raises(Nonsense):
        replace(WHO, state="Wa")
    with pytest.raises(Nonsense):
        replace(WHOLE, criteria=WHOLE.criteria * 2)


def test_json_gives_the_decision_back():
    assert msgspec.json.decode(msgspec.json.encode(WHOLE), type=Decision) == WHOLE


def test_a_seal_is_over_everything_but_itself():
    assert WHOLE.sign_off is not None
    sealed = replace(WHOLE, sign_off=replace(WHOLE.sign_off, seal="k1:00ff"))
    assert signed_bytes(sealed) == signed_bytes(WHOLE)
    assert signed_bytes(replace(WHOLE, reason="Another.")) != signed_bytes(WHOLE)


def _determination(facts: str = "concept | says\ndx.dm | present"):
    criteria = "- id: disease\n  need: decides\n  has: dx.dm"
    return determine(told.case(facts, "indications: dx.dm"), told.knowing(told.standard(criteria)), told.DAY)


def test_the_digest_is_of_what_was_decided_and_not_of_what_was_looked_for():
    whole = _determination()
    assert whole.rests_on
    assert digest(whole) == digest(replace(whole, flips=(), rests_on=()))
    assert digest(whole) != digest(replace(whole, on=date(2026, 3, 2)))
    assert digest(whole) != digest(_determination("concept | says\ndx.dm | absent"))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_digest(seed):
    code = "from tests.model.test_decision import _determination as d; from indicated.model.decision import digest; print(digest(d()))"  # noqa: E501
    root = Path(__file__).parents[2]
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root, env={"PYTHONHASHSEED": seed}
    )
    assert said.stdout.strip() == digest(_determination())
