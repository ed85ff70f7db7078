"""Letters under the installed release: the order put together, its files read, the letter drafted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from indicated.explain.letters.order import Order
from indicated.explain.letters.show import draft, show_letter
from indicated.model.decision import Decision
from indicated.model.errors import Nonsense
from indicated.model.law import Plan
from indicated.workflow.assess import current
from indicated.workflow.errors import BadDecision, BadUse
from indicated.workflow.intake import content_of, decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicated.model.determination import Determination
    from indicated.model.statement import Letter


def letter(  # noqa: PLR0913  (each is something that only the caller knows)
    determination: Determination,
    kind: str,
    *,
    level: str = "first",
    side: str = "requester",
    plan: Plan | str | None = None,
    state: str | None = None,
    sender: Sequence[str] = (),
    decision: Decision | None = None,
) -> Letter:
    """The letter of this kind; refused, in one line, where the record or the decision does not carry it. A plan and
    state that are not told are those of the denial, where one was read.
    """
    release = current()
    notice = determination.denial.denial if determination.denial is not None else None
    if notice is not None:
        plan, state = plan or notice.plan, state or notice.state or None
    order = Order(
        kind=kind,
        level=level,
        side=side,
        plan=None if plan is None else _plan(plan),
        state=None if state is None else _state(state),
        sender=tuple(line.strip() for line in sender if line.strip()),
        decision=decision,
        law=release.law,
        codes=release.codes,
    )
    return draft(determination, release, order)


def shown(
    letter: Letter, determination: Determination, form: str, *, width: int = 100, colour: bool = False
) -> str | bytes:
    """The letter in a format, under the installed release."""
    return show_letter(letter, determination, current(), form, width=width, colour=colour)


def letterhead(path: str) -> tuple[str, ...]:
    """The lines of a file with the writer's name, practice and address."""
    return tuple(decode(content_of(path), path).splitlines())


def decision_of(path: str) -> Decision:
    """The decision in a JSON file. BadDecision where it is none; that something is missing in it shows later."""
    text = decode(content_of(path), path)
    try:
        return msgspec.json.decode(text, type=Decision)
    except (msgspec.DecodeError, Nonsense) as error:
        raise BadDecision(
            f"{path} is not a decision: {_safely(error)}; its keys are described in docs/reference/decision.md"
        ) from None


def _safely(error: Exception) -> str:
    """What is wrong and at which key, without the value that stands there."""
    return re.sub(r" '.*'(?= - at )", "", str(error), flags=re.DOTALL)


def _plan(plan: Plan | str) -> Plan:
    try:
        return Plan(plan)
    except ValueError:
        raise BadUse(f"there is no plan {plan!r}; use one of {', '.join(one.value for one in Plan)}") from None


def _state(state: str) -> str:
    if len(state) != 2 or not state.isalpha() or not state.isascii():  # noqa: PLR2004
        raise BadUse(f"{state[:20]!r} is not a state; give its two letters, for example TX")
    return state.upper()
