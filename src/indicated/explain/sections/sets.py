"""Flips in few words: sets that differ in one change only are told as one set with a choice in it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

from indicated.explain.proofs import entered
from indicated.explain.writer import Writer
from indicated.model.concept import Kind
from indicated.model.determination import Change, Flip
from indicated.model.statement import FromEntry, Proof

_MOST_CHOICES, _MOST_NAMED = 6, 12
_EASIEST = (Kind.DEMOGRAPHIC, Kind.DRUG_CLASS, Kind.DRUG, Kind.CONDITION, Kind.PROCEDURE, Kind.FINDING, Kind.LAB)
_HARDEST = (Kind.ANTIBODY, Kind.STUDY, Kind.IMAGING, Kind.PATHOLOGY)
_JUDGED = "judged:"
Choice = tuple[Change, ...]
Way = tuple[Choice, ...]


def judged(flip: Flip) -> bool:
    """Whether the set needs a person's judgement."""
    return any(change.fact.concept.startswith(_JUDGED) for change in flip.changes)


def products(w: Writer, flips: Iterable[Flip]) -> list[str]:
    """The sets in words, exactly those given and no other, the smallest first."""
    return [in_words(w, way) for way in merged(w, flips)]


def merged(w: Writer, flips: Iterable[Flip]) -> list[Way]:
    """The sets with sets alike in all but one choice joined, what is easiest to obtain first in each."""
    found: list[Way] = [tuple((change,) for change in flip.changes) for flip in flips]
    ways = [tuple(sorted(way, key=lambda choice: _effort(w, choice[0]))) for way in _joined_up(found)]
    return sorted(ways, key=len)


def in_words(w: Writer, way: Way) -> str:
    """`a and b`, with a choice in it as `one of: c; d`."""
    return w.book.series(_choice(w, choice, alone=not way[1:]) for choice in way)


def any_of(w: Writer, flips: list[Flip]) -> tuple[int, list[str]] | None:
    """`any n of these`, when the sets are all the ways to take n of some items (an item may be a choice)."""
    family = {frozenset(w.words.change(change) for change in flip.changes) for flip in flips}
    listed = list(dict.fromkeys(w.words.change(change) for flip in flips for change in flip.changes))
    sizes = {len(each) for each in family}
    if len(listed) > _MOST_NAMED or len(sizes) != 1:
        return None
    items: list[list[str]] = []
    for one in listed:
        home = next((item for item in items if _alike(one, item[0], family)), None)
        items.append([one]) if home is None else home.append(one)
    n = sizes.pop()
    if n == 1 or len(items) == n:
        return None
    every = {frozenset(way) for chosen in combinations(items, n) for way in product(*chosen)}
    return (n, [w.book.series(item, "or") for item in items]) if every == family else None


def _alike(one: str, other: str, family: set[frozenset[str]]) -> bool:
    """Whether either stands for the other in every set, and never both."""
    if any({one, other} <= each for each in family):
        return False
    with_one = {each - {one} for each in family if one in each}
    return with_one == {each - {other} for each in family if other in each}


def _effort(w: Writer, change: Change) -> int:
    """What is asked of people before what is examined, and that before tests; a judgement last."""
    if change.fact.concept.startswith(_JUDGED):
        return len(_EASIEST) + len(_HARDEST) + 1
    concept = w.knowledge.vocabulary.concepts.get(change.fact.concept)
    kind = concept.kind if concept is not None else None
    if kind in _HARDEST:
        return len(_EASIEST) + 1 + _HARDEST.index(kind)
    return _EASIEST.index(kind) if kind in _EASIEST else len(_EASIEST)


def _choice(w: Writer, choice: Choice, *, alone: bool) -> str:
    if not choice[1:]:
        return w.words.change(choice[0])
    said = [w.words.change(change) for change in sorted(choice, key=lambda change: _effort(w, change))]
    return w.book.words("list.choice.alone" if alone else "list.choice", choice=w.words.sets(said, _MOST_CHOICES))


def _joined_up(found: list[Way]) -> list[Way]:
    """Two sets alike in all but one choice become one with both; repeated until none are alike."""
    listed = list(dict.fromkeys(found))
    for left in range(len(listed)):
        for right in range(left + 1, len(listed)):
            both = _joined(listed[left], listed[right])
            if both is not None:
                rest = [one for place, one in enumerate(listed) if place not in (left, right)]
                return _joined_up([*rest[:left], both, *rest[left:]])
    return listed


def _joined(left: Way, right: Way) -> Way | None:
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
    told += [entered(fact) for fact in change.facts]
    return FromEntry("flip", " ".join(told))
