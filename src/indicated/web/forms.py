"""Forms: every one carries a mark that only a page of ours can have given, and is read through `posted`."""

from __future__ import annotations

import hmac
import os
from hashlib import sha256

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from indicated.web.errors import OldForm

COOKIE, FIELD, HEADER = "indicated_form", "form_mark", "x-form-mark"
_FILES, _FIELDS = 100, 400
_FIELD_LIMIT = 6_000_000
"""Bytes of one text field: a little more than a case may have, so that its own line refuses it."""
_LONGEST_PATH = 500


def seed(request: Request) -> str:
    """The visitor's own random words: those of the cookie, or new ones."""
    found = request.cookies.get(COOKIE, "")
    known: str = getattr(request.state, "seed", "")
    if not known:
        known = found if _is_seed(found) else os.urandom(24).hex()
        request.state.seed = known
    return known


def mark(request: Request) -> str:
    """What a form of this visitor carries: bound to the cookie by the secret of the site."""
    secret: bytes = request.app.state.site.secret
    return hmac.new(secret, seed(request).encode(), sha256).hexdigest()


def keep_seed(request: Request, response: Response) -> None:
    """Give the visitor their cookie, where they have none."""
    if request.cookies.get(COOKIE) != seed(request):
        secure = request.app.state.site.secure
        response.set_cookie(COOKIE, seed(request), httponly=True, samesite="strict", secure=secure, path="/")


async def posted(request: Request) -> FormData:
    """The fields and files of a form; OldForm unless it carries the visitor's mark. Every change goes through it."""
    form = await request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=_FIELD_LIMIT)
    given = request.headers.get(HEADER) or str(form.get(FIELD, ""))
    if COOKIE not in request.cookies or not hmac.compare_digest(given.encode(), mark(request).encode()):
        await form.close()
        raise OldForm(
            "this form is too old or came from elsewhere; go back, load the page again, and send it once more"
        )
    return form


def text(form: FormData, name: str) -> str:
    """A text field, empty where it was not sent; lines end as on any system."""
    found = form.get(name)
    return found.replace("\r\n", "\n") if isinstance(found, str) else ""


def own_path(told: str) -> str:
    """An address within these pages, to be led back to; empty where it may lead elsewhere, or is one of signing in."""
    within = told.startswith("/") and not told.startswith(("//", "/sign-"))
    plain = told.isascii() and told.isprintable() and "\\" not in told and len(told) <= _LONGEST_PATH
    return told if within and plain else ""


def whole(told: str) -> int | None:
    """A whole number from 0 that a store can hold; None where it is none."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < len(str(2**60)) else None


def number(form: FormData, name: str) -> int:
    """A whole number from 0; 0 where it is none."""
    return whole(text(form, name)) or 0


def texts(form: FormData, name: str) -> list[str]:
    """All values of a field that may be sent several times."""
    return [one for one in form.getlist(name) if isinstance(one, str)]


async def files(form: FormData, name: str) -> list[tuple[str, bytes]]:
    """The files of a field, each by its name and its bytes."""
    found = [one for one in form.getlist(name) if isinstance(one, UploadFile) and one.filename]
    return [(one.filename or "", await one.read()) for one in found]


def _is_seed(value: str) -> bool:
    return len(value) == 48 and value.isalnum()  # noqa: PLR2004 - 24 bytes in hex
