"""What words about therapies may mean, before it is known of which drugs they speak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from indicated.model.lexicon_therapy import CueReach, TherapyCue
from indicated.reading.patterns import lazily

_OR = lazily(r"(?:\s*,)?\s*(?:or|and/or|/)\s*(?:has |had |have |was |were |an? |is |are )*$")
_COMMA = lazily(r"\s*,\s*(?:an? )?$")
_STATUS = (CueReach.BEHIND, CueReach.EITHER, CueReach.LAST, CueReach.ASIDE)
_JUDGED_AXES = frozenset(("stage", "outcome", "tolerance", "end_reason"))
OWN = 100
"""What the words in a bracket of a drug count more than others."""
UNCLEAR = "unclear"
"""The stage of a drug that was either tried or never given, the text does not say which."""
NO_THERAPY = "none"
"""The stage of a drug that is only named (its level in blood, a question about it)."""


class Said(Struct, frozen=True):
    """Words at `start` to `end` with what they may mean."""

    start: int
    end: int
    cues: tuple[TherapyCue, ...]

    @property
    def of_before(self) -> bool:
        """Whether the words may say how a drug before them stands."""
        return any(cue.reach in _STATUS and not _JUDGED_AXES.isdisjoint(cue.sets) for cue in self.cues)


class Attached(Struct, frozen=True):
    """A cue that speaks of a drug, and from how far. Its rank counts before its distance."""

    cue: TherapyCue
    start: int
    end: int
    distance: int
    rank: int


Links = dict[int, list[Attached]]
"""The cues of each drug, by where the drug starts."""


def denial(cue: TherapyCue) -> TherapyCue | None:
    """What a cue comes to when it is denied: no help is failure; no side effect, no allergy and no end say nothing."""
    if cue.sets.get("outcome") in ("effective", "partial"):
        return TherapyCue(cue.id, cue.texts, cue.reach, {"outcome": "failed"}, cue.rank, cue.why)
    barred = cue.sets.get("tolerance") in ("intolerant", "allergic", "contraindicated")
    if barred and cue.sets.get("stage") == "never":
        return TherapyCue(cue.id, cue.texts, cue.reach, {"stage": NO_THERAPY}, cue.rank, cue.why)
    return None if barred and "stage" not in cue.sets else cue


def weakened(flat: str, said: Sequence[Said]) -> Iterator[Said]:
    """`failed or could not tolerate X`: either may hold, so neither is taken; that it was tried may be."""
    groups: list[list[Said]] = []
    for words in said:
        gap = flat[groups[-1][-1].end : words.start] if groups else None
        if gap is not None and (_OR.fullmatch(gap) or _COMMA.fullmatch(gap)):
            groups[-1].append(words)
        else:
            groups.append([words])
    for group in groups:
        gaps = [flat[a.end : b.start] for a, b in pairwise(group)]
        judged = [words for words in group if any(_judges(cue) for cue in words.cues)]
        if not judged[1:] or not any(_OR.fullmatch(gap) for gap in gaps):
            yield from group
            continue
        never = any(cue.sets.get("stage") == "never" for words in group for cue in words.cues)
        for words in group[-1:]:
            yield Said(words.start, words.end, tuple(_tried(cue, UNCLEAR if never else "past") for cue in words.cues))


def _judges(cue: TherapyCue) -> bool:
    return "outcome" in cue.sets or "tolerance" in cue.sets


def _tried(cue: TherapyCue, stage: str) -> TherapyCue:
    return TherapyCue(cue.id, cue.texts, cue.reach, {"stage": stage}, cue.rank, cue.why)
