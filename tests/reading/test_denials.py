"""Denials as read: reasons, rights and times, date, plan and state; on invented letters, half of them held out."""

from __future__ import annotations

from functools import cache

import pytest
import yaml

import indicated
from indicated.model.assertion import Voice
from indicated.model.denial import DenialKind, RightKind
from indicated.model.law import CountedIn, NoticePart, Within
from indicated.model.text import Document
from indicated.reading.denials import DenialReader
from indicated.workflow.assess import current
from tests.explain.world import ROOT

LETTERS = ROOT / "tests/data/denials"
SEEN = yaml.safe_load((LETTERS / "seen.yaml").read_text("utf-8"))
HELD_OUT = yaml.safe_load((LETTERS / "held_out.yaml").read_text("utf-8"))
LATER = yaml.safe_load((LETTERS / "later.yaml").read_text("utf-8"))


@cache
def reader():
    words = current().denial_words
    assert words is not None
    return DenialReader(current().lexicon, words)


def notice(text):
    return reader().notice(Document("notice", text))


def quoted(text):
    return reader().quoted([Document("case", text)])


def fits(reason, told):
    about = {mention.concept for mention in reason.concepts}
    items = set(map(str, told.get("items", ())))
    return reason.kind == told["kind"] and set(told.get("about", ())) <= about and items <= set(reason.items)


def scored(letters):
    """Reasons found rightly, found in all, told in all."""
    right = found = told = 0
    for letter in letters:
        left = list(notice(letter["text"]).reasons)
        found += len(left)
        told += len(letter["reasons"])
        for one in letter["reasons"]:
            fit = next((reason for reason in left if fits(reason, one)), None)
            if fit is not None:
                left.remove(fit)
                right += 1
    return right, found, told


def within(denial):
    return next((one.within for one in denial.rights if one.kind is RightKind.APPEAL), None)


@pytest.mark.parametrize("letter", SEEN, ids=[letter["name"] for letter in SEEN])
def test_a_letter_is_read_as_it_is_labelled(letter):
    denial = notice(letter["text"])
    left = list(denial.reasons)
    for told in letter["reasons"]:
        fit = next((reason for reason in left if fits(reason, told)), None)
        assert fit is not None, told
        left.remove(fit)
    assert not left
    assert denial.dated == letter.get("dated")
    assert denial.plan == letter.get("plan")
    assert (denial.state or None) == letter.get("state")
    span = letter.get("appeal")
    assert within(denial) == (Within(span[0], CountedIn(span[1])) if span else None)


@pytest.mark.parametrize("letters", [HELD_OUT, LATER], ids=["held_out", "later"])
def test_letters_that_were_not_looked_at_are_read_nearly_as_well(letters):
    right, found, told = scored(letters)
    assert right / told >= 0.9
    assert right / found >= 0.9
    held = [notice(letter["text"]) for letter in letters]
    assert all(one.dated == letter.get("dated") for one, letter in zip(held, letters, strict=True))
    assert all(one.plan == letter.get("plan") for one, letter in zip(held, letters, strict=True))


@pytest.mark.parametrize("letter", [*SEEN, *HELD_OUT, *LATER], ids=lambda letter: letter["name"])
def test_a_letter_cut_short_anywhere_is_read_all_the_same(letter):
    text = letter["text"]
    for at in range(1, len(text), 37):
        denial = notice(text[:at] or "x")
        assert all(denial.document.holds(reason.passage) for reason in denial.reasons)


def test_what_a_notice_names_is_in_the_voice_of_the_plan():
    denial = notice("We denied IVIG because the records do not show muscle weakness.")
    assert {one.assertion.voice for reason in denial.reasons for one in reason.concepts} == {Voice.PAYER_CRITERIA}


def test_the_passage_of_a_reason_is_its_sentence():
    text = "Denied 2026-03-01. The dose exceeds the limit of the plan. You may appeal."
    [reason] = notice(text).reasons
    assert reason.kind is DenialKind.DOSE
    assert reason.passage.quote == "The dose exceeds the limit of the plan."


def test_how_to_appeal_is_no_reason():
    assert not notice("Your doctor may ask for a peer to peer review if you have not tried other medicines.").reasons


@pytest.mark.parametrize(
    ("said", "items"),
    [
        ("Criteria 1.a and 2(b) are not met.", ("1.a", "2.b")),
        ("CK is not elevated (criterion 1.b).", ("1.b",)),
        ("Weakness was not shown (1.a).", ("1.a",)),
    ],
)
def test_the_numbers_of_criteria_are_read(said, items):
    [reason] = notice(f"IVIG was denied. {said}").reasons
    assert reason.items == items


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("You may appeal within 60 (sixty) calendar days.", Within(60, CountedIn.CALENDAR_DAYS)),
        ("Appeals are due within one hundred eighty (180) days.", Within(180, CountedIn.CALENDAR_DAYS)),
        ("You can appeal this decision. You must ask for it within 65 days.", Within(65, CountedIn.CALENDAR_DAYS)),
        ("We will decide your appeal within 30 days.", None),
    ],
)
def test_the_time_for_an_appeal_is_not_the_time_the_plan_takes(said, span):
    assert within(notice(said)) == span


def test_one_of_several_is_enough_where_the_notice_says_or():
    [reason] = notice("A trial of methotrexate or azathioprine was not shown.").reasons
    assert reason.any_of
    [reason] = notice("Trials of methotrexate and azathioprine were not shown.").reasons
    assert not reason.any_of


def test_a_denial_in_a_case_is_quoted_with_its_reasons():
    [denial] = quoted("IVIG is requested. On 10/02/2026 the insurer denied it because azathioprine was not tried.")
    assert denial.quoted
    assert denial.parts[0].part is NoticePart.DECISION
    assert [reason.kind for reason in denial.reasons] == [DenialKind.STEP_THERAPY]


def test_a_plan_that_is_quoted_goes_on_speaking_until_the_quotation_closes():
    text = (
        'Request: IVIG for CIDP. The denial letter states: "Plasma exchange has not been tried. The member has no '
        'weakness. Rituximab was never used." He takes prednisone.'
    )
    [denial] = quoted(text)
    assert len(denial.reasons) == 3
    told = {fact.concept for fact in indicated.read(text).facts}
    assert "drug.prednisone" in told
    assert not told & {"proc.plasma_exchange", "drug.rituximab", "finding.weakness"}


def test_what_a_reason_leaves_out_is_not_what_it_speaks_of():
    [reason] = notice("IVIG is investigational for all indications other than primary immunodeficiency.").reasons
    assert "dx.pid" not in {one.concept for one in reason.concepts}
    assert len(reason.concepts) == 1


def test_a_patient_who_denies_fever_is_no_denial():
    assert not quoted("He denies fever, chills and cough. IVIG is requested.")


def test_a_denial_without_reasons_is_still_a_denial():
    [denial] = quoted("Request: IVIG. An earlier request was denied.")
    assert denial.reasons == ()


def test_what_the_plan_is_quoted_with_is_no_fact():
    case = indicated.read("Request: IVIG for myositis. The plan denied it because there is no muscle weakness.")
    assert not [fact for fact in case.facts if fact.concept == "finding.muscle_weakness"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We request IVIG 1 g/kg. Efgartigimod was denied by the plan.", False),
        ("We request IVIG 1 g/kg. IVIG was denied by the plan.", True),
        ("We request IVIG 1 g/kg. After prednisone the request was denied by the plan.", True),
        ("Efgartigimod was denied by the plan.", True),
    ],
)
def test_a_denial_of_another_drug_is_not_of_the_treatment_asked_for(text, told):
    assert bool(quoted(text)) is told
