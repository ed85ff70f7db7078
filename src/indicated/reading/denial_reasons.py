"""The reasons of a denial: which sentences give one, of what kind, and what they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from indicated.model.assertion import Voice
from indicated.model.case import Mention
from indicated.model.concept import Kind
from indicated.model.denial import DenialKind, DenialReason, StatedLimit
from indicated.model.quantity import Comparison, Quantity
from indicated.reading.denial_ages import Ages
from indicated.reading.denial_clauses import Clauses
from indicated.reading.denial_items import items_of
from indicated.reading.patterns import lazily
from indicated.reading.plain_words import Plain, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.lexicon_denial import DenialWords
    from indicated.model.text import Passage
    from indicated.reading.scene import Scene

_WORD = lazily(r"[a-z]{3}")
_BACK_TO, _LONGEST_CUE, _BEFORE, _SHORT = 3, 60, 12, 24
_FOUND_BY = frozenset((Kind.FINDING, Kind.LAB, Kind.ANTIBODY, Kind.IMAGING, Kind.PATHOLOGY, Kind.STUDY, Kind.SCALE))
_ASKED_FOR = frozenset((Kind.TREATMENT, Kind.PRODUCT))
_TRIED = frozenset((Kind.DRUG, Kind.DRUG_CLASS, Kind.PRODUCT, Kind.PROCEDURE))
_SPECIFIC = frozenset(DenialKind) - {DenialKind.CRITERIA, DenialKind.MEDICAL_NECESSITY}
_MEASURED = (Kind.LAB, Kind.SCALE, Kind.STUDY)
_SAYS = (DenialKind.CRITERIA, DenialKind.MEDICAL_NECESSITY)
_CLINICAL = frozenset(DenialKind) - {DenialKind.ADMINISTRATIVE, DenialKind.SITE_OF_CARE, DenialKind.PRODUCT}
_ONE_OF_A_KIND = (DenialKind.PRODUCT, DenialKind.SITE_OF_CARE, DenialKind.ADMINISTRATIVE)
_MISSING = (DenialKind.STEP_THERAPY, DenialKind.CRITERIA, DenialKind.INFORMATION)
_ABOUT = (DenialKind.STEP_THERAPY, DenialKind.CRITERIA, DenialKind.INFORMATION, DenialKind.DOSE)


class _Cue(NamedTuple):
    kind: DenialKind
    texts: tuple[str, ...]
    beside: tuple[str, ...]
    never: tuple[str, ...]
    general: bool
    response: bool


class Sentences:
    """The words compiled. Immutable after construction."""

    __slots__ = (
        "_absent",
        "_admits",
        "_again",
        "_ages",
        "_asides",
        "_back",
        "_clauses",
        "_cues",
        "_demands",
        "_directions",
        "_either",
        "_items",
        "_lists",
        "_negates",
        "_save",
    )

    def __init__(self, words: DenialWords) -> None:
        self._cues = [
            _Cue(one.kind, _each(one.texts), _each(one.beside), _each(one.never), one.general, one.response)
            for one in words.reasons
        ]
        self._asides, self._back, self._lists = _each(words.asides), _each(words.back), _each(words.lists)
        self._save, self._absent = _each(words.save), _each(words.absent)
        self._clauses = Clauses(words.joints)
        self._admits = tuple(f" {text} " for text in _each(words.admits))
        self._negates, self._demands = _each(words.negates), _each(words.demands)
        self._again = _each(words.again)
        self._directions = _each(words.directions)
        self._items, self._either = _each(words.items), _each(words.either)
        self._ages = Ages(words)

    def reasons(self, scene: Scene, spans: Sequence[tuple[int, int, int]]) -> tuple[DenialReason, ...]:
        """The reasons in these sentences (number, start, end), in order; what is said again in no other words, once."""
        found: list[DenialReason] = []
        led: tuple[int, int] | None = None
        for number, start, end in spans:
            if led is not None and not scene.sentences[number].item and _begins_line(scene, number):
                led = None
            made: list[DenialReason] = []
            for first, last in self._parts(scene, start, end):
                before = made or (found if not _begins_line(scene, number) else [])
                more = list(self._of(scene, number, first, last, led))
                made += [one for one in more if not (before and self._adds_nothing(scene, one, before[-1]))]
            if self._leads(scene, number, start, end, spans):
                led = (start, end)
                made = [] if made or Plain(scene.view.flat, start, end).has(self._lists) else made
            found += made
        return _once(self._without_the_general(scene, found))

    def _without_the_general(self, scene: Scene, found: list[DenialReason]) -> list[DenialReason]:
        """The reasons without the bare conclusion, where another one says what it rests on."""
        found = [replace(reason, bare=True) if self._is_bare(scene, reason) else reason for reason in found]
        rest = [reason for reason in found if not reason.bare]
        return rest if any(reason.kind in _CLINICAL for reason in rest) else found

    def _parts(self, scene: Scene, start: int, end: int) -> list[tuple[int, int]]:
        """The clauses of a sentence that each give a reason of their own kind."""
        return self._clauses.of(
            scene.view.flat, start, end, lambda said, first, last: self._kinds(said, scene, first, last)
        )

    def _adds_nothing(self, scene: Scene, reason: DenialReason, before: DenialReason) -> bool:
        """Whether a sentence goes on with the reason before it: `None submitted`, `Only prednisone was tried`, `We did
        not find that`.
        """
        told = {one.concept for one in before.concepts}
        said = Plain(scene.view.flat, *_flat(scene, reason.passage))
        borrowed = not _holds_own(reason) and {one.concept for one in reason.concepts} <= told
        goes_on = _of_one_sentence(scene, reason, before) and reason.kind is DenialKind.CRITERIA
        if borrowed and not reason.items and (goes_on or said.has(self._again)):
            return True
        if reason.kind is not before.kind:
            return False
        return said.text.startswith(self._admits) or not (reason.concepts or reason.items or len(said.text) > _SHORT)

    def _is_bare(self, scene: Scene, reason: DenialReason) -> bool:
        """Whether a reason is a conclusion only: criteria or necessity in general, with nothing found on a patient."""
        if reason.kind not in _SAYS or reason.items or _tells(scene, *_flat(scene, reason.passage)):
            return False
        said = Plain(scene.view.flat, *_flat(scene, reason.passage))
        return any(cue.general and cue.kind is reason.kind and said.has(cue.texts) for cue in self._cues)

    def _leads(self, scene: Scene, number: int, start: int, end: int, spans: Sequence[tuple[int, int, int]]) -> bool:
        """Whether the sentence ends in a list whose items follow: each of them is a reason."""
        follows = any(other == number + 1 and scene.sentences[other].item for other, _, _ in spans)
        ends = scene.view.flat[start:end].rstrip().endswith(":")
        itself = scene.sentences[number].item and not ends
        return follows and not itself and (ends or Plain(scene.view.flat, start, end).has(self._lists))

    def _of(
        self, scene: Scene, number: int, start: int, end: int, led: tuple[int, int] | None
    ) -> Iterator[DenialReason]:
        """The reasons of one sentence; of an item by what it says itself, or under the sentence that leads it."""
        flat = scene.view.flat
        said = Plain(flat, start, end)
        if said.has(self._asides) or not _WORD.search(said.text):
            return
        kinds = self._kinds(said, scene, start, end)
        if not kinds and led is not None:
            both = Plain(flat, *led)
            cue = (led[0], led[1])
            kinds = dict.fromkeys(self._led_kinds(both, said, scene, start, end), cue)
        saved = said.first(self._save)
        concepts = _concepts(scene, start, end if saved is None else saved[0])
        items = items_of(flat, start, end, self._items)
        against = said.first(self._negates) if items and not kinds else None
        kinds = {DenialKind.CRITERIA: against} if against is not None else kinds
        ages = self._ages.of(scene, said, start, end)
        kinds = kinds or self._named(scene, said, (start, end), ages)
        earlier = self._required(scene, number) if number else None
        for kind, (first, last) in kinds.items():
            about, limits = concepts, _limits(scene, start, end)
            if kind is DenialKind.INFORMATION:
                about = _concepts(scene, start, end if saved is None else saved[0], whole=True)
            if kind in _MISSING and not about and earlier is not None:
                about, limits = _concepts(scene, *earlier), limits or _limits(scene, *earlier)
            if kind in _ABOUT and not about and said.has(self._back):
                about = self._before(scene, number, start)
            yield DenialReason(
                kind,
                scene.passage(start, end),
                scene.passage(first, last),
                about,
                items,
                ages,
                self._any(scene, about),
                limits,
                kind in _SAYS and led is None and not said.has(self._negates) and not said.has(self._demands),
                said.has(self._directions),
                kind in _MISSING and self._of_response(said),
            )

    def _named(
        self, scene: Scene, said: Plain, span: tuple[int, int], ages: tuple[Comparison, ...]
    ) -> dict[DenialKind, tuple[int, int]]:
        """The kind of a sentence without words of any, by what it finds absent; or whom it leaves out, by age."""
        place = said.first(self._absent)
        named = {scene.seen[at].kind for at in scene.seen_in(*span)}
        if place is not None and named & _FOUND_BY:
            return {DenialKind.CRITERIA: place}
        if place is not None and named & _TRIED and not named & _ASKED_FOR:
            return {DenialKind.STEP_THERAPY: place}
        place = said.first((*self._demands, *self._absent)) if ages else None
        return {} if place is None else {DenialKind.CRITERIA: place}

    def _of_response(self, said: Plain) -> bool:
        """Whether a sentence speaks of what treatment has done for the patient."""
        return any(
            cue.response and said.has(cue.texts) and said.has(cue.beside) and not said.has(cue.never)
            for cue in self._cues
        )

    def _required(self, scene: Scene, number: int) -> tuple[int, int] | None:
        """The sentence before, where it says what is required."""
        before = scene.sentences[number - 1]
        said = Plain(scene.view.flat, before.start, before.end)
        return (before.start, before.end) if said.has(self._demands) else None

    def _kinds(self, said: Plain, scene: Scene, start: int, end: int) -> dict[DenialKind, tuple[int, int]]:
        """The kinds of reason that a sentence gives, each with the words that tell it."""
        found: dict[DenialKind, tuple[int, int]] = {}
        general: dict[DenialKind, tuple[int, int]] = {}
        for cue in self._cues:
            if cue.never and said.has(cue.never):
                continue
            place = said.first(cue.texts)
            beside = said.first(cue.beside) if cue.beside else place
            if place is None or beside is None:
                continue
            span = min(place[0], beside[0]), max(place[1], beside[1])
            span = span if span[1] - span[0] <= _LONGEST_CUE else beside
            (general if cue.general else found).setdefault(cue.kind, span)
        if found.keys() & _SPECIFIC and DenialKind.CRITERIA in found and not _tells(scene, start, end):
            del found[DenialKind.CRITERIA]
        if {DenialKind.STEP_THERAPY, DenialKind.PRODUCT} <= found.keys() and _brands_only(scene, start, end):
            del found[DenialKind.STEP_THERAPY]
        if {DenialKind.INFORMATION, DenialKind.CRITERIA} <= found.keys():
            del found[DenialKind.CRITERIA]
        if not found and len(general) > 1:
            general.pop(DenialKind.MEDICAL_NECESSITY, None)
        return found or general

    def _led_kinds(self, lead: Plain, said: Plain, scene: Scene, start: int, end: int) -> tuple[DenialKind, ...]:
        """The kinds of an item: what lead and item say together, or what the lead says."""
        whole = Plain("", 0, 0)
        whole.text = f"{lead.text}{said.text.lstrip()}"
        both = [
            cue.kind
            for cue in self._cues
            if said.has(cue.texts) and (not cue.beside or whole.has(cue.beside)) and not whole.has(cue.never)
        ]
        own = [kind for kind in both if kind in _SPECIFIC]
        if own and not (own == [DenialKind.INFORMATION] and _tells(scene, start, end)):
            return tuple(dict.fromkeys(own))
        return (DenialKind.CRITERIA,)

    def _any(self, scene: Scene, about: tuple[Mention, ...]) -> bool:
        """Whether one of the things named is enough: `a trial of A or B was not shown`."""
        if len(about) < 2:  # noqa: PLR2004
            return False
        first, last = _flat(scene, about[0].passage)[0], _flat(scene, about[-1].passage)[0]
        around = Plain(scene.view.flat, max(0, first - _BEFORE), last)
        return around.has(self._either)

    @staticmethod
    def _before(scene: Scene, number: int, start: int) -> tuple[Mention, ...]:
        """What is spoken of before a clause that begins at `start`: in its sentence, else in the nearest before it that
        speaks of anything.
        """
        found = _concepts(scene, scene.sentences[number].start, start)
        if found:
            return found
        for earlier in range(number - 1, max(-1, number - 1 - _BACK_TO), -1):
            sentence = scene.sentences[earlier]
            found = _concepts(scene, sentence.start, sentence.end)
            if found:
                return found
        return ()


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(text) for text in texts))


def _concepts(scene: Scene, start: int, end: int, *, whole: bool = False) -> tuple[Mention, ...]:
    """What is named in a span, each concept once, in the plan's voice; weight, age and sex only where `whole`."""
    found: dict[str, Mention] = {}
    for at in scene.seen_in(start, end):
        seen = scene.seen[at]
        if whole or seen.kind is not Kind.DEMOGRAPHIC:
            said = replace(seen.assertion, voice=Voice.PAYER_CRITERIA)
            found.setdefault(seen.concept, Mention(seen.concept, scene.passage(seen.start, seen.end), said))
    return tuple(found.values())


def _limits(scene: Scene, start: int, end: int) -> tuple[StatedLimit, ...]:
    """The limits that a span states, each for the measurement that is named last before it."""
    found: list[StatedLimit] = []
    for quantity in scene.quantities_in(start, end):
        limit = _limit(quantity.quantity)
        named = [scene.seen[at] for at in scene.seen_in(start, quantity.start)]
        measured = [seen for seen in named if seen.kind in _MEASURED]
        if limit is not None and measured:
            found.append(StatedLimit(measured[-1].concept, limit))
    return tuple(found)


def _limit(value: Quantity) -> Comparison | None:
    """An open quantity as the limit that it is."""
    if value.low is None and value.high is not None:
        return Comparison("<" if value.high_open else "<=", Quantity(value.high, value.high, value.unit))
    if value.high is None and value.low is not None:
        return Comparison(">" if value.low_open else ">=", Quantity(value.low, value.low, value.unit))
    return None


def _tells(scene: Scene, start: int, end: int) -> bool:
    """Whether the span names something that is found on a patient."""
    return any(scene.seen[at].kind in _FOUND_BY for at in scene.seen_in(start, end))


def _brands_only(scene: Scene, start: int, end: int) -> bool:
    """Whether of drugs only brands are named."""
    named = {scene.seen[at].kind for at in scene.seen_in(start, end)} & _TRIED
    return named == {Kind.PRODUCT}


def _flat(scene: Scene, passage: Passage) -> tuple[int, int]:
    """Where a passage stands in the text as it is matched."""
    return scene.view.flat_span(passage.start, passage.end)


def _begins_line(scene: Scene, number: int) -> bool:
    """Whether a sentence stands at the start of a line, and does not go on with an item of a list."""
    flat, start = scene.view.flat, scene.sentences[number].start
    return flat[:start].rstrip(" \t").endswith("\n") if number else True


def _once(reasons: Sequence[DenialReason]) -> tuple[DenialReason, ...]:
    """Each reason once: a later one of its kind that names nothing new is the same again."""
    kept: list[DenialReason] = []
    named = {reason.kind for reason in reasons if reason.concepts or reason.items}
    for reason in reasons:
        about = {one.concept for one in reason.concepts}
        before = [one for one in kept if one.kind is reason.kind]
        if before and reason.kind in _ONE_OF_A_KIND:
            kept[kept.index(before[0])] = _joined(before[0], reason)
            continue
        if reason.kind is DenialKind.STEP_THERAPY and reason.kind in named and not about and not reason.items:
            continue
        told = {one.concept for other in before for one in other.concepts}
        items = {one for other in before for one in other.items}
        bare = reason.kind is DenialKind.CRITERIA and not _holds_own(reason) and not reason.items
        if before and not bare and about <= told and set(reason.items) <= items:
            continue
        kept.append(reason)
    return tuple(kept)


def _of_one_sentence(scene: Scene, reason: DenialReason, before: DenialReason) -> bool:
    """Whether a reason is a later clause of the sentence that gives another."""
    first, later = _flat(scene, before.passage)[0], _flat(scene, reason.passage)[0]
    return not any(first < one.start <= later for one in scene.sentences)


def _holds_own(reason: DenialReason) -> bool:
    """Whether a reason names in its own words something that it speaks of."""
    passage = reason.passage
    return any(passage.start <= one.passage.start < passage.end for one in reason.concepts)


def _joined(first: DenialReason, later: DenialReason) -> DenialReason:
    """The first with what the later one names besides."""
    known = {one.concept for one in first.concepts}
    more = tuple(one for one in later.concepts if one.concept not in known)
    return replace(first, concepts=(*first.concepts, *more))
