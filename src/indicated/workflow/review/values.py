"""What the services of the review take and give: frozen values, never a row of a table."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from indicated.model.decision import Decision
from indicated.model.determination import Finding, NextStep
from indicated.model.fact import Fact
from indicated.model.law import DecisionStage, Plan, Urgency
from indicated.model.text import Document
from indicated.model.verdict import Verdict
from indicated.workflow.review.states import CaseState


class Asker(StrEnum):
    """Who sends a request."""

    CLINICIAN = "clinician"
    REVIEWER = "reviewer"
    PATIENT = "patient"


class PolicyChoice(Struct, frozen=True):
    """The policy a case is held against: the id of one of the release, or criteria pasted as text. Both empty: none."""

    id: str = ""
    text: str = ""


class Intake(Struct, frozen=True, kw_only=True):
    """A request as it comes in. What is not known (plan, state of residence, urgency, channel) is None or empty, and
    then the shortest clock counts. `reference` is the sender's own number for it; `received` when it arrived, where
    that was before it is taken in: the clock runs from then. `denial` is a plan's denial of the request, which every
    determination of the case then answers; its words are never taken for the record's.
    """

    documents: tuple[Document, ...]
    policy: PolicyChoice = PolicyChoice()
    plan: Plan | None = None
    us_state: str = ""
    urgency: Urgency | None = None
    electronic: bool | None = None
    asker: Asker = Asker.CLINICIAN
    reference: str = ""
    received: datetime | None = None
    denial: Document | None = None


class Claim(Struct, frozen=True, kw_only=True):
    """What a person says is so, in plain words of the form: a concept's id and what holds of it.

    `value` is an amount with its unit (`12 g/dL`); `present` False says that it is not there; the rest are words of the
    model (`result`: positive; `course`: improved; `stage`: past; `outcome`: failed; `tolerance`: intolerant).
    """

    concept: str
    present: bool = True
    value: str = ""
    result: str = ""
    course: str = ""
    stage: str = ""
    outcome: str = ""
    tolerance: str = ""
    duration: str = ""
    on: date | None = None


class Add(Struct, frozen=True, tag="add"):
    """A fact that nobody read, with why it is believed."""

    claim: Claim
    reason: str


class Replace(Struct, frozen=True, tag="replace"):
    """A fact that was read wrongly (`fact`: its `fact_key`) and what it should say. The service fills in `was`."""

    fact: str
    claim: Claim
    reason: str
    was: Fact | None = None


class Retract(Struct, frozen=True, tag="retract"):
    """A fact that is none (`fact`: its `fact_key`). `was` is filled in by the service."""

    fact: str
    reason: str
    was: Fact | None = None


class Attest(Struct, frozen=True, tag="attest"):
    """A person's word on a question that only a person can answer (`question`: the rule's own)."""

    question: str
    met: bool
    reason: str


Correction = Add | Replace | Retract | Attest


class Determined(Struct, frozen=True, tag="determined"):
    """One determination of a case: its number in the case, day, release, `digest` (what a decision signs) and `hash` of
    the stored answer. `answer` is the canonical JSON (docs/reference/json.md), the same bytes at every replay.
    """

    number: int
    on: date
    release: str
    digest: str
    hash: str
    finding: Finding
    next_step: NextStep
    policy_verdict: Verdict | None
    answer: bytes = b""


class Changed(Struct, frozen=True):
    """One thing that differs between two determinations: `what` (finding, next_step, policy, criterion, gap, dose),
    which one, and what it was and is (empty: was not there, is gone).
    """

    what: str
    which: str
    before: str
    after: str


class Received(Struct, frozen=True, tag="received"):
    """The request came in."""

    asker: Asker


class Undetermined(Struct, frozen=True, tag="undetermined"):
    """Nothing could be determined, and why (the code and the line of the error)."""

    code: str
    says: str


class Triaged(Struct, frozen=True, tag="triaged"):
    """Plan, state and urgency as they now stand."""

    plan: Plan | None
    us_state: str
    urgency: Urgency | None


class Assigned(Struct, frozen=True, tag="assigned"):
    """Who works on it now (ids of persons)."""

    to: tuple[str, ...]


class Noted(Struct, frozen=True, tag="noted"):
    """A note among reviewers."""

    text: str


class Corrected(Struct, frozen=True, tag="corrected"):
    """Corrections of the record, in order; they stay, and later ones come on top."""

    corrections: tuple[Correction, ...]


class InformationRequested(Struct, frozen=True, tag="information_requested"):
    """What the requester was asked for."""

    items: tuple[str, ...]
    text: str = ""


class InformationReceived(Struct, frozen=True, tag="information_received"):
    """The documents that came in (their ids)."""

    documents: tuple[str, ...]


class Pended(Struct, frozen=True, tag="pended"):
    """It waits, and why. `stops` names the law under which the clock stands still; empty: it runs on."""

    reason: str
    stops: str = ""


class Resumed(Struct, frozen=True, tag="resumed"):
    """It goes on."""

    reason: str = ""


class PeerToPeer(Struct, frozen=True, tag="peer_to_peer"):
    """A talk between the treating clinician and a reviewer: when, who, what was said, what came of it."""

    held_at: datetime
    clinician: str
    summary: str
    outcome: str = ""


class Proposed(Struct, frozen=True, tag="proposed"):
    """A decision as somebody prepared it, for the one who signs."""

    decision: Decision


class Decided(Struct, frozen=True, tag="decided"):
    """A signed decision. `key` is the public key (Ed25519, hex) that its seal is made with."""

    decision: Decision
    key: str


class Noticed(Struct, frozen=True, tag="noticed"):
    """The notice that was sent: its text, how, and until when an appeal may be made."""

    text: str
    sent_by: str
    appeal_until: datetime | None = None


class Appealed(Struct, frozen=True, tag="appealed"):
    """An appeal: who makes it, on what grounds, its level (1 for the first)."""

    appellant: str
    grounds: str
    level: int


class Withdrawn(Struct, frozen=True, tag="withdrawn"):
    """The request was taken back."""

    reason: str


class Held(Struct, frozen=True, tag="held"):
    """From here on the contents are kept, whatever the rule says, until `LetGo`."""

    reason: str


class LetGo(Struct, frozen=True, tag="let_go"):
    """The rule counts again."""

    reason: str


Said = (
    Received
    | Determined
    | Undetermined
    | Triaged
    | Assigned
    | Noted
    | Corrected
    | InformationRequested
    | InformationReceived
    | Pended
    | Resumed
    | PeerToPeer
    | Proposed
    | Decided
    | Noticed
    | Appealed
    | Withdrawn
    | Held
    | LetGo
)


class Happened(Struct, frozen=True):
    """One entry of a case's history. Its number is the case's version once it was written."""

    number: int
    at: datetime
    by: str
    name: str
    said: Said


class Deadline(Struct, frozen=True):
    """By when the decision is due, the provision that makes it so, and what was not known, so that the shortest counts.
    `stopped_since`: the clock stands still since then, and `at` moves with every hour.
    """

    at: datetime
    law: str
    section: str
    says: str
    assumed: tuple[str, ...] = ()
    stopped_since: datetime | None = None


class CaseHead(Struct, frozen=True, kw_only=True):
    """A case as a queue shows it. No text of the patient's; `treatment` and `condition` are concept ids."""

    id: str
    version: int
    state: CaseState
    stage: DecisionStage
    level: int
    received: datetime
    requester: str
    asker: Asker
    plan: Plan | None
    us_state: str
    urgency: Urgency | None
    policy: str
    treatment: str = ""
    condition: str = ""
    finding: Finding | None = None
    next_step: NextStep | None = None
    policy_verdict: Verdict | None = None
    determination: int = 0
    assigned: tuple[str, ...] = ()
    due: Deadline | None = None
    decided_at: datetime | None = None
    noticed_at: datetime | None = None
    appeal_until: datetime | None = None
    continues_until: date | None = None
    imported: bool = False

    def overdue(self, now: datetime) -> bool:
        """Whether it should have been decided by now, and was not."""
        return self.decided_at is None and self.due is not None and self.due.at < now


class CaseFile(Struct, frozen=True, kw_only=True):
    """All of one case: the head, the documents as they came in, the policy, the history, the determination that now
    stands (None when nothing could be determined), every decision, and a plan's denial where one came with the request.
    """

    head: CaseHead
    documents: tuple[Document, ...]
    policy: PolicyChoice
    reference: str
    history: tuple[Happened, ...]
    determination: Determined | None
    denial: Document | None = None

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Everything corrected so far, in order."""
        return tuple(
            one for entry in self.history if isinstance(entry.said, Corrected) for one in entry.said.corrections
        )

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The signed decisions, in order."""
        return tuple(entry.said.decision for entry in self.history if isinstance(entry.said, Decided))


class Amended(Struct, frozen=True):
    """A case after its record was corrected, and what that changed in the determination."""

    case: CaseFile
    changes: tuple[Changed, ...]


class Sort(StrEnum):
    """By what a queue is in order."""

    DUE = "due"
    RECEIVED = "received"


class Filter(Struct, frozen=True, kw_only=True):
    """Which cases of a queue; what is empty or None is not asked. `overdue` at the moment of asking;
    `continues_by`: approvals that end by that day.
    """

    states: tuple[CaseState, ...] = ()
    assigned: str = ""
    unassigned: bool = False
    requester: str = ""
    plan: Plan | None = None
    us_state: str = ""
    urgency: Urgency | None = None
    next_step: NextStep | None = None
    treatment: str = ""
    overdue: bool = False
    continues_by: date | None = None


class QueuePage(Struct, frozen=True):
    """A page of a queue; `after` is what to ask the next page with, empty on the last. `total` counts all pages."""

    cases: tuple[CaseHead, ...]
    total: int
    after: str = ""
