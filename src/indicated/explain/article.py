"""The article: which sections an audience reads, in which order, and the references in order of first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from indicated.explain import references
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.sections import (
    about,
    answer,
    changes,
    criteria,
    dispensing,
    dosing,
    evidence,
    record,
    related,
    safety,
)
from indicated.explain.writer import Said, Writer
from indicated.model.determination import Determination
from indicated.model.knowledge import Knowledge
from indicated.model.statement import Phrase, Rationale, Section

Part = tuple[str, Callable[[Writer], Said], str]

PARTS: dict[str, Part] = {
    part[0]: part
    for part in (
        ("answer", answer.answer, "lead"),
        ("request", answer.request, "prose"),
        ("denial", answer.denial, "rows"),
        ("missing", changes.missing, "list"),
        ("policy", criteria.policy_worksheet, "table"),
        ("standard", criteria.standard_worksheet, "table"),
        ("narrower", criteria.narrower, "rows"),
        ("facts", record.facts, "rows"),
        ("contradictions", record.contradictions, "list"),
        ("treatments", record.treatments, "rows"),
        ("untried", record.untried, "list"),
        ("for", evidence.rationale_for, "list"),
        ("against", evidence.rationale_against, "list"),
        ("standing", evidence.standing, "prose"),
        ("dose", dosing.dose, "rows"),
        ("dispensing", dispensing.dispensing, "rows"),
        ("scores", dosing.scores, "rows"),
        ("benefit", evidence.benefit, "list"),
        ("safety", safety.safety, "rows"),
        ("monitoring", lambda w: (*evidence.monitoring(w), *safety.watching(w)), "list"),
        ("flips", changes.flips, "rows"),
        ("differential", evidence.differential, "list"),
        ("others", evidence.others, "table"),
        ("pitfalls", evidence.pitfalls, "list"),
        ("clauses", criteria.clauses, "rows"),
        ("set_aside", record.set_aside, "prose"),
        ("questions", related.related, "list"),
        ("review", about.review, "prose"),
    )
}
"""Every section there is: its name, what writes it, and the style it is shown in."""

_ORDERS: dict[str, tuple[str, ...]] = {
    "clinician": (
        "answer", "request", "denial", "missing", "facts", "contradictions", "policy", "standard", "narrower", "for",
        "against", "standing", "treatments", "untried", "dose", "dispensing", "scores", "benefit", "safety",
        "monitoring", "flips", "differential", "others", "pitfalls", "clauses", "questions", "review",
    ),
    "reviewer": (
        "answer", "request", "denial", "policy", "standard", "missing", "contradictions", "facts", "treatments", "dose",
        "dispensing", "safety", "for", "against", "standing", "narrower", "scores", "flips", "differential", "others",
        "untried", "benefit", "monitoring", "pitfalls", "clauses", "set_aside", "questions", "review",
    ),
    "patient": (
        "answer", "request", "denial", "missing", "policy", "narrower", "facts", "contradictions", "treatments", "dose",
        "dispensing", "standing", "benefit", "safety", "monitoring", "flips", "differential", "untried", "review",
    ),
}  # fmt: skip


def article(
    determination: Determination,
    knowledge: Knowledge,
    phrases: Iterable[Phrase] | Mapping[str, Phrase],
    audience: str = "clinician",
) -> Rationale:
    """The whole answer for an audience, without sections that have nothing to say. Same input, same value."""
    book = Phrasebook(phrases, audience)
    writer = Writer(determination, knowledge, book)
    sections = []
    for name in _ORDERS[audience]:
        _, write, style = PARTS[name]
        statements = write(writer)
        if statements:
            sections.append(Section(name, book.words(f"heading.{name}"), statements, style))
    return Rationale(
        title=_title(writer),
        audience=audience,
        sections=tuple(sections),
        references=references.numbered(sections, knowledge, book),
        withheld=len(writer.withheld),
    )


def _title(writer: Writer) -> str:
    treatment = answer.treatment_of(writer)
    if writer.standard is None:
        return writer.book.words("title.bare", treatment=treatment)
    found = answer.condition(writer, writer.standard)
    if not found:
        return writer.standard.title
    condition = writer.words.label(found)
    title = writer.book.words("title", treatment=treatment, condition=condition)
    return title[:1].upper() + title[1:]
