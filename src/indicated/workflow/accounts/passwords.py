"""Passwords: what is refused, how they are kept, and how they are checked in a time that tells nothing.

Length and refusals follow NIST SP 800-63B-4, section 3.1.1.2: fifteen characters where a password may stand alone, no
rules of composition, common ones refused, everything compared in one Unicode form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from indicated.workflow.accounts.errors import WeakPassword

SHORTEST, LONGEST = 15, 256
_LEFT, _DIFFERENT, _SHORTEST_WORD = 6, 6, 3

# argon2id as RFC 9106, section 4, recommends where 2 GiB a hash are too much: t=3, p=4, m=64 MiB, salt 128, tag 256 b.
_HASHER = PasswordHasher(time_cost=3, parallelism=4, memory_cost=65_536, hash_len=32, salt_len=16)
_AT_ONCE = BoundedSemaphore(2)  # each takes 64 MiB: a crowd at the door waits its turn instead of filling the memory


def hashed(password: str) -> str:
    """The argon2id hash of a password, with its salt and parameters."""
    with _AT_ONCE:
        return _HASHER.hash(_one_form(password))


def matches(kept: str, password: str) -> bool:
    """Whether it is the password of this hash. Without a hash (no account, or none that has a password) a hash is
    computed all the same, so that it takes as long.
    """
    with _AT_ONCE:
        nobodys = _nobodys()
        try:
            return _HASHER.verify(kept or nobodys, _one_form(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's, and is to be made anew at the next sign-in."""
    return _HASHER.check_needs_rehash(kept)


def refuse_weak(password: str, *about: str) -> None:
    """WeakPassword when it is short, common, or made of the words `about` its owner."""
    plain = _one_form(password)
    if len(plain) < SHORTEST:
        raise WeakPassword(f"a password has at least {SHORTEST} characters; a few words that do not belong together do")
    if len(plain) > LONGEST:
        raise WeakPassword(f"a password has at most {LONGEST} characters")
    if _guessed(plain.lower(), about):
        raise WeakPassword("that password is easily guessed; take a few words that do not belong together")


def _guessed(plain: str, about: tuple[str, ...]) -> bool:
    """Whether little is left without common words, its owner's names, and what follows from the character before."""
    left = plain
    own = {word for said in about for word in re.split(r"\W+", said.lower()) if len(word) >= _SHORTEST_WORD}
    for word in sorted({*_common(), *own}, key=len, reverse=True):
        left = left.replace(word, " ")
    steps = pairwise(" " + re.sub(r"\s+", "", left))
    unforeseen = [after for before, after in steps if abs(ord(after) - ord(before)) > 1]
    repeats = re.fullmatch(r"(.{1,5}?)\1+.{0,4}", plain) is not None
    return repeats or len(unforeseen) < _LEFT or len(set(plain)) < _DIFFERENT


def _one_form(password: str) -> str:
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())


@cache
def _common() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "common.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _nobodys() -> str:
    """A hash that no password has: what is compared with where there is none."""
    return _HASHER.hash(b"\0nobody")
