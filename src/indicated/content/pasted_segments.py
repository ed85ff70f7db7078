"""A line into segments: one thing asked for each, what is said of it, and how the segments are joined.

`elevated CK or aldolase` are two segments, the second with the first one's predicate; `A were tried and were
ineffective or not tolerated` is one, with everything said of A.
"""

from __future__ import annotations

import re

from indicated.content.pasted_bits import CLOSE, CODES, COMMA, CONCEPT, NAMING, OPEN, SEMICOLON
from indicated.content.pasted_lexicon import Bit, Lexicon
from indicated.content.pasted_numbers import (
    AGE_LIMIT,
    APART,
    COUNT,
    DAYS,
    EVERY,
    LASTING,
    LIMIT,
    PERIOD,
    TIMES,
    UNREAD,
    WINDOW,
)
from indicated.model.concept import Kind, Vocabulary
from indicated.model.policy_words import WordRole

DRUGS = frozenset((Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT))
TESTS = frozenset((Kind.LAB, Kind.ANTIBODY, Kind.STUDY, Kind.IMAGING, Kind.PATHOLOGY, Kind.SCALE))
TRIED, RESULT, NOT, NOW, PRESENT = (role.value for role in (
    WordRole.TRIED, WordRole.RESULT, WordRole.NOT, WordRole.NOW, WordRole.PRESENT))  # fmt: skip
PREDICATES = frozenset((TRIED, RESULT, NOT, NOW, PRESENT))
DETAILS = frozenset((LASTING, WINDOW, TIMES, APART))
OWN = frozenset((
    CODES, AGE_LIMIT, WordRole.SPECIALIST.value, WordRole.RESPONSE.value, WordRole.AGE_GROUP.value, WordRole.TERM.value,
    LIMIT, EVERY, WordRole.RHYTHM.value, PERIOD, UNREAD, WordRole.WEIGHT.value, WordRole.AGE.value, WordRole.DOSE.value,
    WordRole.PERIOD.value,
))  # fmt: skip
"""Roles that ask for something by themselves."""

_WORD = re.compile(r"[^\W_](?:[\w'/.-]*[^\W_])?")
_JOINTS = frozenset(
    (WordRole.AND.value, WordRole.OR.value, WordRole.WITH.value, COMMA, SEMICOLON, WordRole.SHOWN_BY.value)
)
_MOST_QUALIFYING = 2


class Segment:
    """One thing that a line asks for. `targets` are concept mentions, `given` predicates taken over from a neighbour,
    `examples` concepts that are only examples, `detail` whether it defines the one before it.
    """

    __slots__ = (
        "bits",
        "detail",
        "end",
        "examples",
        "given",
        "joint",
        "start",
        "strength",
        "targets",
        "unused",
        "words",
    )

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.bits: list[Bit] = []
        self.targets: list[tuple[str, ...]] = []
        self.examples: list[tuple[str, ...]] = []
        self.given: list[Bit] = []
        self.words: list[str] = []
        self.unused: list[str] = []
        self.joint, self.strength = "", 0
        self.detail = False

    def having(self, *roles: str) -> list[Bit]:
        """The bits of these roles, its own first, then those given to it."""
        return [bit for bit in (*self.bits, *self.given) if bit.role in roles]

    @property
    def said(self) -> list[Bit]:
        """Its own predicates."""
        return [bit for bit in self.bits if bit.role in PREDICATES]

    @property
    def asks(self) -> bool:
        """Whether it names anything to ask for."""
        return bool(self.targets or self.examples or any(bit.role in OWN for bit in self.bits))

    def absorb(self, other: Segment) -> None:
        """Take in what another segment says; its words are this one's."""
        self.bits += other.bits
        self.targets += other.targets
        self.examples += other.examples
        self.words += other.words
        self.unused += other.unused
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)


class Splitter:
    """Splits the bits of one stretch of a line into segments."""

    __slots__ = ("_lexicon", "_vocabulary", "clean", "lowered")

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, clean: str, lowered: str) -> None:
        self._lexicon, self._vocabulary, self.clean, self.lowered = lexicon, vocabulary, clean, lowered

    def split(self, bits: list[Bit], start: int, end: int) -> list[Segment]:
        """The segments with their joints (`and` or `or` to the next one, with its strength), predicates handed on."""
        ignored: list[tuple[int, int]] = []
        flat = self._without_examples(self._without_brackets(bits, ignored), end, ignored)
        segments = self._cut(flat, start, end)
        for segment in segments:
            self._note_words(segment, ignored)
        segments = self._merge(segments)
        _settle_joints(segments)
        self._hand_on(segments)
        return segments

    def kind(self, concept: str) -> Kind | None:
        """The concept's kind, None when the vocabulary does not have it."""
        return self._vocabulary[concept].kind if concept in self._vocabulary else None

    def _without_brackets(self, bits: list[Bit], ignored: list[tuple[int, int]]) -> list[Bit]:
        """Brackets resolved: examples marked, abbreviations and asides dropped, limits and codes kept."""
        flat: list[Bit] = []
        at = 0
        while at < len(bits):
            if bits[at].role != OPEN:
                if bits[at].role != CLOSE:
                    flat.append(bits[at])
                at += 1
                continue
            close = next((i for i in range(at + 1, len(bits)) if bits[i].role in (CLOSE, OPEN)), len(bits))
            if close < len(bits) and bits[close].role == OPEN:
                at += 1
                continue
            inner = bits[at + 1 : close]
            finish = bits[close].end if close < len(bits) else (inner[-1].end if inner else bits[at].end)
            flat += self._bracket(inner, flat, (bits[at].start, finish), ignored)
            at = close + 1
        return flat

    def _bracket(
        self, inner: list[Bit], before: list[Bit], span: tuple[int, int], ignored: list[tuple[int, int]]
    ) -> list[Bit]:
        roles = {bit.role for bit in inner}
        if not inner:
            if span[1] - span[0] <= 4:  # noqa: PLR2004  (`(s)`, `(CK)`: a plural or a short form of what stands before)
                ignored.append(span)
            return []
        if inner[0].role == WordRole.EXAMPLE:
            ignored.append(span)
            return [bit._replace(role="example_of") for bit in inner if bit.role == CONCEPT]
        if CODES in roles:
            ignored.append(span)
            return [bit for bit in inner if bit.role == CODES]
        if inner[0].role in (WordRole.AND, WordRole.OR) or roles & {
            WordRole.NOT.value,
            WordRole.TRIED.value,
            WordRole.GROUP.value,
        }:
            return inner
        if roles & OWN:
            return [Bit(span[0], span[0] + 1, "detail"), *inner]
        if CONCEPT not in roles and NAMING not in roles:
            return [bit for bit in inner if bit.role in DETAILS]
        ignored.append(span)
        return self._apposition([bit for bit in inner if bit.role == CONCEPT], before)

    def _apposition(self, named: list[Bit], before: list[Bit]) -> list[Bit]:
        """Concepts in brackets: a short form of the one before, kinds of it that alone are meant, or its meaning."""
        last = next((bit for bit in reversed(before) if bit.role in (CONCEPT, *_JOINTS)), None)
        if last is None or last.role != CONCEPT:
            return [bit._replace(role="meaning") for bit in named]
        narrower = [
            bit for bit in named
            if any(self._vocabulary.is_a(bit.values[0], broad) and bit.values[0] != broad for broad in last.values)
        ]  # fmt: skip
        return [bit._replace(role="narrowed") for bit in narrower]

    def _without_examples(self, bits: list[Bit], end: int, ignored: list[tuple[int, int]]) -> list[Bit]:
        """`such as A, B or C`: the concepts up to the next predicate are examples."""
        flat: list[Bit] = []
        since: int | None = None
        for bit in bits:
            if since is None:
                if bit.role == WordRole.EXAMPLE:
                    since = bit.start
                else:
                    flat.append(bit)
                continue
            if bit.role == CONCEPT:
                flat.append(bit._replace(role="example_of"))
            elif bit.role == SEMICOLON or bit.role in PREDICATES or bit.role in OWN or bit.role in DETAILS:
                ignored.append((since, bit.start))
                since = None
                flat.append(bit)
        if since is not None:
            ignored.append((since, end))
        return flat

    def _cut(self, bits: list[Bit], start: int, end: int) -> list[Segment]:
        """Segments between joints; a predicate that looks forward, after something was named, also begins one."""
        segments = [Segment(start, end)]
        for at, bit in enumerate(bits):
            now = segments[-1]
            if bit.role in _JOINTS or bit.role == "detail":
                now.end = bit.start
                _joint(now, bit.role)
                if now.bits or now.targets or now.examples or self.lowered[now.start : now.end].strip(" ,;:.-"):
                    segments.append(Segment(bit.end, end))
                    segments[-1].detail = bit.role in ("detail", WordRole.SHOWN_BY)
                else:
                    now.start = bit.end
                    now.joint = now.joint if len(segments) == 1 else ""
                    if len(segments) > 1:
                        _joint(segments[-2], bit.role)
                continue
            if bit.role in PREDICATES and now.targets and self._looks_forward(bit, bits[at + 1 :]):
                now.end = bit.start
                now.joint, now.strength = "and", 1
                segments.append(Segment(bit.start, end))
                now = segments[-1]
            _take(now, bit)
        return segments

    def _looks_forward(self, bit: Bit, rest: list[Bit]) -> bool:
        """Whether a predicate speaks of what follows: a concept that fits comes before the next joint."""
        for after in rest:
            if after.role in _JOINTS or after.role in (TRIED, RESULT):
                return False
            if after.role == CONCEPT:
                return bit.side != "backward" and fits(bit, self.kind(after.values[0]))
        return False

    def _note_words(self, segment: Segment, ignored: list[tuple[int, int]]) -> None:
        """The words of a segment that no bit explains (`words`) and those that only qualify (`unused`)."""
        at = segment.start
        spans = sorted([(bit.start, bit.end, bit.role) for bit in segment.bits] + [(s, e, "") for s, e in ignored])
        for start, end, role in [*spans, (segment.end, segment.end, "")]:
            if start > at:
                segment.words += self._content_words(at, min(start, segment.end))
            if role == WordRole.QUALIFIER:
                segment.unused += self._content_words(start, end)
            at = max(at, end)

    def _content_words(self, start: int, end: int) -> list[str]:
        found = (self.clean[match.start() : match.end()] for match in _WORD.finditer(self.clean, start, end))
        return [word for word in found if word.lower().strip("'.-") not in self._lexicon.stop and not word.isdigit()]

    def _merge(self, segments: list[Segment]) -> list[Segment]:
        """Segments that ask for nothing of their own joined to those that do."""
        kept: list[Segment] = []
        waiting: list[Segment] = []
        for segment in segments:
            if self._is_idle(segment):
                _drop(segment, kept)
            elif self._only_says(segment):
                if kept and (kept[-1].targets or kept[-1].asks) and not _opens(segment, kept[-1]):
                    _append(kept[-1], segment)
                else:
                    waiting.append(segment)
            elif kept and self._belongs(kept[-1], segment):
                _append(kept[-1], segment)
            else:
                for early in waiting:
                    segment.absorb(early)
                waiting = []
                kept.append(segment)
        for early in waiting:
            if kept:
                _append(kept[-1], early)
            else:
                kept.append(early)
        return kept

    def _is_idle(self, segment: Segment) -> bool:
        return not (segment.asks or segment.words or segment.said or _details(segment))

    def _only_says(self, segment: Segment) -> bool:
        """Whether a segment only says something of what a neighbour names (`or not tolerated`)."""
        return not segment.asks and bool(segment.said or _details(segment)) and len(segment.words) <= _MOST_QUALIFYING

    def _belongs(self, before: Segment, segment: Segment) -> bool:
        """Whether a segment only adds codes to the one before, or only qualifies it."""
        if _only_codes(segment) and before.having(CODES):
            return True
        if segment.asks or not self._qualifies(before, segment):
            return False
        segment.unused += segment.words
        segment.words = []
        return True

    def _qualifies(self, before: Segment, segment: Segment) -> bool:
        """Whether a segment of unknown words only qualifies the one before (`of the upper or lower limbs or trunk`)."""
        if segment.said or not before.targets or len(segment.words) > _MOST_QUALIFYING:
            return False
        if segment.bits and segment.bits[0].role == WordRole.PREPOSITION:
            return True
        if len(segment.words) == 1 and segment.words[0].lower().endswith(self._lexicon.adjectives):
            return True
        places = [bit.start for bit in before.bits if bit.role == WordRole.PREPOSITION]
        last = max((bit.start for bit in before.bits if bit.role == CONCEPT), default=-1)
        return bool(places) and max(places) > last and before.joint != "with"

    def _hand_on(self, segments: list[Segment]) -> None:
        """Give each segment without a predicate the fitting one of its neighbours."""
        for at, segment in enumerate(segments):
            term = any(bit.role == WordRole.TERM for bit in segment.bits)
            if not (segment.targets or segment.examples or term) or segment.said:
                continue
            if any(bit.role in OWN and bit.role != WordRole.TERM for bit in segment.bits):
                continue
            kinds = {self.kind(concept) for target in (*segment.targets, *segment.examples) for concept in target}
            kinds |= {Kind.DRUG_CLASS} if term else set()
            self._from_before(segments, at, kinds)
            if not segment.given:
                self._from_after(segments, at, kinds)

    def _from_before(self, segments: list[Segment], at: int, kinds: set[Kind | None]) -> None:
        for index in range(at - 1, -1, -1):
            other = segments[index]
            if other.joint == "with" or other.strength >= _SEMI:
                return
            if other.said:
                forward = [
                    bit for bit in other.said if _before_target(bit, other) and any(fits(bit, kind) for kind in kinds)
                ]
                segments[at].given = forward + ([bit for bit in other.bits if bit.role in DETAILS] if forward else [])
                return
            if other.given:
                segments[at].given = [bit for bit in other.given if any(fits(bit, kind) for kind in kinds)]
                return

    def _from_after(self, segments: list[Segment], at: int, kinds: set[Kind | None]) -> None:
        for other in segments[at:]:
            if other is not segments[at] and other.said:
                backward = [
                    bit for bit in other.said
                    if bit.role != PRESENT and not _before_target(bit, other) and any(fits(bit, kind) for kind in kinds)
                ]  # fmt: skip
                segments[at].given = backward + ([bit for bit in other.bits if bit.role in DETAILS] if backward else [])
                return
            if other.joint == "with" or other.strength >= _SEMI:
                return


_WITH, _COMMA, _SEMI = 5, 10, 100


def fits(bit: Bit, kind: Kind | None) -> bool:
    """Whether a predicate can be said of a concept of this kind."""
    if bit.role in (TRIED, NOW):
        return kind in DRUGS or kind is Kind.PROCEDURE
    if bit.role == RESULT:
        return kind in TESTS
    return True


def _take(segment: Segment, bit: Bit) -> None:
    segment.bits.append(bit)
    if bit.role in (CONCEPT, "meaning"):
        segment.targets.append(bit.values)
    elif bit.role == "example_of":
        segment.examples.append(bit.values)
    elif bit.role == "narrowed":
        segment.examples.append(("narrowed", *bit.values))


def _joint(segment: Segment, role: str) -> None:
    """Note what stands after a segment: the word decides which way, a comma or semicolon how loosely."""
    if role == COMMA:
        segment.strength += _COMMA
    elif role == SEMICOLON:
        segment.strength += _SEMI
    elif role in (WordRole.AND, WordRole.OR):
        segment.joint = str(role)
        segment.strength += 1 if role == WordRole.AND else 2
    else:
        segment.joint = "with"
        segment.strength += _WITH


def _append(segment: Segment, other: Segment) -> None:
    segment.absorb(other)
    segment.joint, segment.strength = other.joint, other.strength


def _only_codes(segment: Segment) -> bool:
    return not segment.words and bool(segment.bits) and all(bit.role in (CODES, WordRole.CODE) for bit in segment.bits)


def _drop(segment: Segment, kept: list[Segment]) -> None:
    """A segment that asks for nothing leaves its joint, and its qualifying words, to the one before it."""
    if kept and segment.unused:
        _append(kept[-1], segment)
    elif kept and segment.joint:
        kept[-1].joint, kept[-1].strength = segment.joint, max(kept[-1].strength, segment.strength)


def _details(segment: Segment) -> bool:
    return any(bit.role in DETAILS or bit.role in (COUNT, DAYS) for bit in segment.bits)


def _opens(segment: Segment, before: Segment) -> bool:
    """Whether a segment that only says something speaks of what follows it and not of the one before."""
    said = segment.said
    if any(bit.side == "forward" and bit.role != PRESENT for bit in said):
        return True
    own = {bit.role for bit in before.said} | {bit.role for bit in before.given}
    listed = {bit.role for bit in said}
    return bool(listed) and listed <= {NOT, PRESENT, NOW} and not own & {TRIED, RESULT}


def _before_target(bit: Bit, segment: Segment) -> bool:
    """Whether a predicate stands before what its segment names (or its segment names nothing)."""
    first = min(
        (b.start for b in segment.bits if b.role in (CONCEPT, "meaning", "example_of", WordRole.TERM)), default=bit.end
    )
    return bit.start < first


def _settle_joints(segments: list[Segment]) -> None:
    """A comma alone joins as the next word does, and as loosely; where no word comes, as `and`."""
    joint, strength = "and", 1
    for segment in reversed(segments):
        if segment.joint:
            joint, strength = segment.joint, segment.strength % _SEMI
            joint = "and" if joint == "with" else joint
        else:
            segment.joint = joint
            segment.strength = strength + segment.strength // _SEMI * _SEMI
    if segments:
        segments[-1].joint, segments[-1].strength = "", 0
