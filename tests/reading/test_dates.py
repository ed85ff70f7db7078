"""Dates to the precision told, periods between them, lengths of time and what they are lengths of."""

from __future__ import annotations

from datetime import date

import pytest

from indicated.reading.dates import Precision, find_dates, find_durations, find_periods
from indicated.reading.quantities import find_quantities
from tests.reading.told_of_treatment import flat, units

DATES = [
    ("aspergillus (8/30/24)", date(2024, 8, 30), Precision.DAY),
    ("dates from 11/11/2024.", date(2024, 11, 11), Precision.DAY),
    ("on 31/12/2023", date(2023, 12, 31), Precision.DAY),
    ("DOB: 10-19-2014", date(2014, 10, 19), Precision.DAY),
    ("2024-08-30", date(2024, 8, 30), Precision.DAY),
    ("Aug 30, 2024", date(2024, 8, 30), Precision.DAY),
    ("30 August 2024", date(2024, 8, 30), Precision.DAY),
    ("trough (August 2025)", date(2025, 8, 1), Precision.MONTH),
    ("in July 2022", date(2022, 7, 1), Precision.MONTH),
    ("COVID-19 (12/2024)", date(2024, 12, 1), Precision.MONTH),
    ("since 2019", date(2019, 1, 1), Precision.YEAR),
    ("drawn 2013-08-14T10:30:00Z", date(2013, 8, 14), Precision.DAY),
    ("drawn 2013/08/14", date(2013, 8, 14), Precision.DAY),
    ("14Aug2013", date(2013, 8, 14), Precision.DAY),
    ("Aug. 14, '13", date(2013, 8, 14), Precision.DAY),
    ("Jan '15", date(2015, 1, 1), Precision.MONTH),
    ("mid-2020", date(2020, 1, 1), Precision.YEAR),
    ("born 3/4/65", date(1965, 3, 4), Precision.DAY),
]


@pytest.mark.parametrize(("text", "on", "precision"), DATES, ids=[text for text, _, _ in DATES])
def test_a_date_is_read_to_what_was_told(text: str, on: date, precision: Precision) -> None:
    (found,) = find_dates(flat(text))
    assert (found.on, found.precision) == (on, precision)
    assert found.approximate is (precision is not Precision.DAY)


@pytest.mark.parametrize(
    "text",
    [
        "last summer",
        "strength 5/5",
        "2/30/2024",
        "IgG 2000 mg/dL",
        "in 2010 mg",
        "may 2 g be given",
        "3/7 history",
        "in the 1990s",
        "29 February 2021",
        "ANA 1:640",
    ],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert find_dates(flat(text)) == ()


PERIODS = [
    ("January to May 2025", date(2025, 1, 1), date(2025, 5, 1)),
    ("October-March 2025", date(2024, 10, 1), date(2025, 3, 1)),
    ("from 3/2024 to 6/2024", date(2024, 3, 1), date(2024, 6, 1)),
    ("from June 2020 until March 2021", date(2020, 6, 1), date(2021, 3, 1)),
    ("between March 2019 and June 2020", date(2019, 3, 1), date(2020, 6, 1)),
    ("between 2010 and 2015", date(2010, 1, 1), date(2015, 1, 1)),
    ("since 2019", date(2019, 1, 1), None),
    ("until May 2024", None, date(2024, 5, 1)),
]


@pytest.mark.parametrize(("text", "first", "last"), PERIODS, ids=[text for text, _, _ in PERIODS])
def test_a_period_has_its_ends(text: str, first: date | None, last: date | None) -> None:
    (found,) = find_periods(flat(text))
    assert (found.first.on if found.first else None, found.last.on if found.last else None) == (first, last)


LENGTHS = [
    ("for 12 weeks", "12 wk", "lasting"),
    ("x 3 months", "3 mo", "lasting"),
    ("for the past 3 years", "3 a", "lasting"),
    ("for at least 12 weeks", ">= 12 wk", "lasting"),
    ("over 26 weeks", "26 wk", "over"),
    ("over the past 6 months", "6 mo", "over"),
    ("2 years ago", "2 a", "ago"),
    ("every 4 weeks", "4 wk", "every"),
    ("two-week history", "2 wk", "bare"),
]


@pytest.mark.parametrize(("text", "length", "relation"), LENGTHS, ids=[text for text, _, _ in LENGTHS])
def test_a_length_of_time_says_what_it_is(text: str, length: str, relation: str) -> None:
    letters = flat(text)
    (found,) = find_durations(letters, find_quantities(letters, units()))
    assert (found.length.text(), found.relation.value) == (length, relation)


@pytest.mark.parametrize("text", ["a 14-year-old boy", "she is 6 months old", "12 years of age"])
def test_an_age_is_no_length_of_treatment(text: str) -> None:
    letters = flat(text)
    assert find_durations(letters, find_quantities(letters, units())) == ()
