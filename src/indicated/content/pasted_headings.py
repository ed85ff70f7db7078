"""Which lines are headings, of which sections, and which exclude by themselves."""

from __future__ import annotations

import re
from typing import NamedTuple

from indicated.content.pasted_bits import CODES, COLON, COMMA, CONCEPT, SEMICOLON
from indicated.content.pasted_headers import Span
from indicated.content.pasted_lexicon import NUMBER, Bit
from indicated.content.pasted_numbers import LASTING, PERIOD
from indicated.content.pasted_outline import Item
from indicated.content.pasted_tree import Page
from indicated.model.concept import Kind
from indicated.model.policy_words import SectionKind, WordRole

_WORD = re.compile(r"[^\W_](?:[\w'.-]*[^\W_])?")
_ABOUT = frozenset((Kind.CONDITION, Kind.TREATMENT, Kind.PRODUCT))
_GRANTS = frozenset((WordRole.UNTIL.value, WordRole.PERIOD.value, PERIOD, LASTING, NUMBER))
"""What a line may say beside its heading when criteria stand below it: that something is granted, and for how long."""
_MARK = r"(?:[A-Za-z]|[ivxIVX]+|\d{1,2})"
_MARKS = re.compile(rf"\({_MARK}(?:(?:, ?|,? (?:and|or|and/or) |-){_MARK})*\)")
_SENTENCE_ENDS = re.compile(r"(?<=[A-Za-z)\]][A-Za-z)\]])\.\s|\s[-–—]\s")
ORDER = (
    SectionKind.EXCLUSIONS,
    SectionKind.CONTINUATION,
    SectionKind.LIMITS,
    SectionKind.DEFINITIONS,
    SectionKind.START,
    SectionKind.ASIDE,
)
"""Which section a line with headings of several opens."""


Heads = list[tuple[int, int, SectionKind]]
"""Heading phrases: where each starts and ends in the clean text, and what it opens."""


class Phase(NamedTuple):
    """What one item of a list is for (to start, to go on, a limit), and what stands after the words that say so."""

    kind: SectionKind
    rest: Span


class Headings:
    """Tells headings from criteria."""

    __slots__ = ("_heads", "_page")

    def __init__(self, page: Page) -> None:
        self._page = page
        self._heads: dict[tuple[int, int], Heads] = {}

    def states_exclusion(self, item: Item) -> bool:
        """Whether one line says what is not covered: `X is not covered`, `experimental for all other indications`."""
        if item.children or item.kind not in ("plain", "item"):
            return False
        span = self._page.span(item)
        text = self._page.clean[span.start : span.end]
        heads = [(start, end) for start, end, kind in self.heads(span) if kind is SectionKind.EXCLUSIONS]
        others = any(bit.role == WordRole.OTHERS for bit in span.bits)
        told = any(others or " " in self._page.clean[start:end] for start, end in heads)
        if not told or text.rstrip(" *_").endswith(":"):
            return False
        first = heads[0][0]
        named = any(bit.role == CONCEPT and self.excludes(bit) for bit in span.bits)
        asked = any(bit.role in (WordRole.TRIED, WordRole.RESULT, WordRole.GROUP) for bit in span.bits)
        led = any(bit.role in (COMMA, SEMICOLON) and bit.end <= first for bit in span.bits)
        return others or (named and not asked and not led)

    def excludes(self, bit: Bit) -> bool:
        """Whether a concept is something an exclusion may name."""
        kinds = {self._kind(concept) for concept in bit.values}
        return bool(kinds & {Kind.CONDITION, Kind.PROCEDURE, Kind.PRODUCT})

    def section(self, item: Item) -> tuple[SectionKind, int] | None:
        """What a heading opens, and where the text after it begins (the end when nothing follows)."""
        span = self._page.span(item)
        found = self.heads(span)
        kind = self.opened(span)
        if kind is None:
            return None
        after = next(end for _, end, opens in found if _as_section(opens) is kind)
        colon = next((bit for bit in span.bits if bit.role == COLON and bit.start >= after), None)
        stop = self._page.clean.startswith(". ", after, span.end)
        ends = after if stop else colon.start if colon else span.end
        head = Span([bit for bit in span.bits if bit.end <= ends], span.start, ends)
        if any(bit.role == WordRole.GROUP for bit in span.bits) and kind is SectionKind.ASIDE:
            return None
        if not self.only_heading(head, found, grants=bool(item.children)):
            return None
        if item.kind == "item" and not item.children and ends == span.end and self._named(head):
            return None
        if stop:
            return kind, ends + 1
        if kind is SectionKind.START and colon is not None and colon.end < span.end and not item.children:
            return None
        return kind, (colon.end if colon is not None else span.end)

    def only_heading(self, head: Span, heads: Heads, *, grants: bool = False) -> bool:
        """Whether a line has no words but those of headings, conditions, treatments, groups and idle ones; with
        `grants` also those that say that something is granted.
        """
        known = [(start, end) for start, end, _ in heads]
        known += [found.span() for found in _MARKS.finditer(self._page.clean, head.start, head.end)]
        for bit in head.bits:
            about = (
                bit.role == CONCEPT
                and self._page.vocabulary.concepts
                and any(self._kind(c) in _ABOUT for c in bit.values)
            )
            granted = grants and bit.role in _GRANTS
            if about or granted or bit.role in (CODES, WordRole.CODE, WordRole.GROUP, WordRole.AND, WordRole.OR):
                known.append((bit.start, bit.end))
            elif bit.role == CONCEPT:
                return False
        for found in _WORD.finditer(self._page.clean, head.start, head.end):
            inside = any(start <= found.start() < end for start, end in known)
            if not inside and found.group().lower() not in self._page.lexicon.stop:
                return False
        return True

    def _kind(self, concept: str) -> Kind | None:
        return self._page.vocabulary[concept].kind if concept in self._page.vocabulary else None

    def conditions_only(self, item: Item) -> bool:
        """Whether a line names conditions and asks for nothing."""
        span = self._page.span(item)
        if any(bit.role in (WordRole.PRESENT, WordRole.TRIED, WordRole.NOT) for bit in span.bits):
            return False
        named = bool(self.named_conditions(span))
        return named and self.only_heading(span, self.heads(span), grants=bool(item.children))

    def lists_conditions(self, header: Item, items: list[Item]) -> bool:
        """Whether a heading announces conditions (`covered indications`) and nothing else stands below it."""
        span = self._page.span(header)
        words = set(_WORD.findall(self._page.clean.lower(), span.start, span.end))
        real = [item for item in items if item.kind not in ("joins", "comment")]
        return (
            not words.isdisjoint(self._page.lexicon.words.alternatives)
            and len(real) > 1
            and all(not item.children and self.conditions_only(item) for item in real)
        )

    def phase(self, item: Item) -> Phase | None:
        """What an item of a list says that it is for, before its first sentence, dash, colon or `and` ends."""
        span = self._page.span(item)
        heads = self.heads(span)
        if not heads or heads[0][2] is SectionKind.REMARK:
            return None
        _, after, kind = heads[0]
        head, rest = self._parted(span, after, (COLON, WordRole.AND, WordRole.UNTIL))
        return Phase(kind, rest) if self.only_heading(head, heads) else None

    def is_remark(self, item: Item) -> bool:
        """Whether a line is a remark with its text behind a colon, a dash or a full stop, which asks for nothing."""
        span = self._page.span(item)
        heads = self.heads(span)
        if not heads or heads[0][2] is not SectionKind.REMARK:
            return False
        head, rest = self._parted(span, heads[0][1], (COLON,))
        asks = any(bit.role == WordRole.GROUP for bit in rest.bits)
        return rest.start < rest.end and not asks and self.only_heading(head, heads)

    def begins_with_conditions(self, item: Item) -> tuple[tuple[str, ...], Span] | None:
        """The conditions that a line names before a dash, a colon, a comma or its first sentence ends, and what stands
        after; the line itself when it names nothing else.
        """
        if item.children:
            return None
        span = self._page.span(item)
        if self.conditions_only(item):
            return self.named_conditions(span), span
        head, rest = self._parted(span, span.start + 1, (COLON, COMMA))
        named = self.named_conditions(head)
        return (named, rest) if named and self.only_heading(head, []) and rest.start < rest.end else None

    def _parted(self, span: Span, after: int, joints: tuple[str, ...]) -> tuple[Span, Span]:
        """A line before and after the first of these joints, end of a sentence or dash, from a place on."""
        stop = _SENTENCE_ENDS.search(self._page.clean, after - 1, span.end)
        joint = next((bit for bit in span.bits if bit.start >= after and bit.role in joints), None)
        ends = min((stop.start() if stop else span.end), (joint.start if joint else span.end))
        begins = min((stop.end() if stop else span.end), (joint.end if joint else span.end))
        head = Span([bit for bit in span.bits if bit.end <= ends], span.start, ends)
        return head, Span([bit for bit in span.bits if bit.start >= begins], begins, span.end)

    def first_sentence(self, item: Item) -> Span | None:
        """The first sentence of a line of several, when it names what an exclusion may name."""
        span = self._page.span(item)
        stop = _SENTENCE_ENDS.search(self._page.clean, span.start, span.end)
        if stop is None or not self._page.clean.startswith(".", stop.start()):
            return None
        head = Span([bit for bit in span.bits if bit.end <= stop.start()], span.start, stop.start())
        return head if any(bit.role == CONCEPT and self.excludes(bit) for bit in head.bits) else None

    def _named(self, span: Span) -> bool:
        return any(bit.role == CONCEPT for bit in span.bits)

    def heads(self, span: Span) -> Heads:
        """The heading phrases of a line, with their places in the clean text."""
        known = self._heads.get((span.start, span.end))
        if known is None:
            found = self._page.lexicon.headings(self._page.clean[span.start : span.end].lower())
            known = [(span.start + start, span.start + end, kind) for start, end, kind in found]
            self._heads[span.start, span.end] = known
        return known

    def opened(self, span: Span) -> SectionKind | None:
        """Which section a line opens, of the headings that it has."""
        return min((_as_section(kind) for _, _, kind in self.heads(span)), key=ORDER.index, default=None)

    def conditions_of(self, item: Item) -> tuple[str, ...]:
        """The conditions that an item names."""
        return self.named_conditions(self._page.span(item))

    def named_conditions(self, span: Span) -> tuple[str, ...]:
        """The conditions that a line names."""
        named = (c for bit in span.bits if bit.role == CONCEPT for c in bit.values if self._kind(c) is Kind.CONDITION)
        return tuple(dict.fromkeys(named))

    def about_only(self, span: Span) -> bool:
        """Whether every concept named is a condition, a treatment or a product."""
        named = [c for bit in span.bits if bit.role == CONCEPT for c in bit.values]
        return bool(named) and all(self._kind(concept) in _ABOUT for concept in named)


def _as_section(kind: SectionKind) -> SectionKind:
    """A remark with nothing beside it is a heading over what decides nothing."""
    return SectionKind.ASIDE if kind is SectionKind.REMARK else kind
