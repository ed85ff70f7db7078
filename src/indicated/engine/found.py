"""What a judge found at one leaf, before `when_silent`."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from indicated.model.fact import Fact
from indicated.model.verdict import Gap, GapKind, Settle, Verdict


class Found(Struct, frozen=True):
    """A verdict, the facts looked at, and the gaps that explain an unknown."""

    verdict: Verdict
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @classmethod
    def unknown(cls, about: str, kind: GapKind, settles: Settle, facts: Iterable[Fact] = ()) -> Found:
        """Unknown for one reason."""
        return cls(Verdict.UNKNOWN, tuple(facts), (Gap(kind, about, settles),))


def settle(fact: Fact) -> Verdict:
    """What a fact says about its own concept."""
    if fact.absent:
        return Verdict.NOT_MET
    return Verdict.MET if fact.present else Verdict.UNKNOWN
