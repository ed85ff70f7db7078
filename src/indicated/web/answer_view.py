"""A determination as pages show it: every sentence with its quotes as links, every criterion with the facts under it.

Nothing is worded here: sentences are those of the article, marks those of the page of marked documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from indicated.engine.evaluate import facts_used, leaves
from indicated.explain.article import article
from indicated.explain.contrast import article as contrast_article
from indicated.explain.contrast import whole_case
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.proofs import outer
from indicated.explain.render.highlight import LETTERS
from indicated.explain.render.highlight_rows import Row, rows_of
from indicated.explain.render.marks import cited, mark, numbers
from indicated.explain.render.pieces import Piece, in_columns, pieces
from indicated.explain.translations import spanish
from indicated.explain.words import Words
from indicated.model.case import Case
from indicated.model.contrast import SideBySide
from indicated.model.determination import Determination, Step
from indicated.model.fact import Fact
from indicated.model.rule import Judged
from indicated.model.statement import FromClause, FromPassage, Letter, Rationale, Section, Statement
from indicated.model.text import Passage
from indicated.model.verdict import Verdict
from indicated.release import Release

GROUPS: dict[str, tuple[str, ...]] = {
    "answer": ("answer", "request", "denial", "missing"),
    "criteria": ("policy", "standard", "narrower", "clauses"),
    "evidence": ("for", "against", "standing", "benefit", "differential", "others", "pitfalls"),
    "dose": ("dose", "dispensing", "safety", "monitoring"),
    "record": ("facts", "contradictions", "treatments", "untried", "scores", "set_aside"),
    "changes": ("flips",),
    "about": ("questions", "review"),
}
"""Which sections of the article stand together; a section that is in none stands under `about`."""

_LABEL = 32
_ALONE = 2  # a case of one document, with the question that supposes something


class Quote(Struct, frozen=True):
    """Words of a document, where they stand, and the link that leads there (empty where nothing is marked)."""

    text: str
    place: str
    href: str


class Chip(Struct, frozen=True):
    """A fact that a sentence rests on, as it is numbered in the documents."""

    name: str
    group: str
    href: str
    words: str


class Line(Struct, frozen=True, kw_only=True):
    """One sentence. `facts` are the numbers of the rows it rests on, `chips` the same as links; `quotes` are the words
    of documents that no chip leads to; `asks` is the question that only a person answers; `source` is what the names of
    the sources begin with.
    """

    text: str
    label: str = ""
    mark: str = ""
    word: str = ""
    level: int = 0
    refs: tuple[int, ...] = ()
    quotes: tuple[Quote, ...] = ()
    facts: tuple[int, ...] = ()
    chips: tuple[Chip, ...] = ()
    source: str = "ref"
    anchor: str = ""
    asks: str = ""


class Block(Struct, frozen=True):
    """A headed list of sentences; `style` as in `Section`."""

    id: str
    heading: str
    style: str
    lines: tuple[Line, ...]


class Shown(Struct, frozen=True):
    """A document, cut at its marks; `columns` where its letters have to be of one width."""

    number: int
    id: str
    pieces: tuple[Piece, ...]
    columns: bool


class FactRow(Struct, frozen=True):
    """A row of what was read. `fact` is None for the request and for what was set aside; `criteria` link to the rows
    that rest on it.
    """

    row: Row
    letter: str
    fact: Fact | None
    criteria: tuple[tuple[str, str], ...]


class Answer(Struct, frozen=True):
    """All that a page shows of a determination."""

    determination: Determination
    rationale: Rationale
    blocks: tuple[Block, ...]
    documents: tuple[Shown, ...]
    rows: tuple[FactRow, ...]

    def block(self, name: str) -> Block | None:
        """A section by its id."""
        return next((one for one in self.blocks if one.id == name), None)

    def group(self, name: str) -> tuple[Block, ...]:
        """The sections that stand together under a name, in the order of that group."""
        order = GROUPS[name]
        placed = {one for group in GROUPS.values() for one in group}
        rest = [one for one in self.blocks if one.id not in placed] if name == "about" else []
        return (*(one for wanted in order for one in self.blocks if one.id == wanted), *rest)


def answer_view(
    determination: Determination,
    release: Release,
    audience: str = "clinician",
    language: str = "en",
    *,
    linked: bool = True,
) -> Answer:
    """The view for an audience; not `linked` where the documents are not on the page. Spanish is there for patients.
    The same determination gives the same view.
    """
    words = spanish(language, audience, release.translations)
    book = Phrasebook(release.phrases, audience, words)
    rationale = article(determination, release.knowledge, release.phrases, audience, words)
    rows = _rows(determination, release, book)
    blocks = _blocks(_View(determination, rationale, book, rows, linked=linked), rationale.sections)
    documents = tuple(
        Shown(number, one.id, tuple(pieces(one, rows)), in_columns(one))
        for number, one in enumerate(determination.case.documents, 1)
    )
    return Answer(determination, rationale, blocks, documents, tuple(_fact_rows(determination.case, rows, blocks)))


def letter_blocks(letter: Letter, determination: Determination, release: Release) -> tuple[Block, ...]:
    """The sections of a letter and, last, what its writer should know before; no word of it links to a document."""
    book = Phrasebook(release.phrases, letter.page.audience)
    view = _View(determination, letter.page, book, _rows(determination, release, book), linked=False)
    return _blocks(view, (*letter.page.sections, letter.before))


def asked_blocks(
    rationale: Rationale, determination: Determination, release: Release, *, linked: bool
) -> tuple[Block, ...]:
    """The sections of an answer to a question, to stand on the page of the case: named apart from those of the page,
    `linked` where the documents of the page are those of this determination.
    """
    book = Phrasebook(release.phrases, rationale.audience)
    view = _View(determination, rationale, book, _rows(determination, release, book), linked=linked, name="asked-")
    made = _blocks(view, rationale.sections)
    return tuple(replace(one, id=f"asked-{number}") for number, one in enumerate(made))


def contrast_blocks(told: SideBySide, release: Release, audience: str) -> tuple[str, tuple[Block, ...]]:
    """Why the answers of requests differ: the title and the sections, no word of which links to a document."""
    book = Phrasebook(release.phrases, audience)
    rationale = contrast_article(told, release.knowledge, release.phrases, audience)
    whole = replace(told.determinations[0], case=whole_case(told))
    view = _View(whole, rationale, book, (), linked=False, name="compared-")
    made = _blocks(view, rationale.sections)
    return rationale.title, tuple(replace(one, id=f"compared-{one.id}") for one in made)


def _rows(determination: Determination, release: Release, book: Phrasebook) -> tuple[Row, ...]:
    return tuple(rows_of(determination.case, Words(book, release.knowledge.vocabulary, {})))


def _blocks(view: _View, sections: Iterable[Section]) -> tuple[Block, ...]:
    return tuple(Block(one.id, one.heading, one.style, tuple(map(view.line, one.statements))) for one in sections)


class _View:
    """What lines are made with: reference numbers, the rows of each fact, the traces of the criteria."""

    def __init__(  # noqa: PLR0913  (each is something that lines are made with)
        self,
        d: Determination,
        rationale: Rationale,
        book: Phrasebook,
        rows: tuple[Row, ...],
        *,
        linked: bool,
        name: str = "",
    ) -> None:
        self._linked, self._name = linked, name
        self._book = book
        self._numbered = numbers(rationale)
        marked = book.template("show.english") if rationale.english else ""
        self._english = [(escape(marked.format(text=one)), escape(one)) for one in rationale.english]
        self._rows = rows
        first = 1 if d.case.request is None else 2
        self._number_of = {fact: at for at, fact in enumerate(d.case.facts, first)}
        self._documents = {one.id: number for number, one in enumerate(d.case.documents, 1)}
        self._steps = dict(_steps(d))
        self._anchored: set[str] = set()

    def line(self, statement: Statement) -> Line:
        clause = next((one for one in statement.proofs if isinstance(one, FromClause)), None)
        row = statement.mark and statement.label
        step = self._steps.get((clause.document, clause.criterion)) if clause is not None and row else None
        passages = [one.passage for one in statement.proofs if isinstance(one, FromPassage)]
        facts = self._facts(step) if step is not None else self._inside(passages)
        return Line(
            text=self._told(statement.text),
            label=self._told(statement.label),
            mark=statement.mark,
            word=mark(statement, self._book),
            level=statement.level,
            refs=cited(statement, self._numbered),
            quotes=self._quotes(passages, statement.text),
            facts=facts,
            chips=tuple(self._chip(number) for number in facts) if self._linked else (),
            source=f"{self._name}ref",
            anchor=self._anchor(clause) if clause is not None and step is not None else "",
            asks=_asks(step),
        )

    def _told(self, text: str) -> str:
        """The text; what in a Spanish one stands in English is marked so, for those who have it read to them."""
        if not self._english:
            return text
        said = escape(text)
        for shown, one in self._english:
            said = said.replace(shown, shown.replace(one, Markup('<span lang="en">{}</span>').format(one), 1))
        return said

    def _anchor(self, clause: FromClause) -> str:
        """The name of a criterion's row: the first time it is shown only."""
        at = list(self._steps).index((clause.document, clause.criterion))
        name = f"{self._name}c{at + 1}"
        if name in self._anchored:
            return ""
        self._anchored.add(name)
        return name

    def _facts(self, step: Step) -> tuple[int, ...]:
        return tuple(sorted({self._number_of[one] for one in facts_used(step) if one in self._number_of}))

    def _inside(self, passages: Iterable[Passage]) -> tuple[int, ...]:
        """The rows of which words stand within the passages."""
        wanted = tuple(passages)
        return tuple(row.number for row in self._rows if any(_holds(p, q) for p in wanted for q in row.passages))

    def _chip(self, number: int) -> Chip:
        row = self._rows[number - 1]
        href = f"#m{number}-0" if row.passages and row.group != "request" else f"#r{number}"
        return Chip(f"{LETTERS[row.group]}{number}", row.group, href, row.words)

    def _quotes(self, passages: list[Passage], text: str) -> tuple[Quote, ...]:
        """The places of a sentence, but for words that it says itself where only one document can hold them; beside
        chips only those that no chip leads to.
        """
        found = [self._quote(one) for one in outer(passages) if one.document in self._documents]
        if self._linked:
            return tuple(one for one in found if one.href.startswith("#d") and one.text not in text)
        return tuple(one for one in found if len(self._documents) > _ALONE or one.text not in text)

    def _quote(self, passage: Passage) -> Quote:
        place = f"{passage.document}, {passage.place}" if passage.place else passage.document
        if not self._linked:
            return Quote(" ".join(passage.quote.split()), place, "")
        href = next(
            (
                f"#m{row.number}-{at}"
                for row in self._rows
                if row.group != "request"
                for at, one in enumerate(row.passages)
                if _holds(passage, one)
            ),
            f"#d{self._documents[passage.document]}",
        )
        return Quote(" ".join(passage.quote.split()), place, href)


def _holds(outer_one: Passage, inner: Passage) -> bool:
    same = outer_one.document == inner.document
    return same and outer_one.start <= inner.start and inner.end <= outer_one.end


def _steps(d: Determination) -> Iterator[tuple[tuple[str, str], Step]]:
    """The trace of every criterion that was judged, by the document it stands in and its id."""
    if d.policy is not None and d.policy_result is not None:
        for one in d.policy_result.judgements:
            yield (d.policy.id, one.criterion), one.step
    for weighed in d.weighed:
        for one in weighed.judgements:
            yield (weighed.standard, one.criterion), one.step


def _asks(step: Step | None) -> str:
    """The question on which a criterion is still open and that a person can answer."""
    if step is None or step.verdict is not Verdict.UNKNOWN:
        return ""
    open_ = (leaf.rule for leaf in leaves(step) if leaf.verdict is Verdict.UNKNOWN)
    return next((rule.question for rule in open_ if isinstance(rule, Judged)), "")


def _short(label: str) -> str:
    """A criterion by its number, or by its first words."""
    number = label.partition(" ")[0].rstrip(":")
    if any(map(str.isdigit, number)):
        return number
    return label if len(label) <= _LABEL else f"{label[:_LABEL].rpartition(' ')[0]}…"


def _fact_rows(case: Case, rows: tuple[Row, ...], blocks: Iterable[Block]) -> Iterator[FactRow]:
    resting: dict[int, list[tuple[str, str]]] = {}
    for block in blocks:
        for line in block.lines:
            if line.anchor:
                for number in line.facts:
                    resting.setdefault(number, []).append((line.anchor, _short(line.label)))
    facts = dict(enumerate(case.facts, 1 if case.request is None else 2))
    for row in rows:
        yield FactRow(row, LETTERS[row.group], facts.get(row.number), tuple(resting.get(row.number, ())))
