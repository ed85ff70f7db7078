"""`indicated store`, `audit`, `backup`, `restore`, `case`: what whoever runs the review does with its store."""

from __future__ import annotations

import base64
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from indicated.store.base import Store, open_store
from indicated.store.vault import new_key
from indicated.workflow.assess import now
from indicated.workflow.intake import content_of
from indicated.workflow.output import write
from indicated.workflow.review import archive, audit
from indicated.workflow.review.people import Person, Role
from indicated.workflow.settings import from_environment

DONE, PROBLEMS = 0, 3
_CONSOLE = Person("console", "the command line", frozenset({Role.AUDITOR, Role.ADMINISTRATOR}))
_MOST = 1_000_000_000


def run(options: Namespace) -> int:
    """Do what the command and its action say; the exit status."""
    return _COMMANDS[options.command, getattr(options, "action", None)](options)


def _new_key(options: Namespace) -> int:
    del options
    sys.stdout.write(f"{base64.b64encode(new_key()).decode()}\n")
    return DONE


def _upgrade(options: Namespace) -> int:
    from indicated.store.upgrade import newest

    store = _opened(options, upgrade=True, new=True)
    sys.stdout.write(f"{store.url} is at version {newest()}\n")
    if not store.vault.locks:
        sys.stdout.write("what is in it is kept plain; INDICATED_KEYS seals it ('indicated store new-key' makes one)\n")
    store.close()
    return DONE


def _verify(options: Namespace) -> int:
    store = _opened(options)
    found = audit.verify(store, expect=options.expect or "")
    store.close()
    sys.stdout.writelines(f"{line}\n" for line in found.problems)
    kept = f"; the last is {found.head}" if found.head else ""
    sys.stdout.write(f"{found.events} events, {len(found.problems)} problems{kept}\n")
    return PROBLEMS if found.problems else DONE


def _backup(options: Namespace) -> int:
    from indicated.store.backup import back_up

    store = _opened(options)
    told = back_up(store, Path(options.out))
    store.close()
    sys.stdout.write(f"wrote {options.out}: {told.rows['cases']} cases, {told.rows['audit_events']} events\n")
    return DONE


def _restore(options: Namespace) -> int:
    from indicated.store.backup import restore

    store = _opened(options, upgrade=True, new=True)
    told = restore(store, Path(options.file))
    found = audit.verify(store)
    store.close()
    sys.stdout.writelines(f"{line}\n" for line in found.problems)
    sys.stdout.write(f"restored {told.rows['cases']} cases; {found.events} events, {len(found.problems)} problems\n")
    return PROBLEMS if found.problems else DONE


def _export(options: Namespace) -> int:
    store = _opened(options)
    whole = archive.export(store, _CONSOLE, options.id, now=now())
    store.close()
    write(options.out, whole)
    sys.stdout.write(f"wrote {options.out}\n")
    return DONE


def _check(options: Namespace) -> int:
    found = archive.check(content_of(options.file, _MOST))
    sys.stdout.writelines(f"{line}\n" for line in found.problems)
    again = ", ".join(str(one) for one in found.replayed) or "none"
    sys.stdout.write(f"{found.case}: {len(found.problems)} problems; determinations made again to the byte: {again}\n")
    return PROBLEMS if found.problems else DONE


def _import(options: Namespace) -> int:
    store = _opened(options, new=True)
    case_id = archive.bring_in(store, _CONSOLE, content_of(options.file, _MOST), now=now())
    store.close()
    sys.stdout.write(f"brought in {case_id}, for reading\n")
    return DONE


def _opened(options: Namespace, *, upgrade: bool | None = None, new: bool = False) -> Store:
    """The store of `--url`, else of the settings. One that is looked at must be there: a slip in its address would
    otherwise be an empty store in which nothing is wrong.
    """
    settings = from_environment(os.environ)
    return open_store(options.url or settings.store, keys=settings.keys, upgrade=upgrade, new=new)


_COMMANDS: dict[tuple[str, str | None], Callable[[Namespace], int]] = {
    ("store", "new-key"): _new_key,
    ("store", "upgrade"): _upgrade,
    ("audit", "verify"): _verify,
    ("backup", None): _backup,
    ("restore", None): _restore,
    ("case", "export"): _export,
    ("case", "check"): _check,
    ("case", "import"): _import,
}
