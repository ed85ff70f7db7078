"""Passwords are long, not common, kept as argon2id, and checked alike for everybody."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from argon2.profiles import RFC_9106_LOW_MEMORY

from indicated.workflow.accounts import passwords
from indicated.workflow.accounts.errors import WeakPassword
from tests.workflow.accounts.conftest import PASSWORD


@pytest.mark.parametrize(
    "password",
    [
        "short", "fourteen chars", "aaaaaaaaaaaaaaaaaaaa", "abababababababababab", "passwordpassword1",
        "Password123456789", "correcthorsebatterystaple", "qwertyuiopqwertyuiop", "123456789012345678",
        "abcdefghijklmnopqrs", "nora nora nora 2026", "x" * 300,
    ],
)  # fmt: skip
def test_what_is_guessed_first_is_refused(password):
    with pytest.raises(WeakPassword):
        passwords.refuse_weak(password, "nora", "Nora Quist")


@pytest.mark.parametrize(
    "password", [PASSWORD, "Zm9vYmFyYmF6cXV4", "9362-8471-0582-7461", "日本語の長いパスワードを一つ考えた"]
)
def test_long_ones_that_are_nothing_in_particular_are_taken_whatever_they_are_made_of(password):
    passwords.refuse_weak(password, "nora", "Nora Quist")


def test_a_password_is_kept_as_argon2id_with_its_own_salt():
    first, second = passwords.hashed(PASSWORD), passwords.hashed(PASSWORD)
    assert first.startswith("$argon2id$")
    assert first != second
    assert passwords.matches(first, PASSWORD)
    assert not passwords.matches(first, PASSWORD + " ")


def test_one_password_typed_on_two_keyboards_is_one_password():
    assert passwords.matches(passwords.hashed("caf\u00e9 by the old sea wall"), "cafe\u0301 by the old sea wall")


def test_nobodys_hash_takes_no_password():
    assert not passwords.matches("", PASSWORD)
    assert not passwords.matches("", "\0nobody")
    assert not passwords.matches("no hash at all", PASSWORD)


def test_the_parameters_are_those_of_rfc_9106():
    import importlib

    fresh = importlib.reload(passwords)
    own, source = fresh._HASHER, RFC_9106_LOW_MEMORY
    assert (own.time_cost, own.memory_cost, own.parallelism) == (
        source.time_cost,
        source.memory_cost,
        source.parallelism,
    )
    assert (own.hash_len, own.salt_len) == (source.hash_len, source.salt_len)
    assert fresh.outdated(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD))
