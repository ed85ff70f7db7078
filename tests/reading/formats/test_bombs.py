"""Files made to take the machine's memory or minutes of its time: each is refused in one line, or read at once."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from itertools import pairwise

import pytest

from indicated.model.errors import IndicatedError
from indicated.reading.formats import documents_of
from indicated.reading.formats.errors import Damaged, NoTextFound, TooBig, UnsafeXml, Unsupported
from indicated.reading.formats.pixels import pixels
from tests.reading.formats import made

CDA = '<ClinicalDocument xmlns="urn:hl7-org:v3">{}</ClinicalDocument>'
MANY = 100_000
ZEROS = b"0" * 30_000_000


def opened(name, raw, ocr=lambda _: "text"):
    return documents_of([(name, raw)], made.plain, ocr)


def zipped(*files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, told in files:
            package.writestr(name, told)
    return held.getvalue()


def pdf(*objects):
    """A PDF of these objects, the first of which is the catalog."""
    told, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(told))
        told += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(told))
    return told + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end


def one_page(packed, more=b"", filters=b"/FlateDecode", pages=1):
    kids = b"3 0 R " * pages
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (pages, kids),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>",
        b"<< /Length %d %b /Filter %b >>\nstream\n%b\nendstream" % (len(packed), more, filters, packed),
    )


def lol():
    names = "abcdefghij"
    declared = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    return f"<?xml version='1.0'?><!DOCTYPE x [{declared}]>" + CDA.format("&j;")


OUTSIDE = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + CDA.format("&a;")


def attached(raw):
    data = base64.b64encode(raw).decode()
    return json.dumps({"resourceType": "DocumentReference", "content": [{"attachment": {"data": data}}]}).encode()


def nested(times):
    raw = b"weakness"
    for _ in range(times):
        raw = attached(raw)
    return raw


BOMBS = {
    "a Word file that unfolds": ("a.docx", lambda: zipped(("word/document.xml", ZEROS)), TooBig),
    "a Word file of many headers": (
        "a.docx",
        lambda: zipped(
            ("word/document.xml", "<a/>"),
            *((f"word/header{at}.xml", b"<a>" + ZEROS[:19_000_000] + b"</a>") for at in range(9)),
        ),
        TooBig,
    ),
    "a zip in a zip": ("a.zip", lambda: zipped(("a.zip", zipped(("b.zip", ZEROS)))), Unsupported),
    "a zip in a Word file": ("a.docx", lambda: zipped(("word/document.xml", zipped(("b", ZEROS)))), Damaged),
    "entities in a Word file": ("a.docx", lambda: zipped(("word/document.xml", lol())), UnsafeXml),
    "a file named in a Word file": ("a.docx", lambda: zipped(("word/document.xml", OUTSIDE)), UnsafeXml),
    "entities": ("a.xml", lambda: lol().encode(), UnsafeXml),
    "a file named in XML": ("a.xml", OUTSIDE.encode, UnsafeXml),
    "deep XML": ("a.xml", lambda: CDA.format("<a>" * MANY + "</a>" * MANY).encode(), TooBig),
    "a PDF of many pages": ("a.pdf", lambda: one_page(zlib.compress(b""), pages=MANY), TooBig),
    "a PDF's page that unfolds": ("a.pdf", lambda: one_page(zlib.compress(ZEROS)), TooBig),
    "a PDF's page that says it is a picture": (
        "a.pdf",
        lambda: one_page(zlib.compress(ZEROS), b"/Subtype /Image /Width 9 /Height 9"),
        TooBig,
    ),
    "a PDF's page packed twice": (
        "a.pdf",
        lambda: one_page(zlib.compress(zlib.compress(ZEROS)), b"", b"[/FlateDecode /FlateDecode]"),
        TooBig,
    ),
    "a PDF's page of many lines": ("a.pdf", lambda: one_page(zlib.compress(b"9 9 m 1 1 l S\n" * 210_000, 1)), TooBig),
    "deep JSON": ("a.json", lambda: b"[" * MANY + b"]" * MANY, TooBig),
    "deep resources": ("a.json", lambda: b'{"resourceType":' * MANY + b"1" + b"}" * MANY, TooBig),
    "a figure of many digits": ("a.json", lambda: b'{"resourceType":"Observation","x":' + b"9" * MANY + b"}", Damaged),
    "a Word file that unfolds, in base64": (
        "a.json",
        lambda: attached(zipped(("word/document.xml", ZEROS))),
        TooBig,
    ),
    "base64 in base64": ("a.json", lambda: nested(6), Unsupported),
    "deep RTF": ("a.rtf", lambda: b"{\\rtf1 " + b"{" * MANY + b"x" + b"}" * MANY + b"}", TooBig),
    "RTF that skips without end": ("a.rtf", lambda: b"{\\rtf1 \\bin9999999999999 x}", Damaged),
    "HTML of nothing but comments": ("a.html", lambda: b"<html>" + b"<!--" * MANY, NoTextFound),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_in_one_line(bomb):
    name, make, kind = BOMBS[bomb]
    with pytest.raises(IndicatedError) as refused:
        opened(name, make())
    said = str(refused.value)
    assert (type(refused.value), "\n" in said, name in said) == (kind, False, True)
    assert len(said) < 300


@pytest.mark.parametrize("page", [b"<div>", b"<table><tr><td>", b"<ul><li>", b"<p>", b'<a b="'])
def test_deep_html_is_read(page):
    [document] = opened("a.html", b"<html>" + page * MANY + b"weakness")
    assert "weakness" in document.text


def png(width, height):
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def jpeg(width, height):
    comment = b"\xff\xfe\x00\x06\xff\xc0ab"
    return b"\xff\xd8" + comment + b"\xff\xff\xc2\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"


def tiff(*sizes, order="<"):
    told = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(f"{order}I", 8)
    for width, height in sizes:
        entries = struct.pack(f"{order}HHIIHHIHH", 256, 4, 1, width, 257, 3, 1, height, 0)
        last = len(told) + 2 + len(entries)
        told += struct.pack(f"{order}H", 2) + entries + struct.pack(f"{order}I", last + 4 if last else 0)
    return told


PICTURES = {
    "a.png": png,
    "a.jpg": jpeg,
    "a.tif": lambda width, height: tiff((9, 9), (width, height)),
    "b.tif": lambda width, height: tiff((width, height), order=">"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_larger_than_any_scan_is_refused_before_it_is_drawn(name):
    make = PICTURES[name]
    assert pixels(make(4_000, 3_000)) == 12_000_000
    assert [one.text for one in opened(name, make(4_000, 3_000))] == ["text"]
    with pytest.raises(TooBig, match=f"^{name} is a picture larger than any scan; scan the page again"):
        opened(name, make(60_000, 60_000), lambda _: pytest.fail("drawn"))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_cut_off_says_nothing_of_its_size(name):
    raw = PICTURES[name](60_000, 60_000)
    assert all(pixels(raw[:size]) in (0, 81, 3_600_000_000) for size in range(len(raw)))
