"""How long there still is, in words, and how pressing it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from indicated.web.words import Words
from indicated.workflow.review.values import CaseHead

_SOON = timedelta(days=1)
_DAY, _HOUR = 86_400, 3_600


class Clock(Struct, frozen=True):
    """`state`: `late`, `due` (within a day), `still` (stopped) or empty. `title` says by which provision."""

    words: str
    state: str
    title: str


def clock_of(head: CaseHead, now: datetime, t: Words) -> Clock | None:
    """The clock of a case that is not decided yet; None where there is none."""
    due = head.due
    if due is None or head.decided_at is not None:
        return None
    left = due.at - now
    assumed = t("clock.assumed", what=", ".join(unknown(head, t))) if due.assumed else ""
    title = " ".join(part for part in (due.says, f"({due.law} {due.section})", assumed) if part)
    if due.stopped_since is not None:
        return Clock(t("clock.still", left=_length(abs(left), t)), "still", title)
    if left < timedelta(0):
        return Clock(t("clock.late", left=_length(-left, t)), "late", title)
    return Clock(t("clock.left", left=_length(left, t)), "due" if left <= _SOON else "", title)


def unknown(head: CaseHead, t: Words) -> tuple[str, ...]:
    """What was not known of a case, so that the shortest clock counts."""
    due = head.due if head.decided_at is None else None
    return tuple(t(f"work.unknown.{one}") for one in due.assumed) if due is not None else ()


def _length(span: timedelta, t: Words) -> str:
    seconds = int(span.total_seconds())
    if seconds >= 2 * _DAY:
        return t("clock.days", n=seconds // _DAY)
    if seconds >= _HOUR:
        return t("clock.hours", n=seconds // _HOUR) if seconds >= 2 * _HOUR else t("clock.hour", n=1)
    return t("clock.minutes", n=seconds // 60)
