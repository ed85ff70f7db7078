"""FHIR R4 resources as documents: one that shows the entries, one of the notes in them, and what is attached."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from indicated.model.assertion import Assertion, Polarity
from indicated.model.record import RecordKind
from indicated.model.text import Document, Place
from indicated.reading.formats import html
from indicated.reading.formats.errors import Damaged, TooBig
from indicated.reading.formats.fhir_asked import Asked, patient
from indicated.reading.formats.fhir_bundle import Index, code, items, one_patient, resources, text
from indicated.reading.formats.fhir_entries import ENTRIES, path
from indicated.reading.formats.fhir_sheet import Sheet
from indicated.reading.formats.fhir_tables import WRONG
from indicated.reading.formats.fhir_words import named, values
from indicated.reading.formats.limits import ATTACHMENTS, RAW

if TYPE_CHECKING:
    from indicated.reading.formats.fhir_bundle import Found, Json, Resource

_SAYS = {"ClinicalImpression": ("description", "summary"), "DiagnosticReport": ("conclusion",)}
_DEEPEST = 20


class Attachment(NamedTuple):
    """A file within a resource."""

    name: str
    raw: bytes


def documents_of(files: Sequence[tuple[str, Json]]) -> tuple[list[Document], list[Attachment]]:
    """The documents of the FHIR files of one case, and their attachments. References reach from file to file;
    SeveralPatients when the files are of more than one.
    """
    found = {name: resources(told, name) for name, told in files}
    everything = [one for listed in found.values() for one in listed]
    index = Index(everything)
    one_patient(everything, index, ", ".join(name for name, _ in files[:3]))
    asked = Asked(everything, index)
    documents: list[Document] = []
    attachments: list[Attachment] = []
    for name, listed in found.items():
        sheet = Sheet(name)
        for one in listed:
            if one.kind == "Patient" and one.holder is None:
                patient(one, asked.on, sheet)
            elif one in asked:
                asked.write(one, sheet)
            elif one.kind in ENTRIES:
                ENTRIES[one.kind](one, index, sheet)
            elif one.kind == "QuestionnaireResponse":
                _denials(one, sheet)
        documents.append(sheet.document())
        documents += _notes(listed, f"{name} (notes)")
        attachments += _attached(listed, name)
    return documents, attachments


def _notes(found: Sequence[Found], name: str) -> list[Document]:
    """What the resources say in plain words, a paragraph each; none where they say nothing so."""
    body, places = "", []
    parts: list[str] = []
    length = 0
    for one in found:
        if code(one.resource, "status") == WRONG or code(one.resource, "verificationStatus") == WRONG:
            continue
        for words, key in _said(one.resource):
            if words:
                places.append(Place(length, path(one, key)))
                parts.append(words)
                length += len(words) + 2
    body = "\n\n".join(parts)
    return [Document(name, body, tuple(places))] if body else []


def _said(told: Resource) -> Iterator[tuple[str, str]]:
    kind = told.get("resourceType")
    for key in _SAYS.get(str(kind), ()):
        yield text(told, key), key
    for at, note in items(told, "note"):
        yield text(note, "text"), f"note[{at}].text"
    if kind == "Claim":
        for at, info in items(told, "supportingInfo"):
            yield text(info, "valueString"), f"supportingInfo[{at}].valueString"
    if kind == "QuestionnaireResponse":
        yield from ((f"{question}: {words}", where) for question, words, where in _answers(told, "") if not _no(words))
    if kind == "Composition":
        yield from _sections(told, "")
    narrative = told.get("text")
    if isinstance(narrative, dict) and narrative.get("status") == "additional":
        yield _plain(narrative), "text.div"


def _plain(narrative: Resource) -> str:
    told = narrative.get("div")
    return html.text_of(told) if isinstance(told, str) else ""


def _sections(told: Resource, start: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """The sections of a Composition: title and narrative."""
    for at, section in items(told, "section"):
        where = f"{start}section[{at}]"
        body = _plain(section["text"]) if isinstance(section.get("text"), dict) else ""
        if body:
            title = text(section, "title") or named(section, "code")
            yield f"{title}:\n{body}" if title else body, f"{where}.text"
        if depth < _DEEPEST:
            yield from _sections(section, f"{where}.", depth + 1)


def _no(words: str) -> bool:
    """Whether an answer is no and nothing more."""
    return words.lower().rstrip(".") in ("no", "n", "false")


def _denials(found: Found, sheet: Sheet) -> None:
    """Questions answered with no, as entries: what the question names is not so."""
    if code(found.resource, "status") == WRONG:
        return
    for question, words, where in _answers(found.resource, ""):
        if _no(words):
            sheet.begin("Question", path(found, where))
            name = sheet.write(question)
            sheet.write(f": {words}")
            sheet.record(RecordKind.CLAIM, name, assertion=Assertion(polarity=Polarity.ABSENT))


def _answers(told: Resource, start: str, depth: int = 0) -> Iterator[tuple[str, str, str]]:
    """Questions with their answers, and where they stand."""
    for at, item in items(told, "item"):
        where = f"{start}item[{at}]"
        answers = [
            value.words for _, one in items(item, "answer") if (value := values(one)) is not None and value.words
        ]
        if answers:
            question = text(item, "text") or text(item, "linkId")
            yield question.rstrip("?: "), ", ".join(answers), f"{where}.answer"
        if depth < _DEEPEST:
            yield from _answers(item, f"{where}.", depth + 1)
            for _, one in items(item, "answer"):
                yield from _answers(one, f"{where}.answer.", depth + 1)


def _attached(found: Sequence[Found], name: str) -> list[Attachment]:
    """Every file within the resources. TooBig beyond the limits."""
    kept: list[Attachment] = []
    for one in found:
        told = one.resource
        if code(told, "status") == WRONG or code(told, "docStatus") == WRONG:
            continue
        listed = [(f"content[{at}].attachment", part.get("attachment")) for at, part in items(told, "content")]
        listed += [(f"presentedForm[{at}]", part) for at, part in items(told, "presentedForm")]
        listed += [
            (f"supportingInfo[{at}].valueAttachment", part.get("valueAttachment"))
            for at, part in items(told, "supportingInfo")
        ]
        if one.kind == "Binary":
            listed.append(("data", told))
        for key, attachment in listed:
            raw = _decoded(attachment, f"{name}: {one.path}.{key}")
            if raw:
                kept.append(Attachment(f"{name}#{one.path}.{key}", raw))
            if len(kept) > ATTACHMENTS:
                raise TooBig(f"{name} has more than {ATTACHMENTS} attached documents; give those that matter")
    return kept


def _decoded(attachment: Json, where: str) -> bytes:
    data = attachment.get("data") if isinstance(attachment, dict) else None
    if not isinstance(data, str) or not data:
        return b""
    return from_base64(data, where)


def from_base64(data: str, where: str) -> bytes:
    """The bytes of base64 text. TooBig or Damaged where they cannot be had."""
    if len(data) > RAW * 4 // 3:
        raise TooBig(f"{where} holds more than {RAW // 1_000_000} MB; give that document as a file of its own")
    try:
        return base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Damaged(f"{where} is not base64; export the file again") from None
