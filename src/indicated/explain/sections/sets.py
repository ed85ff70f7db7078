"""Flips in few words: sets that differ in one change only are told as one set with a choice in it."""

from __future__ import annotations

from collections.abc import Iterable

from indicated.explain.writer import Writer
from indicated.model.determination import Change, Flip
from indicated.model.statement import FromEntry, Proof

_MOST_CHOICES = 6
Choice = tuple[str, ...]
Product = tuple[Choice, ...]


def products(w: Writer, flips: Iterable[Flip]) -> list[str]:
    """The sets in words, exactly those given and no other, the smallest first."""
    found: list[Product] = [tuple((w.words.change(change),) for change in flip.changes) for flip in flips]
    merged = _merged(found)
    merged.sort(key=len)
    return [w.book.series(_choice(w, choice) for choice in product) for product in merged]


def _choice(w: Writer, choice: Choice) -> str:
    if not choice[1:]:
        return choice[0]
    return w.book.words("list.choice", choice=w.words.sets(list(choice), _MOST_CHOICES))


def _merged(found: list[Product]) -> list[Product]:
    """Two sets alike in all but one choice become one with both; repeated until none are alike."""
    listed = list(dict.fromkeys(found))
    for left in range(len(listed)):
        for right in range(left + 1, len(listed)):
            both = _joined(listed[left], listed[right])
            if both is not None:
                rest = [one for place, one in enumerate(listed) if place not in (left, right)]
                return _merged([*rest[:left], both, *rest[left:]])
    return listed


def _joined(left: Product, right: Product) -> Product | None:
    only_left = [choice for choice in left if choice not in right]
    only_right = [choice for choice in right if choice not in left]
    if len(left) != len(right) or len(only_left) != 1 or len(only_right) != 1:
        return None
    both = tuple(dict.fromkeys((*only_left[0], *only_right[0])))
    return tuple(both if choice == only_left[0] else choice for choice in left)


def values(flips: Iterable[Flip]) -> tuple[Proof, ...]:
    """What the flips suppose, as entered values: the numbers in their words stand here."""
    return tuple(dict.fromkeys(_value(change) for flip in flips for change in flip.changes))


def _value(change: Change) -> Proof:
    told = [str(len(change.facts))]
    for fact in change.facts:
        told.append(fact.concept)
        if fact.value is not None:
            told.append(fact.value.text())
    return FromEntry("flip", " ".join(told))
