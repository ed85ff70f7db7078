"""Requests that no asking word makes: what a title names, the drug that is to be started, the dose that is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indicated.model.assertion import Certainty, Polarity, Subject, Time, Voice
from indicated.model.concept import Kind
from indicated.reading.patterns import lazily
from indicated.reading.treated import is_planned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from indicated.reading.scene import Scene, Seen, Sentence

_Said = tuple[int, int, str]
_STARTED = frozenset((Kind.DRUG, Kind.TREATMENT, Kind.PRODUCT))
_FIRST_LINES, _LONGEST_TITLE, _FARTHEST = 8, 12, 60
_LONGEST_OPENING = 7
_TAKEN = ("current", "past")
_FOR_AUTHORIZATION = frozenset(("asks", "titles"))
_NO_WORDS = lazily(r"[^a-z0-9]+")
_OURS = lazily(r"\b(?:we|i)\b")


class NotedWords(NamedTuple):
    """Words that may lead to a treatment that a note asks for; those for what is taken now, and for what was given."""

    doses_in: Callable[[Scene, Sentence], bool]
    leads: tuple[str, ...]
    takes: tuple[str, ...]
    given: tuple[str, ...]


class Titled(NamedTuple):
    """The drugs that titles name, and whether a title says that the text is for an authorization."""

    drugs: Sequence[Seen]
    purpose: bool


def titles(scene: Scene, said: Mapping[int, Sequence[_Said]]) -> Titled:
    """What the titles among the first lines say: lines of few words that end as no sentence does."""
    drugs: list[Seen] = []
    purpose = False
    for number, sentence in enumerate(scene.sentences[:_FIRST_LINES]):
        words = [(start, end) for start, end, role in said.get(number, ()) if role == "titles"]
        if not words or not _is_title(scene, sentence):
            continue
        named = [seen for seen in scene.of_sentence(number) if seen.kind in _STARTED and _of_patient(seen)]
        long = any(end - start > len("p.a.") for start, end in words)
        purpose = purpose or long or bool(named)
        drugs += named[:1]
    return Titled(drugs, purpose)


def begun(scene: Scene, said: Mapping[int, Sequence[_Said]]) -> list[tuple[Seen, int]]:
    """The drugs that are to be started, on no condition, each with where the words for it stand. One that the patient
    has is not started.
    """
    found: list[tuple[Seen, int]] = []
    taken = {seen.concept for seen in scene.seen if seen.kind in _STARTED and _is_taken(seen)}
    for number, told in said.items():
        sentence = scene.sentences[number]
        flat = scene.view.flat
        starts = [
            (start, end)
            for start, end, role in told
            if role == "begins" or (role == "changes" and flat.startswith(" to ", end))
        ]
        never = any(role in ("never", "denies") for _, _, role in told)
        if not starts or never or "if" in flat[sentence.start : sentence.end].split():
            continue
        for seen in scene.of_sentence(number):
            lead = next((start for start, end in starts if 0 <= seen.start - end <= _FARTHEST), None)
            if lead is not None and _is_to_come(scene, sentence, seen) and seen.concept not in taken:
                found.append((seen, lead))
    return found


def noted(scene: Scene, said: Mapping[int, Sequence[_Said]], words: NotedWords, *, purpose: bool) -> list[Seen]:
    """The treatments with which a note states a dose and nothing else (`Gamunex-C 2 g/kg over 4 days, wt 84 kg`, `NICU
    asks IVIG 1 g/kg`): what a note for an authorization asks for. None under a heading of drugs taken, nor beside words
    of what was given. No dose is needed where a title says what the text is for (`purpose`); what the patient is `on`
    is asked for only where the text speaks of an authorization.
    """
    roles = {role for told in said.values() for *_, role in told}
    leads = words.leads + (words.takes if purpose or roles & _FOR_AUTHORIZATION else ())
    found = []
    for seen in scene.seen:
        if not is_planned(seen):
            continue
        sentence = scene.sentences[seen.sentence]
        flat = scene.view.flat
        taken = sentence.section is not None and sentence.section.priors.get("time") in _TAKEN
        before = _NO_WORDS.sub(" ", flat[sentence.body : seen.start]).strip()
        opens = not before or f" {before}".endswith(tuple(f" {lead}" for lead in leads))
        if taken or not opens or not (purpose or words.doses_in(scene, sentence)):
            continue
        rest = f" {_NO_WORDS.sub(' ', flat[sentence.body : sentence.end])} "
        if not any(f" {word} " in rest for word in words.given):
            found.append(seen)
    return found


def openings(scene: Scene) -> Iterator[Sentence]:
    """The few words that open a text or head a line of it (`Renewal request`, `Continuation: ...`)."""
    for sentence in scene.sentences[:_FIRST_LINES]:
        if "?" in scene.view.flat[sentence.start : sentence.end]:
            continue
        if sentence.label:
            yield sentence._replace(end=sentence.body)
        elif len(scene.view.flat[sentence.start : sentence.end].split()) <= _LONGEST_OPENING:
            yield sentence


def _is_title(scene: Scene, sentence: Sentence) -> bool:
    line = scene.view.cased[sentence.start : sentence.end].rstrip()
    words = [word for word in line.split() if word[0].isalpha()]
    large = sum(word[0].isupper() for word in words)
    ends = line.endswith((".", "?", ";", ",")) and not (line.endswith(".") and line.isupper())
    return 0 < len(words) <= _LONGEST_TITLE and not ends and large * 2 > len(words)


def _of_patient(seen: Seen) -> bool:
    said = seen.assertion
    return said.subject is Subject.PATIENT and said.polarity is Polarity.PRESENT


def _is_taken(seen: Seen) -> bool:
    said = seen.assertion
    return said.makes_fact and said.time in (Time.PAST, Time.RESOLVED) and bool(said.because)


def _is_to_come(scene: Scene, sentence: Sentence, seen: Seen) -> bool:
    """Whether a drug of the patient is planned, surely; what `we` recommend is a plan of his."""
    said = seen.assertion
    ours = _OURS.search(scene.view.flat, sentence.start, seen.start) is not None
    voiced = said.voice in (Voice.CASE, Voice.PLAN) or (said.voice is Voice.GUIDELINE and ours)
    sure = said.certainty is Certainty.CONFIRMED and said.time in (Time.PLANNED, Time.CURRENT)
    return seen.kind in _STARTED and voiced and sure and _of_patient(seen)
