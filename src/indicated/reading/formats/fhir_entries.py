"""FHIR resources as lines of a sheet, one function a kind. What was entered in error is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.assertion import Assertion, Certainty, Polarity, Subject, Time
from indicated.model.fact import Result, Stage, Tolerance
from indicated.model.record import RecordKind, Span
from indicated.reading.formats import fhir_tables as tables
from indicated.reading.formats.fhir_bundle import code, items
from indicated.reading.formats.fhir_words import against, coded, doses, drug, limits, named, period, shown, values, when

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from indicated.reading.formats.fhir_bundle import Found, Index, Resource
    from indicated.reading.formats.fhir_sheet import Sheet

_PLAIN = Assertion()


def path(found: Found, key: str = "") -> str:
    """`Bundle.entry[3].resource.code (Observation/igg-1)`."""
    whole = f"{found.path}.{key}" if key else found.path
    return f"{whole} ({found.label})"


def condition(found: Found, _: Index, sheet: Sheet) -> None:
    """A diagnosis or problem: how sure and how current as its two statuses say."""
    told = found.resource
    verified = code(told, "verificationStatus")
    if verified == tables.WRONG:
        return
    time = tables.CLINICAL.get(code(told, "clinicalStatus"))
    if time is None:
        over = any(key.startswith("abatement") and told[key] is not False for key in told)
        time = Time.RESOLVED if over else Time.CURRENT
    said = Assertion(certainty=tables.CERTAINTY.get(verified, Certainty.CONFIRMED), time=time)
    sheet.begin("Condition", path(found))
    name = sheet.write(named(told, "code"), path(found, "code"))
    key, on = when(told, "onsetDateTime", "onsetPeriod")
    if on is not None:
        sheet.write(f", onset {on}", path(found, key))
    for status in ("clinicalStatus", "verificationStatus"):
        if code(told, status):
            sheet.write(f", {code(told, status)}", path(found, status))
    sheet.record(RecordKind.CLAIM, name, assertion=said, codes=coded(told, "code", "ICD-10-CM"))


def observation(found: Found, _: Index, sheet: Sheet) -> None:
    """A measurement or finding, and each of its components."""
    told = found.resource
    if code(told, "status") in (tables.WRONG, "cancelled"):
        return
    key, on = when(told, "effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")
    _measure(found, told, "", sheet, (key, on))
    for at, component in items(told, "component"):
        _measure(found, component, f"component[{at}].", sheet, (key, on))


def _measure(found: Found, told: Resource, at: str, sheet: Sheet, day: tuple[str, date | None]) -> None:
    value = values(told)
    if value is None or not value.words:
        return
    key, on = day
    sheet.begin("Observation", path(found))
    name = sheet.write(named(told, "code"), path(found, f"{at}code"))
    sheet.write(": ")
    spoken = sheet.write(value.words, path(found, f"{at}{value.key}"))
    result = shown(told) or against(told, value)
    if shown(told) is not None and result is not None:
        sheet.write(f", {result.value}", path(found, f"{at}interpretation"))
    if limits(told):
        sheet.write(f", reference {limits(told)}", path(found, f"{at}referenceRange"))
    if on is not None:
        sheet.write(f", {on}", path(found, key))
    sheet.record(
        RecordKind.TEST,
        name,
        assertion=Assertion(polarity=Polarity.ABSENT) if value.denied else _PLAIN,
        value=spoken,
        amount=value.amount,
        sign=value.sign,
        unit=value.unit,
        result=Result.NEGATIVE if value.denied else result,
        on=on,
    )


def medication(found: Found, index: Index, sheet: Sheet) -> None:
    """An order, a statement, an administration or a dispense of a drug."""
    told = found.resource
    stage = _stage(found.kind, told)
    name_words, key = drug(told, index)
    if stage is None or not name_words:
        return
    ordered = found.kind == "MedicationRequest" and stage is Stage.CURRENT
    sheet.begin("Request" if ordered else "Medication", path(found))
    name = sheet.write(name_words, path(found, key))
    for words, where in (*doses(told, "dosageInstruction"), *doses(told, "dosage")):
        sheet.write(f", {words}", path(found, where))
    sheet.write(f", {code(told, 'status')}", path(found, "status"))
    reason = _because(found, told, sheet)
    started, ended = period(told, "effectivePeriod")
    moment, on = when(told, "effectiveDateTime", "authoredOn", "whenHandedOver", "dateAsserted")
    began = started or (on if stage is not Stage.PLANNED else None)
    if began is not None:
        sheet.write(f", from {began}", path(found, "effectivePeriod" if started else moment))
    if ended is not None:
        sheet.write(f", until {ended}", path(found, "effectivePeriod"))
    sheet.record(
        RecordKind.THERAPY,
        name,
        assertion=Assertion(polarity=Polarity.ABSENT) if stage is Stage.NEVER else _PLAIN,
        stage=stage,
        reason=reason,
        asks=ordered,
        started=began,
        ended=ended,
    )


def _stage(kind: str, told: Resource) -> Stage | None:
    """Where the therapy stands; None when the resource does not say that the drug was, is or will be taken."""
    status = code(told, "status")
    if kind == "MedicationRequest":
        if told.get("doNotPerform") is True:
            return None
        return Stage.PLANNED if code(told, "intent") in tables.NOT_YET else tables.ORDERED.get(status)
    table = {
        "MedicationStatement": tables.TAKEN,
        "MedicationAdministration": tables.GIVEN,
        "MedicationDispense": tables.DISPENSED,
    }[kind]
    return table.get(status)


def _because(found: Found, told: Resource, sheet: Sheet) -> Span | None:
    """Why it was stopped or never taken, in the words of the resource."""
    words = named(told, "statusReason") or named(told, "statusReasonCodeableConcept")
    if not words:
        return None
    sheet.write(" due to ")
    return sheet.write(words, path(found, "statusReason"))


def allergy(found: Found, _: Index, sheet: Sheet) -> None:
    """An allergy or intolerance; of a drug it tells how the drug is borne."""
    told = found.resource
    verified = code(told, "verificationStatus")
    if verified == tables.WRONG:
        return
    said = Assertion(
        certainty=tables.CERTAINTY.get(verified, Certainty.CONFIRMED),
        time=tables.CLINICAL.get(code(told, "clinicalStatus"), Time.CURRENT),
    )
    tolerance = Tolerance.INTOLERANT if code(told, "type") == "intolerance" else Tolerance.ALLERGIC
    sheet.begin("Allergy or intolerance", path(found))
    name = sheet.write(named(told, "code"), path(found, "code"))
    for at, reaction in items(told, "reaction"):
        if named(reaction, "manifestation"):
            sheet.write(f", reaction {named(reaction, 'manifestation')}", path(found, f"reaction[{at}]"))
    sheet.record(RecordKind.THERAPY, name, assertion=said, stage=Stage.PAST, tolerance=tolerance)


def procedure(found: Found, _: Index, sheet: Sheet) -> None:
    """Something done, or not done, to the patient."""
    told = found.resource
    status = code(told, "status")
    if status == tables.WRONG:
        return
    polarity, time = tables.PROCEDURE.get(status, (Polarity.PRESENT, Time.PAST))
    sheet.begin("Procedure", path(found))
    name = sheet.write(named(told, "code"), path(found, "code"))
    key, on = when(told, "performedDateTime", "performedPeriod")
    sheet.write(f", {status}" if status else "", path(found, "status"))
    if on is not None:
        sheet.write(f", {on}", path(found, key))
    sheet.record(RecordKind.CLAIM, name, assertion=Assertion(polarity=polarity, time=time), on=on)


def family(found: Found, _: Index, sheet: Sheet) -> None:
    """What runs in the family: of a relative, never of the patient."""
    told = found.resource
    if code(told, "status") == tables.WRONG:
        return
    for at, one in items(told, "condition"):
        sheet.begin("Family history", path(found))
        sheet.write(f"{named(told, 'relationship') or 'relative'} with ", path(found, "relationship"))
        name = sheet.write(named(one, "code"), path(found, f"condition[{at}].code"))
        sheet.record(RecordKind.CLAIM, name, assertion=Assertion(subject=Subject.RELATIVE))


ENTRIES: dict[str, Callable[[Found, Index, Sheet], None]] = {
    "Condition": condition,
    "Observation": observation,
    "MedicationRequest": medication,
    "MedicationStatement": medication,
    "MedicationAdministration": medication,
    "MedicationDispense": medication,
    "AllergyIntolerance": allergy,
    "Procedure": procedure,
    "FamilyMemberHistory": family,
}
