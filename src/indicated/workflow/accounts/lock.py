"""Failed attempts in a row, and the growing time for which signing in under that name is closed.

A name that nobody has is counted like any other. Ended sessions and tokens of programs are not touched by a lock, so
that nobody can put another out of work by failing in their name.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete
from sqlalchemy.orm import Session

from indicated.store.accounts import AttemptRow
from indicated.workflow.accounts.tokens import token_hash

FREE = 5
"""Failures in a row before the first wait."""

FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=1)
_FORGOTTEN = timedelta(days=1)


def wait_of(failures: int) -> timedelta:
    """How long the name is closed after so many failures in a row: not at all, 30 s, 1 min, 2 min ... 1 h.

    At an hour each, a day has room for some thirty guesses: NIST SP 800-63B-4, section 3.2.2, asks for at most 100.
    """
    over = failures - FREE
    return timedelta(0) if over < 0 else min(FIRST * 2 ** min(over, 20), LONGEST)


def closed_for(session: Session, login: str, now: datetime) -> int:
    """For how many seconds more the name is closed; 0 when it is open."""
    row = session.get(AttemptRow, token_hash(login))
    if row is None or row.locked_until is None or row.locked_until <= now:
        return 0
    return ceil((row.locked_until - now).total_seconds())


def failed(session: Session, login: str, now: datetime) -> int:
    """Count one more failure; how many there are in a row."""
    session.execute(delete(AttemptRow).where(AttemptRow.last_at < now - _FORGOTTEN))
    row = session.get(AttemptRow, token_hash(login))
    if row is None:
        row = AttemptRow(login_hash=token_hash(login), failures=0, last_at=now, locked_until=None)
        session.add(row)
    row.failures += 1
    row.last_at = now
    wait = wait_of(row.failures)
    row.locked_until = now + wait if wait else None
    return row.failures


def forget(session: Session, login: str) -> None:
    """It succeeded: the count begins anew."""
    row = session.get(AttemptRow, token_hash(login))
    if row is not None:
        session.delete(row)
