"""What a service of the review refuses: one class per reason, each with a stable code and one clear line."""

from __future__ import annotations

from indicated.model.errors import BadInput, IndicatedError


class Refused(IndicatedError):
    """The person may not do this: their role, their licence, or their part in the case stands against it."""

    code = "refused"


class NotLicensed(Refused):
    """An adverse decision by somebody whose licence, state, specialty or credentials are not on record."""

    code = "not-licensed"


class SamePerson(Refused):
    """A second person is needed, and this one prepared, decided or wrote it."""

    code = "same-person"


class SignInAgain(Refused):
    """Signing needs the person to have proved who they are just now."""

    code = "sign-in-again"


class NoCase(BadInput):
    """There is no such case, or not one that the person may see."""

    code = "no-case"


class NotNow(IndicatedError):
    """The case is in a state in which this cannot be done."""

    code = "not-now"


class OnHold(NotNow):
    """The case is kept from being erased until somebody lets it go."""

    code = "on-hold"


class Conflict(IndicatedError):
    """Somebody else changed the case since it was last read. The line says who, what and when; nothing was written."""

    code = "conflict"


class Incomplete(BadInput):
    """Something that has to be said was left out."""

    code = "incomplete"


class NoSuchFact(BadInput):
    """A correction of a fact that the record, as it is read now, does not hold."""

    code = "no-such-fact"


class Erased(IndicatedError):
    """The case's contents were erased; only that it was there is kept."""

    code = "erased"


class OtherRequest(IndicatedError):
    """One idempotency key was used for two different requests."""

    code = "other-request"


class BadArchive(BadInput):
    """A file that is not an archive of a case, or one that was changed."""

    code = "bad-archive"
