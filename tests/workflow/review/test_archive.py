"""A case leaves as one file, is checked and replayed without its store, and comes into another for reading."""

from __future__ import annotations

import io
import zipfile

import pytest

from indicated.store.base import open_store
from indicated.workflow.review import archive, audit, cases, record, retention, work
from indicated.workflow.review.errors import BadArchive, Erased, NotNow, Refused
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import Add, Claim
from indicated.workflow.review.zips import packed, unpacked
from tests.workflow.review.conftest import ADMIN, AUDITOR, CLINIC, DOCTOR, KEY, NOW, NURSE, document
from tests.workflow.review.test_decide import deny
from tests.workflow.review.test_work import triaged


def denied(store):
    file = triaged(store)
    add = Add(Claim(concept="lab.igg", value="350 mg/dL"), "portal")
    file = record.amend(store, NURSE, file.head.id, file.head.version, corrections=(add,), now=NOW).case
    file = work.receive_information(
        store, CLINIC, file.head.id, file.head.version, documents=(document("EMG: myopathic.", "emg.txt"),), now=NOW
    )
    return deny(store, DOCTOR, file)


def rewritten(whole, change):
    """An archive whose list of hashes fits again after a change."""
    files, _ = unpacked("case", whole)
    change(files)
    return packed("case", "0", files)


def test_a_case_leaves_and_comes_back_whole(store, tmp_path):
    file = denied(store)
    whole = archive.export(store, AUDITOR, file.head.id, now=NOW)
    assert archive.export(store, NURSE, file.head.id, now=NOW) == whole
    found = archive.check(whole)
    assert (found.case, found.problems, found.replayed) == (file.head.id, (), (1, 2, 3))
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}", keys=KEY)
    assert archive.bring_in(other, ADMIN, whole, now=NOW) == file.head.id
    there = cases.case(other, NURSE, file.head.id, now=NOW)
    assert (there.head.state, there.head.imported, there.history) == (CaseState.DENIED, True, file.history)
    assert there.determination == file.determination
    assert audit.verify(other).problems == ()
    with pytest.raises(NotNow, match="for reading"):
        work.note(other, NURSE, file.head.id, text="x", now=NOW)
    with pytest.raises(BadArchive, match="already"):
        archive.bring_in(other, ADMIN, whole, now=NOW)
    retention.erase(other, ADMIN, file.head.id, reason="asked_for", now=NOW)
    with pytest.raises(Erased):
        archive.export(other, NURSE, file.head.id, now=NOW)
    assert audit.verify(other).problems == ()
    other.close()


CHANGES = {
    "a word of a document": lambda files: files.update(
        {"documents/0001.json": files["documents/0001.json"].replace(b"42 kg", b"52 kg")}
    ),
    "an answer": lambda files: files.update({"determinations/2.json": files["determinations/1.json"]}),
    "an entry is gone": lambda files: files.pop("history/0003.json"),
    "a reason": lambda files: files.update(
        {
            name: body.replace(b"A first line was not tried.", b"Because we say so.")
            for name, body in files.items()
            if name.startswith("history/")
        }
    ),
    "who signed": lambda files: files.update({"decisions.json": files["decisions.json"].replace(b"dora", b"omar")}),
    "an event": lambda files: files.update({"events.json": files["events.json"].replace(b"nora", b"omar", 1)}),
    "the log is cut": lambda files: files.update({"events.json": b"[]"}),
    "a release": lambda files: files.update(
        {name: body[:-9] for name, body in files.items() if name.startswith("releases/")}
    ),
}


@pytest.mark.parametrize("how", CHANGES, ids=[one.replace(" ", "-") for one in CHANGES])
def test_any_change_of_an_archive_is_found(lite, how):
    whole = archive.export(lite, NURSE, denied(lite).head.id, now=NOW)
    changed = rewritten(whole, CHANGES[how])
    assert archive.check(changed).problems
    with pytest.raises(BadArchive, match="was changed"):
        archive.bring_in(lite, ADMIN, changed, now=NOW)


@pytest.mark.parametrize("name", ["decisions.json", "determinations.json"])
def test_no_archive_brings_a_row_into_another_case(lite, tmp_path, name):
    """A decision is for good and its case has one of each level: one that came in from outside would be in its way."""
    file = denied(lite)
    whole = archive.export(lite, NURSE, file.head.id, now=NOW)
    other = triaged(lite).head.id.encode()
    own = file.head.id.encode()
    foreign = rewritten(whole, lambda files: files.update({name: files[name].replace(own, other, 1)}))
    assert foreign != whole
    elsewhere = open_store(f"sqlite:///{tmp_path / 'other.db'}", keys=KEY)
    with pytest.raises(BadArchive, match="not what it should be"):
        archive.check(foreign)
    with pytest.raises(BadArchive):
        archive.bring_in(elsewhere, ADMIN, foreign, now=NOW)
    assert archive.bring_in(elsewhere, ADMIN, whole, now=NOW) == file.head.id
    elsewhere.close()


def test_a_file_that_was_changed_added_or_lost_is_named(lite):
    whole = archive.export(lite, NURSE, denied(lite).head.id, now=NOW)
    files, _ = unpacked("case", whole)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        new.writestr("archive.json", old.read("archive.json"))
        for name in files:
            if name != "history/0002.json":
                new.writestr(name, files[name] + (b" " if name == "case.json" else b""))
        new.writestr("extra.txt", "x")
    problems = archive.check(out.getvalue()).problems
    assert problems[:3] == ("history/0002.json is missing", "extra.txt was added", "case.json was changed")


@pytest.mark.parametrize("nonsense", [b"", b"PK", b"x" * 100, packed("other", "0", {}), packed("case", "0", {})])
def test_what_is_no_archive_is_refused_in_one_line(nonsense):
    with pytest.raises(BadArchive):
        archive.check(nonsense)


def test_cases_are_brought_in_by_an_administrator(lite):
    whole = archive.export(lite, NURSE, triaged(lite).head.id, now=NOW)
    with pytest.raises(Refused):
        archive.bring_in(lite, NURSE, whole, now=NOW)
    with pytest.raises(Refused):
        archive.export(lite, CLINIC, archive.check(whole).case, now=NOW)
