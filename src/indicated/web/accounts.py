"""Accounts, for administrators: the list, adding one, and all that is done to one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.model.errors import IndicatedError
from indicated.web import forms
from indicated.web.errors import NoPage
from indicated.web.pages import SEE_OTHER, page
from indicated.web.person import current_person
from indicated.web.site import Site
from indicated.workflow.accounts import manage
from indicated.workflow.accounts.values import Account, Identity, Licence
from indicated.workflow.assess import a_day, now
from indicated.workflow.review.people import Action, Person, Role, require

router = APIRouter()
_REFUSED, _PAGE = 422, 100


class Doing(Struct, frozen=True):
    """Who does something to which account, on which version, with what the form says."""

    site: Site
    person: Person
    account: str
    version: int
    form: FormData


@router.get("/accounts")
async def listed(request: Request) -> Response:
    """Everybody, by the name to sign in with."""
    return await _list(request)


@router.post("/accounts")
async def add(request: Request) -> Response:
    """Add an account; the one-time code is shown this once."""
    form = await forms.posted(request)
    site, person = request.app.state.site, current_person(request)
    login, name = forms.text(form, "login"), forms.text(form, "name")
    try:
        account, code = await run_in_threadpool(
            manage.add, site.store, person, login=login, name=name, roles=_roles(form), now=now()
        )
    except IndicatedError as error:
        return await _list(request, login=login, name=name, wrong=str(error))
    return page(request, "accounts/code_made.html", account=account, code=code)


@router.get("/accounts/{account}")
async def one(request: Request, account: str) -> Response:
    """One account."""
    return await _one(request, account)


@router.post("/accounts/{account}/{deed}")
async def change(request: Request, account: str, deed: str) -> Response:
    """Roles, licence, open or closed, a new password, single sign-on."""
    form = await forms.posted(request)
    site, person = request.app.state.site, current_person(request)
    if deed not in _DEEDS:
        raise NoPage("there is nothing at this address; begin again from the start page")
    doing = Doing(site, person, account, forms.number(form, "version"), form)
    try:
        code = await run_in_threadpool(_DEEDS[deed], doing)
    except IndicatedError as error:
        return await _one(request, account, field=deed, wrong=str(error))
    if code:
        found = await run_in_threadpool(manage.account, site.store, person, account)
        return page(request, "accounts/code_made.html", account=found, code=code)
    return RedirectResponse(f"/accounts/{account}", SEE_OTHER)


def _set_roles(doing: Doing) -> str:
    manage.set_roles(doing.site.store, doing.person, doing.account, doing.version, roles=_roles(doing.form), now=now())
    return ""


def _set_licence(doing: Doing) -> str:
    told = {name: forms.text(doing.form, name).strip() for name in ("number", "state", "specialty", "credentials")}
    boards = tuple(line.strip() for line in forms.text(doing.form, "boards").splitlines() if line.strip())
    until: date | None = a_day(text) if (text := forms.text(doing.form, "until")) else None
    licence = Licence(told["number"], told["state"], told["specialty"], told["credentials"], boards, until)
    manage.set_licence(doing.site.store, doing.person, doing.account, doing.version, licence=licence, now=now())
    return ""


def _set_open(doing: Doing) -> str:
    wanted = forms.text(doing.form, "open") == "yes"
    manage.set_open(doing.site.store, doing.person, doing.account, doing.version, is_open=wanted, now=now())
    return ""


def _reset(doing: Doing) -> str:
    too = forms.text(doing.form, "factor") == "yes"
    return manage.new_password_code(doing.site.store, doing.person, doing.account, second_factor_too=too, now=now())


def _link(doing: Doing) -> str:
    provider = doing.site.provider
    issuer = provider.settings.issuer if provider is not None else ""
    who = Identity(issuer, forms.text(doing.form, "subject"))
    manage.link_sign_on(doing.site.store, doing.person, doing.account, doing.version, identity=who, now=now())
    return ""


def _unlink(doing: Doing) -> str:
    who = Identity(forms.text(doing.form, "issuer"), forms.text(doing.form, "subject"))
    manage.unlink_sign_on(doing.site.store, doing.person, doing.account, doing.version, identity=who, now=now())
    return ""


_DEEDS: dict[str, Callable[[Doing], str]] = {
    "roles": _set_roles,
    "licence": _set_licence,
    "open": _set_open,
    "reset": _reset,
    "link": _link,
    "unlink": _unlink,
}


def _roles(form: FormData) -> list[Role]:
    return [role for role in Role if role.value in forms.texts(form, "role")]


async def _list(request: Request, *, login: str = "", name: str = "", wrong: str = "") -> Response:
    site, person = request.app.state.site, current_person(request)
    require(person, Action.MANAGE_ACCOUNTS)
    after = request.query_params.get("after", "")
    found: tuple[Account, ...] = await run_in_threadpool(manage.accounts, site.store, person, after=after, limit=_PAGE)
    more = found[-1].login if len(found) == _PAGE else ""
    return page(
        request, "accounts/list.html", status=_REFUSED if wrong else 200,
        accounts=found, more=more, roles=tuple(Role), login=login, name=name, wrong=wrong,
    )  # fmt: skip


async def _one(request: Request, account: str, *, field: str = "", wrong: str = "") -> Response:
    site, person = request.app.state.site, current_person(request)
    require(person, Action.MANAGE_ACCOUNTS)
    found = await run_in_threadpool(manage.account, site.store, person, account)
    status = _REFUSED if wrong else 200
    return page(
        request, "accounts/one.html", status=status,
        account=found, roles=tuple(Role), field=field, wrong=wrong, provider=site.provider,
    )  # fmt: skip
