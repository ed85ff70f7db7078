"""What accounts take and give: frozen values, none of which holds a secret but the ones made to be handed over once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from indicated.workflow.review.people import Person, Role


class SignedInBy(StrEnum):
    """What a session rests on."""

    PASSWORD = "password"  # noqa: S105  (the word, no secret)
    TWO_FACTORS = "two_factors"
    SIGN_ON = "sign_on"


class Lasting(Struct, frozen=True):
    """How long a session lasts: unused for `idle` or, used or not, for `whole`, it ends.

    Thirty minutes and twelve hours are what NIST SP 800-63B asked of medium assurance (revision 3, section 4.2.3), and
    within what revision 4 allows.
    """

    idle: timedelta = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=12)


class SignedIn(Struct, frozen=True):
    """A session begun. `token` is its secret, for a cookie or a bearer header, and is never shown again. While `whole`
    is false it opens nothing but `give_code`: the second factor is asked for.
    """

    token: str
    whole: bool
    ends_at: datetime
    account: str


class Session(Struct, frozen=True):
    """A session that holds: who, by what, since and until when, and the secret that its forms carry."""

    person: Person
    by: SignedInBy
    made_at: datetime
    ends_at: datetime
    csrf: str


class Licence(Struct, frozen=True):
    """A physician's licence as it was verified: by whom (an account's id) and when. Empty: none on record."""

    number: str = ""
    state: str = ""
    specialty: str = ""
    credentials: str = ""
    boards: tuple[str, ...] = ()
    until: date | None = None
    verified_by: str = ""
    verified_at: datetime | None = None


class Identity(Struct, frozen=True):
    """Whom a single sign-on provider (`issuer`) means by a subject."""

    issuer: str
    subject: str


class Account(Struct, frozen=True):
    """An account as administrators see it. `version` counts its changes; `identities` are those that sign on as it."""

    id: str
    version: int
    login: str
    name: str
    roles: frozenset[Role]
    made_at: datetime
    disabled_at: datetime | None
    seen_at: datetime | None
    second_factor: bool
    password: bool
    identities: tuple[Identity, ...]
    licence: Licence


class Scope(StrEnum):
    """What a token of a program may be used for. It never allows more than its owner may."""

    READ = "read"
    WORK = "work"
    DECIDE = "decide"
    CONTENT = "content"
    AUDIT = "audit"
    ACCOUNTS = "accounts"


class Token(Struct, frozen=True):
    """A token of a program as its owner sees it: never the secret, of which `prefix` is the beginning."""

    id: str
    prefix: str
    account: str
    name: str
    scopes: frozenset[Scope]
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None
