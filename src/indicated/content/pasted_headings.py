"""Which lines are headings, of which sections, and which exclude by themselves."""

from __future__ import annotations

import re

from indicated.content.pasted_bits import CODES, COLON, COMMA, CONCEPT, SEMICOLON
from indicated.content.pasted_headers import Span
from indicated.content.pasted_lexicon import Bit
from indicated.content.pasted_outline import Item
from indicated.content.pasted_tree import Page
from indicated.model.concept import Kind
from indicated.model.policy_words import SectionKind, WordRole

_WORD = re.compile(r"[^\W_](?:[\w'/.-]*[^\W_])?")
_ABOUT = frozenset((Kind.CONDITION, Kind.TREATMENT, Kind.PRODUCT))
ORDER = (
    SectionKind.EXCLUSIONS,
    SectionKind.CONTINUATION,
    SectionKind.LIMITS,
    SectionKind.DEFINITIONS,
    SectionKind.START,
    SectionKind.ASIDE,
)
"""Which section a line with headings of several opens."""


class Headings:
    """Tells headings from criteria."""

    __slots__ = ("_page",)

    def __init__(self, page: Page) -> None:
        self._page = page

    def states_exclusion(self, item: Item) -> bool:
        """Whether one line says what is not covered: `X is not covered`, `experimental for all other indications`."""
        if item.children or item.kind not in ("plain", "item"):
            return False
        span = self._page.span(item)
        text = self._page.clean[span.start : span.end]
        heads = [(start, end) for start, end, kind in self.heads(span) if kind is SectionKind.EXCLUSIONS]
        others = any(bit.role == WordRole.OTHERS for bit in span.bits)
        told = any(others or " " in text[start:end] for start, end in heads)
        if not told or text.rstrip(" *_").endswith(":"):
            return False
        first = span.start + heads[0][0]
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
        text = self._page.clean[span.start : span.end]
        found = self._page.lexicon.headings(text.lower())
        if not found:
            return None
        kind = min((opens for _, _, opens in found), key=ORDER.index)
        first = next((start, end) for start, end, opens in found if opens is kind)
        colon = next((bit for bit in span.bits if bit.role == COLON and bit.start >= span.start + first[1]), None)
        head = Span(
            [bit for bit in span.bits if colon is None or bit.end <= colon.start],
            span.start,
            colon.start if colon else span.end,
        )
        if any(bit.role == WordRole.GROUP for bit in span.bits) and kind is SectionKind.ASIDE:
            return None
        if not self.only_heading(head, [(span.start + start, span.start + end) for start, end, _ in found]):
            return None
        if kind is SectionKind.START and colon is not None and colon.end < span.end and not item.children:
            return None
        return kind, (colon.end if colon is not None else span.end)

    def only_heading(self, head: Span, spans: list[tuple[int, int]]) -> bool:
        """Whether a line has no words but those of headings, conditions, treatments, groups and idle ones."""
        known = list(spans)
        for bit in head.bits:
            about = (
                bit.role == CONCEPT
                and self._page.vocabulary.concepts
                and any(self._kind(c) in _ABOUT for c in bit.values)
            )
            if about or bit.role in (CODES, WordRole.CODE, WordRole.GROUP, WordRole.AND, WordRole.OR):
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
        return bool(self.named_conditions(span)) and self.only_heading(
            span, [(s + span.start, e + span.start) for s, e, _ in self.heads(span)]
        )

    def heads(self, span: Span) -> list[tuple[int, int, SectionKind]]:
        """The heading phrases of a line."""
        return self._page.lexicon.headings(self._page.clean[span.start : span.end].lower())

    def named_conditions(self, span: Span) -> tuple[str, ...]:
        """The conditions that a line names."""
        named = (c for bit in span.bits if bit.role == CONCEPT for c in bit.values if self._kind(c) is Kind.CONDITION)
        return tuple(dict.fromkeys(named))

    def about_only(self, span: Span) -> bool:
        """Whether every concept named is a condition, a treatment or a product."""
        named = [c for bit in span.bits if bit.role == CONCEPT for c in bit.values]
        return bool(named) and all(self._kind(concept) in _ABOUT for concept in named)
