"""What can be wrong with what was given: one class per mistake, each with a stable code and one clear line."""

from __future__ import annotations

from indicated.model.errors import BadInput


class NoFile(BadInput):
    """There is no file of that name."""

    code = "no-file"


class IsFolder(BadInput):
    """A folder was given where a file is needed."""

    code = "is-folder"


class Unreadable(BadInput):
    """The file is there and the system does not let it be read."""

    code = "unreadable"


class Empty(BadInput):
    """Nothing but white space."""

    code = "empty"


class Binary(BadInput):
    """Not a text: a PDF, a Word file, an image, or other bytes."""

    code = "binary"


class NotUtf8(BadInput):
    """A text in another encoding than UTF-8."""

    code = "not-utf8"


class TooLong(BadInput):
    """More text than one case can have."""

    code = "too-long"


class UnknownPolicy(BadInput):
    """No policy of that id, and no file of that name."""

    code = "unknown-policy"


class BrokenPolicy(BadInput):
    """A policy file that cannot be understood, with file and line."""

    code = "broken-policy"


class NoContent(BadInput):
    """The treatment asked for has no standard in this release, and no policy was given."""

    code = "no-content"


class BadDate(BadInput):
    """A date that is not a day written YYYY-MM-DD."""

    code = "bad-date"


class BadDecision(BadInput):
    """A file that holds no decision."""

    code = "bad-decision"


class Unwritable(BadInput):
    """The answer cannot be written where it should go."""

    code = "unwritable"


class BadUse(BadInput):
    """The command line names no command, or an option or value that does not exist."""

    code = "bad-use"


class NoQuestion(BadInput):
    """A question without a word, one longer than a question can be, or none where one is needed."""

    code = "no-question"


class UnknownDocument(BadInput):
    """Content has nothing of that name."""

    code = "unknown-document"


class BrokenFolder(BadInput):
    """A content folder that has problems, where one without is needed."""

    code = "broken-content"


class CannotSign(BadInput):
    """A signature that would say nothing new, or that has no place in the file."""

    code = "cannot-sign"


class NotInstalled(BadInput):
    """A part of the program that needs libraries which were not installed."""

    code = "not-installed"
