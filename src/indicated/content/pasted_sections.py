"""Which lines of a pasted policy are title, headings, criteria to start or go on, exclusions, limits."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from indicated.content.pasted_bits import COLON, COMMA, CONCEPT, NAMING, SEMICOLON
from indicated.content.pasted_headers import Span, cut_at, group_of, read_header
from indicated.content.pasted_headings import ORDER, Headings, Phase
from indicated.content.pasted_lexicon import Bit
from indicated.content.pasted_numbers import PERIOD
from indicated.content.pasted_outline import Item, walk
from indicated.content.pasted_plain import Stands, asks, introduces
from indicated.content.pasted_regions import apart, by_phase, gather, take_remarks
from indicated.content.pasted_targets import Context
from indicated.content.pasted_tree import Builder, Page
from indicated.model.policy_words import SectionKind, WordRole
from indicated.model.rule import Rule

_WORD = re.compile(r"[^\W_](?:[\w'/.-]*[^\W_])?")
_LOOSE = frozenset((WordRole.EXAMPLE.value, WordRole.OTHERS.value, COLON))
_PREFIX = {
    SectionKind.CONTINUATION: "continuation.",
    SectionKind.EXCLUSIONS: "exclusion.",
    SectionKind.LIMITS: "limit.",
}


class Block(NamedTuple):
    """Items that stand under one heading: what it opens, for which conditions, and how it joins them."""

    kind: SectionKind
    conditions: tuple[str, ...]
    items: list[Item]
    group: tuple[str, int] | None = None
    header: Item | None = None
    path: str = ""
    stated: bool = False


class Sections:
    """Sorts the outline into blocks. `title` is known after `read`."""

    __slots__ = ("_blocks", "_builder", "_headings", "_page", "_regions", "_terms", "title")

    def __init__(self, page: Page, builder: Builder) -> None:
        self._page, self._builder = page, builder
        self._headings = Headings(page)
        self._blocks: list[Block] = []
        self._terms: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._regions: frozenset[tuple[str, ...]] = frozenset()
        self.title = ""

    def read(self, root: Item) -> list[Block]:
        """The blocks of the text in order."""
        for item in take_remarks(root, self._headings):
            self._builder.note(item, "aside")
        self._regions = gather(root, self._headings)
        self._container(root.children, Block(SectionKind.START, (), []))
        return [block for block in self._blocks if block.items]

    @property
    def _several(self) -> bool:
        """Whether several conditions have criteria of their own, so that each line decides for its own alone."""
        return len(self._regions) > 1

    def rule(self, block: Block) -> Rule | None:
        """The rule of a block; its criteria and clauses go to the builder. An aside gives none."""
        if block.kind in (SectionKind.ASIDE, SectionKind.DEFINITIONS):
            self._set_aside(block)
            return None
        context = Context(self._terms, exclusion=block.kind is SectionKind.EXCLUSIONS)
        items = [item for item in block.items if self._counts(item, block)]
        cut = [item for item in items if self._first_sentence(item)] if context.exclusion else []
        if context.exclusion:
            for item in items:
                self._silence(item)
        group = ("any", 0) if block.kind is SectionKind.EXCLUSIONS else block.group
        if group is None and block.header is not None and self._headings.lists_conditions(block.header, items):
            group = ("any", 0)
            self._append_note(block.header, ("any_condition",))
        rule, notes = self._builder.items(items, group, context, block.path + _PREFIX.get(block.kind, ""))
        if block.header is not None and notes:
            self._append_note(block.header, notes)
        for item in cut:
            self._append_note(item, ("first_sentence",))
        return rule

    def assume(self, block: Block, note: str) -> None:
        """Tell the reader of the block's heading, or of its first line, what was assumed."""
        self._append_note(block.header if block.header is not None else block.items[0], (note,))

    def _set_aside(self, block: Block) -> None:
        """Lines that decide nothing; a definition still gives its term a meaning."""
        for top in block.items:
            for item in (top, *walk(top)):
                if block.kind is SectionKind.DEFINITIONS and item.kind != "joins":
                    self._define(item)
                self._builder.note(item, "aside", section=block.kind.value)

    def _define(self, item: Item) -> None:
        span = self._page.span(item)
        terms = [bit for bit in span.bits if bit.role == WordRole.TERM]
        named = [bit.values for bit in span.bits if bit.role == CONCEPT and terms and bit.start > terms[0].start]
        if terms and named:
            self._terms[terms[0].values[0]] = tuple(named)

    def _append_note(self, item: Item, notes: tuple[str, ...]) -> None:
        clause = self._builder.clauses.get(id(item))
        if clause is not None:
            from msgspec.structs import replace

            told = "; ".join([clause.understood, *(self._builder.wording(note) for note in notes)])
            self._builder.clauses[id(item)] = replace(clause, understood=told)

    def _counts(self, item: Item, block: Block) -> bool:
        """Whether an unmarked line outside any heading is a criterion and not prose."""
        if item.kind != "plain" or item.children:
            return True
        others = (other for other in block.items if other.kind in ("plain", "item"))
        listed = len(tuple(islice(others, 2))) > 1
        return asks(item, self._page, Context(dict(self._terms)), stated=block.stated, listed=listed)

    def _container(self, items: list[Item], under: Block) -> None:
        """Read siblings: headings open blocks, the rest is content of the block that is open."""
        any_of = under.group is not None and under.group[0] == "any"
        parted = by_phase(items, self._headings) if any_of else None
        if parted is not None:
            self._phases(parted, under)
            return
        told: dict[int, tuple[tuple[str, ...], Span]] | None = {}
        if under.kind is SectionKind.START and not under.conditions:
            told = apart(items, self._headings, several=self._several, any_of=any_of)
        now = self._open(under)
        if told is None:
            now.items.extend(items)
            return
        for item in items:
            if item.kind == "joins":
                now.items.append(item)
            elif item.kind == "comment" or self._stands_alone(item, told.get(id(item)), now):
                continue
            elif under.kind is SectionKind.ASIDE:
                now = self._placed(item, now, None)
            elif self._headings.states_exclusion(item):
                self._exclusion(item, now)
                now = self._open(now)
            else:
                now = self._section(item, now, under)

    def _section(self, item: Item, now: Block, under: Block) -> Block:
        """Open what an item opens, or put it into what is open; the block that is open then."""
        if self._has_conditions(item, under):
            self._condition_section(item, under if now.kind is SectionKind.ASIDE else now)
            return now
        return self._placed(item, now, self._headings.section(item))

    def _placed(self, item: Item, now: Block, opened: tuple[SectionKind, int] | None) -> Block:
        if opened is not None:
            return self._open_section(item, opened, now)
        if item.kind in ("plain", "heading") and self._preamble(item, now):
            return self._open_preamble(item, now)
        now.items.append(item)
        return now

    def _stands_alone(self, item: Item, told: tuple[tuple[str, ...], Span] | None, now: Block) -> bool:
        """Whether one line is a block of its own: for conditions that it begins with, for going on, or a limit of some
        conditions.
        """
        if told is not None:
            conditions, self._page.spans[id(item)] = told
            path = now.path if _number(item) else f"{now.path}{_short(conditions)}."
            self._blocks.append(now._replace(conditions=conditions, items=[item], group=None, header=None, path=path))
            return True
        limits = self._several and now.kind is SectionKind.LIMITS
        return self._limit_of(item, now) if limits else self._asks_to_go_on(item, now)

    def _has_conditions(self, item: Item, under: Block) -> bool:
        """Whether an item opens the criteria of some conditions, which those around it do not name already."""
        if not item.children or not (self._several or item.kind == "heading"):
            return False
        if not self._headings.conditions_only(item):
            return False
        named = self._headings.conditions_of(item)
        return not under.conditions or (under.group is None and not set(named) <= set(under.conditions))

    def _asks_to_go_on(self, item: Item, now: Block) -> bool:
        """Whether one line says what is asked for going on (`Continuation requires improvement`)."""
        if item.kind not in ("plain", "item") or item.children or now.kind is not SectionKind.START:
            return False
        phase = self._headings.phase(item)
        if phase is None or phase.kind is not SectionKind.CONTINUATION or phase.rest.start == phase.rest.end:
            return False
        self._page.spans[id(item)] = phase.rest
        self._blocks.append(now._replace(kind=phase.kind, items=[item], group=None, header=None, stated=True))
        return True

    def _limit_of(self, item: Item, now: Block) -> bool:
        """Whether a limit names the conditions that it holds for; it is then asked of these alone."""
        named = self._headings.conditions_of(item)
        if not named or now.conditions or item.children:
            return False
        if not any(set(named) & set(region) for region in self._regions):
            self._builder.note(item, "not_here")
            return True
        span = self._page.span(item)
        bits = [bit for bit in span.bits if bit.role != CONCEPT or not set(bit.values) & set(named)]
        self._page.spans[id(item)] = span._replace(bits=bits)
        self._blocks.append(now._replace(conditions=named, items=[item], header=None))
        return True

    def _phases(self, parted: dict[SectionKind, list[tuple[Item, Phase | None]]], under: Block) -> None:
        """A list of which one is enough, whose items say which are for starting and which for going on."""
        for kind, entries in parted.items():
            for item, phase in entries:
                if phase is not None and kind is not SectionKind.START:
                    self._page.spans[id(item)] = phase.rest
            items = [item for item, _ in entries]
            header = under.header if kind is SectionKind.START else None
            self._blocks.append(under._replace(kind=kind, items=items, header=header, stated=True))

    def _first_sentence(self, item: Item) -> bool:
        """Keep only the first sentence of what an exclusion names; whether there was more."""
        head = self._headings.first_sentence(item)
        if head is not None:
            self._page.spans[id(item)] = head
        return head is not None

    def _exclusion(self, item: Item, now: Block) -> None:
        """A line of its own that excludes: its conditions count; `all other indications` alone asks nothing."""
        span = self._page.span(item)
        if not any(bit.role == CONCEPT and self._headings.excludes(bit) for bit in span.bits):
            self._builder.note(item, "others")
            return
        self._blocks.append(Block(SectionKind.EXCLUSIONS, now.conditions, [item], None, None, now.path, stated=True))

    def _silence(self, item: Item) -> None:
        """In an exclusion, the words that exclude say nothing of what is named; what it is for, it excludes."""
        span = self._page.span(item)
        heads = [(start, end) for start, end, _ in self._headings.heads(span)]
        bits = [bit for bit in span.bits if not any(start < bit.end and bit.start < end for start, end in heads)]
        marks = [Bit(start, end, NAMING) for start, end in heads]
        loose = [bit._replace(role=COMMA) if bit.role in _LOOSE else bit for bit in bits]
        self._page.spans[id(item)] = span._replace(bits=sorted([*loose, *marks], key=lambda bit: bit.start))

    def _open(self, block: Block) -> Block:
        fresh = block._replace(items=[])
        self._blocks.append(fresh)
        return fresh

    def _open_section(self, item: Item, opened: tuple[SectionKind, int], now: Block) -> Block:
        """Open the block of a heading; text after its colon, and its children, are its content."""
        kind, rest_at = opened
        span = self._page.span(item)
        if kind is not SectionKind.EXCLUSIONS and not now.conditions:
            self._title_from(item)
        conditions = (
            now.conditions or self._headings.named_conditions(span) if item.kind == "heading" else now.conditions
        )
        groups = [bit for bit in span.bits if bit.role == WordRole.GROUP]
        block = Block(kind, conditions, [], group_of(groups[-1]) if groups else None, item, now.path, stated=True)
        rest = Span([bit for bit in span.bits if bit.start >= rest_at], rest_at, span.end)
        has_text = any(
            word.lower() not in self._page.lexicon.stop
            for word in _WORD.findall(self._page.clean, rest.start, rest.end)
        )
        has_text = has_text and not (groups and groups[-1].start >= rest_at)
        if has_text and all(bit.role == PERIOD for bit in rest.bits) and not item.children:
            self._builder.note(item, "aside")
            return now
        if has_text and not item.children:
            self._page.spans[id(item)] = rest
            block.items.append(item)
            self._blocks.append(block)
            return self._open(block._replace(header=None, items=[]))
        self._builder.note(item, "heading", section=kind.value)
        if block.group is not None:
            self._append_group(item, block.group)
        if item.children:
            self._container(item.children, block)
            last = self._blocks[-1]
            return (
                self._open(Block(SectionKind.START, (), []))
                if item.kind != "heading" and last.kind is not kind
                else self._open(block)
            )
        return self._open(block)

    def _condition_section(self, item: Item, under: Block) -> None:
        """A section for some conditions: its own coverage where there are several."""
        span = self._page.span(item)
        conditions = self._headings.named_conditions(span)
        if not self._several:
            self._title_from(item)
        groups = [bit for bit in span.bits if bit.role == WordRole.GROUP]
        labels = ", ".join(self._page.vocabulary.label(concept) for concept in conditions)
        self._builder.note(item, "conditions", conditions=labels)
        path = f"{under.path}{_number(item) or _short(conditions)}."
        kinds = (kind for _, _, kind in self._headings.heads(span) if kind is not SectionKind.REMARK)
        kind = min(kinds, key=ORDER.index, default=under.kind)
        group = group_of(groups[-1]) if groups else None
        self._container(item.children, Block(kind, conditions, [], group, item, path, stated=True))

    def _preamble(self, item: Item, now: Block) -> bool:
        """Whether an unmarked line is the title or introduces the whole list rather than asking for something."""
        stands = Stands(titled=bool(self.title), after_items=bool(now.items), stated=now.stated)
        return introduces(item, stands, self._page, self._headings, Context(dict(self._terms)))

    def _open_preamble(self, item: Item, now: Block) -> Block:
        """The title, or a line that says how everything below it joins."""
        span = self._page.span(item)
        self._title_from(item)
        told = self._headings.opened(span) if now.kind is SectionKind.START else None
        kind = now.kind if told in (None, SectionKind.ASIDE) else told
        group = read_header(span, self._page.reader, Context(dict(self._terms)), self._page.clean, last=True).group
        self._builder.note(item, "title")
        block = Block(kind, now.conditions, [], group, item, now.path, stated=bool(item.children) or now.stated)
        if item.children:
            if group is not None:
                self._append_group(item, group)
            self._container(item.children, block)
            return self._open(block._replace(items=[], group=now.group, header=None, stated=now.stated))
        return self._open(block)

    def _append_group(self, item: Item, group: tuple[str, int]) -> None:
        from msgspec.structs import replace

        told = f"at least {group[1]} of" if group[0] == "at_least" else f"{group[0]} of"
        clause = self._builder.clauses[id(item)]
        self._builder.clauses[id(item)] = replace(clause, understood=f"{clause.understood}; {told} what follows")

    def _title_from(self, item: Item) -> None:
        span = self._page.span(item)
        about = item.kind == "heading" or any(bit.role == CONCEPT for bit in span.bits)
        if self.title or not about:
            return
        groups = [at for at, bit in enumerate(span.bits) if bit.role in (WordRole.GROUP, SEMICOLON)]
        head = cut_at(span, groups[0])[0] if groups else span
        title = self._page.reader.text(head.start, head.end)
        self.title = title.partition(". ")[0] if " " in title.partition(". ")[0] else title


def _number(item: Item) -> str:
    """The number of an item as written, without brackets; empty for a bullet and a line without a mark."""
    return item.mark.shown if item.mark is not None else ""


def _short(conditions: tuple[str, ...]) -> str:
    """The conditions as part of a criterion's id."""
    return conditions[0].rpartition(".")[2]
