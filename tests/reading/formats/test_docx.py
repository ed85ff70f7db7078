"""Word files: everything that a reader of the page sees, in order, and nothing that unfolds without end."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from indicated.reading.formats.errors import Damaged, Encrypted, NoTextFound, TooBig, UnsafeXml, Unsupported
from tests.reading.formats import made

ITEM = "<w:pPr><w:numPr><w:ilvl/></w:numPr></w:pPr>"


def text(body, **parts):
    return made.text_of("a.docx", made.docx(body, **parts))


def test_paragraphs_are_parted_by_blank_lines():
    assert (
        text(made.p("Assessment") + made.p("A girl with dermatomyositis"))
        == "Assessment\n\nA girl with dermatomyositis"
    )


def test_items_stand_line_under_line():
    assert text(made.p("Drugs:") + made.p("prednisone", ITEM) + made.p("methotrexate", ITEM)) == (
        "Drugs:\n\n- prednisone\n- methotrexate"
    )


def test_a_table_is_a_line_a_row():
    table = f"<w:tbl>{made.tr('Test', 'Result')}{made.tr('IgG', '380 mg/dL')}</w:tbl>"
    assert text(table) == "Test | Result\nIgG | 380 mg/dL"


def test_a_cell_of_several_paragraphs_is_one_cell():
    cell = f"<w:tc>{made.p('prednisone')}{made.p('methotrexate')}</w:tc><w:tc>{made.p('stopped')}</w:tc>"
    assert text(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>") == "prednisone; methotrexate | stopped"


def test_a_frame_of_one_cell_is_no_table():
    frame = f"<w:tbl><w:tr><w:tc>{made.p('One.')}{made.p('Two.')}</w:tc></w:tr></w:tbl>"
    assert text(frame) == "One.\n\nTwo."


def test_a_text_box_is_told_once_after_its_paragraph():
    inner = f"<w:txbxContent>{made.p('In a box')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    run = f"<mc:AlternateContent {mc}>{both}</mc:AlternateContent>"
    assert text(f"<w:p><w:r>{run}</w:r><w:r><w:t>Paragraph</w:t></w:r></w:p>") == "Paragraph\n\nIn a box"


def test_deleted_text_is_gone_and_inserted_text_is_there():
    changed = "<w:del><w:r><w:delText>no </w:delText></w:r></w:del><w:ins><w:r><w:t>fever</w:t></w:r></w:ins>"
    assert text(f"<w:p>{changed}</w:p>") == "fever"


def test_boxes_of_a_form_say_whether_they_are_ticked():
    def box(state, words):
        data = f'<w:ffData><w:checkBox><w:checked w:val="{state}"/></w:checkBox></w:ffData>'
        return f"<w:p><w:r><w:fldChar>{data}</w:fldChar></w:r><w:r><w:t>{words}</w:t></w:r></w:p>"

    assert text(box("1", "yes") + box("0", "no")) == "☒ yes\n\n☐ no"


def test_headers_notes_and_footers_are_not_lost():
    note = (
        f'<w:footnote w:type="separator">{made.p("--")}</w:footnote><w:footnote>{made.p("IgG 380 mg/dL.")}</w:footnote>'
    )
    told = text(made.p("Body"), header1=made.p("Letterhead"), footnotes=note, footer1=made.p("End"))
    assert told == "Letterhead\n\nBody\n\nIgG 380 mg/dL.\n\nEnd"


def test_a_file_of_python_docx_reads_the_same():
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    written = docx.Document()
    written.add_heading("Assessment", 1)
    written.add_paragraph("A girl with dermatomyositis.")
    written.add_paragraph("prednisone", style="List Bullet")
    table = written.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "IgG", "380 mg/dL"
    out = io.BytesIO()
    written.save(out)
    told = made.text_of("a.docx", out.getvalue())
    assert told.startswith("Assessment\n\nA girl with dermatomyositis.")
    assert told.endswith("IgG | 380 mg/dL")


# What is refused.


def test_a_part_that_unfolds_without_end_is_refused():
    bomb = made.docx(made.p("x" * 60_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(TooBig, match=r"a.docx \(word/document.xml\) unfolds to more than any chart holds"):
        made.opened("a.docx", bomb)


def test_a_part_that_lies_about_its_size_is_refused():
    bomb = bytearray(made.docx(made.p("x" * 60_000_000)))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = bomb.find(b"word/document.xml") if signature == b"PK\x03\x04" else bomb.rfind(b"word/document.xml")
        head = bomb.rfind(signature, 0, start)
        bomb[head + at : head + at + 4] = struct.pack("<I", 100)
    with pytest.raises((TooBig, Damaged)):
        made.opened("a.docx", bytes(bomb))


def test_more_files_than_a_document_has_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for at in range(10_001):
            package.writestr(f"{at}", b"")
    with pytest.raises(TooBig, match="holds more than 10,000 files"):
        made.opened("a.docx", out.getvalue())


def test_entities_are_off():
    evil = f'<!DOCTYPE x [<!ENTITY a "boom">]><w:document {made.W}><w:body>&a;</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", evil)
    with pytest.raises(UnsafeXml, match="declares a document type or entities"):
        made.opened("a.docx", out.getvalue())


def test_elements_without_end_within_each_other_are_refused():
    with pytest.raises(TooBig, match="more than 200 elements within each other"):
        text("<w:sdt>" * 300 + "</w:sdt>" * 300)


@pytest.mark.parametrize(("member", "kind"), [("xl/workbook.xml", "an Excel file"), ("a.txt", "a zip file")])
def test_another_kind_of_zip_is_named(member, kind):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(member, "x")
    with pytest.raises(Unsupported, match=rf"a\.docx is {kind}; save the notes in it"):
        made.opened("a.docx", out.getvalue())


def test_a_password_and_an_old_file_are_told_apart():
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    with pytest.raises(Unsupported, match=r"an old Office file; save it as \.docx"):
        made.opened("a.doc", old)
    with pytest.raises(Encrypted, match="protected by a password"):
        made.opened("a.docx", old + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize("cut", [4, 60, 200])
def test_a_file_that_is_cut_off_is_refused(cut):
    with pytest.raises(Damaged, match="damaged Word or zip file"):
        made.opened("a.docx", made.docx(made.p("Hello"))[:cut])


def test_a_file_without_a_word_is_refused():
    with pytest.raises(NoTextFound, match=r"a\.docx is a Word file without a word in it"):
        text("")
