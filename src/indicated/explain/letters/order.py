"""What a letter is asked to be, beside the determination: its kind, for whom, under which law, with whose decision."""

from __future__ import annotations

from msgspec import Struct

from indicated.model.codes import CodeTable
from indicated.model.decision import Decision
from indicated.model.law import Law, Plan

KINDS = (
    "necessity",
    "appeal",
    "peer-to-peer",
    "request-for-information",
    "approval",
    "denial",
    "summary",
    "worksheet",
)
LEVELS = ("first", "expedited", "external")
SIDES = ("requester", "reviewer")
PLANS = tuple(plan.value for plan in Plan)


class Order(Struct, frozen=True):
    """One of `KINDS`; of an appeal one of `LEVELS`, of a peer-to-peer sheet one of `SIDES`.

    `plan` and `state` are None where not known: then nothing is said of clocks and rights. `sender` are the lines of a
    letterhead. `law` and `codes` are the release's.
    """

    kind: str
    level: str = LEVELS[0]
    side: str = SIDES[0]
    plan: Plan | None = None
    state: str | None = None
    sender: tuple[str, ...] = ()
    decision: Decision | None = None
    law: tuple[Law, ...] = ()
    codes: CodeTable | None = None
