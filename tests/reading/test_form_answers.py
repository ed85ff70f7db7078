"""What a form asks is read with the polarity of its answer; what is left open is no fact."""

from __future__ import annotations

import pytest

from indicated.model.assertion import Polarity, Voice

from .content import read

PRESENT, ABSENT = Polarity.PRESENT, Polarity.ABSENT


def _said(text: str) -> dict[str, str]:
    return {fact.concept: str(fact.assertion.polarity) for fact in read(text).facts}


@pytest.mark.parametrize(
    ("text", "concept", "wanted"),
    [
        ("Does the patient have psoriatic arthritis? No", "dx.psoriatic_arthritis", ABSENT),
        ("Does the patient have psoriatic arthritis? Yes", "dx.psoriatic_arthritis", PRESENT),
        ("Does the patient have heart failure? No, but he has diabetes.", "dx.heart_failure", ABSENT),
        ("Does the patient have heart failure? No, but he has diabetes.", "dx.diabetes", PRESENT),
        ("Has the patient tried methotrexate? No", "drug.methotrexate", ABSENT),
        ("Has the patient tried methotrexate? Yes", "drug.methotrexate", PRESENT),
        ("Tried and failed methotrexate? Yes", "drug.methotrexate", PRESENT),
        ("Is the patient pregnant? ☐ Yes ☒ No", "finding.pregnancy", ABSENT),
        ("Does the patient have an active infection? [ ] Yes [x] No", "finding.infection", ABSENT),
        ("Does the patient have active tuberculosis? Yes [X] No [ ]", "dx.tuberculosis", PRESENT),
        ("Does the patient have tuberculosis?\nNo", "dx.tuberculosis", ABSENT),
        ("Q: Has the patient had seizures?\nA: Yes, weekly.", "finding.seizure", PRESENT),
        ("Rheumatoid arthritis: ( ) Yes (x) No", "dx.ra", ABSENT),
        ("Rheumatoid arthritis (Y/N): N", "dx.ra", ABSENT),
        ("Active infection:\n[ ] Yes [x] No", "finding.infection", ABSENT),
        ("History of seizures: Yes [ ] No [X]", "finding.seizure", ABSENT),
        ("☒ Yes ☐ No  Patient has moderate to severe plaque psoriasis", "dx.psoriasis", PRESENT),
        ("[x] Moderate to severe Crohn's disease", "dx.crohn", PRESENT),
        ("Diagnosis: [x] Crohn's disease [ ] Ulcerative colitis", "dx.crohn", PRESENT),
        ("Crohn's disease [ ]  Ulcerative colitis [x]", "dx.ulcerative_colitis", PRESENT),
        ("Is the patient's seizure disorder controlled? No", "dx.epilepsy", PRESENT),
        ("Does the patient have fever? No increase in pulmonary edema is seen.", "finding.fever", None),
    ],
)
def test_an_answer_decides_what_was_asked(text: str, concept: str, wanted: Polarity | None):
    facts = [fact for fact in read(text).facts if fact.concept == concept]
    if wanted is None:
        assert all(fact.assertion.voice is Voice.QUESTION or fact.assertion.certainty != "confirmed" for fact in facts)
    else:
        assert [str(fact.assertion.polarity) for fact in facts] == [str(wanted)]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("[x] Crohn's disease\n[ ] Ulcerative colitis", "dx.ulcerative_colitis"),
        ("☒ Plaque psoriasis\n☐ Psoriatic arthritis", "dx.psoriatic_arthritis"),
        ("_X_ Crohn's disease\n__ Psoriatic arthritis", "dx.psoriatic_arthritis"),
        ("Drugs tried: [x] methotrexate [ ] azathioprine", "drug.azathioprine"),
        ("History of malignancy? N/A", "finding.cancer_history"),
        ("Does the patient have heart failure? Unknown", "dx.heart_failure"),
        ("Does the patient have heart failure? Yes  No", "dx.heart_failure"),
        ("Has the patient been screened for tuberculosis? Yes", "dx.tuberculosis"),
        ("Has the patient tried and failed methotrexate? No", "drug.methotrexate"),
    ],
)
def test_what_is_left_open_is_no_fact(text: str, concept: str):
    assert concept not in _said(text)


def test_the_answer_tells_where_it_stands():
    text = "Does the patient have an active infection? [ ] Yes [x] No"
    fact = next(fact for fact in read(text).facts if fact.concept == "finding.infection")
    cue = next(cue for cue in fact.assertion.because if cue.axis == "polarity")
    assert (cue.rule, text[cue.start : cue.end]) == ("form.answer", "No")
    assert fact.assertion.voice is Voice.CASE


def test_a_blank_in_running_text_is_no_box():
    assert _said("Weight [ ] kg and height [ ] cm, rheumatoid arthritis.")["dx.ra"] == "present"


def test_a_decision_is_no_answer_about_the_treatment():
    asked = read("Is IVIG medically necessary for this child with dermatomyositis? No.")
    assert asked.request is not None
    assert asked.request.treatment == "tx.ivig"


FORM = """
Has the patient had an inadequate response to methotrexate? [x] Yes [ ] No
If yes, list: azathioprine 100 mg daily for 16 weeks
Will the medication be used in combination with another biologic? [ ] Yes [x] No
Does the patient have a history of tuberculosis? ☐ Yes ☒ No
Is this request for continuation of therapy? ( ) Yes (X) No
Diagnosis: [ ] Rheumatoid arthritis [x] Psoriatic arthritis [ ] Ankylosing spondylitis
Medication requested: adalimumab 40 mg SC every other week
"""


def test_a_whole_form_is_read_line_by_line():
    said = _said(FORM)
    assert said["drug.methotrexate"] == "present"
    assert said["drug.azathioprine"] == "present"
    assert said["dx.tuberculosis"] == "absent"
    assert said["dx.psoriatic_arthritis"] == "present"
    assert "dx.ra" not in said
    request = read(FORM).request
    assert request is not None
    assert request.treatment == "drug.adalimumab"
    assert request.phase != "continuation"
