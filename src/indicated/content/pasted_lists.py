"""Lists that say what counts (`systemic inflammation (fever or elevated CRP)`) and lists of examples (`such as ...`).

Each becomes one bit with its rule, so that the words around it are read as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from indicated.content.pasted_bits import CLOSE, CODES, COMMA, CONCEPT, NAMING, OPEN, SEMICOLON
from indicated.content.pasted_join import leaves_of
from indicated.content.pasted_lexicon import Bit
from indicated.content.pasted_numbers import LIMIT
from indicated.content.pasted_roles import (
    DETAILS,
    DRUGS,
    JOINTS,
    NOT,
    NOW,
    OWN,
    PREDICATES,
    PRESENT,
    RESULT,
    RULED,
    TRIED,
)
from indicated.model.concept import Kind, Vocabulary
from indicated.model.policy_words import PolicyWords, WordRole
from indicated.model.rule import Any, Has, Judged, Measured, ResultIs, Rule

_ENDS = frozenset((SEMICOLON, OPEN, CLOSE, TRIED, NOT, NOW, *DETAILS, *(OWN - {LIMIT})))
_OPENS = frozenset((OPEN, WordRole.EXAMPLE.value, WordRole.SHOWN_BY.value))
_MOST = 60
_SORTS = frozenset((Kind.FINDING, Kind.CONDITION))


class Listed(NamedTuple):
    """What a stretch says by itself: its rule, the rules of its parts, words not used, notes."""

    rule: Rule | None
    parts: tuple[Rule, ...]
    unused: tuple[str, ...]
    notes: tuple[str, ...]


Read = Callable[[list[Bit], int, int, tuple[Bit, ...]], Listed]
"""Reads a stretch of its own: bits, start, end, and the predicates that its parts may take."""


class Lists:
    """Finds the lists of one line and puts a bit with a rule in the place of each."""

    __slots__ = ("_kept", "_told_by", "clean", "vocabulary")

    def __init__(self, words: PolicyWords, vocabulary: Vocabulary, clean: str) -> None:
        self.vocabulary, self.clean = vocabulary, clean
        self._kept = words.kept_labels
        self._told_by = {entry.concept: entry.by for entry in words.told_by}

    def decides(self, label: Rule, listed: Rule) -> bool:
        """Whether a list says what its label means, so that it decides alone: the label is a finding, or a condition
        that the measurements listed define.
        """
        named = list(leaves_of(label))
        if not all(isinstance(leaf, Has) and not leaf.now for leaf in named):
            return False
        asked = list(leaves_of(listed))
        if all(isinstance(leaf, Judged) for leaf in asked):
            return False
        return all(isinstance(leaf, Has) and self._meant(leaf.concept, asked) for leaf in named)

    def _meant(self, concept: str, asked: list[Rule]) -> bool:
        if self.kinds((concept,)) == {Kind.FINDING}:
            return not any(self.vocabulary.is_a(concept, broad) for broad in self._kept)
        by = self._told_by.get(concept, ())
        return bool(by) and all(
            isinstance(leaf, Measured | ResultIs) and any(self.vocabulary.is_a(leaf.concept, lab) for lab in by)
            for leaf in asked
        )

    def replace(self, bits: list[Bit], end: int, read: Read) -> tuple[list[Bit], list[str]]:
        """The bits with every such list as one bit, and notes on what was done."""
        if not any(bit.role in _OPENS for bit in bits):
            return bits, []
        line = _Line(self, bits, end, read)
        line.read_all()
        return line.made, line.notes

    def kinds(self, concepts: Iterable[str]) -> set[Kind]:
        """The kinds of concepts; those that the vocabulary does not have are left out."""
        return {self.vocabulary[concept].kind for concept in concepts if concept in self.vocabulary}

    def counts(self, inner: list[Bit], label: Bit | None) -> bool:
        """Whether what stands in a bracket lists what counts, and is no short form, code or kind of what it follows."""
        roles = {bit.role for bit in inner}
        named = [concept for bit in inner if bit.role == CONCEPT for concept in bit.values]
        if not named or inner[0].role in (WordRole.AND, WordRole.OR, WordRole.EXAMPLE, WordRole.DEFINES):
            return False
        if roles & {CODES, TRIED, NOT, WordRole.GROUP.value, WordRole.EXAMPLE.value}:
            return False
        if not (roles & {RESULT, LIMIT}) and len(named) < 2:  # noqa: PLR2004
            return False
        if label is None:
            return len(named) > 1
        if not self.kinds(label.values) & _SORTS:
            return False
        return not any(self.vocabulary.is_a(one, broad) for one in named for broad in label.values)


class _Line:
    """One line while its lists are being replaced."""

    __slots__ = ("_bits", "_end", "_lists", "_read", "made", "notes")

    def __init__(self, lists: Lists, bits: list[Bit], end: int, read: Read) -> None:
        self._lists, self._bits, self._end, self._read = lists, bits, end, read
        self.made: list[Bit] = []
        self.notes: list[str] = []

    def read_all(self) -> None:
        """Every bit of the line."""
        at, bits = 0, self._bits
        while at < len(bits):
            bit = bits[at]
            stop = 0
            if bit.role == OPEN:
                stop = self._bracket(at)
            elif bit.role == WordRole.EXAMPLE:
                stop = _examples_end(bits, at)
                stop = stop if self._examples(bits[at + 1 : stop], bit, self._start(stop)) else 0
            elif bit.role == WordRole.SHOWN_BY and bit.values:
                stop = self._shown(at)
            if not stop:
                self.made.append(bit)
            at = stop or at + 1

    def _start(self, at: int) -> int:
        return self._bits[at].start if at < len(self._bits) else self._end

    def _bracket(self, at: int) -> int:
        """One bracket; the index of the bit after it, 0 when it is no such list."""
        bits = self._bits
        close = next((i for i in range(at + 1, min(len(bits), at + _MOST)) if bits[i].role in (CLOSE, OPEN)), 0)
        inner = bits[at + 1 : close]
        if not inner or bits[close].role == OPEN:
            return 0
        if inner[0].role == WordRole.EXAMPLE:
            return close + 1 if self._examples(inner[1:], bits[at], bits[close].end) else 0
        label = _label(self.made)
        if not self._lists.counts(inner, label):
            return 0
        listed = self._read(inner, inner[0].start, bits[close].start, _given(self.made, bits[close + 1 :]))
        return close + 1 if self._place(listed, label, (bits[at].start, bits[close].end)) else 0

    def _place(self, listed: Listed, label: Bit | None, span: tuple[int, int]) -> bool:
        """Put the list in: instead of its label where it says what that means, beside it otherwise."""
        rule = listed.rule
        if rule is None or all(isinstance(leaf, Judged) for leaf in leaves_of(rule)):
            return False
        whole = Bit(*span, RULED, listed.unused, rule=rule)
        if label is None:
            self.made.append(whole)
        elif _is_sign(self.made, label) or all(self._lists.decides(Has(concept), rule) for concept in label.values):
            self._instead(label, whole)
            self.notes.append(f"named:{self._lists.clean[label.start : label.end]}")
        else:
            self.made += [Bit(span[0], span[0], "detail"), whole]
        self.notes += listed.notes
        return True

    def _instead(self, label: Bit, whole: Bit) -> None:
        """Put a bit in the place of a label; what was said between the two stays."""
        at = _place_of(label, self.made)
        said = [bit for bit in self.made[at + 1 :] if bit.role != NAMING and bit.role not in JOINTS]
        self.made[at:] = [whole._replace(start=label.start), *said]

    def _shown(self, at: int) -> int:
        """`systemic inflammation as evidenced by fever or elevated CRP`: the list is what is asked for."""
        bits, label = self._bits, _label(self.made)
        stop = next((i for i in range(at + 1, len(bits)) if bits[i].role in (SEMICOLON, WordRole.GROUP)), len(bits))
        groups = stop < len(bits) and bits[stop].role == WordRole.GROUP
        if label is None or groups or stop == at + 1 or self._lists.kinds(label.values) != {Kind.FINDING}:
            return 0
        listed = self._read(bits[at + 1 : stop], bits[at].end, self._start(stop), ())
        asked = [getattr(leaf, "concept", "") for leaf in leaves_of(listed.rule or Judged(""))]
        sorts = self._lists.kinds(asked)
        if not all(asked) or Kind.STUDY in sorts:
            return 0
        return stop if self._place(listed, label, (bits[at].start, self._start(stop))) else 0

    def _examples(self, inner: list[Bit], opens: Bit, end: int) -> bool:
        """Examples that count beside what they are examples of; whether they were placed."""
        label, lists = _label(self.made), self._lists
        named = [concept for bit in inner if bit.role == CONCEPT for concept in bit.values]
        sorts = lists.kinds(named)
        if label is None or not named or sorts & DRUGS or not lists.kinds(label.values) & _SORTS:
            return False
        if all(lists.vocabulary.is_a(one, broad) for one in named for broad in label.values):
            return False
        if Kind.CONDITION in lists.kinds(label.values) and sorts != {Kind.CONDITION}:
            self.made.append(Bit(opens.start, end, WordRole.QUALIFIER.value))
            return True
        listed = self._read(inner, inner[0].start, end, ())
        own = self._read([label], label.start, label.end, ())
        parts = tuple(part for part in listed.parts if not isinstance(part, Judged))
        if own.rule is None or not parts:
            return False
        self._instead(label, Bit(0, end, RULED, listed.unused, rule=Any(tuple(dict.fromkeys((own.rule, *parts))))))
        self.notes += ["or_examples", *listed.notes]
        return True


def _label(made: list[Bit]) -> Bit | None:
    """The concept that the words just read name, if no joint stands between."""
    for bit in reversed(made):
        if bit.role == CONCEPT:
            return bit
        if bit.role in JOINTS and bit.role != COMMA:
            return None
        if bit.role in OWN or bit.role == RULED:
            return None
    return None


def _place_of(bit: Bit, made: list[Bit]) -> int:
    """The index of a bit, looked for from the end."""
    return next(at for at in range(len(made) - 1, -1, -1) if made[at] is bit)


def _is_sign(made: list[Bit], label: Bit) -> bool:
    """Whether only signs of what is named are asked for (`evidence of myositis (...)`)."""
    at = _place_of(label, made)
    return at > 0 and made[at - 1].role == PRESENT and bool(made[at - 1].values)


def _given(made: list[Bit], after: list[Bit]) -> tuple[Bit, ...]:
    """The predicates of the words around a bracket, which its list may take."""
    found: list[Bit] = []
    for side in (reversed(made), iter(after)):
        for bit in side:
            if bit.role in JOINTS:
                break
            if (bit.role in PREDICATES and bit.role != NOT) or bit.role in DETAILS:
                found.append(bit)
    return tuple(found)


def _examples_end(bits: list[Bit], at: int) -> int:
    """Where the examples that begin here end: at what says something of them all, or where the joining word changes."""
    word = ""
    for index in range(at + 1, len(bits)):
        bit = bits[index]
        if bit.role in _ENDS or bit.role == WordRole.WITH:
            return index - (bits[index - 1].role in JOINTS) if index > at + 1 else index
        if bit.role in (WordRole.AND, WordRole.OR):
            if word and bit.role != word:
                return index - (bits[index - 1].role in JOINTS)
            word = bit.role
    return len(bits)
