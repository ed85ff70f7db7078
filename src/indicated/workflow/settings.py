"""What whoever runs the review application can set, by environment: read once at start, all problems at once.

A secret may also stand in a file: `INDICATED_KEYS_FILE` names the file in place of `INDICATED_KEYS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec import Struct

from indicated.model.errors import BadInput
from indicated.model.law import Plan
from indicated.workflow.accounts.values import Lasting
from indicated.workflow.review.keeping import Keeping
from indicated.workflow.review.people import Role

_BEGINS = "INDICATED_"
_LONGEST_KEPT = 100
_ADDRESS = re.compile(r"https://[^\s/?#]+(/[^\s?#]*)?|http://(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(/[^\s?#]*)?")
ELSEWHERE = frozenset({"INDICATED_CONTENT", "INDICATED_DEBUG", "INDICATED_DRAFT"})
"""What the environment sets for other parts of the program."""


class BadSettings(BadInput):
    """Settings that cannot be; the line names every one of them."""

    code = "bad-settings"


class SignOnSettings(Struct, frozen=True):
    """Single sign-on: the provider's issuer (empty: none), this program's id and secret there, what the button says,
    the claim that names groups, and the roles of each group (none: accounts are linked by administrators).
    """

    issuer: str = ""
    client: str = ""
    secret: str = ""
    label: str = "Single sign-on"
    groups: str = "groups"
    roles: dict[str, frozenset[Role]] = {}


class Settings(Struct, frozen=True):
    """All of them. `public` is the address that browsers use, without a slash at its end."""

    store: str = "sqlite:///indicated.db"
    keys: str = ""
    public: str = "http://127.0.0.1:8000"
    sessions: Lasting = Lasting()
    sign_on: SignOnSettings = SignOnSettings()
    rate: int = 300
    sign_in_rate: int = 20
    body: int = 60_000_000
    metrics_token: str = ""
    proxies: frozenset[str] = frozenset()
    keeping: Keeping = Keeping()


class Setting(Struct, frozen=True):
    """One setting: its name in the environment, how its text is read, its default, and whether it is a secret."""

    name: str
    read: Callable[[str], Any]
    default: str
    secret: bool = False


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings of an environment. BadSettings, with every problem in one line, when one cannot be."""
    problems = _unknown(environment)
    found: dict[str, Any] = {}
    for setting in SETTINGS:
        try:
            text = _text(setting, environment)
            found[setting.name] = setting.read(setting.default if text is None else text)
        except (ValueError, OSError) as error:
            reason = "its file cannot be read" if isinstance(error, OSError) else str(error)
            problems.append(f"{setting.name}: {reason}")
    if not problems:
        problems += _together(found)
    if problems:
        raise BadSettings(f"{'; '.join(problems)} (docs/reference/settings.md lists all settings)")
    return _settings(found)


def _settings(found: dict[str, Any]) -> Settings:
    return Settings(
        store=found["INDICATED_STORE"],
        keys=found["INDICATED_KEYS"],
        public=found["INDICATED_PUBLIC_URL"],
        sessions=Lasting(
            idle=timedelta(minutes=found["INDICATED_SESSION_IDLE_MINUTES"]),
            whole=timedelta(hours=found["INDICATED_SESSION_HOURS"]),
        ),
        sign_on=SignOnSettings(
            issuer=found["INDICATED_OIDC_ISSUER"],
            client=found["INDICATED_OIDC_CLIENT"],
            secret=found["INDICATED_OIDC_SECRET"],
            label=found["INDICATED_OIDC_LABEL"],
            groups=found["INDICATED_OIDC_GROUPS_CLAIM"],
            roles=found["INDICATED_OIDC_ROLES"],
        ),
        rate=found["INDICATED_RATE"],
        sign_in_rate=found["INDICATED_SIGN_IN_RATE"],
        body=found["INDICATED_BODY_MB"] * 1_000_000,
        metrics_token=found["INDICATED_METRICS_TOKEN"],
        proxies=frozenset(found["INDICATED_PROXIES"].split()),
        keeping=found["INDICATED_KEEP_YEARS"],
    )


def _text(setting: Setting, environment: Mapping[str, str]) -> str | None:
    given = environment.get(setting.name)
    file = environment.get(f"{setting.name}_FILE") if setting.secret else None
    if given is not None and file is not None:
        raise ValueError(f"is set twice, also by {setting.name}_FILE")
    return Path(file).read_text("utf-8").strip() if file is not None else given


def _unknown(environment: Mapping[str, str]) -> list[str]:
    known = {one.name for one in SETTINGS} | {f"{one.name}_FILE" for one in SETTINGS if one.secret} | ELSEWHERE
    problems = []
    for name in sorted(environment):
        if name.startswith(_BEGINS) and name not in known:
            near = get_close_matches(name, known, n=1)
            problems.append(f"{name}: there is no such setting{f'; did you mean {near[0]}?' if near else ''}")
    return problems


def _together(found: dict[str, Any]) -> list[str]:
    if found["INDICATED_OIDC_ISSUER"] and not found["INDICATED_OIDC_CLIENT"]:
        return ["INDICATED_OIDC_CLIENT: is needed with INDICATED_OIDC_ISSUER"]
    return []


def _any(text: str) -> str:
    return text.strip()


def _keys(text: str) -> str:
    from indicated.store.errors import BadKey
    from indicated.store.vault import Vault

    try:
        Vault(text)
    except BadKey as error:
        raise ValueError(str(error)) from None
    return text


def _address(text: str) -> str:
    return _issuer(text).rstrip("/")


def _issuer(text: str) -> str:
    """An address to the letter: an issuer with a slash at its end is another than one without."""
    found = text.strip()
    if found and not _ADDRESS.fullmatch(found):
        raise ValueError("is not an address; write https://HOST (http only for this machine itself)")
    return found


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,6}", text.strip()) or not least <= int(text) <= most:
            raise ValueError(f"is not a whole number from {least} to {most}")
        return int(text)

    return read


def _roles(text: str) -> dict[str, frozenset[Role]]:
    found: dict[str, frozenset[Role]] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        group, _, names = part.partition("=")
        try:
            found[group.strip()] = frozenset(Role(name.strip()) for name in names.split("+"))
        except ValueError:
            every = ", ".join(role.value for role in Role)
            raise ValueError(f"{part[:60]!r} is not GROUP=ROLE or GROUP=ROLE+ROLE; roles: {every}") from None
    return found


def _keeping(text: str) -> Keeping:
    years = _whole(0, _LONGEST_KEPT)
    first, *others = (one.strip() for one in text.split(","))
    plans = {}
    for part in others:
        name, _, told = (one.strip() for one in part.partition("="))
        try:
            plans[Plan(name)] = years(told)
        except ValueError:
            every = ", ".join(plan.value for plan in Plan)
            raise ValueError(f"{part[:60]!r} is not PLAN=YEARS; plans: {every}") from None
    return Keeping(years(first), plans)


SETTINGS: tuple[Setting, ...] = (
    Setting("INDICATED_STORE", _any, "sqlite:///indicated.db", secret=True),
    Setting("INDICATED_KEYS", _keys, "", secret=True),
    Setting("INDICATED_PUBLIC_URL", _address, "http://127.0.0.1:8000"),
    Setting("INDICATED_SESSION_IDLE_MINUTES", _whole(1, 1440), "30"),
    Setting("INDICATED_SESSION_HOURS", _whole(1, 24), "12"),
    Setting("INDICATED_OIDC_ISSUER", _issuer, ""),
    Setting("INDICATED_OIDC_CLIENT", _any, ""),
    Setting("INDICATED_OIDC_SECRET", _any, "", secret=True),
    Setting("INDICATED_OIDC_LABEL", _any, "Single sign-on"),
    Setting("INDICATED_OIDC_GROUPS_CLAIM", _any, "groups"),
    Setting("INDICATED_OIDC_ROLES", _roles, ""),
    Setting("INDICATED_RATE", _whole(1, 100_000), "300"),
    Setting("INDICATED_SIGN_IN_RATE", _whole(1, 10_000), "20"),
    Setting("INDICATED_BODY_MB", _whole(1, 500), "60"),
    Setting("INDICATED_METRICS_TOKEN", _any, "", secret=True),
    Setting("INDICATED_PROXIES", _any, ""),
    Setting("INDICATED_KEEP_YEARS", _keeping, "0"),
)
"""Every setting; docs/reference/settings.md says what each does, and is held against this by a test."""
