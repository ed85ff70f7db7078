"""A program that is killed while it writes loses nothing it had acknowledged, and leaves the chain whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from indicated.store.base import open_store
from indicated.store.tables import CaseRow
from indicated.workflow.review import audit
from tests.databases import KINDS, address
from tests.workflow.review.conftest import KEY

ROOT = Path(__file__).parents[2]
TIMES = 100 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 6


@pytest.mark.parametrize("kind", KINDS)
def test_killed_writers_lose_nothing_that_they_had_acknowledged(kind, tmp_path):
    url, drawn = address(kind, tmp_path), random.Random(7)
    open_store(url, keys=KEY, upgrade=True).close()
    told: dict[str, int] = {}
    program = [sys.executable, "-m", "tests.store.writer", url, KEY]
    with subprocess.Popen(program, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout.readline() == "ready\n"
        for _ in range(TIMES):
            killed = _killed(parent, drawn.uniform(0.0, 0.1))
            assert killed
            told |= killed
        parent.stdin.close()
    store = open_store(url, keys=KEY)
    with store.reading() as session:
        kept = {row.id: row.version for row in session.scalars(select(CaseRow))}
    assert [one for one, version in told.items() if kept.get(one, 0) < version] == []
    assert audit.verify(store).problems == ()
    store.close()


def _killed(parent: subprocess.Popen[str], after: float) -> dict[str, int]:
    """What one writer had acknowledged when it was killed, so long after its first word."""
    parent.stdin.write("go\n")
    parent.stdin.flush()
    writer, first = int(parent.stdout.readline()), parent.stdout.readline()
    time.sleep(after)
    os.kill(writer, signal.SIGKILL)
    told: dict[str, int] = {}
    for line in (first, *iter(parent.stdout.readline, "end\n")):
        name, version = line.split()
        told[name] = int(version)
    return told
