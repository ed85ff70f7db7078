"""Sealing of bytes at rest with AES-256-GCM, under a master key that stands outside of the database.

Without a master key nothing is sealed: the bytes are kept plain, and whoever starts the program says so. What was kept
plain stays readable once a key is given. Several keys may be given for a change of keys: the first seals, all open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from indicated.store.errors import BadKey, CannotOpen

_PLAIN, _SEALED = b"\x00", b"\x01"
_KEY, _NONCE, _NAME = 32, 12, 8


def new_key() -> bytes:
    """A fresh random key of 32 bytes."""
    return AESGCM.generate_key(_KEY * 8)


class Vault:
    """Seals and opens. `keys` is empty, or master keys in base64 with commas between. BadKey when one is none."""

    def __init__(self, keys: str = "") -> None:
        self._keys = [_decoded(one) for one in keys.split(",") if one.strip()]

    @property
    def locks(self) -> bool:
        """Whether there is a master key, so that what is sealed cannot be read without it."""
        return bool(self._keys)

    def seal(self, data: bytes, about: str) -> bytes:
        """The bytes under the first master key; `about` says what they belong to, and has to be said to open them."""
        return seal(data, self._keys[0], about) if self._keys else _PLAIN + data

    def open(self, sealed: bytes, about: str) -> bytes:
        """What `seal` was given. CannotOpen when no key of this vault fits."""
        if sealed[:1] == _PLAIN:
            return sealed[1:]
        for key in self._keys:
            if sealed[1 : 1 + _NAME] == _name(key):
                return unseal(sealed, key, about)
        raise CannotOpen(f"{about} is sealed under a key that is not given; start with the key it was sealed under")

    def mark(self, data: bytes, purpose: str) -> str:
        """A keyed hash of the bytes (HMAC-SHA-256, hex); empty without a key. Nobody without the key can make it."""
        if not self._keys:
            return ""
        return _marked(self._keys[0], data, purpose)

    def marked(self, mark: str, data: bytes, purpose: str) -> bool:
        """Whether one of the keys made the mark; without a key it cannot be told, and is taken as so."""
        return not self._keys or any(hmac.compare_digest(mark, _marked(key, data, purpose)) for key in self._keys)


def seal(data: bytes, key: bytes, about: str) -> bytes:
    """The bytes sealed under a key, bound to what they belong to."""
    nonce = os.urandom(_NONCE)
    return _SEALED + _name(key) + nonce + AESGCM(key).encrypt(nonce, data, about.encode())


def unseal(sealed: bytes, key: bytes, about: str) -> bytes:
    """What was sealed under the key. CannotOpen when the bytes or what they belong to were changed."""
    head = 1 + _NAME
    try:
        return AESGCM(key).decrypt(sealed[head : head + _NONCE], sealed[head + _NONCE :], about.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen(f"{about} cannot be opened: its bytes were changed, or the key is another") from None


def _marked(key: bytes, data: bytes, purpose: str) -> str:
    own = hmac.new(key, b"indicated " + purpose.encode(), hashlib.sha256).digest()
    return hmac.new(own, data, hashlib.sha256).hexdigest()


def _name(key: bytes) -> bytes:
    """What tells a key from others without telling the key."""
    return hashlib.sha256(b"name of " + key).digest()[:_NAME]


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY:
        raise BadKey("a master key is 32 bytes in base64; make one with 'indicated store new-key'")
    return key
