"""PDF and Word files of an answer: the same words as in the text, the same bytes again, no date of their making."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pypdfium2
import pytest

from indicated.cli import main
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.render import render_file
from indicated.explain.show import show, show_file
from indicated.model.errors import Nonsense
from indicated.model.statement import FromTrace, Rationale, Section, Statement
from indicated.workflow import assess as workflow
from tests.explain.world import ROOT

AUDIENCES = ("clinician", "reviewer", "patient")
CASE = ROOT / "examples/2-overlap-denied.txt"


@pytest.fixture(scope="module")
def decided():
    from datetime import date

    from indicated.workflow.intake import open_case

    return workflow.assess(workflow.read(open_case(str(CASE), None)), None, date(2026, 11, 20))


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]{4,}", text)


def text_of_pdf(raw: bytes) -> str:
    file = pypdfium2.PdfDocument(raw)
    return "\n".join(file[page].get_textpage().get_text_range() for page in range(len(file)))


def text_of_word(raw: bytes) -> str:
    file = docx.Document(io.BytesIO(raw))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells])


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(("form", "read"), [("pdf", text_of_pdf), ("docx", text_of_word)])
def test_every_word_of_the_answer_is_in_the_file(decided, audience, form, read):
    release = workflow.current()
    told = read(show_file(decided, release, audience, form))
    answer = show(decided, release, audience, "md")
    answer = re.sub(r"<[^>]*>|&emsp;|\\", " ", answer)
    missing = set(words(answer)) - set(words(told)) - set(words(told.replace("\r\n", "").replace("\n", "")))
    assert missing == set()


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_same_answer_gives_the_same_bytes(decided, form):
    release = workflow.current()
    first = show_file(decided, release, "clinician", form)
    assert first == show_file(decided, release, "clinician", form)
    assert b"2026-" not in first if form == "pdf" else True


def test_the_word_file_says_nothing_of_when_or_by_whom(decided):
    raw = show_file(decided, workflow.current(), "clinician", "docx")
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert docx.Document(io.BytesIO(raw)).core_properties.author == ""


MARKUP = '#panic("x") *bold* _it_ $x$ `code` <label> @ref [a](b) \\ " #import "x" </w:t> &amp; ]] {{'


@pytest.mark.parametrize(("form", "read"), [("pdf", text_of_pdf), ("docx", text_of_word)])
@pytest.mark.parametrize("style", ["lead", "prose", "list", "rows", "table", "letter"])
def test_no_text_of_a_record_becomes_markup(form, read, style):
    said = Statement(MARKUP, (FromTrace("a", "b"),), label=MARKUP, mark="met")
    page = Rationale(MARKUP, "clinician", (Section("s", MARKUP, (said,), style),), ())
    told = read(render_file(page, form, Phrasebook(workflow.current().phrases)))
    flat = "".join(told.split())
    assert "".join(MARKUP.split()) in flat


def test_a_format_that_is_no_file_is_refused(decided):
    with pytest.raises(Nonsense, match="no file format 'html'"):
        show_file(decided, workflow.current(), "clinician", "html")


def test_the_command_writes_the_file(tmp_path, capsys):
    for form, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
        out = tmp_path / f"answer.{form}"
        assert main(["assess", str(CASE), "--format", form, "--out", str(out), "--on", "2026-11-20"]) == 0
        assert out.read_bytes().startswith(start)
    text = tmp_path / "answer.txt"
    assert main(["assess", str(CASE), "--out", str(text), "--on", "2026-11-20"]) == 0
    assert text.read_text("utf-8").startswith("Intravenous immune globulin")
    assert main(["assess", str(text), "--out", str(text)]) == 2
    assert "is where the case is read from" in capsys.readouterr().err
