"""A determination as an answer under the release it was made on: the article in a format, or all of it as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicated.explain.article import article
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.render import FILES, render, render_file
from indicated.explain.translations import spanish
from indicated.model.determination import Determination
from indicated.model.errors import IndicatedError
from indicated.model.statement import Rationale
from indicated.release import Release

if TYPE_CHECKING:
    from indicated.model.contrast import SideBySide

_JSON = "json"
_SHOWN = 12


class OtherRelease(IndicatedError):
    """A determination made under another release of the content than the one installed."""

    code = "other-release"


def show(  # noqa: PLR0913
    determination: Determination,
    release: Release,
    audience: str,
    form: str,
    language: str = "en",
    *,
    width: int = 100,
    colour: bool = False,
) -> str:
    """The answer as text, Markdown, HTML or JSON. The same determination gives the same characters. OtherRelease when
    it was made on another release than the one given.
    """
    refuse_other_release(determination, release)
    if form == _JSON:
        from indicated.explain.data import encode

        return encode(as_dict(determination, release, audience, language))
    book, rationale = _told(determination, release, audience, language)
    return render(rationale, form, book, determination.case, width=width, colour=colour)


def show_file(determination: Determination, release: Release, audience: str, form: str, language: str = "en") -> bytes:
    """The answer as the bytes of a PDF or Word file. The same determination gives the same bytes."""
    refuse_other_release(determination, release)
    book, rationale = _told(determination, release, audience, language)
    return render_file(rationale, form, book)


def as_dict(
    determination: Determination, release: Release, audience: str = "clinician", language: str = "en"
) -> dict[str, Any]:
    """The answer as dictionaries, lists and strings."""
    from indicated.explain.data import as_dict as whole

    refuse_other_release(determination, release)
    book, rationale = _told(determination, release, audience, language)
    return whole(determination, release.knowledge, book, rationale)


def _told(determination: Determination, release: Release, audience: str, language: str) -> tuple[Phrasebook, Rationale]:
    words = spanish(language, audience, release.translations) if language != "en" else None
    book = Phrasebook(release.phrases, audience, words)
    return book, article(determination, release.knowledge, release.phrases, audience, words)


def show_contrast(  # noqa: PLR0913
    told: SideBySide,
    release: Release,
    audience: str,
    form: str,
    *,
    width: int = 100,
    colour: bool = False,
) -> str | bytes:
    """Why the answers of requests differ, in any format: text, or the bytes of a PDF or Word file."""
    from indicated.explain.contrast import article as article_of
    from indicated.explain.contrast import whole_case

    if form == _JSON:
        from indicated.explain.data import encode

        return encode(contrast_as_dict(told, release, audience))
    book = Phrasebook(release.phrases, audience)
    rationale = article_of(told, release.knowledge, release.phrases, audience)
    if form in FILES:
        return render_file(rationale, form, book)
    return render(rationale, form, book, whole_case(told), width=width, colour=colour)


def contrast_as_dict(told: SideBySide, release: Release, audience: str) -> dict[str, Any]:
    """Why the answers of requests differ, as dictionaries, lists and strings."""
    from indicated.explain.contrast import article as article_of
    from indicated.explain.data_contrast import contrast_data

    book = Phrasebook(release.phrases, audience)
    return contrast_data(told, release.knowledge, book, article_of(told, release.knowledge, release.phrases, audience))


def refuse_other_release(determination: Determination, release: Release) -> None:
    """OtherRelease where the determination was made on another release than this one."""
    if determination.release != release.id:
        raise OtherRelease(
            f"this was decided under content release {determination.release[:_SHOWN]} and the installed one is "
            f"{release.id[:_SHOWN]}; decide it again, or install that release"
        )
