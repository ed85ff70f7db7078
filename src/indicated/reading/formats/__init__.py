"""Readers of files: bytes and a name in, documents out. No file, network or program is touched here; recognising the
text of pictures is handed in. Each reader loads its library when such a file is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.text import Document, Place
from indicated.reading.formats.detect import Format, format_of
from indicated.reading.formats.errors import Damaged, Encrypted, NeedsOcr, NoTextFound, TooBig, Unsupported
from indicated.reading.formats.limits import PICTURE, RAW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from indicated.reading.formats.fhir import Attachment
    from indicated.reading.formats.fhir_bundle import Json

    Ocr = Callable[[bytes], str]
    Plain = Callable[[bytes, str], Document]

_DEEPEST = 3
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


def documents_of(files: Iterable[tuple[str, bytes]], plain: Plain, ocr: Ocr | None) -> list[Document]:
    """The documents of the files of one case. `plain` reads a plain text, `ocr` a picture (None: it cannot be read).

    A file that cannot be read whole is refused; none is skipped.
    """
    return _Opening(plain, ocr).documents(files)


class _Opening:
    """The files of one case being opened; FHIR files are kept to be read together, for they refer to each other."""

    def __init__(self, plain: Plain, ocr: Ocr | None) -> None:
        self._plain = plain
        self._ocr = ocr
        self._fhir: list[tuple[str, Json]] = []

    def documents(self, files: Iterable[tuple[str, bytes]], depth: int = 0) -> list[Document]:
        found = [document for name, raw in files for document in self._one(name, raw, depth)]
        told, self._fhir = self._fhir, []
        if told:
            from indicated.reading.formats import fhir

            documents, attachments = fhir.documents_of(told)
            found += [document for document in documents if document.text]
            found += self._attached(attachments, depth)
        if not found and told:
            raise NoTextFound(f"{told[0][0]} holds no resource that tells anything of a patient; export the chart")
        return found

    def _attached(self, attachments: Iterable[Attachment], depth: int) -> list[Document]:
        listed = [(one.name, one.raw) for one in attachments]
        if listed and depth >= _DEEPEST:
            raise Unsupported(f"{listed[0][0]} is attached within attachments; give it as a file of its own")
        return self.documents(listed, depth + 1)

    def _one(self, name: str, raw: bytes, depth: int) -> list[Document]:
        kind = format_of(raw, name)
        if kind is not None and len(raw) > RAW:
            raise TooBig(f"{name} has more than {RAW // 1_000_000} MB; give the part that concerns the request")
        if kind is None:
            return [self._plain(raw, name)]
        if kind is Format.JSON:
            return self._json(name, raw)
        if kind is Format.XML:
            return self._xml(name, raw, depth)
        document = self._document(kind, name, raw)
        if not document.text.strip():
            raise NoTextFound(f"{name} is a {kind.value} without a word in it; give the case in words")
        return [document]

    def _document(self, kind: Format, name: str, raw: bytes) -> Document:
        if kind is Format.PDF:
            from indicated.reading.formats import pdf

            return pdf.document_of(raw, name, self._ocr)
        if kind is Format.IMAGE:
            return self._picture(name, raw)
        if kind is Format.OLE:
            if _PROTECTED in raw:
                raise Encrypted(f"{name} is protected by a password; save it without one and try again")
            raise Unsupported(f"{name} is an old Office file; save it as .docx, PDF or text and give that")
        if kind is Format.ZIP:
            from indicated.reading.formats import docx

            return Document(name, docx.text_of(raw, name))
        if kind is Format.RTF:
            from indicated.reading.formats import rtf

            return Document(name, rtf.text_of(raw, name))
        from indicated.reading.formats import html

        if b"\0" in raw:
            raise Damaged(f"{name} is a web page that holds bytes of no text; save it as UTF-8 and try again")
        return Document(name, html.text_of(html.decode(raw)))

    def _picture(self, name: str, raw: bytes) -> Document:
        if self._ocr is None:
            raise NeedsOcr(
                f"{name} is a picture; install tesseract (the package tesseract-ocr) to have its text read, or give "
                f"the text"
            )
        from indicated.reading.formats.pixels import pixels

        if pixels(raw) > PICTURE:
            raise TooBig(f"{name} is a picture larger than any scan; scan the page again at 300 dots an inch")
        return Document(name, self._ocr(raw).strip(), (Place(0, "picture", scanned=True),))

    def _json(self, name: str, raw: bytes) -> list[Document]:
        from indicated.reading.formats import fhir_bundle

        told = fhir_bundle.load(raw, name)
        if not fhir_bundle.is_fhir(told):
            raise Unsupported(f"{name} is JSON and no FHIR R4 resource (it has no resourceType); give a Bundle or text")
        self._fhir.append((name, told))
        return []

    def _xml(self, name: str, raw: bytes, depth: int) -> list[Document]:
        from indicated.reading.formats import ccda
        from indicated.reading.formats.xml import parse

        root = parse(raw, name)
        if root.tag == "{http://www.w3.org/1999/xhtml}html":
            return [self._document(Format.HTML, name, raw)]
        if root.tag != f"{ccda.NAMESPACE}ClinicalDocument":
            kind = "FHIR as XML; export it as JSON" if "hl7.org/fhir" in root.tag else "XML and no C-CDA; give text"
            raise Unsupported(f"{name} is {kind}")
        document = ccda.document_of(root, name)
        data, kind = ccda.attached(root)
        found = [document] if document.text else []
        if data:
            from indicated.reading.formats.fhir import Attachment, from_base64

            found += self._attached([Attachment(f"{name}#nonXMLBody", from_base64(data, name))], depth)
        if not found:
            raise NoTextFound(f"{name} is a C-CDA document without a word in it; export it again")
        return found


__all__ = ["Damaged", "Format", "documents_of", "format_of"]
