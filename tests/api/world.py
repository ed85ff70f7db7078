"""The API over a store of its own, asked in-process, with somebody of every role."""

from __future__ import annotations

import asyncio
import json
from datetime import date, timedelta
from functools import cache

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI

from indicated.api.app import add_to
from indicated.workflow.accounts import manage, own, passwords, programs
from indicated.workflow.accounts.sign_in import sign_in
from indicated.workflow.accounts.values import Licence, Scope
from indicated.workflow.review.people import Role
from indicated.workflow.settings import Settings
from tests.prepared import begun_from, copy_of, empty_store
from tests.workflow.accounts.conftest import KEY, NOW, PASSWORD

NOTE = (
    "12-year-old, 40 kg, with dermatomyositis; weakness, CK 2,000 U/L. Failed methotrexate and prednisone. "
    "Request: IVIG 2 g/kg over 2 days every 4 weeks."
)
LICENCE = Licence("A-1", "NY", "Neurology", "MD", (), date(2030, 1, 1))


def _added(store, login, roles, now):
    """Somebody who can sign in, and the token of their session."""
    name = login.replace("_", " ").title()
    account, code = manage.add(store, manage.CONSOLE, login=login, name=name, roles=roles, now=now)
    own.set_password(store, code, PASSWORD, now=now)
    manage.set_licence(store, manage.CONSOLE, account.id, 1, licence=LICENCE, now=now)
    return manage.account(store, manage.CONSOLE, account.id), sign_in(store, login, PASSWORD, now=now).token


@cache
def _begun():
    """A store with somebody of every role, filled once for each process; and who they are."""
    store = empty_store(keys=KEY)
    added = {role.value: _added(store, role.value, [role], NOW) for role in Role}
    kept = copy_of(store)
    store.close()
    return kept, {login: one[0] for login, one in added.items()}, {login: one[1] for login, one in added.items()}


class Api:
    """One application, and whoever may ask it."""

    def __init__(self, **settings):
        passwords._nobodys.cache_clear()
        passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        kept, people, tokens = _begun()
        self.store, self.people, self.tokens = begun_from(kept, keys=KEY), dict(people), dict(tokens)
        self.now = NOW
        self.app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        given = {"rate": 100_000, "sign_in_rate": 10_000} | settings
        add_to(self.app, Settings(keys=KEY, **given), self.store, clock=lambda: self.now)
        self.runner = asyncio.Runner()
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=("127.0.0.1", 1234))
        self.client = httpx.AsyncClient(transport=transport, base_url="http://testserver/api/v1/")

    def add(self, login, *roles):
        self.people[login], self.tokens[login] = _added(self.store, login, roles, self.now)
        return self.people[login]

    def person(self, login):
        from indicated.workflow.accounts.rows import account_row, person_of

        with self.store.reading() as session:
            return person_of(account_row(session, self.people[login].id))

    def program(self, login, *scopes):
        person = self.person(login)
        return programs.make(
            self.store, person, account_id=person.id, name="loader", scopes=scopes or tuple(Scope),
            lasts=timedelta(days=30), now=self.now,
        )[1]  # fmt: skip

    def later(self, **how):
        self.now += timedelta(**how)

    def ask(  # noqa: PLR0913  (what a request may have)
        self, method, path, by="", *, body=None, version=None, headers=None, token="", **more
    ) -> httpx.Response:
        secret = token or self.tokens.get(by, "")
        sent = {} if not secret else {"Authorization": f"Bearer {secret}"}
        if version is not None:
            sent["If-Match"] = f'"{version}"'
        if body is not None:
            more["content"] = json.dumps(body)
            sent["Content-Type"] = "application/json"
        return self.send(method, path.lstrip("/"), headers=sent | (headers or {}), **more)

    def send(self, method, url, **more) -> httpx.Response:
        return self.runner.run(self.client.request(method, url, **more))

    def case(self, by="requester", **more):
        body = {"documents": [{"name": "note", "text": NOTE}], "plan": "employer_insured", "us_state": "NY"} | more
        reply = self.ask("POST", "/cases", by, body=body)
        assert reply.status_code == 201, reply.text
        return reply.json()

    def close(self):
        self.runner.run(self.client.aclose())
        self.runner.close()
        self.store.close()
