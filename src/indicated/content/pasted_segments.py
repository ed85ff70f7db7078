"""A segment: one thing that a line asks for, what is said of it, and how it is joined to the next."""

from __future__ import annotations

from indicated.content.pasted_bits import CODES, COMMA, CONCEPT, SEMICOLON
from indicated.content.pasted_lexicon import Bit
from indicated.content.pasted_numbers import COUNT, DAYS
from indicated.content.pasted_roles import DETAILS, NOT, NOW, OWN, PREDICATES, PRESENT, RESULT, TRIED
from indicated.model.policy_words import WordRole

WITH, COMMAS, SEMI = 5, 10, 100
"""How loosely a word or sign joins: the loosest divides a line first."""


class Segment:
    """One thing that a line asks for. `targets` are concept mentions, `given` predicates taken over from a neighbour,
    `examples` concepts that are only examples, `detail` whether it defines the one before it,
    `worded` whether a word and not only a comma joins it to the next, `contrast` whether that word sets the two apart,
    `inherited` whether its target is that of a segment before it, `alternative` whether `or` sets what it says
    beside what is said before (`A or B, or contraindicated`).
    """

    __slots__ = (
        "alternative",
        "bits",
        "contrast",
        "detail",
        "end",
        "examples",
        "given",
        "inherited",
        "joint",
        "start",
        "strength",
        "targets",
        "unused",
        "worded",
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
        self.worded = self.contrast = self.inherited = self.alternative = False

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


def take(segment: Segment, bit: Bit) -> None:
    """Put a bit into a segment."""
    segment.bits.append(bit)
    if bit.role in (CONCEPT, "meaning"):
        segment.targets.append(bit.values)
    elif bit.role == "example_of":
        segment.examples.append(bit.values)
    elif bit.role == "narrowed":
        segment.examples.append(("narrowed", *bit.values))


def note_joint(segment: Segment, role: str) -> None:
    """Note what stands after a segment: the word decides which way, a comma or semicolon how loosely."""
    if role == COMMA:
        segment.strength += COMMAS
    elif role == SEMICOLON:
        segment.strength += SEMI
    elif role in (WordRole.AND, WordRole.OR):
        segment.joint = str(role)
        segment.strength += 1 if role == WordRole.AND else 2
    else:
        segment.joint = "with"
        segment.strength += WITH
    segment.worded = segment.worded or role not in (COMMA, SEMICOLON)


def append(segment: Segment, other: Segment) -> None:
    """Take in a segment that goes on with another one, and its joint."""
    segment.absorb(other)
    segment.joint, segment.strength = other.joint, other.strength
    segment.worded, segment.contrast = other.worded, other.contrast


def only_codes(segment: Segment) -> bool:
    """Whether a segment is nothing but codes."""
    return not segment.words and bool(segment.bits) and all(bit.role in (CODES, WordRole.CODE) for bit in segment.bits)


def drop(segment: Segment, kept: list[Segment]) -> None:
    """A segment that asks for nothing leaves its joint, and its qualifying words, to the one before it."""
    if kept and segment.unused:
        append(kept[-1], segment)
    elif kept and segment.joint:
        kept[-1].joint, kept[-1].strength = segment.joint, max(kept[-1].strength, segment.strength)
        kept[-1].worded = kept[-1].worded or segment.worded


def details(segment: Segment) -> bool:
    """Whether a segment says how long, how often or when."""
    return any(bit.role in DETAILS or bit.role in (COUNT, DAYS) for bit in segment.bits)


def opens(segment: Segment, before: Segment) -> bool:
    """Whether a segment that only says something speaks of what follows it and not of the one before."""
    said = segment.said
    if any(bit.side == "forward" and bit.role != PRESENT for bit in said):
        return True
    own = {bit.role for bit in before.said} | {bit.role for bit in before.given}
    listed = {bit.role for bit in said}
    return bool(listed) and listed <= {NOT, PRESENT, NOW} and not own & {TRIED, RESULT}


def before_target(bit: Bit, segment: Segment) -> bool:
    """Whether a predicate stands before what its segment names (or its segment names nothing)."""
    first = min(
        (b.start for b in segment.bits if b.role in (CONCEPT, "meaning", "example_of", WordRole.TERM)), default=bit.end
    )
    return bit.start < first


def settle_joints(segments: list[Segment]) -> None:
    """A comma alone joins as the next word does, and as loosely; where no word comes, as `and`."""
    joint, strength = "and", 1
    for segment in reversed(segments):
        if segment.joint:
            joint, strength = segment.joint, segment.strength % SEMI
            joint = "and" if joint == "with" else joint
        else:
            segment.joint = joint
            segment.strength = strength + segment.strength // SEMI * SEMI
    _widen(segments)
    if segments:
        segments[-1].joint, segments[-1].strength = "", 0


def _widen(segments: list[Segment]) -> None:
    """`A with B, C or D`: what follows `with` is the whole list when a bare comma comes first in it."""
    for at, segment in enumerate(segments[:-2]):
        if segment.joint != "with" or segment.strength >= COMMAS or segments[at + 1].worded:
            continue
        if all(before.strength < COMMAS for before in segments[:at]):
            after = [other.strength for other in segments[at + 1 : -1] if other.strength < SEMI]
            segment.strength = max(after, default=segment.strength) + 1
