"""The request: what is asked for, for which condition, in which dose, to start or to go on. None when nothing is asked.

A treatment that is only discussed, considered or listed among medications is not asked for.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from indicated.model.assertion import Time
from indicated.model.concept import Kind
from indicated.model.regimen import Phase, Request
from indicated.reading.billing import HCPCS, Billing
from indicated.reading.found import RequestFound
from indicated.reading.indications import indications
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.request_details import Details, codes_of
from indicated.reading.request_dose import DoseReader
from indicated.reading.request_plans import NotedWords, begun, noted, titles
from indicated.reading.scene import Seen
from indicated.reading.treated import GIVEN, askable, is_planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon_therapy import RequestLexicon
    from indicated.model.quantity import Units
    from indicated.reading.doubts import Doubts
    from indicated.reading.regimen import RegimenReader
    from indicated.reading.scene import Scene, Sentence

_HEADING = "section.request"
_SURE, _WEAK = 3, -1
_PLANS = ("plans", "begins")
_PASSIVE = lazily(r"(?:is|are|was|were|has been|have been|is being|are being) ")
_TRAILS = lazily(r"requested(?= ?(?:[.;,)]|$)| (?:while|by|until|as|to bridge|pending|in the meantime)\b)")
_LONGER = lazily(
    r"\b(?:another|additional|further|extra|more) (?:[\w-]+ )?(?:days?|w(?:ee)?ks?|months?|mos?|years?|yrs?|visits?|"
    r"doses|infusions|courses|cycles)\b(?!\.? of (?!treatment|therapy))"
)
_OPEN = ("if", "when", "unless", "whether")
_Said = tuple[int, int, str]


class _Asked(NamedTuple):
    """A treatment that may be asked for: how sure, where, and where the asking words stand; `denied` for what was
    asked for before and refused, `titled` for what a title names.
    """

    sure: int
    mention: Seen
    cue: int
    denied: bool = False
    titled: bool = False


class RequestReader:
    """The words of requests compiled. Immutable after construction."""

    __slots__ = ("_billing", "_details", "_doses", "_noted", "_roles", "_vocabulary")

    def __init__(  # noqa: PLR0913, PLR0917 - the words, and the readers of what they join
        self,
        lexicon: RequestLexicon,
        regimens: RegimenReader,
        doubts: Doubts,
        billing: Billing,
        vocabulary: Vocabulary,
        units: Units,
    ) -> None:
        self._roles: Phrases[str] = Phrases((text, cue.role) for cue in lexicon.cues for text in cue.texts)
        self._billing = billing
        self._details = Details(lexicon, vocabulary)
        self._doses = DoseReader(lexicon, regimens, doubts, self._billing, vocabulary, units)
        self._noted = NotedWords(
            self._doses.doses_in, lexicon.lead_words, lexicon.take_words, (*lexicon.earlier_words, *lexicon.told_words)
        )
        self._vocabulary = vocabulary

    def find(self, scene: Scene) -> RequestFound | None:
        """What the document asks for; of several requests the surest, then the first."""
        said: dict[int, list[_Said]] = {}
        for start, end, role in self._roles.find(scene.view.flat, scene.view.words):
            said.setdefault(scene.judge.sentence_at(start), []).append((start, end, role))
        asked = [
            item
            for number, sentence in enumerate(scene.sentences)
            if number in said or sentence.asks or _is_headed(sentence)
            for item in self._asked(scene, number, said.get(number, ()))
        ]
        asked += self._begun(scene, said, asked)
        if not asked:
            return None
        best = max(asked, key=lambda item: (item.sure, -item.cue, -item.mention.start))
        if best.sure == 0:
            best = self._dosed(scene, best, asked)
        return self._found(scene, best, asked)

    def _dosed(self, scene: Scene, best: _Asked, asked: Sequence[_Asked]) -> _Asked:
        """Of several treatments planned in one sentence the first with a dose (`Plan: PLEX, IVIG 2 g/kg`)."""
        number = best.mention.sentence
        same = [one for one in asked if one.sure == 0 and one.mention.sentence == number]
        ends = [one.mention.start for one in same[1:]] + [scene.sentences[number].end]
        if len(same) == 1:
            return best
        dosed = (one for one, end in zip(same, ends, strict=True) if self._doses.dose_in(scene, one.mention.end, end))
        return next(dosed, best)

    def _begun(self, scene: Scene, said: Mapping[int, Sequence[_Said]], asked: Sequence[_Asked]) -> list[_Asked]:
        """What a title names (`X PRIOR AUTHORIZATION`), and, where nothing surer is asked for, the one drug that is to
        be started; of several only in a text that is for an authorization, the first. Else the first dose noted.
        """
        titled = titles(scene, said)
        if any(item.sure >= 0 for item in asked):
            return [_Asked(_WEAK, seen, seen.start, titled=True) for seen in titled.drugs]
        plans = begun(scene, said)
        named = {seen.concept for seen in titled.drugs}
        wanted = [one for one in plans if one[0].concept in named]
        if wanted or (plans and (titled.purpose or len({seen.concept for seen, _ in plans}) == 1)):
            seen, cue = (wanted or plans)[0]
            best = [_Asked(0 if wanted or titled.purpose else _WEAK, seen, cue)]
        else:
            best = [_Asked(0, seen, seen.start) for seen in titled.drugs[:1]]
            if not best and not asked:
                doses = noted(scene, said, self._noted, purpose=titled.purpose)
                best = [_Asked(_WEAK, seen, seen.start) for seen in doses[:1]]
        return best + [_Asked(_WEAK - 1, seen, seen.start, titled=True) for seen in titled.drugs]

    def _asked(self, scene: Scene, number: int, said: Sequence[_Said]) -> Iterable[_Asked]:
        """The treatments that one sentence asks for."""
        sentence = scene.sentences[number]
        asking = [scene.view.flat[start:end] for start, end, role in said if role == "asks"]
        words = scene.view.flat[sentence.start : sentence.end].split()
        heading = _is_headed(sentence)
        if not heading and _is_rule(scene.view.flat, said):
            return
        refused = _is_refused(asking, said)
        denied = refused and not heading
        asks = [at for at, _, role in said if role == "asks"]
        judges = [at for at, _, role in said if role == "judges"]
        never = [at for at, _, role in said if role == "never"]
        if not (heading or asks or sentence.asks or denied):
            if not never and "if" not in words and any(role in _PLANS for _, _, role in said):
                yield from (_Asked(0, seen, seen.start) for seen in scene.of_sentence(number) if is_planned(seen))
            return
        mentions = [seen for seen in scene.of_sentence(number) if askable(seen, denied=refused)]
        mentions = [seen for seen in mentions if refused or not _is_open(scene, seen, sentence)]
        changes = [at for at, _, role in said if role == "changes"]
        mentions = self._changed(scene, sentence, mentions, changes) or self._coded(scene, number)
        if heading or asks or denied:
            first = sentence.start if heading else asks[0] if asks else said[0][0]
            near = self._near(scene, number, first) if not mentions else []
            passive = _PASSIVE.match(scene.view.flat, first) or _TRAILS.match(scene.view.flat, first)
            yield from _introduced(mentions, near, first, never, denied=denied, passive=passive is not None)
        elif sentence.asks and judges:
            where = mentions or _nearby(scene, number)
            yield from (_Asked(2 if mentions else 1, seen, judges[0]) for seen in where[:1])
        elif sentence.asks and not never:
            yield from (_Asked(1, seen, seen.start) for seen in mentions[:1] if _for_condition(scene, seen))

    def _changed(
        self, scene: Scene, sentence: Sentence, mentions: Sequence[Seen], changes: Sequence[int]
    ) -> list[Seen]:
        """The treatments without those that the request wants to leave (`switch from A to B`, `switch A to B`), unless
        all are left.
        """
        kept = [seen for seen in mentions if not self._doses.taken_from(scene, seen.start, sentence.start)]
        if changes:
            left = [a for a, b in pairwise(kept) if changes[0] < a.start and self._doses.leads_to(scene, a, b)]
            kept = [seen for seen in kept if seen not in left]
        return kept or list(mentions)

    def _coded(self, scene: Scene, number: int) -> list[Seen]:
        """What a billing code stands for, in a sentence that names nothing else."""
        sentence = scene.sentences[number]
        found = []
        for code in HCPCS.finditer(scene.view.cased, sentence.start, sentence.end):
            concept = self._billing.named(code.group())
            if concept:
                said = scene.judge.judge(code.start(), code.end())
                kind = self._vocabulary[concept].kind
                found.append(Seen(concept, kind, code.start(), code.end(), number, said, (), approximate=False))
        return [seen for seen in found if askable(seen)]

    def _near(self, scene: Scene, number: int, cue: int) -> list[Seen]:
        """Treatments told around a sentence that asks without naming one: under a heading, with a dose, or where
        nothing follows the asking words. Where only a length of time is asked for (`requesting another 12 months`), the
        one treatment that the patient is on, wherever it is told.
        """
        sentence = scene.sentences[number]
        rest = scene.view.flat[cue : sentence.end].split(" ", 2)[2:]
        if sentence.section is not None or not rest or self._doses.doses_in(scene, sentence):
            return _nearby(scene, number)
        longer = _LONGER.search(scene.view.flat, cue, sentence.end)
        if longer is not None and not any(seen.start >= cue for seen in scene.of_sentence(number)):
            given = [seen for seen in scene.seen if seen.kind in GIVEN and askable(seen)]
            return given[:1] if len({seen.concept for seen in given}) == 1 else []
        return []

    def _found(self, scene: Scene, best: _Asked, asked: Sequence[_Asked]) -> RequestFound:
        mention = best.mention
        sentence = scene.sentences[mention.sentence]
        product = self._product(scene, mention)
        dose = self._doses.read(scene, mention, product or mention.concept, scene.judge.sentence_at(best.cue))
        treatment = self._treatment(product or mention.concept, dose.regimen.route if dose.regimen else "")
        asking = scene.sentences[scene.judge.sentence_at(best.cue)]
        near = [asking] if asking is sentence else [asking, sentence]
        spans = dict.fromkeys((one.start, one.end) for one in near)
        spans |= dict.fromkeys(one for one in dose.spans if not any(a <= one[0] and one[1] <= b for a, b in spans))
        sure = [one.mention for one in asked if one.sure == _SURE]
        also = dict.fromkeys(one.concept for one in sure if not self._same(one.concept, treatment, product))
        begins, ends = self._details.period(scene, near)
        phase = self._details.phase(scene, asking.start, asking.end, mention)
        request = Request(
            treatment=treatment,
            passages=tuple(scene.passage(start, end) for start, end in spans),
            product=product,
            indications=indications(scene, asking, mention, self._vocabulary),
            phase=phase if dose.replaces is None else Phase.CONTINUATION,
            regimen=dose.regimen,
            codes=codes_of(scene),
            prescriber=self._details.prescriber(scene),
            replaces=dose.replaces,
            also=tuple(also),
            setting=self._details.setting(scene, near),
            urgent=self._details.urgent(scene),
            begins=begins,
            ends=ends,
        )
        told = (one.mention.start for one in asked if one.denied or one.titled or one.sure == _SURE)
        places = {mention.start, *told}
        return RequestFound(request, mention, frozenset(places), dose.conflicts, weak=best.sure == _WEAK)

    def _same(self, concept: str, treatment: str, product: str) -> bool:
        wanted = (treatment, product) if product else (treatment,)
        return any(self._vocabulary.related(concept, one) for one in wanted)

    def _product(self, scene: Scene, mention: Seen) -> str:
        """The product asked for: the mention itself, or one of the treatment named with it."""
        sentence = scene.sentences[mention.sentence]
        named = (
            seen.concept
            for seen in scene.of_sentence(mention.sentence)
            if seen.kind is Kind.PRODUCT
            and askable(seen, denied=seen.start == mention.start)
            and self._vocabulary.is_a(seen.concept, mention.concept)
            and (seen.start == mention.start or not self._doses.taken_from(scene, seen.start, sentence.start))
        )
        return next(named, mention.concept if mention.kind is Kind.PRODUCT else "")

    def _treatment(self, concept: str, route: str) -> str:
        """The treatment a product is: the nearest of its broader concepts that is one, by this route where that
        tells.
        """
        waiting, known = [concept], self._vocabulary
        if concept not in known or known[concept].kind is not Kind.PRODUCT:
            return concept
        while waiting:
            above = [broad for one in waiting for broad in known[one].broader if broad in known]
            treatments = [broad for broad in above if known[broad].kind is Kind.TREATMENT]
            routed = [broad for broad in treatments if route and route in broad.rsplit(".", 1)[-1]]
            if treatments:
                return (routed or treatments)[0]
            waiting = above
        return concept


def _is_headed(sentence: Sentence) -> bool:
    return sentence.section is not None and sentence.section.id == _HEADING


def _is_rule(flat: str, said: Sequence[_Said]) -> bool:
    """Whether a sentence says when requests are refused (`denied when`, `denied unless`): it tells of none."""
    ends = [end for _, end, role in said if role == "denies"]
    return any(word[0] in _OPEN for end in ends if (word := flat[end : end + 12].split()))


def _is_refused(asking: Sequence[str], said: Sequence[_Said]) -> bool:
    """Whether a sentence tells of a request that was refused."""
    refused = any(role == "denies" for _, _, role in said) or any("denied" in one for one in asking)
    return bool(asking) and refused


def _is_open(scene: Scene, seen: Seen, sentence: Sentence) -> bool:
    """Whether a treatment is asked for only on a condition that follows: `will request A if B fails`."""
    after = scene.view.flat[seen.end : sentence.end].split()
    return "if" in after and seen.assertion.time in (Time.HYPOTHETICAL, Time.PLANNED)


def _nearby(scene: Scene, number: int) -> list[Seen]:
    """Treatments (not plain drugs) of the sentences around, the nearest first."""
    around = (number, number - 1, number + 1, number - 2, number + 2, number - 3, number - 4)
    told = (seen for at in around if 0 <= at < len(scene.sentences) for seen in scene.of_sentence(at))
    return [seen for seen in told if askable(seen) and seen.kind in GIVEN]


def _introduced(  # noqa: PLR0913 - a sentence with all that stands in it
    mentions: Sequence[Seen], near: Sequence[Seen], cue: int, never: Sequence[int], *, denied: bool, passive: bool
) -> Iterable[_Asked]:
    """The first treatment after the asking words, else the last before them, else the last told before. `Is requested`
    (`passive`) looks before itself first, and so does `requested` where nothing to request follows.
    """
    if any(at < cue for at in never) and not any(seen.start > cue for seen in mentions):
        return
    ahead = [seen for seen in mentions if seen.start >= cue and not any(cue < at < seen.start for at in never)]
    behind = [seen for seen in mentions if seen.start < cue and not any(at < seen.start for at in never)]
    if denied:
        given = [seen for seen in [*(behind[-1:] if passive else ()), *ahead, *behind][:1] if seen.kind in GIVEN]
        yield from (_Asked(1, seen, cue, denied=True) for seen in given)
        return
    preferred = [seen for seen in behind if seen.kind in GIVEN] or behind
    if ahead and not (passive and preferred):
        yield _Asked(_SURE, ahead[0], cue)
    elif preferred:
        yield _Asked(_SURE, preferred[-1], cue)
    else:
        yield from (_Asked(1, seen, cue) for seen in near[:1])


def _for_condition(scene: Scene, asked: Seen) -> bool:
    """`IVIG for dermatomyositis?`: a treatment with `for` or `in` and a condition after it."""
    after = (seen for seen in scene.of_sentence(asked.sentence) if seen.start > asked.end)
    first = next((seen for seen in after if seen.kind is Kind.CONDITION), None)
    return first is not None and re.search(r"\b(?:for|in)\b", scene.view.flat[asked.end : first.start]) is not None
