"""What the words attached to a drug come to: one value for each axis.

Two things are concluded that no word says outright. A past drug that failed, or made the disease worse, ended for
inefficacy; a past drug that was not borne ended for that, unless it also failed or another reason was told. Nothing is
concluded for a drug that goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indicated.model.assertion import Polarity, Time
from indicated.model.fact import EndReason, Outcome, Stage, Tolerance
from indicated.model.lexicon_therapy import CueReach
from indicated.reading.scene import Seen
from indicated.reading.therapy_said import NO_THERAPY, OWN, UNCLEAR, Attached

__all__ = [
    "DENIED",
    "NO_THERAPY",
    "UNCLEAR",
    "answered_no",
    "best",
    "denied",
    "goes_on",
    "noted",
    "settled",
    "stage_of",
    "timed",
    "to_start",
    "told_of_then",
    "weight",
]

DENIED = "denied"
"""The stage of a drug that is not taken now, without a word on whether it ever was."""
_SURE = 2
_JUDGED = frozenset(("outcome", "tolerance"))
_BORNE = frozenset(
    (*(("end_reason", str(one)) for one in EndReason), ("tolerance", "intolerant"), ("tolerance", "allergic"))
)
_TELLS = frozenset(("stage", "outcome", "tolerance", "end_reason"))
_OUT = frozenset(("outcome", "tolerance", "end_reason"))
_ANSWERS = ("form.answer", "absent.answer")
_LOST = (Outcome.FAILED, Outcome.WORSENED)
_NOT_BORNE = (Tolerance.INTOLERANT, Tolerance.ALLERGIC)


def best(attached: Sequence[Attached]) -> dict[str, str]:
    """For each axis the value of the highest rank, then of the nearest words."""
    chosen: dict[str, tuple[int, int, str]] = {}
    for item in attached:
        for axis, value in item.cue.sets.items():
            key = (item.rank, -item.distance, value)
            if axis not in chosen or key[:2] > chosen[axis][:2]:
                chosen[axis] = key
    told = {axis: value for axis, (_, _, value) in chosen.items()}
    if "short" in told and told.get("outcome") == Outcome.EFFECTIVE:
        told["outcome"] = Outcome.PARTIAL
    return _turned(told) if "neither" in told else told


def _turned(told: dict[str, str]) -> dict[str, str]:
    """`Neither A nor B helped`: what would be good is denied."""
    if told.get("outcome") in (Outcome.EFFECTIVE, Outcome.PARTIAL):
        told["outcome"] = Outcome.FAILED
    if told.get("tolerance") == Tolerance.TOLERATED:
        told["tolerance"] = Tolerance.INTOLERANT
    if told.get("stage") == Stage.PAST and told.keys().isdisjoint(("outcome", "tolerance", "end_reason", "date")):
        told["stage"] = Stage.NEVER
    return told


def to_start(attached: Sequence[Attached]) -> list[Attached]:
    """The words that may speak of a drug where it is asked for to start: not those that say how it is to be given,
    nor how something was borne or why it ended that nothing says was begun, nor the tense of what else is told there.
    """
    begun = any(item.cue.sets.get("date") == "ended" or item.cue.sets.get("stage") == Stage.PAST for item in attached)
    kept = [item for item in attached if not item.cue.asked and (begun or _BORNE.isdisjoint(item.cue.sets.items()))]
    own = [item for item in kept if item.cue.reach is not CueReach.CLAUSE]
    return kept if any(not _TELLS.isdisjoint(item.cue.sets) for item in own) else own


def weight(attached: Sequence[Attached], axis: str) -> int:
    """The rank of the surest words on an axis; 0 where there are none."""
    return max((item.rank for item in attached if axis in item.cue.sets), default=0)


def denied(drug: Seen, said: Mapping[str, str]) -> bool:
    """Whether the drug is denied, and nothing says that it was tried or never taken."""
    if "outcome" in said or "tolerance" in said or "end_reason" in said:
        return False
    stage = said.get("stage")
    return stage == DENIED or (drug.assertion.polarity is Polarity.ABSENT and stage in (None, UNCLEAR))


def answered_no(drug: Seen, said: Mapping[str, str]) -> bool:
    """Whether the answer to whether a drug was ever taken is no (`Has the patient tried A? No`, `Tried A: no`)."""
    if drug.assertion.polarity is not Polarity.ABSENT or not _OUT.isdisjoint(said):
        return False
    answer = any(cue.axis == "polarity" and cue.rule in _ANSWERS for cue in drug.assertion.because)
    return said.get("asked") == "ever" or (answer and said.get("stage") == Stage.PAST and "date" not in said)


def stage_of(drug: Seen, said: Mapping[str, str], *, dosed: bool) -> Stage:
    """Where the therapy stands: as said; else by the time and polarity of its mention and the tense of its clause;
    a bare dose is current.
    """
    if said.get("stage", DENIED) != DENIED and not (said["stage"] == Stage.PLANNED and "outcome" in said):
        return Stage(said["stage"])
    judged = "outcome" in said or "tolerance" in said
    if drug.assertion.time in (Time.PLANNED, Time.HYPOTHETICAL) and "end_reason" not in said and not judged:
        return Stage.PLANNED
    if "despite" in said and "end_reason" not in said:
        return Stage.PAST if said.get("tense") == "then" else Stage.CURRENT
    before = drug.assertion.time is Time.PAST or (drug.assertion.time is Time.RESOLVED and not judged)
    over = said.get("outcome") in _LOST or "end_reason" in said or before
    if over:
        return Stage.PAST
    if said.get("tense") == "now":
        return Stage.CURRENT
    if said.get("tense") == "then" and (judged or said.get("date") != "started"):
        return Stage.PAST
    dosed = dosed or said.get("date") == "started"
    return Stage.CURRENT if dosed or (timed(drug) and not judged) or said.get("role") else Stage.PAST


def settled(said: Mapping[str, str], stage: Stage) -> dict[str, str]:
    """The axes as they fit together: what never was has no outcome and no end, what goes on has no end, and what
    ended by its outcome or for how it was borne says so.
    """
    told = dict(said)
    if stage is not Stage.PAST:
        told.pop("end_reason", None)
    if stage is Stage.NEVER:
        told.pop("outcome", None)
        if told.get("tolerance") == Tolerance.INTOLERANT:
            del told["tolerance"]
    if stage is Stage.PAST and "end_reason" not in told:
        if told.get("outcome") in _LOST:
            told["end_reason"] = EndReason.INEFFICACY
        elif told.get("tolerance") in _NOT_BORNE:
            told["end_reason"] = EndReason.ADVERSE_EVENT
    return told


def timed(drug: Seen) -> bool:
    """Whether a word of time speaks of the mention."""
    return any(cue.axis == "time" for cue in drug.assertion.because)


def told_of_then(said: Mapping[str, str], attached: Sequence[Attached]) -> bool:
    """Whether only a bare `on` says that the drug goes on, in words of the past on how it failed (`got worse on A`)."""
    ranks = [item.rank for item in attached if item.cue.sets.get("stage") == Stage.CURRENT]
    weak = max(ranks, default=_SURE) < _SURE
    return weak and said.get("tense") == "then" and said.get("outcome") in _LOST and "despite" not in said


def noted(attached: Sequence[Attached]) -> bool:
    """Whether a bracket of its own says what came of the drug."""
    return any(item.rank >= OWN and not _JUDGED.isdisjoint(item.cue.sets) for item in attached)


def goes_on(said: Mapping[str, str], attached: Sequence[Attached]) -> bool:
    """Whether nothing but words as weak as `has been on` says that it is over: with `since` it is not."""
    ranks = [item.rank for item in attached if "stage" in item.cue.sets]
    ended = "end_reason" in said or any(item.cue.sets.get("date") == "ended" for item in attached)
    return max(ranks, default=0) <= 1 and not ended and said.get("outcome") in (None, "effective", "partial")
