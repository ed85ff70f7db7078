"""`indicated serve` refuses in one line what would open the pages to others without a login."""

from __future__ import annotations

import gc
import signal
import socket
import subprocess
import sys

import httpx
import pytest
import uvicorn

from indicated.cli import BAD_INPUT, main
from indicated.store.base import open_store
from tests.workflow.review.conftest import KEY


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
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, **_: served.append(server.config))
    monkeypatch.setattr(sys, "setswitchinterval", served.append)
    assert main(["serve", "--port", "0", "--url", f"sqlite:///{tmp_path}/x.db"]) == 0
    turn, config = served
    assert turn < 0.005
    assert config.timeout_keep_alive > 60


def test_a_server_collects_what_requests_leave_behind(monkeypatch, tmp_path):
    collects = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: collects.append(gc.isenabled()))
    monkeypatch.setattr(sys, "setswitchinterval", lambda _: None)
    was = gc.isenabled()
    gc.disable()  # as the process of the command line does
    try:
        assert main(["serve", "--port", "0", "--url", f"sqlite:///{tmp_path}/x.db"]) == 0
    finally:
        (gc.enable if was else gc.disable)()
    assert collects == [True]


def test_keys_and_store_may_stand_in_files_as_for_every_command(monkeypatch, tmp_path, capsys):
    (tmp_path / "keys").write_text(KEY)
    (tmp_path / "store").write_text(f"sqlite:///{tmp_path}/sealed.db")
    monkeypatch.setenv("INDICATED_KEYS_FILE", str(tmp_path / "keys"))
    monkeypatch.setenv("INDICATED_STORE_FILE", str(tmp_path / "store"))
    monkeypatch.setattr(uvicorn.Server, "run", lambda _, **__: None)
    assert main(["serve", "--port", "0"]) == 0
    assert "not sealed" not in capsys.readouterr().err
    store = open_store(f"sqlite:///{tmp_path}/sealed.db", keys=KEY, new=False)
    assert store.vault.locks
    store.close()


def test_a_port_that_is_in_use_is_refused_before_an_address_is_shown(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--url", "sqlite://", "--port", str(port)]) == BAD_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    assert f"port {port} of 127.0.0.1 cannot be had" in said.err


def test_a_port_that_is_none_is_refused(capsys):
    assert main(["serve", "--url", "sqlite://", "--port", "99999"]) == BAD_INPUT
    assert "port 99999 of 127.0.0.1 cannot be had" in capsys.readouterr().err


def test_it_warns_without_a_key_and_ends_cleanly(tmp_path):
    asked = [sys.executable, "-m", "indicated", "serve", "--port", "0", "--url", f"sqlite:///{tmp_path / 'a.db'}"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        address = served.stdout.readline().partition(" ")[0]
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(f"{address}static/NOTICE.txt", timeout=60).status_code == httpx.codes.OK
        served.send_signal(signal.SIGINT)
        _, said = served.communicate(timeout=60)
    assert said == "indicated: no INDICATED_KEYS: what is kept is not sealed (docs/reference/settings.md)\n"
    assert served.returncode in (0, 130)
