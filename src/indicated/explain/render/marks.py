"""What all renderings share: reference numbers of a statement and the words for its mark."""

from __future__ import annotations

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.references import keys
from indicated.model.statement import Rationale, Statement

COLUMNS = ("show.own_verdict", "show.own_reason")
"""The phrases above the columns that a form leaves blank."""
BLANK = "_" * 20


def numbers(rationale: Rationale) -> dict[str, int]:
    """Evidence key to reference number."""
    return {reference.key: reference.number for reference in rationale.references}


def cited(statement: Statement, numbered: dict[str, int]) -> tuple[int, ...]:
    """The reference numbers of a statement, rising."""
    return tuple(sorted(numbered[key] for key in keys(statement) if key in numbered))


def mark(statement: Statement, book: Phrasebook) -> str:
    """The word for a statement's mark, empty without one."""
    return book.word("mark", statement.mark) if statement.mark else ""


def runs(numbered: tuple[int, ...]) -> str:
    """`1-3,5`: rising numbers with runs of three or more joined."""
    groups: list[list[int]] = []
    for number in numbered:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return ",".join(f"{group[0]}-{group[-1]}" if group[2:] else ",".join(map(str, group)) for group in groups)
