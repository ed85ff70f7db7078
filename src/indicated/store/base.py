"""The store: an address in, transactions out, the same on SQLite and PostgreSQL. Tables derive from `Base`.

A reading transaction sees one state; a writing one is all or nothing, and when its block has ended without an error
what was written outlives the process being killed. There is one writer at a time, and the others wait their turn.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, Text, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from indicated.store.errors import NoStore
from indicated.store.vault import Vault

_Value = TypeVar("_Value")
_SQLITE, _POSTGRES = "sqlite", "postgresql"
_WAIT_MS = 30_000
_WRITES, _READS = "indicated_writes", "indicated_reads"
_WRITERS_TURN = 0x1D1CA7ED  # any number that nobody else locks on


class Base(DeclarativeBase):
    """What every table derives from; constraints are named alike on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """A moment with its zone: kept in UTC, given back in UTC. A time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        found = value.astimezone(UTC)
        return found.replace(tzinfo=None) if dialect.name == _SQLITE else found

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Typed(TypeDecorator[_Value], Generic[_Value]):
    """A frozen value of one type, kept as JSON text with its keys in order."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: _Value | None, dialect: Dialect) -> str | None:
        """As JSON."""
        del dialect
        return None if value is None else msgspec.json.encode(value, order="deterministic").decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> _Value | None:
        """As the type."""
        del dialect
        found: _Value | None = None if value is None else msgspec.json.decode(value, type=self.kind)
        return found


class Store:
    """A database that is ready to use, and the vault for what is sealed in it. Made by `open_store`."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self.engine = engine
        self.vault = vault
        self._turn = Lock()

    @property
    def url(self) -> str:
        """The address, without the password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing."""
        with Session(self.engine.execution_options(**{_READS: True}), expire_on_commit=False) as session:
            yield session  # closing ends the transaction; what was read stays readable

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is kept as a whole when the block ends, and not at all when it raises. Writers of this
        process wait in line before they take a connection: asking the database again and again is slower, and whoever
        asks less often would wait for longest.
        """
        engine = self.engine.execution_options(**{_WRITES: True})
        with self._turn, Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def forget(self) -> None:
        """Let nothing that was erased linger beside or between the rows: the log of SQLite is written back and emptied,
        and PostgreSQL gives up its dead rows.
        """
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            lite = connection.dialect.name == _SQLITE
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)" if lite else "VACUUM")

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_store(url: str, *, keys: str = "", upgrade: bool | None = None, new: bool = True) -> Store:
    """The store at an address: `sqlite:///review.db`, `sqlite://` (in memory), `postgresql://user@host/name`.

    `keys` are master keys as `Vault` takes them. Tables are made or brought up to this version where `upgrade` says so;
    by default for SQLite only, and another database of another version is StoreNotCurrent. NoStore when it cannot be
    reached, or is a file that is not there and without `new` is not to be made.
    """
    from indicated.store.upgrade import bring_up, refuse_unless_current

    engine = engine_of(url)
    if not new and not _is_there(engine.url):
        raise NoStore(f"there is no store at {engine.url.render_as_string()}; check the address")
    _make_private(engine.url)
    store = Store(engine, Vault(keys))
    try:
        if upgrade if upgrade is not None else engine.dialect.name == _SQLITE:
            bring_up(engine)
        else:
            refuse_unless_current(engine)
    except OperationalError:
        store.close()
        raise NoStore(f"{store.url} cannot be reached; check the address and that the database is running") from None
    except BaseException:
        store.close()
        raise
    return store


def engine_of(url: str) -> Engine:
    """The engine of an address, with what each database needs set. NoStore when it is not an address;
    ModuleNotFoundError when it is that of a PostgreSQL and its driver is not installed.
    """
    try:
        parsed = _parsed(url)
        engine = create_engine(parsed, hide_parameters=True, **_options(parsed))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        if isinstance(error, ModuleNotFoundError) and error.name == "psycopg":
            raise  # the address is right; the driver of PostgreSQL was not installed
        raise NoStore(
            "that is not the address of a store; write sqlite:///FILE or postgresql://USER@HOST/NAME"
        ) from None
    if engine.dialect.name == _SQLITE:
        event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == _SQLITE and url.database not in (None, "", ":memory:")


def _is_there(url: URL) -> bool:
    """Whether a store in a file has its file; another database says so itself."""
    return not _is_file(url) or Path(str(url.database)).is_file()


def _make_private(url: URL) -> None:
    """A new file of SQLite is nobody else's to read; the files beside it take after it."""
    if _is_file(url):
        with suppress(OSError):
            os.close(os.open(str(url.database), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _parsed(url: str) -> URL:
    found = make_url(url)
    if found.drivername in (_POSTGRES, "postgres"):
        return found.set(drivername="postgresql+psycopg")
    if found.get_backend_name() not in (_SQLITE, _POSTGRES):
        raise ArgumentError(found.drivername)
    return found


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == _POSTGRES:
        return {"pool_pre_ping": True, "connect_args": {"connect_timeout": 10}}
    if url.database in (None, "", ":memory:"):
        from sqlalchemy.pool import StaticPool

        return {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    return {"connect_args": {"timeout": _WAIT_MS / 1000}}


def _on_connect(connection: Any, record: object) -> None:
    """One file, many readers beside a writer, and every commit on disk before it is acknowledged."""
    del record
    connection.isolation_level = None  # the driver begins nothing by itself; `_on_begin` does
    for pragma in (
        "journal_mode=WAL",
        f"busy_timeout={_WAIT_MS}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    """A writer takes its turn before it reads, so that what it read is still so when it writes."""
    options = connection.get_execution_options()
    if connection.dialect.name == _SQLITE:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITES) else "BEGIN")
    elif options.get(_WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_TURN})")
    elif options.get(_READS):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
