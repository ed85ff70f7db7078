"""The sentences that speak of drugs, and what stands in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indicated.model.assertion import Assertion, Polarity, Time, Voice
from indicated.model.concept import Kind
from indicated.model.fact import Tolerance
from indicated.model.lexicon_therapy import CueReach
from indicated.reading.patterns import lazily
from indicated.reading.scene import Scene, Seen
from indicated.reading.therapy_lists import DrugList, Telling
from indicated.reading.therapy_said import Attached, Links, Said, denial

_TELLING = frozenset(("outcome", "tolerance", "end_reason"))
_NOT_YET = (Time.PLANNED, Time.HYPOTHETICAL)
_OTHERS = (Voice.GUIDELINE, Voice.EVIDENCE, Voice.PAYER_CRITERIA, Voice.BOILERPLATE)
_TESTED = frozenset((Kind.STUDY, Kind.IMAGING, Kind.LAB, Kind.ANTIBODY, Kind.PATHOLOGY, Kind.PROCEDURE))
_CLINICAL = (Kind.CONDITION, Kind.FINDING)
_BESIDE = 60
_ADJOINS = lazily(r" ?(?:(?:is|was|are|were|has been|still|results?) )?")
_CONDITION = lazily(r"(?:if|once|when|until|unless|should|in case|after)\b")


def stretches(scene: Scene, drugs: Sequence[Seen], goes_on: Mapping[int, int]) -> list[tuple[int, int]]:
    """The sentences that may speak of drugs: theirs, those that go on about them, what stands over a list of them."""
    wanted: set[int] = set(goes_on)
    for drug in drugs:
        if drug.sentence in wanted:
            continue
        wanted.add(drug.sentence)
        over = drug.sentence - 1
        while over >= 0 and over not in wanted:
            wanted.add(over)
            over = over - 1 if scene.sentences[over].item else -1
    return [(scene.sentences[number].start, scene.sentences[number].end) for number in sorted(wanted)]


def as_said(scene: Scene, said: Said) -> Said | None:
    """The words as they were said: good news denied is bad news, and what was not or only might be says nothing,
    nor does a condition in a plan (`once disease control is achieved`), what a guideline, a study or a payer says, or
    what is said of a test.
    """
    if _cuts_name(scene, said):
        return None
    if not any(_TELLING & cue.sets.keys() for cue in said.cues):
        section = scene.sentences[scene.judge.sentence_at(said.start)].section
        others = section is not None and section.priors.get("voice") in _OTHERS
        others = others and scene.judge.judge(said.start, said.end).voice in _OTHERS
        return None if others or (said.of_before and _after_test(scene, said)) else said
    if _is_barred(said) and _asked_in_vain(scene, said.start):
        return _denied(said)
    judged = scene.judge.judge(said.start, said.end)
    if judged.time in _NOT_YET or judged.voice in _OTHERS:
        return None
    if judged.voice is Voice.PLAN and _CONDITION.match(scene.view.flat, said.start) is not None:
        return None
    if judged.polarity is not Polarity.ABSENT or _denied_afar(scene, said, judged):
        return said
    return _denied(said)


def _denied(said: Said) -> Said:
    kept = tuple(denial(cue) for cue in said.cues)
    return Said(said.start, said.end, tuple(cue for cue in kept if cue is not None))


def _is_barred(said: Said) -> bool:
    return any(cue.sets.get("tolerance") == Tolerance.CONTRAINDICATED for cue in said.cues)


def _asked_in_vain(scene: Scene, at: int) -> bool:
    """Whether words stand in a question that nothing answers with yes (`Any contraindication to A? None`)."""
    return scene.sentences[scene.judge.sentence_at(at)].asks and scene.judge.answer_to(at) != "yes"


def _denied_afar(scene: Scene, said: Said, judged: Assertion) -> bool:
    """Whether what denies stands beyond a comma: it denies something else (`free of A, and B resolved`)."""
    cue = next((one for one in judged.because if one.axis == "polarity" and one.start is not None), None)
    if cue is None or cue.start is None or cue.end is None:
        return False
    _, end = scene.view.flat_span(cue.start, cue.end)
    return end <= said.start and "," in scene.view.flat[end : said.start]


def _cuts_name(scene: Scene, said: Said) -> bool:
    """Whether words end within the name of a disease or finding, and so are only a part of it (`for ataxia` of `for
    ataxia telangiectasia`).
    """
    if scene.view.flat[said.start] == "-" or any("date" in cue.sets for cue in said.cues):
        return False
    inside = (scene.seen[at] for at in scene.seen_in(said.start, said.end))
    return any(one.kind in _CLINICAL and said.end < one.end for one in inside)


def _after_test(scene: Scene, said: Said) -> bool:
    """Whether words on where something stands are right behind a test or procedure, and so are its own (`on A, MRI
    pending`).
    """
    near = scene.seen_in(max(said.start - _BESIDE, 0), said.start)
    last = scene.seen[near[-1]] if near else None
    if last is None or last.kind not in _TESTED or last.end > said.start:
        return False
    return _ADJOINS.fullmatch(scene.view.flat, last.end, said.start) is not None


def by_sentence(scene: Scene, said: Sequence[Said]) -> dict[int, list[Said]]:
    """What was said, by the number of its sentence."""
    found: dict[int, list[Said]] = {}
    number = 0
    for words in said:
        while number < len(scene.sentences) - 1 and scene.sentences[number].end <= words.start:
            number += 1
        found.setdefault(number, []).append(words)
    return found


def earlier(tellings: Mapping[int, Telling], number: int, goes_on: Mapping[int, int]) -> Sequence[DrugList]:
    """The lists of the sentence that this one goes on about, else of one with drugs one or two before."""
    for at in (goes_on.get(number, -1), number - 1, number - 2):
        if at in tellings and tellings[at].lists:
            return tellings[at].lists
    return ()


def carry_lines(
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
