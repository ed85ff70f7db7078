"""Who works here and what each may do. The rights are one table; every service asks it before anything else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from indicated.model.decision import Reviewer
from indicated.workflow.review.errors import NotLicensed, Refused, SignInAgain

FRESH_FOR = timedelta(minutes=5)
"""How long having proved who one is counts for signing."""


class Role(StrEnum):
    """What somebody is here for. One person may have several; rights add up."""

    REQUESTER = "requester"
    NURSE_REVIEWER = "nurse_reviewer"
    PHYSICIAN_REVIEWER = "physician_reviewer"
    POLICY_AUTHOR = "policy_author"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """Everything that a person can ask of the review. The value is also the word of the audit log."""

    INTAKE = "intake"
    READ = "read"
    QUEUE = "queue"
    TRIAGE = "triage"
    ASSIGN = "assign"
    NOTE = "note"
    CORRECT = "correct"
    ATTEST = "attest"
    DETERMINE = "determine"
    WHAT_IF = "what_if"
    REQUEST_INFORMATION = "request_information"
    RECEIVE_INFORMATION = "receive_information"
    PEND = "pend"
    RESUME = "resume"
    PEER_TO_PEER = "peer_to_peer"
    PROPOSE = "propose"
    APPROVE = "approve"
    DECIDE_ADVERSE = "decide_adverse"
    NOTICE = "notice"
    APPEAL = "appeal"
    WITHDRAW = "withdraw"
    EXPORT = "export"
    IMPORT = "import"
    HOLD = "hold"
    ERASE = "erase"
    AUDIT = "audit"
    DASHBOARD = "dashboard"
    SUBMIT_CONTENT = "submit_content"
    REVIEW_CONTENT = "review_content"
    APPROVE_CONTENT = "approve_content"
    MANAGE_ACCOUNTS = "manage_accounts"


_OWN = {
    Action.INTAKE, Action.READ, Action.QUEUE, Action.WHAT_IF, Action.RECEIVE_INFORMATION, Action.PEER_TO_PEER,
    Action.APPEAL, Action.WITHDRAW,
}  # fmt: skip
_REVIEW = {
    Action.INTAKE, Action.READ, Action.QUEUE, Action.TRIAGE, Action.ASSIGN, Action.NOTE, Action.CORRECT, Action.ATTEST,
    Action.DETERMINE, Action.WHAT_IF, Action.REQUEST_INFORMATION, Action.RECEIVE_INFORMATION, Action.PEND,
    Action.RESUME, Action.PEER_TO_PEER, Action.PROPOSE, Action.APPROVE, Action.NOTICE, Action.APPEAL, Action.WITHDRAW,
    Action.EXPORT, Action.DASHBOARD,
}  # fmt: skip

RIGHTS: dict[Role, frozenset[Action]] = {
    Role.REQUESTER: frozenset(_OWN),
    Role.NURSE_REVIEWER: frozenset(_REVIEW),
    Role.PHYSICIAN_REVIEWER: frozenset(
        _REVIEW | {Action.DECIDE_ADVERSE, Action.REVIEW_CONTENT, Action.APPROVE_CONTENT}
    ),
    Role.POLICY_AUTHOR: frozenset(
        {Action.SUBMIT_CONTENT, Action.REVIEW_CONTENT, Action.APPROVE_CONTENT, Action.DASHBOARD}
    ),
    Role.AUDITOR: frozenset({Action.READ, Action.QUEUE, Action.EXPORT, Action.AUDIT, Action.DASHBOARD}),
    Role.ADMINISTRATOR: frozenset(
        {Action.HOLD, Action.ERASE, Action.IMPORT, Action.AUDIT, Action.DASHBOARD, Action.MANAGE_ACCOUNTS}
    ),
}
"""Who may do what. A requester's rights reach their own cases only."""

DEEDS: dict[Action, str] = {
    Action.INTAKE: "sending in a request",
    Action.READ: "reading a case",
    Action.QUEUE: "looking at the queue",
    Action.TRIAGE: "setting plan and urgency",
    Action.ASSIGN: "giving a case to somebody",
    Action.NOTE: "adding a note",
    Action.CORRECT: "correcting the record",
    Action.ATTEST: "answering for a criterion",
    Action.DETERMINE: "assessing a case again",
    Action.WHAT_IF: "trying what would change the answer",
    Action.REQUEST_INFORMATION: "asking for information",
    Action.RECEIVE_INFORMATION: "adding information",
    Action.PEND: "letting a case wait",
    Action.RESUME: "going on with a case that waits",
    Action.PEER_TO_PEER: "recording a peer-to-peer talk",
    Action.PROPOSE: "preparing a decision",
    Action.APPROVE: "approving a request",
    Action.DECIDE_ADVERSE: "deciding against a request, in whole or in part,",
    Action.NOTICE: "recording a notice",
    Action.APPEAL: "opening an appeal",
    Action.WITHDRAW: "taking a request back",
    Action.EXPORT: "taking a case out as a file",
    Action.IMPORT: "bringing a case in from a file",
    Action.HOLD: "keeping a case from being erased",
    Action.ERASE: "erasing a case",
    Action.AUDIT: "looking at the audit log",
    Action.DASHBOARD: "looking at the figures",
    Action.SUBMIT_CONTENT: "writing policies",
    Action.REVIEW_CONTENT: "reviewing policies",
    Action.APPROVE_CONTENT: "signing a policy",
    Action.MANAGE_ACCOUNTS: "managing accounts",
}
"""What each is called where it is refused."""

_OWN_CASES_ONLY = frozenset({Role.REQUESTER})


class Person(Struct, frozen=True):
    """Somebody signed in. The licence is as the accounts have it on record: number, state (two capitals), specialty,
    credentials (`MD`), certifications, and until when it holds; what is not on record is empty.
    """

    id: str
    name: str
    roles: frozenset[Role]
    licence: str = ""
    licence_state: str = ""
    specialty: str = ""
    credentials: str = ""
    boards: tuple[str, ...] = ()
    licence_until: date | None = None

    def may(self, action: Action) -> bool:
        """Whether one of their roles allows it, in some case."""
        return any(action in RIGHTS[role] for role in self.roles)

    def own_only(self, action: Action) -> bool:
        """Whether they may do it in their own cases only."""
        return all(role in _OWN_CASES_ONLY for role in self.roles if action in RIGHTS[role])

    def reviewer(self) -> Reviewer:
        """As the one who signs a decision."""
        return Reviewer(self.name, self.credentials, self.licence, self.licence_state, self.specialty, self.boards)


class Reauthenticated(Struct, frozen=True):
    """That somebody proved who they are at this moment, for signing this (`about`: a case's id, or the hash of a
    policy). Made by the accounts
    when a password, second factor or sign-on was given again, and by nobody else.
    """

    person: str
    about: str
    at: datetime


def require(person: Person, action: Action) -> None:
    """Refused unless one of the person's roles allows the action."""
    if not person.may(action):
        needed = " or ".join(_a(role) for role in Role if action in RIGHTS[role])
        raise Refused(f"{DEEDS[action]} is not for {_roles(person)}; it takes {needed}")


def require_licence(person: Person, action: Action, on: date) -> None:
    """NotLicensed unless the person may do this and has licence, state, specialty and credentials on record. An adverse
    decision is for physician reviewers alone.
    """
    require(person, action)
    who = (
        "an adverse decision needs a licensed physician"
        if action is Action.DECIDE_ADVERSE
        else "to decide needs a licence"
    )
    told = {
        "licence number": person.licence,
        "licence state": person.licence_state,
        "specialty": person.specialty,
        "credentials": person.credentials,
    }
    missing = [name for name, value in told.items() if not value.strip()]
    if missing:
        raise NotLicensed(f"this decision takes {who}; not on record: {', '.join(missing)}; an administrator adds it")
    if person.licence_until is not None and person.licence_until < on:
        raise NotLicensed(
            f"the licence on record ended on {person.licence_until}; an administrator records its renewal"
        )


def require_fresh(person: Person, fresh: Reauthenticated | None, about: str, now: datetime) -> None:
    """SignInAgain unless the person proved who they are for this, within the last minutes."""
    given = fresh is not None and fresh.person == person.id and fresh.about == about
    if fresh is None or not given or not timedelta(0) <= now - fresh.at <= FRESH_FOR:
        raise SignInAgain("to sign, give your password again; it counts for five minutes and for this alone")


def _roles(person: Person) -> str:
    return _listed(_a(role) for role in Role if role in person.roles) or "somebody without a role"


def _a(role: Role) -> str:
    words = role.value.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _listed(names: Iterable[str]) -> str:
    return " and ".join(names)
