"""What changed between two contents, clause by clause and in words."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct

from indicated.content.load import Loaded
from indicated.model.concept import Concept
from indicated.model.evidence import Evidence
from indicated.model.policy import Policy
from indicated.model.product import Product
from indicated.model.score import Calculator
from indicated.model.standard import Criterion, Standard
from indicated.model.statement import Phrase
from indicated.workflow.authoring.page import Block, Heading, Items, Page, Paragraph
from indicated.workflow.authoring.words import RuleWords, said

KINDS: dict[type[Struct], tuple[str, str]] = {
    Policy: ("policy", "id"),
    Standard: ("standard", "id"),
    Calculator: ("score", "id"),
    Product: ("product", "concept"),
    Evidence: ("evidence", "key"),
    Concept: ("concept", "id"),
    Phrase: ("phrase", "id"),
}
"""What is compared, in the order in which it matters to a reader, and what each is called by."""

_ID = {Criterion: "id"}


def page_of(before: Loaded, after: Loaded, old_words: RuleWords, new_words: RuleWords, title: str) -> Page:
    """The page of all changes; one sentence when there are none."""
    blocks = tuple(_changes(before, after, old_words, new_words))
    return Page(title, blocks or (Paragraph("Nothing that an answer can rest on differs."),))


def _changes(before: Loaded, after: Loaded, old_words: RuleWords, new_words: RuleWords) -> Iterator[Block]:
    for kind, (name, field) in KINDS.items():
        old, new = _by_name(before.all(kind), field), _by_name(after.all(kind), field)
        for key in sorted(old.keys() | new.keys()):
            if key not in old:
                yield Heading(f"{name} {key}: new")
                yield Items(((0, _title(new[key])),))
            elif key not in new:
                yield Heading(f"{name} {key}: gone")
                yield Items(((0, _title(old[key])),))
            elif old[key] != new[key]:
                yield Heading(f"{name} {key}: changed")
                yield Items(tuple(of_document(old[key], new[key], old_words, new_words)))


def _by_name(values: tuple[Struct, ...], field: str) -> dict[str, Struct]:
    """By id; of several versions of a policy, each version by itself when both sides have several."""
    found: dict[str, Struct] = {}
    for value in values:
        key = str(getattr(value, field))
        if isinstance(value, Policy) and key in found:
            key = f"{key} {value.version}"
        found[key] = value
    return found


def _title(value: Struct) -> str:
    for field in ("title", "label", "clinician", "key", "concept"):
        if hasattr(value, field):
            return str(getattr(value, field))
    return type(value).__name__


def of_document(old: Struct, new: Struct, old_words: RuleWords, new_words: RuleWords) -> Iterator[tuple[int, str]]:
    """The changes of one document, field by field; criteria by their ids."""
    for field in new.__struct_fields__:
        was, now = getattr(old, field), getattr(new, field)
        if was == now:
            continue
        if field == "criteria":
            yield from _criteria(was, now, old_words, new_words)
        elif isinstance(was, tuple) and isinstance(now, tuple):
            yield from _listed(field, was, now, old_words, new_words)
        else:
            yield 0, f"{_field(field)}: {_turned(was, now, old_words, new_words)}"


def _criteria(
    old: tuple[Criterion, ...], new: tuple[Criterion, ...], old_words: RuleWords, new_words: RuleWords
) -> Iterator[tuple[int, str]]:
    was, now = ({one.id: one for one in side} for side in (old, new))
    for name in dict.fromkeys((*was, *now)):
        if name not in was:
            yield 0, f"criterion {name}: new: {now[name].paraphrase}"
            yield from new_words.tree(now[name].rule, 1)
        elif name not in now:
            yield 0, f"criterion {name}: gone: {was[name].paraphrase}"
        elif was[name] != now[name]:
            yield 0, f"criterion {name}: {now[name].paraphrase}"
            for field in Criterion.__struct_fields__:
                before, after = getattr(was[name], field), getattr(now[name], field)
                if before != after:
                    yield 1, f"{_field(field)}: {_turned(before, after, old_words, new_words)}"
    if list(was) != list(now) and set(was) == set(now):
        yield 0, "criteria: in another order"


def _listed(
    field: str, old: tuple[Any, ...], new: tuple[Any, ...], old_words: RuleWords, new_words: RuleWords
) -> Iterator[tuple[int, str]]:
    was, now = [said(one, old_words) for one in old], [said(one, new_words) for one in new]
    gone, come = [one for one in was if one not in now], [one for one in now if one not in was]
    for text in gone:
        near = max(come, key=lambda one: _alike(text, one), default="")
        if near and _alike(text, near) > _SAME:
            come.remove(near)
            yield 0, f"{_field(field)}: {_shortened(text, near)}"
        else:
            yield 0, f"{_field(field)}: gone: {text}"
    for text in come:
        yield 0, f"{_field(field)}: new: {text}"
    if not gone and not come:
        yield 0, f"{_field(field)}: in another order, or said twice"


def _turned(was: Any, now: Any, old_words: RuleWords, new_words: RuleWords) -> str:
    return _shortened(said(was, old_words), said(now, new_words))


_SAME, _LONG = 0.6, 160


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def _shortened(was: str, now: str) -> str:
    """`before → after`; of long texts only the words that differ, with a few around them."""
    if len(was) + len(now) <= _LONG:
        return f"{was} → {now}"
    old, new = was.split(), now.split()
    parts = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            before = " ".join(old[max(0, i - 3) : i])
            lead = f"… {before} " if before else ""
            parts.append(f"{lead}[{' '.join(old[i:j]) or 'nothing'} → {' '.join(new[k:m]) or 'nothing'}]")
    return "; ".join(parts) or f"{was} → {now}"


def _field(name: str) -> str:
    return name.rstrip("_").replace("_", " ")
