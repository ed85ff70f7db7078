"""Tables come from migrations alone, and are those that the program knows."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from indicated.store import accounts, tables
from indicated.store.base import Base, engine_of, open_store
from indicated.store.errors import NoStore, StoreNotCurrent
from indicated.store.upgrade import bring_up, newest
from tests.databases import KINDS, address


@pytest.mark.parametrize("kind", KINDS)
def test_migrations_make_the_tables_that_the_program_knows(kind, tmp_path):
    assert tables
    assert accounts
    engine = engine_of(address(kind, tmp_path))
    assert bring_up(engine) == newest()
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert found == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_that_is_current_is_left_alone(kind, tmp_path):
    url = address(kind, tmp_path)
    open_store(url, upgrade=True).close()
    store = open_store(url, upgrade=True)
    store.close()


def test_a_postgresql_that_was_never_upgraded_is_refused(tmp_path):
    with pytest.raises(StoreNotCurrent, match="run 'indicated store upgrade'"):
        open_store(address("postgresql", tmp_path))


def test_a_store_of_a_later_program_is_refused(tmp_path):
    url = address("sqlite", tmp_path)
    store = open_store(url)
    with store.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(StoreNotCurrent, match="later version"):
        open_store(url)


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "oracle:///x", "postgresql://nobody@/x?host=/nowhere"])
def test_what_is_no_address_is_refused_in_one_line(url):
    with pytest.raises(NoStore, match="address"):
        open_store(url)


def test_the_password_of_an_address_is_never_shown():
    with pytest.raises(NoStore) as caught:
        open_store("postgresql://me:hush@/x?host=/nowhere", upgrade=True)
    assert "hush" not in str(caught.value)
