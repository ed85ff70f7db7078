"""FHIR R4: what the fields say holds, each fact with the path of its resource."""

from __future__ import annotations

import base64
import json
from datetime import date
from decimal import Decimal

import pytest

from indicated.model.assertion import Certainty, Polarity, Subject, Time
from indicated.model.fact import EndReason, Outcome, Result, Stage, Tolerance
from indicated.model.regimen import Phase
from indicated.reading.formats import documents_of
from indicated.reading.formats.errors import Damaged, NoTextFound, SeveralPatients, TooBig, Unsupported
from indicated.workflow.assess import read
from tests.reading.formats import made

ICD = "http://hl7.org/fhir/sid/icd-10-cm"
HCPCS = "https://bluebutton.cms.gov/resources/codesystem/hcpcs"
PATIENT = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "2012-02-03"}
CLAIM = {
    "resourceType": "Claim",
    "id": "c",
    "status": "active",
    "use": "preauthorization",
    "created": "2026-05-02",
    "diagnosis": [{"diagnosisCodeableConcept": {"coding": [{"system": ICD, "code": "M33.02"}]}}],
    "item": [{"productOrService": {"coding": [{"system": HCPCS, "code": "J1459"}]}}],
}


def coded(code):
    return {"coding": [{"code": code}]}


def bundle(*resources):
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


def case(*resources, name="b.json"):
    return read(made.opened(name, json.dumps(bundle(*resources)).encode()))


def only(concept, *resources):
    [fact] = [fact for fact in case(*resources).facts if fact.concept == concept]
    return fact


def condition(clinical="active", verified="confirmed", text="Juvenile dermatomyositis", **more):
    told = {"resourceType": "Condition", "id": "d", "code": {"text": text}, **more}
    if clinical:
        told["clinicalStatus"] = coded(clinical)
    if verified:
        told["verificationStatus"] = coded(verified)
    return told


def observation(text="IgG [Mass/volume] in Serum or Plasma", **more):
    return {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": text}, **more}


def quantity(value, unit, **more):
    return {"value": value, "unit": unit, "code": unit, "system": "http://unitsofmeasure.org", **more}


def statement(status, kind="MedicationStatement", drug="methotrexate", **more):
    return {"resourceType": kind, "id": "m", "status": status, "medicationCodeableConcept": {"text": drug}, **more}


# Conditions.


@pytest.mark.parametrize(
    ("clinical", "verified", "certainty", "time"),
    [
        ("active", "confirmed", Certainty.CONFIRMED, Time.CURRENT),
        ("recurrence", "", Certainty.CONFIRMED, Time.CURRENT),
        ("resolved", "confirmed", Certainty.CONFIRMED, Time.RESOLVED),
        ("remission", "confirmed", Certainty.CONFIRMED, Time.RESOLVED),
        ("inactive", "confirmed", Certainty.CONFIRMED, Time.PAST),
        ("active", "provisional", Certainty.PROBABLE, Time.CURRENT),
        ("active", "unconfirmed", Certainty.POSSIBLE, Time.CURRENT),
        ("active", "differential", Certainty.POSSIBLE, Time.CURRENT),
        ("", "refuted", Certainty.RULED_OUT, Time.CURRENT),
    ],
)
def test_a_condition_is_as_sure_and_as_current_as_its_statuses(clinical, verified, certainty, time):
    fact = only("dx.jdm", condition(clinical, verified))
    assert (fact.assertion.certainty, fact.assertion.time) == (certainty, time)
    assert fact.assertion.polarity is Polarity.PRESENT
    assert fact.passages[0].place == "Bundle.entry[0].resource.code (Condition/d)"


@pytest.mark.parametrize(
    "resource",
    [
        condition(verified="entered-in-error"),
        observation(valueQuantity=quantity(380, "mg/dL")) | {"status": "entered-in-error"},
        observation(valueQuantity=quantity(380, "mg/dL")) | {"status": "cancelled"},
        statement("entered-in-error"),
        statement("entered-in-error", "MedicationRequest", intent="order"),
        {"resourceType": "Procedure", "status": "entered-in-error", "code": {"text": "Muscle biopsy"}},
        {
            "resourceType": "AllergyIntolerance",
            "code": {"text": "methotrexate"},
            "verificationStatus": coded("entered-in-error"),
        },
    ],
)
def test_what_was_entered_in_error_makes_no_fact(resource):
    told = case(PATIENT, resource)
    assert {fact.concept for fact in told.facts} == {"demo.female", "demo.birth_date"}
    assert not told.set_aside


def test_a_code_without_words_names_its_condition():
    told = {"resourceType": "Condition", "code": {"coding": [{"system": ICD, "code": " D83.9"}]}}
    fact = only("dx.cvid", told)
    assert fact.codes == ("D83.9",)


def test_words_inside_a_name_still_count():
    told = case(PATIENT, condition(text="Family history of dermatomyositis"))
    assert not [fact for fact in told.facts if fact.concept == "dx.dm"]
    assert [one.assertion.subject for one in told.set_aside] == [Subject.RELATIVE]


def test_what_a_relative_has_is_not_the_patients():
    family = {
        "resourceType": "FamilyMemberHistory",
        "status": "completed",
        "relationship": {"text": "mother"},
        "condition": [{"code": {"text": "Dermatomyositis"}}],
    }
    told = case(PATIENT, family)
    assert [one.assertion.subject for one in told.set_aside] == [Subject.RELATIVE]
    assert "dx.dm" not in {fact.concept for fact in told.facts}


# Observations.


def test_a_measurement_is_a_value_with_its_day_and_path():
    told = observation(valueQuantity=quantity(380.50, "mg/dL"), effectiveDateTime="2026-04-03T10:00:00Z")
    fact = only("lab.igg", told)
    assert (fact.value.exact, fact.value.unit, fact.on) == (Decimal("380.5"), "mg/dL", date(2026, 4, 3))
    assert fact.passages[0].quote == "380.5 mg/dL"
    assert fact.passages[0].place == "Bundle.entry[0].resource.valueQuantity (Observation/o)"


def test_a_comparator_is_a_limit():
    value = only("lab.igg", observation(valueQuantity=quantity(40, "mg/dL", comparator="<"))).value
    assert (value.low, value.high, value.high_open) == (None, 40, True)


@pytest.mark.parametrize(
    ("more", "result"),
    [
        ({"interpretation": [coded("L")]}, Result.LOW),
        ({"interpretation": [coded("HH")]}, Result.ELEVATED),
        ({"referenceRange": [{"low": quantity(700, "mg/dL"), "high": quantity(1600, "mg/dL")}]}, Result.LOW),
        ({"referenceRange": [{"low": quantity(100, "mg/dL"), "high": quantity(1600, "mg/dL")}]}, Result.NORMAL),
        ({"referenceRange": [{"low": quantity(7, "g/L"), "high": quantity(16, "g/L")}]}, None),
        ({}, None),
    ],
)
def test_a_result_is_as_interpreted_or_as_the_reference_range_says(more, result):
    assert only("lab.igg", observation(valueQuantity=quantity(380, "mg/dL"), **more)).result is result


def test_a_value_in_a_unit_that_the_test_cannot_have_is_set_aside():
    told = case(PATIENT, observation(valueQuantity=quantity(38, "%")))
    assert "lab.igg" not in {fact.concept for fact in told.facts}
    assert [one.concept for one in told.set_aside] == ["lab.igg"]


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ({"valueCodeableConcept": {"text": "Positive"}}, Result.POSITIVE),
        ({"valueCodeableConcept": {"coding": [{"display": "Negative"}]}}, Result.NEGATIVE),
        ({"valueString": "Negative"}, Result.NEGATIVE),
        ({"valueBoolean": False}, Result.NEGATIVE),
        ({"valueString": "see note", "interpretation": [coded("POS")]}, Result.POSITIVE),
    ],
)
def test_an_antibody_is_positive_or_negative(value, result):
    fact = only("ab.jo1", observation("Anti-Jo-1 antibody", **value))
    assert fact.result is result
    assert fact.assertion.polarity is (Polarity.ABSENT if result is Result.NEGATIVE else Polarity.PRESENT)


@pytest.mark.parametrize("value", [{"valueQuantity": quantity(0.2, "AI")}, {"valueString": "see note"}])
def test_an_antibody_of_which_nothing_is_shown_is_set_aside(value):
    told = case(observation("Anti-Jo-1 antibody", **value))
    assert not told.facts
    assert [(one.concept, one.assertion.polarity) for one in told.set_aside] == [("ab.jo1", Polarity.NOT_DOCUMENTED)]


@pytest.mark.parametrize(
    ("value", "polarity"),
    [
        ({"valueBoolean": True}, Polarity.PRESENT),
        ({"valueString": "Yes"}, Polarity.PRESENT),
        ({"valueCodeableConcept": {"coding": [{"display": "Present"}]}}, Polarity.PRESENT),
        ({"valueBoolean": False}, Polarity.ABSENT),
        ({"valueString": "not present"}, Polarity.ABSENT),
        ({"valueCodeableConcept": {"text": "No"}}, Polarity.ABSENT),
        ({"valueCodeableConcept": {"coding": [{"display": "Absent (qualifier value)"}]}}, Polarity.ABSENT),
    ],
)
def test_a_finding_is_there_or_not_as_its_value_says(value, polarity):
    fact = only("finding.proximal_weakness", observation("Proximal muscle weakness", **value))
    assert (fact.assertion.polarity, fact.result) == (polarity, None)


def test_each_component_is_a_measurement():
    told = observation(
        "Immunoglobulin panel",
        component=[
            {"code": {"text": "IgG"}, "valueQuantity": quantity(380, "mg/dL")},
            {"code": {"text": "IgA"}, "valueQuantity": quantity(5, "mg/dL")},
        ],
    )
    found = {fact.concept: fact.value.exact for fact in case(told).facts}
    assert found == {"lab.igg": 380, "lab.iga": 5}


def test_the_body_weight_is_the_patients_weight():
    fact = only("demo.weight", observation("Body weight", valueQuantity=quantity(35, "kg")))
    assert fact.value.exact == 35


# Drugs.


@pytest.mark.parametrize(
    ("resource", "stage"),
    [
        (statement("active"), Stage.CURRENT),
        (statement("completed"), Stage.PAST),
        (statement("stopped"), Stage.PAST),
        (statement("on-hold"), Stage.PAST),
        (statement("not-taken"), Stage.NEVER),
        (statement("active", "MedicationRequest", intent="order"), Stage.CURRENT),
        (statement("stopped", "MedicationRequest", intent="order"), Stage.PAST),
        (statement("completed", "MedicationAdministration"), Stage.PAST),
        (statement("not-done", "MedicationAdministration"), Stage.NEVER),
        (statement("completed", "MedicationDispense"), Stage.PAST),
    ],
)
def test_a_drug_stands_where_its_status_says(resource, stage):
    fact = only("drug.methotrexate", resource)
    assert fact.therapy.stage is stage
    assert fact.assertion.polarity is (Polarity.ABSENT if stage is Stage.NEVER else Polarity.PRESENT)
    assert fact.therapy.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "resource",
    [
        statement("intended"),
        statement("active", "MedicationRequest", intent="proposal"),
        statement("active", "MedicationRequest", intent="plan"),
    ],
)
def test_a_planned_drug_is_set_aside(resource):
    told = case(PATIENT, resource)
    assert "drug.methotrexate" not in {fact.concept for fact in told.facts}
    assert [one.assertion.time for one in told.set_aside] == [Time.PLANNED]


@pytest.mark.parametrize(
    "resource",
    [
        statement("active", "MedicationRequest", intent="order", doNotPerform=True),
        statement("cancelled", "MedicationRequest", intent="order"),
    ],
)
def test_an_order_that_was_never_to_be_carried_out_says_nothing(resource):
    assert "drug.methotrexate" not in {fact.concept for fact in case(PATIENT, resource).facts}


@pytest.mark.parametrize(
    ("reason", "outcome", "tolerance", "end"),
    [
        ("Lack of efficacy", Outcome.FAILED, Tolerance.UNKNOWN, EndReason.INEFFICACY),
        ("Adverse reaction", Outcome.UNKNOWN, Tolerance.INTOLERANT, EndReason.ADVERSE_EVENT),
        ("Insurance denial", Outcome.UNKNOWN, Tolerance.UNKNOWN, EndReason.ACCESS),
    ],
)
def test_why_a_drug_was_stopped_says_what_came_of_it(reason, outcome, tolerance, end):
    therapy = only("drug.methotrexate", statement("stopped", statusReason=[{"text": reason}])).therapy
    assert (therapy.outcome, therapy.tolerance, therapy.end_reason) == (outcome, tolerance, end)


def test_the_purpose_of_a_dosage_is_no_outcome():
    told = statement("active", dosage=[{"text": "15 mg weekly for remission induction"}])
    assert only("drug.methotrexate", told).therapy.outcome is Outcome.UNKNOWN


def test_a_dose_is_read_from_its_words_or_its_fields():
    fields = {
        "doseAndRate": [{"doseQuantity": quantity(15, "mg")}],
        "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}},
    }
    for dosage in ({"text": "15 mg every week"}, fields):
        regimen = only("drug.methotrexate", statement("active", dosage=[dosage])).therapy.regimen
        assert regimen.course_total().exact == 15
        assert regimen.interval.unit == "wk"


def test_a_medication_in_another_resource_is_found():
    told = {
        "resourceType": "MedicationStatement",
        "status": "active",
        "contained": [{"resourceType": "Medication", "id": "x", "code": {"text": "methotrexate"}}],
        "medicationReference": {"reference": "#x"},
        "effectivePeriod": {"start": "2024-02-01", "end": "2025-03-01"},
    }
    therapy = only("drug.methotrexate", told).therapy
    assert (therapy.started, therapy.ended) == (date(2024, 2, 1), date(2025, 3, 1))


@pytest.mark.parametrize(
    ("kind", "tolerance"), [("allergy", Tolerance.ALLERGIC), ("intolerance", Tolerance.INTOLERANT)]
)
def test_an_allergy_says_how_a_drug_is_borne(kind, tolerance):
    told = {"resourceType": "AllergyIntolerance", "type": kind, "code": {"text": "methotrexate"}}
    assert only("drug.methotrexate", told).therapy.tolerance is tolerance


def test_a_procedure_not_done_is_absent():
    told = {"resourceType": "Procedure", "status": "not-done", "code": {"text": "Muscle biopsy"}}
    [fact] = case(told).facts
    assert fact.absent


# Who and what.


def test_sex_birth_date_and_the_age_on_the_day_of_the_request():
    facts = {fact.concept: fact for fact in case(PATIENT, CLAIM).facts}
    assert "demo.female" in facts
    assert facts["demo.birth_date"].on == date(2012, 2, 3)
    assert facts["demo.age"].value.exact == 14


def test_without_a_day_no_age_is_made_up():
    assert "demo.age" not in {fact.concept for fact in case(PATIENT, condition()).facts}


def test_a_preauthorization_claim_asks():
    request = case(PATIENT, CLAIM).request
    assert (request.treatment, request.product) == ("tx.ivig", "product.privigen")
    assert request.indications == ("dx.jdm",)
    assert request.codes == ("J1459", "M33.02")


def test_a_claim_for_payment_does_not_ask():
    assert case(PATIENT, CLAIM | {"use": "claim"}).request is None


def test_an_order_under_way_asks_when_nothing_else_does():
    order = statement("active", "MedicationRequest", "IVIG", intent="order", authoredOn="2026-05-02")
    other = statement("active", "MedicationRequest", intent="order", authoredOn="2026-01-02")
    told = case(PATIENT, other, order, condition())
    stages = {fact.concept: fact.therapy.stage for fact in told.facts if fact.therapy is not None}
    assert told.request.treatment == "tx.ivig"
    assert stages == {"tx.ivig": Stage.REQUESTED, "drug.methotrexate": Stage.CURRENT}
    [age] = [fact for fact in told.facts if fact.concept == "demo.age"]
    assert age.value.exact == 14


def test_an_order_beside_a_claim_is_what_the_patient_takes():
    order = statement("active", "MedicationRequest", "Gammagard", intent="order")
    told = case(PATIENT, CLAIM, order)
    stages = {fact.concept: fact.therapy.stage for fact in told.facts if fact.therapy is not None}
    assert told.request.product == "product.privigen"
    assert Stage.CURRENT in stages.values()


def test_an_order_in_draft_asks_with_its_dose():
    order = statement(
        "draft",
        "MedicationRequest",
        "IVIG",
        intent="order",
        authoredOn="2026-05-02",
        dosageInstruction=[{"text": "2 g/kg over 2 days every 4 weeks"}],
        reasonReference=[{"reference": "Condition/d"}],
    )
    told = case(PATIENT, order, condition(), statement("active"))
    assert told.request.treatment == "tx.ivig"
    assert told.request.regimen.course_total().exact == 2
    assert told.request.indications == ("dx.jdm",)
    [asked] = [fact for fact in told.facts if fact.concept == "tx.ivig"]
    assert asked.therapy.stage is Stage.REQUESTED


@pytest.mark.parametrize(("code", "phase"), [("I", Phase.INITIAL), ("R", Phase.CONTINUATION)])
def test_a_claim_says_whether_treatment_starts_or_goes_on(code, phase):
    kind = {"url": "http://x/extension-certificationType", "valueCodeableConcept": coded(code)}
    item = CLAIM["item"][0] | {"extension": [kind]}
    assert case(PATIENT, CLAIM | {"item": [item]}).request.phase is phase


def test_an_attached_note_is_a_document_of_its_own():
    note = base64.b64encode(b"Aldolase 12 U/L.").decode()
    told = case(
        PATIENT,
        {"resourceType": "DocumentReference", "status": "current", "content": [{"attachment": {"data": note}}]},
    )
    [fact] = [fact for fact in told.facts if fact.concept == "lab.aldolase"]
    assert fact.passages[0].document == "b.json#Bundle.entry[1].resource.content[0].attachment"


def test_an_attached_pdf_is_read_as_one():
    data = base64.b64encode(made.pdf(made.lines("Aldolase 12 U/L."))).decode()
    report = {"resourceType": "DiagnosticReport", "status": "final", "presentedForm": [{"data": data}]}
    assert only("lab.aldolase", report).passages[0].place == "p. 1"


def test_notes_conclusions_answers_and_sections_are_read_as_text():
    told = case(
        {"resourceType": "DiagnosticReport", "status": "final", "conclusion": "Aldolase 12 U/L."},
        {
            "resourceType": "Composition",
            "status": "final",
            "section": [{"title": "Exam", "text": {"div": "<div>Heliotrope rash.</div>"}}],
        },
        {"resourceType": "QuestionnaireResponse", "item": [{"text": "Weight", "answer": [{"valueString": "35 kg"}]}]},
        observation(note=[{"text": "Gottron papules."}]),
    )
    places = {fact.concept: fact.passages[0].place for fact in told.facts}
    assert places["lab.aldolase"] == "Bundle.entry[0].resource.conclusion (DiagnosticReport)"
    assert places["demo.weight"] == "Bundle.entry[2].resource.item[0].answer (QuestionnaireResponse)"
    assert len(places) == 4


@pytest.mark.parametrize("answer", [{"valueBoolean": False}, {"valueString": "No"}, {"valueCoding": {"display": "No"}}])
def test_a_question_answered_with_no_denies_what_it_names(answer):
    def asked(question):
        told = case({"resourceType": "QuestionnaireResponse", "item": [{"text": question, "answer": [answer]}]})
        return {fact.concept: fact.assertion.polarity for fact in told.facts}

    assert asked("Does the patient have proximal muscle weakness?") == {"finding.proximal_weakness": Polarity.ABSENT}
    assert asked("Has the patient tried methotrexate?") == {}
    assert asked("Does the patient have no proximal muscle weakness?") == {}


def test_ndjson_and_a_single_resource_are_read():
    lines = b"\n".join(json.dumps(one).encode() for one in (PATIENT, condition()))
    assert {fact.concept for fact in read(made.opened("a.ndjson", lines)).facts} >= {"demo.female", "dx.jdm"}
    assert [fact.concept for fact in read(made.opened("a.json", json.dumps(condition()).encode())).facts] == ["dx.jdm"]


def test_resources_in_several_files_refer_to_each_other():
    files = [("a.json", json.dumps(PATIENT).encode()), ("b.json", json.dumps(CLAIM).encode())]
    found = {fact.concept for fact in read(documents_of(files, made.plain, None)).facts}
    assert "demo.age" in found


# What is refused.


def test_two_patients_are_refused_without_their_names():
    with pytest.raises(SeveralPatients, match=r"b\.json holds the records of 2 patients, and a case is one") as refused:
        case(PATIENT, PATIENT | {"id": "secret"})
    assert "secret" not in str(refused.value)


def test_a_resource_of_another_patient_is_refused():
    with pytest.raises(SeveralPatients):
        case(PATIENT, condition(subject={"reference": "Patient/other"}))


@pytest.mark.parametrize("told", [[1, 2], {"a": 1}])
def test_other_json_is_refused(told):
    with pytest.raises(Unsupported, match=r"a\.json is JSON and no FHIR R4 resource"):
        made.opened("a.json", json.dumps(told).encode())


def test_json_that_is_cut_off_is_refused_with_its_line():
    with pytest.raises(Damaged, match=r"a.json:\d+: not well-formed JSON"):
        made.opened("a.json", json.dumps(bundle(PATIENT), indent=1).encode()[:-20])


def test_json_that_nests_without_end_is_refused():
    with pytest.raises((TooBig, Damaged)):
        made.opened("a.json", b'{"resourceType":"Bundle","entry":' + b"[" * 200_000 + b"]" * 200_000 + b"}")


def test_a_file_that_says_nothing_of_a_patient_is_refused():
    with pytest.raises(NoTextFound, match="holds no resource that tells anything of a patient"):
        made.opened("a.json", json.dumps({"resourceType": "OperationOutcome"}).encode())


def test_base64_that_is_none_is_refused_without_its_words():
    broken = {"resourceType": "Binary", "id": "secret", "data": "Jane Roe!"}
    with pytest.raises(Damaged, match="is not base64") as refused:
        made.opened("a.json", json.dumps(broken).encode())
    assert not any(word in str(refused.value) for word in ("Jane", "secret"))
