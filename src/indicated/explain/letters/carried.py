"""Whether a letter may argue for a request: only where the record carries it."""

from __future__ import annotations

from indicated.explain.letters.desk import Desk
from indicated.explain.letters.errors import NotCarried
from indicated.model.determination import Determination, Finding
from indicated.model.verdict import Verdict

_CARRIED = (Finding.SUPPORTED, Finding.SUPPORTED_IF)


def carried(determination: Determination) -> bool:
    """Whether the evidence supports the request, at least once what is open is confirmed; or, where no standard of
    this release weighs it, whether the plan's own criteria are met.
    """
    if determination.finding in _CARRIED:
        return True
    return not determination.lead and determination.policy_verdict is Verdict.MET


def refuse_unless_carried(desk: Desk) -> None:
    """NotCarried, with what could be done instead, where the record does not carry the request."""
    found = desk.w.d.finding
    if carried(desk.w.d):
        return
    if found is Finding.NOT_SUPPORTED:
        raise NotCarried(
            f"the evidence does not support this request on this record, and a letter of kind {desk.order.kind!r} "
            f"would say that it does; 'assess' shows what would change that, 'letter peer-to-peer' what can be said"
        )
    raise NotCarried(
        f"nothing can be said of this request before what decides it is on record, so no letter of kind "
        f"{desk.order.kind!r} can be; 'letter request-for-information' lists what to find out"
    )
