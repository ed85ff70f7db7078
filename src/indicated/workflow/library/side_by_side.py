"""Two versions of a standard or a policy, clause by clause, each with what it said before and says now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from indicated.model.policy import Coverage, Policy
from indicated.model.standard import Criterion, Standard
from indicated.workflow.authoring.words import RuleWords, said

State = Literal["new", "gone", "changed", "same"]
Lines = tuple[tuple[int, str], ...]
_APART = ("criteria", "coverages", "signatures", "document", "clauses")
"""What is shown by itself, or says nothing of what is asked."""
_TOLD = ("section", "ask", "quote", "plain", "need", "phase")
"""What of a criterion stands under its requirement, where the two differ."""


class Clause(Struct, frozen=True):
    """One clause of both: `before` is empty where it is new, `after` where it is gone."""

    name: str
    state: State
    before: Lines
    after: Lines


def clauses(old: Standard | Policy, new: Standard | Policy, words: RuleWords) -> tuple[Clause, ...]:
    """Criteria first, in the order of the new one with those that are gone after them; then coverages; then what else
    differs.
    """
    return (
        *_paired(_criteria(old, words), _criteria(new, words)),
        *_paired(_coverages(old, words), _coverages(new, words)),
        *(one for one in _paired(_rest(old, words), _rest(new, words)) if one.state != "same"),
    )


def _paired(before: dict[str, Lines], after: dict[str, Lines]) -> Iterator[Clause]:
    for name in dict.fromkeys((*after, *before)):
        was, now = before.get(name, ()), after.get(name, ())
        state: State = "same" if was == now else "new" if not was else "gone" if not now else "changed"
        yield Clause(name, state, was, now)


def _criteria(document: Standard | Policy, words: RuleWords) -> dict[str, Lines]:
    return {one.id: tuple(_criterion(one, words)) for one in document.criteria}


def _criterion(one: Criterion, words: RuleWords) -> Iterator[tuple[int, str]]:
    yield 0, one.paraphrase
    yield from words.tree(one.rule, 1)
    for field in _TOLD:
        value = getattr(one, field)
        if value:
            yield 1, f"{field}: {said(value, words)}"


def _coverages(document: Standard | Policy, words: RuleWords) -> dict[str, Lines]:
    if isinstance(document, Standard):
        return {}
    return {words.labels(one.conditions) or "every condition": tuple(_rules(one, words)) for one in document.coverages}


def _rules(coverage: Coverage, words: RuleWords) -> Iterator[tuple[int, str]]:
    for name, rule in coverage.rules:
        yield 0, name
        yield from words.tree(rule, 1)


def _rest(document: Standard | Policy, words: RuleWords) -> dict[str, Lines]:
    fields = (name for name in document.__struct_fields__ if name not in _APART)
    told = {name.replace("_", " "): getattr(document, name) for name in fields}
    return {name: ((0, said(value, words)),) for name, value in told.items() if value not in (None, "", ())}
