"""Names, values and doses of FHIR resources in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple

from indicated.model.fact import Result
from indicated.reading.formats.dates import day
from indicated.reading.formats.fhir_bundle import code, items, text
from indicated.reading.formats.fhir_tables import PERIODS, SHOWN, SYSTEMS

if TYPE_CHECKING:
    from datetime import date

    from indicated.reading.formats.fhir_bundle import Index, Resource

_SIGNS = ("<", "<=", ">", ">=")


class Value(NamedTuple):
    """A value in words, and as an amount where it is one."""

    words: str
    key: str
    amount: str = ""
    sign: str = ""
    unit: str = ""
    denied: bool = False


def named(told: Any, key: str) -> str:
    """What a CodeableConcept names: its text and displays, each once, and the codes that our vocabulary holds."""
    words: list[str] = []
    codes: list[str] = []
    for _, concept in items(told, key):
        words.append(text(concept, "text"))
        for _, coding in items(concept, "coding"):
            words.append(text(coding, "display"))
            system, value = SYSTEMS.get(text(coding, "system")), text(coding, "code")
            if system and value and value not in " ".join(words):
                codes.append(f"{system} {value}")
    unique: list[str] = []
    for word in words:
        if word and not any(word.lower() in other.lower() for other in unique):
            unique.append(word)
    shown = "; ".join(unique)
    return f"{shown} ({', '.join(dict.fromkeys(codes))})" if shown and codes else shown or ", ".join(codes)


def coded(told: Any, key: str, system: str) -> tuple[str, ...]:
    """The codes of a CodeableConcept in one of the systems of our vocabulary (`ICD-10-CM`, `HCPCS`)."""
    return tuple(
        text(coding, "code")
        for _, concept in items(told, key)
        for _, coding in items(concept, "coding")
        if SYSTEMS.get(text(coding, "system")) == system and text(coding, "code")
    )


def drug(resource: Resource, index: Index) -> tuple[str, str]:
    """The name of a medication and the key it stands under."""
    if "medicationCodeableConcept" in resource:
        return named(resource, "medicationCodeableConcept"), "medicationCodeableConcept"
    medication = index.get(resource.get("medicationReference"), resource)
    if medication is None:
        return text(resource.get("medicationReference"), "display"), "medicationReference"
    parts = [named(medication, "code")]
    if not parts[0]:
        parts = [named(one, "itemCodeableConcept") for _, one in items(medication, "ingredient")]
    return "; ".join(part for part in parts if part), "medicationReference"


def values(told: Resource) -> Value | None:
    """The value of an Observation or of a component of one."""
    for key in told:
        if not key.startswith("value") or key == "value":
            continue
        value = told[key]
        if key == "valueQuantity":
            return _quantity(value, key)
        if key == "valueCodeableConcept":
            return Value(named(told, key), key)
        if key == "valueCoding":
            return Value(text(value, "display") or text(value, "code"), key)
        if key == "valueRange":
            low, high = (_amount(value.get(end) if isinstance(value, dict) else None) for end in ("low", "high"))
            return Value(f"{low}-{high}", key) if low and high else None
        if key == "valueRatio" and isinstance(value, dict):
            over, under = _amount(value.get("numerator")), _amount(value.get("denominator"))
            return Value(f"{over}:{under}", key) if over and under else None
        if key == "valueBoolean":
            return Value(text(told, key), key, denied=value is False)
        if text(told, key):
            return Value(text(told, key), key)
    return None


def _quantity(value: Any, key: str) -> Value | None:
    amount = text(value, "value")
    if not amount:
        return None
    sign = text(value, "comparator")
    sign = sign if sign in _SIGNS else ""
    shown = text(value, "unit") or text(value, "code")
    unit = text(value, "code") or shown
    return Value(f"{sign}{' ' if sign else ''}{amount} {shown}".strip(), key, amount, sign, unit)


def _amount(value: Any) -> str:
    return (
        f"{text(value, 'value')} {text(value, 'unit') or text(value, 'code')}".strip()
        if isinstance(value, dict)
        else ""
    )


def shown(told: Resource) -> Result | None:
    """What the interpretation says."""
    return SHOWN.get(code(told, "interpretation").upper())


def against(told: Resource, value: Value) -> Result | None:
    """What an amount shows against the one reference range in its unit; None where there is none, or several."""
    ranges = [one for _, one in items(told, "referenceRange")]
    if len(ranges) != 1 or not value.amount or value.sign:
        return None
    low, high = (_end(ranges[0].get(end), value.unit) for end in ("low", "high"))
    amount = _number(value.amount)
    if amount is None or (low is None and high is None):
        return None
    if low is not None and amount < low:
        return Result.LOW
    if high is not None and amount > high:
        return Result.ELEVATED
    return Result.NORMAL if low is not None and high is not None else None


def _end(told: Any, unit: str) -> Decimal | None:
    same = isinstance(told, dict) and (text(told, "code") or text(told, "unit") or unit) == unit
    return _number(text(told, "value")) if same else None


def _number(written: str) -> Decimal | None:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def limits(told: Resource) -> str:
    """The first reference range in words."""
    for _, one in items(told, "referenceRange"):
        low, high = _amount(one.get("low")), _amount(one.get("high"))
        if text(one, "text") or not (low or high):
            return text(one, "text")
        return f"{low} to {high}" if low and high else f"from {low}" if low else f"to {high}"
    return ""


def when(told: Resource, *keys: str) -> tuple[str, date | None]:
    """The first of these days that is told, and its key. Of a period the start counts."""
    for key in keys:
        value = told.get(key)
        moment = value.get("start") or value.get("end") if isinstance(value, dict) else value
        if day(moment) is not None:
            return key, day(moment)
    return "", None


def period(told: Resource, key: str) -> tuple[date | None, date | None]:
    """Start and end of a period."""
    value = told.get(key)
    return (day(value.get("start")), day(value.get("end"))) if isinstance(value, dict) else (None, None)


def doses(told: Resource, key: str) -> Iterator[tuple[str, str]]:
    """Each dosage in words, with its path from the resource: its text, else dose, rhythm and route put together."""
    for at, dosage in items(told, key):
        words = text(dosage, "text") or text(dosage, "patientInstruction") or _dose(dosage)
        if words:
            yield words, f"{key}[{at}]"


def _dose(dosage: Resource) -> str:
    parts: list[str] = []
    rates = [rate for _, rate in items(dosage, "doseAndRate")]
    for told in (*rates, dosage):
        spread = told.get("doseRange")
        if isinstance(spread, dict):
            parts.append(f"{text(spread.get('low'), 'value')}-{_amount(spread.get('high'))}".strip("-"))
        elif _amount(told.get("doseQuantity")) or _amount(told.get("dose")):
            parts.append(_amount(told.get("doseQuantity")) or _amount(told.get("dose")))
    parts += [named(dosage, "route"), *(_rhythm(timing) for _, timing in items(dosage, "timing"))]
    return " ".join(part for part in parts[:3] if part)


def _rhythm(timing: Resource) -> str:
    repeat = timing.get("repeat")
    unit = PERIODS.get(text(repeat, "periodUnit"), "")
    if not unit or not isinstance(repeat, dict):
        return named(timing, "code")
    length = text(repeat, "period") or "1"
    often = text(repeat, "frequency") or "1"
    each = f"every {unit}" if length == "1" else f"every {length} {unit}s"
    return each if often == "1" else f"{often} times {each}"
