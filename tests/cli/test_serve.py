"""`indicated serve` refuses in one line what would open the pages to others without a login."""

from __future__ import annotations

import sys

import pytest
import uvicorn

from indicated.cli import BAD_INPUT, main


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_without_accounts_no_other_machine_is_served(host, capsys):
    assert main(["serve", "--demo", "--host", host]) == BAD_INPUT
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "this machine only" in said


def test_a_store_that_is_none_is_refused(capsys):
    assert main(["serve", "--url", "mysql://x"]) == BAD_INPUT
    assert "sqlite:///FILE" in capsys.readouterr().err


def test_threads_take_short_turns_and_connections_outlive_those_of_proxies(monkeypatch, tmp_path):
    served = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda server: served.append(server.config))
    monkeypatch.setattr(sys, "setswitchinterval", served.append)
    assert main(["serve", "--url", f"sqlite:///{tmp_path}/x.db"]) == 0
    turn, config = served
    assert turn < 0.005
    assert config.timeout_keep_alive > 60
