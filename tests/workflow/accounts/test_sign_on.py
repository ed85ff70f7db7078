"""Single sign-on, against a real provider over loopback HTTP: what holds signs in, and every lie is found."""

from __future__ import annotations

import urllib.parse

import httpx
import pytest

from indicated.workflow.accounts import manage, sign_on
from indicated.workflow.accounts.errors import BadAccount, NoAccount, NotSignedIn, SignOnFailed
from indicated.workflow.accounts.prove import proved_by_sign_on
from indicated.workflow.accounts.provider import Provider
from indicated.workflow.accounts.sign_in import session_of, sign_in
from indicated.workflow.accounts.values import Identity, SignedInBy
from indicated.workflow.review.errors import Conflict, SamePerson
from indicated.workflow.review.people import Role, require_fresh
from indicated.workflow.settings import SignOnSettings
from tests.provider import CLIENT, SECRET, RealProvider

BACK = "http://127.0.0.1:8000/sign-on"
ROLES = {"reviewers": frozenset({Role.NURSE_REVIEWER}), "auditors": frozenset({Role.AUDITOR})}


@pytest.fixture
def real(world):
    made = RealProvider(lambda: world.now)
    yield made
    made.close()


@pytest.fixture
def provider(real):
    made = Provider(SignOnSettings(real.issuer, CLIENT, SECRET, roles=ROLES))
    yield made
    made.close()


def there_and_back(world, provider, **proving):
    """What a browser does: to the provider, and back with its query and cookie."""
    begun = sign_on.begin(world.store, provider, redirect=BACK, now=world.now, **proving)
    with httpx.Client(trust_env=False) as browser:
        location = browser.get(begun.url).headers["location"]
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query)), begun.browser


def come_back(world, provider, told, browser):
    return sign_on.finish(world.store, provider, told, browser, redirect=BACK, now=world.now)


def enter(world, provider):
    return come_back(world, provider, *there_and_back(world, provider))


def person(world, begun):
    return session_of(world.store, begun.token, now=world.now).person


def test_somebody_seen_for_the_first_time_gets_the_roles_of_their_groups(world, provider):
    begun = enter(world, provider)
    found = session_of(world.store, begun.token, now=world.now)
    assert (found.person.name, found.person.roles, found.by) == (
        "Nora Quist",
        {Role.NURSE_REVIEWER},
        SignedInBy.SIGN_ON,
    )
    assert person(world, enter(world, provider)).id == found.person.id


def test_roles_follow_the_groups_and_whoever_has_none_is_out(world, provider, real):
    first = enter(world, provider)
    real.user["groups"] = ["auditors", "others"]
    assert person(world, enter(world, provider)).roles == {Role.AUDITOR}
    assert session_of(world.store, first.token, now=world.now) is None
    real.user["groups"] = []
    with pytest.raises(NotSignedIn):
        enter(world, provider)


def test_without_roles_of_groups_only_who_was_linked_comes_in_and_keeps_their_roles(world, real):
    plain = Provider(SignOnSettings(real.issuer, CLIENT, SECRET))
    with pytest.raises(NotSignedIn):
        enter(world, plain)
    nora = world.add("nora", Role.POLICY_AUTHOR)
    manage.link_sign_on(world.store, manage.CONSOLE, nora.id, 1, identity=Identity(real.issuer, "u1"), now=world.now)
    assert person(world, enter(world, plain)).id == nora.id
    plain.close()


def test_whoever_is_not_linked_is_told_the_subject_that_an_administrator_links(world, real):
    plain = Provider(SignOnSettings(real.issuer, CLIENT, SECRET))
    with pytest.raises(NotSignedIn, match=r"subject: u1$"):
        enter(world, plain)
    plain.close()


def test_a_link_that_is_taken_away_ends_what_it_opened(world, real):
    plain, who = Provider(SignOnSettings(real.issuer, CLIENT, SECRET)), Identity(real.issuer, "u1")
    nora = world.add("nora", Role.POLICY_AUTHOR)
    linked = manage.link_sign_on(world.store, manage.CONSOLE, nora.id, 1, identity=who, now=world.now)
    assert linked.identities == (who,)
    begun = enter(world, plain)
    other = world.add("omar", Role.AUDITOR)
    with pytest.raises(BadAccount, match="already"):
        manage.link_sign_on(world.store, manage.CONSOLE, other.id, 1, identity=who, now=world.now)
    with pytest.raises(NoAccount):
        manage.unlink_sign_on(world.store, manage.CONSOLE, other.id, 1, identity=who, now=world.now)
    with pytest.raises(Conflict):
        manage.unlink_sign_on(world.store, manage.CONSOLE, nora.id, 1, identity=who, now=world.now)
    bare = manage.unlink_sign_on(world.store, manage.CONSOLE, nora.id, 2, identity=who, now=world.now)
    assert bare.identities == ()
    assert session_of(world.store, begun.token, now=world.now) is None
    with pytest.raises(NotSignedIn):
        enter(world, plain)
    plain.close()


@pytest.mark.parametrize("who", [Identity("", "u1"), Identity("https://id.example", " "), Identity("i", "u\n1")])
def test_a_link_names_provider_and_subject(world, who):
    nora = world.add("nora", Role.POLICY_AUTHOR)
    with pytest.raises(BadAccount):
        manage.link_sign_on(world.store, manage.CONSOLE, nora.id, 1, identity=who, now=world.now)
    boss = world.person(world.boss)
    with pytest.raises(SamePerson):
        manage.link_sign_on(world.store, boss, boss.id, 1, identity=Identity("i", "s"), now=world.now)


def test_an_account_is_never_taken_over_by_a_mail_address_or_a_name(world, provider, real):
    boss = world.boss
    real.user |= {"preferred_username": "boss", "email": "boss", "name": "Boss"}
    assert person(world, enter(world, provider)).id != boss.id


def test_a_closed_account_stays_closed(world, provider):
    mine = person(world, enter(world, provider))
    account = manage.account(world.store, manage.CONSOLE, mine.id)
    manage.set_open(world.store, manage.CONSOLE, mine.id, account.version, is_open=False, now=world.now)
    with pytest.raises(NotSignedIn):
        enter(world, provider)


def test_who_comes_by_sign_on_has_no_password_that_works(world, provider):
    mine = person(world, enter(world, provider))
    login = manage.account(world.store, manage.CONSOLE, mine.id).login
    with pytest.raises(NotSignedIn):
        sign_in(world.store, login, "", now=world.now)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"}, {"aud": "another"}, {"aud": ["another"]}, {"aud": None},
        {"aud": [CLIENT, "another"]}, {"azp": "another"}, {"nonce": "another"}, {"nonce": None}, {"exp": 1},
        {"exp": None},
        {"exp": "soon"}, {"iat": 1}, {"iat": None}, {"iat": 9e10},
        {"sub": None}, {"sub": ""}, {"sub": 7}, {"sub": "x" * 256},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_does_not_hold_signs_nobody_in(world, provider, real, claims):
    real.lie["claims"] = claims
    with pytest.raises(SignOnFailed):
        enter(world, provider)


@pytest.mark.parametrize("how", ["none", "shared", "forged"])
def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(world, provider, real, how):
    real.lie["sign"] = how
    with pytest.raises(SignOnFailed):
        enter(world, provider)


def test_several_audiences_hold_when_the_token_was_given_to_us(world, provider, real):
    real.lie["claims"] = {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert enter(world, provider).whole


def test_new_keys_of_the_provider_are_found_and_a_forged_key_id_does_not_hammer_it(world, provider, real):
    enter(world, provider)
    world.later(minutes=2)
    real.rotate("second", "EC")
    assert enter(world, provider).whole
    fetched = real.asked.count("/jwks")
    real.lie["sign"] = "forged"
    for _ in range(3):
        with pytest.raises(SignOnFailed):
            enter(world, provider)
    assert real.asked.count("/jwks") == fetched


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(world, provider):
    told, browser = there_and_back(world, provider)
    with pytest.raises(SignOnFailed):
        come_back(world, provider, told, "another browser")
    with pytest.raises(SignOnFailed):
        come_back(world, provider, told, browser)
    told, browser = there_and_back(world, provider)
    assert come_back(world, provider, told, browser).whole
    with pytest.raises(SignOnFailed):
        come_back(world, provider, told, browser)


def test_an_answer_to_a_made_up_state_or_after_ten_minutes_is_none(world, provider):
    told, browser = there_and_back(world, provider)
    with pytest.raises(SignOnFailed):
        come_back(world, provider, told | {"state": "made up"}, browser)
    world.later(minutes=10)
    with pytest.raises(SignOnFailed):
        come_back(world, provider, told, browser)


@pytest.mark.parametrize(
    "redirect", [{"iss": "https://elsewhere.example"}, {"error": "access_denied"}, {"code": ""}, {"code": "x"}]
)
def test_an_answer_by_another_or_with_an_error_or_a_made_up_code_is_none(world, provider, real, redirect):
    real.lie["redirect"] = redirect
    with pytest.raises(SignOnFailed):
        enter(world, provider)


@pytest.mark.parametrize(
    "discovery", [{"issuer": "https://elsewhere.example"}, {"jwks_uri": None}, {"token_endpoint": "ftp://x"}]
)
def test_a_provider_that_is_another_or_says_nothing_is_refused(world, provider, real, discovery):
    real.lie["discovery"] = discovery
    with pytest.raises(SignOnFailed):
        enter(world, provider)


def test_a_provider_that_is_away_is_one_clear_line(world):
    away = Provider(SignOnSettings("http://127.0.0.1:9", CLIENT, SECRET))
    with pytest.raises(SignOnFailed, match="cannot be reached"):
        sign_on.begin(world.store, away, redirect=BACK, now=world.now)
    away.close()


def test_signing_takes_a_sign_on_anew_of_the_same_person_and_counts_once(world, provider):
    mine = person(world, enter(world, provider))
    told, browser = there_and_back(world, provider, proving=mine, about="case-1")
    come_back(world, provider, told, browser)
    assert proved_by_sign_on(world.store, mine, "case-2", now=world.now) is None
    proof = proved_by_sign_on(world.store, mine, "case-1", now=world.now)
    require_fresh(mine, proof, "case-1", world.now)
    assert proved_by_sign_on(world.store, mine, "case-1", now=world.now) is None


@pytest.mark.parametrize("claims", [{"sub": "u2"}, {"auth_time": None}, {"auth_time": 1000}])
def test_an_old_sign_on_or_that_of_another_proves_nothing(world, provider, real, claims):
    mine = person(world, enter(world, provider))
    real.user["sub"] = "u2"
    enter(world, provider)
    real.user["sub"] = "u1"
    real.lie["claims"] = claims
    with pytest.raises(SignOnFailed):
        come_back(world, provider, *there_and_back(world, provider, proving=mine, about="case-1"))
    assert proved_by_sign_on(world.store, mine, "case-1", now=world.now) is None


def test_a_proof_by_sign_on_runs_out_too(world, provider):
    mine = person(world, enter(world, provider))
    come_back(world, provider, *there_and_back(world, provider, proving=mine, about="case-1"))
    world.later(minutes=6)
    assert proved_by_sign_on(world.store, mine, "case-1", now=world.now) is None
