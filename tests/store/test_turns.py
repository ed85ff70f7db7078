"""Writers of one process take turns in line, and nobody who only reads waits for them."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text

from indicated.store.base import open_store
from tests.databases import KINDS, address


@pytest.mark.parametrize("kind", KINDS)
def test_a_crowd_of_writers_does_not_keep_readers_waiting(kind, tmp_path):
    store = open_store(address(kind, tmp_path), upgrade=True)
    written = []

    def write(number):
        with store.writing() as session:
            session.execute(text("SELECT 1"))
            written.append(number)

    with store.writing():
        crowd = [threading.Thread(target=write, args=(number,)) for number in range(40)]
        for one in crowd:
            one.start()
        time.sleep(0.2)
        with store.reading() as session:  # from a pool emptied by those who wait it would get nothing but an error
            assert session.execute(text("SELECT count(*) FROM cases")).scalar() == 0
        assert written == []
    for one in crowd:
        one.join()
    assert sorted(written) == list(range(40))
    store.close()
