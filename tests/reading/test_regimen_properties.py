"""A regimen built from parts and told in many ways reads back as it was, and any two ways of telling it read equal."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.model.quantity import Quantity, plain
from indicated.model.regimen import Regimen
from tests.effort import effort
from tests.reading.content import read
from tests.reading.told_of_treatment import lexicon, regimen

_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 8: "eight"}
_UNITS = {"wk": ("week", "weeks", "wks"), "d": ("day", "days", "d"), "mo": ("month", "months", "mo")}
_NAMED = {("wk", 1): ["weekly", "once a week", "every week", "qw"], ("mo", 1): ["monthly", "every month", "q month"]}
_NAMED |= {("wk", 2): ["every other week", "fortnightly"], ("d", 2): ["every other day", "on alternate days"]}


class Told(NamedTuple):
    """What is to be told: an amount of one course in `unit`, on `days` days, every `every`, `courses` times or for
    `duration`; `round_to`, `route` and `most` as for a regimen.
    """

    amount: Decimal
    unit: str
    days: int
    every: tuple[str, int] | None
    courses: int
    duration: tuple[str, int] | None
    route: str
    round_to: int
    most: int


@st.composite
def told(draw: st.DrawFn) -> Told:
    per_kg = draw(st.booleans())
    days = draw(st.sampled_from([1, 1, 2, 2, 3, 4, 5]))
    each = draw(st.sampled_from(["0.4", "0.5", "1", "2"] if per_kg else ["5", "10", "25", "35", "70"]))
    every = draw(st.sampled_from([None, ("wk", 1), ("wk", 2), ("wk", 3), ("wk", 4), ("d", 28), ("mo", 1), ("wk", 8)]))
    courses = draw(st.sampled_from([0, 0, 3, 6, 12])) if every else 0
    duration = draw(st.sampled_from([None, ("mo", 6), ("mo", 3), ("wk", 26)])) if every and not courses else None
    return Told(
        Decimal(each) * days,
        "g/kg" if per_kg else "g",
        days,
        every,
        courses,
        duration,
        draw(st.sampled_from(["", "", "iv", "sc"])),
        draw(st.sampled_from([0, 0, 5, 10])),
        draw(st.sampled_from([0, 0, 80, 100])),
    )


def _dose(draw: st.DrawFn, amount: Decimal, unit: str) -> str:
    number = plain(amount)
    if unit == "g":
        return draw(st.sampled_from([f"{number} g", f"{number}g", f"{number} grams", f"{number} gm"]))
    milligrams = plain(amount * 1000)
    forms = [
        f"{number} g/kg",
        f"{number}g/kg",
        f"{number} gm/kg",
        f"{number} grams per kilogram",
        f"{milligrams} mg/kg",
    ]
    return draw(st.sampled_from(forms))


def _course(draw: st.DrawFn, it: Told, route: str) -> str:
    """The dose of one course: as a whole over its days, or for each day."""
    whole, each = _dose(draw, it.amount, it.unit) + route, _dose(draw, it.amount / it.days, it.unit)
    if it.days == 1:
        return draw(st.sampled_from([whole, f"{whole} over 1 day", f"{whole} as a single dose"]))
    days = draw(st.sampled_from([str(it.days), _WORDS[it.days]]))
    return draw(
        st.sampled_from(
            [
                f"{whole} over {days} days",
                f"{whole} divided over {days} days",
                f"{whole} in divided doses over {days} consecutive days",
                f"{each}/day{route} for {days} days",
                f"{each}/day{route} x {it.days} days",
                f"{each}{route} daily x {it.days} doses",
                f"{each}{route} on days 1-{it.days}",
                f"{each}{route} per day on {days} days",
                f"{each}{route} on {days} consecutive days",
            ]
        )
    )


def _every(draw: st.DrawFn, every: tuple[str, int] | None) -> str:
    if every is None:
        return ""
    unit, n = every
    one, many, short = _UNITS[unit]
    forms = [f"every {n} {one if n == 1 else many}", f"q{n}{short}", f"q {n} {short}"]
    forms += _NAMED.get((unit, n), [])
    forms += [f"every {_WORDS[n]} {many}"] if n in _WORDS and n > 1 else []
    forms += [f"{n}-weekly"] if unit == "wk" and n > 1 else []
    return " " + draw(st.sampled_from(forms))


def _length(draw: st.DrawFn, it: Told) -> str:
    if it.courses:
        n = it.courses
        return draw(st.sampled_from([f" x {n} doses", f" for {n} infusions", f" x {n} cycles"]))
    if it.duration is None:
        return ""
    unit, n = it.duration
    return draw(st.sampled_from([f" for {n} {_UNITS[unit][1]}", f" x {n} {_UNITS[unit][2]}"]))


def phrase(draw: st.DrawFn, it: Told) -> str:
    """One way of telling it."""
    routes = {"": [""], "iv": [" IV", " intravenously"], "sc": [" SC", " subcutaneously"]}
    route = draw(st.sampled_from(routes[it.route]))
    text = _course(draw, it, route) + _every(draw, it.every) + _length(draw, it)
    if it.most:
        text += draw(st.sampled_from([f", max {it.most} g", f" (maximum {it.most} g)", f", not to exceed {it.most} g"]))
    if it.round_to:
        n = it.round_to
        text += draw(st.sampled_from([f", rounded to the nearest {n} g", f" (round to nearest {n} g)"]))
    return text


def meaning(read: Regimen) -> dict[str, object]:
    """What a regimen says, whatever the way: the total of a course in grams, its days, and all times in their unit."""
    units = lexicon().unit_table
    total = read.course_total()
    assert total is not None
    same = units.convert(total, "g/kg" if "/" in total.unit else "g")
    assert same is not None
    assert same.exact is not None
    alone = read.days is None or read.days.exact == 1
    return {
        "total": (same.exact.normalize(), same.unit),
        "days": Decimal(1) if alone or read.days is None else read.days.exact,
        "every": read.interval,
        "courses": read.courses,
        "duration": read.duration,
        "route": read.route,
        "rounded": read.rounded,
        "maximum": read.maximum,
    }


def _meant(it: Told) -> dict[str, object]:
    return {
        "total": (it.amount.normalize(), it.unit),
        "days": Decimal(it.days),
        "every": None if it.every is None else Quantity.of(it.every[1], it.every[0]),
        "courses": Quantity.of(it.courses, "1") if it.courses else None,
        "duration": None if it.duration is None else Quantity.of(it.duration[1], it.duration[0]),
        "route": it.route,
        "rounded": Quantity.of(it.round_to, "g") if it.round_to else None,
        "maximum": Quantity.of(it.most, "g") if it.most else None,
    }


@given(told(), st.data())
def test_a_regimen_told_in_any_way_reads_back_as_it_was(it: Told, data: st.DataObject) -> None:
    text = phrase(data.draw, it)
    assert meaning(regimen(text)) == _meant(it), text


@given(told(), st.data())
def test_any_two_ways_of_telling_a_regimen_read_equal(it: Told, data: st.DataObject) -> None:
    one, other = phrase(data.draw, it), phrase(data.draw, it)
    assert meaning(regimen(one)) == meaning(regimen(other)), (one, other)


@given(told(), told(), st.data())
def test_a_loading_dose_and_what_goes_on_read_back_apart(first: Told, then: Told, data: st.DataObject) -> None:
    plain_first = first._replace(every=None, courses=0, duration=None, route="", round_to=0, most=0)
    kept = then._replace(unit=first.unit, route="")
    load, goes_on = phrase(data.draw, plain_first), phrase(data.draw, kept)
    joint = data.draw(st.sampled_from([", then ", " followed by ", "; maintenance "]))
    text = f"loading dose {load}{joint}{goes_on}"
    read = regimen(text)
    assert meaning(read) == _meant(kept), text
    assert read.loading is not None, text
    assert meaning(read.loading) == _meant(plain_first), text


_JUMBLE = (
    *("2 g/kg", "70 g", "40 mg", "0.4", "g", "/", "x", "3", "1 x 20 g", "10 g x 3 vials", "+", "(", ")", ",", ";", ":"),
    *(
        "every",
        "4 weeks",
        "q4w",
        "q3-1w",
        "monthly",
        "2x/week",
        "0 x week",
        "days 2-1",
        "D1, D2",
        "day 1",
        "5/7",
        "99/52",
    ),
    *(
        "then",
        "loading dose",
        "maintenance",
        "max",
        "rounded to the nearest",
        "tapered by",
        "up to",
        "over",
        "for",
        "and",
    ),
    *(
        "J1459",
        "120 units",
        "Qty: 0 units",
        "IU",
        "300 mL",
        "of a 10% solution",
        "0% 5 mL",
        "70 kg",
        "0 kg",
        "IBW",
        "=",
        "total",
    ),
    *(
        "Request:",
        "IVIG",
        "Privigen",
        "from",
        "to",
        "instead of",
        "denied",
        "current dose:",
        "Dose:",
        "Duration:",
        "\n",
        ". ",
    ),
    *("8 am and 6 pm", "per day", "a week", "at bedtime", "with meals", "+/-", "01/01/2026-13/45/2026", "Weight: 0 kg"),
)


@given(st.lists(st.sampled_from(_JUMBLE), min_size=1, max_size=25))
def test_a_jumble_of_the_words_of_doses_is_read_without_failing(words: list[str]) -> None:
    text = "Request: IVIG " + " ".join(words)
    case = read(text)
    asked = case.request
    regimen_of = asked.regimen if asked is not None else None
    for passage in (*(asked.passages if asked else ()), *(regimen_of.passages if regimen_of else ())):
        assert text[passage.start : passage.end] == passage.quote


@pytest.mark.parametrize(
    "word",
    [
        "1 x 20 g + ",
        "loading 2 g/kg q4w ",
        "Dose: 40 g\n",
        "from 30 g to 40 g ",
        "d1, ",
        "10 g x 3 vials, ",
        ",",
        "8 am and ",
    ],
)
def test_the_effort_of_reading_a_request_grows_with_its_length_and_no_faster(word: str) -> None:
    def cost(times: int) -> int:
        text = "Request: Privigen 40 g q4w, J1459 x 80 units. " + word * times
        return effort(lambda: read(text))

    cost(50)
    assert cost(1600) < 6 * cost(400)
