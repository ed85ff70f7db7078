"""Random tokens and their hashes. A token is shown once; the store keeps its hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

_BYTES = 32


def new_token() -> str:
    """256 random bits, as text that fits into a cookie, an address and a header."""
    return base64.urlsafe_b64encode(os.urandom(_BYTES)).rstrip(b"=").decode()


def new_id(kind: str) -> str:
    """A new id, such as `account-5f0c...`."""
    return f"{kind}-{os.urandom(8).hex()}"


def token_hash(token: str) -> str:
    """SHA-256, in hex. A token is random, so that a plain hash is as good as a slow one."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def csrf_of(token: str) -> str:
    """The secret that forms of a session carry. It can be told from the token, and the token not from it."""
    return hmac.new(token.encode("utf-8", "replace"), b"indicated csrf", hashlib.sha256).hexdigest()


def same(given: str, expected: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode("utf-8", "replace"))
