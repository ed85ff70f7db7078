"""What can be wrong with a file that is not plain text; each message is one line: what, where, how to mend it."""

from __future__ import annotations

from indicated.model.errors import BadInput


class Unsupported(BadInput):
    """A kind of file that no reader here opens."""

    code = "unsupported"


class Encrypted(BadInput):
    """The file asks for a password."""

    code = "encrypted"


class Damaged(BadInput):
    """The file is not what its beginning says: cut off, overwritten, or of another kind."""

    code = "damaged"


class TooBig(BadInput):
    """The file, or what it unfolds to, is beyond a limit that no chart needs."""

    code = "too-big"


class UnsafeXml(BadInput):
    """An XML file that declares a document type or entities, which no chart needs and attacks use."""

    code = "unsafe-xml"


class NeedsOcr(BadInput):
    """Pictures of text, and the program that recognises them is not installed or did not finish."""

    code = "needs-ocr"


class NoTextFound(BadInput):
    """The file opens and holds no word."""

    code = "no-text"


class SeveralPatients(BadInput):
    """One case is one patient; the files speak of several."""

    code = "several-patients"
