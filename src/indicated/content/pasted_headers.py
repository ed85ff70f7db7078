"""A line that opens a group: what joins the items below it, what it asks for itself, and what it says of them."""

from __future__ import annotations

from typing import NamedTuple

from indicated.content.pasted_bits import COLON, COMMA, CONCEPT, SEMICOLON
from indicated.content.pasted_join import leaves_of
from indicated.content.pasted_lexicon import Bit
from indicated.content.pasted_roles import DETAILS, NOT, PREDICATES, PRESENT, TRIED
from indicated.content.pasted_rules import Reader, Reading
from indicated.content.pasted_targets import Context
from indicated.model.policy_words import WordRole
from indicated.model.rule import Judged, Rule

_AND = WordRole.AND.value
_ADDS = frozenset((WordRole.AND.value, WordRole.WITH.value))
_ENDS = frozenset(
    (WordRole.AND.value, WordRole.OR.value, WordRole.WITH.value, WordRole.SHOWN_BY.value, COMMA, SEMICOLON, COLON)
)


class Span(NamedTuple):
    """A stretch of the clean text with its bits."""

    bits: list[Bit]
    start: int
    end: int


class Header(NamedTuple):
    """`group` is (kind, number), None when no word says it; `own` what the line asks for beside its items; `given` the
    predicates that speak of the items; `rest` what stands after the group word; `label` the words before it, `dropped`
    whether they name something that is not asked for beside the items.
    """

    group: tuple[str, int] | None
    own: Rule | None
    given: tuple[Bit, ...]
    rest: Span
    unused: tuple[str, ...]
    label: str
    joined: str
    dropped: bool = False


def group_of(bit: Bit) -> tuple[str, int]:
    """The kind of a group word and its number."""
    kind = bit.values[0]
    count = int(bit.values[1]) if len(bit.values) > 1 else 0
    return ("any", 0) if kind == "at_least" and count == 1 else (kind, count)


def trailing_joint(span: Span, clean: str) -> tuple[Span, str]:
    """The span without the `; and` at its end, and that word."""
    bits, end, word = list(span.bits), span.end, ""
    while bits and (bits[-1].role in _ENDS) and not clean[bits[-1].end : end].strip(" .:*_"):
        last = bits.pop()
        if last.role in (WordRole.AND, WordRole.OR):
            word = word or str(last.role)
        end = last.start
    return Span(bits, span.start, end), word


def leading_joint(span: Span, clean: str) -> tuple[Span, str]:
    """The span without an `OR` that begins it, and that word."""
    if (
        span.bits
        and span.bits[0].role in (WordRole.AND, WordRole.OR)
        and not clean[span.start : span.bits[0].start].strip(" *_")
    ):
        first = span.bits[0]
        return Span(span.bits[1:], first.end, span.end), str(first.role)
    return span, ""


def cut_at(span: Span, at: int) -> tuple[Span, Span]:
    """What stands before the bit at this index and after it."""
    bit = span.bits[at]
    return Span(span.bits[:at], span.start, bit.start), Span(span.bits[at + 1 :], bit.end, span.end)


def read_header(span: Span, reader: Reader, context: Context, clean: str, *, last: bool) -> Header:
    """Read a line as a header. `last`: its items stand below, so that the last group word opens them."""
    groups = [at for at, bit in enumerate(span.bits) if bit.role == WordRole.GROUP]
    if groups:
        at = groups[-1] if last else groups[0]
        group: tuple[str, int] | None = group_of(span.bits[at])
        before, rest = cut_at(span, at)
    else:
        colons = [at for at, bit in enumerate(span.bits) if bit.role == COLON]
        group = None
        before, rest = cut_at(span, colons[0]) if colons and not last else (span, Span([], span.end, span.end))
    label, joint = _label(before, clean)
    heads = group is not None or clean[label.end - 1 : span.end].rstrip().endswith((":", "-"))
    own, given, unused = _own(label, joint, reader, context, heads=heads)
    dropped = own is None and any(bit.role == CONCEPT for bit in label.bits) and not given
    if last:
        after = reader.read(rest.bits, rest.start, rest.end, Context(context.terms))
        given += after.given if after.rule is None else _predicates(rest.bits)
    given = tuple(bit for bit in given if bit.role in PREDICATES or bit.role in DETAILS)
    if group is not None and group[0] in ("any", "all") and any(bit.role == NOT for bit in given):
        group, given = ("none", 0), tuple(bit for bit in given if bit.role != NOT)
    return Header(group, own, given, rest, unused, reader.text(label.start, label.end), joint, dropped)


def _label(before: Span, clean: str) -> tuple[Span, str]:
    """The words before the group, without the word that joins them to it, and that word."""
    bits, end, joint = list(before.bits), before.end, ""
    while bits and bits[-1].role in _ENDS and not clean[bits[-1].end : end].strip(" .:-–—*_("):
        joint = joint or (bits[-1].role if bits[-1].role in _ADDS or bits[-1].role == WordRole.SHOWN_BY else "")
        end = bits.pop().start
    return Span(bits, before.start, end), joint


def _own(
    label: Span, joint: str, reader: Reader, context: Context, *, heads: bool
) -> tuple[Rule | None, tuple[Bit, ...], tuple[str, ...]]:
    """What the words before the group ask for, what they say of the items, and which of them were not used."""
    said = _predicates(label.bits)
    reading = reader.read(label.bits, label.start, label.end, context)
    if reading.rule is None:
        return None, said, reading.unused
    structured = not isinstance(reading.rule, Judged)
    asks = any(bit.role not in DETAILS for bit in said) or any(
        not isinstance(leaf, Judged) and not _is_named(leaf) for leaf in leaves_of(reading.rule)
    )
    if structured and (not heads or joint in _ADDS or joint == WordRole.SHOWN_BY or asks):
        return reading.rule, _carried(said, joint), reading.unused
    if structured:
        return None, (), ()
    if said and any(bit.role != PRESENT for bit in said):
        return None, said, _words(reading)
    if joint in _ADDS:
        return reading.rule, (), ()
    return None, said, ()


def _carried(said: tuple[Bit, ...], joint: str) -> tuple[Bit, ...]:
    """What a header says of its own drug and, after `and`, of the items as well (`failure of A and one of: ...`)."""
    tried = any(bit.role == TRIED and bit.side != "backward" for bit in said)
    return tuple(bit for bit in said if bit.role == TRIED or bit.role in DETAILS) if tried and joint == _AND else ()


def _is_named(rule: Rule) -> bool:
    """Whether a leaf only names a concept."""
    return type(rule).__name__ in ("Has", "RequestIs", "Tried", "ResultIs")


def _words(reading: Reading) -> tuple[str, ...]:
    return reading.unused


def _predicates(bits: list[Bit]) -> tuple[Bit, ...]:
    return tuple(bit for bit in bits if bit.role in PREDICATES or bit.role in DETAILS)
