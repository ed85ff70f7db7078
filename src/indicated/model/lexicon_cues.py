"""The words that say how something is said, as data (`content/reading/`)."""

from enum import StrEnum

from msgspec import Struct

from indicated.model.concept import Kind


class Direction(StrEnum):
    """Where a cue's words reach.

    FORWARD to what follows; BACKWARD to what precedes; BOTH; SENTENCE to the whole sentence; STOP ends the reach
    of other cues; MASK reaches nothing and silences the cues inside it (`no increase in`).
    """

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"
    SENTENCE = "sentence"
    STOP = "stop"
    MASK = "mask"


class CueExample(Struct, frozen=True):
    """A sentence with one span in `[square brackets]`, and the axes that must be read there. Runs as a test."""

    text: str
    expect: dict[str, str]


class CueRule(Struct, frozen=True):
    """Words that set axes of an assertion (`sets`: axis -> value) for what they reach.

    `texts` are matched without case. A reach ends at the sentence, after `words` words when given, and at STOP
    rules whose `group` is in `stops_at`. `kinds` limits the rule to concepts of these kinds. Where several cues
    reach one mention, the higher `rank` wins, then the nearer. `at_end`: only when punctuation or the end of
    the sentence follows the words. `at_start`: only where a sentence begins with them. `spent`: the words say nothing
    more where they are part of a concept's own name (`absent reflexes`). `alone`: right after a concept of these kinds,
    or of `alone_of`, the words speak of it, and of its like listed with it, and of nothing before (`pregnant, measles
    IgG negative`). `then`: only where a concept of these kinds follows at once (`before IVIG`).
    """

    id: str
    texts: tuple[str, ...]
    direction: Direction
    sets: dict[str, str] = {}
    group: str = ""
    stops_at: tuple[str, ...] = ("clause",)
    words: int = 0
    rank: int = 0
    kinds: tuple[Kind, ...] = ()
    at_end: bool = False
    at_start: bool = False
    spent: bool = False
    alone: tuple[Kind, ...] = ()
    alone_of: tuple[str, ...] = ()
    then: tuple[Kind, ...] = ()
    why: str = ""
    examples: tuple[CueExample, ...] = ()
