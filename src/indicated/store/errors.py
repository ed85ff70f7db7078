"""What can be wrong with a store: one class per mistake, each with a stable code and one clear line."""

from __future__ import annotations

from indicated.model.errors import BadInput, IndicatedError


class NoStore(BadInput):
    """The database cannot be reached, or its address is not one."""

    code = "no-store"


class StoreNotCurrent(BadInput):
    """The tables are those of an earlier or a later version of the program."""

    code = "store-not-current"


class BadKey(BadInput):
    """A master key that is not 32 bytes in base64."""

    code = "bad-key"


class CannotOpen(IndicatedError):
    """Something sealed cannot be opened: its key is not given, was destroyed, or the bytes were changed."""

    code = "cannot-open"


class NotForTheLog(IndicatedError):
    """A word that is not a plain code was about to be written into the audit log."""

    code = "not-for-the-log"


class BadBackup(BadInput):
    """A file that is not a backup of a store, was changed, or is of another version of the tables."""

    code = "bad-backup"


class NotEmpty(BadInput):
    """A backup was about to be restored into a store that has something in it."""

    code = "not-empty"
