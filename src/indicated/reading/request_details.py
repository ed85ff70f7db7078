"""What stands around a request: whether treatment starts or goes on, who asks, where it is given, how soon, when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from indicated.model.regimen import Phase
from indicated.reading import dates
from indicated.reading.billing import HCPCS
from indicated.reading.dates import Precision, find_periods
from indicated.reading.found import DRUG_KINDS
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.request_plans import openings
from indicated.reading.treated import SPOKEN, askable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon_therapy import RequestLexicon
    from indicated.reading.dates import DateFound
    from indicated.reading.scene import Scene, Seen, Sentence

_ICD = lazily(r"(?<![\w.-])[A-TV-Z]\d[0-9AB]\.[0-9A-Z]{1,4}(?![\w-]|\.\d)")
_NAME = lazily(
    r"[ :]*(?:an? |the |dr\.? )*([a-z][a-z .'-]{2,60}?)(?:,? m\.?d\.?)?"
    r"(?:, ?(?:[a-z]+ )?[a-z]+(?:ologist|ology|iatrician|iatrics|internist))?"
    r"(?=[.,;:()\n]|\bfor\b|\bon\b|$)"
)
_DATE = r"\d{1,2}/\d{1,2}/\d{2,4}"
_JOINED = lazily(rf"(?<![\w/.-])(?P<first>{_DATE})-(?P<last>{_DATE})(?![\w/])")
_BEFORE_DATE = 40
_GOVERNED = 16
_SEPARATES = " :=-(/"


class Period(NamedTuple):
    """From when to when; None for an end that is not said."""

    begins: date | None
    ends: date | None


class Details:
    """The words around requests compiled. Immutable after construction."""

    __slots__ = (
        "_begin_labels",
        "_end_labels",
        "_period_labels",
        "_phase_labels",
        "_phases",
        "_places",
        "_prescribers",
        "_refused",
        "_setting_labels",
        "_settings",
        "_unmarked",
        "_urgent",
        "_vocabulary",
    )

    def __init__(self, lexicon: RequestLexicon, vocabulary: Vocabulary) -> None:
        self._phases: Phrases[str] = Phrases((text, cue.phase) for cue in lexicon.phases for text in cue.texts)
        self._prescribers: Phrases[bool] = Phrases((text, True) for text in lexicon.prescribers)
        self._settings: Phrases[str] = Phrases((text, one.code) for one in lexicon.settings for text in one.texts)
        alone = [(text, one.code) for one in lexicon.settings for text in (*one.texts, *one.alone)]
        self._places: Phrases[str] = Phrases(alone)
        self._setting_labels = frozenset(lexicon.setting_labels)
        fields = (f"{label}: {value}" for label in lexicon.phase_labels for value in lexicon.urgent_values)
        self._urgent: Phrases[bool] = Phrases((text, True) for text in (*lexicon.urgent, *fields))
        self._unmarked, self._refused = lexicon.unmarked, lexicon.refused
        self._phase_labels = frozenset(lexicon.phase_labels)
        self._begin_labels, self._end_labels = tuple(lexicon.begin_labels), tuple(lexicon.end_labels)
        self._period_labels = tuple(lexicon.period_labels)
        self._vocabulary = vocabulary

    def phase(self, scene: Scene, start: int, end: int, mention: Seen) -> Phase:
        """Whether treatment starts or goes on: said with the request, else where the treatment is told."""
        said = self._phase_words(scene, start, end, mention)
        if not said:
            for line in scene.sentences:
                if line.label in self._phase_labels:
                    said += self._phase_words(scene, line.body, line.end)
        if not said:
            for line in openings(scene):
                if self._of_another(scene, line, mention):
                    continue
                said += self._phase_words(scene, line.start, line.end)
        if not said:
            for seen in scene.seen:
                if (
                    seen.kind in DRUG_KINDS
                    and askable(seen)
                    and self._vocabulary.related(seen.concept, mention.concept)
                ):
                    back = max(scene.sentences[seen.sentence].start, seen.start - 32)
                    said += self._phase_words(scene, back, seen.end + 24)
        going = Phase.CONTINUATION.value in said
        return Phase.CONTINUATION if going else Phase.INITIAL if said else Phase.UNKNOWN

    def _of_another(self, scene: Scene, line: Sentence, mention: Seen) -> bool:
        """Whether a line speaks of other drugs only (`PLEX ongoing.`)."""
        said = (scene.seen[at] for at in scene.seen_in(line.start, line.end))
        told = [seen.concept for seen in said if seen.kind in DRUG_KINDS]
        return bool(told) and not any(self._vocabulary.related(one, mention.concept) for one in told)

    def _phase_words(self, scene: Scene, start: int, end: int, mention: Seen | None = None) -> list[str]:
        """The phases said in a span; with `mention` none that another drug stands right after (`continue A`)."""
        said = [one for one in self._phases.find(scene.view.flat[start:end]) if one.meaning != Phase.UNKNOWN]
        if mention is None or not said:
            return [one.meaning for one in said]
        drugs = [seen for seen in scene.of_sentence(scene.judge.sentence_at(start)) if seen.kind in DRUG_KINDS]
        kept = []
        for one in said:
            at = start + one.end
            after = next((seen for seen in drugs if at <= seen.start <= at + _GOVERNED), None)
            if after is None or self._vocabulary.related(after.concept, mention.concept):
                kept.append(one.meaning)
        return kept

    def prescriber(self, scene: Scene) -> str:
        """Who asks or prescribes, as written."""
        flat = scene.view.flat
        for spoken in self._prescribers.find(flat, scene.view.words):
            name = _NAME.match(flat, spoken.end)
            if name is not None and scene.judge.judge(spoken.start, spoken.end).voice in SPOKEN:
                return scene.passage(name.start(1), name.end()).quote
        return ""

    def setting(self, scene: Scene, near: Iterable[Sentence]) -> str:
        """Where it is to be given: on a line headed so, else the last place said with the request (`from hospital to
        home` asks for home).
        """
        for line in scene.sentences:
            if line.label in self._setting_labels:
                for one in self._places.find(scene.view.flat[line.body : line.end]):
                    return one.meaning
        for line in near:
            said = [one.meaning for one in self._settings.find(scene.view.flat[line.start : line.end])]
            if said:
                return said[-1]
        return ""

    def urgent(self, scene: Scene) -> bool:
        """Whether a quick answer is asked for anywhere in the case's own words."""
        flat = scene.view.flat
        return any(self._is_marked(flat, one.start, one.end) for one in self._urgent.find(flat, scene.view.words))

    def _is_marked(self, flat: str, start: int, end: int) -> bool:
        """Not `non-urgent`, `[ ] urgent`, `urgent: no`."""
        before = flat[max(0, start - 16) : start].rstrip(" ")
        after = flat[end : end + 16].lstrip(" :?-")
        return not before.endswith(tuple(self._unmarked)) and not after.startswith(tuple(self._refused))

    def period(self, scene: Scene, near: Iterable[Sentence]) -> Period:
        """From when to when approval is asked for: a stretch in the request's own sentences, or dates with a label."""
        flat = scene.view.flat
        begins = ends = None
        for told in scene.dates:
            before = flat[max(0, told.start - _BEFORE_DATE) : told.start].rstrip(_SEPARATES)
            if before.endswith(self._begin_labels):
                begins = begins or told.on
            elif before.endswith(self._end_labels):
                ends = ends or _last(told)
        for one in [*_joined(flat), *find_periods(flat, scene.dates)]:
            if one.first is None or one.last is None:
                continue
            before = flat[max(0, one.start - _BEFORE_DATE) : one.start].rstrip(_SEPARATES)
            mine = any(line.start <= one.start < line.end for line in near)
            if mine or before.endswith(self._period_labels):
                return Period(begins or one.first.on, ends or _last(one.last))
        return Period(begins, ends)


def _joined(flat: str) -> list[dates.Period]:
    """`01/01/2026-06/30/2026`: two dates with nothing but a hyphen between."""
    found = []
    for match in _JOINED.finditer(flat):
        ends = [dates.find_dates(match[name]) for name in ("first", "last")]
        if all(ends):
            found.append(dates.Period(ends[0][0], ends[1][0], match.start(), match.end()))
    return found


_DECEMBER = 12


def _last(told: DateFound) -> date:
    """The last day of what a date says: of its month where it is a month."""
    if told.precision is Precision.MONTH and told.on.month < _DECEMBER:
        return told.on.replace(month=told.on.month + 1, day=1) - timedelta(days=1)
    return told.on if told.precision is Precision.DAY else told.on.replace(month=_DECEMBER, day=31)


def codes_of(scene: Scene) -> tuple[str, ...]:
    """ICD-10-CM and HCPCS codes in the voice of the case or the question, in order."""
    found = [match for pattern in (_ICD, HCPCS) for match in pattern.finditer(scene.view.cased)]
    found.sort(key=lambda match: match.start())
    said = (match.group() for match in found if scene.judge.judge(match.start(), match.end()).makes_fact)
    return tuple(dict.fromkeys(said))
