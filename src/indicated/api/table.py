"""What a route is, what its function is given, and what it may give back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct

from indicated.store.base import Store
from indicated.workflow.accounts.values import Scope
from indicated.workflow.review.people import Action, Person
from indicated.workflow.settings import Settings

JSON = "application/json"


class Call(Struct, frozen=True, kw_only=True):
    """One request: who asks and when, what stands in path and query, the body, and the version in If-Match (0: none).

    `bearer` is the secret it came with, `key` its idempotency key; both empty where there is none.
    """

    store: Store
    settings: Settings
    person: Person
    now: datetime
    path: dict[str, str]
    query: Any = None
    body: Any = None
    version: int = 0
    bearer: str = ""
    key: str = ""


class Told(Struct, frozen=True):
    """An answer with more than a value: its version (ETag), another kind than JSON, a name to be kept under."""

    value: Any
    version: str = ""
    media: str = JSON
    file: str = ""


class Route(Struct, frozen=True, kw_only=True):
    """One route. `right` is what the person has to be allowed; None: anybody signed in. `scope` is what a token needs;
    None: no token will do, only a session. `public` routes take nobody signed in. `versioned` ones need If-Match.
    """

    method: str
    path: str
    name: str
    tag: str
    says: str
    handle: Callable[[Call], Any]
    right: Action | None = None
    scope: Scope | None = None
    public: bool = False
    query: Any = None
    body: Any = None
    reply: Any = None
    status: int = 200
    versioned: bool = False
    media: str = JSON
    takes: tuple[str, ...] = (JSON,)

    @property
    def plain_path(self) -> str:
        """The path as OpenAPI writes it."""
        return self.path.replace(":path}", "}")

    @property
    def named(self) -> tuple[str, ...]:
        """The names in the path."""
        return tuple(re.findall(r"\{(\w+)", self.path))
