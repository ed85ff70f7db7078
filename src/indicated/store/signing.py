"""Signatures of persons: an Ed25519 key pair each, the private half sealed in the store (docs/adr/0012)."""

from __future__ import annotations

from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from indicated.store.tables import SigningKeyRow
from indicated.store.vault import Vault


def sign(session: Session, vault: Vault, person: str, data: bytes, *, now: datetime) -> tuple[str, str]:
    """The person's public key and their signature over the bytes, in hex; their key pair is made when first needed."""
    theirs = select(SigningKeyRow).where(SigningKeyRow.person == person).order_by(SigningKeyRow.made_at.desc())
    row = session.scalars(theirs.limit(1)).first()
    if row is None:
        private = Ed25519PrivateKey.generate()
        public = private.public_key().public_bytes_raw().hex()
        sealed = vault.seal(private.private_bytes_raw(), _about(person))
        session.add(SigningKeyRow(public_key=public, person=person, made_at=now, sealed=sealed))
        session.flush()
    else:
        private = Ed25519PrivateKey.from_private_bytes(vault.open(row.sealed, _about(person)))
        public = row.public_key
    return public, private.sign(data).hex()


def holds(public_key: str, seal: str, data: bytes) -> bool:
    """Whether the signature was made over these bytes with the key that belongs to the public one."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(seal), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _about(person: str) -> str:
    return f"signing key of {person}"
