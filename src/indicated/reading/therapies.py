"""Therapies: for each drug of the patient, where it stands, what came of it, how it was borne and why it ended.

`Treated with A, B` is past with an unknown outcome; a current drug is not a failed one unless the text says so
(`despite this`). Drugs in the voice of a guideline, a study or a payer make no therapy.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.assertion import Polarity, Time
from indicated.model.concept import Kind, Vocabulary
from indicated.model.fact import EndReason, Outcome, Role, Stage, Therapy, Tolerance
from indicated.model.lexicon_therapy import CueReach, TherapyLexicon
from indicated.model.regimen import Phase
from indicated.reading.dates import DateFound, DurationFound, Period, find_durations, find_periods
from indicated.reading.doubts import Doubts
from indicated.reading.found import DRUG_KINDS, RequestFound
from indicated.reading.regimen import RegimenFound, RegimenReader
from indicated.reading.scene import Scene, Seen, Sentence
from indicated.reading.therapy_cues import DENIED, UNCLEAR, Attached, CueReader, Links, Said, preceding
from indicated.reading.therapy_doses import Around, around_names, owned, when
from indicated.reading.therapy_lists import DrugList, ListReader, Telling

_Placed = TypeVar("_Placed", DateFound, DurationFound, Period)


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


class _Times(Struct, frozen=True):
    """Every length of time, period and date of a document, in order."""

    lengths: Sequence[DurationFound]
    periods: Sequence[Period]
    dates: Sequence[DateFound]


class TherapyReader:
    """The words of therapies compiled. Immutable after construction."""

    __slots__ = ("_cues", "_doubts", "_lists", "_regimens", "_vocabulary")

    def __init__(
        self,
        lexicon: TherapyLexicon,
        regimens: RegimenReader,
        doubts: Doubts,
        vocabulary: Vocabulary,
    ) -> None:
        self._lists = ListReader(lexicon)
        self._cues = CueReader(lexicon, self._lists)
        self._regimens = regimens
        self._doubts = doubts
        self._vocabulary = vocabulary

    def find(self, scene: Scene, request: RequestFound | None = None) -> tuple[TherapyFound, ...]:
        """Every therapy of the patient, in order of mention; what `request` asks for has the role requested."""
        drugs = [seen for seen in scene.seen if seen.kind in DRUG_KINDS]
        if not drugs:
            return ()
        said = self._cues.find(scene.view.flat, scene.view.words)
        by_sentence = _by_sentence(scene, said)
        tellings, around = self._told(scene, drugs, by_sentence)
        links = self._linked(scene, tellings, by_sentence)
        found = []
        for drug in drugs:
            if drug.assertion.makes_fact and drug.assertion.polarity is not Polarity.NOT_DOCUMENTED:
                one = self._therapy(scene, drug, tellings[drug.sentence], around[drug.sentence], links)
                if one is not None:
                    found.append(self._asked(one, request) if request is not None else one)
        return tuple(found)

    def _asked(self, found: TherapyFound, request: RequestFound) -> TherapyFound:
        """The therapy as the one asked for: not yet under way unless the text says that it is."""
        if found.therapy is None:
            return found
        one, stage = found.concept, found.therapy.stage
        if found.mention.start in request.asked_at and _untold(found, request):
            return replace(found, therapy=replace(found.therapy, role=Role.REQUESTED, stage=Stage.REQUESTED))
        if (
            not self._is_asked(one, request)
            or found.therapy.role is Role.PREMEDICATION
            or found.therapy.stage is Stage.NEVER
        ):
            return found
        in_request = found.mention.sentence == request.mention.sentence
        going = request.request.phase is Phase.CONTINUATION and in_request
        if stage is Stage.PLANNED or (not found.staged and not going):
            stage = Stage.REQUESTED
        elif going:
            stage = Stage.CURRENT
        return replace(found, therapy=replace(found.therapy, role=Role.REQUESTED, stage=stage))

    def _is_asked(self, one: str, request: RequestFound) -> bool:
        """Whether a concept is what is asked for: the treatment, but no other product of it than the one named."""
        asked, product = request.request.treatment, request.request.product
        if product and self._vocabulary[one].kind is Kind.PRODUCT:
            asked = product
        return self._vocabulary.is_a(one, asked) or self._vocabulary.is_a(asked, one)

    def _told(
        self, scene: Scene, drugs: Sequence[Seen], said: Mapping[int, Sequence[Said]]
    ) -> tuple[dict[int, Telling], dict[int, Around]]:
        """Each sentence with drugs, and those soon after it that may speak of them, taken apart."""
        by_sentence: dict[int, list[Seen]] = {}
        for drug in drugs:
            by_sentence.setdefault(drug.sentence, []).append(drug)
        soon = {at for number in by_sentence for at in (number + 1, number + 2) if at in said}
        wanted = soon | set(by_sentence)
        tellings: dict[int, Telling] = {}
        around: dict[int, Around] = {}
        flat = scene.view.flat
        times = _Times(find_durations(flat, scene.quantities), find_periods(flat, scene.dates), scene.dates)
        breaks = self._lists.breaks(scene.view)
        for number in sorted(wanted):
            sentence = scene.sentences[number]
            mine = by_sentence.get(number, [])
            around[number], spans = self._around(scene, sentence, mine, times) if mine else (Around(), [])
            tellings[number] = self._lists.read(flat, sentence, breaks, mine, spans)
        return tellings, around

    def _around(
        self, scene: Scene, sentence: Sentence, drugs: Sequence[Seen], times: _Times
    ) -> tuple[Around, list[tuple[int, int]]]:
        """Doses, lengths of time and periods of a sentence, and all their spans."""
        names = [(drug.start, drug.end) for drug in drugs]
        start, end = sentence.start, sentence.end
        regimens = self._regimens.find(scene.view, start, end, names, scene)
        lengths = _inside(times.lengths, start, end)
        periods = _inside(times.periods, start, end)
        dates = _inside(times.dates, start, end)
        taken = [span for item in regimens for span in around_names(item, names)]
        taken += [(one.start, one.end) for placed in (lengths, periods, dates) for one in placed]
        return Around(owned(scene.view.flat, regimens, drugs), lengths, periods, dates), taken

    def _linked(
        self, scene: Scene, tellings: Mapping[int, Telling], by_sentence: Mapping[int, Sequence[Said]]
    ) -> Links:
        """The cues of every drug."""
        links: Links = {}
        for number, telling in tellings.items():
            if telling.lists:
                self._cues.attach(scene.view.flat, telling, by_sentence.get(number, ()), links)
        for number, telling in tellings.items():
            earlier = _earlier(tellings, number)
            if earlier:
                preceding(telling, by_sentence.get(number, ()), earlier, links)
        _carry_lines(scene, tellings, by_sentence, links)
        return links

    def _therapy(self, scene: Scene, drug: Seen, telling: Telling, around: Around, links: Links) -> TherapyFound | None:
        attached = links.get(drug.start, [])
        best = _best(attached)
        because = tuple(sorted({(item.start, item.end) for item in attached}))
        if _denied(drug, best):
            return TherapyFound(drug, drug.concept, None, Polarity.ABSENT, because)
        if best.get("stage") == UNCLEAR:
            return None
        if best.get("stage") == Stage.NEVER:
            best.pop("end_reason", None)
            if best.get("tolerance") == Tolerance.INTOLERANT:
                del best["tolerance"]
        regimen = around.doses.get(drug.start)
        route = self._route(scene, drug, regimen)
        concept = self._concept(drug.concept, route)
        stage = _stage(drug, best, dosed=regimen is not None and regimen.dosed)
        dose = self._doubts.judge(regimen, concept, scene.view) if regimen is not None else None
        started, ended, duration = when(drug, telling, around, attached)
        if stage is Stage.PAST and started is not None and ended is None and _since(best, attached):
            stage = Stage.CURRENT
        therapy = Therapy(
            stage=stage,
            outcome=Outcome(best.get("outcome", "unknown")),
            tolerance=Tolerance(best.get("tolerance", "unknown")),
            end_reason=EndReason(best["end_reason"]) if "end_reason" in best else None,
            role=Role(best.get("role", "prior_step")),
            route=route,
            regimen=dose,
            started=started,
            ended=ended,
            duration=duration or (dose.duration if dose is not None else None),
        )
        polarity = Polarity.ABSENT if stage is Stage.NEVER else Polarity.PRESENT
        staged = "stage" in best or "outcome" in best or _timed(drug)
        return TherapyFound(drug, concept, therapy, polarity, because, staged)

    def _route(self, scene: Scene, drug: Seen, regimen: RegimenFound | None) -> str:
        """The route said right before the drug, with its dose, or right after it."""
        return self._regimens.route_beside(scene.view.flat, drug.start, drug.end, scene.spoken) or (
            regimen.regimen.route if regimen is not None else ""
        )

    def _concept(self, concept: str, route: str) -> str:
        """The drug's form for this route where the vocabulary has one (`..._topical`)."""
        formed = f"{concept}_{route}"
        return formed if route and formed in self._vocabulary else concept


def _untold(found: TherapyFound, request: RequestFound) -> bool:
    """Whether nothing says of a drug where it was asked for that it was given, and how that went."""
    told = found.therapy
    if told is None or request.request.phase is Phase.CONTINUATION:
        return False
    bare = told.outcome is Outcome.UNKNOWN and told.tolerance is Tolerance.UNKNOWN
    return bare and (told.stage is Stage.PAST or (told.stage is Stage.CURRENT and not found.staged))


def _inside(items: Sequence[_Placed], start: int, end: int) -> tuple[_Placed, ...]:
    """The items that stand between two places."""
    first = bisect_left(items, start, key=lambda item: item.start)
    last = bisect_left(items, end, lo=first, key=lambda item: item.start)
    return tuple(item for item in items[first:last] if item.end <= end)


def _by_sentence(scene: Scene, said: Sequence[Said]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = {}
    number = 0
    for words in said:
        while number < len(scene.sentences) - 1 and scene.sentences[number].end <= words.start:
            number += 1
        found.setdefault(number, []).append(words)
    return found


def _earlier(tellings: Mapping[int, Telling], number: int) -> Sequence[DrugList]:
    """The lists of the nearest sentence with drugs, one or two before."""
    for at in (number - 1, number - 2):
        if at in tellings and tellings[at].lists:
            return tellings[at].lists
    return ()


def _carry_lines(
    scene: Scene, tellings: Mapping[int, Telling], said: Mapping[int, Sequence[Said]], links: Links
) -> None:
    """A cue that heads a list speaks of the lines under it."""
    for number, words in said.items():
        sentence = scene.sentences[number]
        heads = [(one, cue) for one in words for cue in one.cues if cue.reach is CueReach.LINES]
        rest = scene.view.flat[heads[-1][0].end : sentence.end].strip(" :\n-") if heads else "-"
        at = number + 1
        while not rest and at < len(scene.sentences) and (scene.sentences[at].item or at == number + 1):
            for one in tellings[at].lists if at in tellings else ():
                for item in one.items:
                    for head, cue in heads:
                        found = Attached(cue, head.start, head.end, one.start - head.end, cue.rank)
                        links.setdefault(item.drug.start, []).append(found)
            at += 1


def _best(attached: Sequence[Attached]) -> dict[str, str]:
    """For each axis the value of the highest rank, then of the nearest words."""
    chosen: dict[str, tuple[int, int, str]] = {}
    for item in attached:
        for axis, value in item.cue.sets.items():
            key = (item.rank, -item.distance, value)
            if axis not in chosen or key[:2] > chosen[axis][:2]:
                chosen[axis] = key
    return {axis: value for axis, (_, _, value) in chosen.items()}


def _denied(drug: Seen, best: Mapping[str, str]) -> bool:
    """Whether the drug is denied, and nothing says that it was tried or never taken."""
    if "outcome" in best or "tolerance" in best:
        return False
    stage = best.get("stage")
    return stage == DENIED or (drug.assertion.polarity is Polarity.ABSENT and stage in (None, UNCLEAR))


def _stage(drug: Seen, best: Mapping[str, str], *, dosed: bool) -> Stage:
    """Where the therapy stands: as said; else by the time and polarity of its mention; a bare dose is current."""
    if best.get("stage", DENIED) != DENIED and not (best["stage"] == Stage.PLANNED and "outcome" in best):
        return Stage(best["stage"])
    if drug.assertion.time in (Time.PLANNED, Time.HYPOTHETICAL):
        return Stage.PLANNED
    if "outcome" in best or "tolerance" in best or drug.assertion.time in (Time.PAST, Time.RESOLVED):
        return Stage.PAST
    return Stage.CURRENT if dosed or _timed(drug) or best.get("role") else Stage.PAST


def _timed(drug: Seen) -> bool:
    return any(cue.axis == "time" for cue in drug.assertion.because)


def _since(best: Mapping[str, str], attached: Sequence[Attached]) -> bool:
    """Whether nothing but words as weak as `has been on` says that it is over: with `since` it is not."""
    ranks = [item.rank for item in attached if "stage" in item.cue.sets]
    return max(ranks, default=0) <= 1 and best.get("outcome") in (None, "effective", "partial")
