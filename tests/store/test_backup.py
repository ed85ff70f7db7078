"""A backup holds every row as it was, and fills an empty store of either database."""

from __future__ import annotations

import zipfile
from itertools import product

import pytest

from indicated.store.backup import back_up, every_table, restore
from indicated.store.base import open_store
from indicated.store.errors import BadBackup, NotEmpty
from indicated.workflow.review import audit, cases, record, retention
from indicated.workflow.review.states import CaseState
from tests.databases import KINDS, address
from tests.workflow.review.conftest import ADMIN, DOCTOR, KEY, NOW, NURSE
from tests.workflow.review.test_decide import approve, deny
from tests.workflow.review.test_work import triaged


def filled(url):
    store = open_store(url, keys=KEY, upgrade=True)
    file = deny(store, DOCTOR, triaged(store))
    other = approve(store, DOCTOR, triaged(store))
    retention.erase(store, ADMIN, other.head.id, reason="asked_for", now=NOW)
    triaged(store)
    return store, file


@pytest.mark.parametrize(("before", "after"), [*product(KINDS, KINDS)])
def test_a_store_comes_back_as_it_was(before, after, tmp_path):
    store, file = filled(address(before, tmp_path))
    head = audit.verify(store).head
    told = back_up(store, tmp_path / "b.zip")
    assert (told.rows["cases"], told.rows["decisions"]) == (3, 2)
    other = open_store(address(after, tmp_path), keys=KEY, upgrade=True)
    assert restore(other, tmp_path / "b.zip") == told
    found = audit.verify(other, expect=head)
    assert (found.problems, found.head) == ((), head)
    there = cases.case(other, NURSE, file.head.id, now=NOW)
    assert there == file
    assert there.head.state is CaseState.DENIED
    assert record.replay(there)
    with pytest.raises(NotEmpty):
        restore(other, tmp_path / "b.zip")
    store.close()
    other.close()


def test_every_table_is_in_a_backup(tmp_path):
    store = open_store(address("sqlite", tmp_path))
    told = back_up(store, tmp_path / "b.zip")
    assert set(told.rows) == {one.name for one in every_table(store)}
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
    store.close()


def rewritten(path, change):
    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w") as new:
        for name, body in files.items():
            new.writestr(name, body)


CHANGES = {
    "a row": lambda files: files.update({"cases.jsonl": files["cases.jsonl"].replace(b"clea", b"cleo")}),
    "a row less": lambda files: files.update({"audit_events.jsonl": files["audit_events.jsonl"].split(b"\n", 1)[1]}),
    "nonsense": lambda files: files.update({"cases.jsonl": b"{}\n"}),
    "a table less": lambda files: files.pop("decisions.jsonl"),
    "no list": lambda files: files.pop("backup.json"),
    "another version": lambda files: files.update(
        {"backup.json": files["backup.json"].replace(b'"version": "', b'"version": "9')}
    ),
}


@pytest.mark.parametrize("how", CHANGES, ids=[one.replace(" ", "-") for one in CHANGES])
def test_a_backup_that_was_changed_is_refused_and_nothing_is_kept(how, tmp_path):
    store, _ = filled(address("sqlite", tmp_path))
    back_up(store, tmp_path / "b.zip")
    rewritten(tmp_path / "b.zip", CHANGES[how])
    other = open_store(address("sqlite", tmp_path), keys=KEY)
    with pytest.raises(BadBackup):
        restore(other, tmp_path / "b.zip")
    assert cases.queue(other, NURSE, now=NOW).total == 0
    store.close()
    other.close()


def test_what_is_no_backup_is_refused(tmp_path):
    (tmp_path / "x").write_text("x")
    store = open_store("sqlite://")
    for name in ("x", "nothing"):
        with pytest.raises(BadBackup):
            restore(store, tmp_path / name)
    store.close()
