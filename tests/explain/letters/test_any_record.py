"""Whatever the record says, a letter is drafted with proof of every sentence, or refused in one line."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from indicated.engine.determine import NoRequest
from indicated.explain.letters.carried import carried
from indicated.explain.letters.errors import NoSignedDecision, NotApprovable, NotCarried, NothingToAsk
from indicated.model.decision import CriterionReason, Decision, DecisionOutcome, Reviewer, SignOff, digest
from indicated.model.determination import NextStep
from indicated.model.law import Plan
from indicated.model.verdict import Verdict
from indicated.workflow import assess as workflow
from indicated.workflow import intake, letters
from indicated.workflow.errors import NoContent
from indicated.workflow.policies import from_text
from tests.explain.letters import desk
from tests.explain.test_any_record import ODD, SENTENCES
from tests.explain.world import ROOT

POLICY = from_text((ROOT / "examples/2-overlap-denied.policy.txt").read_text("utf-8"), workflow.current(), "plan")
WHO = Reviewer("Ada Invented", "MD", "A1", "TX", "neurology")
PRODUCTS = ("IVIG", "Gamunex-C", "Octagam 10%", "Hizentra")


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from([*SENTENCES, *ODD]), min_size=1, max_size=14),
    st.sampled_from(PRODUCTS),
    st.sampled_from([None, POLICY]),
    st.sampled_from([None, *Plan]),
)
def test_any_sentences_make_letters_with_proof_or_a_refusal(sentences, product, policy, plan):
    text = f"Request: {product} 2 g/kg every 4 weeks. {'. '.join(sentences)}"
    try:
        d = workflow.assess(workflow.read((intake.document(text),)), policy, desk.ON)
    except (NoRequest, NoContent):
        return
    for kind, more in desk.ORDERS:
        try:
            letter = letters.letter(d, kind, plan=plan, **more)
        except NotCarried:
            assert not carried(d)
            continue
        except NotApprovable:
            assert d.next_step is not NextStep.APPROVABLE
            continue
        except NothingToAsk:
            continue
        assert letter.page.withheld == 0
        assert all(one.proofs for one in desk.statements(letter))
        assert "<b>" not in desk.text_of(letter, d, "html")
        assert (kind not in {"necessity", "appeal"}) or carried(d)
    _signed_denial_is_told(d)


def _signed_denial_is_told(d):
    """Whatever the record, a person's whole decision makes a notice in that person's words, and nothing less does."""
    hashed = digest(d)
    owner = d.policy or workflow.current().knowledge.standard_table.get(d.lead)
    if owner is None:
        return
    first = next(iter(owner.criteria))
    decision = Decision(
        determination=hashed,
        on=desk.ON,
        outcome=DecisionOutcome.DENY,
        reason="Not shown.",
        provision="Section of the plan",
        rationale="Seen and judged.",
        criteria=(CriterionReason(first.id, Verdict.NOT_MET, "Not shown."),),
        sign_off=SignOff(WHO, date(2026, 11, 21), hashed),
        appeal="Write to the plan.",
    )
    text = desk.text_of(letters.letter(d, "denial", decision=decision), d)
    assert "Seen and judged." in text
    assert "Write to the plan." in text
    bare = replace(decision, rationale="")
    try:
        letters.letter(d, "denial", decision=bare)
    except NoSignedDecision:
        return
    raise AssertionError("a denial without a rationale was drafted")
