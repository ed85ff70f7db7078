"""A determination as an answer under the installed release: the article in a format, or the whole of it as data."""

from __future__ import annotations

from typing import Any

from indicated.explain.article import article
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.render import render
from indicated.model.determination import Determination
from indicated.model.errors import IndicatedError
from indicated.release import Release, builtin

_JSON = "json"
_SHOWN = 12


class OtherRelease(IndicatedError):
    """A determination made under another release of the content than the one installed."""

    code = "other-release"


def show(determination: Determination, audience: str, form: str, *, width: int = 100, colour: bool = False) -> str:
    """The answer as text, Markdown, HTML or JSON. The same determination gives the same characters."""
    release = _same(determination)
    book = Phrasebook(release.phrases, audience)
    if form == _JSON:
        from indicated.explain.data import encode

        return encode(as_dict(determination, audience))
    rationale = article(determination, release.knowledge, release.phrases, audience)
    return render(rationale, form, book, determination.case, width=width, colour=colour)


def as_dict(determination: Determination, audience: str = "clinician") -> dict[str, Any]:
    """The answer as dictionaries, lists and strings."""
    from indicated.explain import data

    release = _same(determination)
    rationale = article(determination, release.knowledge, release.phrases, audience)
    return data.as_dict(determination, release.knowledge, Phrasebook(release.phrases, audience), rationale)


def _same(determination: Determination) -> Release:
    installed = builtin()
    if determination.release != installed.id:
        raise OtherRelease(
            f"this was decided under content release {determination.release[:_SHOWN]} and the installed one is "
            f"{installed.id[:_SHOWN]}; decide it again, or install that release"
        )
    return installed
