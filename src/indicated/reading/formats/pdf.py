"""PDF: the text of each page in reading order, and where each page starts.

Lines that every page repeats (letterheads, `page 3 of 9`) are told once, so that a sentence runs on over a page's end.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from indicated.model.text import Document, Place
from indicated.reading.formats.errors import Damaged, Encrypted, NeedsOcr, TooBig
from indicated.reading.formats.limits import PDF_PAGES, PICTURE, PIXELS, TEXT
from indicated.reading.formats.pdf_lines import lines_of
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    Ocr = Callable[[bytes], str]
    """A picture of a page as a portable graymap to its text."""

_PAGE_NUMBER = lazily(r"(?i)[^\w]{0,3}(?P<page>page|pg\.?)?\s*(?P<number>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?[^\w]{0,3}")
_EDGE = 4
_LEAST = 3
_DOTS = 300 / 72
_FEW, _WORDS = 5, 30
_PART, _HALF, _WHOLE = 0.25, 0.5, 0.8
_OBJECTS, _SHAPES = 5_000, 300
_ENDED = (".", "!", "?", ":", ";")
_PASSWORD, _SECURITY = 4, 5


class _Page(NamedTuple):
    """The lines of one page, and whether they were recognised in a picture."""

    lines: list[str]
    scanned: bool = False


def document_of(raw: bytes, name: str, ocr: Ocr | None) -> Document:
    """The document of a PDF, with its pages as places. Encrypted, Damaged, TooBig or NeedsOcr where it cannot be read
    whole.
    """
    import pypdfium2

    from indicated.reading.formats.pdf_streams import check

    check(raw, name)
    try:
        pdf = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
            raise Encrypted(f"{name} is protected by a password; save it without one and try again") from None
        raise Damaged(f"{name} is a damaged PDF; open it in a viewer and print it to PDF again") from None
    try:
        return _document(pdf, name, ocr)
    finally:
        pdf.close()


def _document(pdf: Any, name: str, ocr: Ocr | None) -> Document:
    pdf.init_forms()
    count = len(pdf)
    if count > PDF_PAGES:
        raise TooBig(f"{name} has {count:,} pages, more than {PDF_PAGES:,}; give the pages that concern the request")
    if not count:
        raise Damaged(f"{name} is a PDF without pages; open it in a viewer and print it to PDF again")
    pages: list[_Page] = []
    size = 0
    for number in range(count):
        pages.append(_page(pdf, number, name, ocr))
        size += sum(map(len, pages[-1].lines))
        if size > TEXT:
            raise TooBig(f"{name} has more than {TEXT // 1_000_000} MB of text; give the pages that matter")
    return joined(pages, name)


def _page(pdf: Any, number: int, name: str, ocr: Ocr | None) -> _Page:
    """One page. Where a picture covers it, the text that stands on it is a letterhead, a fax line, or was itself
    recognised in the picture.
    """
    import pypdfium2

    try:
        page = _with_answers(pdf, number)
        lines = lines_of(page, f"{name}: page {number + 1}")
        words = sum(len(line.split()) for line in lines)
        covered, shapes = _covered(page)
        drawn = words == 0 and shapes >= _SHAPES
        if not drawn and (words >= _WORDS or covered < (_HALF if words >= _FEW else _PART)):
            return _Page(lines, scanned=covered >= _WHOLE)
        if ocr is None:
            raise NeedsOcr(
                f"{name}: page {number + 1} is a picture of text; install tesseract (the package tesseract-ocr) to "
                f"have it read, or give the text"
            )
        return _Page([*lines, *ocr(_picture(page, name, number)).split("\n")], scanned=True)
    except pypdfium2.PdfiumError:
        raise Damaged(f"{name}: page {number + 1} is damaged; open it in a viewer and print it to PDF again") from None


def _covered(page: Any) -> tuple[float, int]:
    """The part of the page that pictures cover, and how many shapes are drawn on it, as letters can be."""
    from pypdfium2 import raw

    width, height = page.get_size()
    area = shapes = 0
    for shown in islice(
        page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH), max_depth=3), _OBJECTS
    ):
        if shown.type == raw.FPDF_PAGEOBJ_PATH:
            shapes += 1
        else:
            left, low, right, high = shown.get_bounds()
            area += max(min(right, width) - max(left, 0), 0) * max(min(high, height) - max(low, 0), 0)
    return area / max(width * height, 1), shapes


def _with_answers(pdf: Any, number: int) -> Any:
    """A page with what was filled into its form as part of its text."""
    page = pdf[number]
    if pdf.formenv is None or not page.flatten():
        return page
    page.close()
    return pdf[number]


def _picture(page: Any, name: str, number: int) -> bytes:
    """The page as a gray picture at 300 dots an inch."""
    from pypdfium2 import raw

    width, height = page.get_size()
    if width * height * _DOTS * _DOTS > PIXELS:
        raise TooBig(f"{name}: page {number + 1} is larger than A2; print it smaller and scan it again")
    for shown in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        across, down = shown.get_px_size()
        if across * down > PICTURE:
            raise TooBig(f"{name}: a picture on page {number + 1} is larger than any scan; scan it again")
    bitmap = page.render(scale=_DOTS, grayscale=True)
    rows = bytes(bitmap.buffer)
    told = b"".join(rows[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + told


def joined(pages: Sequence[_Page], name: str) -> Document:
    """The pages as one text. Repeated edge lines are told once, those at the foot at the very end; a page that ends
    within a sentence runs on.
    """
    repeated = _repeated(pages)
    told: set[str] = set()
    parts: list[str] = []
    places: list[Place] = []
    feet: list[tuple[int, str]] = []
    length = 0
    for number, page in enumerate(pages, 1):
        lines, foot = _without(page.lines, number, repeated, told)
        feet += [(number, line) for line in foot]
        body = "\n".join(lines).strip("\n")
        if body:
            runs_on = parts and not parts[-1].endswith(_ENDED) and body[0].islower()
            parts += ["\n" if runs_on else "\n\n", body] if parts else [body]
            length = sum(map(len, parts)) if len(parts) == 1 else length + len(parts[-2]) + len(body)
            places.append(Place(length - len(body), f"p. {number}", page.scanned))
    for number, line in feet:
        places.append(Place(length + 2, f"p. {number}", pages[number - 1].scanned))
        parts += ["\n\n", line]
        length += 2 + len(line)
    return Document(name, "".join(parts), tuple(places))


def _repeated(pages: Sequence[_Page]) -> frozenset[str]:
    """Lines at the top or bottom of at least half of the pages, and of three."""
    if len(pages) < _LEAST:
        return frozenset()
    counts = Counter(line for page in pages for line in {_plain(one) for one in _edges(page.lines)} if line)
    return frozenset(line for line, count in counts.items() if count >= max(_LEAST, len(pages) / 2))


def _edges(lines: Sequence[str]) -> list[str]:
    full = [line for line in lines if line.strip()]
    return [*full[:_EDGE], *full[-_EDGE:]]


def _plain(line: str) -> str:
    return " ".join(line.split())


def _without(
    lines: Sequence[str], number: int, repeated: frozenset[str], told: set[str]
) -> tuple[list[str], list[str]]:
    """The lines without page numbers and repeated edges, and the repeated lines at the foot not told before."""
    full = [at for at, line in enumerate(lines) if line.strip()]
    top, foot = set(full[:_EDGE]), set(full[-_EDGE:])
    kept: list[str] = []
    after: list[str] = []
    for at, line in enumerate(lines):
        plain = _plain(line)
        counted = _PAGE_NUMBER.fullmatch(plain)
        if counted is not None and int(counted["number"]) == number and (counted["page"] or at in (full[0], full[-1])):
            continue
        if plain in repeated and (at in top or at in foot):
            if plain not in told:
                told.add(plain)
                (kept if at in top else after).append(line)
            continue
        kept.append(line)
    return kept, after
