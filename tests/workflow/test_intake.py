"""Texts come in whole; everything that is not a text is refused in one clear line."""

from __future__ import annotations

import errno
import io
import os

import pytest

from indicated.reading.formats.errors import Damaged, NeedsOcr, TooBig
from indicated.workflow import intake
from indicated.workflow.errors import BadInput, Binary, Empty, IsFolder, NoFile, NotUtf8, TooLong, Unreadable

CASE = "Request: IVIG.\nA 14-year-old."


def opened(tmp_path, raw, name="note.txt"):
    path = tmp_path / name
    path.write_bytes(raw)
    [document] = intake.open_case(str(path), None)
    return document


def test_a_text_comes_in_unchanged_under_its_file_name(tmp_path):
    document = opened(tmp_path, CASE.encode())
    assert (document.id, document.text) == ("note.txt", CASE)


def test_a_byte_order_mark_is_taken_off_and_line_ends_stay(tmp_path):
    assert opened(tmp_path, b"\xef\xbb\xbfone\r\ntwo").text == "one\r\ntwo"


def test_standard_input_is_a_dash():
    [document] = intake.open_case("-", io.TextIOWrapper(io.BytesIO(CASE.encode())))
    assert (document.id, document.text) == ("stdin", CASE)


@pytest.mark.parametrize(
    ("raw", "error", "words"),
    [
        (b"", Empty, "no text"),
        (b" \n\t\r\n", Empty, "no text"),
        (b"%PDF-1.7 \xe2\xe3", Damaged, "note.txt is a damaged PDF"),
        (b"PK\x03\x04word", Damaged, "note.txt is a damaged Word or zip file"),
        (b"\x00\x01\x02IVIG", Binary, "control bytes"),
        (bytes(range(1, 32)) * 9, Binary, "control bytes"),
        ("Request: IVIG".encode("utf-16"), NotUtf8, "UTF-16"),
        ("Request: IVIG".encode("utf-16-le"), NotUtf8, "UTF-16"),
        ("Request: IVIG".encode("utf-16-be"), NotUtf8, "UTF-16"),
        (b"one\ntwo caf\xe9\n", NotUtf8, "note.txt:2: byte 12"),
        (b"a" * (intake.LIMIT + 1), TooLong, "5 MB"),
        (b"a " * 10_000_000, TooLong, "5 MB"),
    ],
)
def test_what_is_not_a_usable_text_is_refused(tmp_path, raw, error, words):
    with pytest.raises(error, match=words) as refused:
        opened(tmp_path, raw)
    assert "\n" not in str(refused.value)


def test_a_text_at_the_limit_is_taken(tmp_path):
    assert len(opened(tmp_path, b"a" * intake.LIMIT).text) == intake.LIMIT


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(NoFile, match=r"no file nowhere\.txt"):
        intake.open_case("nowhere.txt", None)


def test_a_folder_gives_its_files_in_the_order_of_their_names_without_hidden_ones(tmp_path):
    for name in ("b.txt", "a.txt", ".c.txt"):
        (tmp_path / name).write_text(CASE)
    assert [one.id for one in intake.open_case(str(tmp_path), None)] == ["a.txt", "b.txt"]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    paths = []
    for folder in ("one/x", "two/x"):
        (tmp_path / folder).mkdir(parents=True)
        path = tmp_path / folder / "note.txt"
        path.write_text(CASE)
        paths.append(str(path))
    assert [one.id for one in intake.open_case(paths, None)] == ["one/x/note.txt", "two/x/note.txt"]


def test_a_file_given_twice_is_read_once(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(CASE)
    assert len(intake.open_case([str(path), str(path)], None)) == 1


def test_files_and_standard_input_are_one_case(tmp_path):
    (tmp_path / "note.txt").write_text(CASE)
    stdin = io.TextIOWrapper(io.BytesIO(b"Weight 35 kg."))
    assert [one.id for one in intake.open_case([str(tmp_path), "-"], stdin)] == ["note.txt", "stdin"]


def test_standard_input_may_be_a_file_of_another_kind():
    [document] = intake.open_case("-", io.TextIOWrapper(io.BytesIO(b"<html><p>Weight 35 kg.</p></html>")))
    assert (document.id, document.text) == ("stdin", "Weight 35 kg.")


def test_one_file_that_cannot_be_read_refuses_the_case_by_its_name(tmp_path):
    (tmp_path / "a.txt").write_text(CASE)
    (tmp_path / "b.txt").write_bytes(b"caf\xe9")
    with pytest.raises(NotUtf8, match=r"b\.txt:1"):
        intake.open_case(str(tmp_path), None)


def test_a_folder_within_a_folder_is_not_passed_over(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.txt").write_text(CASE)
    with pytest.raises(IsFolder, match="inner is a folder within a folder"):
        intake.open_case(str(tmp_path), None)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreadable, match="is no file that can be read"):
        intake.open_case(str(tmp_path), None)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(Empty, match="is a folder without files"):
        intake.open_case(str(tmp_path), None)


def test_more_text_than_a_case_has_is_refused_over_several_files(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("a " * 1_500_000)
    with pytest.raises(TooLong, match="the case has more than 5 MB"):
        intake.open_case(str(tmp_path), None)


def test_a_file_larger_than_any_chart_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("indicated.reading.formats.RAW", 100)
    path = tmp_path / "a.html"
    path.write_text("<html>" + "a" * 200)
    with pytest.raises(TooBig, match=r"a\.html has more than 0 MB"):
        intake.open_case(str(path), None)


def test_more_files_than_a_case_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("indicated.workflow.files._MOST", 1)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(CASE)
    with pytest.raises(TooBig, match="2 files were given, more than 1 for one case"):
        intake.open_case(str(tmp_path), None)


def test_a_picture_is_refused_without_a_recogniser_and_read_with_one(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    monkeypatch.setattr("indicated.workflow.ocr.recogniser", lambda: None)
    with pytest.raises(NeedsOcr, match=r"a\.png is a picture; install tesseract"):
        intake.open_case(str(path), None)
    monkeypatch.setattr("indicated.workflow.ocr.recogniser", lambda: lambda _: "Weight 35 kg.\n")
    [document] = intake.open_case(str(path), None)
    assert document.text == "Weight 35 kg."
    assert document.passage(0, 6).scanned


def test_plain_text_loads_no_reader_of_files(tmp_path):
    """The cold start of `assess note.txt` must not pay for PDFs."""
    import subprocess
    import sys

    path = tmp_path / "note.txt"
    path.write_text(CASE)
    code = (
        f"import sys; from indicated.workflow import intake; intake.open_case({str(path)!r}, None); "
        "print([name for name in sys.modules if 'formats' in name or name in ('subprocess', 'zipfile')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert told.stdout == "[]\n"


@pytest.mark.parametrize(
    "text", ["[ ] box to tick\nRequest: IVIG.", "{braces} Request: IVIG.", "<3 years. Request: IVIG.", "IVIG."]
)
def test_a_text_that_begins_like_another_format_is_a_text(tmp_path, text):
    assert opened(tmp_path, text.encode()).text == text


def test_read_files_of_the_package_reads_a_folder(tmp_path):
    import indicated

    (tmp_path / "note.txt").write_text(CASE)
    (tmp_path / "labs.html").write_text("<html><p>Aldolase 12 U/L.</p></html>")
    case = indicated.read_files(tmp_path)
    assert case.request is not None
    assert "lab.aldolase" in {fact.concept for fact in case.facts}


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_cannot_be_a_file_is_refused(name):
    with pytest.raises(Unreadable, match="cannot be read"):
        intake.open_case(name, None)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "shut.txt"
    path.write_text(CASE)
    path.chmod(0)
    with pytest.raises(Unreadable, match="Permission denied"):
        intake.open_case(str(path), None)


def test_no_refusal_repeats_the_record(tmp_path):
    for raw in (b"Jane Roe caf\xe9", b"Jane Roe\0", "Jane Roe".encode("utf-16")):
        with pytest.raises(BadInput) as refused:
            opened(tmp_path, raw)
        assert "Jane" not in str(refused.value)


def test_closed_standard_input_is_refused():
    with pytest.raises(Unreadable, match="standard input is closed; give the text there, or name a file"):
        intake.open_case("-", None)


class Failing(io.RawIOBase):
    def readable(self):
        return True

    def readinto(self, _):
        raise OSError(errno.EISDIR, "Is a directory")


def test_standard_input_that_cannot_be_read_is_refused():
    with pytest.raises(Unreadable, match="standard input cannot be read: Is a directory; give the text there"):
        intake.open_case("-", io.TextIOWrapper(io.BufferedReader(Failing())))


def test_half_a_character_is_refused_by_its_place():
    with pytest.raises(NotUtf8, match="text: character 14 is half of one; decode the text as UTF-8"):
        intake.document("Request: IVIG\ud800")


def test_a_name_in_another_encoding_is_shown_as_far_as_it_can_be(tmp_path):
    path = tmp_path / os.fsdecode(b"n\xffte.txt")
    path.write_text(CASE)
    [document] = intake.open_case(str(path), None)
    assert document.id == "n\ufffdte.txt"


def test_one_file_in_two_spellings_is_one_document(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(CASE, "utf-8")
    (tmp_path / "b.txt").write_text("Weight 70 kg.", "utf-8")
    told = intake.open_case(["a.txt", "./a.txt", "b.txt", str(tmp_path / "a.txt")], None)
    assert [one.id for one in told] == ["a.txt", "b.txt"]


def test_half_a_character_in_fhir_is_refused(tmp_path):
    raw = rb'{"resourceType": "Condition", "code": {"text": "CIDP \ud800"}}'
    with pytest.raises(Damaged, match="not well-formed JSON"):
        opened(tmp_path, raw, "a.json")
    whole = rb'{"resourceType": "Condition", "code": {"text": "CIDP \ud83d\ude00"}}'
    assert opened(tmp_path, whole, "b.json")


def test_a_page_that_is_no_text_is_refused(tmp_path):
    page = "<html><body><p>Request: IVIG for CIDP.</p></body></html>".encode("utf-16-le")
    for raw in (page, b"<html>" + bytes(range(256))):
        with pytest.raises(Damaged, match="bytes of no text"):
            opened(tmp_path, raw, "page.html")
