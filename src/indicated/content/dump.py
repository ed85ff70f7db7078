"""Values back into the words of content: mappings and lists as a file would have them, rules in their shortest form."""

from __future__ import annotations

import typing
from decimal import Decimal

from msgspec import Struct

from indicated.content.convert import authored, written
from indicated.content.rules import GROUPS, SHORT, inline
from indicated.model.quantity import Comparison, Quantity, plain
from indicated.model.rule import Rule

Plain = str | int | bool | list["Plain"] | dict[str, "Plain"]


def dump_rule(rule: Rule) -> dict[str, Plain]:
    """The rule as YAML would have it; reading that gives an equal rule. A `ref` keeps only the id it names."""
    tag = str(rule.__struct_config__.tag)
    if tag in GROUPS:
        return {tag: [dump_rule(part) for part in rule.parts]}  # type: ignore[union-attr]
    keys = {written(name): _plain(value) for name, value in _told(rule)}
    short = SHORT.get(tag)
    return {tag: keys[short] if short is not None and list(keys) == [short] else typing.cast("Plain", keys)}


def dump(value: Struct) -> dict[str, Plain]:
    """A struct as YAML would have it: its keys that say something, rules inside it in their short form; the rule of a
    criterion among its own keys.
    """
    keys = {written(name): _plain(held) for name, held in _told(value)}
    if inline(type(value)):
        keys |= typing.cast("dict[str, Plain]", keys.pop("rule"))
    return keys


def comparison_text(limit: Comparison) -> str:
    """`<= 400 mg/dL`."""
    return f"{limit.sign} {quantity_text(limit.value)}"


def quantity_text(amount: Quantity) -> str:
    """`2-5 d`: like `Quantity.text`, with a space before every unit and no unit for plain numbers."""
    number = Quantity(amount.low, amount.high, "", amount.low_open, amount.high_open).text()
    return number if amount.unit == "1" else f"{number} {amount.unit}"


def _told(rule: Struct) -> list[tuple[str, typing.Any]]:
    """The fields that say something: all that are required, and others that differ from their default."""
    fields = [(field, getattr(rule, field.name)) for field in authored(type(rule))]
    return [
        (field.name, value)
        for field, value in fields
        if field.required or (value != field.default and value not in ({}, ()))
    ]


def _plain(value: typing.Any) -> Plain:
    if isinstance(value, Comparison):
        return comparison_text(value)
    if isinstance(value, Quantity):
        return quantity_text(value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Struct):
        return dump_rule(value) if value.__struct_config__.tag else dump(value)  # type: ignore[arg-type]
    return value if isinstance(value, bool | int) else str(value)
