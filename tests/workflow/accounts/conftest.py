"""A store with accounts in it, and a clock that tests move by hand."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from indicated.workflow.accounts import manage, own, passwords
from indicated.workflow.review.people import Role
from tests.prepared import empty_store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "violet anchor tuesday"
KEY = "A" * 43 + "="


class World:
    """One store and whoever was put into it."""

    def __init__(self, store):
        self.store = store
        self.now = NOW

    def later(self, **how):
        self.now += timedelta(**how)
        return self.now

    def add(self, login, *roles, password=PASSWORD):
        account, code = manage.add(
            self.store, manage.CONSOLE, login=login, name=login.title(), roles=roles, now=self.now
        )
        if password:
            own.set_password(self.store, code, password, now=self.now)
        return account

    def person(self, account):
        from indicated.workflow.accounts.rows import account_row, person_of

        with self.store.reading() as session:
            return person_of(account_row(session, account.id))

    def app(self, account, password=PASSWORD):
        """Set a second factor up; the app that makes its codes, and the recovery codes."""
        person = self.person(account)
        address = own.begin_second_factor(self.store, person, password=password, now=self.now)
        app = pyotp.TOTP(re.search(r"secret=(\w+)", address).group(1))
        codes = own.confirm_second_factor(self.store, person, app.at(self.now), now=self.now)
        self.later(seconds=30)
        return app, codes

    def events(self):
        from sqlalchemy import select

        from indicated.store.tables import AuditRow

        with self.store.reading() as session:
            return [(one.action, one.person, one.subject, one.detail) for one in session.scalars(select(AuditRow))]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """Cheap parameters, so that the tests do not wait; one test holds the real ones against their source."""
    passwords._nobodys.cache_clear()
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def world():
    store = empty_store(keys=KEY)
    made = World(store)
    made.boss = made.add("boss", Role.ADMINISTRATOR)
    yield made
    store.close()
