"""What documents are beside their facts: whose, of which day, and the sentence in which a passage stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from indicated.model.fact import Fact
    from indicated.model.lexicon_agreement import AgreementLexicon
    from indicated.model.text import Passage
    from indicated.reading.dates import DateFound
    from indicated.reading.demographics import Told
    from indicated.reading.scene import Scene

_BACK = 3
_WORD = 4
_NEAR = 4
_QUOTED = 240
_LISTS = ("earlier", "now", "passing")
_NO_WORD = lazily(r"[^a-z0-9'-]+")


Pair = tuple["Fact", "Fact", str, tuple["Passage", ...]]
"""Two facts that speak against each other, in which way, and the passages."""
WORDS_BEFORE = 4
"""How many words before a passage may bear on it."""


class Label(Struct, frozen=True):
    """A name or number in a document's head: `what` it is, its `label`, its words as compared, and where it stands."""

    what: str
    label: str
    value: str
    passage: Passage


class Paper(Struct, frozen=True):
    """One document: its own day where it has one, the labels of its head, what it tells of the patient."""

    scene: Scene
    on: DateFound | None = None
    labels: Sequence[Label] = ()
    told: Sequence[Told] = ()


class Papers:
    """The documents of one case, by id."""

    __slots__ = ("_by_id", "_said", "_words", "all")

    def __init__(self, papers: Iterable[Paper], words: AgreementLexicon) -> None:
        self._words = words
        self._said: dict[tuple[str, int], dict[str, bool]] = {}
        self.all = tuple(papers)
        self._by_id: Mapping[str, Paper] = {paper.scene.view.document.id: paper for paper in self.all}

    def of(self, passage: Passage) -> Paper | None:
        """The document of a passage."""
        return self._by_id.get(passage.document)

    def days(self, fact: Fact) -> tuple[date, date] | None:
        """The first and the last day on which a fact was told: its own, or those of its documents if all have one."""
        if fact.on is not None:
            return fact.on, fact.on
        papers = [self._by_id.get(passage.document) for passage in fact.passages]
        days = [paper.on.on for paper in papers if paper is not None and paper.on is not None]
        return (min(days), max(days)) if days and len(days) == len(papers) else None

    def apart(self, first: Fact, second: Fact) -> bool:
        """Whether one was told wholly before the other, on days that are known."""
        one, two = self.days(first), self.days(second)
        return one is not None and two is not None and (one[1] < two[0] or two[1] < one[0])

    def together(self, first: Fact, second: Fact) -> bool:
        """Whether one document tells both."""
        return bool({p.document for p in first.passages} & {p.document for p in second.passages})

    def sentence(self, passage: Passage) -> tuple[str, int]:
        """Which sentence a passage stands in: its document and number."""
        paper = self._by_id[passage.document]
        start, _ = paper.scene.view.flat_span(passage.start, passage.end)
        return passage.document, paper.scene.judge.sentence_at(start)

    def says(self, passage: Passage, *lists: str) -> bool:
        """Whether the sentence of a passage holds a word of these lists (`earlier`, `now`, `passing`). Each sentence is
        looked at once.
        """
        place = self.sentence(passage)
        known = self._said.get(place)
        if known is None:
            scene = self._by_id[passage.document].scene
            sentence = scene.sentences[place[1]]
            text = plain(scene.view.flat[sentence.start : sentence.end])
            known = self._said[place] = {name: holds(text, getattr(self._words, name)) for name in _LISTS}
        return any(known[name] for name in lists)

    def whole(self, passage: Passage) -> Passage:
        """The sentence of a passage; the passage itself where the sentence is long."""
        paper = self._by_id.get(passage.document)
        if paper is None:
            return passage
        scene = paper.scene
        sentence = scene.sentences[scene.judge.sentence_at(scene.view.flat_span(passage.start, passage.end)[0])]
        wider = scene.passage(sentence.start, sentence.end)
        fits = wider.start <= passage.start and passage.end <= wider.end and len(wider.quote) <= _QUOTED
        return wider if fits else passage

    def near(self, passage: Passage) -> str:
        """The words of a passage and the few before and after it in its sentence."""
        paper = self._by_id.get(passage.document)
        return "" if paper is None else near(paper.scene, *paper.scene.view.flat_span(passage.start, passage.end))

    def names_another(self, passage: Passage, people: Iterable[str]) -> bool:
        """Whether one of these people is named in the sentence of a passage or just before it."""
        paper = self._by_id.get(passage.document)
        if paper is None:
            return False
        return holds(up_to(paper.scene, *paper.scene.view.flat_span(passage.start, passage.end)), people)

    def before(self, passage: Passage, words: int) -> str:
        """The words right before a passage in its sentence, parted at hyphens."""
        paper = self._by_id.get(passage.document)
        if paper is None:
            return ""
        start = paper.scene.view.flat_span(passage.start, passage.end)[0]
        sentence = paper.scene.sentences[paper.scene.judge.sentence_at(start)]
        text = plain(paper.scene.view.flat[sentence.start : start]).replace("-", " ")
        return f" {' '.join(text.split()[-words:])} "


def sentence_at(scene: Scene, start: int, end: int) -> str:
    """The words of the sentence at a flat span."""
    sentence = scene.sentences[scene.judge.sentence_at(start)]
    return plain(scene.view.flat[sentence.start : max(sentence.end, end)])


def near(scene: Scene, start: int, end: int) -> str:
    """The words of a flat span and the few before and after it in its sentence."""
    sentence = scene.sentences[scene.judge.sentence_at(start)]
    before = plain(scene.view.flat[sentence.start : start]).split()[-_NEAR:]
    after = plain(scene.view.flat[end : max(end, sentence.end)]).split()[:_NEAR]
    return f" {' '.join((*before, plain(scene.view.flat[start:end]).strip(), *after))} "


def up_to(scene: Scene, start: int, end: int) -> str:
    """The words of the sentence at a flat span and of those just before it, where `he` may have been named."""
    number = scene.judge.sentence_at(start)
    first = scene.sentences[max(0, number - _BACK)].start
    return plain(scene.view.flat[first : max(scene.sentences[number].end, end)])


def plain(text: str) -> str:
    """Words in small letters, apart by single spaces and with one at each end."""
    return f" {_NO_WORD.sub(' ', text).strip()} "


def alike(one: str, other: str) -> bool:
    """Whether two names of one concept can mean the same thing: one is a short form, or they share a word. A concept
    may stand for a group (`contusion` and `dislocation` for an injury).
    """
    if one.isupper() or other.isupper():
        return True
    words, others = (
        {word.rstrip("s") for word in plain(text.lower()).replace("-", " ").split() if len(word) >= _WORD}
        for text in (one, other)
    )
    return not words.isdisjoint(others) or not words or not others


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether a text from `plain` holds one of these words or phrases."""
    return any(f" {word} " in text for word in words)
