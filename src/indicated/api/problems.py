"""Every refusal as one JSON object (RFC 9457), and the status it is sent with."""

from __future__ import annotations

import msgspec
from msgspec import Struct
from starlette.responses import Response

from indicated.api import errors as own
from indicated.model.errors import BadInput, IndicatedError
from indicated.store import errors as store
from indicated.workflow import errors as workflow
from indicated.workflow.accounts import errors as accounts
from indicated.workflow.review import errors as review

MEDIA = "application/problem+json"
BEGINS = "urn:indicated:problem:"

STATUS: tuple[tuple[type[IndicatedError], int], ...] = (
    (own.NotJson, 415),
    (own.NoRoute, 404),
    (own.BodyTooBig, 413),
    (own.VersionNeeded, 428),
    (own.TooManyRequests, 429),
    (own.StillAnswering, 409),
    (accounts.NotSignedIn, 401),
    (accounts.TooManyAttempts, 429),
    (accounts.ScopeMissing, 403),
    (accounts.NoAccount, 404),
    (accounts.SignOnFailed, 401),
    (review.Refused, 403),
    (review.NoCase, 404),
    (review.NotNow, 409),
    (review.Conflict, 412),
    (review.Erased, 410),
    (review.OtherRequest, 422),
    (workflow.UnknownPolicy, 404),
    (workflow.TooLong, 413),
    (store.NoStore, 503),
    (store.StoreNotCurrent, 503),
    (store.CannotOpen, 503),
    (BadInput, 422),
    (IndicatedError, 422),
)
"""The status of each refusal: the first that fits."""


class Problem(Struct, frozen=True):
    """What was refused and why. `code` is stable and stands in docs/reference/errors.md, `type` is a URN made of it,
    `detail` is one line that says what, where and how to mend it; `request` names the request in the log.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    request: str


class Mistake(IndicatedError):
    """A mistake in the program; the log has where."""

    code = "mistake"


def status_of(error: IndicatedError) -> int:
    """The status that a refusal is sent with."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def problem(error: IndicatedError, request: str, status: int = 0) -> Response:
    """The response for a refusal."""
    sent = status or status_of(error)
    title = (type(error).__doc__ or "").split(". ")[0].split("\n")[0].strip().rstrip(".;,")
    told = Problem(BEGINS + error.code, title, sent, str(error), error.code, request)
    headers = {}
    if sent == 401:  # noqa: PLR2004
        headers["www-authenticate"] = 'Bearer realm="indicated"'
    wait = getattr(error, "wait", 1 if isinstance(error, own.StillAnswering) else 0)
    if wait:
        headers["retry-after"] = str(wait)
    return Response(msgspec.json.encode(told), sent, headers, MEDIA)
