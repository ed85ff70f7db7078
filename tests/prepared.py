"""Stores in memory that begin as copies of one that was filled before: the same rows, without making them anew."""

from __future__ import annotations

import sqlite3
from functools import cache

from indicated.store.base import Store, engine_of, open_store
from indicated.store.vault import Vault


def copy_of(store: Store) -> sqlite3.Connection:
    """What a store in memory holds, kept aside."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with store.engine.connect() as connection:
        connection.connection.driver_connection.backup(kept)
    return kept


def begun_from(kept: sqlite3.Connection, *, keys: str = "") -> Store:
    """A store in memory that begins with what was kept aside."""
    engine = engine_of("sqlite://")
    with engine.connect() as connection:
        kept.backup(connection.connection.driver_connection)
    return Store(engine, Vault(keys))


def empty_store(*, keys: str = "") -> Store:
    """A store in memory with its tables and nothing in them, as `open_store("sqlite://")` makes it."""
    return begun_from(_empty(), keys=keys)


@cache
def _empty() -> sqlite3.Connection:
    store = open_store("sqlite://")
    kept = copy_of(store)
    store.close()
    return kept
