"""The sentences of the content that one answer may repeat, each with the sources it was checked against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicated.model.determination import Determination
from indicated.model.knowledge import Knowledge
from indicated.model.standard import Standard
from indicated.model.statement import FromCitation, Proof

_NOTES = ("onset", "lasting", "reactions", "measures", "monitoring", "stopping", "pitfalls")


class Sentences:
    """The sentences of the content that this answer may repeat, with the sources each was checked against."""

    def __init__(self, determinations: tuple[Determination, ...], knowledge: Knowledge) -> None:
        self._determinations = determinations
        self._knowledge = knowledge
        self._known: dict[str, frozenset[str]] | None = None
        self._stems: tuple[tuple[str, str], ...] | None = None

    def cited(self, text: str, proofs: tuple[Proof, ...]) -> bool:
        """Whether the text is a sentence of the content, and its sources are among the proofs."""
        cite = self._table().get(text)
        if not cite:
            return cite is not None
        return any(isinstance(proof, FromCitation) and proof.key in cite for proof in proofs)

    def within(self, text: str, proofs: tuple[Proof, ...]) -> Iterator[str]:
        """The sentences of the content that stand inside the text with their sources among the proofs. In a list they
        have lost their full stop.
        """
        if self._stems is None:
            self._stems = tuple((one.rstrip("."), one) for one in self._table())
        for stem, one in self._stems:
            if stem in text and self.cited(one, proofs):
                yield stem

    def _table(self) -> dict[str, frozenset[str]]:
        if self._known is None:
            self._known = {}
            table = self._knowledge.standard_table
            for standard in (table[one.standard] for d in self._determinations for one in d.weighed):
                self._add(_of_standard(standard))
            self._add(
                (text, caution.cite)
                for caution in (note.caution for d in self._determinations for note in d.safety)
                for text in (caution.text, caution.plain, caution.ask)
            )
            for name in dict.fromkeys(note.product for d in self._determinations for note in d.safety):
                notes = self._knowledge.product_table[name].reactions
                self._add((text, note.cite) for note in notes for text in (note.text, note.plain))
            for result in (one for d in self._determinations for one in d.scores):
                calculator = self._knowledge.calculator_table[result.calculator]
                levels = (one.level for one in calculator.thresholds)
                texts = (calculator.caveat, *(item.label for item in calculator.items), calculator.below, *levels)
                self._add((text, calculator.cite) for text in texts)
        return self._known

    def _add(self, sentences: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        known = self._known or {}
        for text, cite in sentences:
            if not text:
                continue
            known[text] = known[text].union(cite) if text in known else frozenset(cite)
            if text[0].islower():
                known[text[0].upper() + text[1:]] = known[text]
        self._known = known


def _of_standard(standard: Standard) -> Iterator[tuple[str, tuple[str, ...]]]:
    it = standard.standing
    yield from ((text, it.cite) for text in (it.says, it.plain, it.strength, it.certainty))
    for bearing in standard.evidence:
        yield from ((text, (bearing.cite,)) for text in (bearing.says, bearing.how))
    for notes in (getattr(standard, name) for name in _NOTES):
        for note in notes:
            yield note.text, note.cite
            yield note.plain, note.cite
    yield from ((one.text, one.cite) for one in standard.alternatives)
    yield from ((one.text, one.cite) for one in standard.differential)
    yield from ((one.label, one.cite) for one in standard.regimens)
