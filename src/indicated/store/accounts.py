"""The tables of accounts: who may sign in, by what, and what is open for them. Secrets are hashed or sealed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indicated.store.base import Base, Moment

_ID, _NAME, _HASH = 64, 200, 64


class AccountRow(Base):
    """Somebody who may sign in. `password` is an argon2id hash, empty where they come by single sign-on only."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint("login = lower(login)", name="login_is_lower"),)

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    login: Mapped[str] = mapped_column(String(_NAME), unique=True)
    name: Mapped[str] = mapped_column(String(_NAME))
    roles: Mapped[str] = mapped_column(Text)
    password: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    issuer: Mapped[str] = mapped_column(Text, default="")
    licence: Mapped[str] = mapped_column(String(_NAME), default="")
    licence_state: Mapped[str] = mapped_column(String(2), default="")
    specialty: Mapped[str] = mapped_column(String(_NAME), default="")
    credentials: Mapped[str] = mapped_column(String(_NAME), default="")
    boards: Mapped[str] = mapped_column(Text, default="[]")
    licence_until: Mapped[date | None]
    licence_verified_by: Mapped[str] = mapped_column(String(_ID), default="")
    licence_verified_at: Mapped[datetime | None] = mapped_column(Moment)


class IdentityRow(Base):
    """Whom a single sign-on provider means by a subject. An account is never found by its name or mail address."""

    __tablename__ = "account_identities"

    issuer: Mapped[str] = mapped_column(String(_NAME), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)


class FactorRow(Base):
    """The second factor of an account: its secret, sealed, and the last period a code was used of (0: none yet)."""

    __tablename__ = "account_factors"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    last_period: Mapped[int] = mapped_column(default=0)


class RecoveryRow(Base):
    """One recovery code, as its hash; gone once it was used."""

    __tablename__ = "account_recovery_codes"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(String(_HASH), primary_key=True)


class AttemptRow(Base):
    """How often signing in under a name failed in a row, whether or not there is such an account."""

    __tablename__ = "sign_in_attempts"

    login_hash: Mapped[str] = mapped_column(String(_HASH), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Moment, index=True)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)


class SessionRow(Base):
    """Somebody signed in, by the hash of their token. `whole` is false while the second factor is still asked for."""

    __tablename__ = "sessions"

    hash: Mapped[str] = mapped_column(String(_HASH), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    whole: Mapped[bool]
    by: Mapped[str] = mapped_column(String(_ID))
    made_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)


class ResetRow(Base):
    """A one-time code with which somebody sets a new password, by its hash."""

    __tablename__ = "password_resets"

    hash: Mapped[str] = mapped_column(String(_HASH), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    made_by: Mapped[str] = mapped_column(String(_ID))
    ends_at: Mapped[datetime] = mapped_column(Moment)


class TokenRow(Base):
    """A token that a program signs in with, by its hash; `prefix` tells its owner which one it is."""

    __tablename__ = "api_tokens"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    hash: Mapped[str] = mapped_column(String(_HASH), unique=True)
    prefix: Mapped[str] = mapped_column(String(_ID))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(_NAME))
    scopes: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class SignOnRow(Base):
    """A single sign-on under way: by the hash of its state, bound to the browser that began it. `about` names a case
    when it is to prove who somebody is for signing, and `account_id` who that is.
    """

    __tablename__ = "sign_ons"

    state_hash: Mapped[str] = mapped_column(String(_HASH), primary_key=True)
    browser_hash: Mapped[str] = mapped_column(String(_HASH))
    nonce: Mapped[str] = mapped_column(String(_ID))
    verifier: Mapped[bytes] = mapped_column(LargeBinary)
    about: Mapped[str] = mapped_column(String(_ID), default="")
    account_id: Mapped[str] = mapped_column(String(_ID), default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)


class ProofRow(Base):
    """That somebody proved who they are by single sign-on, for signing one thing; gone once it was taken."""

    __tablename__ = "sign_on_proofs"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    about: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class ReplyRow(Base):
    """What the REST API answered to a request with an idempotency key; the body is sealed, and kept for a day, or until
    the case that it is about is erased.

    `status` is 0 while the first request under the key is still being answered.
    """

    __tablename__ = "api_replies"
    __table_args__ = (Index("ix_api_replies_at", "at"), Index("ix_api_replies_case_id", "case_id"))

    account_id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    key: Mapped[str] = mapped_column(String(_NAME), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(_HASH))
    at: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[int]
    headers: Mapped[str] = mapped_column(Text, default="{}")
    body: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    case_id: Mapped[str] = mapped_column(String(_ID), default="", server_default="")
