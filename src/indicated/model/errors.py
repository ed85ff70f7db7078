"""The one base class of every error this program raises on purpose."""


class IndicatedError(Exception):
    """Something the caller can mend. `str(error)` is one clear line: what, where, how to mend.

    `code` is stable and documented in docs/reference/errors.md. No message carries patient text.
    """

    code = "error"


class Nonsense(IndicatedError):
    """A value that cannot exist was about to be built (a passage that is not in its document, a range upside down)."""

    code = "nonsense"
