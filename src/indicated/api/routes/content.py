"""Content on its way into force: checking a policy, and the states of standards and policies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from msgspec import Meta, Struct

from indicated.api.proving import proof
from indicated.api.shapes import Line, Words
from indicated.api.table import Call, Route
from indicated.content.one_policy import read_policy
from indicated.content.problem import BrokenContent, Problem
from indicated.workflow.accounts.values import Scope
from indicated.workflow.assess import current
from indicated.workflow.review import content_review
from indicated.workflow.review.content_review import ContentReview
from indicated.workflow.review.people import Action


class PolicyIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A policy as its file says it, in YAML."""

    text: Annotated[str, Meta(max_length=2_000_000)]
    name: Line = "policy.yaml"


class ProblemsOut(Struct, frozen=True):
    """Every problem with its line; none when the policy can be used."""

    items: tuple[Problem, ...]


class ContentIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A standard or policy by its id."""

    id: Line


class ApprovalIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A standard or policy by its id, and the proof of who signs: the password, and a code where there is a second
    factor. Whoever comes by single sign-on gives neither, and has proved it there within five minutes.
    """

    id: Line
    password: Annotated[str, Meta(max_length=1000)] = ""
    code: Line = ""


class ReturnIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A standard or policy by its id, and why it goes back."""

    id: Line
    note: Words


def _check(call: Call) -> ProblemsOut:
    body: PolicyIn = call.body
    try:
        read_policy(body.text, body.name, current().knowledge)
    except BrokenContent as broken:
        return ProblemsOut(broken.problems)
    return ProblemsOut(())


def _state(call: Call) -> ContentReview:
    return content_review.state_of(call.store, call.path["id"])


def _moved(move: Callable[..., ContentReview]) -> Callable[[Call], ContentReview]:
    def handle(call: Call) -> ContentReview:
        return move(call.store, call.person, call.body.id, now=call.now)

    return handle


def _approve(call: Call) -> ContentReview:
    body: ApprovalIn = call.body
    content_review.refuse_unless_may_approve(call.store, call.person, body.id)
    fresh = proof(call, content_review.signed_hash(body.id), body.password, body.code)
    return content_review.approve(call.store, call.person, body.id, fresh=fresh, now=call.now)


def _return(call: Call) -> ContentReview:
    return content_review.return_to_author(call.store, call.person, call.body.id, note=call.body.note, now=call.now)


ROUTES = (
    Route(
        method="POST", path="/content/checks", name="check_policy", tag="content", handle=_check,
        right=Action.SUBMIT_CONTENT, scope=Scope.CONTENT, body=PolicyIn, reply=ProblemsOut,
        says="Every problem of a policy that is being written.",
    ),
    Route(
        method="GET", path="/content/reviews/{id:path}", name="content_state", tag="content", handle=_state,
        scope=Scope.READ, reply=ContentReview, says="Where a standard or policy of the installed release stands.",
    ),
    Route(
        method="POST", path="/content/submissions", name="submit_content", tag="content",
        handle=_moved(content_review.submit), right=Action.SUBMIT_CONTENT, scope=Scope.CONTENT, body=ContentIn,
        reply=ContentReview, says="Hand a draft in for review.",
    ),
    Route(
        method="POST", path="/content/reviews", name="review_content", tag="content",
        handle=_moved(content_review.take_up), right=Action.REVIEW_CONTENT, scope=Scope.CONTENT, body=ContentIn,
        reply=ContentReview, says="Begin to review it; not its author.",
    ),
    Route(
        method="POST", path="/content/approvals", name="approve_content", tag="content",
        handle=_approve, right=Action.APPROVE_CONTENT, body=ApprovalIn, reply=ContentReview,
        says="Sign it as it stands; not its author. The person proves anew who they are.",
    ),
    Route(
        method="POST", path="/content/returns", name="return_content", tag="content", handle=_return,
        right=Action.REVIEW_CONTENT, scope=Scope.CONTENT, body=ReturnIn, reply=ContentReview,
        says="Give it back to its author with a note.",
    ),
)  # fmt: skip
