"""The library: search it, read a thing of it with its sources, see where it is used, hold two versions side by side."""

from __future__ import annotations

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from indicated.model.knowledge import policy_key
from indicated.model.policy import Policy
from indicated.model.standard import Standard
from indicated.release import Release
from indicated.web.errors import NoPage
from indicated.web.library_view import Document, Sheet, Sheets, rows_of
from indicated.web.pages import is_part, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.web.words import Words, book
from indicated.workflow.assess import current
from indicated.workflow.authoring.words import RuleWords
from indicated.workflow.errors import UnknownDocument
from indicated.workflow.library.catalogue import Card, Shelf, catalogue
from indicated.workflow.library.side_by_side import clauses
from indicated.workflow.review.content_review import ContentReview, state_of

router = APIRouter()

_SHOWN = 60
_REVIEWED = (Shelf.STANDARD, Shelf.POLICY)


class Read(Struct, frozen=True):
    """A thing of the library as its page shows it."""

    card: Card
    sheet: Sheet
    used: dict[Shelf, tuple[Card, ...]]
    review: ContentReview | None
    versions: tuple[str, ...]
    written: str


@router.get("/library")
async def library(request: Request) -> Response:
    """What is in the library, by words and kind."""
    current_person(request)
    asked, kind = request.query_params.get("q", "")[:200], request.query_params.get("kind", "")
    concept = request.query_params.get("concept", "")[:200]
    shelf = Shelf(kind) if kind in [*Shelf] else None
    listed = await run_in_threadpool(catalogue, current())
    found = listed.found(asked, shelf, concept) if asked.strip() or shelf or concept else ()
    known = current().knowledge.vocabulary
    template = "library/found.html" if is_part(request) else "library/library.html"
    return page(
        request,
        template,
        asked=asked,
        kind=kind,
        concept=concept,
        concept_label=known.label(concept) if concept in known.concepts else concept,
        shelves=[*Shelf],
        counts=listed.counts(),
        found=found[:_SHOWN],
        more=max(len(found) - _SHOWN, 0),
        total=len(found),
        searched=bool(asked.strip() or shelf or concept),
    )


@router.get("/library/compare")
async def compare(request: Request) -> Response:
    """Two versions clause by clause; `?a=KEY&b=KEY`, the keys of policies or of standards."""
    current_person(request)
    release = current()
    old, new = (_comparable(release, request.query_params.get(name, "")) for name in ("a", "b"))
    rows = await run_in_threadpool(clauses, old, new, RuleWords(release))
    choices = [(card.key, card.title) for card in catalogue(release).cards if card.shelf is Shelf.POLICY]
    return page(
        request, "library/compare.html", old=old, new=new, rows=rows, choices=choices, names=(_key(old), _key(new)),
        changed=sum(one.state != "same" for one in rows),
    )  # fmt: skip


@router.get("/library/{kind}/{key:path}")
async def read(request: Request, kind: str, key: str) -> Response:
    """One thing of the library."""
    current_person(request)
    if kind not in [*Shelf]:
        raise NoPage(f"the library has no kind {kind[:40]!r}; it has {', '.join(Shelf)}")
    site: Site = request.app.state.site
    told = await run_in_threadpool(_read, site, Shelf(kind), key)
    labels = {name: current().knowledge.vocabulary.label(name) for name in told.card.about}
    return page(request, "library/document.html", told=told, card=told.card, sheet=told.sheet, labels=labels)


def _read(site: Site, shelf: Shelf, key: str) -> Read:
    release = current()
    listed = catalogue(release)
    card = _card(listed.cards, shelf, key) or listed.card(shelf, key)
    document = document_of(release, shelf, card.key)
    sheet = Sheets(release.knowledge, RuleWords(release), Words(book())).of(document)
    review = state_of(site.store, document.id) if isinstance(document, Standard | Policy) else None
    same = (
        tuple(policy_key(one) for one in release.knowledge.versions(document.id))
        if isinstance(document, Policy)
        else ()
    )
    related = listed.citing(key) if shelf is Shelf.EVIDENCE else ()
    used = {
        one: rows_of(related, one) if shelf is Shelf.EVIDENCE else listed.sharing(card, one)
        for one in Shelf
        if one is not Shelf.EVIDENCE or shelf in (Shelf.PRODUCT, Shelf.SCORE)
    }
    if shelf is Shelf.SCORE:
        naming = (one.id for one in release.knowledge.standards if card.key in one.scores)
        used = {Shelf.STANDARD: tuple(listed.card(Shelf.STANDARD, name) for name in naming)}
    kept = {one: cards for one, cards in used.items() if cards}
    return Read(card, sheet, kept, review, same, ", ".join(getattr(document, "authors", ())))


def _card(cards: tuple[Card, ...], shelf: Shelf, key: str) -> Card | None:
    """A policy by its id alone is its newest version."""
    if shelf is not Shelf.POLICY:
        return None
    mine = [card for card in cards if card.shelf is shelf and card.key.partition(" ")[0] == key]
    return max(mine, key=lambda card: card.key, default=None)


def document_of(release: Release, shelf: Shelf, key: str) -> Document:
    """The thing that a card stands for. UnknownDocument where there is none."""
    known = release.knowledge
    found: Document | None = None
    match shelf:
        case Shelf.STANDARD:
            found = known.standard_table.get(key)
        case Shelf.POLICY:
            found = next((one for one in known.versions(key.partition(" ")[0]) if policy_key(one) == key), None)
        case Shelf.EVIDENCE:
            found = known.sources.get(key)
        case Shelf.PRODUCT:
            found = known.product_table.get(key)
        case Shelf.SCORE:
            found = known.calculator_table.get(key)
        case Shelf.LAW:
            found = next((one for one in release.law if one.id == key), None)
    if found is None:
        raise UnknownDocument(f"the library has no {shelf.value} {key[:80]!r}; search for it by its words")
    return found


def _comparable(release: Release, key: str) -> Standard | Policy:
    shelf = Shelf.STANDARD if key in release.knowledge.standard_table else Shelf.POLICY
    found = document_of(release, shelf, key)
    assert isinstance(found, Standard | Policy)
    return found


def _key(one: Standard | Policy) -> str:
    return policy_key(one) if isinstance(one, Policy) else one.id
