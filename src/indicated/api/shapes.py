"""What bodies and answers look like where they are not the values of the workflow themselves."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from indicated.model.decision import CriterionReason, Decision, DecisionOutcome
from indicated.model.law import DecisionStage, Plan, Urgency
from indicated.workflow.review.people import Role
from indicated.workflow.review.values import (
    Asker,
    CaseFile,
    CaseHead,
    Changed,
    Correction,
    Determined,
    PolicyChoice,
)

Line = Annotated[str, Meta(max_length=500)]
Words = Annotated[str, Meta(max_length=20_000)]
Page = Annotated[int, Meta(ge=1, le=200)]


class DocumentIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A document: its `text`, or the bytes of a file (PDF, Word, RTF, HTML, C-CDA, FHIR, picture) in base64 as
    `content`, or a FHIR resource as `fhir`. Exactly one of the three.
    """

    name: Annotated[str, Meta(max_length=200)] = "text"
    text: str = ""
    content: bytes = b""
    fhir: dict[str, Any] | None = None


Documents = Annotated[tuple[DocumentIn, ...], Meta(min_length=1, max_length=100)]


class DetermineIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case in documents, the policy it is held against, and the day (today where it is not given). `denial` is the
    text of a payer's denial, to be answered; `explain` asks for the answer in words too, for a clinician, reviewer or
    patient.
    """

    documents: Documents
    policy: PolicyChoice = PolicyChoice()
    on: date | None = None
    denial: str = ""
    explain: Annotated[str, Meta(pattern="^(|clinician|reviewer|patient)$")] = ""


class DetermineOut(Struct, frozen=True):
    """The determination as data (docs/reference/json.md), and in words (Markdown) where that was asked for."""

    answer: dict[str, Any]
    explanation: str = ""


class IntakeIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request as it comes in. What is not known is left out, and then the shortest clock counts."""

    documents: Documents
    policy: PolicyChoice = PolicyChoice()
    plan: Plan | None = None
    us_state: Annotated[str, Meta(pattern="^([A-Z]{2})?$")] = ""
    urgency: Urgency | None = None
    electronic: bool | None = None
    asker: Asker = Asker.CLINICIAN
    reference: Line = ""


class CasePage(Struct, frozen=True):
    """A page of cases; `next` is what to give as `after` for the next one, empty on the last."""

    items: tuple[CaseHead, ...]
    total: int
    next: str


class CaseOut(Struct, frozen=True):
    """A case by its id."""

    case: str


class DocumentsIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Documents that come in later."""

    documents: Documents


class CorrectionsIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Corrections of the record, in order."""

    corrections: Annotated[tuple[Correction, ...], Meta(min_length=1, max_length=200)]


class AmendedOut(Struct, frozen=True):
    """A case after its record was corrected, and what that changed in the determination."""

    case: CaseFile
    changes: tuple[Changed, ...]


class WhatIfOut(Struct, frozen=True):
    """What it would come to, and what differs from the determination that stands."""

    answer: dict[str, Any]
    changes: tuple[Changed, ...]


class TriageIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Plan, state and urgency; None or empty: still unknown."""

    plan: Plan | None = None
    us_state: Annotated[str, Meta(pattern="^([A-Z]{2})?$")] = ""
    urgency: Urgency | None = None


class AssignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """The ids of those who work on it; nobody: an empty list."""

    to: Annotated[tuple[Line, ...], Meta(max_length=20)]


class TextIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Some words."""

    text: Words


class ReasonIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Why."""

    reason: Words


class MaybeReasonIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Why, where there is something to say."""

    reason: Words = ""


class InformationIn(Struct, frozen=True, forbid_unknown_fields=True):
    """What the requester is asked for, an item each, and the words around it."""

    items: Annotated[tuple[Words, ...], Meta(min_length=1, max_length=100)]
    text: Words = ""


class Lines(Struct, frozen=True):
    """Some lines."""

    items: tuple[str, ...]


class DecisionIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision as it is proposed: of which determination (`determination` is its digest, `on` its day), what and
    why. Who signs is whoever signs; it is not sent.
    """

    determination: str
    on: date
    outcome: DecisionOutcome
    rationale: Words = ""
    reason: Words = ""
    provision: Words = ""
    criteria: tuple[CriterionReason, ...] = ()
    granted: Words = ""
    appeal: Words = ""
    stage: DecisionStage = DecisionStage.FIRST

    def decision(self) -> Decision:
        """As the model has it, unsigned."""
        return Decision(**{name: getattr(self, name) for name in self.__struct_fields__})


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A decision, until when what is approved holds, and the proof of who signs: the password, and a code where there
    is a second factor. Whoever comes by single sign-on gives neither, and has proved it there within five minutes.
    """

    decision: DecisionIn
    until: date | None = None
    password: Annotated[str, Meta(max_length=1000)] = ""
    code: Line = ""


class NoticeIn(Struct, frozen=True, forbid_unknown_fields=True):
    """The notice that was sent, and how."""

    text: Words
    sent_by: Line


class AppealIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Who appeals, and on what grounds."""

    appellant: Line
    grounds: Words


class AccountIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who shall be able to sign in."""

    login: Line
    name: Line
    roles: Annotated[tuple[Role, ...], Meta(max_length=6)]


class RolesIn(Struct, frozen=True, forbid_unknown_fields=True):
    """The roles that stand in place of those before."""

    roles: Annotated[tuple[Role, ...], Meta(max_length=6)]


def without_answers(file: CaseFile) -> CaseFile:
    """The case without the stored answers, which are large and have a route of their own."""
    history = tuple(
        msgspec.structs.replace(entry, said=_bare(entry.said)) if isinstance(entry.said, Determined) else entry
        for entry in file.history
    )
    stands = None if file.determination is None else _bare(file.determination)
    return msgspec.structs.replace(file, history=history, determination=stands)


def _bare(determined: Determined) -> Determined:
    return msgspec.structs.replace(determined, answer=b"")
