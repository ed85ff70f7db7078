"""Clocks, notices, deciders: the shortest that could apply, all that could be asked, never less for not knowing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from indicated.content.laws import rows
from indicated.content.load import load
from indicated.engine.law import appeal_deadline, automation, clock, may_decide, notice_items, pauses
from indicated.model.evidence import Status
from indicated.model.law import (
    Act,
    CountedIn,
    Decider,
    DecisionStage,
    Law,
    Machine,
    NoticePart,
    Plan,
    Quality,
    Urgency,
    Within,
)
from indicated.model.verdict import Verdict

LAWS = load(Path(__file__).parents[2] / "content").all(Law)
HERE = ZoneInfo("America/Chicago")
FRIDAY = datetime(2026, 11, 20, 15, 30, tzinfo=HERE)
DAY = FRIDAY.date()
STANDARD, EXPEDITED = Urgency.STANDARD, Urgency.EXPEDITED
DRUG, SERVICE = True, False
ADVANTAGE, MANAGED, INDIVIDUAL = Plan.MEDICARE_ADVANTAGE, Plan.MEDICAID_MANAGED, Plan.INDIVIDUAL
INSURED, SELF_FUNDED = Plan.EMPLOYER_INSURED, Plan.EMPLOYER_SELF_FUNDED

KNOWN = {
    "a Part B drug in Medicare Advantage": (ADVANTAGE, "OH", DRUG, STANDARD, "2026-11-23 15:30"),
    "the same, expedited": (ADVANTAGE, "OH", DRUG, EXPEDITED, "2026-11-21 15:30"),
    "a service in Medicare Advantage": (ADVANTAGE, "OH", SERVICE, STANDARD, "2026-11-27 23:59"),
    "an outpatient drug in Medicaid, urgent or not": (MANAGED, "OH", DRUG, STANDARD, "2026-11-21 15:30"),
    "an employer's plan, not urgent": (SELF_FUNDED, "OH", DRUG, STANDARD, "2026-12-05 23:59"),
    "a self-funded plan is not under state law": (SELF_FUNDED, "WA", DRUG, STANDARD, "2026-12-05 23:59"),
    "an insured one is, and its clock is shorter": (INSURED, "WA", DRUG, STANDARD, "2026-11-23 23:59"),
    "a prescription drug in California": (INDIVIDUAL, "CA", DRUG, STANDARD, "2026-11-23 15:30"),
    "five business days in California": (INDIVIDUAL, "CA", SERVICE, STANDARD, "2026-11-27 23:59"),
}


@pytest.mark.parametrize(("plan", "state", "drug", "urgency", "due"), list(KNOWN.values()), ids=list(KNOWN))
def test_a_request_of_friday_afternoon_is_due(plan, state, drug, urgency, due):
    found = clock(LAWS, plan, state, drug, urgency, FRIDAY)
    assert f"{found.due:%Y-%m-%d %H:%M}" == due
    assert found.assumed == (("electronic",) if found.law == "washington" else ())


def test_the_rule_comes_with_the_answer():
    found = clock(LAWS, ADVANTAGE, "OH", SERVICE, STANDARD, FRIDAY)
    assert (found.law, found.row.status) == ("cms-0057-f", Status.SEEN)
    assert found.row.section.startswith("89 FR 8758")


def test_a_holiday_is_no_business_day():
    found = clock(LAWS, INDIVIDUAL, "CA", SERVICE, STANDARD, FRIDAY, holidays={date(2026, 11, 26)})
    assert found.due == datetime(2026, 11, 30, 23, 59, tzinfo=HERE)


def test_a_rule_counts_from_its_day_and_to_its_day():
    before, after = datetime(2025, 12, 31, 9, tzinfo=HERE), datetime(2026, 1, 1, 9, tzinfo=HERE)
    asked = ADVANTAGE, "OH", SERVICE, STANDARD
    assert clock(LAWS, *asked, before).row.within == Within(14, CountedIn.CALENDAR_DAYS)
    assert clock(LAWS, *asked, after).row.within == Within(7, CountedIn.CALENDAR_DAYS)


@pytest.mark.parametrize(
    ("plan", "state", "drug", "urgency"), [*product((None, MANAGED), (None, "WA"), (None, DRUG), (None, STANDARD))]
)
def test_not_knowing_never_gives_more_time_and_is_said(plan, state, drug, urgency):
    known = clock(LAWS, MANAGED, "WA", DRUG, STANDARD, FRIDAY, electronic=True)
    found = clock(LAWS, plan, state, drug, urgency, FRIDAY, electronic=True)
    given = {"plan": plan, "state": state, "drug": drug, "urgency": urgency}
    assert found.due <= known.due
    assert set(found.assumed) <= {name for name, value in given.items() if value is None}


def test_with_nothing_known_the_clock_is_the_shortest_of_all_and_says_what_was_not_known():
    found = clock(LAWS, None, None, None, None, FRIDAY)
    everything = [
        clock(LAWS, plan, state, drug, urgency, FRIDAY, electronic=electronic)
        for plan, state, drug, urgency, electronic in product(
            Plan, ("CA", "OH", "TX", "WA"), (True, False), Urgency, (True, False)
        )
    ]
    assert found.due == min(due.due for due in everything if due is not None)
    assert found.due == FRIDAY + timedelta(hours=24)
    assert "plan" in found.assumed


def test_no_clock_is_made_up_where_no_law_speaks():
    assert clock(LAWS, Plan.MEDICARE, "OR", DRUG, STANDARD, FRIDAY) is None
    assert clock((), None, None, None, None, FRIDAY) is None
    assert appeal_deadline((), None, None, FRIDAY) is None


def test_hours_are_hours_when_the_clocks_change():
    """Seventy-two hours from Friday noon, over the end of summer time, are up on Monday at eleven."""
    received = datetime(2026, 10, 30, 12, tzinfo=ZoneInfo("America/New_York"))
    found = clock(LAWS, ADVANTAGE, "OH", DRUG, STANDARD, received)
    assert (found.due.hour, found.due.astimezone(UTC) - received) == (11, timedelta(hours=72))


def test_an_appeal_has_its_own_clock_and_its_own_deadline():
    asked = Plan.EMPLOYER_SELF_FUNDED, None, True, STANDARD
    assert clock(LAWS, *asked, FRIDAY, stage=DecisionStage.APPEAL).row.within == Within(30, CountedIn.CALENDAR_DAYS)
    assert appeal_deadline(LAWS, Plan.EMPLOYER_SELF_FUNDED, "OH", FRIDAY).row.within.count == 180
    unknown = appeal_deadline(LAWS, None, None, FRIDAY)
    assert (unknown.row.within.count, unknown.assumed) == (60, ("plan",))


def test_a_notice_holds_what_its_law_asks_for_and_no_plan_known_means_all_of_it():
    def parts(plan, state, on=DAY):
        return {need.part for need in notice_items(LAWS, plan, state, on)}

    erisa = parts(Plan.EMPLOYER_SELF_FUNDED, "OH")
    assert {NoticePart.REASON, NoticePart.PLAN_PROVISION, NoticePart.CLINICAL_JUDGMENT} <= erisa
    assert NoticePart.REVIEWER not in erisa
    assert NoticePart.REVIEWER in parts(Plan.INDIVIDUAL, "WA")
    assert NoticePart.REVIEWER not in parts(Plan.INDIVIDUAL, "WA", date(2026, 6, 10))
    assert NoticePart.CRITERION_SOURCE in parts(Plan.INDIVIDUAL, "TX")
    everything = parts(None, None)
    assert everything == set(NoticePart)
    assert all(parts(plan, state) <= everything for plan, state in product(Plan, ("CA", "TX", "WA")))


def test_every_part_of_a_notice_names_the_rows_that_ask_for_it():
    needs = {need.part: need.rows for need in notice_items(LAWS, Plan.EMPLOYER_INSURED, "TX", DAY)}
    assert {row.section for row in needs[NoticePart.CRITERION]} == {
        "29 CFR 2560.503-1(g)(1)(v)(A)",
        "SB 815, notice of adverse determination",
    }


FIT = Decider({Quality.LICENSED: True, Quality.EXPERTISE: True, Quality.OWN_RECORD: True})


def test_who_may_decide_is_met_not_met_or_not_yet_known():
    asked = LAWS, Plan.MEDICARE_ADVANTAGE, "OH", Act.ADVERSE
    assert may_decide(*asked, FIT, DAY).verdict is Verdict.MET
    untold = may_decide(*asked, Decider({Quality.LICENSED: True}), DAY)
    assert (untold.verdict, untold.untold) == (Verdict.UNKNOWN, (Quality.EXPERTISE, Quality.OWN_RECORD))
    clerk = may_decide(*asked, Decider({Quality.LICENSED: False}), DAY)
    assert (clerk.verdict, clerk.lacking) == (Verdict.NOT_MET, (Quality.LICENSED,))


def test_whoever_made_the_first_decision_does_not_decide_the_appeal():
    qualities = {Quality.NOT_FIRST_DECIDER: False, Quality.NOT_SUBORDINATE: True, Quality.CONSULTED: True}
    found = may_decide(LAWS, Plan.EMPLOYER_INSURED, "OH", Act.APPEAL, Decider(qualities), DAY)
    assert (found.verdict, found.lacking) == (Verdict.NOT_MET, (Quality.NOT_FIRST_DECIDER,))
    assert [row.section for row in found.rows] == ["29 CFR 2560.503-1(h)(3)(ii), (iii) and (v)"]


@pytest.mark.parametrize(("plan", "state"), [*product((*Plan, None), ("CA", "OH", "TX", "WA", None))])
def test_no_machine_decides_against_a_patient_under_any_law(plan, state):
    for act in (Act.ADVERSE, Act.APPEAL):
        assert may_decide(LAWS, plan, state, act, Decider(automated=True), DAY).verdict is Verdict.NOT_MET


def test_a_machine_may_not_even_recommend_a_denial_in_texas_or_where_the_state_is_unknown():
    machine = Decider(automated=True)
    for state, verdict in (("TX", Verdict.NOT_MET), (None, Verdict.NOT_MET), ("OH", Verdict.MET)):
        assert may_decide(LAWS, Plan.INDIVIDUAL, state, Act.RECOMMEND_ADVERSE, machine, DAY).verdict is verdict
    before = may_decide(LAWS, Plan.INDIVIDUAL, "TX", Act.RECOMMEND_ADVERSE, machine, date(2025, 8, 31))
    assert before.verdict is Verdict.MET


@pytest.mark.parametrize(
    ("state", "on", "machine"),
    [
        ("TX", DAY, Machine.MAY_NOT),
        ("CA", DAY, Machine.MAY_NOT),
        ("WA", DAY, Machine.WITH_PERSON),
        ("WA", date(2026, 6, 10), Machine.MAY),
        ("GA", DAY, Machine.MAY),
        ("GA", date(2027, 1, 1), Machine.WITH_PERSON),
        ("OH", DAY, Machine.MAY),
    ],
)
def test_what_a_machine_may_do_follows_state_and_day(state, on, machine):
    found, rules = automation(LAWS, Plan.INDIVIDUAL, state, Act.ADVERSE, on)
    assert found is machine
    assert bool(rules) is (machine is not Machine.MAY)


def test_every_row_has_its_source_and_every_recalled_one_says_so():
    for law in LAWS:
        for row in rows(law):
            assert row.section
            assert bool(row.seen_at) is (row.status is not Status.RECALLED)


def test_a_clock_stands_still_only_where_a_law_says_so():
    assert set(pauses(LAWS, Plan.EMPLOYER_SELF_FUNDED, None, STANDARD, DAY)) == {"erisa-claims"}
    assert pauses(LAWS, Plan.EMPLOYER_SELF_FUNDED, None, Urgency.EXPEDITED, DAY) == {}
    assert pauses(LAWS, MANAGED, "TX", STANDARD, DAY) == {}


@pytest.mark.parametrize(("plan", "urgency"), [(None, STANDARD), (Plan.EMPLOYER_SELF_FUNDED, None)])
def test_what_is_not_known_stops_no_clock(plan, urgency):
    assert pauses(LAWS, plan, None, urgency, DAY) == {}
