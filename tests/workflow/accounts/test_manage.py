"""What administrators do, what nobody does to themselves, and what a one-time code and a token are good for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from indicated.workflow.accounts import lock, manage, own, programs
from indicated.workflow.accounts.errors import (
    BadAccount,
    CodeSpent,
    NoAccount,
    NotSignedIn,
    TooManyAttempts,
    WeakPassword,
)
from indicated.workflow.accounts.prove import proved_by_sign_on, reauthenticate
from indicated.workflow.accounts.sign_in import session_of, sign_in
from indicated.workflow.accounts.values import Identity, Licence, Scope
from indicated.workflow.review.errors import Conflict, NotLicensed, Refused, SamePerson, SignInAgain
from indicated.workflow.review.people import Action, Role, require_fresh, require_licence
from tests.workflow.accounts.conftest import PASSWORD

LICENCE = Licence("A-1", "NY", "Neurology", "MD", ("Board of Examples",), date(2027, 1, 1))


def test_an_account_is_added_without_a_password_and_its_owner_sets_one_by_a_one_time_code(world):
    account, code = manage.add(
        world.store, manage.CONSOLE, login="Nora@Example.org", name="Nora  Quist", roles=[Role.AUDITOR], now=world.now
    )
    assert (account.login, account.name, account.password) == ("nora@example.org", "Nora Quist", False)
    with pytest.raises(WeakPassword):
        own.set_password(world.store, code, "nora quist 2026", now=world.now)
    own.set_password(world.store, code, PASSWORD, now=world.now)
    with pytest.raises(CodeSpent):
        own.set_password(world.store, code, PASSWORD, now=world.now)
    assert sign_in(world.store, "nora@example.org", PASSWORD, now=world.now).whole


def test_a_code_runs_out_after_a_day_and_a_new_one_ends_the_one_before(world):
    nora = world.add("nora", Role.AUDITOR)
    boss = world.person(world.boss)
    first = manage.new_password_code(world.store, boss, nora.id, now=world.now)
    second = manage.new_password_code(world.store, boss, nora.id, now=world.now)
    with pytest.raises(CodeSpent):
        own.set_password(world.store, first, PASSWORD, now=world.now)
    with pytest.raises(CodeSpent):
        own.set_password(world.store, second, PASSWORD, now=world.later(hours=24))


def test_a_reset_ends_the_old_password_at_once_and_the_second_factor_only_when_asked(world):
    nora = world.add("nora", Role.AUDITOR)
    world.app(nora)
    boss = world.person(world.boss)
    code = manage.new_password_code(world.store, boss, nora.id, now=world.now)
    with pytest.raises(NotSignedIn):
        sign_in(world.store, "nora", PASSWORD, now=world.now)
    own.set_password(world.store, code, PASSWORD, now=world.now)
    assert not sign_in(world.store, "nora", PASSWORD, now=world.now).whole
    code = manage.new_password_code(world.store, boss, nora.id, second_factor_too=True, now=world.now)
    own.set_password(world.store, code, PASSWORD, now=world.now)
    assert sign_in(world.store, "nora", PASSWORD, now=world.now).whole


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_manage_accounts(world, role):
    other = world.add("other", role)
    person, target = world.person(other), world.boss
    for deed in (
        lambda: manage.add(world.store, person, login="x1", name="X", roles=[Role.ADMINISTRATOR], now=world.now),
        lambda: manage.accounts(world.store, person),
        lambda: manage.account(world.store, person, target.id),
        lambda: manage.set_roles(world.store, person, target.id, target.version, roles=[], now=world.now),
        lambda: manage.set_open(world.store, person, target.id, target.version, is_open=False, now=world.now),
        lambda: manage.set_licence(world.store, person, target.id, target.version, licence=LICENCE, now=world.now),
        lambda: manage.new_password_code(world.store, person, target.id, now=world.now),
        lambda: manage.link_sign_on(world.store, person, other.id, 1, identity=Identity("i", "s"), now=world.now),
        lambda: programs.make(
            world.store, person, account_id=target.id, name="x", scopes=[Scope.READ], lasts=timedelta(1), now=world.now
        ),
        lambda: programs.tokens(world.store, person, account_id=target.id),
    ):
        with pytest.raises(Refused):
            deed()
    assert manage.account(world.store, person, other.id).id == other.id


def test_nobody_gives_themselves_roles_or_a_licence(world):
    boss = world.person(world.boss)
    with pytest.raises(SamePerson):
        manage.set_roles(world.store, boss, boss.id, 1, roles=list(Role), now=world.now)
    with pytest.raises(SamePerson):
        manage.set_licence(world.store, boss, boss.id, 1, licence=LICENCE, now=world.now)


def test_the_last_administrator_stays(world):
    with pytest.raises(BadAccount, match="nobody who can manage"):
        manage.set_open(world.store, manage.CONSOLE, world.boss.id, 1, is_open=False, now=world.now)
    with pytest.raises(BadAccount, match="nobody who can manage"):
        manage.set_roles(world.store, manage.CONSOLE, world.boss.id, 1, roles=[Role.AUDITOR], now=world.now)
    assert manage.account(world.store, manage.CONSOLE, world.boss.id).roles == {Role.ADMINISTRATOR}


def test_a_change_on_an_old_version_is_a_conflict(world):
    nora = world.add("nora", Role.AUDITOR)
    manage.set_roles(world.store, manage.CONSOLE, nora.id, nora.version, roles=[Role.REQUESTER], now=world.now)
    with pytest.raises(Conflict, match="version 2"):
        manage.set_roles(world.store, manage.CONSOLE, nora.id, nora.version, roles=[], now=world.now)


def test_a_licence_on_record_makes_a_physician_one_who_may_deny_until_it_ends(world):
    doc = world.add("doc", Role.PHYSICIAN_REVIEWER)
    with pytest.raises(NotLicensed):
        require_licence(world.person(doc), Action.DECIDE_ADVERSE, world.now.date())
    found = manage.set_licence(
        world.store, world.person(world.boss), doc.id, doc.version, licence=LICENCE, now=world.now
    )
    assert (found.licence.verified_by, found.licence.verified_at) == (world.boss.id, world.now)
    require_licence(world.person(doc), Action.DECIDE_ADVERSE, world.now.date())
    with pytest.raises(NotLicensed, match="ended"):
        require_licence(world.person(doc), Action.DECIDE_ADVERSE, date(2027, 1, 2))


@pytest.mark.parametrize(
    "licence", [Licence("1", "ny"), Licence("1", "New York"), Licence("1\n2", "NY"), Licence("9" * 200)]
)
def test_a_licence_that_is_none_is_refused(world, licence):
    doc = world.add("doc", Role.PHYSICIAN_REVIEWER)
    with pytest.raises(BadAccount):
        manage.set_licence(world.store, manage.CONSOLE, doc.id, doc.version, licence=licence, now=world.now)


@pytest.mark.parametrize("login", ["", "a", "a b", "../etc/passwd", "x" * 101, "<b>", "a\nb", "ünsal"])
def test_a_name_to_sign_in_with_is_plain(world, login):
    with pytest.raises(BadAccount):
        manage.add(world.store, manage.CONSOLE, login=login, name="X", roles=[], now=world.now)


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 121])
def test_a_persons_name_is_one_line(world, name):
    with pytest.raises(BadAccount):
        manage.add(world.store, manage.CONSOLE, login="nora", name=name, roles=[], now=world.now)


def test_names_are_taken_once_and_accounts_found_by_name_and_listed_in_order(world):
    world.add("nora", Role.AUDITOR)
    world.add("abel", Role.AUDITOR)
    with pytest.raises(BadAccount, match="taken"):
        manage.add(world.store, manage.CONSOLE, login="NORA", name="X", roles=[], now=world.now)
    assert [one.login for one in manage.accounts(world.store, manage.CONSOLE)] == ["abel", "boss", "nora"]
    assert [one.login for one in manage.accounts(world.store, manage.CONSOLE, after="abel", limit=1)] == ["boss"]
    assert manage.by_login(world.store, manage.CONSOLE, "Nora").login == "nora"
    with pytest.raises(NoAccount):
        manage.by_login(world.store, manage.CONSOLE, "nobody")


def token(world, account, *scopes, days=30):
    made, secret = programs.make(
        world.store, world.person(account), account_id=account.id, name="loader", scopes=scopes or [Scope.READ],
        lasts=timedelta(days=days), now=world.now,
    )  # fmt: skip
    return made, secret


def test_a_token_stands_for_its_owner_within_its_scopes(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    made, secret = token(world, nora, Scope.READ, Scope.WORK)
    person, found = programs.bearer(world.store, secret, now=world.now)
    assert person.id == nora.id
    assert found.scopes == {Scope.READ, Scope.WORK}
    assert secret.startswith(made.prefix)
    [listed] = programs.tokens(world.store, person, account_id=nora.id)
    assert listed.used_at == world.now
    assert programs.bearer(world.store, secret + "x", now=world.now) is None
    assert programs.bearer(world.store, "ind_", now=world.now) is None


def test_a_token_ends_when_it_runs_out_is_revoked_or_its_owner_goes(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    _, ends = token(world, nora, days=1)
    made, revoked = token(world, nora)
    _, stays = token(world, nora, days=60)
    other = world.person(world.add("other", Role.NURSE_REVIEWER))
    with pytest.raises(NoAccount):
        programs.revoke(world.store, other, made.id, now=world.now)
    programs.revoke(world.store, world.person(nora), made.id, now=world.now)
    assert programs.bearer(world.store, revoked, now=world.now) is None
    world.later(days=1)
    assert programs.bearer(world.store, ends, now=world.now) is None
    assert programs.bearer(world.store, stays, now=world.now)
    manage.set_open(world.store, manage.CONSOLE, nora.id, nora.version, is_open=False, now=world.now)
    assert programs.bearer(world.store, stays, now=world.now) is None


def test_a_token_has_a_name_a_scope_and_an_end(world):
    person = world.person(world.boss)
    for name, scopes, days in (("", [Scope.READ], 1), ("x", [], 1), ("x", [Scope.READ], 0), ("x", [Scope.READ], 367)):
        with pytest.raises(BadAccount):
            programs.make(
                world.store, person, account_id=person.id, name=name, scopes=scopes, lasts=timedelta(days=days),
                now=world.now,
            )  # fmt: skip


def test_a_token_is_not_a_session_nor_a_session_a_token(world):
    nora = world.add("nora", Role.NURSE_REVIEWER)
    _, secret = token(world, nora)
    begun = sign_in(world.store, "nora", PASSWORD, now=world.now)
    assert session_of(world.store, secret, now=world.now) is None
    assert programs.bearer(world.store, begun.token, now=world.now) is None


def test_a_proof_is_of_one_person_for_one_thing_and_for_five_minutes(world):
    doc, other = (world.person(world.add(name, Role.PHYSICIAN_REVIEWER)) for name in ("doc", "other"))
    proof = reauthenticate(world.store, doc, "case-1", password=PASSWORD, now=world.now)
    require_fresh(doc, proof, "case-1", world.now + timedelta(minutes=5))
    for person, about, now in (
        (other, "case-1", world.now),
        (doc, "case-2", world.now),
        (doc, "case-1", world.now + timedelta(minutes=5, seconds=1)),
        (doc, "case-1", world.now - timedelta(seconds=1)),
    ):
        with pytest.raises(SignInAgain):
            require_fresh(person, proof, about, now)


def test_proving_takes_the_second_factor_where_there_is_one_and_failures_lock(world):
    account = world.add("doc", Role.PHYSICIAN_REVIEWER)
    app, _ = world.app(account)
    doc = world.person(account)
    with pytest.raises(NotSignedIn):
        reauthenticate(world.store, doc, "case-1", password=PASSWORD, now=world.now)
    code = app.at(world.now)
    assert reauthenticate(world.store, doc, "case-1", password=PASSWORD, code=code, now=world.now)
    for _ in range(lock.FREE):
        with pytest.raises(NotSignedIn):
            reauthenticate(world.store, doc, "case-1", password=PASSWORD, code=code, now=world.now)
    with pytest.raises(TooManyAttempts):
        reauthenticate(world.store, doc, "case-1", password=PASSWORD, code=app.at(world.now), now=world.now)
    assert proved_by_sign_on(world.store, doc, "case-1", now=world.now) is None


def test_a_second_factor_takes_the_password_to_begin_and_is_in_force_once_a_code_was_given(world):
    nora = world.person(world.add("nora", Role.AUDITOR))
    with pytest.raises(NotSignedIn):
        own.begin_second_factor(world.store, nora, password="wrong", now=world.now)
    own.begin_second_factor(world.store, nora, password=PASSWORD, now=world.now)
    assert sign_in(world.store, "nora", PASSWORD, now=world.now).whole
    with pytest.raises(NotSignedIn):
        own.confirm_second_factor(world.store, nora, "000000", now=world.now)


def test_a_second_factor_in_force_is_not_put_out_by_setting_up_another(world):
    account = world.add("nora", Role.AUDITOR)
    world.app(account)
    with pytest.raises(BadAccount):
        own.begin_second_factor(world.store, world.person(account), password=PASSWORD, now=world.now)
