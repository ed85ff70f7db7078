"""How many of a number of things are so: the share in percent, and what it says where it says something outright."""

from __future__ import annotations

import pytest

from tests.reading.content import told

SHARE, POOR, GOOD = (
    "lab.protective_serotypes",
    "finding.impaired_vaccine_response",
    "finding.normal_polysaccharide_response",
)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Post-Pneumovax titers protective in 5 of 23 serotypes.", "21.7%"),
        ("Pneumovax response: 3 of 23 serotypes protective at 6 weeks.", "13%"),
        ("After PPSV23 she was protected against 9/23 serotypes.", "39.1%"),
        ("Titers were subprotective for 18 of 23 serotypes.", "21.7%"),
        ("Only 22% of serotypes were protective.", "22%"),
        ("He responded to four of 23 pneumococcal serotypes.", "17.4%"),
        ("20 out of the 23 serotypes were > 1.3 after vaccination.", "87%"),
    ],
)
def test_a_share_is_read_in_percent(text, share):
    assert told(text)[SHARE] == [share]


@pytest.mark.parametrize(
    "text",
    [
        "Pre-vaccine titers were protective for 4/23 serotypes.",
        "A normal response is protective titers in 70% of serotypes by the guideline if he had been vaccinated.",
        "23 serotypes were tested.",
        "Seen 5/23 for serotypes.",
    ],
)
def test_a_share_of_another_day_or_of_nothing_is_not_read(text):
    assert SHARE not in told(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Post-Pneumovax titers protective in 5 of 23 serotypes.", POOR),
        ("PPSV23 was given in May. 20/23 serotypes protective in June.", GOOD),
        ("Post-Pneumovax titers protective in 14 of 23 serotypes.", None),  # 61%: the age decides
        ("Titers protective in 5 of 23 serotypes.", None),  # nobody says that a vaccine was given
    ],
)
def test_far_from_the_limits_the_share_after_a_vaccine_says_what_it_means(text, says):
    assert {POOR, GOOD}.intersection(told(text)) == ({says} if says else set())
