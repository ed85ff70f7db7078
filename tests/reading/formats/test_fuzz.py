"""Whatever bytes come, a reader gives documents or one clear line, in bounded time, and repeats no word of a record."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicated.model.errors import IndicatedError
from indicated.model.text import Document
from indicated.reading.formats import documents_of
from indicated.workflow.assess import read
from tests.reading.formats import made
from tests.reading.formats.test_ccda import ENTRY, ccda, section
from tests.reading.formats.test_fhir import CLAIM, PATIENT, bundle, condition, observation, quantity, statement

SECRET = "Zyxwvut"
SEEDS = {
    "a.pdf": made.pdf(made.lines(f"{SECRET} is a girl.", "IgG 380 mg/dL"), made.lines("Page two")),
    "a.docx": made.docx(made.p(SECRET) + f"<w:tbl>{made.tr('IgG', '380 mg/dL')}</w:tbl>"),
    "a.rtf": rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}}"
    + SECRET.encode()
    + rb" \'e9\u8805? \trowd a\cell b\cell\row\par}",
    "a.html": f"<!doctype html><html><p>{SECRET}<table><tr><td>IgG<td>380 &amp; <b x='1'>y</b></table></html>".encode(),
    "a.xml": ccda(section("RESULTS", f"{SECRET} <list><item>a</item></list>"), section("PLAN", "", ENTRY)),
    "a.json": json.dumps(
        bundle(
            PATIENT | {"name": [{"family": SECRET}]},
            CLAIM,
            condition(),
            observation(valueQuantity=quantity(380, "mg/dL"), effectiveDateTime="2026-01-02", interpretation=[]),
            statement("stopped", statusReason=[{"text": SECRET}], dosage=[{"text": "15 mg weekly"}]),
            {"resourceType": "DocumentReference", "content": [{"attachment": {"data": "SWdHIDM4MA=="}}]},
        )
    ).encode(),
}
LONG = settings().max_examples if not settings().derandomize else 0
BOUNDED = settings(
    max_examples=LONG or 150,
    deadline=timedelta(seconds=20),
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not LONG,
)
"""As many as the long profile asks for, where that is set."""


def tried(name, raw):
    """Opens and reads; anything but a refusal in one line is a failure."""
    said = ""
    try:
        documents = documents_of([(name, raw)], made.plain, lambda _: "")
        case = read(documents)
    except IndicatedError as refused:
        said = str(refused)
    assert "\n" not in said
    assert SECRET not in said
    if said:
        return
    assert all(isinstance(one, Document) for one in documents)
    by_id = {one.id: one for one in documents}
    assert all(by_id[passage.document].holds(passage) for fact in case.facts for passage in fact.passages)


def mutated(raw):
    """The bytes with some taken out, put in, changed or repeated."""
    place = st.integers(0, len(raw))
    change = st.tuples(
        place, st.integers(0, 40), st.binary(max_size=12) | st.sampled_from([b"{" * 50, b"<" * 50, b"\\u", b'"'])
    )

    def changed(changes):
        told = raw
        for at, gone, added in changes:
            told = told[:at] + added + told[at + gone :]
        return told

    return st.lists(change, min_size=1, max_size=4).map(changed)


@pytest.mark.parametrize("name", SEEDS)
@BOUNDED
@given(data=st.data())
def test_mutated_files_are_read_or_refused(name, data):
    tried(name, data.draw(mutated(SEEDS[name])))


@pytest.mark.parametrize("name", [*SEEDS, "a.txt", "a.png"])
@BOUNDED
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(name, raw):
    tried(name, raw)


@pytest.mark.parametrize(
    "start", [b"%PDF-1.7", b"PK\x03\x04", b"{\\rtf1", b"<html>", b"<?xml version='1.0'?>", b'{"resourceType":']
)
@BOUNDED
@given(raw=st.binary(max_size=200))
def test_any_bytes_after_a_true_start_are_read_or_refused(start, raw):
    tried("a", start + raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
FIELDS = (
    "status", "code", "coding", "text", "valueQuantity", "component", "dosage", "timing", "repeat", "subject", "item",
    "content", "attachment", "medicationReference", "effectivePeriod", "interpretation", "referenceRange", "extension",
    "contained", "note", "diagnosis", "birthDate", "gender", "section", "answer", "verificationStatus", "created",
)  # fmt: skip
KINDS = (
    "Patient", "Claim", "Condition", "Observation", "MedicationRequest", "MedicationStatement", "AllergyIntolerance",
    "Procedure", "FamilyMemberHistory", "ServiceRequest", "DocumentReference", "Composition", "QuestionnaireResponse",
)  # fmt: skip


@BOUNDED
@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6)), max_size=4)
)
def test_resources_with_any_values_are_read_or_refused(told):
    tried("a.json", json.dumps(bundle(*[{"resourceType": kind, **fields} for kind, fields in told])).encode())
