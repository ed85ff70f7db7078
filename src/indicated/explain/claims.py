"""What a sentence claims, held against its proof: figures with their units, concepts, quotes, which way it points.

A phrase's own words are fixed content; a verdict in its name must be the one that the trace holds. What fills its
places is in the words of the proof, or a fact, label or sentence of the content that the proof holds, or refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from indicated.explain.amounts import Amounts
from indicated.explain.directions import Directions
from indicated.explain.grounds import Ground, Grounds
from indicated.explain.proofs import pointing, proof_text, ways_of
from indicated.explain.sentences import Sentences
from indicated.explain.words import About, Words
from indicated.model.determination import Determination, Finding, NextStep
from indicated.model.fact import Fact, Therapy
from indicated.model.figures import numbers
from indicated.model.knowledge import Knowledge
from indicated.model.statement import FromEntry, FromTrace, Proof
from indicated.model.verdict import Verdict

_VERDICTS = frozenset(one.value for kind in (Finding, NextStep, Verdict) for one in kind)
_MARKS = {"applies": "met", "applies_not": "not_met"}
_QUOTED = re.compile("“([^”]*(?:”[^“”]*”)*)”")
_SINGLE = re.compile(r"[a-z_]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONG = 30
DECIDED = "decision.verdict."
"""How entries begin that hold what a person decided of a criterion."""
_LETTERS = re.compile(r"[^\W\d_]{2}")


class Claims:
    """The checker of one article's sentences. The first determination is the one that it is about; what was read in
    the others, with which it is compared, is proof too.
    """

    def __init__(self, determinations: tuple[Determination, ...], knowledge: Knowledge, words: Words) -> None:
        self._amounts = Amounts(knowledge.unit_table)
        self.grounds = Grounds(determinations, knowledge)
        self._knowledge = knowledge
        self._words = words
        self._directions = Directions(words.book)
        self._proved: dict[str, frozenset[Proof]] = {}
        self._content = Sentences(determinations, knowledge)

    def keep(self, text: str, proofs: tuple[Proof, ...]) -> None:
        """A text that was proved: where these proofs stand, it may be said again inside another sentence."""
        self._proved[text] = frozenset(proofs)

    def uncalled(self, label: str) -> str:
        """A label without what the reader calls the requests."""
        return self._words.uncalled(label)

    def figures(self, claim: str, proofs: tuple[Proof, ...]) -> tuple[str, ...]:
        """The figures of the claim that its proofs do not hold, or hold in another unit only."""
        told = numbers(claim)
        if not told:
            return ()
        held = frozenset[str]().union(*map(self.grounds.figures, proofs))
        foreign = [number for number in told if number not in held]
        foreign += self._amounts.elsewise(claim, [proof_text(proof) for proof in proofs])
        return tuple(dict.fromkeys(foreign))

    def foreign(
        self, phrase_id: str, places: Mapping[str, str], label: str, mark: str, proofs: tuple[Proof, ...]
    ) -> tuple[str, ...]:
        """What the sentence says in words that its proofs do not hold, each in a word or two; nothing when all is
        proved.
        """
        told = list(_verdicts(phrase_id, mark, proofs))
        held = _Held(self.grounds, proofs)
        book = self._words.book
        template = book.template(phrase_id)
        shown = {told for name, told in places.items() if f"{{{name}}}" in template}
        for part in {label, *shown}:
            whole = book.originals.get(part, part)
            if not part or part in book.spent or self._content.cited(whole, proofs):
                continue
            if part not in self._proved or not self._proved[part].issubset(proofs):
                told += self._part(" ".join(part.split()), held)
        self._words.fresh.clear()
        book.spent.clear()
        return tuple(dict.fromkeys(told))

    def _part(self, part: str, held: _Held) -> list[str]:
        """The foreign claims of what fills one place."""
        if not _LETTERS.search(part) or (held.says(part) and not isinstance(self._words.fresh.get(part), Fact)):
            return []
        quotes = _QUOTED.findall(part) if "“" in part else ()
        told = [] if all(map(held.says, quotes)) else ["a quote"]
        bare = _QUOTED.sub(" ", part) if quotes else part
        left, wrong = _without(bare, self._words.fresh, self._words.fresh, held)
        if not wrong and not self._remains(left, held):
            return told
        # The longest first: a fact's wording is judged before a word of it is found in a proof, and is left alone
        # inside a longer line that the proofs or the content have word for word.
        told_of = self._words.told | self._words.fresh
        left, wrong = _without(bare, (*told_of, *self._lines(bare, held)), told_of, held)
        return [*told, *wrong, *self._remains(left, held)]

    def _lines(self, text: str, held: _Held) -> Iterator[str]:
        """What stands in the text word for word from its proofs or from the content."""
        yield from (line for line in held.lines if line in text and _LETTERS.search(line))
        yield from (line for line in self._words.book.spent if len(line) > _LONG and line in text)
        yield from self._content.within(text, held.proofs)
        for said, original in self._words.book.originals.items():
            if said in text and (held.says(original) or self._content.cited(original, held.proofs)):
                yield said

    def _remains(self, text: str, held: _Held) -> list[str]:
        """Concepts and directions in what no fact, label or line of the proofs has accounted for."""
        if not _LETTERS.search(text):
            return []
        spent = frozenset[str]().union(*map(_words_of, self._words.book.spent))
        if len(text) > _LONG and not _words_of(text) <= spent:
            text, _ = _without(text, self._lines(text, held), {}, held)
        found = [] if _words_of(text) <= spent else self._named(text, held)
        pointing = self._directions.of(text)
        for told in held.told() if pointing else ():
            pointing -= self._directions.held(told)
            if not pointing:
                break
        return [*found, *(" ".join(one) for one in sorted(pointing))]

    def _named(self, text: str, held: _Held) -> list[str]:
        """The concepts named in the text that the proofs do not speak of, as they stand there."""
        found = self._knowledge.naming.find(text)
        return [text[name.start : name.end] for name in found if not held.speaks_of(name.concepts)]


def _without(text: str, parts: Iterable[str], about: Mapping[str, About], held: _Held) -> tuple[str, list[str]]:
    """The text without these parts of it, the longest first, and the wordings among them that no proof holds."""
    wrong = []
    for part in sorted({one for one in parts if one in text}, key=len, reverse=True):
        if part in text:
            text = text.replace(part, " ")
            if part in about and not held.proves(about[part]):
                wrong.append(part)
    return text, wrong


@lru_cache(maxsize=4096)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


class _Held:
    """What the proofs of one sentence hold, looked into when first asked for."""

    __slots__ = ("_all", "_grounds", "_lines", "proofs")

    def __init__(self, grounds: Grounds, proofs: tuple[Proof, ...]) -> None:
        self.proofs = proofs
        self._grounds = grounds
        self._all: list[Ground] | None = None
        self._lines: list[str] | None = None

    @property
    def grounds(self) -> list[Ground]:
        if self._all is None:
            self._all = [self._grounds.of(proof) for proof in self.proofs]
        return self._all

    @property
    def lines(self) -> list[str]:
        if self._lines is None:
            self._lines = [line for proof in self.proofs for line in self._grounds.lines(proof)]
        return self._lines

    def says(self, text: str) -> bool:
        """Whether a proof has the text word for word."""
        return any(text in line for line in self.lines)

    def told(self) -> Iterator[str]:
        """All that the proofs say, as text, and which way their facts point."""
        for proof, ground in zip(self.proofs, self.grounds, strict=True):
            yield from self._grounds.words(proof)
            for fact in ground.facts:
                yield " ".join(pointing(fact)).replace("_", " ")

    def speaks_of(self, concepts: Iterable[str]) -> bool:
        """Whether the proofs speak of one of the concepts, or of something narrower."""
        wanted = set(concepts)
        return (
            any(self._grounds.reach(ground, wanted) for ground in self.grounds)
            or any(self._grounds.has_word(one, self.proofs) for one in wanted)
            or any(not wanted.isdisjoint(self._grounds.names(proof)) for proof in self.proofs)
        )

    def proves(self, about: About) -> bool:
        """Whether the proofs hold what a wording is of: a fact pointing the same way, a therapy, a concept."""
        if isinstance(about, str):
            return self.speaks_of((about,))
        facts = (fact for ground in self.grounds for fact in ground.facts)
        if isinstance(about, Therapy):
            way = ways_of(about)
            return any(fact.therapy is not None and ways_of(fact.therapy) == way for fact in facts)
        pointed = set(pointing(about))
        if any(one is about or (one.concept == about.concept and set(pointing(one)) == pointed) for one in facts):
            return True
        entries = (proof.says for proof in self.proofs if isinstance(proof, FromEntry))
        return any(f" {about.concept} " in f" {says}" and pointed <= set(says.split()) for says in entries)


@cache
def _claimed(phrase_id: str, mark: str) -> frozenset[str]:
    """The verdicts in the name of a phrase and in a mark."""
    return _VERDICTS & {*phrase_id.split("."), _MARKS.get(mark, mark)}


def _verdicts(phrase_id: str, mark: str, proofs: tuple[Proof, ...]) -> frozenset[str]:
    """The verdicts that the sentence claims and neither a trace among its proofs holds nor a person's decision."""
    claimed = _claimed(phrase_id, mark)
    if not claimed:
        return claimed
    traces = (proof.verdict for proof in proofs if isinstance(proof, FromTrace))
    persons = (one.says for one in proofs if isinstance(one, FromEntry) and one.where.startswith(DECIDED))
    return claimed.difference(*map(_SINGLE.findall, (*traces, *persons)))
