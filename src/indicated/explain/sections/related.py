"""Related questions: made from what would change the answer, what is open, other treatments and other conditions.

Each is one that `indicated ask` understands and answers: suppositions are put in words that reading takes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.explain.sections.changes import is_worse
from indicated.explain.sections.sets import judged
from indicated.model.concept import Kind
from indicated.model.determination import FlipTarget
from indicated.model.fact import Outcome, Tolerance
from indicated.model.quantity import Quantity
from indicated.model.statement import FromEntry
from indicated.model.verdict import GapKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicated.explain.writer import Said, Writer
    from indicated.model.determination import Flip
    from indicated.model.fact import Fact
    from indicated.model.statement import Statement

_MOST, _MOST_SUPPOSED = 5, 3


def related(w: Writer) -> Said:
    """The questions, what would change the answer first."""
    ways = (_suppositions, _open, _alternatives, _conditions)
    return tuple(one for way in ways for one in way(w))[:_MOST]


def _suppositions(w: Writer) -> Iterator[Statement]:
    """What if: the smallest set that would help the finding, and the one that would help the policy; where none would
    help, the smallest that would speak against the request.
    """
    plain = [flip for flip in w.d.flips if _is_plain(flip)]
    helping = [flip for flip in plain if not is_worse(w, flip.target, flip.to)]
    for target in (FlipTarget.FINDING, FlipTarget.POLICY):
        said = next((words for flip in helping or plain if flip.target is target and (words := _supposed(w, flip))), "")
        if said:
            proved = (w.trace("flips", target), FromEntry("flips", said))
            yield from w.say("related.what_if", proved, supposed=said)


def _is_plain(flip: Flip) -> bool:
    """Whether the set is small, hangs on nobody's judgement and contradicts nothing on record."""
    told = not judged(flip) and not any(change.known or change.facts[1:] for change in flip.changes)
    return told and len(flip.changes) <= _MOST_SUPPOSED


def _supposed(w: Writer, flip: Flip) -> str:
    """The set in words that reading understands; nothing where one of its facts has none."""
    said = [_in_words(w, change.fact) for change in flip.changes]
    return w.book.series(said) if all(said) else ""


def _in_words(w: Writer, fact: Fact) -> str:
    if fact.concept not in w.knowledge.vocabulary:
        return ""
    label = w.words.short(fact.concept)
    if fact.therapy is not None:
        outcome = {Outcome.FAILED: "failed"}.get(fact.therapy.outcome, "")
        outcome = outcome or {Tolerance.INTOLERANT: "intolerant"}.get(fact.therapy.tolerance, "")
        return w.book.words(f"related.{outcome}", label=label) if outcome else ""
    if fact.value is not None:
        edge = _edge(fact.value)
        return w.book.words("related.value", label=label, value=w.words.quantity(edge)) if edge is not None else ""
    if fact.result is not None:
        return w.book.words("related.result", label=label, result=w.book.word("result", fact.result))
    return w.book.words("related.absent" if fact.absent else "related.present", label=label)


def _edge(value: Quantity) -> Quantity | None:
    """The end of a range that lies in it."""
    if value.low is not None and not value.low_open:
        return Quantity.of(value.low, value.unit)
    if value.high is not None and not value.high_open:
        return Quantity.of(value.high, value.unit)
    return None


def _open(w: Writer) -> Iterator[Statement]:
    """What the record says of the first thing that it is unclear about."""
    vocabulary = w.knowledge.vocabulary
    unclear = (gap.about for gap in w.d.gaps if gap.kind is not GapKind.NOT_DOCUMENTED and gap.about in vocabulary)
    about = next((one for one in unclear if vocabulary[one].kind is not Kind.DEMOGRAPHIC), "")
    if about:
        label = w.words.short(about)
        yield from w.say("related.record", (w.trace(about, "open"),), about=label)


def _alternatives(w: Writer) -> Iterator[Statement]:
    """The first other treatment with a name that the record does not show as tried."""
    named = [one.alternative for one in w.d.untried if one.alternative.concepts and not one.ruled_out]
    for one in named[:1]:
        label = w.words.short(one.concepts[0])
        proved = (w.trace(one.concepts[0], "not tried"), *w.sources(one.cite))
        yield from w.say("related.alternative", proved, drug=label)


def _conditions(w: Writer) -> Iterator[Statement]:
    """The next condition that the facts reach."""
    for weighed in w.d.weighed[1:2]:
        conditions = w.knowledge.standard_table[weighed.standard].conditions
        if conditions:
            label = w.words.short(conditions[0])
            yield from w.say("related.condition", (w.trace(weighed.standard, weighed.finding),), condition=label)
