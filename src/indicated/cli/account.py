"""`indicated account ...`: accounts, managed by whoever works at the machine; so comes the first administrator."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from indicated.store.base import Store, open_store
from indicated.workflow.accounts import manage, programs
from indicated.workflow.accounts.errors import BadAccount
from indicated.workflow.accounts.manage import CONSOLE
from indicated.workflow.accounts.values import Account, Identity, Licence, Scope
from indicated.workflow.assess import a_day, now
from indicated.workflow.review.people import Role
from indicated.workflow.settings import from_environment

DONE = 0
_PAGE = 200
_Word = TypeVar("_Word", bound=StrEnum)


def run(options: Namespace) -> int:
    """Do what the action says; the exit status."""
    settings = from_environment(os.environ)
    store = open_store(options.url or settings.store, keys=settings.keys, new=options.action == "add")
    try:
        sys.stdout.write(_ACTIONS[options.action](store, options))
    finally:
        store.close()
    return DONE


def _add(store: Store, options: Namespace) -> str:
    roles = _words(Role, options.role)
    account, code = manage.add(store, CONSOLE, login=options.login, name=options.name, roles=roles, now=now())
    return _line(account) + _told(code)


def _list(store: Store, options: Namespace) -> str:
    del options
    told, after = [], ""
    while page := manage.accounts(store, CONSOLE, after=after, limit=_PAGE):
        told += [_line(account) for account in page]
        after = page[-1].login
    return "".join(told) or "there are no accounts yet; 'indicated account add' adds the first\n"


def _open(store: Store, options: Namespace) -> str:
    is_open, account = options.action == "enable", manage.by_login(store, CONSOLE, options.login)
    return _line(manage.set_open(store, CONSOLE, account.id, account.version, is_open=is_open, now=now()))


def _roles(store: Store, options: Namespace) -> str:
    account = manage.by_login(store, CONSOLE, options.login)
    roles = _words(Role, options.role)
    return _line(manage.set_roles(store, CONSOLE, account.id, account.version, roles=roles, now=now()))


def _licence(store: Store, options: Namespace) -> str:
    account = manage.by_login(store, CONSOLE, options.login)
    until = None if options.until is None else a_day(options.until)
    told = Licence(options.number, options.state, options.specialty, options.credentials, tuple(options.board), until)
    return _line(manage.set_licence(store, CONSOLE, account.id, account.version, licence=told, now=now()))


def _reset(store: Store, options: Namespace) -> str:
    account = manage.by_login(store, CONSOLE, options.login)
    return _told(manage.new_password_code(store, CONSOLE, account.id, second_factor_too=options.factor, now=now()))


def _link(store: Store, options: Namespace) -> str:
    account = manage.by_login(store, CONSOLE, options.login)
    who = Identity(options.issuer or from_environment(os.environ).sign_on.issuer, options.subject)
    change = manage.link_sign_on if options.action == "link" else manage.unlink_sign_on
    return _line(change(store, CONSOLE, account.id, account.version, identity=who, now=now()))


def _token(store: Store, options: Namespace) -> str:
    account = manage.by_login(store, CONSOLE, options.login)
    made, secret = programs.make(
        store,
        CONSOLE,
        account_id=account.id,
        name=options.name,
        scopes=_words(Scope, options.scope),
        lasts=timedelta(days=max(0, min(options.days, 9_999))),
        now=now(),
    )
    return f"{secret}\n{made.id}, good until {made.ends_at:%Y-%m-%d}; it is not shown again\n"


def _words(kind: type[_Word], given: Iterable[str]) -> list[_Word]:
    try:
        return [kind(one) for one in given]
    except ValueError:
        every = ", ".join(kind)
        raise BadAccount(f"there is no such {kind.__name__.lower()}; use one of {every}") from None


def _line(account: Account) -> str:
    roles = ", ".join(role.value for role in Role if role in account.roles) or "no role"
    marks = [
        *(["closed"] if account.disabled_at else []),
        *([] if account.password or account.identities else ["no password yet"]),
        *(["second factor"] if account.second_factor else []),
        *(f"signs on as {one.subject} of {one.issuer}" for one in account.identities),
        *([f"licence {account.licence.state} {account.licence.number}"] if account.licence.number else []),
    ]
    return f"{account.login}  {account.name}  {'; '.join([roles, *marks])}\n"


def _told(code: str) -> str:
    hours = int(manage.RESET_WITHIN.total_seconds() // 3600)
    return f"one-time code for setting a password, good for {hours} hours:\n{code}\n"


_ACTIONS = {
    "add": _add,
    "list": _list,
    "disable": _open,
    "enable": _open,
    "roles": _roles,
    "licence": _licence,
    "reset": _reset,
    "link": _link,
    "unlink": _link,
    "token": _token,
}
