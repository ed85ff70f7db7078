"""Programs that write without end and say what was kept; the tests kill them. One parent forks each of them."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta

from indicated.model.text import Document
from indicated.store.base import Store, open_store
from indicated.workflow.review import cases, work
from indicated.workflow.review.people import Person, Role
from indicated.workflow.review.values import Intake

NURSE = Person("nora", "Nora", frozenset({Role.NURSE_REVIEWER}))
TEXT = "Request: IVIG 2 g/kg monthly for a 30-year-old man, 70 kg, with dermatomyositis."
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def parent(url: str, keys: str) -> None:
    """A writer for each line of standard input; `end` when it is no more."""
    warm = open_store("sqlite://")
    _intake(warm)
    warm.close()
    _say("ready")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _say(str(os.getpid()))
            _write(open_store(url, keys=keys))
        os.waitpid(child, 0)
        _say("end")


def _write(store: Store) -> None:
    now = NOW
    while True:
        file = _intake(store)
        _say(f"{file.head.id} {file.head.version}")
        for number in range(20):
            now += timedelta(seconds=1)
            kept = work.note(store, NURSE, file.head.id, text=f"note {number}", now=now)
            _say(f"{kept.head.id} {kept.head.version}")


def _intake(store: Store):
    return cases.intake(store, NURSE, Intake(documents=(Document("note.txt", TEXT),)), now=NOW)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parent(*sys.argv[1:])
