"""Settings come from the environment, are checked all at once, and stand on their page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from indicated.model.law import Plan
from indicated.workflow.review.people import Role
from indicated.workflow.settings import ELSEWHERE, SETTINGS, BadSettings, Settings, from_environment
from tests.explain.world import ROOT

PAGE = (ROOT / "docs/reference/settings.md").read_text("utf-8")


def test_nothing_set_is_the_default():
    assert from_environment({"PATH": "/bin"}) == Settings()


def test_what_is_set_is_read():
    found = from_environment(
        {
            "INDICATED_STORE": "postgresql://me@db/x",
            "INDICATED_PUBLIC_URL": "https://review.example/",
            "INDICATED_SESSION_IDLE_MINUTES": "5",
            "INDICATED_OIDC_ISSUER": "https://id.example/",
            "INDICATED_OIDC_CLIENT": "us",
            "INDICATED_OIDC_ROLES": "nurses=nurse_reviewer, doctors=physician_reviewer+auditor",
            "INDICATED_BODY_MB": "2",
        }
    )
    assert found.public == "https://review.example"
    assert found.sessions.idle == timedelta(minutes=5)
    assert found.sign_on.issuer == "https://id.example/"
    assert found.sign_on.roles["doctors"] == {Role.PHYSICIAN_REVIEWER, Role.AUDITOR}
    assert found.body == 2_000_000


def test_every_problem_is_told_at_once():
    with pytest.raises(BadSettings) as caught:
        from_environment(
            {
                "INDICATED_KEYS": "short",
                "INDICATED_PUBLIC_URL": "http://review.example",
                "INDICATED_RATE": "0",
                "INDICATED_OIDC_ROLES": "nurses=nurse",
                "INDICATED_STROE": "x",
            }
        )
    line = str(caught.value)
    names = ("KEYS", "PUBLIC_URL", "RATE", "OIDC_ROLES", "STROE")
    assert not [name for name in names if f"INDICATED_{name}:" not in line]
    assert "did you mean INDICATED_STORE?" in line
    assert "short" not in line


def test_a_provider_needs_a_client():
    with pytest.raises(BadSettings, match="INDICATED_OIDC_CLIENT"):
        from_environment({"INDICATED_OIDC_ISSUER": "https://id.example"})


def test_a_secret_may_stand_in_a_file_and_only_in_one_place(tmp_path):
    file = tmp_path / "secret"
    file.write_text("hush\n", "utf-8")
    assert from_environment({"INDICATED_OIDC_SECRET_FILE": str(file)}).sign_on.secret == "hush"
    with pytest.raises(BadSettings, match="set twice"):
        from_environment({"INDICATED_OIDC_SECRET_FILE": str(file), "INDICATED_OIDC_SECRET": "x"})
    with pytest.raises(BadSettings, match="its file cannot be read"):
        from_environment({"INDICATED_OIDC_SECRET_FILE": str(tmp_path / "none")})


def test_every_setting_stands_on_its_page_with_its_default_and_nothing_else_does():
    rows = {
        name: (default, says)
        for name, default, says in re.findall(r"^\| `(\w+)` \| (.*?) \| (.*) \|$", PAGE, re.MULTILINE)
    }
    assert {name: default.strip("`") for name, (default, _) in rows.items()} == {
        one.name: one.default for one in SETTINGS
    }
    assert {name for name, (_, says) in rows.items() if says.endswith("(secret)")} == {
        one.name for one in SETTINGS if one.secret
    }


def test_what_is_read_from_the_environment_elsewhere_is_known_to_be_no_mistake():
    sources = "\n".join(file.read_text("utf-8") for file in (ROOT / "src/indicated").rglob("*.py"))
    read = set(re.findall(r'environ(?:\.get\(|\[)"(INDICATED_\w+)"', sources))
    assert read <= ELSEWHERE | {one.name for one in SETTINGS}


def test_how_long_contents_are_kept_is_years_and_other_years_for_plans():
    found = from_environment({"INDICATED_KEEP_YEARS": "7, medicare_advantage=11,chip = 3"}).keeping
    assert (found.years, found.plans) == (7, {Plan.MEDICARE_ADVANTAGE: 11, Plan.CHIP: 3})


@pytest.mark.parametrize("told", ["", "seven", "101", "7, medicare=x", "7, gold=3", "medicare=10"])
def test_a_rule_that_is_none_is_refused(told):
    with pytest.raises(BadSettings, match="INDICATED_KEEP_YEARS"):
        from_environment({"INDICATED_KEEP_YEARS": told})
