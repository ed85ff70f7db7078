"""What the writer of a letter should know and mend before it is sent. None of it stands in the letter."""

from __future__ import annotations

from collections.abc import Iterable

from indicated.explain.letters import law
from indicated.explain.letters.desk import BY_HAND, Desk
from indicated.explain.letters.parts import against
from indicated.explain.sections import about, answer, changes, dosing, record, safety, therapies
from indicated.explain.writer import Said
from indicated.model.determination import DoseIssue
from indicated.model.law import LawRow
from indicated.model.statement import Section


def before(desk: Desk, rows: Iterable[LawRow] | None = None, *, case: bool = True, status: bool = True) -> Section:
    """What to settle first, what the record speaks against, what will be asked, what to fill in.

    `rows` are the provisions that bear on the letter, None where it speaks of none. With `case` false only what
    concerns the letter itself is told, not what is open in the case; `status` false where the page tells the
    standard's.
    """
    desk = desk.aside()
    told = _of_the_case(desk) if case else ()
    signed = about.status(desk.w) if status else ()
    legal = law.to_read_first(desk, rows) if rows is not None else ()
    return Section("before", desk.words("letter.heading.before"), (*told, *legal, *_fill_in(desk), *signed))


def _of_the_case(desk: Desk) -> Said:
    w = desk.w
    return (
        *answer.to_confirm(w),
        *answer.shortest_way(w),
        *answer.policy(w)[1:],
        *missing(desk),
        *against(desk.w, "before.against"),
        *record.contradictions(w),
        *_dose(desk),
        *therapies.untold(w),
        *_untried(desk),
        *safety.unrecorded(w),
    )


def missing(desk: Desk) -> Said:
    """What to find out. That the policy's open items were named stands just above them here."""
    return tuple(one for one in changes.missing(desk.w) if one.phrase != "missing.policy")


def _dose(desk: Desk) -> Said:
    """What the dose check says, where the request fits no sourced range."""
    if any(DoseIssue.FITS in check.issues for check in desk.w.d.dose):
        return ()
    return tuple(one for one in dosing.dose(desk.w) if one.phrase == "dose.range" and one.text)


def _untried(desk: Desk) -> Said:
    """Expect to be asked why not these."""
    left = therapies.untried(desk.w)
    if not left:
        return ()
    named = "; ".join(one.text.rstrip(".") for one in left)
    return desk.w.say("before.untried", tuple(proof for one in left for proof in one.proofs), named=named)


def _fill_in(desk: Desk) -> Said:
    if not desk.places:
        return ()
    listed = [desk.words(f"place.{name}", **places) for name, places in desk.places.values()]
    return desk.w.say("before.places", (BY_HAND,), places="; ".join(listed))
