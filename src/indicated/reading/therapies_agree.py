"""One drug told in ways that exclude each other by two documents."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from indicated.model.fact import EndReason, Fact, Stage, Tolerance
from indicated.reading.papers import WORDS_BEFORE, holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indicated.model.text import Passage
    from indicated.reading.papers import Pair, Papers

_MOST = 20
_USED = (Stage.CURRENT, Stage.PAST)


def told_otherwise(facts: Sequence[Fact], papers: Papers, narrows: Sequence[str]) -> Iterator[Pair]:
    """One drug told otherwise in another document: never given and given, taken and stopped.

    What came of it is not held against another telling: a drug helps, and later no longer does.
    """
    by_drug: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.therapy is not None:
            by_drug.setdefault(fact.concept, []).append(fact)
    for group in by_drug.values():
        for first, second in combinations(group[:_MOST], 2):
            if papers.together(first, second) or any(_further(one, papers, narrows) for one in (first, second)):
                continue
            if any(test(one, two) for test in _EXCLUDE for one, two in ((first, second), (second, first))):
                pair = (*_telling(first), *_telling(second))
                if not any(papers.says(passage, "earlier", "passing") for passage in pair):
                    yield first, second, "therapy", pair


def _further(fact: Fact, papers: Papers, narrows: Sequence[str]) -> bool:
    """Whether only more of a drug was refused (`no further chemotherapy`)."""
    never = _stage(fact) is Stage.NEVER
    return never and any(holds(papers.before(passage, WORDS_BEFORE), narrows) for passage in fact.passages)


def _telling(fact: Fact) -> tuple[Passage, ...]:
    """The passage to show of a drug's course: of one that ended the last, which tells the end."""
    return fact.passages[-1:] if _stopped(fact) else fact.passages[:1]


def _stopped(fact: Fact) -> bool:
    """Whether a course ended: on a day, or for a reason. That it did not help is no end of it."""
    if fact.therapy is None:
        return False
    return fact.therapy.ended is not None or fact.therapy.end_reason not in (None, EndReason.INEFFICACY)


def _stage(fact: Fact) -> Stage | None:
    return fact.therapy.stage if fact.therapy is not None else None


def _never_and_used(one: Fact, two: Fact) -> bool:
    """An allergy says that a drug is not to be given, and not that it never was."""
    if one.therapy is not None and one.therapy.tolerance is Tolerance.ALLERGIC:
        return False
    return _stage(one) is Stage.NEVER and _stage(two) in _USED and not two.absent


def _taken_and_stopped(one: Fact, two: Fact) -> bool:
    begun = one.therapy is not None and one.therapy.started is not None
    return _stage(one) is Stage.CURRENT and not begun and _stage(two) is Stage.PAST and _stopped(two)


_EXCLUDE: tuple[Callable[[Fact, Fact], bool], ...] = (_never_and_used, _taken_and_stopped)
