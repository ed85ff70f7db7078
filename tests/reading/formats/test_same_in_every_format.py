"""The same notes read the same whatever kind of file they come in."""

from __future__ import annotations

import html
import textwrap

import pytest

from indicated.workflow.assess import read
from tests.explain.world import ROOT
from tests.reading.formats import made

NOTES = sorted(path for path in (ROOT / "examples").glob("*.txt") if ".policy" not in path.name)
NOTES += sorted((ROOT / "tests/data/paraphrases").glob("*.txt"))
WIDTH, LINES = 88, 48


def as_docx(text):
    return "a.docx", made.docx("".join(made.p(html.escape(line)) for line in text.split("\n")))


def as_html(text):
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
    return "a.html", f"<!doctype html><html><body>{paragraphs}</body></html>".encode()


def as_rtf(text):
    told = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    signs = "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in told)
    return "a.rtf", ("{\\rtf1\\ansi " + signs.replace("\n", "\\par\n") + "}").encode()


def as_pdf(text):
    """Wrapped and paged, with a letterhead and page numbers, as a printer would."""
    lines = [row for line in text.split("\n") for row in (textwrap.wrap(line, WIDTH) or [""])]
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    told = [
        [(72, 770, "Example Clinic"), *made.lines(*page, top=740), (280, 30, f"Page {number} of {len(pages)}")]
        for number, page in enumerate(pages, 1)
    ]
    return "a.pdf", made.pdf(*told)


def told(case):
    """Facts and request without their places."""
    facts = {(f.concept, f.assertion.polarity, f.assertion.certainty, f.value, f.result) for f in case.facts}
    stages = {(f.concept, f.therapy.stage, f.therapy.outcome) for f in case.facts if f.therapy is not None}
    request = case.request
    asked = (request.treatment, request.product, set(request.indications)) if request is not None else None
    return facts, stages, asked


@pytest.mark.parametrize("write", [as_docx, as_html, as_rtf, as_pdf])
@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_a_note_reads_the_same_as_its_text(path, write):
    text = path.read_text("utf-8")
    if write is as_pdf:
        text = text.encode("cp1252", "ignore").decode("cp1252")
    plain = told(read((made.plain(text.encode(), "a.txt"),)))
    assert told(read(made.opened(*write(text)))) == plain
