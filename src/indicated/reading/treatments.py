"""Requests and therapies of a document, compiled once: the way in for the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Time, Voice
from indicated.model.concept import Kind
from indicated.model.fact import Fact, Quoted, Stage, Tolerance
from indicated.reading.doubts import Doubts
from indicated.reading.patterns import lazily
from indicated.reading.quantities import UnitReader
from indicated.reading.regimen import RegimenReader
from indicated.reading.regimen_parts import PartReader
from indicated.reading.request import RequestReader
from indicated.reading.therapies import TherapyReader
from indicated.reading.therapy_mentions import TherapyFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon_therapy import RegimenLexicon, RequestLexicon, TherapyLexicon
    from indicated.model.quantity import Units
    from indicated.reading.billing import Billing
    from indicated.reading.found import RequestFound
    from indicated.reading.scene import Scene

_ALLERGIES = "section.allergies"
_REACTIONS = frozenset((Kind.FINDING, Kind.CONDITION))
_PAST = (Stage.PAST, Stage.NEVER)
_BADLY_BORNE = (Tolerance.INTOLERANT, Tolerance.ALLERGIC)
_NOTED = lazily(r"\s*(?:[(\[][^()\[\]]{0,24}|(?:[:–—]|-+>?)\s*)\Z")
_NOTE = lazily(r"(?: allerg\w+)?\s*(?:\([^()]*\)|\[[^\[\]]*\]|(?::|–|—|[-=]+>|→|- )[^,;.\n]*)")
_BESIDE = lazily(
    r"\([^()\n]*\)|\[[^\[\]\n]*\]|(?<=\w)(?: ?(?::|[–—]|[-=]+>|→)|-| -| \||(?: which)? (?:caus(?:es?|ed|ing)|gives?|"
    r"gave|produces?|leads? to|led to|with)) [^,;.\n]*"
)
_PIECE = lazily(r"(?:,|;? and|&)[^,;.\n]*")


class Treatments:
    """The words of regimens, therapies and requests compiled. Immutable after construction."""

    __slots__ = ("_requests", "_therapies", "doubts", "regimens")

    def __init__(  # noqa: PLR0913, PLR0917 - three word lists, the units twice, the vocabulary and its codes
        self,
        regimen: RegimenLexicon,
        therapy: TherapyLexicon,
        request: RequestLexicon,
        units: UnitReader,
        table: Units,
        vocabulary: Vocabulary,
        billing: Billing,
    ) -> None:
        self.doubts = Doubts(regimen.plausible, vocabulary, table)
        self.regimens = RegimenReader(regimen, table, PartReader(regimen, units))
        self._therapies = TherapyReader(therapy, self.regimens, self.doubts, vocabulary)
        self._requests = RequestReader(request, self.regimens, self.doubts, billing, vocabulary, table)

    def request(self, scene: Scene) -> RequestFound | None:
        """What the document asks for, or None."""
        return self._requests.find(scene)

    def therapies(self, scene: Scene, request: RequestFound | None = None) -> tuple[TherapyFound, ...]:
        """The patient's therapies, in order of mention."""
        return self._therapies.find(scene, request)

    def facts(self, scene: Scene, request: RequestFound | None = None) -> list[Fact]:
        """The patient's therapies as facts; each quotes the drug and the words that say how it stands."""
        return [therapy_fact(scene, found) for found in self.therapies(scene, request)]


def reactions(scene: Scene, facts: Iterable[Fact]) -> list[tuple[int, int]]:
    """Where reactions are noted beside drugs not taken now: in a bracket (`A (rash)`) or right behind a dash or
    colon, and all that is noted beside what somebody is allergic to. What is told there was of the drug.
    """
    found = _of_allergies(scene)
    for fact in facts:
        told = fact.therapy
        if told is None or told.stage not in _PAST or told.tolerance not in _BADLY_BORNE:
            continue
        drug, text = fact.passages[0], scene.view.document.text
        if told.stage is Stage.NEVER and (note := _NOTE.match(text, drug.end)) is not None:
            found.append(note.span())
            continue
        spans = ((one.start, one.end) for one in fact.passages[1:] if one.start >= drug.end)
        found += [span for span in spans if _NOTED.match(text, drug.end, span[0])]
    return found


def _of_allergies(scene: Scene) -> list[tuple[int, int]]:
    """What is noted beside the items of a list of allergies, whatever they are (`latex - rash`)."""
    found = []
    for sentence in scene.sentences:
        listed = sentence.item or sentence.body > sentence.start
        if listed and sentence.section is not None and sentence.section.id == _ALLERGIES:
            notes = _BESIDE.finditer(scene.view.flat, sentence.body, sentence.end)
            found += [scene.view.span(note.start(), _note_end(scene, note.end(), sentence.end)) for note in notes]
    return found


def _note_end(scene: Scene, at: int, end: int) -> int:
    """Where a note of reactions ends: what is listed after it without a drug is noted, too (`A - rash, fever, B`)."""
    while (piece := _PIECE.match(scene.view.flat, at, end)) is not None:
        kinds = {scene.seen[one].kind for one in scene.seen_in(*piece.span())}
        if not kinds or not kinds <= _REACTIONS:
            break
        at = piece.end()
    return at


def therapy_fact(scene: Scene, found: TherapyFound) -> Fact:
    """One therapy as a fact. Its first passage is the drug; words in other places follow as further passages. What a
    plan tells of the past or present is the case's.
    """
    mention = found.mention
    spans = [(mention.start, mention.end), *found.because]
    sources = tuple(Quoted(scene.passage(start, end)) for start, end in dict.fromkeys(spans))
    stage = found.therapy.stage if found.therapy is not None else Stage.CURRENT
    time = Time.PAST if stage in _PAST else Time.PLANNED if stage is Stage.PLANNED else Time.CURRENT
    voice = Voice.CASE if mention.assertion.voice is Voice.PLAN else mention.assertion.voice
    said = replace(mention.assertion, polarity=found.polarity, time=time, voice=voice)
    return Fact(found.concept, sources, said, therapy=found.therapy, approximate=mention.approximate)
