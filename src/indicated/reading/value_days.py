"""The day of a value: told beside it, between it and its test, or at the start of its line or block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.reading.found import TESTED
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from datetime import date

    from indicated.reading.found import Measured
    from indicated.reading.numbers import Number
    from indicated.reading.scene import Scene

_LABEL = 40
_AFTER_LABEL = lazily(r"[)\]]? ?(?:[:\n]|-(?: |$)|$)")


def in_date(scene: Scene, number: Number) -> bool:
    """Whether a number is a part of a date."""
    near = scene.dates_in(max(0, number.first - 20), number.first + 1)
    return any(told.start <= number.first < told.end for told in near)


def undated(scene: Scene, start: int, end: int) -> str:
    """The text between two places without the dates in it."""
    flat = scene.view.flat
    text = ""
    for told in scene.dates_in(start, end):
        if told.end <= end:
            text += flat[start : told.start]
            text = re.sub(r"[(\[]? ?(?:\b(?:on|in|from|dated|of|since))? ?$", " ", text)
            start = told.end + (1 if flat[told.end : told.end + 1] in (")", "]") else 0)
    return text + flat[start:end]


def give_days(scene: Scene, found: dict[int, list[Measured]]) -> None:
    """Give each value without a day the one that its line or block begins with (`Labs 3/4/24: WBC 5.0`)."""
    days: dict[int, tuple[date, tuple[int, int]]] = {}
    if not found or not scene.dates:
        return
    open_day: tuple[date, tuple[int, int]] | None = None
    flat = scene.view.flat
    for number, sentence in enumerate(scene.sentences):
        if flat.startswith("\n", sentence.start - 2) and flat[sentence.start - 2 : sentence.start] == "\n\n":
            open_day = None
        begins = _day_begins(scene, sentence.start, sentence.end)
        if begins is not None:
            alone = not flat[begins[1][1] : sentence.end].strip(" :)-\n")
            open_day = begins if alone else open_day
            days[number] = begins
        elif open_day is not None:
            days[number] = open_day
    for values in found.values():
        for at, value in enumerate(values):
            told = days.get(scene.seen[value.seen].sentence)
            if told is not None and value.on is None and not value.also and not value.earlier:
                values[at] = replace(value, on=told[0], also=(told[1],))


def _day_begins(scene: Scene, start: int, end: int) -> tuple[date, tuple[int, int]] | None:
    """The date that a line begins with, before a colon or dash and any test."""
    flat = scene.view.flat
    for told in scene.dates_in(start, min(end, start + _LABEL)):
        after = _AFTER_LABEL.match(flat, told.end, end)
        tests = [one for one in scene.seen_in(start, told.end) if scene.seen[one].kind in TESTED]
        if after is not None and not tests and ":" not in flat[start : told.start]:
            return told.on, (told.start, told.end)
        return None
    return None


def day_in(scene: Scene, start: int, end: int) -> date | None:
    """The date between a test and its value."""
    return next((told.on for told in scene.dates_in(start, end) if told.end <= end), None)
