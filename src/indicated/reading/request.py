"""The request: what is asked for, for which condition, in which dose, to start or to go on. None when nothing is asked.

A treatment that is only discussed, considered or listed among medications is not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from indicated.model.assertion import Certainty, Polarity, Subject, Time, Voice
from indicated.model.concept import Kind, Vocabulary
from indicated.model.lexicon_therapy import RequestLexicon
from indicated.model.regimen import Phase, Regimen, Request
from indicated.reading.doubts import Doubts
from indicated.reading.found import DRUG_KINDS, RequestFound
from indicated.reading.indications import indications
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.regimen import RegimenFound, RegimenReader
from indicated.reading.scene import Scene, Seen, Sentence

_HEADING = "section.request"
_SPOKEN = frozenset((Voice.CASE, Voice.QUESTION, Voice.PLAN))
_HCPCS = lazily(r"(?<![\w.])[A-CEGHJ-MP-V]\d{4}(?![\w.]\w|\d)")
_ICD = lazily(r"(?<![\w.-])[A-TV-Z]\d[0-9AB]\.[0-9A-Z]{1,4}(?![\w-]|\.\d)")
_NAME = lazily(
    r"[ :]*(?:an? |the |dr\.? )*([a-z][a-z .'-]{2,60}?)(?:,? m\.?d\.?)?"
    r"(?:, ?(?:[a-z]+ )?[a-z]+(?:ologist|ology|iatrician|iatrics|internist))?"
    r"(?=[.,;:()\n]|\bfor\b|\bon\b|$)"
)
_PASSIVE = lazily(r"(?:is|are|was|were|has been|have been|is being|are being) ")
_BESIDE = 24
_MERGED = ("per_day", "per_course", "days", "interval", "courses", "duration", "route", "loading", "maximum")


class _Asked(NamedTuple):
    """A treatment that may be asked for: how sure, where, and where the asking words stand."""

    sure: int
    mention: Seen
    cue: int


def _is_headed(sentence: Sentence) -> bool:
    return sentence.section is not None and sentence.section.id == _HEADING


def _nearby(scene: Scene, number: int) -> list[Seen]:
    """Treatments (not plain drugs) of the sentences around, the nearest first."""
    around = (number, number - 1, number + 1, number - 2, number + 2)
    told = (seen for at in around if 0 <= at < len(scene.sentences) for seen in scene.of_sentence(at))
    return [seen for seen in told if _askable(seen) and seen.kind in (Kind.TREATMENT, Kind.PRODUCT)]


class RequestReader:
    """The words of requests compiled. Immutable after construction."""

    __slots__ = ("_doubts", "_labels", "_phase_labels", "_phases", "_prescribers", "_regimens", "_roles", "_vocabulary")

    def __init__(
        self, lexicon: RequestLexicon, regimens: RegimenReader, doubts: Doubts, vocabulary: Vocabulary
    ) -> None:
        self._roles: Phrases[str] = Phrases((text, cue.role) for cue in lexicon.cues for text in cue.texts)
        self._phases: Phrases[str] = Phrases((text, cue.phase) for cue in lexicon.phases for text in cue.texts)
        self._prescribers: Phrases[bool] = Phrases((text, True) for text in lexicon.prescribers)
        self._phase_labels = frozenset(lexicon.phase_labels)
        self._labels = frozenset(lexicon.dose_labels)
        self._regimens = regimens
        self._doubts = doubts
        self._vocabulary = vocabulary

    def find(self, scene: Scene) -> RequestFound | None:
        """What the document asks for; of several requests the surest, then the first."""
        said: dict[int, list[tuple[int, int, str]]] = {}
        for start, end, role in self._roles.find(scene.view.flat, scene.view.words):
            said.setdefault(scene.judge.sentence_at(start), []).append((start, end, role))
        asked = [
            item
            for number, sentence in enumerate(scene.sentences)
            if number in said or sentence.asks or _is_headed(sentence)
            for item in self._asked(scene, number, said.get(number, ()))
        ]
        if not asked:
            return None
        best = max(asked, key=lambda item: (item.sure, -item.cue, -item.mention.start))
        return RequestFound(self._request(scene, best), best.mention)

    def _asked(self, scene: Scene, number: int, said: Sequence[tuple[int, int, str]]) -> Iterable[_Asked]:
        """The treatments that one sentence asks for."""
        sentence = scene.sentences[number]
        asking = [scene.view.flat[start:end] for start, end, role in said if role == "asks"]
        denied = bool(asking) and all("denied" in words for words in asking)
        heading = _is_headed(sentence)
        asks = [at for at, _, role in said if role == "asks"]
        judges = [at for at, _, role in said if role == "judges"]
        never = [at for at, _, role in said if role == "never"]
        if not (heading or asks or sentence.asks):
            if (
                not never
                and "if" not in scene.view.flat[sentence.start : sentence.end].split()
                and any(role == "plans" for _, _, role in said)
            ):
                yield from (_Asked(0, seen, seen.start) for seen in scene.of_sentence(number) if _is_planned(seen))
            return
        mentions = [seen for seen in scene.of_sentence(number) if _askable(seen, denied=denied)]
        if heading or asks:
            first = sentence.start if heading else asks[0]
            near = _nearby(scene, number) if sentence.section is not None else []
            passive = _PASSIVE.match(scene.view.flat, first) is not None
            yield from _introduced(mentions, near, first, never, denied=denied, passive=passive)
        elif sentence.asks and judges:
            where = mentions or _nearby(scene, number)
            yield from (_Asked(2 if mentions else 1, seen, judges[0]) for seen in where[:1])
        elif sentence.asks and not never:
            yield from (_Asked(1, seen, seen.start) for seen in mentions[:1] if _for_condition(scene, seen))

    def _request(self, scene: Scene, asked: _Asked) -> Request:
        mention = asked.mention
        sentence = scene.sentences[mention.sentence]
        found = self._fragments(scene, mention)
        regimen = self._merged(scene, mention, found)
        product = self._product(scene, mention)
        treatment = self._treatment(product or mention.concept, regimen.route if regimen else "")
        asking = scene.sentences[scene.judge.sentence_at(asked.cue)]
        spans = dict.fromkeys([(asking.start, asking.end), (sentence.start, sentence.end)])
        spans |= dict.fromkeys((one.start, one.end) for one in found if not _inside(one, spans))
        return Request(
            treatment=treatment,
            passages=tuple(scene.passage(start, end) for start, end in spans),
            product=product,
            indications=indications(scene, asking, mention, self._vocabulary),
            phase=self._phase(scene, asking.start, asking.end, mention),
            regimen=regimen,
            codes=_codes(scene),
            prescriber=self._prescriber(scene),
        )

    def _product(self, scene: Scene, mention: Seen) -> str:
        """The product asked for: the mention itself, or one of the treatment named with it."""
        named = (
            seen.concept
            for seen in scene.seen
            if seen.kind is Kind.PRODUCT
            and seen.sentence == mention.sentence
            and _askable(seen)
            and self._vocabulary.is_a(seen.concept, mention.concept)
        )
        return next(named, "")

    def _treatment(self, concept: str, route: str) -> str:
        """The treatment a product is: the first of its broader concepts that is one, by this route where that tells."""
        if concept not in self._vocabulary or self._vocabulary[concept].kind is not Kind.PRODUCT:
            return concept
        above = [
            broad
            for broad in self._vocabulary[concept].broader
            if broad in self._vocabulary and self._vocabulary[broad].kind is Kind.TREATMENT
        ]
        routed = [broad for broad in above if route and route in broad.rsplit(".", 1)[-1]]
        return next(iter(routed or above), concept)

    def _fragments(self, scene: Scene, mention: Seen) -> list[RegimenFound]:
        """Doses and rhythms of what is asked: in its sentence, beside it elsewhere, or on a line headed as dose."""
        found: list[RegimenFound] = []
        drugs: dict[int, list[Seen]] = {}
        for seen in scene.seen:
            if seen.kind in DRUG_KINDS:
                drugs.setdefault(seen.sentence, []).append(seen)
        for number, sentence in enumerate(scene.sentences):
            mine = drugs.get(number, [])
            same = [seen for seen in mine if self._same(seen.concept, mention.concept)]
            labelled = sentence.label in self._labels and not mine and number > mention.sentence
            if number == mention.sentence or labelled or (any(_askable(one) for one in same) and not found):
                names = [(seen.start, seen.end) for seen in same]
                start = sentence.start if sentence.body <= sentence.start or mine else sentence.body
                some = self._regimens.find(scene.view, start, sentence.end, names, scene)
                others = [seen for seen in mine if seen not in same]
                own = [one for one in some if not _belongs_to(one, others, same)]
                near = number == mention.sentence or labelled
                found += [one for one in own if near or (one.dosed and _beside(one, same))]
        return found

    def _same(self, concept: str, asked: str) -> bool:
        return self._vocabulary.is_a(concept, asked) or self._vocabulary.is_a(asked, concept)

    def _merged(self, scene: Scene, mention: Seen, found: Sequence[RegimenFound]) -> Regimen | None:
        """One regimen of the fragments: what the first leaves unsaid is taken from the next."""
        whole: Regimen | None = None
        dosed = sorted(found, key=lambda one: not one.dosed) if found and not found[0].dosed else found
        for one in dosed:
            part = self._doubts.judge(one, mention.concept, scene.view)
            whole = part if whole is None else _filled(whole, part)
        return whole

    def _phase(self, scene: Scene, start: int, end: int, mention: Seen) -> Phase:
        """Whether treatment starts or goes on: said with the request, else where the treatment is told."""
        said = [(spoken.start + start, spoken.meaning) for spoken in self._phases.find(scene.view.flat[start:end])]
        if not said:
            for line in scene.sentences:
                if line.label in self._phase_labels:
                    said += [(0, spoken.meaning) for spoken in self._phases.find(scene.view.flat[line.body : line.end])]
        if not said:
            for seen in scene.seen:
                if seen.kind in DRUG_KINDS and _askable(seen) and self._same(seen.concept, mention.concept):
                    back = max(scene.sentences[seen.sentence].start, seen.start - 32)
                    near = scene.view.flat[back : seen.end + 24]
                    said += [(0, spoken.meaning) for spoken in self._phases.find(near)]
        going = any(phase == Phase.CONTINUATION for _, phase in said)
        return Phase.CONTINUATION if going else Phase.INITIAL if said else Phase.UNKNOWN

    def _prescriber(self, scene: Scene) -> str:
        flat = scene.view.flat
        for spoken in self._prescribers.find(flat, scene.view.words):
            name = _NAME.match(flat, spoken.end)
            if name is not None and scene.judge.judge(spoken.start, spoken.end).voice in _SPOKEN:
                return scene.passage(name.start(1), name.end()).quote
        return ""


def _introduced(  # noqa: PLR0913 - a sentence with all that stands in it
    mentions: Sequence[Seen], near: Sequence[Seen], cue: int, never: Sequence[int], *, denied: bool, passive: bool
) -> Iterable[_Asked]:
    """The first treatment after the asking words, else the last before them, else the last told before. `Is requested`
    (`passive`) looks before itself first.
    """
    if any(at < cue for at in never) and not any(seen.start > cue for seen in mentions):
        return
    ahead = [seen for seen in mentions if seen.start > cue and not any(cue < at < seen.start for at in never)]
    behind = [seen for seen in mentions if seen.start < cue and not any(at < seen.start for at in never)]
    if denied:
        kinds = (Kind.TREATMENT, Kind.PRODUCT)
        yield from (_Asked(1, seen, cue) for seen in [*ahead, *behind][:1] if seen.kind in kinds)
        return
    preferred = [seen for seen in behind if seen.kind in (Kind.TREATMENT, Kind.PRODUCT)] or behind
    if ahead and not (passive and preferred):
        yield _Asked(3, ahead[0], cue)
    elif preferred:
        yield _Asked(3, preferred[-1], cue)
    else:
        yield from (_Asked(1, seen, cue) for seen in near[:1])


def _for_condition(scene: Scene, asked: Seen) -> bool:
    """`IVIG for dermatomyositis?`: a treatment with `for` or `in` and a condition after it."""
    after = (seen for seen in scene.of_sentence(asked.sentence) if seen.start > asked.end)
    first = next((seen for seen in after if seen.kind is Kind.CONDITION), None)
    return first is not None and re.search(r"\b(?:for|in)\b", scene.view.flat[asked.end : first.start]) is not None


def _askable(seen: Seen, *, denied: bool = False) -> bool:
    """Whether a mention can be asked for: a drug or treatment of this patient, in the case, a question or a plan.

    With `denied` a payer's `denied` does not count against it.
    """
    said = seen.assertion
    spoken = said.voice in _SPOKEN and said.subject is Subject.PATIENT
    return seen.kind in DRUG_KINDS and spoken and (denied or said.polarity is Polarity.PRESENT)


def _is_planned(seen: Seen) -> bool:
    """Whether a treatment is told as about to begin, on no condition; asked for where nothing else is."""
    meant = seen.kind in (Kind.TREATMENT, Kind.PRODUCT) and seen.assertion.time in (Time.PLANNED, Time.CURRENT)
    return meant and _askable(seen) and seen.assertion.certainty is Certainty.CONFIRMED


def _inside(one: RegimenFound, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in spans)


def _belongs_to(one: RegimenFound, others: Sequence[Seen], same: Sequence[Seen]) -> bool:
    """Whether a regimen stands nearer to another drug than to the one asked for."""
    return _distance(one, others) < _distance(one, same)


def _beside(one: RegimenFound, same: Sequence[Seen]) -> bool:
    return _distance(one, same) <= _BESIDE


def _distance(one: RegimenFound, seen: Iterable[Seen]) -> int:
    far = 10**9
    return min((max(one.start - item.end, 2 * (item.start - one.end), 0) for item in seen), default=far)


def _filled(whole: Regimen, part: Regimen) -> Regimen:
    missing = {name: getattr(part, name) for name in _MERGED if not getattr(whole, name)}
    if whole.per_day is not None or whole.per_course is not None:
        missing = {name: value for name, value in missing.items() if name not in ("per_day", "per_course")}
    return replace(whole, **missing, doubts=(*whole.doubts, *part.doubts), passages=(*whole.passages, *part.passages))


def _codes(scene: Scene) -> tuple[str, ...]:
    """ICD-10-CM and HCPCS codes in the voice of the case or the question, in order."""
    found = [match for pattern in (_ICD, _HCPCS) for match in pattern.finditer(scene.view.cased)]
    found.sort(key=lambda match: match.start())
    said = (match.group() for match in found if scene.judge.judge(match.start(), match.end()).makes_fact)
    return tuple(dict.fromkeys(said))
