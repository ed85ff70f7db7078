"""What began some time ago goes on (`weakness began 3 months ago`), and what its opposite now stands beside is over
(`febrile on admission, now afebrile`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Assertion, Cue, Polarity, Time
from indicated.model.concept import Kind
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicated.model.concept import Vocabulary
    from indicated.reading.judge import Judge
    from indicated.reading.scene import Seen
    from indicated.reading.view import View

_CLINICAL = (Kind.CONDITION, Kind.FINDING)
_AGO = lazily(r"\bago\b|^last\b")
_BEGAN = lazily(
    r"[ ,(-]*(?:(?:that|which|was|were|has|had|have|been|first|gradually|insidiously|suddenly|acutely|symptoms?) )*"
    r"(?:beg[au]n|begin(?:ning)?|start(?:ed|ing)|appear(?:ed|ing)|onset|set in|came on|noticed|noted|diagnosed|"
    r"developed|emerged|arose|recogni[sz]ed|since)\b"
)
_BEGINNING = lazily(
    r"\b(?:beg[au]n|begin(?:ning)?|start(?:ed|ing)|noticed|noticing|onset of|diagnosed with|developed|developing|"
    r"presented with|became|becoming|found to have)(?: [a-z'-]+){0,3} $"
)
_NOW = lazily(
    r"\b(?:now|since|currently|today|tonight|presently|by|subsequently|thereafter|at discharge|this morning)\b"
)
_BEFORE, _AFTER = 48, 32


def still_or_over(view: View, judge: Judge, seen: list[Seen], vocabulary: Vocabulary) -> list[Seen]:
    """The mentions, those that began some time ago as of now, and those that are told to be otherwise now as over."""
    changed = [_going_on(view, judge, one) for one in seen]
    opposites = [at for at, one in enumerate(changed) if vocabulary[one.concept].against and _is_now(view, judge, one)]
    for at in opposites:
        against = vocabulary[changed[at].concept].against
        for back in range(at - 1, -1, -1):
            one = changed[back]
            if one.sentence < changed[at].sentence - 1:
                break
            if _holds_now(one) and any(vocabulary.is_a(one.concept, other) for other in against):
                changed[back] = one._replace(assertion=_ended(view, one.assertion, changed[at]))
    return changed


def _going_on(view: View, judge: Judge, one: Seen) -> Seen:
    """A sign or disease whose beginning is told of is there, unless the text says more."""
    said = one.assertion
    if said.time is not Time.PAST or one.kind not in _CLINICAL or said.polarity is not Polarity.PRESENT:
        return one
    told = next((cue for cue in said.because if cue.axis == "time" and cue.start is not None), None)
    if told is None or told.start is None or told.end is None:
        return one
    start, end = view.flat_span(told.start, told.end)
    if start < one.end or _AGO.search(view.flat[start:end]) is None:
        return one
    first = max(judge.sentences[one.sentence].start, one.start - _BEFORE)
    if _BEGAN.match(view.flat, one.end, start) is None and _BEGINNING.search(view.flat[first : one.start]) is None:
        return one
    because = tuple(cue for cue in said.because if cue is not told)
    return one._replace(assertion=replace(said, time=Time.CURRENT, because=because))


def _is_now(view: View, judge: Judge, one: Seen) -> bool:
    """Whether a word right before or after a mention says that it tells of now."""
    if not _holds_now(one):
        return False
    sentence = judge.sentences[one.sentence]
    first, last = max(sentence.start, one.start - _AFTER), min(sentence.end, one.end + _AFTER)
    before = view.flat[first : one.start].rpartition(",")[2]
    return _NOW.search(before) is not None or _NOW.search(view.flat, one.end, last) is not None


def _holds_now(one: Seen) -> bool:
    said = one.assertion
    return said.makes_fact and said.polarity is Polarity.PRESENT and said.time is Time.CURRENT


def _ended(view: View, said: Assertion, by: Seen) -> Assertion:
    others: Sequence[Cue] = tuple(cue for cue in said.because if cue.axis != "time")
    return replace(
        said,
        time=Time.RESOLVED,
        because=(*others, Cue("time", Time.RESOLVED, "opposite", *view.span(by.start, by.end))),
    )
