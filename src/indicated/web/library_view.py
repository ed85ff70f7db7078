"""A thing of the library as a sheet: what it is, then parts of entries, each with its sources by number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from indicated.explain.references import line, links
from indicated.model.evidence import Evidence, Status
from indicated.model.knowledge import Knowledge
from indicated.model.law import Law, LawRow
from indicated.model.policy import Policy
from indicated.model.product import Product
from indicated.model.rule import Rule
from indicated.model.score import Calculator
from indicated.model.standard import Alternative, Criterion, Differential, Note, Standard
from indicated.model.statement import Reference
from indicated.web.words import Words
from indicated.workflow.authoring.words import RuleWords
from indicated.workflow.library.catalogue import Card, Shelf

Document = Standard | Policy | Evidence | Product | Calculator | Law
Lines = tuple[tuple[int, str], ...]


class Entry(Struct, frozen=True):
    """One line of a part: a label, what is said, tags, the rule under it as nested lines, a quote, its sources."""

    text: str
    label: str = ""
    tags: tuple[str, ...] = ()
    lines: Lines = ()
    quote: str = ""
    refs: tuple[int, ...] = ()
    link: str = ""
    recalled: bool = False
    side: str = ""


class Part(Struct, frozen=True):
    """Entries under a heading, the phrase `library.part.<name>`."""

    name: str
    entries: tuple[Entry, ...]


class Sheet(Struct, frozen=True):
    """The whole: facts in a row each, parts, numbered sources."""

    facts: tuple[Entry, ...]
    parts: tuple[Part, ...]
    sources: tuple[Reference, ...]
    links: tuple[str, ...] = ()


class Sheets:
    """Makes the sheets of one release in the words of the pages."""

    def __init__(self, knowledge: Knowledge, words: RuleWords, t: Words) -> None:
        self._known, self._words, self.t = knowledge, words, t
        self._numbers: dict[str, int] = {}

    def of(self, one: Document, law_links: tuple[str, ...] = ()) -> Sheet:
        """The sheet of one thing; sources are numbered in order of first use."""
        self._numbers = {}
        facts, parts = tuple(self._facts(one)), tuple(part for part in self._parts(one) if part.entries)
        out = links(one.citation) or _addresses(one.citation.seen_at) if isinstance(one, Evidence) else law_links
        if isinstance(one, Policy):
            out = _addresses(one.origin.url)
        return Sheet(facts, parts, tuple(self._sources()), out)

    def _facts(self, one: Document) -> Iterator[Entry]:
        t = self.t
        match one:
            case Standard():
                place = f"{one.standing.care} · {one.standing.line}".replace("_", " ")
                yield Entry(one.standing.says, t("library.fact.standing"), (place,), refs=self._refs(one.standing.cite))
                graded = ", ".join(filter(None, (one.standing.strength, one.standing.certainty)))
                yield Entry(graded or t("library.ungraded"), t("library.fact.grade"))
                yield Entry(one.stance.value, t("library.fact.stance"))
                yield Entry(", ".join(one.groups) or t("library.everyone"), t("library.fact.groups"))
                yield Entry(one.version, t("library.fact.version"))
            case Policy():
                yield Entry(one.payer, t("library.fact.payer"))
                yield Entry(one.version, t("library.fact.version"))
                yield Entry(_span(one, t), t("library.fact.force"))
                yield Entry(one.origin.title, t("library.fact.origin"), (one.origin.via.value,))
            case Evidence():
                yield Entry(line(one.citation), t("library.fact.published"), recalled=not _seen(one))
                yield Entry(one.kind, t("library.fact.kind"))
                yield Entry(one.population, t("library.fact.population"))
                compared = " / ".join(filter(None, (one.intervention, one.comparator)))
                yield Entry(compared, t("library.fact.compared"))
                yield Entry(f"{one.n}" if one.n is not None else "", t("library.fact.n"))
                yield Entry(one.direction.value, t("library.fact.direction"))
                yield Entry(t(f"library.read.{one.summary_basis.value}"), t("library.fact.basis"))
            case Product():
                yield Entry(self._words.label(one.treatment), t("library.fact.treatment"))
                yield Entry(", ".join(one.routes), t("library.fact.routes"))
                yield Entry(f"{one.strength} %" if one.strength is not None else "", t("library.fact.strength"))
                yield Entry(", ".join(map(str, one.vials)), t("library.fact.vials"))
                yield Entry(one.hcpcs, t("library.fact.hcpcs"), recalled="hcpcs" in one.recalled)
                yield Entry(one.stabilizer, t("library.fact.stabilizer"), recalled="stabilizer" in one.recalled)
                yield Entry(one.availability.value, t("library.fact.availability"))
            case Calculator():
                yield Entry(one.caveat, t("library.fact.caveat"), refs=self._refs(one.cite))
            case Law():
                yield Entry(", ".join(one.plans).replace("_", " "), t("library.fact.plans"))
                yield Entry(", ".join(one.states) or t("library.everywhere"), t("library.fact.states"))
                yield Entry(f"{one.effective_from or ''}", t("library.fact.force"))

    def _parts(self, one: Document) -> Iterator[Part]:
        match one:
            case Standard():
                yield from self._standard(one)
            case Policy():
                yield self._criteria(one.criteria)
                for coverage in one.coverages:
                    told = tuple(
                        Entry("", self.t(f"library.rule.{name}"), lines=self._tree(rule))
                        for name, rule in coverage.rules
                    )
                    conditions = self._words.labels(coverage.conditions) or self.t("library.every")
                    yield Part("coverage", (Entry(conditions), *told))
            case Evidence():
                yield Part("shows", tuple(Entry(text) for text in one.summary.split("\n\n") if text.strip()))
                if one.recommendation is not None:
                    said = one.recommendation
                    tags = tuple(filter(None, (said.strength, said.certainty, said.scheme)))
                    yield Part("recommends", (Entry(said.text, tags=tags, recalled=said.status is not Status.SEEN),))
                yield Part(
                    "figures",
                    tuple(
                        Entry(it.value, it.what, recalled=it.status is not Status.SEEN, link=_first(it.url))
                        for it in one.figures
                    ),
                )
            case Product():
                yield from self._product(one)
            case Calculator():
                yield from self._score(one)
            case Law():
                for name in ("clocks", "appeals", "pauses", "notice", "deciders", "automation"):
                    yield Part(name, tuple(map(self._law, getattr(one, name))))

    def _standard(self, one: Standard) -> Iterator[Part]:
        yield Part("reached", (Entry("", lines=self._tree(one.reached_by)),))
        yield self._criteria(one.criteria)
        if one.exception is not None:
            yield Part("exception", (Entry("", lines=self._tree(one.exception)),))
        for side in ("for", "against", "uncertain"):
            bearings = (it for it in one.evidence if it.side.value == side)
            yield Part(
                f"evidence-{side}",
                tuple(
                    Entry(
                        it.says,
                        tags=(f"{it.bearing}{': ' + it.how if it.how else ''}",),
                        refs=self._refs((it.cite,)),
                        side=side,
                    )
                    for it in bearings
                ),
            )
        yield Part(
            "doses",
            tuple(
                Entry(self._words.dosing(it), tags=("label",) if it.labelled else (), refs=self._refs(it.cite))
                for it in one.regimens
            ),
        )
        for name in (
            "onset",
            "lasting",
            "reactions",
            "measures",
            "monitoring",
            "stopping",
            "alternatives",
            "pitfalls",
            "differential",
        ):
            yield Part(name, tuple(map(self._note, getattr(one, name))))

    def _product(self, one: Product) -> Iterator[Part]:
        uses = (
            Entry(
                self._words.dosing(use.dosing) if use.dosing else "",
                self._words.labels(use.conditions),
                lines=self._when(use.when),
                refs=self._refs(use.cite),
            )
            for use in one.uses
        )
        yield Part("uses", tuple(uses))
        cautions = (
            Entry(it.text, tags=(it.kind.value.replace("_", " "),), lines=self._when(it.when), refs=self._refs(it.cite))
            for it in one.cautions
        )
        yield Part("safety", tuple(cautions))
        yield Part("reactions", tuple(map(self._note, one.reactions)))
        yield Part(
            "rates",
            tuple(
                Entry(
                    self.t("library.rate", most=self._words.quantity(rate.maximum)),
                    self._words.labels(rate.conditions),
                    (rate.route,),
                    lines=self._when(rate.when),
                    refs=self._refs(rate.cite),
                    recalled=not rate.verified,
                )
                for rate in one.rates
            ),
        )
        self._refs(one.cite)

    def _score(self, one: Calculator) -> Iterator[Part]:
        if one.requires is not None:
            yield Part("reached", (Entry("", lines=self._tree(one.requires)),))
        yield Part(
            "items",
            tuple(
                Entry(it.label, f"{it.points}", (f"{it.points_variant}",) if it.points_variant is not None else (),
                      self._tree(it.rule))
                for it in one.items
            ),
        )  # fmt: skip
        yield Part("levels", tuple(Entry(it.level, f"≥ {it.at_least}") for it in one.thresholds))

    def _criteria(self, criteria: Iterable[Criterion]) -> Part:
        return Part("criteria", tuple(map(self.criterion, criteria)))

    def criterion(self, one: Criterion) -> Entry:
        """A criterion with its rule in words."""
        section = one.section if one.section != one.id else ""
        about = (one.need.value if one.need is not None else "", section, one.phase.value if one.phase else "")
        return Entry(
            one.paraphrase,
            one.id,
            tuple(filter(None, about)),
            self._tree(one.rule),
            one.quote,
            self._refs(one.cite),
            recalled=not one.verified,
        )

    def _note(self, one: Note | Alternative | Differential) -> Entry:
        return Entry(
            one.text,
            lines=self._when(one.when),
            refs=self._refs(one.cite),
            recalled=isinstance(one, Differential) and not one.verified,
        )

    def _law(self, row: LawRow) -> Entry:
        unread = row.status is not Status.SEEN
        return Entry(row.says, row.section, recalled=unread, link=_first(row.seen_at))

    def _tree(self, rule: Rule) -> Lines:
        return tuple(self._words.tree(rule))

    def _when(self, rule: Rule | None) -> Lines:
        return () if rule is None else ((0, self.t("library.when", rule=self._words.line(rule))),)

    def _refs(self, keys: Iterable[str]) -> tuple[int, ...]:
        return tuple(
            self._numbers.setdefault(key, len(self._numbers) + 1) for key in keys if key in self._known.sources
        )

    def _sources(self) -> Iterator[Reference]:
        for key, number in self._numbers.items():
            cited = self._known.sources[key].citation
            out = links(cited) or _addresses(cited.seen_at)
            yield Reference(number, key, line(cited), out, cited.id_status is Status.SEEN)


def rows_of(cards: Iterable[Card], shelf: Shelf) -> tuple[Card, ...]:
    """The cards of one kind."""
    return tuple(card for card in cards if card.shelf is shelf)


def _seen(one: Evidence) -> bool:
    return one.citation.id_status is Status.SEEN


def _span(one: Policy, t: Words) -> str:
    begun = str(one.effective_from) if one.effective_from else t("library.unstated")
    return f"{begun} – {one.effective_to}" if one.effective_to else begun


def _addresses(text: str) -> tuple[str, ...]:
    return (text,) if text.startswith(("https://", "http://")) else ()


def _first(text: str) -> str:
    return next(iter(_addresses(text)), "")
