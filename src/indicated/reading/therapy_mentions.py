"""Therapies as they are found, one a mention, and what several mentions of one course tell each other."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.assertion import Polarity
from indicated.model.fact import EndReason, Outcome, Stage, Therapy, Tolerance
from indicated.reading.scene import Seen


class TherapyFound(Struct, frozen=True):
    """A therapy told by `mention`; `because` are the spans of the words that set its axes.

    `concept` is the mention's, or its topical form. `polarity` is ABSENT for a drug never taken; a drug denied without
    saying that (`not on`) is ABSENT and has no therapy. `staged`: words said where it stands.
    """

    mention: Seen
    concept: str
    therapy: Therapy | None
    polarity: Polarity = Polarity.PRESENT
    because: tuple[tuple[int, int], ...] = ()
    staged: bool = False


def told_once(found: Sequence[TherapyFound]) -> list[TherapyFound]:
    """The therapies with what is said of one mention of a course said of its other mentions too: a drug that stands the
    same way in both, or is only named in one. What is told differently is another course.
    """
    by_drug: dict[str, list[TherapyFound]] = {}
    for one in found:
        if one.therapy is not None:
            by_drug.setdefault(one.concept, []).append(one)
    return [_completed(one, by_drug[one.concept]) if one.therapy is not None else one for one in found]


def _completed(one: TherapyFound, mentions: Sequence[TherapyFound]) -> TherapyFound:
    mine = one.therapy
    assert mine is not None
    if len(mentions) > _MANY:
        return one
    for other in mentions:
        told = other.therapy
        if other is one or told is None or told.role is not mine.role:
            continue
        named = not one.staged and other.staged and _bare(mine)
        if (told.stage is mine.stage and _agree(mine, told)) or named:
            mine = _with(replace(mine, stage=told.stage) if named else mine, told)
    if mine == one.therapy:
        return one
    return replace(one, therapy=mine, polarity=polarity_of(mine))


def polarity_of(therapy: Therapy) -> Polarity:
    """A drug never taken is absent; that somebody is allergic to one is not denied by that."""
    never = therapy.stage is Stage.NEVER and therapy.tolerance is not Tolerance.ALLERGIC
    return Polarity.ABSENT if never else Polarity.PRESENT


def _bare(therapy: Therapy) -> bool:
    return therapy.outcome is Outcome.UNKNOWN and therapy.tolerance is Tolerance.UNKNOWN and therapy.end_reason is None


def _agree(mine: Therapy, told: Therapy) -> bool:
    """Whether nothing that both tell is told differently."""
    pairs = (
        (mine.outcome, told.outcome, Outcome.UNKNOWN),
        (mine.tolerance, told.tolerance, Tolerance.UNKNOWN),
        (mine.started, told.started, None),
        (mine.ended, told.ended, None),
        (mine.duration, told.duration, None),
    )
    return all(unsaid in (first, second) or first == second for first, second, unsaid in pairs)


def _with(mine: Therapy, told: Therapy) -> Therapy:
    """What was not said of the one, from the other."""
    outcome = told.outcome if mine.outcome is Outcome.UNKNOWN else mine.outcome
    tolerance = told.tolerance if mine.tolerance is Tolerance.UNKNOWN else mine.tolerance
    reasons = (mine.end_reason, told.end_reason)
    concluded = EndReason.INEFFICACY if outcome in (Outcome.FAILED, Outcome.WORSENED) else None
    end = next((one for one in reasons if one is not None), concluded) if mine.stage is Stage.PAST else None
    return replace(mine, outcome=outcome, tolerance=tolerance, end_reason=end)


_MANY = 20
