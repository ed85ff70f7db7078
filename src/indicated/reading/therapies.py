"""Therapies: for each drug of the patient, where it stands, what came of it, how it was borne and why it ended.

`Treated with A, B` is past with an unknown outcome; a current drug is not a failed one unless the text says so
(`despite this`). Drugs in the voice of a guideline, a study or a payer make no therapy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from indicated.model.assertion import Polarity, Subject, Voice
from indicated.model.concept import Kind, Vocabulary
from indicated.model.fact import EndReason, Outcome, Role, Stage, Therapy, Tolerance
from indicated.model.lexicon_therapy import CueReach, TherapyLexicon
from indicated.model.regimen import Phase
from indicated.reading.dates import DateFound, DurationFound, Period, find_durations, find_periods
from indicated.reading.doubts import Doubts
from indicated.reading.found import DRUG_KINDS, RequestFound
from indicated.reading.patterns import lazily
from indicated.reading.regimen import RegimenFound, RegimenReader
from indicated.reading.scene import Scene, Seen, within
from indicated.reading.therapy_axes import (
    NO_THERAPY,
    UNCLEAR,
    answered_no,
    best,
    denied,
    goes_on,
    noted,
    settled,
    stage_of,
    timed,
    to_start,
    told_of_then,
    weight,
)
from indicated.reading.therapy_cues import CueReader
from indicated.reading.therapy_doses import Around, around_names, owned, when
from indicated.reading.therapy_forms import form_end, going_on
from indicated.reading.therapy_links import preceding
from indicated.reading.therapy_lists import ListReader, Telling
from indicated.reading.therapy_mentions import TherapyFound, polarity_of, told_once
from indicated.reading.therapy_said import Links, Said
from indicated.reading.therapy_sentences import as_said, by_sentence, carry_lines, earlier, stretches

_YES = lazily(r"\?\s*(?:(?:\[x\]|\(x\)|☒|☑|✓|x)\s*)?yes\b(?!\s*(?:/|☐|\[ ?\]|or\b))")
_SAID, _SURE = 2, 3
_Placed = TypeVar("_Placed", DateFound, DurationFound, Period)


class _Times(Struct, frozen=True):
    """Every length of time and period of a document, in order."""

    lengths: Sequence[DurationFound]
    periods: Sequence[Period]


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
        goes_on = going_on(scene, {drug.sentence for drug in drugs}, self._cues.labels)
        said = self._cues.find(scene.view.flat, stretches(scene, drugs, goes_on))
        heard = by_sentence(scene, [held for one in said if (held := as_said(scene, one)) is not None])
        tellings, around = self._told(scene, drugs, heard, goes_on)
        links = self._linked(scene, tellings, heard, goes_on)
        found = []
        for drug in drugs:
            if request is not None and _is_to_start(drug, request):
                links[drug.start] = to_start(links.get(drug.start, ()))
            if _of_patient(drug) and drug.assertion.polarity is not Polarity.NOT_DOCUMENTED:
                near = around[drug.sentence]
                if request is not None and drug.sentence == request.mention.sentence:
                    near = replace(near, periods=())  # the time that is asked for
                one = self._therapy(scene, drug, tellings[drug.sentence], near, links)
                if one is not None:
                    found.append(one)
        told = told_once(found)
        return tuple(self._asked(one, request) for one in told) if request is not None else tuple(told)

    def _asked(self, found: TherapyFound, request: RequestFound) -> TherapyFound:
        """The therapy as the one asked for: not yet under way unless the text says that it is."""
        if found.therapy is None:
            return found
        one, stage = found.concept, found.therapy.stage
        if found.mention.start in request.asked_at and _untold(found, request):
            return _as_asked(found, found.therapy, Stage.REQUESTED)
        if (
            not self._is_asked(one, request)
            or found.therapy.role is Role.PREMEDICATION
            or found.therapy.stage is Stage.NEVER
        ):
            return found
        in_request = found.mention.sentence == request.mention.sentence
        going = request.request.phase is Phase.CONTINUATION and in_request
        going = going or (stage is Stage.CURRENT and bool(found.because) and not in_request)
        was = stage is Stage.PAST and bool(found.because) and not in_request
        if stage is Stage.PLANNED or not (found.staged or going or was):
            stage = Stage.REQUESTED
        elif going:
            stage = Stage.CURRENT
        return _as_asked(found, found.therapy, stage)

    def _is_asked(self, one: str, request: RequestFound) -> bool:
        """Whether a concept is what is asked for: the treatment, but no other product of it than the one named."""
        asked, product = request.request.treatment, request.request.product
        if product and self._vocabulary[one].kind is Kind.PRODUCT:
            asked = product
        return self._vocabulary.related(one, asked)

    def _told(
        self, scene: Scene, drugs: Sequence[Seen], said: Mapping[int, Sequence[Said]], goes_on: dict[int, int]
    ) -> tuple[dict[int, Telling], dict[int, Around]]:
        """Each sentence with drugs, and those soon after it that may speak of them, taken apart."""
        named: dict[int, list[Seen]] = {}
        for drug in drugs:
            named.setdefault(drug.sentence, []).append(drug)
        wanted = {at for at in goes_on if at in said} | set(named)
        tellings: dict[int, Telling] = {}
        around: dict[int, Around] = {}
        flat = scene.view.flat
        times = _Times(find_durations(flat, scene.quantities), find_periods(flat, scene.dates))
        breaks = self._lists.breaks(scene.view)
        for number in sorted(wanted):
            sentence = scene.sentences[number]
            mine = named.get(number, [])
            end = form_end(scene, number, goes_on, self._cues.labels) if len(mine) == 1 else sentence.end
            around[number], spans = self._around(scene, (sentence.start, end), mine, times) if mine else (Around(), [])
            status = [(one.start, one.end) for one in said.get(number, ()) if one.of_before]
            tellings[number] = self._lists.read(flat, sentence, breaks, mine, spans, status)
        return tellings, around

    def _around(
        self, scene: Scene, stretch: tuple[int, int], drugs: Sequence[Seen], times: _Times
    ) -> tuple[Around, list[tuple[int, int]]]:
        """Doses, lengths of time and periods of a sentence (and of the lines of a form that go on about its one drug),
        and all their spans.
        """
        names = [(drug.start, drug.end) for drug in drugs]
        start, end = stretch
        regimens = self._regimens.find(scene.view, start, end, names, scene)
        lengths = _inside(times.lengths, start, end)
        periods = _inside(times.periods, start, end)
        dates = _inside(scene.dates, start, end)
        taken = [span for item in regimens for span in around_names(item, names)]
        taken += [(one.start, one.end) for placed in (lengths, periods, dates) for one in placed]
        doses = owned(scene.view.flat, regimens, drugs)
        below = scene.sentences[drugs[0].sentence].end
        if not doses and end > below and (told := [one for one in regimens if one.start >= below]):
            doses = {drugs[0].start: told[0]}
        return Around(doses, lengths, periods, dates, end if end > below else 0), taken

    def _linked(
        self,
        scene: Scene,
        tellings: Mapping[int, Telling],
        said: Mapping[int, Sequence[Said]],
        goes_on: Mapping[int, int],
    ) -> Links:
        """The cues of every drug."""
        links: Links = {}
        for number, telling in tellings.items():
            if telling.lists:
                self._cues.attach(scene.view.flat, telling, said.get(number, ()), links)
        for number, telling in tellings.items():
            before = earlier(tellings, number, goes_on)
            if before:
                preceding(telling, said.get(number, ()), before, links, self._cues.labels)
        carry_lines(scene, tellings, said, links)
        return links

    def _therapy(self, scene: Scene, drug: Seen, telling: Telling, around: Around, links: Links) -> TherapyFound | None:
        attached = links.get(drug.start, [])
        said = best(attached)
        telling_words = (item for item in attached if item.cue.sets and item.cue.reach is not CueReach.CLAUSE)
        because = tuple(sorted({(item.start, item.end) for item in telling_words}))
        if answered_no(drug, said):
            return TherapyFound(drug, drug.concept, Therapy(stage=Stage.NEVER), Polarity.ABSENT, because, staged=True)
        if denied(drug, said):
            asked = said.get("asked") == "failed"
            return None if asked else TherapyFound(drug, drug.concept, None, Polarity.ABSENT, because)
        if said.get("stage") in (UNCLEAR, NO_THERAPY) or (_asked_about(scene, drug) and "asked" in said):
            return None
        regimen = around.doses.get(drug.start)
        route = self._route(scene, drug, regimen)
        concept = self._concept(drug.concept, route)
        going = regimen is not None and _goes_on(regimen)
        if not drug.assertion.makes_fact and weight(attached, "stage") < _SURE:
            return None
        stage = stage_of(drug, said, dosed=(going or telling.only_drugs) and not noted(attached))
        if stage is Stage.CURRENT and told_of_then(said, attached):
            stage = Stage.PAST
        dose = self._doubts.judge(regimen, concept, scene.view) if regimen is not None else None
        started, ended, duration = when(drug, telling, around, attached)
        lasts = started is not None or "since" in said or (duration is not None and "lasting" in said)
        if stage is Stage.PAST and lasts and ended is None and goes_on(said, attached):
            stage = Stage.CURRENT
        if stage is Stage.PLANNED and not drug.assertion.makes_fact:
            return None
        if stage is Stage.CURRENT and ended is not None and weight(attached, "stage") < _SAID:
            stage = Stage.PAST
        told = settled(said, stage)
        therapy = Therapy(
            stage=stage,
            outcome=Outcome(told.get("outcome", "unknown")),
            tolerance=Tolerance(told.get("tolerance", "unknown")),
            end_reason=EndReason(told["end_reason"]) if "end_reason" in told else None,
            role=Role(told.get("role", "prior_step")),
            route=route,
            regimen=dose,
            started=started,
            ended=ended,
            duration=duration or (dose.duration if dose is not None else None),
            count=self._lists.count_before(scene, drug),
        )
        polarity = polarity_of(therapy)
        staged = weight(attached, "stage") >= _SAID or "outcome" in said or timed(drug)
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


def _of_patient(drug: Seen) -> bool:
    """Whether the mention may be of a therapy of the patient. A plan may tell what is or was, too (`stop A, go on with
    B`).
    """
    said = drug.assertion
    return said.makes_fact or (said.voice is Voice.PLAN and said.subject is Subject.PATIENT)


def _asked_about(scene: Scene, drug: Seen) -> bool:
    """Whether the drug stands in a question that the text does not answer with yes."""
    sentence = scene.sentences[drug.sentence]
    asks = sentence.asks or "?" in scene.view.flat[drug.end : sentence.end]
    return (
        asks and _YES.match(scene.view.flat, max(scene.view.flat.rfind("?", drug.end, sentence.end), drug.end)) is None
    )


def _as_asked(found: TherapyFound, therapy: Therapy, stage: Stage) -> TherapyFound:
    """The therapy in the role requested; what did not end has no reason for an end."""
    end = therapy.end_reason if stage is Stage.PAST else None
    return replace(found, therapy=replace(therapy, role=Role.REQUESTED, stage=stage, end_reason=end))


def _goes_on(found: RegimenFound) -> bool:
    """Whether a dose is of a treatment that goes on: `10 mg daily`, `monthly`; `1 g daily for 3 days` is a course."""
    interval = found.regimen.interval
    if found.regimen.days is not None:
        return interval is not None and interval.unit != "d"
    return interval is not None or found.dosed


def _is_to_start(drug: Seen, request: RequestFound) -> bool:
    """Whether a mention is what is asked for and not asked to go on."""
    return drug.start in request.asked_at and request.request.phase is not Phase.CONTINUATION


def _untold(found: TherapyFound, request: RequestFound) -> bool:
    """Whether nothing says of a drug where it was asked for that it was given, and how that went."""
    told = found.therapy
    if told is None or request.request.phase is Phase.CONTINUATION:
        return False
    bare = told.outcome is Outcome.UNKNOWN and told.tolerance is Tolerance.UNKNOWN
    return bare and (told.stage is Stage.PAST or (told.stage is Stage.CURRENT and not found.staged))


def _inside(items: Sequence[_Placed], start: int, end: int) -> tuple[_Placed, ...]:
    """The items that stand between two places."""
    return tuple(item for item in within(items, start, end) if item.end <= end)
