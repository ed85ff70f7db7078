"""Work in shares gives what it gives in one, whatever becomes of the copies that do it."""

from __future__ import annotations

import os
import threading

import pytest

from indicated.content import golden, shares
from indicated.content.golden import run_all
from indicated.content.load import load
from tests.content.folder import folder, release_of

CASES = "policies/plan/drug/cases/more.yaml"
MORE = """
- case: number {}
  says: nothing new
  on: 2026-11-20
  request: {{treatment: tx.new, indications: [dx.rare]}}
  facts: [dx.rare]
  expect: {{policy: met}}
"""


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Copies are made only where no other thread runs; those of the test runner have nothing to do with it."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def test_shares_come_back_in_order_each_from_a_process_of_its_own():
    done = shares.in_shares(lambda share: [share, os.getpid()], 3, list[int])
    assert [share for share, _ in done] == [0, 1, 2]
    assert len({pid for _, pid in done}) == 3
    assert done[0][1] == os.getpid()


def test_what_fails_in_a_copy_is_done_here_and_fails_as_it_would_have(capfd):
    here = os.getpid()
    done = shares.in_shares(lambda share: share if share == 0 or os.getpid() == here else 1 // 0, 2, int)
    assert done == [0, 1]
    with pytest.raises(ZeroDivisionError):
        shares.in_shares(lambda share: 0 if share == 0 else 1 // 0, 2, int)
    assert capfd.readouterr().err == ""


def test_nothing_is_copied_beside_other_threads(monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert shares.in_shares(lambda _: os.getpid(), 3, int) == [os.getpid()] * 3


def test_there_is_a_core():
    assert shares.cores() >= 1


def test_golden_cases_say_the_same_in_any_number_of_shares(tmp_path, monkeypatch):
    monkeypatch.setattr(golden, "_WORTH_A_COPY", 2)
    loaded = load(folder(tmp_path, {CASES: "".join(map(MORE.format, range(9)))}))
    assert loaded.problems == ()
    known = release_of(loaded).knowledge
    whole = run_all(loaded, known)
    assert whole.shown
    assert len(whole.problems) == 9
    assert run_all(loaded, known, shares=4) == whole
