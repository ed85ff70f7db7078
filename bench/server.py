"""The server under load: 50 people at once, beside a bare FastAPI route that the same people ask in the same run.

`python -m bench.server` prints requests, errors, p50 and p95 of each kind, and the memory of the server. `--seconds`,
`--users`, `--think` (seconds between an answer and the next request), `--postgres` (a cluster of its own).
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.users import SHARES, Place, Took, at_work

KEY = "YSBrZXkgZm9yIHRoZSBiZW5jaCwgMzIgYnl0ZXMgISE="
BARE = """
import sys, uvicorn
from fastapi import FastAPI
app = FastAPI()
@app.get("/bare")
def bare():
    return {"status": "ok"}
quiet = {"log_level": "critical", "access_log": False, "timeout_keep_alive": 75}
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), **quiet)
"""
OF_EACH = 10
"""Cases of each example."""


def main() -> None:
    """Run it as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.server", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--think", type=float, default=1.0)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = _postgres(Path(folder)) if given.postgres else f"sqlite:///{folder}/load.db"
        run(url, seconds=given.seconds, users=given.users, think=given.think)


def run(url: str, *, seconds: float, users: int, think: float) -> list[Took]:
    """Fill a store, serve it, let the users work, and print what came of it."""
    sessions, cases = filled(url, users)
    ours, bare = _free_port(), _free_port()
    settings = {
        "INDICATED_STORE": url,
        "INDICATED_KEYS": KEY,
        "INDICATED_RATE": "100000",
        "INDICATED_PUBLIC_URL": f"http://127.0.0.1:{ours}",
    }
    serve = [sys.executable, "-m", "indicated", "serve", "--accounts", "--port", str(ours)]
    with ExitStack() as stack:
        server = stack.enter_context(_served(serve, f"http://127.0.0.1:{ours}/readyz", settings))
        stack.enter_context(_served([sys.executable, "-c", BARE, str(bare)], f"http://127.0.0.1:{bare}/bare", {}))
        at = f"http://127.0.0.1:{ours}"
        known = httpx.get(f"{at}/work", cookies={"indicated_session": sessions[0]}, trust_env=False).is_success
        place = Place(at, f"http://127.0.0.1:{bare}/bare", "/work" if known else "/", cases)
        before, cpu = _memory(server.pid), _cpu(server.pid)
        taken = at_work(place, sessions, seconds, think)
        cpu, after = _cpu(server.pid) - cpu, _memory(server.pid)
    print("\n".join(table(taken, seconds)))
    busy = f"the server was busy for {cpu:.0f} s of processor time" if cpu else "processor time unknown"
    print(f"{url.partition(':')[0]}, {users} users, {think:g} s between requests; {busy}; {before} MB, then {after} MB")
    return taken


def filled(url: str, users: int) -> tuple[list[str], tuple[str, ...]]:
    """A store with an account and a session for each user, and cases of the examples; the tokens and the cases' ids."""
    from indicated.store.accounts import AccountRow
    from indicated.store.base import open_store
    from indicated.web.examples import examples
    from indicated.workflow.accounts import manage
    from indicated.workflow.accounts.sign_in import USUAL, begin_session
    from indicated.workflow.accounts.values import SignedInBy
    from indicated.workflow.review import cases
    from indicated.workflow.review.people import Person, Role
    from indicated.workflow.review.values import Intake, PolicyChoice

    at = datetime.now(UTC)
    store = open_store(url, keys=KEY, upgrade=True)
    sessions = []
    for number in range(users):
        account, _ = manage.add(
            store, manage.CONSOLE, login=f"nurse{number}", name="A Nurse", roles=[Role.NURSE_REVIEWER], now=at
        )
        with store.writing() as session:  # as signing in does, without waiting for 50 slow hashes
            row = session.get_one(AccountRow, account.id)
            sessions.append(begin_session(session, store, row, SignedInBy.PASSWORD, now=at, lasting=USUAL).token)
    clinic = Person("clinic", "The Clinic", frozenset({Role.REQUESTER}))
    given = [
        Intake(documents=one.documents, policy=PolicyChoice(text=one.policy), reference=one.name) for one in examples()
    ]
    found = [cases.intake(store, clinic, one, now=at).head.id for one in given * OF_EACH]
    store.close()
    return sessions, tuple(found)


def table(taken: Sequence[Took], seconds: float) -> Iterator[str]:
    """A line for each kind, and one for all."""
    yield f"{'kind':<24}{'requests':>9}{'errors':>8}{'p50':>10}{'p95':>10}{'longest':>10}"
    for kind in (*SHARES, ""):
        of_it = [one for one in taken if kind in ("", one.kind)]
        wrong = [one for one in of_it if not one.right]
        times = sorted(one.seconds * 1e3 for one in of_it)
        if len(times) > 1:
            p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            told = f"{len(of_it):>9}{len(wrong):>8}{p50:>7.0f} ms{p95:>7.0f} ms{times[-1]:>7.0f} ms"
            yield f"{kind or 'all':<24}{told}  {' '.join(sorted({one.told for one in wrong}))}".rstrip()
    yield f"{len(taken) / seconds:.0f} requests a second"


@contextmanager
def _served(command: list[str], address: str, settings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that answers at an address, ended with the block."""
    process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                if httpx.get(address, trust_env=False).is_success:
                    break
            except httpx.TransportError:
                pass
            if process.poll() is not None:
                raise SystemExit(f"{command[1:4]} ended before it answered")
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _memory(process: int) -> int:
    """Megabytes that a process holds; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{process}/status").read_text().split("VmRSS:")[1].split()[0]
    except (OSError, IndexError):
        return 0
    return int(told) // 1024


def _cpu(process: int) -> float:
    """Seconds of processor time that a process has taken; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _postgres(folder: Path) -> str:
    from tests.databases import address

    return str(address("postgresql", folder))


if __name__ == "__main__":
    main()
