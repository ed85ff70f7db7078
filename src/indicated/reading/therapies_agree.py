"""One drug told in ways that exclude each other by two documents."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from indicated.model.fact import Fact, Outcome, Stage, Tolerance
from indicated.reading.papers import WORDS_BEFORE, holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indicated.model.text import Passage
    from indicated.reading.papers import Pair, Papers

_MOST = 20
_USED = (Stage.CURRENT, Stage.PAST)
_HARMED = (Tolerance.INTOLERANT, Tolerance.ALLERGIC)
_LOST = (Outcome.FAILED, Outcome.WORSENED)


def told_otherwise(facts: Sequence[Fact], papers: Papers, narrows: Sequence[str]) -> Iterator[Pair]:
    """One drug told otherwise in another document: never given and given, taken and stopped, a gain and a loss."""
    by_drug: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.therapy is not None:
            by_drug.setdefault(fact.concept, []).append(fact)
    for group in by_drug.values():
        for first, second in combinations(group[:_MOST], 2):
            if papers.together(first, second) or any(_further(one, papers, narrows) for one in (first, second)):
                continue
            if any(test(one, two) for test in _EXCLUDE for one, two in ((first, second), (second, first))):
                yield first, second, "therapy", (*_telling(first), *_telling(second))


def _further(fact: Fact, papers: Papers, narrows: Sequence[str]) -> bool:
    """Whether only more of a drug was refused (`no further chemotherapy`)."""
    never = _stage(fact) is Stage.NEVER
    return never and any(holds(papers.before(passage, WORDS_BEFORE), narrows) for passage in fact.passages)


def _telling(fact: Fact) -> tuple[Passage, ...]:
    """The passage to show of a drug's course: of one that ended the last, which tells the end."""
    return fact.passages[-1:] if _stopped(fact) else fact.passages[:1]


def _stopped(fact: Fact) -> bool:
    return fact.therapy is not None and (fact.therapy.ended is not None or fact.therapy.end_reason is not None)


def _stage(fact: Fact) -> Stage | None:
    return fact.therapy.stage if fact.therapy is not None else None


def _never_and_used(one: Fact, two: Fact) -> bool:
    return _stage(one) is Stage.NEVER and _stage(two) in _USED and not two.absent


def _taken_and_stopped(one: Fact, two: Fact) -> bool:
    return _stage(one) is Stage.CURRENT and _stage(two) is Stage.PAST and _stopped(two)


def _gained_and_lost(one: Fact, two: Fact) -> bool:
    if one.therapy is None or two.therapy is None:
        return False
    lost = one.therapy.outcome is Outcome.EFFECTIVE and two.therapy.outcome in _LOST
    return lost or (one.therapy.tolerance is Tolerance.TOLERATED and two.therapy.tolerance in _HARMED)


_EXCLUDE: tuple[Callable[[Fact, Fact], bool], ...] = (_never_and_used, _taken_and_stopped, _gained_and_lost)
