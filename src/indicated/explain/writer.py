"""The desk an article is written on: the determination, the content it rests on, the words for an audience."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from indicated.engine import Facts, evaluate
from indicated.explain import proofs
from indicated.explain.claims import Claims
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.statements import Unproved, state
from indicated.explain.words import Words
from indicated.model.determination import Determination, Step, Weighed
from indicated.model.evidence import Status
from indicated.model.fact import Fact
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Policy
from indicated.model.rule import Rule
from indicated.model.standard import Criterion, Standard
from indicated.model.statement import (
    FromCalculation,
    FromCitation,
    FromEntry,
    FromPassage,
    FromTrace,
    Proof,
    Statement,
)
from indicated.model.text import Passage
from indicated.model.verdict import Verdict

Said = tuple[Statement, ...]
_NAME = re.compile(r"[^\W\d_]{3}")


class Writer:
    """Writes statements about one determination. Sentences that are not proved are withheld and counted. `beside` are
    determinations that it is held against: what was read in theirs is proof too.
    """

    def __init__(
        self,
        determination: Determination,
        knowledge: Knowledge,
        book: Phrasebook,
        *,
        beside: Iterable[Determination] = (),
    ) -> None:
        self.d = determination
        self.knowledge = knowledge
        self.book = book
        self.words = Words(
            book, knowledge.vocabulary, {key: one.label for key, one in knowledge.calculator_table.items()}
        )
        self.facts = Facts(determination.case, knowledge)
        self.withheld: list[str] = []
        self.told_sets: set[str] = set()
        self.told_count = False
        self.told_notes: set[str] = set()
        self._documents = {document.id: document for document in determination.case.documents}
        self._said: set[str] = set()
        self._claims = Claims((determination, *beside), knowledge, self.words)

    @property
    def standard(self) -> Standard | None:
        """The standard that carries the finding."""
        return self.knowledge.standard_table.get(self.d.lead)

    @property
    def lead(self) -> Weighed | None:
        """The lead standard, weighed."""
        return next((weighed for weighed in self.d.weighed if weighed.standard == self.d.lead), None)

    def say(
        self,
        phrase_id: str,
        proved: Iterable[Proof],
        *,
        label: str = "",
        mark: str = "",
        level: int = 0,
        **places: str,
    ) -> Said:
        """The phrase as a statement, or nothing when it cannot be proved or was said before in the same words."""
        listed = tuple(proved)
        verified = all(self._verified(proof) for proof in listed)
        try:
            made = state(
                self.book,
                phrase_id,
                listed,
                places,
                label=label,
                mark=mark,
                level=level,
                verified=verified,
                names=self.words.names,
                claims=self._claims,
            )
        except Unproved as unproved:
            self.withheld.append(str(unproved))
            return ()
        key = f"{made.label}|{made.text}"
        if key in self._said:
            return ()
        self._said.add(key)
        return (made,)

    def foreign_figures(self, text: str, proved: tuple[Proof, ...]) -> tuple[str, ...]:
        """The figures of a text that its proofs do not hold in their unit."""
        return self._claims.figures(text, proved)

    def sentence(  # noqa: PLR0913  (each argument is a part of the sentence)
        self,
        text: str,
        cite: Iterable[str],
        plain: str = "",
        *,
        label: str = "",
        level: int = 0,
        also: Iterable[Proof] = (),
    ) -> Said:
        """A sentence of the content (a note, a caution), resting on its sources."""
        said = plain if self.book.audience == "patient" and plain else text
        proved = (*self.sources(cite, said), *also)
        said = self.book.sentence(said)
        return self.say("content.sentence", proved, label=label, level=level, text=said)

    def sources(self, keys: Iterable[str], claim: str = "") -> tuple[Proof, ...]:
        """Proofs from the evidence of these keys, for this claim."""
        return proofs.of_sources(self.knowledge, keys, claim)

    def without_other_labels(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The sources without the labels of other products, where that of the product asked for is one of them."""
        asked = self.d.case.request
        product = self.knowledge.product_table.get(asked.product) if asked is not None else None
        if product is None or not set(product.cite) & set(keys):
            return keys
        labels = {key for one in self.knowledge.products for key in one.cite} - set(product.cite)
        return tuple(key for key in keys if key not in labels)

    def asked(self) -> tuple[Proof, ...]:
        """Proof of what is asked for: where it stands, or that it was entered."""
        asked = self.d.case.request
        if asked is None:
            return ()
        entered = " ".join(filter(None, (asked.treatment, asked.product, *asked.indications)))
        return tuple(map(FromPassage, asked.passages)) or (FromEntry("request", entered),)

    def on_record(self, concept: str) -> tuple[Proof, ...]:
        """Proof of a concept from the facts that are of it."""
        return proofs.of_facts(fact for fact in self.d.case.facts if fact.concept == concept)

    def clause(self, owner: Standard | Policy, criterion: Criterion) -> Proof:
        """Proof from a criterion of a standard or policy."""
        return proofs.of_criterion(owner.id, criterion)

    def trace(self, rule: str, verdict: str) -> Proof:
        """Proof from the program's own verdict."""
        return FromTrace(rule, verdict)

    def on(self) -> Proof:
        """Proof of the as-of date."""
        return FromEntry("on", self.d.on.isoformat())

    def day(self, day: date) -> str:
        """A date as the reader writes it."""
        if self.book.audience != "patient":
            return day.isoformat()
        month = self.book.word("month", str(day.month))
        return self.book.words("date", day=day.day, month=month, year=day.year)

    def count(self, name: str, inputs: dict[str, int | str], result: str) -> Proof:
        """Proof by counting or calculating."""
        return FromCalculation(name, tuple(f"{key} = {value}" for key, value in inputs.items()), result)

    def met(self, rule: Rule | None) -> bool:
        """Whether a rule of the content holds for this case; no rule always does."""
        return rule is None or self.judge(rule).verdict is Verdict.MET

    def judge(self, rule: Rule) -> Step:
        """A rule of the content, judged."""
        return evaluate(rule, self.facts, self.d.on)

    def label_of(self, owner: Standard | Policy, criterion: Criterion) -> str:
        """A criterion's number and wording, as the label of a row."""
        plain = criterion.plain if self.book.audience == "patient" and criterion.plain else criterion.paraphrase
        plain = self.book.sentence(plain)
        section = criterion.section if isinstance(owner, Policy) else ""
        said = f"{section}: {plain}" if _NAME.search(section) else f"{section} {plain}".strip()
        return self._unless_verified(criterion, said)

    def item_of(self, criterion: Criterion) -> str:
        """A policy's criterion by its number, or by its wording where it has none or a section's name."""
        number = criterion.section and not _NAME.search(criterion.section)
        said = criterion.section if number else self.book.sentence(criterion.paraphrase)
        return self._unless_verified(criterion, said)

    def _unless_verified(self, criterion: Criterion, said: str) -> str:
        return said if criterion.verified else self.book.words("criteria.unverified", label=said)

    def quotes(self, facts: Iterable[Fact], most: int = 3) -> tuple[Passage, ...]:
        """The clauses in which the facts stand, each once, none inside another."""
        grown: list[Passage] = []
        for fact in facts:
            for passage in fact.passages[:1]:
                document = self._documents.get(passage.document)
                grown.append(proofs.around(document, passage) if document else passage)
        return tuple(proofs.outer(grown)[:most])

    def quoted(self, facts: Iterable[Fact], most: int = 3) -> tuple[str, tuple[Proof, ...]]:
        """The quotes in inverted commas and their proofs; facts entered as data are said in words."""
        listed = tuple(facts)
        entered = [self.words.fact(fact) for fact in listed if not fact.passages][:most]
        shown: tuple[Proof, ...] = tuple(FromPassage(passage) for passage in self.quotes(listed, most))
        said = "; ".join(dict.fromkeys((self.marked(listed, most), *entered)))
        return said.removeprefix("; "), (*shown, *proofs.of_facts(listed))

    def marked(self, facts: Iterable[Fact], most: int = 3) -> str:
        """The clauses in which the facts stand, in inverted commas."""
        passages = self.quotes(facts, most)
        return "; ".join(self.book.words("quote", text=" ".join(passage.quote.split())) for passage in passages)

    def _verified(self, proof: Proof) -> bool:
        if not isinstance(proof, FromCitation):
            return True
        return self.knowledge.sources[proof.key].citation.id_status is Status.SEEN
