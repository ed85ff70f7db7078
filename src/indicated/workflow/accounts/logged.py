"""Events of accounts in the audit log: who did what to which account. Names and addresses stay out of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from indicated.store.audit import append
from indicated.store.base import Store

NOBODY = "-"
"""Who acts while nobody is signed in."""


def log(
    session: Session,
    store: Store,
    now: datetime,
    action: str,
    *,
    by: str,
    account: str,
    detail: Mapping[str, str] | None = None,
) -> None:
    """Add an event about an account, in the transaction of what it tells of."""
    append(session, store.vault, at=now, person=by, action=action, subject=f"account:{account}", detail=detail)
