"""From documents as they were sent to documents as they are read. Names are names, never paths."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from indicated.api.errors import BadRequest
from indicated.api.shapes import DocumentIn
from indicated.model.text import Document
from indicated.workflow.intake import document, opened

FHIR = "application/fhir+json"
_LONGEST = 120


def documents_of(given: Iterable[DocumentIn]) -> tuple[Document, ...]:
    """The documents; BadRequest for one that holds nothing or several things, BadInput for what cannot be read."""
    found: list[Document] = []
    taken: set[str] = set()
    for number, one in enumerate(given, start=1):
        if (bool(one.text) + bool(one.content) + (one.fhir is not None)) != 1:
            raise BadRequest(f"document {number} needs one of text, content and fhir")
        name = _name(one.name)
        for each in _read(one, name):
            found.append(msgspec.structs.replace(each, id=_free(each.id, taken)))
            taken.add(found[-1].id)
    return tuple(found)


def fhir_document(raw: bytes) -> tuple[Document, ...]:
    """The documents of a FHIR resource that is the whole body."""
    return opened([("bundle.json", raw)])


def _read(one: DocumentIn, name: str) -> tuple[Document, ...]:
    if one.text:
        return (document(one.text, name),)
    raw = one.content if one.fhir is None else msgspec.json.encode(one.fhir)
    return opened([(name if one.fhir is None or name.endswith(".json") else f"{name}.json", raw)])


def _name(told: str) -> str:
    """The last part of a name, in characters that can be shown."""
    last = re.split(r"[/\\]", told)[-1].strip(" .")
    return "".join(one for one in last if one.isprintable())[:_LONGEST] or "text"


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
