"""Everything of a release that can be looked up, by kind and by words, and what each speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Any

from msgspec import Struct

from indicated.content.walk import inside
from indicated.model.evidence import Status
from indicated.model.knowledge import Knowledge, policy_key
from indicated.model.law import Law
from indicated.release import Release
from indicated.workflow.errors import UnknownDocument

_CONCEPTS = ("concept", "treatment", "concepts", "conditions", "indications", "products", "any_of")
"""The fields of content that name concepts."""
_SHOWN = 80


class Shelf(StrEnum):
    """The kinds of the library, in the order in which they are shown."""

    STANDARD = "standard"
    POLICY = "policy"
    EVIDENCE = "evidence"
    PRODUCT = "product"
    SCORE = "score"
    LAW = "law"


class Card(Struct, frozen=True):
    """One thing of the library: what it is called, what it is about, and where it stands.

    `key` names it within its kind: of policies, which have versions, the id and the version. `concepts` are all that it
    speaks of, `about` those that it is for, `cites` its sources. `recalled`: something in it was written from memory.
    """

    shelf: Shelf
    key: str
    title: str
    more: str
    status: str
    about: tuple[str, ...]
    concepts: frozenset[str]
    cites: frozenset[str]
    recalled: bool
    words: str


class Catalogue(Struct, frozen=True):
    """The cards of a release."""

    cards: tuple[Card, ...]

    def counts(self) -> dict[Shelf, int]:
        """How many there are of each kind."""
        return {shelf: sum(one.shelf is shelf for one in self.cards) for shelf in Shelf}

    def found(self, asked: str, shelf: Shelf | None, concept: str = "") -> tuple[Card, ...]:
        """Those that hold every word asked for, and speak of the concept; those with the words in their title first."""
        wanted = asked.casefold().split()
        hits = [
            card
            for card in self.cards
            if (shelf is None or card.shelf is shelf)
            and (not concept or concept in card.concepts)
            and all(word in card.words for word in wanted)
        ]
        return tuple(sorted(hits, key=lambda card: not all(word in card.title.casefold() for word in wanted)))

    def citing(self, source: str) -> tuple[Card, ...]:
        """What rests on a source."""
        return tuple(card for card in self.cards if source in card.cites)

    def sharing(self, of: Card, shelf: Shelf) -> tuple[Card, ...]:
        """What of a kind is for one of the same conditions, the thing itself left out."""
        return tuple(
            card for card in self.cards if card.shelf is shelf and card.key != of.key and {*card.about} & {*of.about}
        )

    def card(self, shelf: Shelf, key: str) -> Card:
        """One of them. UnknownDocument where there is none."""
        for card in self.cards:
            if card.shelf is shelf and card.key == key:
                return card
        raise UnknownDocument(f"the library has no {shelf.value} {key[:_SHOWN]!r}; search for it by its words")


@lru_cache(maxsize=2)
def catalogue(release: Release) -> Catalogue:
    """All of a release. Made once for it."""
    known = release.knowledge
    return Catalogue(
        (
            *sorted(_standards(known), key=_by_title),
            *sorted(_policies(known), key=_by_title),
            *sorted(_sources(known), key=_by_title),
            *sorted(_products(known), key=_by_title),
            *sorted(_scores(known), key=_by_title),
            *sorted(map(_law, release.law), key=_by_title),
        )
    )


def _by_title(card: Card) -> str:
    return card.title.casefold()


def _standards(known: Knowledge) -> Iterator[Card]:
    for one in known.standards:
        more = f"{one.standing.care}, {one.standing.line}".replace("_", " ")
        unread = any(not criterion.verified for criterion in one.criteria)
        yield _card(
            known, Shelf.STANDARD, one.id, one.title, more, one.status.value, one, (*one.conditions,), recalled=unread
        )


def _policies(known: Knowledge) -> Iterator[Card]:
    for one in known.policies:
        about = tuple(dict.fromkeys(name for coverage in one.coverages for name in coverage.conditions))
        unread = any(not criterion.verified for criterion in one.criteria)
        title = f"{one.payer}: {one.title}"
        yield _card(
            known, Shelf.POLICY, policy_key(one), title, one.version, one.status.value, one, about, recalled=unread
        )


def _sources(known: Knowledge) -> Iterator[Card]:
    for one in known.evidence:
        cited = one.citation
        more = ", ".join(
            filter(None, (cited.authors.partition(",")[0], cited.journal, str(cited.year or ""), one.kind))
        )
        status = "retracted" if one.retracted else "superseded" if one.superseded_by else ""
        recalled = cited.id_status is not Status.SEEN or one.summary_basis is Status.RECALLED
        yield _card(known, Shelf.EVIDENCE, one.key, cited.title, more, status, one, one.conditions, recalled=recalled)


def _products(known: Knowledge) -> Iterator[Card]:
    for one in known.products:
        about = tuple(dict.fromkeys(name for use in one.uses for name in use.conditions))
        title = known.vocabulary.label(one.concept)
        more = ", ".join(one.routes)
        yield _card(known, Shelf.PRODUCT, one.concept, title, more, "", one, about, recalled=bool(one.recalled))


def _scores(known: Knowledge) -> Iterator[Card]:
    for one in known.calculators:
        yield _card(known, Shelf.SCORE, one.id, one.label, "", "", one, (), recalled=False)


def _law(one: Law) -> Card:
    rows = (*one.clocks, *one.appeals, *one.pauses, *one.notice, *one.deciders, *one.automation)
    unread = any(row.status is not Status.SEEN for row in rows)
    more = ", ".join((*(plan.value.replace("_", " ") for plan in one.plans), *one.states))
    words = " ".join((one.id, one.title, more, *(row.says for row in rows))).casefold()
    return Card(Shelf.LAW, one.id, one.title, more, "", (), frozenset(), frozenset(), unread, words)


def _card(  # noqa: PLR0913, PLR0917 - the parts of a card, in their order
    known: Knowledge,
    shelf: Shelf,
    key: str,
    title: str,
    more: str,
    status: str,
    one: Struct,
    about: tuple[str, ...],
    *,
    recalled: bool,
) -> Card:
    concepts: set[str] = {*about}
    cites: set[str] = set()
    for part in inside(one):
        cites.update(_listed(getattr(part, "cite", ())))
        for field in _CONCEPTS:
            concepts.update(_listed(getattr(part, field, ())))
    concepts &= known.vocabulary.concepts.keys()
    words = " ".join((key, title, more, status.replace("_", " "), *_named(known, about))).casefold()
    return Card(shelf, key, title, more, status, about, frozenset(concepts), frozenset(cites), recalled, words)


def _listed(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()


def _named(known: Knowledge, about: Iterable[str]) -> Iterator[str]:
    for name in about:
        concept = known.vocabulary.concepts.get(name)
        if concept is not None:
            yield from (concept.label, *concept.synonyms)
