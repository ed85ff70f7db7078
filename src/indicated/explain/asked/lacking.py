"""What a course's vials, hours and units cannot be worked out without, of what the record lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.determination import DoseIssue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicated.explain.asked.desk import Desk
    from indicated.explain.writer import Said


def lacking(desk: Desk) -> Said:
    """The dose, the weight, the product: each that is missing; nothing where vials and hours were worked out."""
    w = desk.w
    made = w.d.dispensing
    if made is not None and made.product and made.hours is not None:
        return ()
    return tuple(one for what in _missing(desk) for one in w.say(f"ask.lacking.{what}", (w.trace("dispensing", what),)))


def _missing(desk: Desk) -> Iterator[str]:
    d = desk.w.d
    issues = {issue for check in d.dose for issue in check.issues}
    regimen = d.case.request.regimen if d.case.request is not None else None
    if DoseIssue.DOSE_MISSING in issues or regimen is None:
        yield "dose"
    elif desk.w.facts.weight() is None:
        yield "weight"
    if d.case.request is None or not d.case.request.product:
        yield "product"
