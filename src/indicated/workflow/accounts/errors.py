"""What accounts refuse: one class per reason, each with a stable code and one clear line.

No line tells whether there is an account of a name: to whoever is not signed in all failures of signing in read alike.
"""

from __future__ import annotations

from indicated.model.errors import BadInput, IndicatedError


class NotSignedIn(IndicatedError):
    """Name and password, code, token or session are not those of anybody who may sign in."""

    code = "not-signed-in"


class TooManyAttempts(IndicatedError):
    """Signing in under that name failed too often; `wait` says for how many seconds it is closed."""

    code = "too-many-attempts"

    def __init__(self, wait: int) -> None:
        super().__init__(f"signing in failed too often under that name; try again in {wait} seconds")
        self.wait = wait


class WeakPassword(BadInput):
    """A password that would be guessed."""

    code = "weak-password"


class BadAccount(BadInput):
    """What was said of an account cannot be: a name, role, licence or address that is none."""

    code = "bad-account"


class NoAccount(BadInput):
    """There is no such account, token or identity."""

    code = "no-account"


class CodeSpent(BadInput):
    """A one-time code or link that was used, has run out, or never was one."""

    code = "code-spent"


class ScopeMissing(IndicatedError):
    """A token of a program that was not made for this."""

    code = "scope-missing"


class SignOnFailed(IndicatedError):
    """Single sign-on did not come to a person: the provider cannot be reached, or what it said does not hold."""

    code = "sign-on-failed"
