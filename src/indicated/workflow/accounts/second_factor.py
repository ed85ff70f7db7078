"""The second factor: codes of an authenticator app (TOTP, RFC 6238), each used once, and recovery codes."""

from __future__ import annotations

import base64
import os
from datetime import datetime

import pyotp
from sqlalchemy import delete
from sqlalchemy.orm import Session

from indicated.store.accounts import FactorRow, RecoveryRow
from indicated.store.vault import Vault
from indicated.workflow.accounts.tokens import same, token_hash

PERIOD, ISSUER = 30, "Indicated"
_SLACK = 1  # periods that a clock may be off, before and after
_RECOVERY = 10


def begin(session: Session, vault: Vault, account_id: str, login: str, now: datetime) -> str:
    """A new secret, as the `otpauth://` address that an app scans. It counts once a code of it was given."""
    secret = pyotp.random_base32()
    session.execute(delete(FactorRow).where(FactorRow.account_id == account_id))
    sealed = vault.seal(secret.encode(), _about(account_id))
    session.add(FactorRow(account_id=account_id, sealed=sealed, made_at=now, confirmed_at=None, last_period=0))
    return pyotp.TOTP(secret, interval=PERIOD).provisioning_uri(name=login, issuer_name=ISSUER)


def asked(session: Session, account_id: str) -> bool:
    """Whether signing in takes a second factor."""
    row = session.get(FactorRow, account_id)
    return row is not None and row.confirmed_at is not None


def right(session: Session, vault: Vault, account_id: str, code: str, now: datetime) -> bool:
    """Whether the code is one of the app's now, and was not used before; or an unused recovery code. It is spent."""
    row = session.get(FactorRow, account_id)
    if row is None:
        return False
    given = "".join(code.split())
    return _spend_app(row, vault, given, now) or (row.confirmed_at is not None and _spend_recovery(session, row, given))


def confirm(session: Session, vault: Vault, account_id: str, code: str, now: datetime) -> tuple[str, ...]:
    """Put a begun factor in force by a code of it; the recovery codes, shown once. Empty where the code is wrong."""
    row = session.get(FactorRow, account_id)
    if row is None or row.confirmed_at is not None or not _spend_app(row, vault, "".join(code.split()), now):
        return ()
    row.confirmed_at = now
    session.execute(delete(RecoveryRow).where(RecoveryRow.account_id == account_id))
    codes = tuple(_recovery_code() for _ in range(_RECOVERY))
    session.add_all(RecoveryRow(account_id=account_id, hash=token_hash(_plain(one))) for one in codes)
    return codes


def remove(session: Session, account_id: str) -> None:
    """Take the factor and its recovery codes away."""
    for table in (RecoveryRow, FactorRow):
        session.execute(delete(table).where(table.account_id == account_id))


def _spend_app(row: FactorRow, vault: Vault, code: str, now: datetime) -> bool:
    """A code counts for its period only once: later codes are accepted, an earlier or equal one is a replay."""
    totp = pyotp.TOTP(vault.open(row.sealed, _about(row.account_id)).decode(), interval=PERIOD)
    period = int(now.timestamp()) // PERIOD
    fits = [one for one in range(period - _SLACK, period + _SLACK + 1) if same(code, totp.generate_otp(one))]
    if not fits or max(fits) <= row.last_period:
        return False
    row.last_period = max(fits)
    return True


def _spend_recovery(session: Session, row: FactorRow, code: str) -> bool:
    found = session.get(RecoveryRow, (row.account_id, token_hash(_plain(code))))
    if found is None:
        return False
    session.delete(found)
    return True


def _recovery_code() -> str:
    """80 random bits in base32, in groups that can be read aloud."""
    text = base64.b32encode(os.urandom(10)).decode().lower()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def _plain(code: str) -> str:
    return code.replace("-", "").lower()


def _about(account_id: str) -> str:
    return f"second factor of {account_id}"
