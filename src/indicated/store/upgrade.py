"""Bringing the tables of a store up to this version of the program (Alembic; the migrations are in the package)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from indicated.store.errors import StoreNotCurrent

_MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up(engine: Engine) -> str:
    """Make or change the tables as this version needs them, all or nothing; the version reached."""
    with engine.execution_options(indicated_writes=True).begin() as connection:
        needed = newest()
        if _now(connection) != needed:
            config = _config()
            _refuse_later(connection, config)
            config.attributes["connection"] = connection
            command.upgrade(config, "heads")
        return needed


def refuse_unless_current(engine: Engine) -> None:
    """StoreNotCurrent where the tables are not those of this version."""
    with engine.connect() as connection:
        now = _now(connection)
        _refuse_later(connection, _config())
    if now != (needed := newest()):
        raise StoreNotCurrent(
            f"the store is at version {now or 'none'} and this program needs {needed}; run 'indicated store upgrade'"
        )


def newest() -> str:
    """The version that this program needs."""
    return ",".join(sorted(ScriptDirectory.from_config(_config()).get_heads()))


def _now(connection: Connection) -> str:
    return ",".join(sorted(MigrationContext.configure(connection).get_current_heads()))


def _refuse_later(connection: Connection, config: Config) -> None:
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    later = set(MigrationContext.configure(connection).get_current_heads()) - known
    if later:
        raise StoreNotCurrent(
            f"the store was made by a later version ({', '.join(later)}); install that or a later one"
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config
