"""C-CDA: the narrative under its titles, who the patient is, and the entries only where there is no narrative."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from indicated.model.assertion import Subject
from indicated.reading.formats.errors import Damaged, NoTextFound, UnsafeXml, Unsupported
from indicated.workflow.assess import read
from tests.reading.formats import made

REAL = Path(__file__).parents[4].parent / "shared/external/fhir/ccda/ccda-ccd.xml"
PATIENT = (
    '<effectiveTime value="20130815"/><recordTarget><patientRole><patient><name><given>Eve</given></name>'
    '<administrativeGenderCode code="F"/><birthTime value="19750501"/></patient></patientRole></recordTarget>'
)


def ccda(*sections, patient=PATIENT, body=None):
    told = "".join(f"<component>{one}</component>" for one in sections)
    inner = body or f"<structuredBody>{told}</structuredBody>"
    root = '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">'
    return f"{root}{patient}<component>{inner}</component></ClinicalDocument>".encode()


def section(title, text, entries=""):
    return f"<section><title>{title}</title><text>{text}</text>{entries}</section>"


def text(*sections, **more):
    return made.text_of("a.xml", ccda(*sections, **more))


def test_sex_and_the_age_on_the_day_of_the_document_and_no_name():
    told = text(section("PLAN", "None."))
    assert told.startswith(
        "Sex: female\nPatient is 38 years old (on 2013-08-15, by the birth date 1975-05-01)\n\nPLAN:\nNone."
    )
    assert "Eve" not in told


def test_a_table_is_a_line_a_row_and_a_list_a_line_an_item():
    head, row = "<tr><th>Test</th><th>Value</th></tr>", "<tr><td>IgG</td><td>380 mg/dL</td></tr>"
    table = f"<table><thead>{head}</thead><tbody>{row}</tbody></table>"
    items = "<list><item>prednisone</item><item><content>methotrexate</content></item></list>"
    assert text(section("RESULTS", table), section("MEDICATIONS", items), patient="") == (
        "RESULTS:\nTest | Value\nIgG | 380 mg/dL\n\nMEDICATIONS:\n- prednisone\n- methotrexate"
    )


def test_a_section_ends_where_the_next_begins():
    case = read(
        made.opened("a.xml", ccda(section("FAMILY HISTORY", "Dermatomyositis"), section("WHATEVER", "Pneumonia")))
    )
    assert [(one.concept, one.assertion.subject) for one in case.set_aside] == [("dx.dm", Subject.RELATIVE)]
    assert any("pneumonia" in fact.concept for fact in case.facts)


def test_a_fact_says_in_which_section_it_stands():
    case = read(made.opened("a.xml", ccda(section("RESULTS", "Aldolase 12 U/L."))))
    places = {fact.concept: fact.passages[0].place for fact in case.facts}
    assert places["lab.aldolase"] == "RESULTS"
    assert places["demo.age"] == "recordTarget"


ENTRY = (
    '<entry><observation><code displayName="Aldolase"/><effectiveTime value="20130801"/>'
    '<value value="12" unit="U/L"/></observation></entry>'
    '<entry><act><entryRelationship><observation negationInd="true"><code displayName="Finding"/>'
    '<value displayName="Fever"/></observation></entryRelationship></act></entry>'
)


def test_entries_are_read_where_there_is_no_narrative_and_only_there():
    told = text(section("RESULTS", "", ENTRY), patient="")
    assert told == "RESULTS:\n- Aldolase: 12 U/L (2013-08-01)\n- No Finding: Fever"
    assert text(section("RESULTS", "Normal.", ENTRY), patient="") == "RESULTS:\nNormal."


def test_a_body_that_is_a_file_is_read_as_that_file():
    data = base64.b64encode(b"{\\rtf1 Aldolase 12 U/L.\\par}").decode()
    body = f'<nonXMLBody><text mediaType="text/rtf" representation="B64">{data}</text></nonXMLBody>'
    documents = made.opened("a.xml", ccda(body=body))
    assert [one.id for one in documents] == ["a.xml", "a.xml#nonXMLBody"]
    assert documents[1].text == "Aldolase 12 U/L."


@pytest.mark.parametrize(
    ("raw", "error", "words"),
    [
        (
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
            UnsafeXml,
            "entities",
        ),
        (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>', Unsupported, "FHIR as XML; export it as JSON"),
        (b'<?xml version="1.0"?><other/>', Unsupported, "XML and no C-CDA"),
        (b'<?xml version="1.0"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3"><a>', Damaged, "a.xml:2: not well-formed"),
        (b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>', NoTextFound, "without a word"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', Damaged, "a.xml"),
    ],
)
def test_what_cannot_be_read_is_refused(raw, error, words):
    with pytest.raises(error, match=words) as refused:
        made.opened("a.xml", raw)
    assert "\n" not in str(refused.value)


def test_entities_that_unfold_without_end_are_refused():
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    raw = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{laughs}]><l>&l9;</l>'.encode()
    with pytest.raises(UnsafeXml):
        made.opened("a.xml", raw)


@pytest.mark.skipif(not REAL.exists(), reason="the C-CDA sample of HL7 is not beside this checkout")
def test_the_sample_of_hl7_is_read_whole():
    case = read(made.opened("ccd.xml", REAL.read_bytes()))
    facts = {fact.concept: fact for fact in case.facts}
    assert facts["demo.age"].value.exact == 38
    assert facts["demo.weight"].value.exact == 86
    assert "Platelets | 123 10*9/L" in case.documents[0].text
