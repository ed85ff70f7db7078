"""A plan's denial with a case: the notice that was given, or the one that the case itself quotes, answered."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import TextIO

import msgspec

from indicated.engine.denial import check_denial
from indicated.model.case import Case
from indicated.model.denial import Denial, DenialCheck
from indicated.model.determination import Determination
from indicated.model.text import Document
from indicated.reading.denials import DenialReader
from indicated.release import Release
from indicated.workflow.errors import BadUse
from indicated.workflow.intake import document, open_case

_STDIN = "-"


def from_option(given: str, cases: list[str], stdin: TextIO | None) -> Document:
    """The notice of `--denial`: the words of a file of any kind, or of standard input (`-`)."""
    if given == _STDIN and _STDIN in cases:
        raise BadUse("standard input cannot be both the case and the denial; give one of them as a file")
    read = open_case(given, stdin)
    name = os.path.basename(given) if given != _STDIN else "stdin"  # noqa: PTH119  (as in intake)
    return as_one(read, name)


def as_one(read: Sequence[Document], name: str) -> Document:
    """A notice that came in several parts as one document of that name; the only part as it is."""
    return read[0] if len(read) == 1 else document("\n\n".join(one.text for one in read), name)


def denial_of(case: Case, notice: Document | None, release: Release) -> Denial | None:
    """The denial that a notice tells, or, without one, the first with reasons that the case quotes; None where the
    case tells of none.
    """
    reader = _reader(release)
    if notice is not None:
        return reader.notice(_apart(notice, case)) if reader is not None else None
    found = reader.quoted(case.documents) if reader is not None else ()
    return next((one for one in found if one.reasons), found[0] if found else None)


def answered(decided: Determination, denial: Denial | None, release: Release) -> DenialCheck | None:
    """The denial, answered reason by reason from the determination."""
    words = release.denial_words
    if denial is None or words is None:
        return None
    return check_denial(denial, decided, release.knowledge, release.law, frozenset(words.untold))


def _apart(notice: Document, case: Case) -> Document:
    """The notice under an id that no document of the case has, so that its passages are never taken for theirs."""
    taken = {one.id for one in case.documents}
    name = notice.id
    while name in taken:
        name = f"denial {name}"
    return msgspec.structs.replace(notice, id=name) if name != notice.id else notice


@lru_cache(maxsize=2)
def _reader(release: Release) -> DenialReader | None:
    words = release.denial_words
    return DenialReader(release.lexicon, words) if words is not None else None
