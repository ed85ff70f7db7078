"""Signs written beside names: `-chills, +fever` denies the one and claims the other, `0 joint swelling` denies, and so
does the dash of `AChR+, MuSK-`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Assertion, Cue, Polarity
from indicated.model.concept import Kind
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from indicated.reading.scene import Sentence
    from indicated.reading.view import View

_SIGN = lazily(r"(?<![^\s,;:(/])[+-](?=[a-z])")
_ZERO = lazily(r"(?:^|[,;:(/\n|] ?)(0) $")
_LESS = lazily(r" ?-(?=[,;.)/]|$)|-(?=\s)(?!\s\d)")
_CLINICAL = frozenset((Kind.CONDITION, Kind.FINDING))
_FEWEST = 2


def signed(  # noqa: PLR0913, PLR0917 - a mention with all that decides how it is said
    view: View, sentence: Sentence, start: int, end: int, kind: Kind, said: Assertion
) -> Assertion:
    """How a mention at `start` to `end` is said, with the sign before it, or the dash right after an antibody. One dash
    alone is a mark of a list, and so are dashes before diseases where no plus stands beside them.
    """
    flat = view.flat
    sign = flat[start - 1 : start]
    if kind is Kind.ANTIBODY and _LESS.match(flat, end):
        return _told(view, end, Polarity.ABSENT, said)
    if kind is Kind.FINDING and flat[start - 2 : start] == "0 ":
        zero = _ZERO.search(flat[max(sentence.start, start - 4) : start])
        return said if zero is None else _told(view, start - 2, Polarity.ABSENT, said)
    if sign not in ("+", "-") or kind not in _CLINICAL:
        return said
    signs = [one.group() for one in _SIGN.finditer(flat, sentence.start, sentence.end)]
    if len(signs) < _FEWEST or _SIGN.match(flat, start - 1) is None:
        return said
    if sign == "-" and "+" not in signs and kind is not Kind.FINDING:
        return said
    return _told(view, start - 1, Polarity.PRESENT if sign == "+" else Polarity.ABSENT, said)


def _told(view: View, at: int, polarity: Polarity, said: Assertion) -> Assertion:
    others = tuple(cue for cue in said.because if cue.axis != "polarity")
    first, last = view.span(at, at + 1)
    return replace(said, polarity=polarity, because=(*others, Cue("polarity", polarity, "sign", first, last)))
