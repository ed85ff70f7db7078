"""FHIR R4 as it comes: a Bundle, one resource, NDJSON, or the payload of a CDS hook. Plain JSON, checked where it is
used, and no class tree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from indicated.reading.formats.errors import Damaged, SeveralPatients, TooBig
from indicated.reading.formats.limits import RESOURCES
from indicated.reading.patterns import lazily

Json = Any
Resource = dict[str, Any]

_ESCAPED_HALF = lazily(r"\\u[dD][89a-fA-F]")
_HOLDERS = ("entry", "resource", "parameter", "contained", "context", "draftOrders", "prefetch", "part")


class Found:
    """A resource and where it stands. `holder` is the resource it is contained in."""

    __slots__ = ("holder", "path", "resource", "url")

    def __init__(self, resource: Resource, path: str, url: str, holder: Resource | None) -> None:
        self.resource = resource
        self.path = path
        self.url = url
        self.holder = holder

    @property
    def kind(self) -> str:
        """Its resource type."""
        return str(self.resource["resourceType"])

    @property
    def label(self) -> str:
        """`Observation/igg-1`."""
        told = self.resource.get("id")
        return f"{self.kind}/{told}" if isinstance(told, str) else self.kind


def load(raw: bytes, name: str) -> Json:
    """The JSON of a file, NDJSON as a list. Figures keep their digits. Damaged or TooBig where it is neither."""
    try:
        text = raw.decode("utf-8-sig")
        return _parsed(text)
    except (ValueError, RecursionError) as error:
        lines = [line for line in raw.decode("utf-8-sig", "replace").splitlines() if line.strip()]
        if len(lines) > 1 and not isinstance(error, RecursionError):
            try:
                return [_parsed(line) for line in lines]
            except (ValueError, RecursionError):
                pass
        if isinstance(error, RecursionError):
            raise TooBig(f"{name} nests deeper than any record; export it again") from None
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise Damaged(f"{name}:{line}: not well-formed JSON; export the file again") from None


def _parsed(text: str) -> Json:
    told = json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    if _ESCAPED_HALF.search(text) is not None:
        json.dumps(told, default=str, ensure_ascii=False).encode()  # half of a character cannot be shown or written
    return told


def _no_constant(_: str) -> None:
    raise ValueError("not a number")


def is_fhir(told: Json) -> bool:
    """Whether JSON is a resource, several, or a hook's payload that holds some."""
    if isinstance(told, list):
        return bool(told) and all(isinstance(one, dict) and "resourceType" in one for one in told)
    return isinstance(told, dict) and ("resourceType" in told or ("hook" in told and "context" in told))


def resources(told: Json, name: str) -> list[Found]:
    """Every resource, in order; the containers themselves (Bundle, Parameters) are not among them."""
    found: list[Found] = []
    start = str(told.get("resourceType", "")) if isinstance(told, dict) else ""
    waiting: list[tuple[Json, str, str, Resource | None]] = [(told, start, "", None)]
    while waiting:
        one, path, url, holder = waiting.pop()
        if isinstance(one, list):
            waiting += [(item, f"{path}[{at}]", url, holder) for at, item in reversed(list(enumerate(one)))]
            continue
        if not isinstance(one, dict):
            continue
        kind = one.get("resourceType")
        if isinstance(kind, str) and kind not in ("Bundle", "Parameters"):
            found.append(Found(one, path, url, holder))
            if len(found) > RESOURCES:
                raise TooBig(f"{name} holds more than {RESOURCES:,} resources; export those of one patient")
            holder = one
        whole = one.get("fullUrl")
        url = whole if isinstance(whole, str) else ""
        # A hook names what it prefetched in its own words.
        keys = list(one) if path.endswith("prefetch") else [key for key in _HOLDERS if key in one]
        waiting += [(one[key], f"{path}.{key}".lstrip("."), url, holder) for key in reversed(keys)]
    return found


class Index:
    """The resources of a case by how they are referred to."""

    def __init__(self, found: list[Found]) -> None:
        self._known: dict[str, Resource] = {}
        for one in found:
            told = one.resource.get("id")
            if one.holder is None and isinstance(told, str):
                self._known.setdefault(f"{one.kind}/{told}", one.resource)
            if one.url:
                self._known.setdefault(one.url, one.resource)

    def get(self, reference: Json, holder: Resource) -> Resource | None:
        """The resource that a Reference means; None when it is not here."""
        told = text(reference, "reference")
        if told.startswith("#"):
            inside = holder.get("contained")
            listed = inside if isinstance(inside, list) else []
            return next((one for one in listed if isinstance(one, dict) and one.get("id") == told[1:]), None)
        return self._known.get(told) or self._known.get("/".join(told.split("/")[-2:]))

    def key(self, reference: Json, holder: Resource) -> str:
        """One name for what a Reference means; empty when it names nothing that can be compared."""
        found = self.get(reference, holder)
        if found is not None:
            return f"{found.get('resourceType')}/{found.get('id')}"
        told = text(reference, "reference")
        return "" if told.startswith(("#", "urn:")) or "/" not in told else "/".join(told.split("/")[-2:])


def one_patient(found: list[Found], index: Index, name: str) -> None:
    """SeveralPatients when the resources are of more than one patient."""
    patients = {f"Patient/{one.resource.get('id')}" for one in found if one.kind == "Patient" and one.holder is None}
    for one in found:
        for key in ("subject", "patient", "beneficiary"):
            told = index.key(one.resource.get(key), one.resource)
            if told.startswith("Patient/"):
                patients.add(told)
    if len(patients) > 1:
        raise SeveralPatients(
            f"{name} holds the records of {len(patients)} patients, and a case is one; give those of one patient"
        )


def items(told: Json, key: str) -> Iterator[tuple[int, Resource]]:
    """The objects of a list, with their places; a lone object counts as a list of one."""
    value = told.get(key) if isinstance(told, dict) else None
    listed = value if isinstance(value, list) else [value]
    for at, one in enumerate(listed):
        if isinstance(one, dict):
            yield at, one


def text(told: Json, key: str) -> str:
    """A string or number of an object as it is written; empty when there is none."""
    value = told.get(key) if isinstance(told, dict) else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value.adjusted()) < 32 else ""  # noqa: PLR2004 - no measure has 32 digits
    return " ".join(value.split()) if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def code(told: Json, key: str) -> str:
    """The first code of a CodeableConcept, or a plain code."""
    value = told.get(key) if isinstance(told, dict) else None
    if isinstance(value, str):
        return value
    for _, concept in items(told, key):
        for _, coding in items(concept, "coding"):
            if text(coding, "code"):
                return text(coding, "code")
    return ""
