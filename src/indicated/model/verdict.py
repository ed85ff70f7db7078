"""Three verdicts, and why one of them is unknown."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct


class Verdict(StrEnum):
    """Whether a rule holds. UNKNOWN is an answer: the record does not say."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class GapKind(StrEnum):
    """Why a verdict is unknown."""

    NOT_DOCUMENTED = "not_documented"
    CONFLICTING = "conflicting"
    OUTSIDE_WINDOW = "outside_window"
    UNCLEAR = "unclear"
    NEEDS_JUDGEMENT = "needs_judgement"


class Settle(StrEnum):
    """What would close a gap; the phrase `gap.<value>` puts it in words."""

    DOCUMENTATION = "documentation"
    CONFIRMATION = "confirmation"
    VALUE = "value"
    ANOTHER_VALUE = "another_value"
    DATE = "date"
    RECENT_VALUE = "recent_value"
    OUTCOME = "outcome"
    DURATION = "duration"
    ROUTE = "route"
    SECOND_SOURCE = "second_source"
    WHICH_IS_RIGHT = "which_is_right"
    JUDGEMENT = "judgement"


class Gap(Struct, frozen=True):
    """What is missing, why, and what would settle it.

    `about` is a concept id (for an untold outcome: the drug), a key of the request (`request.indications`,
    `request.regimen`, `request.codes`), or the question of a `judged` rule. The words are explain's.
    """

    kind: GapKind
    about: str
    settles: Settle


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Not met beats unknown beats met (Kleene's strong conjunction). Empty is MET."""
    seen = set(verdicts)
    if Verdict.NOT_MET in seen:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in seen else Verdict.MET


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Met beats unknown beats not met (Kleene's strong disjunction). Empty is NOT_MET."""
    seen = set(verdicts)
    if Verdict.MET in seen:
        return Verdict.MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in seen else Verdict.NOT_MET


def at_least(n: int, verdicts: Iterable[Verdict]) -> Verdict:
    """MET once `n` are met; NOT_MET once too few could still be; UNKNOWN between."""
    listed = list(verdicts)
    if listed.count(Verdict.MET) >= n:
        return Verdict.MET
    possible = len(listed) - listed.count(Verdict.NOT_MET)
    return Verdict.NOT_MET if possible < n else Verdict.UNKNOWN


def opposite(verdict: Verdict) -> Verdict:
    """MET and NOT_MET change places; unknown stays unknown."""
    return _OPPOSITE[verdict]


_OPPOSITE = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET, Verdict.UNKNOWN: Verdict.UNKNOWN}
