"""The library: standards, policies, evidence, products and scores of the installed release, to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from indicated.api.errors import NoRoute
from indicated.api.shapes import Page
from indicated.api.table import Call, Route, Told
from indicated.model.knowledge import Knowledge
from indicated.workflow.accounts.values import Scope
from indicated.workflow.assess import current


class LibraryQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that the id or title has to hold, and from which id on."""

    q: Annotated[str, Meta(max_length=200)] = ""
    after: Annotated[str, Meta(max_length=200)] = ""
    limit: Page = 50


class Entry(Struct, frozen=True):
    """One of the library: its id, what it is called, and where it stands."""

    id: str
    title: str
    status: str = ""


class EntryPage(Struct, frozen=True):
    """A page of the library; `next` is what to give as `after`, empty on the last. `release` is the content's."""

    items: tuple[Entry, ...]
    next: str
    release: str


class Shelf(Struct, frozen=True):
    """One kind of thing in the library."""

    name: str
    of: Callable[[Knowledge], Iterable[Any]]
    key: Callable[[Any], str]
    title: Callable[[Any, Knowledge], str]


def _said(value: Any, name: str) -> str:
    return str(getattr(value, name, "") or "")


def _titled(value: Any, knowledge: Knowledge) -> str:
    """What it is called: its own title or label, else the concept it stands for."""
    for name in ("title", "label", "name"):
        if _said(value, name):
            return _said(value, name)
    concept = _said(value, "concept") or _said(value, "treatment")
    return knowledge.vocabulary.label(concept) if concept else ""


SHELVES = (
    Shelf("standards", lambda known: known.standards, lambda one: one.id, _titled),
    Shelf("policies", lambda known: known.policies, lambda one: one.id, _titled),
    Shelf("evidence", lambda known: known.evidence, lambda one: one.key, lambda one, _: one.citation.title),
    Shelf("products", lambda known: known.products, lambda one: one.concept, _titled),
    Shelf("scores", lambda known: known.calculators, lambda one: one.id, _titled),
)


def _list(shelf: Shelf) -> Callable[[Call], EntryPage]:
    def handle(call: Call) -> EntryPage:
        query: LibraryQuery = call.query
        known = current().knowledge
        asked = query.q.lower().split()
        every = sorted(
            (Entry(shelf.key(one), shelf.title(one, known), _said(one, "status")) for one in shelf.of(known)),
            key=lambda entry: entry.id,
        )
        unique = {entry.id: entry for entry in every}.values()
        found = [
            entry
            for entry in unique
            if entry.id > query.after and all(word in f"{entry.id} {entry.title}".lower() for word in asked)
        ]
        page = tuple(found[: query.limit])
        return EntryPage(page, page[-1].id if len(found) > query.limit else "", current().id)

    return handle


def _one(shelf: Shelf) -> Callable[[Call], Told]:
    def handle(call: Call) -> Told:
        wanted = call.path["id"]
        found = [one for one in shelf.of(current().knowledge) if shelf.key(one) == wanted]
        if not found:
            raise NoRoute(f"there is nothing of that id among the {shelf.name}; GET /{shelf.name} lists them")
        versions = {"items": [msgspec.to_builtins(one) for one in found], "release": current().id}
        return Told(versions, current().id)

    return handle


ROUTES = tuple(
    route
    for shelf in SHELVES
    for route in (
        Route(
            method="GET", path=f"/{shelf.name}", name=f"list_{shelf.name}", tag="library", handle=_list(shelf),
            scope=Scope.READ, query=LibraryQuery, reply=EntryPage, says=f"The {shelf.name} of the installed release.",
        ),
        Route(
            method="GET", path=f"/{shelf.name}/{{id:path}}", name=f"read_{shelf.name}", tag="library",
            handle=_one(shelf), scope=Scope.READ,
            says=f"One of the {shelf.name}, every version of it (docs/reference/content.md).",
        ),
    )
)  # fmt: skip
