"""A standard is reviewed and signed by somebody else than the one who handed it in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from indicated.model.standard import ContentStatus
from indicated.workflow.assess import current
from indicated.workflow.errors import UnknownDocument
from indicated.workflow.review import audit, content_review
from indicated.workflow.review.content_review import ContentState
from indicated.workflow.review.errors import Incomplete, NotNow, Refused, SamePerson, SignInAgain
from indicated.workflow.review.people import Reauthenticated, Role
from tests.workflow.review.conftest import AUTHOR, DOCTOR, NOW, NURSE, person

EDITOR = person("Edda", Role.POLICY_AUTHOR)


def fresh(who, name, now=NOW):
    """That somebody proved just now who they are, for signing what the content says."""
    return Reauthenticated(who.id, content_review.signed_hash(name), now)


def draft():
    """A standard that is not in force."""
    return next(one.id for one in current().knowledge.standards if one.status is not ContentStatus.ACTIVE)


def test_a_draft_is_handed_in_reviewed_and_signed_by_a_second_person(store):
    name = draft()
    assert content_review.state_of(store, name).state in {ContentState.DRAFT, ContentState.UNDER_REVIEW}
    assert content_review.submit(store, AUTHOR, name, now=NOW).state is ContentState.SUBMITTED
    with pytest.raises(SamePerson):
        content_review.take_up(store, AUTHOR, name, now=NOW)
    content_review.take_up(store, EDITOR, name, now=NOW)
    with pytest.raises(SamePerson):
        content_review.approve(store, AUTHOR, name, fresh=fresh(AUTHOR, name), now=NOW)
    found = content_review.approve(store, DOCTOR, name, fresh=fresh(DOCTOR, name), now=NOW)
    assert (found.state, found.author, found.approved_by) == (ContentState.APPROVED, "paul", "dora")
    assert content_review.state_of(store, name) == found
    assert audit.verify(store).problems == ()
    with store.writing() as session:
        session.execute(text("UPDATE content_reviews SET approved_by = 'edda'"))
    assert audit.verify(store).problems == (f"content {name}: the signature of its approval does not hold",)


def test_a_signature_takes_the_person_anew_for_exactly_what_is_signed(lite):
    name = draft()
    content_review.submit(lite, AUTHOR, name, now=NOW)
    content_review.take_up(lite, EDITOR, name, now=NOW)
    stale = fresh(DOCTOR, name, NOW - timedelta(minutes=6))
    for proof in (None, fresh(EDITOR, name), Reauthenticated(DOCTOR.id, name, NOW), stale):
        with pytest.raises(SignInAgain):
            content_review.approve(lite, DOCTOR, name, fresh=proof, now=NOW)
    assert content_review.state_of(lite, name).state is ContentState.UNDER_REVIEW


def test_what_is_given_back_is_a_draft_again_with_a_note(lite):
    name = draft()
    content_review.submit(lite, AUTHOR, name, now=NOW)
    with pytest.raises(NotNow):
        content_review.approve(lite, EDITOR, name, fresh=fresh(EDITOR, name), now=NOW)
    content_review.take_up(lite, EDITOR, name, now=NOW)
    with pytest.raises(Incomplete):
        content_review.return_to_author(lite, EDITOR, name, note=" ", now=NOW)
    back = content_review.return_to_author(lite, EDITOR, name, note="which trial?", now=NOW)
    assert (back.state, back.note) == (ContentState.DRAFT, "which trial?")
    assert content_review.submit(lite, AUTHOR, name, now=NOW).note == ""


def test_what_nobody_handed_in_is_not_taken_up_and_not_by_anybody(lite):
    with pytest.raises(NotNow):
        content_review.take_up(lite, EDITOR, draft(), now=NOW)
    with pytest.raises(Refused):
        content_review.submit(lite, NURSE, draft(), now=NOW)
    with pytest.raises(UnknownDocument):
        content_review.state_of(lite, "nothing/such")


def test_a_policy_has_a_state_too(lite):
    assert content_review.state_of(lite, current().knowledge.policy_ids[0]).hash
