"""What a sentence claims beside its figures, held against its proof: concepts, quotes, and which way it points.

A phrase's own words are fixed content; a verdict in its name must be the one that the trace holds. What fills its places
is either in the words of the proof, or a fact, label or sentence of the content that the proof holds, or refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from indicated.explain.directions import Directions
from indicated.explain.grounds import Ground, Grounds, signature
from indicated.explain.words import Words
from indicated.model.determination import Determination, Finding, NextStep
from indicated.model.fact import Fact
from indicated.model.knowledge import Knowledge
from indicated.model.standard import Standard
from indicated.model.statement import FromCitation, FromEntry, FromTrace, Proof
from indicated.model.verdict import Verdict

_VERDICTS = frozenset(one.value for kind in (Finding, NextStep, Verdict) for one in kind)
_MARKS = {"applies": "met", "applies_not": "not_met"}
_QUOTED = re.compile("“([^”]*(?:”[^“”]*”)*)”")
_LETTERS = re.compile(r"[^\W\d_]{2}")


class Claims:
    """The checker of one article's sentences."""

    def __init__(self, determination: Determination, knowledge: Knowledge, words: Words) -> None:
        self.grounds = Grounds(determination, knowledge)
        self._knowledge = knowledge
        self._words = words
        self._directions = Directions(words.book)
        self._content = _Sentences(determination, knowledge)

    def foreign(
        self, phrase_id: str, places: Mapping[str, str], label: str, mark: str, proofs: tuple[Proof, ...]
    ) -> tuple[str, ...]:
        """What the sentence says that its proofs do not hold, each in a word or two; nothing when all is proved."""
        told = [*_verdicts(phrase_id, mark, proofs)]
        grounds = [(proof, self.grounds.of(proof)) for proof in proofs]
        for part in dict.fromkeys((label, *places.values())):
            if _LETTERS.search(part):
                told += self._part(part, grounds)
        self._words.fresh.clear()
        return tuple(dict.fromkeys(told))

    def _part(self, part: str, grounds: list[tuple[Proof, Ground]]) -> Iterator[str]:
        """The foreign claims of what fills one place."""
        flat = " ".join(part.split())
        if self._content.cited(part, grounds) or any(flat in line for _, ground in grounds for line in ground.lines):
            return
        left = flat
        for quote in _QUOTED.findall(flat):
            if not _quoted(quote, grounds):
                yield "a quote"
            left = left.replace(quote, " ")
        left, wrong = self._without_facts(left, self._words.fresh, grounds)
        if wrong is None and not self._remains(left, grounds):
            return
        left, wrong = self._without_facts(self._without_lines(left, grounds), self._words.told, grounds)
        if wrong is not None:
            yield wrong
        yield from self._remains(left, grounds)

    def _without_facts(
        self, text: str, told: Mapping[str, Fact | str], grounds: list[tuple[Proof, Ground]]
    ) -> tuple[str, str | None]:
        """The text without the wordings of facts and concepts that the proofs hold, and the first they do not."""
        wrong = None
        for wording in sorted((one for one in told if one in text), key=len, reverse=True):
            if wording not in text:
                continue
            about = told[wording]
            if isinstance(about, str) and not self._holds((about,), grounds):
                wrong = wrong or about
            elif isinstance(about, Fact) and not self._fact(about, grounds):
                wrong = wrong or about.concept
            else:
                text = text.replace(wording, " ")
        return text, wrong

    def _without_lines(self, text: str, grounds: list[tuple[Proof, Ground]]) -> str:
        """The text without what stands in it word for word from its proofs or from the content."""
        lines = {line for _, ground in grounds for line in ground.lines} | set(self._content.within(text, grounds))
        for line in sorted(lines, key=len, reverse=True):
            if _LETTERS.search(line):
                text = text.replace(line, " ")
        return text

    def _remains(self, text: str, grounds: list[tuple[Proof, Ground]]) -> list[str]:
        """Concepts and directions in what no fact, label or line of the proofs has accounted for."""
        if not _LETTERS.search(text):
            return []
        found = [
            text[name.start : name.end]
            for name in self._knowledge.naming.find(text)
            if not self._holds(name.concepts, grounds)
        ]
        pointing = self._directions.of(text)
        if pointing:
            held = self._directions.of("\n".join(self._told(grounds)))
            found += [" ".join(one) for one in sorted(pointing - held)]
        return found

    def _told(self, grounds: list[tuple[Proof, Ground]]) -> Iterator[str]:
        for proof, ground in grounds:
            yield from self.grounds.words(proof)
            for fact in ground.facts:
                yield " ".join(signature(fact)).replace("_", " ")

    def _holds(self, concepts: Iterable[str], grounds: list[tuple[Proof, Ground]]) -> bool:
        """Whether the proofs speak of one of the concepts, or of something narrower."""
        listed = tuple(concepts)
        return any(one in ground.concepts for _, ground in grounds for one in listed) or any(
            one in self.grounds.names(proof) for proof, _ in grounds for one in listed
        )

    def _fact(self, fact: Fact, grounds: list[tuple[Proof, Ground]]) -> bool:
        """Whether the proofs hold the fact: it was read there, or entered, pointing the same way."""
        way = signature(fact)
        for proof, ground in grounds:
            if any(one is fact or (one.concept == fact.concept and signature(one) == way) for one in ground.facts):
                return True
            if isinstance(proof, FromEntry) and way <= set(proof.says.split()) and fact.concept in proof.says.split():
                return True
        return False


class _Sentences:
    """The sentences of the content that this answer may repeat, with the sources each was checked against."""

    def __init__(self, determination: Determination, knowledge: Knowledge) -> None:
        self._d = determination
        self._knowledge = knowledge
        self._known: dict[str, frozenset[str]] | None = None

    def cited(self, text: str, grounds: list[tuple[Proof, Ground]]) -> bool:
        """Whether the text is a sentence of the content, and its sources are among the proofs."""
        cite = self._table().get(text)
        return cite is not None and any(isinstance(proof, FromCitation) and proof.key in cite for proof, _ in grounds)

    def within(self, text: str, grounds: list[tuple[Proof, Ground]]) -> Iterator[str]:
        """The sentences of the content that stand inside the text with their sources among the proofs."""
        return (one for one in self._table() if one in text and self.cited(one, grounds))

    def _table(self) -> dict[str, frozenset[str]]:
        if self._known is None:
            self._known = {}
            table = self._knowledge.standard_table
            for standard in (table[one.standard] for one in self._d.weighed):
                self._add(_of_standard(standard))
            self._add(
                (text, caution.cite)
                for caution in (note.caution for note in self._d.safety)
                for text in (caution.text, caution.plain, caution.ask)
            )
            for result in self._d.scores:
                calculator = self._knowledge.calculator_table[result.calculator]
                texts = (calculator.caveat, *(item.label for item in calculator.items))
                self._add((text, calculator.cite) for text in texts)
        return self._known

    def _add(self, sentences: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        known = self._known or {}
        for text, cite in sentences:
            if text:
                known[text] = known.get(text, frozenset()) | frozenset(cite)
        self._known = known


def _of_standard(standard: Standard) -> Iterator[tuple[str, tuple[str, ...]]]:
    it = standard.standing
    yield from ((text, it.cite) for text in (it.says, it.plain, it.strength, it.certainty))
    for bearing in standard.evidence:
        yield from ((text, (bearing.cite,)) for text in (bearing.says, bearing.how))
    for notes in (standard.onset, standard.measures, standard.monitoring, standard.stopping, standard.pitfalls):
        for note in notes:
            yield note.text, note.cite
            yield note.plain, note.cite
    yield from ((one.text, one.cite) for one in (*standard.alternatives, *standard.differential))
    yield from ((one.label, one.cite) for one in standard.regimens)


def _verdicts(phrase_id: str, mark: str, proofs: tuple[Proof, ...]) -> Iterator[str]:
    """A verdict in the name of the phrase or in the mark that no trace among the proofs holds."""
    named = {one for one in phrase_id.split(".") if one in _VERDICTS}
    marked = _MARKS.get(mark, mark)
    named |= {marked} & _VERDICTS
    if not named:
        return
    held = {
        word
        for proof in proofs
        if isinstance(proof, FromTrace)
        for word in re.findall(r"[a-z_]+", proof.verdict)
    }
    yield from sorted(named - held)


def _quoted(quote: str, grounds: list[tuple[Proof, Ground]]) -> bool:
    return any(quote in line for _, ground in grounds for line in ground.lines)
