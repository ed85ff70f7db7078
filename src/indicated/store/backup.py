"""The whole of a store in one file, and back, from either database into either: every row as it was at one moment.

What is sealed stays sealed, so a backup is as secret as the store, and needs the same master key.
"""

from __future__ import annotations

import hashlib
import io
import os
import pkgutil
import zipfile
import zlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any

import msgspec
from msgspec import Struct
from sqlalchemy import Table, func, insert, inspect, select, update
from sqlalchemy.orm import Session

import indicated.store
from indicated.store.base import Base, Store
from indicated.store.errors import BadBackup, NotEmpty
from indicated.store.plain import plain, revived
from indicated.store.upgrade import newest

_LIST, _KIND = "backup.json", "store"
_BATCH = 200
_CASES, _BEGINS = "cases", "received"


class Backup(Struct, frozen=True):
    """What a backup says of itself: the version of the tables, how many rows of each, and the SHA-256 of each part."""

    kind: str
    version: str
    rows: dict[str, int]
    hashes: dict[str, str]


def back_up(store: Store, path: Path) -> Backup:
    """Write the whole store to a file, as it is at one moment; an old file gives way once all is written."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        os.chmod(part, 0o600)  # noqa: PTH101  (nobody else reads it, from the first byte on)
        told = _write(store, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return told


def restore(store: Store, path: Path) -> Backup:
    """Fill an empty store with a backup, all of it or nothing. NotEmpty; BadBackup where the file was changed or is of
    another version.
    """
    with _opened(path) as archive:
        told = _list(archive)
        if told.version != newest():
            raise BadBackup(
                f"the backup is of tables of version {told.version}, and this program has {newest()}; restore it with "
                "the program it was made with, then run 'indicated store upgrade'"
            )
        with store.writing() as session:
            _refuse_unless_empty(session)
            for table in every_table(store):
                _fill(session, table, archive, told)
            _set_states(session, archive)
    return told


def every_table(store: Store) -> tuple[Table, ...]:
    """The tables of all parts of the program, those that others refer to first."""
    for module in pkgutil.iter_modules(indicated.store.__path__, "indicated.store."):
        if not module.ispkg:
            import_module(module.name)
    found = tuple(Base.metadata.sorted_tables)
    there = set(inspect(store.engine).get_table_names()) - {"alembic_version"}
    assert there == {one.name for one in found}, "a table that no module of the store tells of"
    return found


def _write(store: Store, file: IO[bytes]) -> Backup:
    rows, hashes = {}, {}
    tables = every_table(store)
    with store.reading() as session, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for table in tables:
            told, count = hashlib.sha256(), 0
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as out:
                for line in _lines(session, table):
                    out.write(line)
                    told.update(line)
                    count += 1
            rows[table.name], hashes[table.name] = count, told.hexdigest()
        found = Backup(_KIND, newest(), rows, hashes)
        archive.writestr(_LIST, msgspec.json.format(msgspec.json.encode(found)))
    return found


def _lines(session: Session, table: Table) -> Iterator[bytes]:
    asked = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_BATCH)
    for row in session.execute(asked).mappings():
        yield msgspec.json.encode(plain(table, dict(row))) + b"\n"


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BadBackup(f"there is no file {path}; check its name") from None
    except (OSError, zipfile.BadZipFile):
        raise BadBackup(f"{path} is not a backup, or it was cut off") from None


def _list(archive: zipfile.ZipFile) -> Backup:
    try:
        return msgspec.json.decode(archive.read(_LIST), type=Backup)
    except (KeyError, msgspec.DecodeError, zipfile.BadZipFile, zlib.error):
        raise BadBackup("that is a ZIP file and not a backup of this program") from None


def _refuse_unless_empty(session: Session) -> None:
    for table in Base.metadata.sorted_tables:
        if session.scalar(select(func.count()).select_from(table)):
            raise NotEmpty("the store has something in it; a backup is restored into an empty one")


def _fill(session: Session, table: Table, archive: zipfile.ZipFile, told: Backup) -> None:
    """All rows of one table; cases begin open, since the database takes no other."""
    found, batch, count = hashlib.sha256(), [], 0
    for line in _read(archive, table.name):
        found.update(line)
        batch.append(_row(table, line))
        count += 1
        if len(batch) == _BATCH:
            session.execute(insert(table), batch)
            batch = []
    if batch:
        session.execute(insert(table), batch)
    if (count, found.hexdigest()) != (told.rows.get(table.name), told.hashes.get(table.name)):
        raise BadBackup(f"{table.name} in the backup is not what was written; take another backup")


def _row(table: Table, line: bytes) -> dict[str, Any]:
    try:
        values = revived(table, msgspec.json.decode(line, type=dict[str, Any]))
    except (ValueError, msgspec.MsgspecError):
        raise BadBackup(f"{table.name} in the backup is not what was written; take another backup") from None
    return {**values, "state": _BEGINS} if table.name == _CASES else values


def _set_states(session: Session, archive: zipfile.ZipFile) -> None:
    """The states of cases, now that the signed decisions are there."""
    table = Base.metadata.tables[_CASES]
    for line in _read(archive, _CASES):
        told = msgspec.json.decode(line, type=dict[str, Any])
        if told["state"] != _BEGINS:
            session.execute(update(table).where(table.c.id == told["id"]).values(state=told["state"]))


def _read(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(f"{name}.jsonl") as lines:
            yield from io.BufferedReader(lines)  # type: ignore[type-var]
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError):
        raise BadBackup(f"{name} in the backup is missing or was changed; take another backup") from None
