"""Signing in: what is right opens a session, and what is wrong tells nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import select

from indicated.store.accounts import AccountRow, SessionRow
from indicated.workflow.accounts import lock, manage, own, passwords
from indicated.workflow.accounts.errors import BadAccount, NotSignedIn, TooManyAttempts
from indicated.workflow.accounts.sign_in import give_code, session_of, sign_in, sign_out, sign_out_everywhere
from indicated.workflow.accounts.values import SignedInBy
from indicated.workflow.review.people import Role
from tests.workflow.accounts.conftest import PASSWORD


def begun(world, login="nora", password=PASSWORD):
    return sign_in(world.store, login, password, now=world.now)


def holds(world, token):
    return session_of(world.store, token, now=world.now)


def test_name_and_password_open_a_session_as_that_person(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    found = holds(world, begun(world, "  NORA ").token)
    assert found.person.id == nora.id
    assert found.person.roles == {Role.NURSE_REVIEWER}
    assert found.by is SignedInBy.PASSWORD


def test_the_token_stands_nowhere_in_the_store(world):
    world.add("nora", Role.NURSE_REVIEWER)
    token = begun(world).token
    assert len(token) >= 43
    with world.store.reading() as session:
        row = session.scalars(select(SessionRow)).one()
        assert token not in {str(getattr(row, column.name)) for column in SessionRow.__table__.columns}


def test_a_wrong_password_a_wrong_name_and_a_closed_account_read_alike(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    gone = world.add("gone", Role.NURSE_REVIEWER)
    manage.set_open(world.store, manage.CONSOLE, gone.id, gone.version, is_open=False, now=world.now)
    waiting = world.add("waiting", Role.NURSE_REVIEWER, password="")
    said = set()
    for login, password in (
        ("nora", "wrong"),
        ("nobody", PASSWORD),
        ("gone", PASSWORD),
        ("waiting", ""),
        ("\0", "\ud800"),
    ):
        with pytest.raises(NotSignedIn) as caught:
            begun(world, login, password)
        said.add(str(caught.value))
    assert len(said) == 1
    assert nora.id not in said.pop()
    assert waiting.password is False


def test_a_name_that_nobody_has_takes_as_long_as_one_that_somebody_has(world, monkeypatch):
    checked = []

    class Watched(PasswordHasher):
        def verify(self, kept, password):
            checked.append(extract_parameters(kept))
            return super().verify(kept, password)

    monkeypatch.setattr(passwords, "_HASHER", Watched(time_cost=4, memory_cost=16_384, parallelism=1))
    passwords._nobodys.cache_clear()
    world.add("nora", Role.NURSE_REVIEWER)
    for login in ("nora", "nobody"):
        with pytest.raises(NotSignedIn):
            begun(world, login, "wrong")
    somebodys, nobodys = checked
    assert somebodys == nobodys  # one hash each, of the same cost


def test_failures_close_the_name_for_longer_and_longer_whether_or_not_it_is_somebodys(world):
    world.add("nora", Role.NURSE_REVIEWER)
    for login in ("nora", "nobody"):
        for _ in range(lock.FREE):
            with pytest.raises(NotSignedIn):
                begun(world, login, "wrong")
        with pytest.raises(TooManyAttempts, match="30 seconds"):
            begun(world, login, PASSWORD)
    world.later(seconds=31)
    with pytest.raises(NotSignedIn):
        begun(world, "nora", "wrong")
    with pytest.raises(TooManyAttempts) as caught:
        begun(world)
    assert caught.value.wait == 60
    world.later(seconds=61)
    assert holds(world, begun(world).token)


def test_the_waits_double_up_to_an_hour():
    waits = [lock.wait_of(failures).total_seconds() for failures in range(1, 16)]
    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]
    assert lock.wait_of(100_000) == timedelta(hours=1)


def test_a_lock_does_not_put_out_who_is_signed_in(world):
    world.add("nora", Role.NURSE_REVIEWER)
    token = begun(world).token
    for _ in range(lock.FREE):
        with pytest.raises(NotSignedIn):
            begun(world, "nora", "wrong")
    assert holds(world, token)


def test_a_session_in_use_ends_after_half_a_day_all_the_same(world):
    world.add("nora", Role.NURSE_REVIEWER)
    token = begun(world).token
    for _ in range(35):
        world.later(minutes=20)
        assert holds(world, token)
    world.later(minutes=20)
    assert holds(world, token) is None


def test_a_session_unused_for_half_an_hour_is_over(world):
    world.add("nora", Role.NURSE_REVIEWER)
    token = begun(world).token
    world.later(minutes=29)
    assert holds(world, token)
    world.later(minutes=31)
    assert holds(world, token) is None


def test_signing_out_ends_the_session_and_signing_out_everywhere_all_of_them(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    first, second, third = (begun(world).token for _ in range(3))
    sign_out(world.store, first, now=world.now)
    assert holds(world, first) is None
    assert holds(world, second)
    sign_out_everywhere(world.store, world.person(nora), now=world.now)
    assert holds(world, second) is None
    assert holds(world, third) is None
    sign_out(world.store, "no token at all", now=world.now)


def test_a_change_of_roles_ends_the_sessions(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    token = begun(world).token
    manage.set_roles(world.store, manage.CONSOLE, nora.id, nora.version, roles=[Role.AUDITOR], now=world.now)
    assert holds(world, token) is None


def test_a_closed_account_is_out_at_once(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    token = begun(world).token
    manage.set_open(world.store, manage.CONSOLE, nora.id, nora.version, is_open=False, now=world.now)
    assert holds(world, token) is None
    with pytest.raises(NotSignedIn):
        begun(world)


def test_an_old_hash_is_made_anew_when_its_owner_signs_in(world, monkeypatch):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    begun(world)
    with world.store.reading() as session:
        assert "t=2" in session.get(AccountRow, nora.id).password
    assert holds(world, begun(world).token)


def test_with_a_second_factor_the_password_alone_opens_nothing(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    app, _ = world.app(nora)
    half = begun(world)
    assert not half.whole
    assert holds(world, half.token) is None
    whole = give_code(world.store, half.token, app.at(world.now), now=world.now)
    assert whole.token != half.token
    assert holds(world, whole.token).by is SignedInBy.TWO_FACTORS
    assert holds(world, half.token) is None


def test_a_code_counts_once_even_within_its_half_minute(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    app, _ = world.app(nora)
    code = app.at(world.now)
    give_code(world.store, begun(world).token, code, now=world.now)
    with pytest.raises(NotSignedIn):
        give_code(world.store, begun(world).token, code, now=world.now)
    world.later(seconds=30)
    give_code(world.store, begun(world).token, app.at(world.now), now=world.now)


def test_an_earlier_code_is_no_good_after_a_later_one(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    app, _ = world.app(nora)
    earlier = app.at(world.now)
    world.later(seconds=30)
    give_code(world.store, begun(world).token, app.at(world.now), now=world.now)
    with pytest.raises(NotSignedIn):
        give_code(world.store, begun(world).token, earlier, now=world.now)


def test_wrong_codes_close_the_name_as_wrong_passwords_do(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    world.app(nora)
    half = begun(world)
    for _ in range(lock.FREE):
        with pytest.raises(NotSignedIn):
            give_code(world.store, half.token, "000000", now=world.now)
    with pytest.raises(TooManyAttempts):
        give_code(world.store, half.token, "000000", now=world.now)
    with pytest.raises(TooManyAttempts):
        begun(world)


def test_the_right_password_does_not_wipe_out_failed_codes(world):
    """Else somebody with a stolen password could guess codes without end."""
    nora = world.add("nora", Role.NURSE_REVIEWER)
    world.app(nora)
    for _ in range(lock.FREE):
        half = begun(world)
        with pytest.raises(NotSignedIn):
            give_code(world.store, half.token, "000000", now=world.now)
    with pytest.raises(TooManyAttempts):
        begun(world)


def test_a_half_session_runs_out_and_is_no_session(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    app, _ = world.app(nora)
    half = begun(world)
    world.later(minutes=6)
    with pytest.raises(NotSignedIn):
        give_code(world.store, half.token, app.at(world.now), now=world.now)
    with pytest.raises(NotSignedIn):
        give_code(world.store, "made up", app.at(world.now), now=world.now)


def test_a_recovery_code_stands_in_for_the_app_once(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    _, codes = world.app(nora)
    assert len(set(codes)) == 10
    assert give_code(world.store, begun(world).token, codes[3].upper(), now=world.now).whole
    with pytest.raises(NotSignedIn):
        give_code(world.store, begun(world).token, codes[3], now=world.now)
    assert give_code(world.store, begun(world).token, codes[4], now=world.now).whole


def test_the_secret_of_the_app_is_sealed(world):
    from indicated.store.accounts import FactorRow

    nora = world.add("nora", Role.NURSE_REVIEWER)
    app, _ = world.app(nora)
    with world.store.reading() as session:
        assert app.secret.encode() not in session.get(FactorRow, nora.id).sealed


def test_a_new_password_ends_every_session_and_begins_one(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    old = begun(world).token
    new = own.change_password(world.store, world.person(nora), old=PASSWORD, new="seven quiet lanterns", now=world.now)
    assert holds(world, old) is None
    assert holds(world, new.token)
    with pytest.raises(NotSignedIn):
        begun(world)
    assert begun(world, password="seven quiet lanterns").whole


def meanwhile(monkeypatch, deed):
    """Do a deed while the next password is being told."""
    tell = passwords.matches

    def told(*given):
        monkeypatch.setattr(passwords, "matches", tell)
        right = tell(*given)
        deed()
        return right

    monkeypatch.setattr(passwords, "matches", told)


def test_a_password_that_was_taken_back_meanwhile_is_not_put_in_place_again(world, monkeypatch):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    meanwhile(monkeypatch, lambda: manage.new_password_code(world.store, manage.CONSOLE, nora.id, now=world.now))
    with pytest.raises(NotSignedIn):
        own.change_password(world.store, world.person(nora), old=PASSWORD, new="seven quiet lanterns", now=world.now)
    with pytest.raises(NotSignedIn):
        begun(world, password="seven quiet lanterns")


def test_a_second_factor_that_was_set_meanwhile_is_not_replaced(world, monkeypatch):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    meanwhile(monkeypatch, lambda: world.app(nora))
    with pytest.raises(BadAccount, match="second factor already"):
        own.begin_second_factor(world.store, world.person(nora), password=PASSWORD, now=world.now)
    assert not begun(world).whole


def test_who_signed_in_and_who_failed_stands_in_the_log_without_names_or_passwords(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    begun(world)
    with pytest.raises(NotSignedIn):
        begun(world, "nora", "hunter2 hunter2")
    with pytest.raises(NotSignedIn):
        begun(world, "my password by mistake", "x")
    told = world.events()
    assert ("sign_in", nora.id, f"account:{nora.id}", '{"by":"password"}') in told
    assert ("sign_in_failed", "-", f"account:{nora.id}", '{"in_a_row":"1"}') in told
    assert ("sign_in_failed", "-", "account:-", '{"in_a_row":"1"}') in told
    assert not [one for one in told if "nora" in str(one) or "hunter2" in str(one) or "mistake" in str(one)]
