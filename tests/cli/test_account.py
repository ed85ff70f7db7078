"""`indicated account`, as whoever sets the program up uses it."""

from __future__ import annotations

import pytest

from indicated.cli import main
from indicated.store.base import open_store
from indicated.workflow.accounts import own, programs
from indicated.workflow.accounts.sign_in import sign_in
from indicated.workflow.assess import now

PASSWORD = "violet anchor tuesday"
LICENCE = ("--number", "A1", "--state", "NY", "--specialty", "Neurology", "--credentials", "MD")


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'review.db'}"


@pytest.fixture
def account(url, capsys, monkeypatch):
    for name in ("INDICATED_STORE", "INDICATED_KEYS"):
        monkeypatch.delenv(name, raising=False)

    def run(*words):
        status = main(["account", *words, "--url", url])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_the_first_administrator_is_added_here_and_signs_in_with_the_code_it_prints(account, url):
    status, _, refused = account("list")
    assert (status, "there is no store at" in refused) == (2, True)
    open_store(url).close()
    assert account("list")[1].startswith("there are no accounts yet")
    status, told, _ = account("add", "boss", "--name", "B. Oss", "--role", "administrator")
    assert status == 0
    code = told.splitlines()[-1]
    store = open_store(url)
    own.set_password(store, code, PASSWORD, now=now())
    assert sign_in(store, "boss", PASSWORD, now=now()).whole
    store.close()
    assert account("list")[1] == "boss  B. Oss  administrator\n"


def test_a_licence_roles_closing_and_opening_are_seen_in_the_list(account):
    account("add", "doc", "--name", "D. Oc", "--role", "requester")
    account("add", "boss", "--name", "B. Oss", "--role", "administrator")
    told = (
        "--number",
        "A1",
        "--state",
        "NY",
        "--specialty",
        "Neurology",
        "--credentials",
        "MD",
        "--until",
        "2027-01-01",
    )
    assert "licence NY A1" in account("licence", "doc", *told)[1]
    assert "physician_reviewer" in account("roles", "doc", "--role", "physician_reviewer")[1]
    assert "closed" in account("disable", "doc")[1]
    assert "closed" in account("list")[1]
    assert "closed" not in account("enable", "doc")[1]


def test_a_token_is_printed_once_and_works(account, url):
    account("add", "doc", "--name", "D. Oc", "--role", "requester")
    secret = account("token", "doc", "--name", "loader", "--scope", "read", "--scope", "work")[1].splitlines()[0]
    store = open_store(url)
    person, token = programs.bearer(store, secret, now=now())
    store.close()
    assert (person.name, token.name) == ("D. Oc", "loader")


def test_a_reset_prints_a_new_code(account):
    account("add", "doc", "--name", "D. Oc", "--role", "requester")
    assert "one-time code" in account("reset", "doc", "--factor")[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "x1", "--name", "X", "--role", "boss"), "there is no such role; use one of requester"),
        (("reset", "nobody"), "nobody signs in with that name"),
        (("licence", "doc", *LICENCE, "--until", "soon"), "is not a date"),
        (("token", "doc", "--name", "x", "--scope", "read", "--days", "0"), "good for 1 to 366 days"),
        (("token", "doc", "--name", "x", "--scope", "all"), "there is no such scope"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line(account, words, says):
    account("add", "doc", "--name", "D. Oc", "--role", "requester")
    status, told, error = account(*words)
    assert (status, told) == (2, "")
    assert says in error
    assert error.count("\n") == 1


def test_single_sign_on_is_linked_by_its_subject_and_taken_away(account, monkeypatch):
    account("add", "nora", "--name", "Nora", "--role", "nurse_reviewer")
    assert "INDICATED_OIDC_ISSUER" in account("link", "nora", "--subject", "u-77")[2]
    monkeypatch.setenv("INDICATED_OIDC_ISSUER", "https://id.example")
    monkeypatch.setenv("INDICATED_OIDC_CLIENT", "us")
    told = "nora  Nora  nurse_reviewer; signs on as u-77 of https://id.example\n"
    assert account("link", "nora", "--subject", "u-77")[1] == told
    assert account("link", "nora", "--subject", "u-77")[0] == 2
    assert account("unlink", "nora", "--subject", "u-77")[1] == "nora  Nora  nurse_reviewer; no password yet\n"
    assert account("unlink", "nora", "--subject", "u-77")[0] == 2
