"""The pages of signing in and of accounts: what a person does there, and what nobody gets past."""

from __future__ import annotations

import base64
import re
import threading
from urllib.parse import parse_qsl, urlsplit

import httpx
import pyotp
import pytest

from indicated.web import forms, signed_in
from indicated.workflow.accounts import manage, own, passwords
from indicated.workflow.accounts.provider import Provider
from indicated.workflow.assess import now
from indicated.workflow.review import audit
from indicated.workflow.review.people import Role
from indicated.workflow.settings import SignOnSettings
from tests.provider import CLIENT, SECRET, RealProvider
from tests.web.site import Visitor
from tests.web.team import Team
from tests.workflow.accounts.conftest import PASSWORD, quick_hashes

assert quick_hashes


@pytest.fixture
def team():
    made = Team()
    made.boss = made.add("boss", Role.ADMINISTRATOR)
    made.nora = made.add("nora", Role.NURSE_REVIEWER)
    yield made
    made.client.close()
    made.site.store.close()


def test_whoever_is_not_signed_in_is_asked_to_sign_in(team):
    for path in ("/", "/me", "/accounts", "/case/C-1"):
        answer = team.see(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_signing_in_leads_to_the_start_and_a_cookie_that_no_script_reads(team):
    answer = team.send("/sign-in", {"login": "nora", "password": PASSWORD}, follow=False)
    cookie = answer.headers["set-cookie"].lower()
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "Nora" in team.see("/").text


def test_over_https_the_cookie_is_of_this_host_only_and_never_sent_in_clear():
    made = Team(secure=True)
    made.client.base_url = httpx.URL("https://127.0.0.1")
    made.add("nora", Role.NURSE_REVIEWER)
    answer = made.send("/sign-in", {"login": "nora", "password": PASSWORD}, follow=False)
    cookies = [one for one in answer.headers.get_list("set-cookie") if "session" in one]
    assert cookies[0].startswith("__Host-indicated_session=")
    assert "secure" in cookies[0].lower()
    made.client.close()
    made.site.store.close()


def test_a_wrong_password_is_one_line_keeps_the_name_and_never_the_password(team):
    answer = team.sign_in("nora", "not the password")
    assert answer.status_code == 401
    assert "did not sign you in" in answer.text
    assert 'value="nora"' in answer.text
    assert "not the password" not in answer.text


def test_a_form_without_its_mark_signs_nobody_in_or_out(team):
    answer = team.client.post("/sign-in", data={"login": "nora", "password": PASSWORD})
    assert answer.status_code == 403
    team.sign_in("nora")
    assert team.client.post("/sign-out", data={}).status_code == 403
    assert "Nora" in team.see("/").text


def test_a_cookie_that_was_set_before_is_not_the_session_after(team):
    team.client.cookies.set("indicated_session", "a" * 43, domain="127.0.0.1", path="/")
    team.sign_in("nora")
    values = [cookie.value for cookie in team.client.cookies.jar if cookie.name == "indicated_session"]
    assert "a" * 43 not in values[-1:]
    assert "Nora" in team.see("/").text


def test_signing_out_ends_the_session_also_for_who_copied_the_cookie(team):
    team.sign_in("nora")
    copied = team.client.cookies["indicated_session"]
    team.send("/sign-out", at="/me")
    team.client.cookies.set("indicated_session", copied)
    assert team.see("/me", follow_redirects=False).headers["location"] == "/sign-in"


def test_a_second_factor_is_set_up_in_the_browser_and_asked_for_from_then_on(team):
    team.sign_in("nora")
    shown = team.send("/me/factor", {"password": PASSWORD}, at="/me").text
    secret = "".join(re.search(r'class="mono">([A-Z2-7 ]+)<', shown).group(1).split())
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', shown).group(1)
    assert b"<svg" in base64.b64decode(picture)
    app = pyotp.TOTP(secret)
    kept = team.send("/me/factor/code", {"code": app.at(now())}, at="/me").text
    codes = re.findall(r"<li>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</li>", kept)
    assert len(codes) == 10
    assert team.see("/me", follow_redirects=False).headers["location"] == "/sign-in"
    asked = team.sign_in("nora")
    assert "authenticator app" in asked.text
    assert team.see("/me", follow_redirects=False).headers["location"] == "/sign-in"
    wrong = team.send("/sign-in/code", {"code": "000000"})
    assert wrong.status_code == 401
    assert "Nora" in team.send("/sign-in/code", {"code": codes[0]}).text


def test_a_password_is_set_by_a_one_time_code_and_a_weak_one_loses_nothing_typed(team):
    code = manage.new_password_code(team.site.store, manage.CONSOLE, team.nora.id, now=now())
    weak = team.send("/password", {"code": code, "password": "short"})
    assert weak.status_code == 422
    assert f'value="{code}"' in weak.text
    team.send("/password", {"code": code, "password": "seven quiet lanterns"})
    assert "Nora" in team.sign_in("nora", "seven quiet lanterns").text


def test_a_changed_password_keeps_this_browser_signed_in(team):
    team.sign_in("nora")
    answer = team.send("/me/password", {"old": PASSWORD, "new": "seven quiet lanterns"}, at="/me")
    assert answer.status_code == 200
    assert "Nora" in answer.text
    wrong = team.send("/me/password", {"old": PASSWORD, "new": "seven quiet lanterns"}, at="/me")
    assert wrong.status_code == 422


def test_an_administrator_adds_somebody_gives_them_a_role_a_licence_and_a_code(team):
    team.sign_in("boss")
    made = team.send("/accounts", {"login": "doc", "name": "D. Oc", "role": ["requester"]}, at="/accounts").text
    code = re.search(r'<p class="mono">([\w-]{43})</p>', made).group(1)
    at = re.search(r'href="(/accounts/account-\w+)"', made).group(1)
    version = re.search(r'name="version" value="(\d+)"', team.see(at).text).group(1)
    team.send(f"{at}/roles", {"version": version, "role": ["physician_reviewer"]}, at=at)
    version = re.search(r'name="version" value="(\d+)"', team.see(at).text).group(1)
    licence = {"number": "A-1", "state": "NY", "specialty": "Neurology", "credentials": "MD", "boards": "", "until": ""}
    page = team.send(f"{at}/licence", {"version": version, **licence}, at=at).text
    assert "Physician reviewer" in page
    assert "NY A-1" in page
    stale = team.send(f"{at}/open", {"version": version, "open": "no"}, at=at)
    assert "was changed since" in stale.text
    own.set_password(team.site.store, code, PASSWORD, now=now())
    team.send("/sign-out", at="/me")
    assert "D. Oc" in team.sign_in("doc").text


def test_the_pages_of_accounts_are_for_administrators(team):
    team.sign_in("nora")
    assert team.see("/accounts").status_code == 403
    assert team.see(f"/accounts/{team.boss.id}").status_code == 403
    assert team.send(f"/accounts/{team.boss.id}/reset", at="/me").status_code == 403
    assert "/accounts" not in team.see("/me").text


def test_nothing_of_accounts_is_there_on_a_machine_of_ones_own():
    alone = Visitor()
    for path in ("/sign-in", "/accounts", "/me"):
        assert alone.see(path).status_code == 404
    assert 'href="/accounts"' not in alone.see("/").text
    alone.client.close()
    alone.site.store.close()


def test_single_sign_on_from_the_button_to_the_start_page():
    real = RealProvider(now)
    roles = {"reviewers": frozenset({Role.NURSE_REVIEWER})}
    team = Team(provider=Provider(SignOnSettings(real.issuer, CLIENT, SECRET, "Hospital account", roles=roles)))
    assert "Hospital account" in team.see("/sign-in").text
    away = team.see("/sign-on", follow_redirects=False).headers["location"]
    with httpx.Client(trust_env=False) as browser:
        back = urlsplit(browser.get(away).headers["location"])
    assert back.path == "/sign-on/back"
    told = dict(parse_qsl(back.query))
    assert "Nora Quist" in team.see("/sign-on/back", params=told).text
    again = team.see("/sign-on/back", params=told)
    assert again.status_code == 401
    proving = team.see("/sign-on?about=C-1&to=/work/C-1/decision", follow_redirects=False).headers["location"]
    assert "max_age=0" in proving
    with httpx.Client(trust_env=False) as browser:
        back = urlsplit(browser.get(proving).headers["location"])
    done = team.see("/sign-on/back", params=dict(parse_qsl(back.query)), follow_redirects=False)
    assert done.headers["location"] == "/work/C-1/decision"
    team.site.provider.close()
    team.client.close()
    team.site.store.close()
    real.close()


def test_whoever_signs_in_comes_back_to_the_page_that_they_asked_for(team):
    fresh = team.another()
    assert fresh.see("/work?states=denied", follow_redirects=False).headers["location"] == "/sign-in"
    done = fresh.send("/sign-in", {"login": "nora", "password": PASSWORD}, follow=False)
    assert done.headers["location"] == "/work?states=denied"
    again = fresh.send("/sign-in", {"login": "nora", "password": PASSWORD}, follow=False)
    assert again.headers["location"] == "/"


@pytest.mark.parametrize("told", ["//evil.example", "https://evil.example", "/\\evil.example", "/sign-in", "x", "/a\n"])
def test_nobody_is_led_elsewhere(told):
    assert forms.own_path(told) == ""


def test_one_address_tries_to_sign_in_so_often_in_a_minute():
    team = Team(sign_in_rate=3)
    for _ in range(3):
        assert team.send("/sign-in", {"login": "nobody", "password": "x"}).status_code == 401
    refused = team.send("/sign-in", {"login": "somebody", "password": "x"})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert team.see("/sign-in").status_code == 200
    team.client.close()
    team.site.store.close()


def test_the_audit_log_names_people_where_it_holds_ids_alone(team):
    team.sign_in("boss")
    page = team.see("/audit").text
    assert f'title="{team.boss.id}">Boss</a>' in page
    assert "account of Nora" in page
    assert "Nora" not in str([one.detail for one in audit.events(team.site.store, manage.CONSOLE, now=now())])


def test_an_administrator_links_single_sign_on_to_an_account_and_takes_it_away():
    provider = Provider(SignOnSettings("https://id.example", CLIENT, SECRET, "Hospital account"))
    team = Team(provider=provider)
    team.add("boss", Role.ADMINISTRATOR)
    nora = team.add("nora", Role.NURSE_REVIEWER)
    team.sign_in("boss")
    at = f"/accounts/{nora.id}"
    page = team.send(f"{at}/link", {"subject": "u-77", "version": "1"}, at=at).text
    assert "u-77" in page
    assert "Take the link away" in page
    refused = team.send(f"{at}/link", {"subject": "u-77", "version": "2"}, at=at)
    assert (refused.status_code, "has an account already" in refused.text) == (422, True)
    gone = team.send(f"{at}/unlink", {"issuer": "https://id.example", "subject": "u-77", "version": "2"}, at=at)
    assert "not linked" in gone.text
    provider.close()
    team.client.close()
    team.site.store.close()


def test_hashes_are_those_of_the_tests():
    assert passwords._HASHER.memory_cost == 64


def test_whoever_asks_is_looked_up_beside_the_loop_that_serves_everybody(team, monkeypatch):
    team.sign_in("nora")
    threads = set()

    def looked_up(*given, **more):
        threads.add(threading.current_thread().name)
        return session_of(*given, **more)

    session_of = signed_in.session_of
    monkeypatch.setattr(signed_in, "session_of", looked_up)
    for path in ("/", "/me"):
        assert team.see(path).status_code == 200
    assert threads
    assert all(name.startswith("AnyIO worker") for name in threads)
