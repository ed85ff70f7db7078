"""Why a letter is not drafted, in one line."""

from __future__ import annotations

from indicated.model.errors import IndicatedError


class NotCarried(IndicatedError):
    """A letter that argues for the request, where this record does not carry it."""

    code = "not-carried"


class NothingToAsk(IndicatedError):
    """A request for information where nothing is missing."""

    code = "nothing-to-ask"


class NotApprovable(IndicatedError):
    """An approval without an approvable next step and without a signed decision to approve."""

    code = "not-approvable"


class NoSignedDecision(IndicatedError):
    """A denial without a whole, signed decision of a licensed person on this very determination."""

    code = "no-signed-decision"


class NoAppealRights(IndicatedError):
    """A denial that could not tell how to appeal."""

    code = "no-appeal-rights"
