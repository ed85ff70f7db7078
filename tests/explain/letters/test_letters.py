"""What holds of every letter: proof, no foreign number, the answer first, nothing twice, the same bytes, few pages."""

from __future__ import annotations

import io
import re

import docx
import pypdfium2
import pytest

from indicated.explain.letters.order import LEVELS
from indicated.explain.letters.show import show_before
from indicated.explain.statements import check
from indicated.workflow import letters
from tests.explain.letters import desk
from tests.explain.world import ROOT

DRAFTED = desk.drafted()
every_letter = pytest.mark.parametrize("sent", DRAFTED, ids=lambda sent: sent.name)
SENT = ("necessity", "appeal", "request-for-information", "approval")
NAME = re.compile(r"ICD-10-CM|\b[0-9a-f]{12,64}\b|\b[A-Za-z]+[-.]?\d[\w.+-]*")


def test_all_that_the_examples_carry_are_drafted():
    kinds = {(name[0], letter.kind) for name, letter, _ in DRAFTED}
    assert {kind for example, kind in kinds if example == "5"} == {letter.kind for _, letter, _ in DRAFTED}
    assert ("3", "necessity") not in kinds
    assert len(DRAFTED) > 30


@every_letter
def test_no_statement_without_proof_and_none_withheld(sent):
    assert sent.letter.page.withheld == 0
    assert all(one.proofs for one in desk.statements(sent.letter))


@every_letter
def test_no_number_that_stands_in_no_proof(sent):
    """The digits of a name (a code, an antibody, a release) claim nothing; every other number is in a proof."""
    for one in desk.statements(sent.letter):
        assert check(NAME.sub("", f"{one.label}\n{one.text}"), one.proofs) == (), one.text


@every_letter
def test_what_only_a_person_knows_is_left_to_be_filled_in(sent):
    if sent.letter.kind not in SENT:
        return
    text = " ".join(desk.text_of(sent.letter, sent.d).split())
    assert "Patient: [the patient's name], born [date of birth]; [member ID]; [reference or case number]" in text
    told = " ".join(one.text for one in sent.letter.before.statements)
    assert "Fill in:" in told
    for place in re.findall(r"\[([^\]]+)\]", text.partition("References")[0]):
        assert place in told or re.fullmatch(r"[\d,-]+", place), place


@every_letter
def test_the_request_the_diagnosis_and_the_bill_stand_at_the_top(sent):
    head = {one.label: one.text for one in sent.letter.page.sections[0].statements}
    assert {"Request", "Diagnosis", "Billed as"} <= set(head)
    assert re.search(r"\([A-Z]\d\d|\[the ICD-10-CM code", head["Diagnosis"])


@every_letter
def test_dose_duration_and_follow_up_are_told_or_asked_for(sent):
    if sent.letter.kind not in ("necessity", "appeal", "approval"):
        return
    (dosed,) = (section for section in sent.letter.page.sections if section.id == "dosed")
    assert "Asked for" in {one.label for one in dosed.statements}
    assert len(dosed.statements) > 1


@every_letter
def test_the_answer_stands_in_the_first_lines(sent):
    if sent.letter.kind not in SENT:
        return
    first = sent.letter.page.sections[1].statements[0].text
    assert re.match(r"I ask|I appeal|We have your request|Your request", first)
    assert re.search(r"immune globulin \(IVIG\) for [a-z]", first)


@every_letter
def test_nothing_is_said_twice(sent):
    texts = [f"{one.label}|{one.text}" for section in sent.letter.page.sections for one in section.statements]
    texts = [text for text in texts if "____" not in text and "[" not in text and "quoted above" not in text]
    assert len(texts) == len(set(texts))
    if sent.letter.kind != "worksheet":
        quotes = re.findall(r"“([^”]{30,})”", "\n".join(texts))
        assert len(quotes) == len(set(quotes))


@every_letter
def test_a_letter_has_at_most_two_pages_and_a_short_form_is_short(sent):
    most = 2 if sent.letter.kind in ("necessity", "appeal") else 3 if sent.letter.kind == "worksheet" else 1
    assert len(pypdfium2.PdfDocument(letters.shown(sent.letter, sent.d, "pdf"))) <= most


@every_letter
def test_the_same_letter_gives_the_same_bytes_in_every_format(sent):
    for form in ("text", "md", "html", "json", "pdf", "docx"):
        assert letters.shown(sent.letter, sent.d, form) == letters.shown(sent.letter, sent.d, form)


@every_letter
def test_what_to_know_before_it_is_sent_is_no_part_of_it(sent):
    for form in ("text", "md", "html"):
        assert sent.letter.before.heading not in desk.text_of(sent.letter, sent.d, form)


def test_word_can_open_the_letter_and_finds_its_lines():
    letter = next(letter for name, letter, _ in DRAFTED if name == "5-necessity")
    file = docx.Document(io.BytesIO(letters.shown(letter, desk.decided("5-dermatomyositis-ild"), "docx")))
    lines = [one.text for one in file.paragraphs]
    assert lines[0] == "Letter of medical necessity"
    assert "Date: November 20, 2026" in lines
    assert any(line.startswith("I ask you to authorize") for line in lines)
    assert sum("____" in line for line in lines) == 4


def test_the_worksheet_has_blank_columns_for_the_reviewer():
    letter = next(letter for name, letter, _ in DRAFTED if name == "2-worksheet")
    d = desk.decided("2-overlap-denied")
    file = docx.Document(io.BytesIO(letters.shown(letter, d, "docx")))
    assert [cell.text for cell in file.tables[0].rows[0].cells][3:] == ["Yours", "Your reason"]
    assert all(not cell.text for row in file.tables[0].rows[1:] for cell in row.cells[3:])
    assert "<td></td><td></td></tr>" in desk.text_of(letter, d, "html")


@pytest.mark.parametrize("name", ["2-appealfirst", "5-necessity", "4-request-for-information"])
def test_golden_letters_read_as_they_did(name):
    """Read them as their reader would before you change them."""
    letter, d = next((letter, d) for told, letter, d in DRAFTED if told == name)
    golden = ROOT / f"tests/explain/letters/golden/{name}.txt"
    assert f"{desk.text_of(letter, d)}\n{show_before(letter)}" == golden.read_text("utf-8")


def test_every_level_of_an_appeal_says_what_it_asks():
    d = desk.decided("5-dermatomyositis-ild")
    drafts = {level: letters.letter(d, "appeal", level=level) for level in LEVELS}
    openings = {level: draft.page.sections[1].statements[0].text for level, draft in drafts.items()}
    assert "and ask that it be overturned" in openings["first"]
    assert "expedited decision" in openings["expedited"]
    assert "independent reviewer" in openings["external"]
