"""Stores for tests: SQLite files, and databases of a real PostgreSQL that the tests start and end themselves."""

from __future__ import annotations

import atexit
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

BIN = Path("/usr/lib/postgresql/15/bin")
KINDS = ("sqlite", "postgresql")
_NUMBERS = count()


def address(kind: str, folder: Path) -> str:
    """The address of a fresh, empty database; skips, with the reason, where there is no PostgreSQL to start."""
    if kind == "sqlite":
        return f"sqlite:///{folder / f'{next(_NUMBERS)}.db'}"
    server = _server()
    if isinstance(server, str):
        pytest.skip(server)
    name = f"t{next(_NUMBERS)}"
    _psql(server, f"CREATE DATABASE {name}")
    return f"postgresql://postgres@/{name}?host={quote(str(server))}"


@cache
def _server() -> Path | str:
    """The folder of the socket of a cluster of this process, or why there is none."""
    given = shutil.which("initdb") or (BIN / "initdb" if (BIN / "initdb").exists() else None)
    if given is None:
        return "no PostgreSQL is installed"
    programs = Path(given).parent
    root = Path(tempfile.mkdtemp(prefix="indicated-pg-"))
    user = None
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            return "PostgreSQL does not run as root, and there is no user postgres"
        os.chown(root, user.pw_uid, user.pw_gid)
    data = root / "data"
    _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"], user)
    socket = shlex.quote(f"unix_socket_directories={root}")
    options = f"-c listen_addresses='' -c {socket} -c fsync=off -c max_connections=40"
    _run([programs / "pg_ctl", "-D", data, "-w", "-l", root / "log", "-o", options, "start"], user)
    atexit.register(_end, programs, data, root, user)
    return root


def _end(programs, data, root, user):
    subprocess.run(
        [programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, capture_output=True, **_as(user)
    )
    shutil.rmtree(root, ignore_errors=True)


def _run(command, user):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **_as(user))


def _as(user):
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "cwd": "/"}


def _psql(server: Path, statement: str) -> None:
    import psycopg

    with psycopg.connect(host=str(server), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)
