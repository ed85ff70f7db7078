"""Who the patient is and what is asked for, from the resources that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicated.model.assertion import Assertion
from indicated.model.record import RecordKind
from indicated.reading.formats import fhir_tables as tables
from indicated.reading.formats.dates import age, day
from indicated.reading.formats.fhir_bundle import code, items, text
from indicated.reading.formats.fhir_entries import path
from indicated.reading.formats.fhir_words import coded, doses, drug, named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from indicated.reading.formats.fhir_bundle import Found, Index, Resource
    from indicated.reading.formats.fhir_sheet import Sheet

_ORDERS = ("ServiceRequest", "DeviceRequest", "MedicationRequest")
_OVER = (tables.WRONG, "completed", "revoked", "stopped", "cancelled", "ended")
_ASKS = ("preauthorization", "predetermination")
_SEXES = ("male", "female")
_CERTIFIED = {"I": "initial authorization", "R": "renewal, continuation of treatment"}
_TYPE = "extension-certificationType"
_SERVICE = "extension-requestedService"


class Asked:
    """What a case's resources ask for: preauthorization claims, and orders not yet carried out."""

    def __init__(self, found: Sequence[Found], index: Index) -> None:
        claims = [one for one in found if one.kind == "Claim" and code(one.resource, "use") in _ASKS]
        self._claims = [one for one in claims if code(one.resource, "status") not in _OVER]
        self._index = index
        meant = {id(told) for one in self._claims for told in self._services(one)}
        orders = [one for one in found if one.kind in _ORDERS and _open(one)]
        self._orders = [
            one
            for one in orders
            if one.kind != "MedicationRequest" or code(one.resource, "status") == "draft" or id(one.resource) in meant
        ]
        self._asked = {id(one.resource) for one in (*self._claims, *self._orders)}
        self.on = self._day(found)

    def __contains__(self, found: Found) -> bool:
        return id(found.resource) in self._asked

    def _services(self, claim: Found) -> list[Resource]:
        """The orders that a claim's items are for."""
        return [told for _, item in items(claim.resource, "item") for told in self._services_of(item, claim.resource)]

    def _services_of(self, item: Resource, claim: Resource) -> list[Resource]:
        meant = (
            one.get("valueReference") for _, one in items(item, "extension") if text(one, "url").endswith(_SERVICE)
        )
        return [told for one in meant if (told := self._index.get(one, claim)) is not None]

    def _day(self, found: Sequence[Found]) -> date | None:
        """The day on which it is asked: of the last claim, else of the last order, else of the last document."""
        orders = self._orders or [one for one in found if one.kind == "MedicationRequest" and _open(one)]
        documents = [one for one in found if one.kind == "Composition"]
        for key, listed in (("created", self._claims), ("authoredOn", orders), ("date", documents)):
            days = [told for one in listed if (told := day(one.resource.get(key))) is not None]
            if days:
                return max(days)
        return None

    def write(self, found: Found, sheet: Sheet) -> None:
        """The lines of a claim or order that asks for something."""
        if found.kind == "Claim":
            for at, item in items(found.resource, "item"):
                self._item(found, item, f"item[{at}]", sheet)
        else:
            self._order(found, sheet)

    def _item(self, found: Found, item: Resource, where: str, sheet: Sheet) -> None:
        name = named(item, "productOrService")
        if not name:
            return
        sheet.begin("Request", path(found))
        span = sheet.write(name, path(found, f"{where}.productOrService"))
        count = text(item.get("quantity"), "value")
        if count and not any(_dosed(service) for service in self._services_of(item, found.resource)):
            unit = text(item.get("quantity"), "unit") or "units"
            sheet.write(f" x {count} {unit}", path(found, f"{where}.quantity"))
        for at, extension in items(item, "extension"):
            if text(extension, "url").endswith(_TYPE):
                kind = _CERTIFIED.get(code(extension, "valueCodeableConcept"), "")
                sheet.write(f", {kind}" if kind else "", path(found, f"{where}.extension[{at}]"))
        reasons = [self._diagnosis(found, one) for _, one in items(found.resource, "diagnosis")]
        self._for([one for one in reasons if one], found, "diagnosis", sheet)
        sheet.record(RecordKind.REQUEST, span, codes=coded(item, "productOrService", "HCPCS"))

    def _diagnosis(self, found: Found, told: Resource) -> str:
        condition = self._index.get(told.get("diagnosisReference"), found.resource)
        return named(told, "diagnosisCodeableConcept") or (named(condition, "code") if condition is not None else "")

    def _order(self, found: Found, sheet: Sheet) -> None:
        told = found.resource
        key = "codeCodeableConcept" if found.kind == "DeviceRequest" else "code"
        name = named(told, key)
        if found.kind == "MedicationRequest":
            name, key = drug(told, self._index)
        if not name:
            return
        sheet.begin("Request", path(found))
        span = sheet.write(name, path(found, key))
        for words, where in doses(told, "dosageInstruction"):
            sheet.write(f" {words}", path(found, where))
        for at, detail in items(told, "orderDetail"):
            sheet.write(f", {text(detail, 'text') or named(told, 'orderDetail')}", path(found, f"orderDetail[{at}]"))
        count = text(told.get("quantityQuantity"), "value")
        if count:
            unit = text(told.get("quantityQuantity"), "unit") or "units"
            sheet.write(f" x {count} {unit}", path(found, "quantityQuantity"))
        self._for(self._reasons(told), found, "reasonCode" if "reasonCode" in told else "reasonReference", sheet)
        sheet.record(RecordKind.REQUEST, span, codes=coded(told, key, "HCPCS"))

    def _reasons(self, told: Resource) -> list[str]:
        said = [named({"code": one}, "code") for _, one in items(told, "reasonCode")]
        meant = (self._index.get(one, told) for _, one in items(told, "reasonReference"))
        return [one for one in (*said, *(named(one, "code") for one in meant if one is not None)) if one]

    @staticmethod
    def _for(reasons: Sequence[str], found: Found, key: str, sheet: Sheet) -> None:
        for at, reason in enumerate(reasons):
            sheet.write(" for " if at == 0 else ", ")
            sheet.write(reason, path(found, key))


def _dosed(order: Resource) -> bool:
    """Whether an order tells a dose, which says more than the units billed."""
    return any(True for _ in doses(order, "dosageInstruction"))


def _open(found: Found) -> bool:
    """Whether an order is neither carried out nor withdrawn, and asks for something to be done."""
    told = found.resource
    if told.get("doNotPerform") is True or code(told, "intent") in ("plan", "option"):
        return False
    return code(told, "status") not in _OVER


def patient(found: Found, on: date | None, sheet: Sheet) -> None:
    """Sex, birth date, and the age on the day on which something is asked. The name is not needed and not shown."""
    told: dict[str, Any] = found.resource
    sex = text(told, "gender")
    if sex in _SEXES:
        sheet.begin("Sex", path(found))
        sheet.record(RecordKind.PATIENT, sheet.write(sex, path(found, "gender")))
    born = day(told.get("birthDate"))
    if born is not None:
        sheet.begin("Birth date", path(found))
        span = sheet.write(f"{born}", path(found, "birthDate"))
        sheet.record(RecordKind.BIRTH, span, assertion=Assertion(), on=born)
    if born is not None and on is not None and age(born, on):
        sheet.begin("Patient", path(found))
        span = sheet.write(age(born, on), path(found, "birthDate"))
        sheet.write(f" on {on}")
        sheet.record(RecordKind.PATIENT, span)
