"""A standard or a policy as a page that a clinician can proofread line by line beside its sources."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.content.boundaries import limits_of
from indicated.content.cases import GoldenCase
from indicated.content.load import Loaded
from indicated.content.signing import signed_by_another, void
from indicated.model.evidence import Evidence, Status
from indicated.model.policy import Coverage, Policy
from indicated.model.product import Product
from indicated.model.rule import Rule
from indicated.model.score import Calculator
from indicated.model.standard import Criterion, Gauge, Note, Standard
from indicated.workflow.authoring.page import Block, Heading, Items, Page, Paragraph, Table, flat
from indicated.workflow.authoring.words import RuleWords
from indicated.workflow.errors import UnknownDocument

_ASKED = {"start": "to start", "continuation": "to continue", "limits": "limits", "exclusions": "never when"}

Showable = Standard | Policy | Evidence | Product | Calculator


def found(loaded: Loaded, name: str) -> Showable:
    """What content calls by that name. UnknownDocument when nothing is."""
    named: dict[str, Showable] = {one.id: one for one in loaded.all(Standard)}
    named |= {one.id: one for one in loaded.all(Policy)}
    named |= {one.key: one for one in loaded.all(Evidence)}
    named |= {one.concept: one for one in loaded.all(Product)}
    named |= {one.id: one for one in loaded.all(Calculator)}
    if name not in named:
        from difflib import get_close_matches

        near = get_close_matches(name, named, n=3, cutoff=0.5)
        more = f"; did you mean {' or '.join(near)}?" if near else "; 'indicated content stats' counts what there is"
        raise UnknownDocument(f"content has nothing called {name!r}{more}")
    return named[name]


def page_of(loaded: Loaded, one: Showable, words: RuleWords) -> Page:
    """The page of one document."""
    shower = _Shower(loaded, words)
    match one:
        case Standard():
            return Page(one.title, tuple(shower.standard(one)))
        case Policy():
            return Page(f"{one.payer}: {one.title}", tuple(shower.policy(one)))
        case Evidence():
            return Page(one.citation.title, tuple(shower.evidence(one)))
        case Product():
            return Page(words.label(one.concept), tuple(shower.product(one)))
        case Calculator():
            return Page(one.label, tuple(shower.score(one)))


class _Shower:
    def __init__(self, loaded: Loaded, words: RuleWords) -> None:
        self.loaded, self.words = loaded, words
        self.sources = {item.key: item for item in loaded.all(Evidence)}

    def standard(self, one: Standard) -> Iterator[Block]:
        words = self.words
        yield Table(
            ("", "what stands in the file"),
            (
                ("id, version", f"{one.id}, {one.version}"),
                ("status", self._status(one)),
                ("treatment", words.label(one.treatment)),
                ("conditions", words.labels(one.conditions)),
                ("patients", ", ".join(one.groups) or "everyone"),
                ("evidence as a whole", one.stance.value),
                ("place", f"{one.standing.line.value.replace('_', ' ')}; {one.standing.care.value.replace('_', ' ')}"),
                ("on a label", "yes" if one.standing.labelled else "no"),
                ("strength", one.standing.strength or "not graded"),
                ("certainty", one.standing.certainty or "not graded"),
            ),
        )
        yield Paragraph(one.standing.says + self._cite(one.standing.cite))
        yield Heading("Comes into play when")
        yield Items(tuple(words.tree(one.reached_by)))
        if one.exception is not None:
            yield Heading("Exception, on which the evidence may carry it all the same")
            yield Items(tuple(words.tree(one.exception)))
        yield Heading("Criteria")
        yield from self._criteria(one.criteria)
        yield from self._titled("Regimens", (words.dosing(it) + self._cite(it.cite) for it in one.regimens))
        for title, notes in (
            ("Onset", one.onset),
            ("How long benefit lasts", one.lasting),
            ("How often side effects were seen", one.reactions),
            ("Measures of response", one.measures),
            ("Monitoring", one.monitoring),
            ("Stopping", one.stopping),
        ):
            yield from self._titled(title, map(self._note, notes))
        yield from self._titled("Measures followed over time", map(self._gauge, one.gauges))
        yield from self._titled(
            "Alternatives, in order",
            (
                "".join(
                    (
                        f"{it.text}{self._when(it.when)}{self._cite(it.cite)}",
                        *(f"; not where: {self._note(note)}" for note in it.unless),
                    )
                )
                for it in one.alternatives
            ),
        )
        yield Heading("Evidence")
        yield Table(
            ("source", "side", "bearing", "what it shows", "certainty"),
            tuple(
                (
                    it.cite,
                    it.side.value,
                    f"{it.bearing}{': ' + it.how if it.how else ''}",
                    it.says,
                    self._grade(it.cite),
                )
                for it in one.evidence
            ),
        )
        yield from self._titled("Pitfalls", map(self._note, one.pitfalls))
        yield from self._titled(
            "Other diagnoses to consider",
            (
                f"{it.text}{self._when(it.when)}{self._cite(it.cite)}{'' if it.verified else ' (not verified)'}"
                for it in one.differential
            ),
        )
        yield from self._titled("Questions", one.questions)
        yield from self._limits(one.criteria)
        yield from self._cases(self.loaded.place(one).file.removesuffix("yaml"))
        cited = {key for it in one.evidence for key in (it.cite,)} | {
            key for criterion in one.criteria for key in criterion.cite
        }
        yield from self._sources(sorted(cited | set(one.standing.cite)))

    def policy(self, one: Policy) -> Iterator[Block]:
        begun = one.effective_from or "not stated"
        yield Table(
            ("", "what stands in the file"),
            (
                ("id, version", f"{one.id}, {one.version}"),
                ("status", self._status(one)),
                ("treatment", self.words.label(one.treatment)),
                ("in force", f"from {begun}" + (f" to {one.effective_to}" if one.effective_to else "")),
                ("read at", " ".join(filter(None, (one.origin.title, one.origin.url, one.origin.via.value)))),
            ),
        )
        yield Heading("Criteria")
        yield from self._criteria(one.criteria)
        for coverage in one.coverages:
            yield from self._coverage(coverage)
        yield from self._limits(one.criteria)
        yield from self._cases(self.loaded.place(one).file.removesuffix("policy.yaml") + "cases/")

    def evidence(self, one: Evidence) -> Iterator[Block]:
        cited = one.citation
        where = " ".join(filter(None, (cited.journal, str(cited.year or ""), cited.volume, cited.pages)))
        yield Paragraph(f"{cited.authors}. {where}. {cited.url}")
        yield Table(
            ("", "what stands in the file"),
            (
                ("key", one.key),
                ("kind", one.kind),
                ("conditions", ", ".join(one.conditions)),
                ("population", one.population),
                ("patients", ", ".join(one.groups) or "not told"),
                ("n", f"{one.n} ({one.n_status})" if one.n is not None else "not told"),
                ("direction", one.direction.value),
                ("identifier", f"PMID {cited.pmid or '-'}, DOI {cited.doi or '-'} ({cited.id_status})"),
                ("summary rests on", one.summary_basis.value),
            ),
        )
        yield Paragraph(one.summary)
        yield Heading("Figures")
        yield Table(("what", "value", "status"), tuple((it.what, it.value, it.status.value) for it in one.figures))
        told = one.recommendation
        if told is not None:
            yield Heading("Recommendation")
            yield Paragraph(f"{told.text} ({told.strength}; {told.certainty}; {told.scheme}; {told.status})")
        users = [it.id for it in self.loaded.all(Standard) if one.key in _cited(it)]
        yield from self._titled("Used by", users)

    def product(self, one: Product) -> Iterator[Block]:
        words = self.words
        vials = ", ".join(f"{vial.normalize():f} g" for vial in one.vials)
        yield Table(
            ("", "what stands in the file"),
            (
                ("treatment", words.label(one.treatment)),
                ("routes", ", ".join(one.routes)),
                ("strength", f"{one.strength} %" if one.strength is not None else "not told"),
                ("vials", vials or "not told"),
                ("billed as", f"{one.hcpcs} per {one.hcpcs_unit} mg" if one.hcpcs else "not told"),
            ),
        )
        uses = (
            f"{words.labels(use.conditions)}: {words.dosing(use.dosing) if use.dosing else 'dose not told'}"
            f"{self._when(use.when)}{self._cite(use.cite)}"
            for use in one.uses
        )
        yield from self._titled("Labelled uses", uses)
        cautions = (
            f"{it.kind.value.replace('_', ' ')}: {it.text}{self._when(it.when)}{self._cite(it.cite)}"
            for it in one.cautions
        )
        yield from self._titled("Cautions", cautions)
        yield from self._titled("How often side effects were seen", map(self._note, one.reactions))

    def score(self, one: Calculator) -> Iterator[Block]:
        if one.requires is not None:
            yield Heading("Applies when")
            yield Items(tuple(self.words.tree(one.requires)))
        yield Heading("Items")
        yield Table(
            ("item", "points", one.variant_label or "variant", "counts when"),
            tuple(
                (it.label, f"{it.points}", f"{it.points_variant or '-'}", self.words.line(it.rule)) for it in one.items
            ),
        )
        yield Heading("Levels")
        yield Table(("level", "at least"), tuple((it.level, f"{it.at_least}") for it in one.thresholds))
        yield Paragraph(f"Below the lowest: {one.below}. {one.caveat}{self._cite(one.cite)}")

    def _status(self, one: Standard | Policy) -> str:
        signers = [f"{it.name}, {it.role}, {it.on}" + (" (void)" if it in void(one) else "") for it in one.signatures]
        signed = f"signed by {'; '.join(signers)}" if signers else "not signed"
        due = f"; review due {one.review_due}" if one.review_due else ""
        second = "" if signed_by_another(one) else "; needs a second person's signature before it can be active"
        return f"{one.status.value.replace('_', ' ')}; {signed}{due}{second}"

    def _criteria(self, criteria: tuple[Criterion, ...]) -> Iterator[Block]:
        for criterion in criteria:
            about = [criterion.need.value if criterion.need is not None else ""]
            about += [f"section {criterion.section}" if criterion.section else ""]
            about += [f"{criterion.phase.value} only" if criterion.phase is not None else ""]
            about += ["" if criterion.verified else "recalled, not verified"]
            head = (
                f"{criterion.id} ({'; '.join(filter(None, about))}): {criterion.paraphrase}{self._cite(criterion.cite)}"
            )
            lines: list[tuple[int, str]] = [(0, head), *self.words.tree(criterion.rule, 1)]
            lines += [(1, f"quoted: “{criterion.quote}”")] if criterion.quote else []
            lines += [(1, f"asks for: {criterion.ask}")] if criterion.ask else []
            lines += [(1, f"for patients: {criterion.plain}")] if criterion.plain else []
            yield Items(tuple(lines))

    def _coverage(self, coverage: Coverage) -> Iterator[Block]:
        yield Heading(f"Coverage: {self.words.labels(coverage.conditions) or 'every condition'}")
        for name, rule in coverage.rules:
            yield Items(((0, f"{_ASKED[name]}:"), *self.words.tree(rule, 1)))

    def _limits(self, criteria: tuple[Criterion, ...]) -> Iterator[Block]:
        rows = tuple(
            (criterion.id, limit.about, f"{limit.comparison.sign} {limit.edge.text()}")
            for criterion in criteria
            for limit in limits_of(criterion.rule)
        )
        if rows:
            yield Heading("Limits")
            yield Table(("criterion", "of", "limit"), rows)

    def _cases(self, start: str) -> Iterator[Block]:
        mine = [case for case in self.loaded.all(GoldenCase) if self.loaded.place(case).file.startswith(start)]
        yield Heading(f"Golden cases ({len(mine)})")
        yield Table(("case", "what it shows", "expected"), tuple((it.case, it.says, _expected(it)) for it in mine))

    def _sources(self, keys: list[str]) -> Iterator[Block]:
        yield Heading("Sources")
        rows = []
        for key in keys:
            source = self.sources.get(key)
            if source is not None:
                cited = source.citation
                told = f"{cited.authors.split(',')[0]} {cited.year or ''}: {cited.title}"
                ids = f"PMID {cited.pmid}" if cited.pmid else f"DOI {cited.doi}" if cited.doi else cited.url
                rows.append((key, told, ids, "" if cited.id_status is Status.SEEN else "recalled, not verified"))
        yield Table(("key", "source", "where", ""), tuple(rows))

    def _titled(self, title: str, texts: Iterator[str] | tuple[str, ...] | list[str] | map[str]) -> Iterator[Block]:
        listed = list(texts)
        if listed:
            yield Heading(title)
            yield flat(listed)

    def _note(self, note: Note) -> str:
        return f"{note.text}{self._when(note.when)}{self._cite(note.cite)}"

    def _gauge(self, one: Gauge) -> str:
        counts = f", a change of {one.by.text()} counts" if one.by is not None else ""
        level = ", on treatment only" if one.on_treatment else ""
        return f"{self.words.label(one.concept)}{counts}{level}{self._cite(one.cite)}"

    def _when(self, rule: Rule | None) -> str:
        return f" (when {self.words.line(rule)})" if rule is not None else ""

    def _cite(self, keys: tuple[str, ...]) -> str:
        return f" [{', '.join(keys)}]" if keys else ""

    def _grade(self, key: str) -> str:
        told = self.sources[key].recommendation if key in self.sources else None
        return "; ".join(filter(None, (told.strength, told.certainty))) if told is not None else ""


def _cited(standard: Standard) -> set[str]:
    from indicated.content.walk import inside

    found: set[str] = set()
    for one in inside(standard):
        cite = getattr(one, "cite", ())
        found |= {cite} if isinstance(cite, str) else set(cite)
    return found


def _expected(case: GoldenCase) -> str:
    expect = case.expect
    parts = [expect.finding.value if expect.finding else "", expect.next_step.value if expect.next_step else ""]
    parts += [f"policy {expect.policy}" if expect.policy else ""]
    parts += [f"{name} {verdict.value}" for name, verdict in expect.verdicts.items()]
    parts += [f"missing {', '.join(expect.missing)}" if expect.missing else ""]
    parts += [f"failed {', '.join(expect.failed)}" if expect.failed else ""]
    return "; ".join(filter(None, parts)).replace("_", " ")
