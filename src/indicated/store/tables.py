"""The tables of the review. What a patient's record says stands in sealed `body` columns only; the others hold codes,
moments, ids and hashes.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from indicated.store.base import Base, Moment

_ID, _CODE, _HASH = 64, 200, 64
_ADVERSE = "('denied', 'partly_approved')"


class CaseRow(Base):
    """A case as it stands. `digest` is the hash of this row and all that hangs on it, as the audit log has it."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("requester", "intake_key"),
        Index("ix_cases_state_due", "state", "due_at"),
        CheckConstraint("version >= 0", name="version"),
        CheckConstraint("level >= 0", name="level"),
        CheckConstraint(f"state NOT IN {_ADVERSE} OR decided_at IS NOT NULL", name="adverse_is_decided"),
    )

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(_ID))
    stage: Mapped[str] = mapped_column(String(_ID))
    level: Mapped[int]
    received: Mapped[datetime] = mapped_column(Moment)
    opened: Mapped[datetime] = mapped_column(Moment)
    requester: Mapped[str] = mapped_column(String(_ID), index=True)
    asker: Mapped[str] = mapped_column(String(_ID))
    plan: Mapped[str | None] = mapped_column(String(_ID))
    us_state: Mapped[str] = mapped_column(String(2))
    urgency: Mapped[str | None] = mapped_column(String(_ID))
    electronic: Mapped[bool | None]
    policy: Mapped[str] = mapped_column(String(_CODE))
    payer: Mapped[str] = mapped_column(String(_CODE), default="")
    treatment: Mapped[str] = mapped_column(String(_CODE), default="")
    condition: Mapped[str] = mapped_column(String(_CODE), default="")
    age_band: Mapped[str] = mapped_column(String(_ID), default="")
    sex: Mapped[str] = mapped_column(String(_ID), default="")
    finding: Mapped[str | None] = mapped_column(String(_ID))
    next_step: Mapped[str | None] = mapped_column(String(_ID))
    policy_verdict: Mapped[str | None] = mapped_column(String(_ID))
    determination: Mapped[int] = mapped_column(default=0)
    assigned: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    due_law: Mapped[str] = mapped_column(String(_CODE), default="")
    due_section: Mapped[str] = mapped_column(Text, default="")
    due_says: Mapped[str] = mapped_column(Text, default="")
    due_assumed: Mapped[str] = mapped_column(Text, default="")
    pended_at: Mapped[datetime | None] = mapped_column(Moment)
    stopped_at: Mapped[datetime | None] = mapped_column(Moment)
    stood_still: Mapped[int] = mapped_column(default=0)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    noticed_at: Mapped[datetime | None] = mapped_column(Moment)
    appeal_until: Mapped[datetime | None] = mapped_column(Moment)
    continues_until: Mapped[date | None]
    imported: Mapped[bool] = mapped_column(default=False)
    intake_key: Mapped[str | None] = mapped_column(String(_CODE))
    intake_hash: Mapped[str] = mapped_column(String(_HASH), default="")
    digest: Mapped[str] = mapped_column(String(_HASH), default="")


class CaseKeyRow(Base):
    """The data key of a case, sealed under the master key. Without it the case's bodies are noise."""

    __tablename__ = "case_keys"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentRow(Base):
    """A document as received (0 is the choice of policy and the sender's reference). `hash` is of the sealed body."""

    __tablename__ = "case_documents"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[str] = mapped_column(String(_HASH))


class EntryRow(Base):
    """One entry of a case's history. Entries are added, never changed."""

    __tablename__ = "case_entries"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    person: Mapped[str] = mapped_column(String(_ID))
    name: Mapped[str] = mapped_column(String(_CODE))
    kind: Mapped[str] = mapped_column(String(_ID))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[str] = mapped_column(String(_HASH))


class DeterminationRow(Base):
    """One determination of a case; `body` is the stored answer. `gaps` are codes, so that they can be counted."""

    __tablename__ = "determinations"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    as_of: Mapped[date]
    release: Mapped[str] = mapped_column(String(_HASH))
    digest: Mapped[str] = mapped_column(String(_HASH))
    answer_hash: Mapped[str] = mapped_column(String(_HASH))
    finding: Mapped[str] = mapped_column(String(_ID))
    next_step: Mapped[str] = mapped_column(String(_ID))
    policy_verdict: Mapped[str | None] = mapped_column(String(_ID))
    gaps: Mapped[str] = mapped_column(Text)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[str] = mapped_column(String(_HASH))


class DecisionRow(Base):
    """Who decided and signed what. No row without a licence and a signature: the second wall behind `decide`."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("case_id", "level"),
        CheckConstraint("outcome IN ('approve', 'partial', 'deny')", name="outcome"),
        CheckConstraint(
            "licence <> '' AND licence_state <> '' AND specialty <> '' AND credentials <> '' AND signer <> ''",
            name="licensed",
        ),
        CheckConstraint("length(seal) = 128 AND length(public_key) = 64", name="signed"),
        CheckConstraint("outcome = 'approve' OR role = 'physician_reviewer'", name="adverse_by_physician"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(_ID))
    at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    opened: Mapped[datetime] = mapped_column(Moment)
    signer: Mapped[str] = mapped_column(String(_ID))
    role: Mapped[str] = mapped_column(String(_ID))
    credentials: Mapped[str] = mapped_column(String(_CODE))
    licence: Mapped[str] = mapped_column(String(_CODE))
    licence_state: Mapped[str] = mapped_column(String(_ID))
    specialty: Mapped[str] = mapped_column(String(_CODE))
    determination: Mapped[str] = mapped_column(String(_HASH))
    next_step: Mapped[str] = mapped_column(String(_ID))
    finding: Mapped[str] = mapped_column(String(_ID))
    unmet: Mapped[str] = mapped_column(Text)
    public_key: Mapped[str] = mapped_column(String(_HASH))
    seal: Mapped[str] = mapped_column(String(128))


class SigningKeyRow(Base):
    """A person's key pair for signing decisions (Ed25519); the private half sealed under the master key."""

    __tablename__ = "signing_keys"

    public_key: Mapped[str] = mapped_column(String(_HASH), primary_key=True)
    person: Mapped[str] = mapped_column(String(_ID), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReleaseRow(Base):
    """A release of content that a determination here rests on, compressed, so that it can be replayed anywhere."""

    __tablename__ = "releases"

    id: Mapped[str] = mapped_column(String(_HASH), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ContentRow(Base):
    """The review of one standard or policy, as it says at `hash`."""

    __tablename__ = "content_reviews"

    id: Mapped[str] = mapped_column(String(_CODE), primary_key=True)
    hash: Mapped[str] = mapped_column(String(_HASH), primary_key=True)
    state: Mapped[str] = mapped_column(String(_ID))
    author: Mapped[str] = mapped_column(String(_ID))
    reviewer: Mapped[str] = mapped_column(String(_ID), default="")
    approved_by: Mapped[str] = mapped_column(String(_ID), default="")
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text, default="")
    public_key: Mapped[str] = mapped_column(String(_HASH), default="")
    seal: Mapped[str] = mapped_column(String(128), default="")


class AuditRow(Base):
    """One event of the log, chained to the one before by its hash. Added, never changed or removed."""

    __tablename__ = "audit_events"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    person: Mapped[str] = mapped_column(String(_ID), index=True)
    action: Mapped[str] = mapped_column(String(_ID))
    subject: Mapped[str] = mapped_column(String(_CODE), index=True)
    before: Mapped[str] = mapped_column(String(_HASH))
    after: Mapped[str] = mapped_column(String(_HASH))
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(_HASH))
    hash: Mapped[str] = mapped_column(String(_HASH))
    mark: Mapped[str] = mapped_column(String(_HASH))


class AuditHeadRow(Base):
    """The last event of the log, so that the loss of the newest ones shows."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(_HASH))
    mark: Mapped[str] = mapped_column(String(_HASH))
