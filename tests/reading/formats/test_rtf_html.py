"""RTF and HTML: what a reader of the page sees, in order; nothing hidden, nothing that takes the machine down."""

from __future__ import annotations

import pytest

from indicated.reading.formats.errors import Damaged, NoTextFound, TooBig
from tests.effort import effort
from tests.reading.formats import made


def rtf(body):
    return made.text_of("a.rtf", rb"{\rtf1\ansi\ansicpg1252 " + body + b"}")


def html(body):
    return made.text_of("a.html", f"<!doctype html><html><body>{body}</body></html>".encode())


def test_rtf_paragraphs_and_signs():
    assert rtf(rb"IgG 380\'a0mg/dL\par\b CK\b0  \u8805?5 \{x\}\par") == "IgG 380\xa0mg/dL\n\nCK ≥5 {x}"


def test_rtf_in_another_alphabet():
    assert rtf(rb"{\fonttbl{\f1\fcharset204 A;}}{\f1\'cf\'f0}\par") == "Пр"


def test_rtf_rows_have_bars():
    assert rtf(rb"\trowd\intbl IgG\cell 380 mg/dL\cell\row\trowd\intbl CK\cell 900\cell\row\pard End\par") == (
        "IgG | 380 mg/dL\nCK | 900\nEnd"
    )


def test_rtf_notes_are_kept_and_pictures_and_deleted_text_are_not():
    body = rb"A{\footnote Note.}{\pict\pngblip 8950}{\*\secret hidden}\deleted gone\deleted0  B{\pict\bin5 }}}}}}\par"
    told = rtf(body)
    assert "Note." in told
    assert all(word not in told for word in ("8950", "hidden", "gone", "}"))
    assert told.rstrip().endswith("B")


def test_rtf_that_is_cut_off_is_refused():
    with pytest.raises(Damaged, match=r"a\.rtf is cut off"):
        made.opened("a.rtf", rb"{\rtf1 Patient with dermat")


def test_rtf_with_groups_without_end_is_refused():
    with pytest.raises(TooBig, match="more than 1,000 groups within each other"):
        made.opened("a.rtf", rb"{\rtf1 " + b"{" * 10_000 + b"}" * 10_001)


def test_html_blocks_items_and_rows():
    told = html(
        "<h2>Labs</h2><p>Two <b>tests</b> &amp; more.<br>Next</p><ul><li>one<li>two</ul>"
        "<table><tr><th>Test<th>Result<tr><td>IgG<td>380 mg/dL</table>End"
    )
    assert told == "Labs\n\nTwo tests & more.\nNext\n\n- one\n- two\nTest | Result\nIgG | 380 mg/dL\n\nEnd"


def test_html_scripts_styles_comments_and_deleted_text_are_left_out():
    told = html("<style>p{}</style><script>if(a<b)'</p>'</script><!-- c --><p>Seen <del>gone</del></p>")
    assert told == "Seen"


def test_html_forms_say_what_was_chosen():
    told = html(
        '<input type=checkbox checked> Yes <input type="radio"> No <input value="380">'
        "<select><option>A<option selected>B</select>"
    )
    assert told.startswith("☒ Yes ☐ No 380")
    assert told.endswith("B")


def test_html_signs_that_are_no_tags_stay():
    assert html("<p>IgG < 400, CRP <normal and 5 > 3</p>") == "IgG < 400, CRP <normal and 5 > 3"


def test_html_tables_within_tables_keep_their_words():
    assert html("<table><tr><td>A<td><table><tr><td>B<td>C</table></table>") == "A | B | C"


def test_html_in_the_windows_alphabet():
    assert made.text_of("a.html", b"<html><p>caf\xe9</p></html>") == "café"


def test_html_without_a_word_is_refused():
    with pytest.raises(NoTextFound, match="HTML page without a word"):
        html("<script>x</script>")


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<!",
        "<!--",
        "<a '",
        '<b ">',
        "<table>",
        "<tr>",
        "<td>",
        "<div>",
        "</p>",
        "&#",
        "<script>a</script>",
        "<li>",
        "<p x=",
    ],
)
def test_html_takes_time_in_proportion_whatever_is_left_open(unit):
    page = ("<html>" + unit * 2_000 + "x").encode()
    twice = ("<html>" + unit * 4_000 + "x").encode()
    made.opened("a.html", page)
    assert effort(lambda: made.opened("a.html", twice)) < 2.5 * effort(lambda: made.opened("a.html", page)) + 1_000
