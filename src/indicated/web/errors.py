"""What only pages refuse: one class per reason, each with a stable code and one clear line."""

from __future__ import annotations

from indicated.model.errors import BadInput, IndicatedError
from indicated.workflow.review.errors import Conflict, Erased, Incomplete, NoCase, NotNow, Refused


class NotSignedIn(IndicatedError):
    """A page for people who are signed in, asked for by somebody who is not."""

    code = "not-signed-in"


class OldForm(IndicatedError):
    """A form without the mark of a page of ours: it is too old, or another site sent it."""

    code = "old-form"


class TooLarge(BadInput):
    """More was sent than a page takes."""

    code = "too-large"


class TooOften(IndicatedError):
    """More requests in a short time than one address may make."""

    code = "too-often"


class NoPage(BadInput):
    """There is no page at that address."""

    code = "no-page"


class OtherHost(IndicatedError):
    """The pages of one's own machine, reached under another name than its own: another site may be behind it."""

    code = "other-host"


_CONFLICT = 409
STATUS: tuple[tuple[type[IndicatedError], int], ...] = (
    (NotSignedIn, 401),
    (OldForm, 403),
    (Refused, 403),
    (NoPage, 404),
    (NoCase, 404),
    (Erased, 410),
    (Conflict, _CONFLICT),
    (NotNow, _CONFLICT),
    (OtherHost, 421),
    (TooLarge, 413),
    (TooOften, 429),
    (Incomplete, 422),
    (BadInput, 422),
)
"""The status of each refusal; the first that fits. Anything else that a caller can mend is a conflict with what is."""


def status_of(error: IndicatedError) -> int:
    """The status that a refusal is answered with."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), _CONFLICT)
