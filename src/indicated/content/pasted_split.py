"""A line into segments: one thing asked for each, what is said of it, and how the segments are joined.

`elevated CK or aldolase` are two segments, the second with the first one's predicate; `A were tried and were
ineffective or not tolerated` is one, with everything said of A.
"""

from __future__ import annotations

import re

from indicated.content.pasted_bits import CODES, CONCEPT
from indicated.content.pasted_brackets import Brackets
from indicated.content.pasted_lexicon import Bit, Lexicon
from indicated.content.pasted_numbers import LIMIT
from indicated.content.pasted_roles import DETAILS, JOINTS, OWN, PREDICATES, PRESENT, RESULT, TRIED, fits
from indicated.content.pasted_segments import (
    COMMAS,
    SEMI,
    Segment,
    append,
    before_target,
    details,
    drop,
    note_joint,
    only_codes,
    opens,
    settle_joints,
    take,
)
from indicated.model.concept import Kind, Vocabulary
from indicated.model.policy_words import WordRole

_WORD = re.compile(r"[^\W_](?:[\w'/.-]*[^\W_])?")
_MOST_QUALIFYING = 2
_FAR = 40
"""Segments over which one gives another its predicate: a longer list is none that a person wrote."""


class Splitter:
    """Splits the bits of one stretch of a line into segments."""

    __slots__ = ("_brackets", "_lexicon", "_vocabulary", "clean", "lowered")

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, clean: str, lowered: str) -> None:
        self._lexicon, self._vocabulary, self.clean, self.lowered = lexicon, vocabulary, clean, lowered
        self._brackets = Brackets(vocabulary)

    def split(self, bits: list[Bit], start: int, end: int) -> list[Segment]:
        """The segments with their joints (`and` or `or` to the next one, with its strength), predicates handed on."""
        ignored: list[tuple[int, int]] = []
        flat = self._brackets.examples(self._brackets.without(bits, ignored), end, ignored)
        segments = self._cut(flat, start, end)
        for segment in segments:
            self._note_words(segment, ignored)
        segments = self._merge(segments)
        settle_joints(segments)
        self._hand_on(segments)
        return segments

    def kind(self, concept: str) -> Kind | None:
        """The concept's kind, None when the vocabulary does not have it."""
        return self._vocabulary[concept].kind if concept in self._vocabulary else None

    def _cut(self, bits: list[Bit], start: int, end: int) -> list[Segment]:
        """Segments between joints; a predicate that looks forward, after something was named, also begins one."""
        segments = [Segment(start, end)]
        for at, bit in enumerate(bits):
            now = segments[-1]
            if bit.role in JOINTS or bit.role == "detail":
                now.end = bit.start
                note_joint(now, bit.role)
                now.contrast = now.contrast or (bit.role == WordRole.WITH and bool(bit.values))
                if now.bits or now.targets or now.examples or self.lowered[now.start : now.end].strip(" ,;:.-"):
                    shown = bit.role == WordRole.SHOWN_BY
                    segments.append(Segment(bit.start if shown else bit.end, end))
                    segments[-1].bits += [bit] if shown else []
                    segments[-1].detail = bit.role in ("detail", WordRole.SHOWN_BY)
                else:
                    now.start, now.end = bit.end, end
                    now.joint = now.joint if len(segments) == 1 else ""
                    if len(segments) > 1:
                        note_joint(segments[-2], bit.role)
                continue
            if bit.role in PREDICATES and now.targets and self._looks_forward(bit, bits[at + 1 :]):
                now.end = bit.start
                now.joint, now.strength, now.worded = "and", 1, True
                segments.append(Segment(bit.start, end))
                now = segments[-1]
            take(now, bit)
        return segments

    def _looks_forward(self, bit: Bit, rest: list[Bit]) -> bool:
        """Whether a predicate speaks of what follows: a concept that fits comes before the next joint."""
        for after in rest:
            if after.role in JOINTS or after.role in (TRIED, RESULT):
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
                drop(segment, kept)
            elif self._only_says(segment):
                if kept and (kept[-1].targets or kept[-1].asks) and not opens(segment, kept[-1]):
                    _share(kept, segment)
                    kept[-1].alternative = kept[-1].joint == WordRole.OR and bool(segment.said)
                    append(kept[-1], segment)
                else:
                    waiting.append(segment)
            elif kept and self._belongs(kept[-1], segment):
                append(kept[-1], segment)
            else:
                for early in waiting:
                    segment.absorb(early)
                waiting = []
                kept.append(segment)
        for early in waiting:
            if kept:
                append(kept[-1], early)
            else:
                kept.append(early)
        return kept

    def _is_idle(self, segment: Segment) -> bool:
        return not (segment.asks or segment.words or segment.said or details(segment))

    def _only_says(self, segment: Segment) -> bool:
        """Whether a segment only says something of what a neighbour names (`or not tolerated`)."""
        return not segment.asks and bool(segment.said or details(segment)) and len(segment.words) <= _MOST_QUALIFYING

    def _belongs(self, before: Segment, segment: Segment) -> bool:
        """Whether a segment only adds codes to the one before, or only qualifies it."""
        if only_codes(segment) and before.having(CODES):
            return True
        if segment.asks or not self._qualifies(before, segment):
            return False
        segment.unused += segment.words
        segment.words = []
        return True

    def _qualifies(self, before: Segment, segment: Segment) -> bool:
        """Whether a segment of unknown words only qualifies the one before (`of the upper or lower limbs or trunk`)."""
        if segment.said or not before.targets or before.strength >= SEMI or len(segment.words) > _MOST_QUALIFYING:
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
            if not segment.targets and segment.having(LIMIT):
                before = next((one for one in reversed(segments[:at]) if one.targets), None)
                if before is not None:
                    self._same_measure(before, segment)
            term = any(bit.role == WordRole.TERM for bit in segment.bits)
            if not (segment.targets or segment.examples or term) or (segment.said and not segment.alternative):
                continue
            if any(bit.role in OWN and bit.role != WordRole.TERM for bit in segment.bits):
                continue
            kinds = {self.kind(concept) for target in (*segment.targets, *segment.examples) for concept in target}
            kinds |= {Kind.DRUG_CLASS} if term else set()
            self._from_before(segments, at, kinds)
            if not segment.given:
                self._from_after(segments, at, kinds)

    def _same_measure(self, before: Segment, segment: Segment) -> None:
        """`platelets below 30, or below 50 with bleeding`: a limit alone is on what was measured before it."""
        kinds = {self.kind(concept) for target in before.targets for concept in target}
        alone = all(bit.amount is not None and bit.amount.unit for bit in segment.having(LIMIT))
        if before.having(LIMIT) and kinds == {Kind.LAB} and alone:
            segment.targets, segment.inherited = list(before.targets), True

    def _from_before(self, segments: list[Segment], at: int, kinds: set[Kind | None]) -> None:
        for index in range(at - 1, max(at - _FAR, 0) - 1, -1):
            other = segments[index]
            if other.joint == "with" or other.strength >= SEMI:
                return
            if other.said:
                forward = [
                    bit for bit in other.said if before_target(bit, other) and any(fits(bit, kind) for kind in kinds)
                ]
                segments[at].given = forward + ([bit for bit in other.bits if bit.role in DETAILS] if forward else [])
                return
            if other.given:
                segments[at].given = [bit for bit in other.given if any(fits(bit, kind) for kind in kinds)]
                return

    def _from_after(self, segments: list[Segment], at: int, kinds: set[Kind | None]) -> None:
        for other in segments[at : at + _FAR]:
            if other is not segments[at] and other.said:
                backward = [
                    bit for bit in other.said
                    if bit.role != PRESENT and not before_target(bit, other) and any(fits(bit, kind) for kind in kinds)
                ]  # fmt: skip
                segments[at].given = backward + ([bit for bit in other.bits if bit.role in DETAILS] if backward else [])
                return
            if other.joint == "with" or other.strength >= SEMI:
                return


def _share(kept: list[Segment], segment: Segment) -> None:
    """What a comma sets apart from a list of limits (`A < 5 or B < 3, on two occasions`) is said of each of them."""
    said = [bit for bit in segment.bits if bit.role in DETAILS]
    if segment.said or not said or kept[-1].strength < COMMAS:
        return
    for before in kept[:-1]:
        if before.having(LIMIT) and not before.having(*DETAILS):
            before.given = [*before.given, *said]
