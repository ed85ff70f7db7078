"""Rows of any table as plain values and back, the same for both databases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Table
from sqlalchemy.orm import class_mapper

from indicated.store.base import Base, Moment


def table_of(kind: type[Base]) -> Table:
    """The table of a kind of row."""
    found = class_mapper(kind).local_table
    assert isinstance(found, Table)
    return found


def plain(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON can hold it: moments and days as ISO text, bytes in base64."""
    return {column.name: msgspec.to_builtins(row[column.name]) for column in table.columns}


def columns(row: Base) -> dict[str, Any]:
    """The values of a row by the names of their columns."""
    return {column.name: getattr(row, column.name) for column in table_of(type(row)).columns}


def revived(table: Table, told: Mapping[str, Any]) -> dict[str, Any]:
    """The values that `plain` was given. ValueError where they are not those of such a row."""
    names = {column.name for column in table.columns}
    if set(told) != names:
        raise ValueError(f"not a row of {table.name}")
    return {column.name: _value(column, told[column.name]) for column in table.columns}


def _value(column: Column[Any], told: Any) -> Any:
    kind = datetime if isinstance(column.type, Moment) else column.type.python_type
    return msgspec.convert(told, kind | None if column.nullable else kind)
