"""`indicated store`, `audit`, `backup`, `restore`, `case`, as whoever runs the review uses them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from indicated.cli import main
from indicated.store.base import open_store
from tests.workflow.review.conftest import KEY, NOW
from tests.workflow.review.test_archive import denied
from tests.workflow.review.test_audit import tamper


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INDICATED_KEYS", KEY)
    monkeypatch.setenv("INDICATED_STORE", f"sqlite:///{tmp_path / 'review.db'}")
    monkeypatch.delenv("INDICATED_KEYS_FILE", raising=False)

    def command(*words):
        status = main(list(words))
        told = capsys.readouterr()
        return status, told.out + told.err

    return command


@pytest.fixture
def case_id(run, tmp_path):
    assert run("store", "upgrade")[0] == 0
    store = open_store(f"sqlite:///{tmp_path / 'review.db'}", keys=KEY)
    file = denied(store)
    store.close()
    return file.head.id


def test_a_store_is_made_private_and_says_whether_it_is_sealed(run, tmp_path, monkeypatch):
    assert "kept plain" not in run("store", "upgrade")[1]
    assert (tmp_path / "review.db").stat().st_mode & 0o077 == 0
    monkeypatch.delenv("INDICATED_KEYS")
    assert "kept plain" in run("store", "upgrade")[1]


def test_a_new_key_seals_and_may_stand_in_a_file(run, tmp_path, monkeypatch):
    (tmp_path / "key").write_text(run("store", "new-key")[1])
    monkeypatch.delenv("INDICATED_KEYS")
    monkeypatch.setenv("INDICATED_KEYS_FILE", str(tmp_path / "key"))
    assert "kept plain" not in run("store", "upgrade")[1]
    monkeypatch.setenv("INDICATED_KEYS", "short")
    monkeypatch.delenv("INDICATED_KEYS_FILE")
    assert run("store", "upgrade")[0] == 2


def test_a_change_of_the_store_is_found_and_is_status_3(run, case_id, tmp_path):
    status, told = run("audit", "verify")
    assert (status, told.split(";")[0]) == (0, "5 events, 0 problems")
    end = told.split()[-1]
    assert run("audit", "verify", "--expect", end)[0] == 0
    store = open_store(f"sqlite:///{tmp_path / 'review.db'}", keys=KEY)
    tamper(store, "UPDATE cases SET plan = 'chip'")
    store.close()
    status, told = run("audit", "verify")
    assert status == 3
    assert f"case {case_id} is not as the log has it" in told


def test_a_store_and_a_case_move_by_file(run, case_id, tmp_path):
    assert run("backup", "--out", "b.zip") == (0, "wrote b.zip: 1 cases, 5 events\n")
    other = f"sqlite:///{tmp_path / 'other.db'}"
    assert run("restore", "b.zip", "--url", other) == (0, "restored 1 cases; 5 events, 0 problems\n")
    assert run("restore", "b.zip", "--url", other)[0] == 2
    assert run("case", "export", case_id, "--out", "c.zip")[0] == 0
    assert run("case", "check", "c.zip") == (
        0,
        f"{case_id}: 0 problems; determinations made again to the byte: 1, 2, 3\n",
    )
    third = f"sqlite:///{tmp_path / 'third.db'}"
    assert run("case", "import", "c.zip", "--url", third)[0] == 0
    assert run("case", "import", "c.zip", "--url", third)[0] == 2


@pytest.mark.parametrize(
    "words", [("audit", "verify"), ("backup", "--out", "b.zip"), ("case", "export", "C-1", "--out", "c.zip")]
)
def test_a_slip_in_the_address_is_no_empty_store_in_which_nothing_is_wrong(run, tmp_path, words):
    status, told = run(*words, "--url", f"sqlite:///{tmp_path / 'slip.db'}")
    assert (status, told.count("\n")) == (2, 1)
    assert "there is no store at" in told
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_a_command_is_refused_in_one_line(run):
    status, told = run("case")
    assert (status, told.split(";")[1]) == (2, " use one of export, check, import")
    status, told = run("audit", "verify", "--url", "nonsense")
    assert status == 2
    assert told.count("\n") == 1


def test_a_backup_that_is_not_there_is_said(run, tmp_path):
    status, told = run("restore", "no.zip", "--url", f"sqlite:///{tmp_path / 'other.db'}")
    assert (status, "there is no file no.zip" in told) == (2, True)


def test_what_is_due_is_shown_and_goes_once_its_number_is_said(run, case_id, monkeypatch):
    assert run("retention", "show")[1].startswith("rule: for good (INDICATED_KEEP_YEARS)\n")
    monkeypatch.setenv("INDICATED_KEEP_YEARS", "1")
    assert run("retention", "due") == (0, "0 due under: 1 year after the last entry\n")
    monkeypatch.setattr("indicated.cli.retention.now", lambda: NOW + timedelta(days=800))
    status, told = run("retention", "due")
    assert told.startswith(f"{case_id}  denied  ")
    status, told = run("retention", "erase")
    assert (status, "nothing was erased" in told) == (2, True)
    assert run("retention", "erase", "--yes", "2")[0] == 2
    assert run("retention", "hold", case_id, "--reason", "inquiry")[0] == 0
    assert f"on hold: {case_id}" in run("retention", "show")[1]
    assert run("retention", "erase-case", case_id, "--reason", "asked_for", "--yes")[0] == 2
    assert run("retention", "let-go", case_id, "--reason", "over")[0] == 0
    assert run("retention", "erase", "--yes", "1")[1] == f"erased {case_id}\n1 erased; their audit stays\n"
    assert run("audit", "verify")[0] == 0


def test_one_case_is_erased_before_its_time_when_it_is_meant(run, case_id):
    assert "nothing was erased" in run("retention", "erase-case", case_id, "--reason", "asked_for")[1]
    assert run("retention", "erase-case", case_id, "--reason", "because", "--yes")[0] == 2
    assert run("retention", "erase-case", case_id, "--reason", "asked_for", "--yes")[0] == 0
    assert run("audit", "verify")[0] == 0
