"""What only pages refuse: one class per reason, each with a stable code and one clear line."""

from __future__ import annotations

from indicated.model.errors import BadInput, IndicatedError


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
