"""Requests side by side: what is told differently in each, and which of that changes the answer."""

from msgspec import Struct

from indicated.model.determination import Determination, Finding, NextStep
from indicated.model.errors import Nonsense
from indicated.model.fact import Fact
from indicated.model.verdict import Verdict


class Answer(Struct, frozen=True):
    """An outcome in short."""

    finding: Finding
    policy: Verdict | None
    next_step: NextStep


class Differing(Struct, frozen=True):
    """Something that two requests tell differently: a concept with the facts of each (none where one does not tell of
    it), a key of the request (`request.regimen`), or the `policy`.
    """

    about: str
    first: tuple[Fact, ...] = ()
    second: tuple[Fact, ...] = ()


class Exchange(Struct, frozen=True):
    """What the answer becomes when one request is told as the other is in these places, found by deciding again."""

    about: tuple[str, ...]
    answer: Answer


class Contrast(Struct, frozen=True):
    """Two requests by their places in the list. `forward` are the single exchanges that change the answer of the first,
    `backward` those of the second; `to_second`, `to_first` a set that gives one the answer of the other, where no
    single one does, and of which nothing can be left out.
    """

    first: int
    second: int
    differing: tuple[Differing, ...]
    forward: tuple[Exchange, ...] = ()
    backward: tuple[Exchange, ...] = ()
    to_second: Exchange | None = None
    to_first: Exchange | None = None


class SideBySide(Struct, frozen=True):
    """Requests with their names, decided on one day under one release, and every two held against each other."""

    names: tuple[str, ...]
    determinations: tuple[Determination, ...]
    contrasts: tuple[Contrast, ...]

    def __post_init__(self) -> None:
        if len(self.names) != len(self.determinations) or len(set(self.names)) != len(self.names):
            raise Nonsense("every request side by side has a name of its own")


def answer_of(d: Determination) -> Answer:
    """The outcome of a determination in short."""
    return Answer(d.finding, d.policy_verdict, d.next_step)
