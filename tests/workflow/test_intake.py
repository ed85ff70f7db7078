"""Texts come in whole; everything that is not a text is refused in one clear line."""

from __future__ import annotations

import errno
import io
import os

import pytest

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
        (b"%PDF-1.7 \xe2\xe3", Binary, "a PDF"),
        (b"PK\x03\x04word", Binary, "a Word or zip file"),
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


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(IsFolder, match="is a folder"):
        intake.open_case(str(tmp_path), None)


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
