"""PDFs: text in reading order, rows as rows, sentences over the end of a page, pages named, and clear refusals."""

from __future__ import annotations

import shutil

import pytest

from indicated.reading.formats.errors import Damaged, Encrypted, NeedsOcr, NoTextFound, TooBig
from indicated.workflow.assess import read
from tests.reading.formats import made

LETTERHEAD = "Example Clinic - Rheumatology"


def test_a_sentence_runs_on_over_the_end_of_a_page_and_its_furniture():
    pages = [
        [(72, 760, LETTERHEAD), *made.lines(*told), (280, 40, f"Page {number} of 3")]
        for number, told in enumerate(
            [["She was started on methotrexate because the"], ["rash did not improve on steroids."], ["Plan: none."]], 1
        )
    ]
    text = made.text_of("a.pdf", made.pdf(*pages))
    assert "because the\nrash did not improve on steroids.\n\nPlan: none." in text
    assert text.count(LETTERHEAD) == 1
    assert "Page 2" not in text


def test_a_repeated_line_that_differs_is_kept():
    """Another patient's name at the head of one page must not vanish."""
    heads = ["MRN 1001 Alpha", "MRN 1001 Alpha", "MRN 2002 Beta", "MRN 1001 Alpha"]
    pages = [[(72, 760, head), *made.lines(f"Line {at} of the note.")] for at, head in enumerate(heads)]
    text = made.text_of("a.pdf", made.pdf(*pages))
    assert text.count("MRN 1001 Alpha") == 1
    assert text.count("MRN 2002 Beta") == 1


def test_a_header_with_the_page_number_in_it_is_told_once():
    pages = [
        [(72, 760, f"Progress note of 3 May {at + 7}"), *made.lines(f"Line {word}")] for at, word in enumerate("abc")
    ]
    text = made.text_of("a.pdf", made.pdf(*pages))
    assert text.count("Progress note") == 1


def test_a_row_of_a_table_has_bars_between_its_cells():
    row = [(72, 600, "IgG"), (200, 600, "380 mg/dL"), (320, 600, "700-1600")]
    assert made.text_of("a.pdf", made.pdf(row)) == "IgG | 380 mg/dL | 700-1600"


def test_words_in_a_line_have_none():
    assert "|" not in made.text_of("a.pdf", made.pdf(made.lines("A line of a letter, as any other line.")))


def test_a_word_broken_at_the_end_of_a_line_is_whole_again():
    text = made.text_of("a.pdf", made.pdf(made.lines("a girl with dermato-", "myositis and anti-Jo-", "1 antibodies")))
    assert "dermatomyositis" in text
    assert "anti-Jo-1" in text


def test_a_fact_says_on_which_page_it_stands():
    raw = made.pdf(made.lines("The patient is a 14-year-old girl."), made.lines("Aldolase 12 U/L."))
    case = read(made.opened("a.pdf", raw))
    pages = {fact.concept: fact.passages[0].place for fact in case.facts}
    assert pages["demo.age"] == "p. 1"
    assert pages["lab.aldolase"] == "p. 2"


def test_what_was_filled_into_a_form_is_read():
    form = made.Pdf()
    font = form.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    label = form.stream(b"BT /F1 11 Tf 72 720 Td (Diagnosis:) Tj ET")
    fonts = b"/Resources << /Font << /F1 %d 0 R >> >>" % font
    looks = form.stream(
        b"/Tx BMC BT /F1 11 Tf 2 4 Td (dermatomyositis) Tj ET EMC",
        b"/Type /XObject /Subtype /Form /BBox [0 0 200 20] " + fonts,
    )
    field = form.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (dx) /V (dermatomyositis) /DA (/F1 11 Tf 0 g) "
        b"/Rect [150 715 350 735] /F 4 /AP << /N %d 0 R >> /P 5 0 R >>" % looks
    )
    page = form.add(
        b"<< /Type /Page /Parent 6 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Annots [%d 0 R] %s >>"
        % (label, field, fonts)
    )
    form.add(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % page)
    root = form.add(b"<< /Type /Catalog /Pages 6 0 R /AcroForm << /Fields [%d 0 R] >> >>" % field)
    assert "dermatomyositis" in made.text_of("form.pdf", form.bytes(root))


def test_a_picture_of_text_without_a_recogniser_is_refused_with_what_to_install():
    with pytest.raises(NeedsOcr, match=r"scan.pdf: page 1 is a picture of text; install tesseract .* or give the text"):
        made.opened("scan.pdf", made.scan("Aldolase 12 U/L."))


def test_a_picture_of_text_is_handed_to_the_recogniser_and_marked():
    seen = []

    def recognised(picture):
        seen.append(picture)
        return "Aldolase 12 U/L."

    [document] = made.opened("scan.pdf", made.scan("Aldolase 12 U/L."), recognised)
    assert seen[0].startswith(b"P5 2550 330")
    assert len(seen[0]) > 2550 * 3300
    [fact] = read((document,)).facts
    assert fact.scanned
    assert fact.passages[0].place == "p. 1"


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_scanned_page_is_read_with_tesseract():
    from indicated.workflow.ocr import recogniser

    raw = made.scan("The patient is a 14-year-old girl with dermatomyositis.", "Aldolase 12 U/L. Weight 35 kg.")
    case = read(made.opened("scan.pdf", raw, recogniser()))
    found = {fact.concept for fact in case.facts}
    assert {"demo.age", "lab.aldolase", "demo.weight"} <= found
    assert all(fact.scanned for fact in case.facts)


def test_a_text_page_is_not_marked_as_scanned():
    [document] = made.opened("a.pdf", made.pdf(made.lines("Aldolase 12 U/L.")))
    assert not any(place.scanned for place in document.places)


def test_a_password_is_asked_away():
    encrypted = made.pdf(made.lines("Secret text.")).replace(
        b"trailer << ",
        b"trailer << /Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -1 >> /ID [(a) (a)] "
        % (b"o" * 32, b"u" * 32),
    )
    with pytest.raises(Encrypted, match=r"a.pdf is protected by a password; save it without one"):
        made.opened("a.pdf", encrypted)


@pytest.mark.parametrize("raw", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 5000, made.pdf(made.lines("Hello there"))[:300]])
def test_a_damaged_file_is_refused(raw):
    with pytest.raises(Damaged, match="damaged"):
        made.opened("a.pdf", raw)


def test_a_file_without_a_word_is_refused():
    with pytest.raises(NoTextFound, match=r"a\.pdf is a PDF without a word in it"):
        made.opened("a.pdf", made.pdf([]))


def test_more_pages_than_a_chart_has_are_refused(monkeypatch):
    from indicated.reading.formats import pdf

    monkeypatch.setattr(pdf, "PDF_PAGES", 2)
    with pytest.raises(TooBig, match="has 3 pages, more than 2"):
        made.opened("a.pdf", made.pdf(*[made.lines("A page.")] * 3))


def test_a_page_larger_than_any_scan_is_refused_before_it_is_drawn():
    raw = made.scan("Aldolase 12 U/L.")
    raw = raw.replace(b"[0 0 612 792]", b"[0 0 9999 9999]").replace(b"612 0 0 792", b"9999 0 0 9999")
    with pytest.raises(TooBig, match="page 1 is larger than A2"):
        made.opened("a.pdf", raw, lambda _: "text")


def test_a_stream_that_unfolds_without_end_is_refused():
    import zlib

    bomb = made.Pdf()
    font = bomb.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    told = b"BT /F1 11 Tf 72 700 Td " + b"(x) Tj " * 3_000_000 + b" ET"
    content = bomb.stream(zlib.compress(told, 9), b"/Filter /FlateDecode")
    fonts = b"/Resources << /Font << /F1 %d 0 R >> >>" % font
    page = bomb.add(b"<< /Type /Page /Parent 4 0 R /MediaBox [0 0 612 792] /Contents %d 0 R %s >>" % (content, fonts))
    bomb.add(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % page)
    raw = bomb.bytes(bomb.add(b"<< /Type /Catalog /Pages 4 0 R >>"))
    assert len(raw) < 60_000
    with pytest.raises(TooBig, match="unfolds to more than any page"):
        made.opened("bomb.pdf", raw)


def test_a_high_gap_parts_paragraphs_and_even_spacing_does_not():
    even = [(72, 720 - 28 * at, line) for at, line in enumerate(["She was given", "methotrexate for", "a year"])]
    assert made.text_of("a.pdf", made.pdf(even)) == "She was given\nmethotrexate for\na year"
    apart = [
        (72, y, line) for y, line in ((720, "Example Clinic"), (680, "14M with rash,"), (666, "no fever"), (652, "now"))
    ]
    assert made.text_of("a.pdf", made.pdf(apart)) == "Example Clinic\n\n14M with rash,\nno fever\nnow"
