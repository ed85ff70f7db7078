"""Dockerfile and compose file: what they copy and name is there. Read here, not run; `test_wheel` builds from it."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from indicated.cli.arguments import parse
from indicated.workflow.settings import ELSEWHERE, SETTINGS

ROOT = Path(__file__).parents[1]
DOCKER = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def test_everything_that_is_copied_is_there():
    copied = [line.split()[1:-1] for line in DOCKER.splitlines() if line.startswith("COPY ") and "--from" not in line]
    paths = [path for line in copied for path in line]
    assert {"src", "content", "pyproject.toml"} <= set(paths)
    assert not [path for path in paths if not (ROOT / path).exists()]


def test_what_is_installed_is_locked_by_hash():
    assert "uv export --quiet --frozen" in DOCKER
    assert "--require-hashes" in DOCKER
    assert "uv.lock" in DOCKER


def test_what_is_written_to_data_outlives_the_container():
    assert re.search(r"^VOLUME /data$", DOCKER, re.MULTILINE)
    for name in ("upgrade", "review"):
        assert COMPOSE["services"][name]["volumes"] == ["data:/data"]
    assert {"store", "data"} == COMPOSE["volumes"].keys()


def test_no_secret_gets_into_the_image_or_the_repository():
    for file in (".dockerignore", ".gitignore"):
        kept_out = {line.strip("/") for line in (ROOT / file).read_text("utf-8").splitlines()}
        assert {"secrets", ".env", "backups"} <= kept_out


def test_the_image_runs_without_rights_and_says_whether_it_is_well():
    assert re.search(r"^USER indicated$", DOCKER, re.MULTILINE)
    assert DOCKER.index("USER indicated") < DOCKER.index("ENTRYPOINT")
    assert "HEALTHCHECK" in DOCKER
    assert "/readyz" in DOCKER


def test_the_command_of_the_image_and_of_each_service_is_one():
    default = re.search(r"^CMD (\[.*\])$", DOCKER, re.MULTILINE).group(1)
    for command in (yaml.safe_load(default), COMPOSE["services"]["upgrade"]["command"]):
        assert parse(command).command == command[0]


def test_services_cannot_write_and_have_no_rights_to_gain():
    for name in ("upgrade", "review"):
        service = COMPOSE["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_every_setting_that_is_named_is_one_and_every_secret_is_given():
    known = {one.name for one in SETTINGS} | ELSEWHERE | {f"{one.name}_FILE" for one in SETTINGS if one.secret}
    named = set(re.findall(r"INDICATED_\w+", DOCKER + (ROOT / "compose.yaml").read_text("utf-8")))
    assert named <= known
    for service in COMPOSE["services"].values():
        assert set(service["secrets"]) <= COMPOSE["secrets"].keys()
        files = [value for value in service.get("environment", {}).values() if str(value).startswith("/run/secrets/")]
        assert {Path(value).name for value in files} <= set(service["secrets"])
