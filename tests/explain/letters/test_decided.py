"""A denial is a person's: drafted only from a whole, signed decision on this very determination."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from indicated.explain.letters.errors import NoAppealRights, NoSignedDecision, NotApprovable
from indicated.model.decision import (
    CriterionReason,
    Decision,
    DecisionItem,
    DecisionOutcome,
    Reviewer,
    SignOff,
    digest,
)
from indicated.model.law import DecisionStage
from indicated.model.verdict import Verdict
from indicated.workflow import letters
from tests.explain.letters import desk

D = desk.decided("2-overlap-denied")
HASH = digest(D)
WHO = Reviewer("Ada Invented", "MD", "A12345", "TX", "pediatric rheumatology", ("American Board of Pediatrics",))
WEAK = CriterionReason("1.a", Verdict.NOT_MET, "Formal strength testing is full.")
WHOLE = Decision(
    determination=HASH,
    on=desk.ON,
    outcome=DecisionOutcome.DENY,
    reason="Fewer than four of the signs that the policy asks for are on record.",
    provision="Immune globulin policy, section 1",
    rationale="Strength and enzymes are normal, so muscle disease is not shown today.",
    criteria=(WEAK,),
    sign_off=SignOff(WHO, date(2026, 11, 21), HASH),
)


def denial(decision=WHOLE, **more):
    """The notice under a plan whose time to appeal was read."""
    return letters.letter(D, "denial", decision=decision, **({"plan": "employer_insured", "state": "TX"} | more))


def signed(**changes):
    """The decision with the reviewer changed."""
    return replace(WHOLE, sign_off=replace(WHOLE.sign_off, reviewer=replace(WHO, **changes)))


LACKING = {
    DecisionItem.REASON: replace(WHOLE, reason=" "),
    DecisionItem.PROVISION: replace(WHOLE, provision=""),
    DecisionItem.RATIONALE: replace(WHOLE, rationale=""),
    DecisionItem.CRITERIA: replace(WHOLE, criteria=()),
    DecisionItem.GRANTED: replace(WHOLE, outcome=DecisionOutcome.PARTIAL),
    DecisionItem.SIGNATURE: replace(WHOLE, sign_off=None),
    DecisionItem.OTHER_DETERMINATION: replace(WHOLE, sign_off=replace(WHOLE.sign_off, hash="b" * 64)),
    DecisionItem.NAME: signed(name=""),
    DecisionItem.CREDENTIALS: signed(credentials=""),
    DecisionItem.LICENCE: signed(licence=" "),
    DecisionItem.STATE: signed(state=""),
    DecisionItem.SPECIALTY: signed(specialty=""),
}


def test_without_a_decision_there_is_no_denial():
    with pytest.raises(NoSignedDecision, match="no machine denies"):
        denial(None)


@pytest.mark.parametrize("item", list(DecisionItem), ids=lambda item: item.value)
def test_a_decision_that_lacks_an_item_is_refused_in_a_line_that_names_it(item):
    with pytest.raises(NoSignedDecision, match=rf"lacks (.+, )?{item.value}") as refused:
        denial(LACKING[item])
    assert "\n" not in str(refused.value)


def test_a_decision_on_another_determination_is_refused():
    other = replace(WHOLE, determination="c" * 64, sign_off=replace(WHOLE.sign_off, hash="c" * 64))
    with pytest.raises(NoSignedDecision, match="signed over determination cccccccccccc and this one is"):
        denial(other)


def test_the_same_case_as_of_another_day_is_another_determination():
    text = "\n".join(document.text for document in D.case.documents)
    with pytest.raises(NoSignedDecision, match="signed over determination"):
        letters.letter(desk.told(text), "denial", decision=WHOLE, plan="employer_insured")


def test_a_decision_on_a_criterion_that_is_not_there_is_refused():
    with pytest.raises(NoSignedDecision, match=r"criterion '9\.z'"):
        denial(replace(WHOLE, criteria=(replace(WEAK, criterion="9.z"),)))


def test_a_decision_to_approve_is_no_denial():
    with pytest.raises(NoSignedDecision, match="see 'letter approval'"):
        denial(replace(WHOLE, outcome=DecisionOutcome.APPROVE))


def test_a_denial_that_could_not_tell_until_when_to_appeal_is_refused():
    with pytest.raises(NoAppealRights, match="no --plan is given"):
        denial(plan=None, state=None)
    with pytest.raises(NoAppealRights, match="nobody has read"):
        denial(plan="medicare_advantage", state=None)


def test_the_plans_own_words_on_appeals_are_carried_over():
    own = "You can appeal within the time that your evidence of coverage gives."
    letter = denial(replace(WHOLE, appeal=own), plan="medicare_advantage", state=None)
    assert own in desk.text_of(letter, D)


def test_a_whole_denial_holds_everything_that_a_notice_has_to():
    text = " ".join(desk.text_of(denial(), D).split())
    for part in (WHOLE.reason, WHOLE.provision, WHOLE.rationale, WEAK.reason, "at least 180 days", HASH):
        assert part.lower() in text.lower()
    assert "Ada Invented, MD, pediatric rheumatology; licence TX A12345 (American Board of Pediatrics)" in text
    assert "1.a Proximal muscle weakness (arms, legs or trunk): not met." in text
    assert "Somebody who took no part in this decision will decide" in text
    assert "copies of everything that this decision rests on" in text
    assert "What could still be sent - Muscle pain" in text


def test_every_sentence_of_a_denial_rests_on_the_decision_the_policy_or_the_law():
    letter = denial()
    assert letter.page.withheld == 0
    assert all(one.proofs for one in desk.statements(letter))


def test_a_denial_upheld_on_appeal_says_so_and_what_comes_next_in_the_plans_words():
    upheld = replace(WHOLE, stage=DecisionStage.APPEAL)
    with pytest.raises(NoAppealRights, match="what comes after an appeal"):
        denial(upheld)
    letter = denial(replace(upheld, appeal="You can ask for external review within four months."))
    assert letter.page.sections[1].statements[0].text.startswith("On your appeal we have decided again")
    assert "external review within four months" in desk.text_of(letter, D)
    assert "180 days" not in desk.text_of(letter, D)


def test_part_of_a_request_can_be_granted():
    letter = denial(replace(WHOLE, outcome=DecisionOutcome.PARTIAL, granted="three monthly courses"))
    assert letter.page.sections[1].statements[0].text.endswith(": three monthly courses.")


def test_the_writer_is_told_where_the_record_says_otherwise_than_the_decision():
    tried = CriterionReason("2.a", Verdict.NOT_MET, "No trial of a first treatment.")
    pain = CriterionReason("1.c", Verdict.NOT_MET, "No muscle pain.")
    told = "\n".join(one.text for one in denial(replace(WHOLE, criteria=(WEAK, tried, pain))).before.statements)
    assert "the record as read here meets it: 2.a" in told
    assert "nobody recorded it; ask before you send a denial: 1.c" in told
    assert "1.a" not in told


def test_an_approval_needs_an_approvable_next_step_or_a_signed_decision():
    with pytest.raises(NotApprovable, match="the next step is information needed"):
        letters.letter(D, "approval")
    drafted = letters.letter(desk.decided("5-dermatomyositis-ild"), "approval")
    assert "it takes effect when a person of the plan signs it" in drafted.page.sections[1].statements[0].text
    whole = letters.letter(D, "approval", decision=replace(WHOLE, outcome=DecisionOutcome.APPROVE))
    assert whole.page.sections[1].statements[0].text.endswith("is approved.")
    assert "Policy (" not in desk.text_of(whole, D)
    with pytest.raises(NotApprovable, match="does not approve all"):
        letters.letter(D, "approval", decision=WHOLE)
    with pytest.raises(NotApprovable, match="lacks sign_off"):
        letters.letter(D, "approval", decision=replace(WHOLE, outcome=DecisionOutcome.APPROVE, sign_off=None))
