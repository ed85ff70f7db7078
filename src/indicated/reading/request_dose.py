"""The dose and rhythm of what is asked for: its fragments found, joined to one regimen, apart from the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from indicated.model.assertion import Voice
from indicated.model.quantity import Quantity, Units
from indicated.model.regimen import Regimen
from indicated.reading.agreement import differ
from indicated.reading.billing import HCPCS, Billing
from indicated.reading.dates import Relation, find_durations
from indicated.reading.found import DRUG_KINDS
from indicated.reading.patterns import lazily
from indicated.reading.regimen_part import PartKind
from indicated.reading.treated import askable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon_therapy import RequestLexicon
    from indicated.model.text import Passage
    from indicated.reading.dates import DateFound, DurationFound
    from indicated.reading.doubts import Doubts
    from indicated.reading.regimen import RegimenFound, RegimenReader
    from indicated.reading.scene import Scene, Seen, Sentence

_BESIDE = 24
_BEFORE = 60
_MOST = 100
"""Fragments of one request; what repeats them more often is noise."""
_MERGED = (
    *("per_day", "per_course", "days", "interval", "courses", "duration", "route", "loading", "maximum"),
    *("rounded", "restated", "basis", "weight", "supplies"),
)
_STOP = lazily(r"[;.] ")
_FILLER = lazily(r"[\s:,(-]*(?:\b(?:a|an|the|of|dose|at|on|is|his|her|their)\b[\s:,(-]*)*$")
_OPENING = lazily(r"[\s*-]*(?P<label>[A-Za-z][A-Za-z ]{2,30}?) (?:of |is )?(?=\d)")


class _Fragment(NamedTuple):
    """A regimen of the request in sentence `number`; `before` says that it is what the request takes the place of."""

    found: RegimenFound
    number: int
    before: bool


class Dose(NamedTuple):
    """What the request's fragments say together. `conflicts` are passages that state different things."""

    regimen: Regimen | None
    replaces: Regimen | None
    spans: tuple[tuple[int, int], ...]
    conflicts: tuple[tuple[Passage, Passage], ...]


class DoseReader:
    """The words of doses in requests compiled. Immutable after construction."""

    __slots__ = (
        "_asked_words",
        "_billing",
        "_doubts",
        "_earlier_words",
        "_from",
        "_from_words",
        "_labels",
        "_regimens",
        "_since_words",
        "_to_words",
        "_units",
        "_vocabulary",
    )

    def __init__(  # noqa: PLR0913, PLR0917 - the words, and the readers of what they join
        self,
        lexicon: RequestLexicon,
        regimens: RegimenReader,
        doubts: Doubts,
        billing: Billing,
        vocabulary: Vocabulary,
        units: Units,
    ) -> None:
        self._labels = frozenset(lexicon.dose_labels)
        self._from_words = tuple(sorted(lexicon.from_words, key=len, reverse=True))
        self._from = frozenset(lexicon.from_words)
        self._to_words = lexicon.to_words
        self._asked_words = lexicon.asked_words
        self._earlier_words = lexicon.earlier_words
        self._since_words = lexicon.since_words
        self._regimens = regimens
        self._doubts = doubts
        self._billing = billing
        self._vocabulary = vocabulary
        self._units = units

    def read(self, scene: Scene, mention: Seen, concept: str, asking: int) -> Dose:
        """The regimen asked for with `mention` in sentence `asking`; `concept` is the product, else the treatment."""
        fragments = self._fragments(scene, mention, asking)[:_MOST]
        new = [one for one in fragments if not one.before]
        old = [one for one in fragments if one.before]
        if not new:
            new, old = old, []
        regimen, conflicts = self._merged(scene, mention, concept, new)
        replaces, _ = self._merged(scene, mention, concept, old)
        spans = tuple((one.found.start, one.found.end) for one in new)
        return Dose(regimen, replaces, spans, conflicts)

    def doses_in(self, scene: Scene, sentence: Sentence) -> bool:
        """Whether a sentence states a dose."""
        return self.dose_in(scene, sentence.start, sentence.end)

    def dose_in(self, scene: Scene, start: int, end: int) -> bool:
        """Whether a span states a dose."""
        return any(one.dosed for one in self._regimens.find(scene.view, start, end, (), scene))

    def taken_from(self, scene: Scene, start: int, first: int) -> bool:
        """Whether `from`, `instead of` or their like stand right before a place, from `first` on."""
        before = scene.view.flat[max(first, start - _BEFORE) : start]
        filler = _FILLER.search(before)
        words = before[: filler.start()] if filler else before
        ending = next((word for word in self._from_words if words.endswith(word)), "")
        return bool(ending) and not words[: -len(ending)][-1:].isalnum()

    def leads_to(self, scene: Scene, seen: Seen, following: Seen) -> bool:
        """Whether `to` or its like stands right before the next treatment, with nothing but a dose after this one."""
        if following.start - seen.end > _BEFORE:
            return False
        gap = _FILLER.sub("", scene.view.flat[seen.end : following.start])
        ending = next((word for word in self._to_words if gap.endswith(f" {word}")), "")
        return bool(ending) and not _STOP.search(gap)

    def _fragments(self, scene: Scene, mention: Seen, asking: int) -> list[_Fragment]:
        """Doses and rhythms of what is asked: in its sentence, beside it elsewhere, or on a line headed as dose. Where
        the asking sentence names no treatment but a dose, that is what is asked for instead of the one told before.
        """
        found: list[_Fragment] = []
        drugs: dict[int, list[Seen]] = {}
        for seen in scene.seen:
            if seen.kind in DRUG_KINDS:
                drugs.setdefault(seen.sentence, []).append(seen)
        first = _first_of_form(scene, mention.sentence)
        follows = False  # whether the last drug told before is what is asked for
        for number, sentence in enumerate(scene.sentences):
            mine = drugs.get(number, [])
            same = [seen for seen in mine if self._vocabulary.related(seen.concept, mention.concept)]
            before = sentence.label in self._from and not mine
            headed = self._heads_dose(sentence.label) or _heads_request(sentence)
            headed = headed or (follows and self._opens_with_dose(scene, sentence))
            labelled = (headed or before) and not mine and number >= first
            follows = self._vocabulary.related(mine[-1].concept, mention.concept) if mine else follows
            near = number in (mention.sentence, asking) or labelled
            if near or (any(askable(one) for one in same) and not found):
                start = sentence.body if sentence.body > sentence.start and labelled and before else sentence.start
                for one in self._of_sentence(scene, start, sentence.end, mine, same):
                    beside = one.dosed and _distance(one, same) <= _BESIDE
                    if near or (beside and not self._is_earlier(scene, sentence, one)):
                        told = before or self._is_before(scene, one, sentence, same)
                        found.append(_Fragment(one, number, told))
        if mention.sentence < asking and any(one.number == asking and one.found.dosed for one in found):
            return [one._replace(before=one.before or one.number < asking) for one in found]
        return found

    def _heads_dose(self, label: str) -> bool:
        """Whether a label heads a dose of what is asked for: `dose`, `expected length of therapy`."""
        if not label or label in self._labels:
            return bool(label)
        asked = next((word for word in self._asked_words if label.startswith(f"{word} ")), "")
        return bool(asked) and label.removeprefix(f"{asked} ") in self._labels

    def _opens_with_dose(self, scene: Scene, sentence: Sentence) -> bool:
        """Whether a line opens as if a label headed it: `Loading dose 2 g/kg`."""
        opening = _OPENING.match(scene.view.flat, sentence.start, sentence.end)
        return not sentence.label and opening is not None and opening["label"].lower() in self._labels

    def _of_sentence(
        self, scene: Scene, start: int, end: int, mine: Sequence[Seen], same: Sequence[Seen]
    ) -> list[RegimenFound]:
        """The regimens of a sentence that stand nearer to what is asked for than to another drug."""
        names = [(seen.start, seen.end) for seen in same]
        some = self._regimens.find(scene.view, start, end, names, scene)
        others = [seen for seen in mine if seen not in same]
        return [one for one in some if _distance(one, others) >= _distance(one, same)]

    def _is_earlier(self, scene: Scene, sentence: Sentence, one: RegimenFound) -> bool:
        """Whether a dose told elsewhere is of a course that is over: one that had its day (`2 g/kg in 2020`), or one
        without a rhythm in words of the past. What was started then, and what goes on, is not.
        """
        flat = scene.view.flat
        lead = [flat[max(sentence.start, day.start - _BESIDE) : day.start] for day in self._days(scene, sentence)]
        if any(not _ends_with(before, self._since_words) for before in lead):
            return True
        words = f" {flat[sentence.start : sentence.end]} "
        return one.regimen.interval is None and any(f" {word} " in words for word in self._earlier_words)

    @staticmethod
    def _days(scene: Scene, sentence: Sentence) -> list[DateFound | DurationFound]:
        """The dates of a sentence, and the times ago."""
        told = scene.dates_in(sentence.start, sentence.end)
        lengths = find_durations(scene.view.flat, scene.quantities_in(sentence.start, sentence.end))
        ago = [one for one in lengths if one.relation is Relation.AGO and one.start >= sentence.start]
        return [*told, *(one for one in ago if one.end <= sentence.end)]

    def _is_before(self, scene: Scene, one: RegimenFound, sentence: Sentence, same: Sequence[Seen]) -> bool:
        """`from 30 g every 4 weeks`, `from IVIG 30 g`: the dose that is to change."""
        named = next((seen for seen in same if 0 <= one.start - seen.end <= _BESIDE), None)
        starts = [one.start] if named is None else [one.start, named.start]
        return any(self.taken_from(scene, start, sentence.start) for start in starts)

    def _merged(
        self, scene: Scene, mention: Seen, concept: str, fragments: Sequence[_Fragment]
    ) -> tuple[Regimen | None, tuple[tuple[Passage, Passage], ...]]:
        """One regimen of the fragments: what the first leaves unsaid is taken from the next."""
        whole: Regimen | None = None
        conflicts: list[tuple[Passage, Passage]] = []
        codes = [code.group() for code in HCPCS.finditer(scene.view.cased)] if fragments else []
        dosed = sorted(fragments, key=lambda one: not one.found.dosed)
        ordered = dosed if fragments and not fragments[0].found.dosed else fragments
        told: list[tuple[int, Regimen]] = []
        loading = False
        for one in ordered:
            counted = self._billing.counted(one.found.regimen, concept, codes)
            part = self._doubts.judge(replace(one.found, regimen=counted), mention.concept, scene.view)
            others = [other for number, other in told if number != one.number]
            told.append((one.number, part))
            if whole is None:
                whole, loading = part, one.found.part is PartKind.LOADING
                continue
            if loading and one.found.dosed and one.found.part is not PartKind.LOADING:
                whole, loading = _followed(whole, part), False
                continue
            unlike = next((other for other in others if differ(other, part, self._units)), None)
            if unlike is not None:
                conflicts.append((unlike.passages[0], part.passages[0]))
            whole = _filled(whole, part)
        return (None if whole is None else self._doubts.weighed(whole, mention.concept)), tuple(conflicts)


def _heads_request(sentence: Sentence) -> bool:
    """Whether a sentence opens with a heading that asks: `Requesting: 2 g/kg`."""
    return (
        sentence.section is not None
        and sentence.body > sentence.start
        and sentence.section.priors.get("voice") == Voice.QUESTION
    )


def _ends_with(before: str, words: Iterable[str]) -> bool:
    """Whether a text ends with one of these words, as a whole word."""
    bare = before.rstrip(" (,:")
    return any(bare.endswith(word) and not bare[: -len(word)][-1:].isalnum() for word in words)


def _first_of_form(scene: Scene, number: int) -> int:
    """The first of the labelled lines right before a sentence: a form may state the dose before the drug."""
    first = number
    while (
        first > 0 and scene.sentences[first - 1].label and scene.sentences[number].body > scene.sentences[number].start
    ):
        first -= 1
    return first


def _distance(one: RegimenFound, seen: Iterable[Seen]) -> int:
    far = 10**9
    return min((max(one.start - item.end, 2 * (item.start - one.end), 0) for item in seen), default=far)


def _followed(loading: Regimen, goes_on: Regimen) -> Regimen:
    """What goes on, with what it follows as its loading."""
    passages = (*loading.passages, *goes_on.passages)
    first = replace(loading, passages=(), doubts=())
    route = goes_on.route or loading.route
    doubts = (*loading.doubts, *goes_on.doubts)
    return replace(goes_on, loading=first, route=route, doubts=doubts, passages=passages)


def _filled(whole: Regimen, part: Regimen) -> Regimen:
    missing = {name: getattr(part, name) for name in _MERGED if not getattr(whole, name)}
    if whole.per_day is not None or whole.per_course is not None:
        again = _other_unit(whole, part) if whole.restated is None else None
        missing = {name: value for name, value in missing.items() if name not in ("per_day", "per_course")}
        missing |= {"restated": again} if again is not None else {}
    return replace(whole, **missing, doubts=(*whole.doubts, *part.doubts), passages=(*whole.passages, *part.passages))


def _other_unit(whole: Regimen, part: Regimen) -> Quantity | None:
    """The dose of a further fragment where it is the same in another unit: grams beside grams per kilogram."""
    dose, other = whole.per_day or whole.per_course, part.per_day or part.per_course
    if dose is None or other is None:
        return None
    return other if ("/" in dose.unit) != ("/" in other.unit) else None
