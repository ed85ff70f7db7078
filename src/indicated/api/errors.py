"""What the API refuses by itself, before any service is asked: one class per reason, each with a stable code."""

from __future__ import annotations

from indicated.model.errors import BadInput, IndicatedError


class BadRequest(BadInput):
    """A body or query that is not of the shape that the route takes."""

    code = "bad-request"


class NotJson(BadInput):
    """A body of another kind than the route takes."""

    code = "not-json"


class NoRoute(BadInput):
    """There is nothing at that address, or not by that method."""

    code = "no-route"


class BodyTooBig(BadInput):
    """A body beyond the limit."""

    code = "body-too-big"


class VersionNeeded(BadInput):
    """A change without the version it was made on, or with one that is none."""

    code = "version-needed"


class TooManyRequests(IndicatedError):
    """More requests than one account or address may send; `wait` says for how many seconds to wait."""

    code = "too-many-requests"

    def __init__(self, wait: int) -> None:
        super().__init__(f"that is more than may be sent in a minute; go on in {wait} seconds")
        self.wait = wait


class StillAnswering(IndicatedError):
    """The first request under an idempotency key is still being answered."""

    code = "still-answering"
