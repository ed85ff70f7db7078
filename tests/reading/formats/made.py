"""Files made in memory for the tests: a PDF by hand, a Word file by zip, a zip that unfolds to a bomb."""

from __future__ import annotations

import io
import zipfile
import zlib

from indicated.reading.formats import documents_of
from indicated.workflow import intake

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def plain(raw, name):
    return intake.document(intake.decode(raw, name), name)


def opened(name, raw, ocr=None):
    """The documents of one file."""
    return documents_of([(name, raw)], plain, ocr)


def text_of(name, raw, ocr=None):
    [document] = opened(name, raw, ocr)
    return document.text


class Pdf:
    """A PDF put together from objects."""

    def __init__(self):
        self.objects = []

    def add(self, body):
        self.objects.append(body)
        return len(self.objects)

    def stream(self, data, extra=b""):
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data))

    def bytes(self, root, trailer=b""):
        out = b"%PDF-1.7\n"
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer << /Size %d /Root %d 0 R %s >>\n" % (len(places) + 1, root, trailer)
        return out + b"startxref\n%d\n%%%%EOF\n" % start


def pdf(*pages, picture=None):
    """A PDF of pages, each a list of (x, y, text); `picture` (width, height, gray) makes one more page."""
    made = Pdf()
    font = made.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    parent = font + 2 * len(pages) + (3 if picture else 0) + 1
    kids = []
    for lines in pages:
        told = b"".join(b"BT /F1 11 Tf %d %d Td (%s) Tj ET\n" % (x, y, _escaped(text)) for x, y, text in lines)
        kids.append((made.stream(told), b"/Font << /F1 %d 0 R >>" % font))
        made.add(_page(parent, *kids[-1]))
        kids[-1] = len(made.objects)
    if picture:
        width, height, gray = picture
        looks = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % (
            width,
            height,
        )
        image = made.stream(zlib.compress(gray), looks + b" /Filter /FlateDecode")
        shown = made.stream(b"q 612 0 0 792 0 0 cm /Im1 Do Q")
        kids.append(made.add(_page(parent, shown, b"/XObject << /Im1 %d 0 R >>" % image)))
    assert len(made.objects) + 1 == parent
    made.add(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids)))
    return made.bytes(made.add(b"<< /Type /Catalog /Pages %d 0 R >>" % parent))


def _page(parent, contents, resources):
    return b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << %s >> >>" % (
        parent,
        contents,
        resources,
    )


def _escaped(text):
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def lines(*told, top=720):
    """Lines of a page, one under the other."""
    return [(72, top - 14 * at, line) for at, line in enumerate(told)]


def scan(*told):
    """A PDF whose one page is a picture of these lines."""
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf([(72, 700 - 30 * at, line) for at, line in enumerate(told)]))[0]
    bitmap = page.render(scale=200 / 72, grayscale=True)
    raw = bytes(bitmap.buffer)
    gray = b"".join(raw[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height))
    return pdf(picture=(bitmap.width, bitmap.height, gray))


def docx(body, **parts):
    """A Word file with this body; `parts` are further parts of word/ by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, inner in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{name} {W}>{inner}</w:{name}>")
    return out.getvalue()


def p(text, properties=""):
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tr(*cells):
    return "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in cells) + "</w:tr>"
