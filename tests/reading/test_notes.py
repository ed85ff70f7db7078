"""Notes as they are written: what a careful reader takes from them, and the mistakes that reading once made there."""

from __future__ import annotations

import pytest

from .content import read, told
from .notes_told import excerpts, score

PRECISION, RECALL = 0.78, 0.79


def test_what_a_careful_reader_takes_from_forty_notes_is_mostly_read():
    found = score(excerpts())
    assert found.precision >= PRECISION
    assert found.recall >= RECALL


def test_the_score_can_fail():
    first = next(excerpts())
    assert score([first._replace(text="Nothing is told.")]).recall == 0
    assert score([first._replace(gold=())]).precision == 0


def test_a_cue_in_a_name_does_not_run_on():
    assert told("Absent ankle reflexes and distal weakness.") == {
        "finding.areflexia": ["present"],
        "finding.distal_weakness": ["present"],
    }


def test_a_denied_list_is_denied_to_its_end_and_not_beyond():
    case = read("No wheezes, rales or rhonchi. Denies chest pain but has dyspnea.")
    said = {passage.quote: str(fact.assertion.polarity) for fact in case.facts for passage in fact.passages}
    assert said == {
        "wheezes": "absent",
        "rales": "absent",
        "rhonchi": "absent",
        "chest pain": "absent",
        "dyspnea": "present",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Allergies: sulfa (rash), penicillin - hives.",
        "Allergies: penicillin: rash, hives; sulfa - anaphylaxis",
        "Allergies: codeine causes nausea, penicillin -> rash",
        "She is allergic to penicillin (anaphylaxis) and codeine (rash).",
    ],
)
def test_a_reaction_noted_with_an_allergy_is_no_finding_and_the_drug_was_not_tried(text: str):
    facts = [fact for fact in read(text).facts if not fact.concept.startswith("demo.")]
    assert {str(fact.therapy.stage) for fact in facts if fact.therapy} == {"never"}
    assert all(fact.therapy for fact in facts)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Fever resolved.", "resolved"),
        ("Febrile on admission, now afebrile.", "resolved"),
        ("Febrile overnight. Afebrile this morning.", "resolved"),
        ("Had fever last month.", "past"),
        ("Fever two weeks ago.", "past"),
        ("Fever gone by day 3.", "resolved"),
        ("Fever over the last week.", "current"),
        ("Fever began two weeks ago.", "current"),
    ],
)
def test_a_fever_that_is_over_is_not_one_of_now(text: str, time: str):
    assert [str(fact.assertion.time) for fact in read(text).facts if fact.concept == "finding.fever"] == [time]


@pytest.mark.parametrize(
    "text",
    ["Weakness began 3 months ago.", "She noticed weakness two years ago.", "Weakness started six weeks ago."],
)
def test_what_began_some_time_ago_goes_on(text: str):
    assert [str(fact.assertion.time) for fact in read(text).facts if fact.concept == "finding.weakness"] == ["current"]


@pytest.mark.parametrize(
    "text",
    [
        "Requesting IVIG for CIDP. PMH: diabetes, hypertension.",
        "We request IVIG for CIDP in a 45-year-old with a history of asthma.",
        "Request: IVIG for CIDP in a 45-year-old man with diabetes and asthma.",
        "We request IVIG for CIDP. Comorbidities: diabetes, asthma.",
    ],
)
def test_what_is_told_beside_the_reason_is_no_indication(text: str):
    request = read(text).request
    assert request is not None
    assert request.indications == ("dx.cidp",)


def test_what_the_patient_is_with_is_the_indication_where_no_reason_is_told():
    request = read("Request IVIG in a patient with dermatomyositis.").request
    assert request is not None
    assert request.indications == ("dx.dm",)


@pytest.mark.parametrize("text", ["He received prednisone 60 mg in the ED.", "CIDP. Last IVIG 2 g/kg in March."])
def test_a_lone_dose_is_no_request(text: str):
    assert read(text).request is None


@pytest.mark.parametrize(
    "text",
    [
        "Received IVIG 0.4 g/kg x 5 days in March 2024. We request IVIG for CIDP.",
        "She had IVIG 2 g/kg in 2023. Requesting IVIG for a relapse of CIDP.",
    ],
)
def test_the_dose_of_an_earlier_course_is_not_asked_for(text: str):
    request = read(text).request
    assert request is not None
    assert request.regimen is None


def test_values_below_zero_keep_their_sign():
    assert told("T-score -2.5 at the spine.")["lab.t_score"] == ["-2.5 1"]
    assert told("Base excess -6 mmol/L.")["lab.base_excess"] == ["-6 mmol/L"]


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("Has the patient tried methotrexate? No", "drug.methotrexate", {"stage": "never"}),
        (
            "Has the patient tried azathioprine? Yes, failed.",
            "drug.azathioprine",
            {"stage": "past", "outcome": "failed"},
        ),
        ("Azathioprine - LFT elevation, d/c'd.", "drug.azathioprine", {"stage": "past", "tolerance": "intolerant"}),
        ("He completed prophylactic azithromycin.", "drug.azithromycin", {"stage": "past"}),
        ("Prophylactic azithromycin failed.", "drug.azithromycin", {"stage": "past", "outcome": "failed"}),
    ],
)
def test_forms_and_short_notes_say_how_a_drug_stood(text: str, concept: str, expected: dict[str, str]):
    (fact,) = [fact for fact in read(text).facts if fact.concept == concept]
    assert {axis: str(getattr(fact.therapy, axis)) for axis in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Contraindication to methotrexate: No",
        "Any contraindications to methotrexate? None",
        "Contraindications to methotrexate?",
    ],
)
def test_a_contraindication_that_is_only_asked_about_is_none(text: str):
    assert not [fact for fact in read(text).facts if fact.therapy is not None]
