"""How the lines of a pasted policy belong together where it speaks of several conditions: what stands below which."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from indicated.content.pasted_headers import Span
from indicated.content.pasted_headings import Headings, Phase
from indicated.content.pasted_outline import Item, walk
from indicated.model.policy_words import SectionKind

Conditions = tuple[str, ...]


def take_remarks(root: Item, headings: Headings) -> list[Item]:
    """Take the notes (`Note: ...`) that stand among criteria out of the tree, each with what stands below it."""
    taken: list[Item] = []
    for parent in (root, *walk(root)):
        remarks = [
            child
            for child in parent.children
            if child.kind == "remark" or (child.kind in ("plain", "item") and headings.is_remark(child))
        ]
        if remarks:
            known = set(map(id, remarks))
            parent.children = [child for child in parent.children if id(child) not in known]
            taken += remarks
    return [item for remark in taken for item in (remark, *walk(remark))]


def gather(root: Item, headings: Headings) -> frozenset[Conditions]:
    """Put what follows a line that only names conditions below it, where several conditions have lists of their own.
    Those conditions; fewer than two when the text is about one.
    """
    named: set[Conditions] = set()
    for siblings in _containers(root, headings):
        named |= {headings.conditions_of(head) for head in _heads(siblings, headings)}
    regions = frozenset(named)
    if len(regions) > 1:
        for parent in (root, *(item for item in walk(root) if _opens(item, headings))):
            parent.children = _gathered(parent.children, headings, regions)
    return regions


def by_phase(items: list[Item], headings: Headings) -> dict[SectionKind, list[tuple[Item, Phase | None]]] | None:
    """The items of a list of which one is enough, apart by what they are for (`A) Initial therapy`, `B) Currently
    receiving it`); None when none of them is for going on.
    """
    phases = [(item, headings.phase(item) if item.kind in ("item", "plain") else None) for item in items]
    if not any(phase is not None and phase.kind is SectionKind.CONTINUATION for _, phase in phases):
        return None
    parted: dict[SectionKind, list[tuple[Item, Phase | None]]] = {}
    for item, phase in phases:
        parted.setdefault(phase.kind if phase is not None else SectionKind.START, []).append((item, phase))
    return parted


def apart(
    items: list[Item], headings: Headings, *, several: bool, any_of: bool
) -> dict[int, tuple[Conditions, Span]] | None:
    """For each item that decides for its own conditions on one line (`2) CIDP - fever`), by `id`, these and what it
    asks for. None where the items of a list of which one is enough do not all name conditions: then none stands apart.
    """
    marked = [item for item in items if item.kind == "item"]
    found = {id(item): told for item in marked if (told := headings.begins_with_conditions(item)) is not None}
    others = [item for item in marked if id(item) not in found]
    if several:
        return None if any_of and not all(map(headings.conditions_only, others)) else found
    behind = len({conditions for conditions, _ in found.values()}) > 1 and not all(
        map(headings.conditions_only, marked)
    )
    return found if behind and not others else {}


def _containers(root: Item, headings: Headings) -> Iterator[list[Item]]:
    yield root.children
    for item in walk(root):
        if _opens(item, headings):
            yield item.children


def _opens(item: Item, headings: Headings) -> bool:
    """Whether an item is a heading with the criteria of several conditions below it."""
    if not item.children or headings.conditions_only(item):
        return False
    opened = headings.section(item)
    return opened is not None and opened[0] in (SectionKind.START, SectionKind.CONTINUATION)


def _heads(siblings: list[Item], headings: Headings) -> list[Item]:
    """The lines that only name conditions and have a list of their own: below them, or after them up to the next."""
    found: list[Item] = []
    listed = False
    for item in reversed(siblings):
        names = item.kind != "joins" and headings.conditions_only(item)
        if names and not item.joined and (item.children or (listed and item.kind == "plain")):
            found.append(item)
        if item.children or item.kind == "item":
            listed = True
        elif names or headings.section(item) is not None:
            listed = False
    return found


def _gathered(items: list[Item], headings: Headings, regions: frozenset[Conditions]) -> list[Item]:
    names = [_names(item, headings, regions) for item in items]
    after: list[Conditions] = [*accumulate(reversed(names), _nearest)][::-1]
    kept: list[Item] = []
    seen: set[Conditions] = set()
    phased = False
    head: Item | None = None
    for at, (item, conditions) in enumerate(zip(items, names, strict=True)):
        if conditions:
            if head is not None and _says_again(head, item, conditions, headings):
                head.children.append(item)
                continue
            head = item if item.kind == "plain" and not item.joined else None
            seen.add(conditions)
        elif head is not None:
            opened = headings.section(item)
            if item.kind == "heading" or (opened is not None and _for_all(opened[0], after[at], seen, phased=phased)):
                head = None
            else:
                phased = phased or (opened is not None and opened[0] is SectionKind.CONTINUATION)
                head.children.append(item)
                continue
        kept.append(item)
    return kept


def _nearest(later: Conditions, one: Conditions) -> Conditions:
    return one or later


def _names(item: Item, headings: Headings, regions: frozenset[Conditions]) -> Conditions:
    """The conditions whose criteria an item opens."""
    conditions = headings.conditions_of(item) if item.kind != "joins" and headings.conditions_only(item) else ()
    return conditions if conditions in regions else ()


def _says_again(head: Item, item: Item, conditions: Conditions, headings: Headings) -> bool:
    """Whether a line names the conditions of the heading above it again, as the sentence does that grants the list."""
    named = headings.conditions_of(head)
    return conditions == named or (not head.children and bool(item.children) and set(conditions) <= set(named))


def _for_all(kind: SectionKind, after: Conditions, seen: set[Conditions], *, phased: bool) -> bool:
    """Whether a heading within the lines of one condition ends them: the next condition named after it was named
    before, or no other condition has such a heading of its own.
    """
    if kind is SectionKind.START:
        return False
    if kind not in (SectionKind.CONTINUATION, SectionKind.LIMITS):
        return True
    return after in seen if after else not phased
