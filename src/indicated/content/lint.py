"""What content must have before anyone may rely on it: sources, sections, cases, people, and no figure of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct

from indicated.content.cases import GoldenCase
from indicated.content.cited import CITING, foreign_figures, unsourced
from indicated.content.fits import Fitting
from indicated.content.labels import label_problems
from indicated.content.laws import law_problems
from indicated.content.load import Loaded
from indicated.content.misplaced import misplaced, rivals
from indicated.content.problem import Problem, in_order, shown
from indicated.content.resolve import resolve
from indicated.content.signing import signed_by_another, void
from indicated.content.translated import translation_problems
from indicated.content.walk import ByKind, by_kind, joined
from indicated.model.codes import CATEGORY
from indicated.model.concept import Concept, Vocabulary
from indicated.model.evidence import Evidence
from indicated.model.policy import Policy
from indicated.model.quantity import Unit, Units
from indicated.model.score import Calculator
from indicated.model.standard import ContentStatus, Standard

_PLACEHOLDERS = ("n/a", "na", "tbd", "todo", "xxx", "?", "-", "unknown", "a. author", "author")


def lint(loaded: Loaded, on: date) -> tuple[Problem, ...]:
    """Everything wrong with content that was read, what was noted while reading included, as of a date."""
    values = {kind: by_kind(listed) for kind, listed in loaded.values.items()}
    every = joined(values.values())
    fitting = Fitting(Vocabulary(loaded.known(Concept)), Units(loaded.known(Unit)), loaded.places)
    return in_order(
        (
            *loaded.problems,
            *resolve(loaded, every),
            *fitting.misfits(every),
            *_editorial(loaded, values, on),
            *_codes(loaded),
            *_synonyms(loaded),
            *translation_problems(loaded, every),
        )
    )


def _editorial(loaded: Loaded, values: dict[Any, ByKind], on: date) -> Iterator[Problem]:
    sources = {item.key: item for item in loaded.known(Evidence)}
    cases = [_file(loaded, case) for case in loaded.all(GoldenCase)] + [problem.file for problem in loaded.problems]
    told = tuple(dict.fromkeys(cases))
    for evidence in loaded.all(Evidence):
        yield from _named_by_path(loaded, evidence, "key", "evidence", ".md")
        yield from _sighting(loaded, evidence)
    for standard in loaded.all(Standard):
        yield from _named_by_path(loaded, standard, "id", "standards", ".yaml")
        yield from _standard(loaded, standard, on, told)
    for policy in loaded.all(Policy):
        yield from _policy(loaded, policy, on, told)
    for calculator in loaded.all(Calculator):
        yield from _named_by_path(loaded, calculator, "id", "scores", ".yaml")
    yield from unsourced(loaded, joined(values.get(kind, {}) for kind in CITING))
    yield from _overlaps(loaded)
    yield from rivals(loaded)
    yield from misplaced(loaded)
    yield from label_problems(loaded, sources)
    yield from law_problems(loaded)
    yield from foreign_figures(loaded, joined(held for kind, held in values.items() if kind is not Policy), sources)


def _named_by_path(loaded: Loaded, one: Struct, field: str, folder: str, end: str) -> Iterator[Problem]:
    """An id is the file's path below its folder, so that knowing one gives the other."""
    wanted = _file(loaded, one).removeprefix(f"{folder}/").removesuffix(end)
    if getattr(one, field) != wanted:
        found, expected = shown(str(getattr(one, field))), f"{wanted!r}, as the file is named"
        yield loaded.place(one).problem("not-as-file", field, found, expected, "rename one of them")


def _sighting(loaded: Loaded, evidence: Evidence) -> Iterator[Problem]:
    citation = evidence.citation
    if citation.id_status.value == "seen" and not citation.seen_at:
        fix = "say where, or set id_status to recalled"
        yield loaded.place(citation).problem("not-seen", "seen_at", "no page", "where the identifier was seen", fix)


def _standard(loaded: Loaded, standard: Standard, on: date, cases: tuple[str, ...]) -> Iterator[Problem]:
    yield from _governed(loaded, standard, on)
    for criterion in standard.criteria:
        if criterion.need is None:
            yield loaded.place(criterion).problem("no-need", "need", "no need", "decides or confirms", "add need")
    start = _file(loaded, standard).removesuffix(".yaml") + ".cases.yaml"
    yield from _has_cases(loaded, standard, start, cases)


def _has_cases(loaded: Loaded, one: Struct, start: str, cases: tuple[str, ...]) -> Iterator[Problem]:
    """Cases in files of that name or folder; a file of cases that could not be read has problems of its own."""
    if not any(file.startswith(start) for file in cases):
        yield loaded.place(one).problem(
            "no-cases", "id", "no golden case", f"golden cases in {start}", "write at least one"
        )


def _policy(loaded: Loaded, policy: Policy, on: date, cases: tuple[str, ...]) -> Iterator[Problem]:
    yield from _governed(loaded, policy, on)
    for criterion in policy.criteria:
        if not criterion.section:
            found, fix = "no section", "say where in the payer's document it stands"
            yield loaded.place(criterion).problem("no-section", "section", found, "the section of the source", fix)
        if not criterion.verified and policy.status is not ContentStatus.DRAFT:
            found, fix = (
                f"a criterion nobody has read at its source, {policy.status}",
                "read it, or set status to draft",
            )
            yield loaded.place(criterion).problem("not-read", "verified", found, "a draft", fix)
    yield from _has_cases(loaded, policy, _file(loaded, policy).removesuffix("policy.yaml") + "cases/", cases)
    first, last = policy.effective_from, policy.effective_to
    if first and last and first > last:
        yield loaded.place(policy).problem(
            "upside-down", "effective_to", f"{last} before {first}", "the later date here"
        )


def _governed(loaded: Loaded, one: Standard | Policy, on: date) -> Iterator[Problem]:
    """Who answers for it, and until when. Active content has been read and signed, as it stands, by a second person."""
    for number, author in enumerate(one.authors):
        if author.strip().lower() in _PLACEHOLDERS:
            yield loaded.place(one).problem(
                "placeholder", f"authors.{number}", shown(author), "a person's name", "name the author"
            )
    active = one.status is ContentStatus.ACTIVE
    for signature in void(one):
        found = f"the signature of {shown(signature.name)} on other content than this"
        fix = "have it read and signed again, or take the signature out"
        yield loaded.place(signature).problem("void", "hash", found, "the hash of the content", fix, warning=not active)
    if not active:
        return
    if not signed_by_another(one):
        found, fix = "no signature of a second person", "run 'indicated content sign', or set status to in_review"
        yield loaded.place(one).problem("unsigned", "status", found, "one on the content as it stands", fix)
    if one.review_due is None or one.review_due < on:
        found = f"review due {one.review_due}" if one.review_due else "no review_due"
        fix = "review it and set the next date, or set status to in_review"
        yield loaded.place(one).problem("overdue", "review_due", found, f"a date on or after {on}", fix)


def _overlaps(loaded: Loaded) -> Iterator[Problem]:
    """Two versions of one policy in force on one day; two policies of one payer that claim the same request."""
    live = [one for one in loaded.known(Policy) if one.status is not ContentStatus.RETIRED]
    own = set(map(id, loaded.all(Policy)))
    for number, policy in enumerate(live):
        for other in live[:number] if id(policy) in own else ():
            if other.id == policy.id and other.version != policy.version and _meet(policy, other):
                found = f"version {policy.version} in force together with {other.version} ({_file(loaded, other)})"
                fix = "end one with effective_to before the other begins"
                yield loaded.place(policy).problem("overlap", "effective_from", found, "one version on any day", fix)
            if _rivals(policy, other) and _meet(policy, other):
                found = f"{policy.id} and {other.id} ({_file(loaded, other)}) for the same requests"
                expected, fix = "one policy of a payer for a request", "give each its own conditions, or end one"
                yield loaded.place(policy).problem("overlap", "coverages", found, expected, fix)


def _rivals(one: Policy, other: Policy) -> bool:
    """Whether two policies of one payer speak of the same treatment in a same condition."""
    if one.id == other.id or (one.payer, one.treatment) != (other.payer, other.treatment):
        return False
    reach = [{name for coverage in policy.coverages for name in coverage.conditions} for policy in (one, other)]
    return not all(reach) or bool(reach[0] & reach[1])


def _meet(one: Policy, other: Policy) -> bool:
    starts = max(one.effective_from or date.min, other.effective_from or date.min)
    return starts <= min(one.effective_to or date.max, other.effective_to or date.max)


def _codes(loaded: Loaded) -> Iterator[Problem]:
    """Codes of concepts that the code table does not have."""
    table = loaded.codes
    if table is None:
        return
    block = cache(table.block)
    for concept in loaded.all(Concept):
        for code in concept.codes.get("icd10cm", ()):
            if code not in block(code[:CATEGORY]):
                found, expected = shown(code), f"a code of ICD-10-CM {table.release}"
                yield loaded.place(concept).problem("unknown-code", "codes", found, expected, "look the code up")


def _synonyms(loaded: Loaded) -> Iterator[Problem]:
    """Words that two concepts claim; the reader can give them to one only."""
    first: dict[str, Concept] = {}
    own = set(map(id, loaded.all(Concept)))
    for concept in loaded.known(Concept):
        for word in dict.fromkeys(name.lower() for name in (concept.label, *concept.synonyms)):
            other = first.setdefault(word, concept)
            if other is not concept and id(concept) in own:
                found = f"{shown(word)}, which {other.id} has too"
                fix = f"leave it with one ({_file(loaded, other)}:{loaded.place(other).line})"
                yield loaded.place(concept).problem(
                    "shared-word", "synonyms", found, "a word of one concept", fix, warning=True
                )


def _file(loaded: Loaded, one: Struct) -> str:
    return loaded.place(one).file


def refusing(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that are not mere warnings."""
    return tuple(problem for problem in problems if not problem.warning)
