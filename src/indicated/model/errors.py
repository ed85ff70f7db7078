"""The base classes of the errors this program raises on purpose."""


class IndicatedError(Exception):
    """Something the caller can mend. `str(error)` is one clear line: what, where, how to mend.

    `code` is stable and documented in docs/reference/errors.md. No message carries patient text.
    """

    code = "error"


class Nonsense(IndicatedError):
    """A value that cannot exist was about to be built (a passage that is not in its document, a range upside down)."""

    code = "nonsense"


class BadInput(IndicatedError):
    """Something that was given cannot be used. The message says what, where, and how to mend it."""

    code = "bad-input"
