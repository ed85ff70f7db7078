"""The page of tokens of programs: made and shown once, good for the API, revoked at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from indicated.workflow.accounts import programs
from indicated.workflow.accounts.manage import CONSOLE
from indicated.workflow.accounts.values import Scope
from indicated.workflow.assess import now
from indicated.workflow.review.people import Role
from tests.web.test_accounts import Team
from tests.workflow.accounts.conftest import quick_hashes

assert quick_hashes
SECRET = re.compile(r">(ind_[\w-]{43})<")


@pytest.fixture
def team():
    made = Team()
    made.nora = made.add("nora", Role.NURSE_REVIEWER)
    made.omar = made.add("omar", Role.NURSE_REVIEWER)
    made.sign_in("nora")
    yield made
    made.client.close()
    made.site.store.close()


def make(team, **fields):
    given = {"name": "record system", "scope": ["read", "work"], "days": "30"} | fields
    return team.send("/me/tokens", given, at="/me/tokens")


def bearer(team, secret, at=None):
    return programs.bearer(team.site.store, secret, now=at or now())


def test_a_token_is_shown_once_and_is_good_for_what_was_ticked(team):
    secret = SECRET.search(make(team).text).group(1)
    person, token = bearer(team, secret)
    assert (person.id, token.scopes, token.name) == (team.nora.id, {Scope.READ, Scope.WORK}, "record system")
    assert bearer(team, secret, now() + timedelta(days=31)) is None
    page = team.see("/me/tokens").text
    assert "record system" in page
    assert secret not in page
    assert secret[:10] in page


def test_a_revoked_token_opens_nothing_and_the_page_says_so(team):
    secret = SECRET.search(make(team).text).group(1)
    action = re.search(r'action="(/me/tokens/[\w-]+/revoke)"', team.see("/me/tokens").text).group(1)
    page = team.send(action, at="/me/tokens").text
    assert bearer(team, secret) is None
    assert "<td>revoked</td>" in page
    assert action not in page


def test_what_was_typed_is_there_again_after_a_refusal(team):
    refused = make(team, scope=[])
    assert refused.status_code == 422
    assert "at least one scope" in refused.text
    assert 'value="record system"' in refused.text
    assert '<option value="30" selected>' in refused.text
    for days in ("0", "367", "99999999999999999999", "x"):
        assert make(team, days=days).status_code == 422
    assert "ind_" not in team.see("/me/tokens").text


def test_nobody_sees_or_revokes_the_tokens_of_somebody_else(team):
    theirs, secret = programs.make(
        team.site.store, CONSOLE, account_id=team.omar.id, name="of Omar", scopes=[Scope.READ],
        lasts=timedelta(days=1), now=now(),
    )  # fmt: skip
    assert "of Omar" not in team.see("/me/tokens").text
    assert team.send(f"/me/tokens/{theirs.id}/revoke", at="/me/tokens").status_code == 422
    assert bearer(team, secret) is not None


def test_a_form_without_its_mark_makes_and_revokes_nothing(team):
    assert team.client.post("/me/tokens", data={"name": "x", "scope": "read", "days": "30"}).status_code == 403
    assert team.client.post("/me/tokens/token-0/revoke").status_code == 403
    assert "You have no tokens" in team.see("/me/tokens").text


def test_whoever_is_not_signed_in_is_asked_to_sign_in(team):
    team.send("/sign-out", at="/me")
    assert team.see("/me/tokens", follow_redirects=False).headers["location"] == "/sign-in"
