"""Accounts on both databases: from adding one to signing, and two who come in at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from indicated.store.accounts import AttemptRow
from indicated.store.audit import problems
from indicated.store.base import open_store
from indicated.workflow.accounts import lock, manage, programs
from indicated.workflow.accounts.errors import NotSignedIn, TooManyAttempts
from indicated.workflow.accounts.prove import reauthenticate
from indicated.workflow.accounts.sign_in import give_code, session_of, sign_in
from indicated.workflow.accounts.values import Scope
from indicated.workflow.review.people import Role
from tests.databases import KINDS, address
from tests.workflow.accounts.conftest import KEY, PASSWORD, World


@pytest.fixture(params=KINDS)
def both(request, tmp_path):
    store = open_store(address(request.param, tmp_path), keys=KEY, upgrade=True)
    yield World(store)
    store.close()


def whole(world):
    with world.store.reading() as session:
        return list(problems(session, world.store.vault)) == []


def test_from_adding_an_account_to_signing(both):
    nora = both.add("nora", Role.PHYSICIAN_REVIEWER)
    app, _ = both.app(nora)
    half = sign_in(both.store, "nora", PASSWORD, now=both.now)
    token = give_code(both.store, half.token, app.at(both.now), now=both.now).token
    found = session_of(both.store, token, now=both.later(minutes=5))
    assert found.made_at == both.now - timedelta(minutes=5)
    assert reauthenticate(both.store, found.person, "C-1", password=PASSWORD, code=app.at(both.now), now=both.now)
    made, secret = programs.make(
        both.store, found.person, account_id=nora.id, name="x", scopes=[Scope.READ], lasts=timedelta(1), now=both.now
    )
    assert programs.bearer(both.store, secret, now=both.now)[1].id == made.id
    account = manage.account(both.store, manage.CONSOLE, nora.id)
    both.add("boss", Role.ADMINISTRATOR)
    manage.set_roles(both.store, manage.CONSOLE, nora.id, account.version, roles=[Role.AUDITOR], now=both.now)
    assert session_of(both.store, token, now=both.now) is None
    assert whole(both)


def test_one_code_given_twice_at_the_same_moment_signs_in_once(both):
    nora = both.add("nora", Role.AUDITOR)
    app, _ = both.app(nora)
    halves = [sign_in(both.store, "nora", PASSWORD, now=both.now).token for _ in range(4)]
    code = app.at(both.now)

    def give(token):
        try:
            return give_code(both.store, token, code, now=both.now).whole
        except NotSignedIn:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(give, halves)) == [False, False, False, True]
    assert whole(both)


def test_guesses_at_the_same_moment_are_all_counted(both):
    both.add("nora", Role.AUDITOR)

    def guess(number):
        try:
            sign_in(both.store, "nora", f"guess {number}", now=both.now)
        except (NotSignedIn, TooManyAttempts) as error:
            return type(error)

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(guess, range(16)))
    assert told.count(NotSignedIn) == lock.FREE
    assert told.count(TooManyAttempts) == 16 - lock.FREE
    with both.store.reading() as session:
        assert session.scalars(select(AttemptRow)).one().failures == lock.FREE
    assert whole(both)
