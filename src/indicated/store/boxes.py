"""What is sealed for one case: its bodies under a key of its own, so that destroying the key destroys the contents."""

from __future__ import annotations

from sqlalchemy.orm import Session

from indicated.store.errors import CannotOpen
from indicated.store.tables import CaseKeyRow
from indicated.store.vault import Vault, new_key, seal, unseal

_PLAIN = b"\x00"


class Box:
    """Seals and opens the bodies of one case. Without a master key bodies are kept plain."""

    def __init__(self, case_id: str, key: bytes | None) -> None:
        self._case, self._key = case_id, key

    def seal(self, body: bytes, part: str) -> bytes:
        """The body as it is stored; `part` says which of the case's it is."""
        return _PLAIN + body if self._key is None else seal(body, self._key, f"{self._case} {part}")

    def open(self, stored: bytes, part: str) -> bytes:
        """The body. CannotOpen where its key is gone."""
        if stored[:1] == _PLAIN:
            return stored[1:]
        if self._key is None:
            raise CannotOpen(f"the contents of case {self._case} cannot be opened: their key was destroyed")
        return unseal(stored, self._key, f"{self._case} {part}")


def new_box(session: Session, vault: Vault, case_id: str) -> Box:
    """The box of a new case; its row has to be there."""
    if not vault.locks:
        return Box(case_id, None)
    key = new_key()
    session.add(CaseKeyRow(case_id=case_id, sealed=vault.seal(key, _about(case_id))))
    return Box(case_id, key)


def box_of(session: Session, vault: Vault, case_id: str) -> Box:
    """The box of a case that is there."""
    row = session.get(CaseKeyRow, case_id)
    return Box(case_id, None if row is None else vault.open(row.sealed, _about(case_id)))


def destroy(session: Session, case_id: str) -> None:
    """Destroy the key of a case."""
    row = session.get(CaseKeyRow, case_id)
    if row is not None:
        session.delete(row)
        session.flush()


def _about(case_id: str) -> str:
    return f"key of case {case_id}"
