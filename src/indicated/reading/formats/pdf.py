"""PDF: the text of each page in reading order, and where each page starts.

Lines that every page repeats (letterheads, `page 3 of 9`) are told once, so that a sentence runs on over a page's end.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from indicated.reading.formats.errors import Damaged, Encrypted, NeedsOcr, TooBig
from indicated.reading.formats.limits import PDF_ALL_PIECES, PDF_PAGES, PDF_PIECES, PICTURE, PIXELS, TEXT
from indicated.reading.formats.pdf_lines import lines_of
from indicated.reading.formats.pdf_pages import Page, joined

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from indicated.model.text import Document

    Ocr = Callable[[bytes], str]
    """A picture of a page as a portable graymap to its text."""

_DOTS = 300 / 72
_FEW, _WORDS = 5, 30
_PART, _HALF, _WHOLE = 0.25, 0.5, 0.8
_OBJECTS, _SHAPES = 5_000, 300
_PASSWORD, _SECURITY = 4, 5


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
    pages: list[Page] = []
    size = objects = 0
    for number in range(count):
        page, drawn = _page(pdf, number, name, ocr)
        pages.append(page)
        objects += drawn
        if objects > PDF_ALL_PIECES:
            raise TooBig(f"{name} draws more than any chart does; print it to PDF again, or give the pages that matter")
        size += sum(map(len, pages[-1].lines))
        if size > TEXT:
            raise TooBig(f"{name} has more than {TEXT // 1_000_000} MB of text; give the pages that matter")
    return joined(pages, name)


def _page(pdf: Any, number: int, name: str, ocr: Ocr | None) -> tuple[Page, int]:
    """One page, and how many pieces are drawn on it. Where a picture covers it, the text that stands on it is a
    letterhead, a fax line, or was itself recognised in the picture.
    """
    import pypdfium2

    try:
        page = _with_answers(pdf, number)
        pieces = pypdfium2.raw.FPDFPage_CountObjects(page)
        if pieces > PDF_PIECES:
            raise TooBig(f"{name}: page {number + 1} draws more than any page does; print it to PDF again")
        lines = lines_of(page, f"{name}: page {number + 1}")
        words = sum(len(line.split()) for line in lines)
        covered, shapes = _covered(page)
        drawn = words == 0 and shapes >= _SHAPES
        if not drawn and (words >= _WORDS or covered < (_HALF if words >= _FEW else _PART)):
            return Page(lines, scanned=covered >= _WHOLE), pieces
        if ocr is None:
            raise NeedsOcr(
                f"{name}: page {number + 1} is a picture of text; install tesseract (the package tesseract-ocr) to "
                f"have it read, or give the text"
            )
        return Page([*lines, *ocr(_picture(page, name, number)).split("\n")], scanned=True), pieces
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
