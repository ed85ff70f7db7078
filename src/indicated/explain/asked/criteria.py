"""Criteria that a question is about: by their number, by what they ask for, or those that carry the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.engine.evaluate import refs
from indicated.explain.sections.criteria import asked_about, policy_worksheet, standard_worksheet
from indicated.model.rule import Ref
from indicated.model.statement import FromCitation, FromClause, FromEntry
from indicated.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicated.explain.asked.desk import Desk
    from indicated.explain.writer import Said, Writer
    from indicated.model.policy import Policy
    from indicated.model.rule import Rule
    from indicated.model.standard import Criterion, Standard
    from indicated.model.statement import Statement

_SIGNS = str.maketrans("", "", ".()[]:,;?!'\"“”")


def rows(desk: Desk) -> Said:
    """The rows of the criteria that the question names; none where it names none."""
    wanted = set(_wanted(desk))
    return tuple(row for row in (*policy_worksheet(desk.w), *standard_worksheet(desk.w)) if _clause(row) & wanted)


def clauses(desk: Desk) -> Said:
    """What the criteria that the question names ask for, in their source's words where we have them."""
    w, wanted = desk.w, set(_wanted(desk))
    said: list[Statement] = []
    for owner in _owners(w):
        for criterion in owner.criteria:
            if (owner.id, criterion.id) in wanted:
                quote = w.book.words("ask.clause.quote", quote=criterion.quote) if criterion.quote else ""
                asks = w.book.words("ask.clause.ask", ask=criterion.ask) if criterion.ask else ""
                label = w.label_of(owner, criterion)
                rule = w.words.rule(criterion.rule)
                read = FromEntry(f"{owner.id}: {criterion.id}", f"{rule} {criterion.quote} {criterion.ask}")
                proved = (w.clause(owner, criterion), read, *w.sources(criterion.cite))
                said += w.say("ask.clause", proved, label=label, rule=rule, quote=quote, asks=asks)
    return tuple(said)


def carrying(desk: Desk) -> Said:
    """The rows that carry the outcome: those that are open or not met, or, where there are none, those that are met.

    Where the question names criteria, those alone.
    """
    named = rows(desk)
    if named:
        return named
    w = desk.writer()
    all_ = (*policy_worksheet(w), *standard_worksheet(w))
    against = tuple(row for row in all_ if row.mark in (Verdict.UNKNOWN, Verdict.NOT_MET, "applies"))
    return against or all_


def exclusions(desk: Desk) -> Said:
    """The rows of what the policy excludes."""
    d = desk.w.d
    if d.policy is None or d.policy_result is None:
        return ()
    wanted = {(d.policy.id, one) for one in refs(d.policy_result.exclusions)}
    return tuple(row for row in policy_worksheet(desk.w) if _clause(row) & wanted)


def _owners(w: Writer) -> Iterator[Policy | Standard]:
    if w.d.policy is not None:
        yield w.d.policy
    if w.standard is not None:
        yield w.standard


def _wanted(desk: Desk) -> Iterator[tuple[str, str]]:
    """The criteria named: by number, else by a concept that their rule asks about."""
    words = {word.lower().translate(_SIGNS) for word in desk.question.text.split()}
    numbered = [
        (owner.id, criterion.id)
        for owner in _owners(desk.w)
        for criterion in owner.criteria
        if criterion.section and criterion.section.lower().translate(_SIGNS) in words
    ]
    if numbered:
        yield from numbered
        return
    for owner in _owners(desk.w):
        for criterion in owner.criteria:
            if _asks_about(desk, criterion):
                yield owner.id, criterion.id


def _asks_about(desk: Desk, criterion: Criterion) -> bool:
    return any(desk.names(concept) for leaf in _leaves(criterion.rule) for concept in asked_about(leaf))


def _leaves(rule: Rule) -> Iterator[Rule]:
    """The leaves of a rule; another criterion that it refers to is that one's own."""
    parts = getattr(rule, "parts", ())
    if isinstance(rule, Ref):
        return
    if not parts:
        yield rule
    for part in parts:
        yield from _leaves(part)


def _clause(row: Statement) -> set[tuple[str, str]]:
    return {(proof.document, proof.criterion) for proof in row.proofs if isinstance(proof, FromClause)}


def sources(desk: Desk) -> Said:
    """The statements that rest on a source and speak of what is named."""
    from indicated.explain.article import article

    w = desk.w
    whole = article(w.d, w.knowledge, desk.release.phrases, w.book.audience)
    said = [one for section in whole.sections for one in section.statements]
    cited = [one for one in said if any(isinstance(proof, FromCitation) for proof in one.proofs)]
    return tuple(dict.fromkeys(one for one in cited if desk.spoken(f"{one.label} {one.text}")))
