"""Letters, answers and requests side by side take in no more than articles: nothing that no proof holds."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from indicated.explain import contrast as side_by_side
from indicated.explain.asked import what_if
from indicated.explain.letters import codes, head
from indicated.model.fact import Outcome
from indicated.model.statement import FromEntry
from indicated.workflow import ask, letters
from indicated.workflow import contrast as held
from indicated.workflow.assess import current
from tests.explain.letters import desk
from tests.explain.test_smuggling import EXAMPLES, foreign_labels
from tests.explain.world import ROOT

DENIED = desk.decided("2-overlap-denied")
STRANGE = foreign_labels("2-overlap-denied.txt")[::40]
FILES = [str(ROOT / "examples" / name) for name in EXAMPLES]


@pytest.fixture
def strange(request, monkeypatch):
    """A condition that no record names stands in a letter where the record's own should."""
    monkeypatch.setattr(codes, "condition", lambda _w, _standard: request.param)
    return request.param


@pytest.mark.parametrize("kind", ["necessity", "appeal", "request-for-information"])
@pytest.mark.parametrize("strange", ["dx.kawasaki", "dx.cidp", "dx.itp"], indirect=True)
def test_a_letter_names_no_disease_that_neither_record_nor_request_does(kind, strange):
    letter = letters.letter(DENIED, kind)
    label = current().knowledge.vocabulary[strange].label
    assert letter.page.withheld
    assert not [one for one in desk.statements(letter) if label in f"{one.label} {one.text}"]


@pytest.mark.parametrize("kind", ["necessity", "appeal"])
def test_a_letter_asks_for_no_drug_that_the_request_does_not(kind, monkeypatch):
    monkeypatch.setattr(head, "treatment_of", lambda w: w.words.label("drug.rituximab"))
    letter = letters.letter(DENIED, kind)
    assert letter.page.withheld
    assert not [one for one in desk.statements(letter) if one.label == "Request" and "rituximab" in one.text]


@pytest.mark.parametrize("strange", STRANGE)
def test_no_proof_by_hand_lets_a_name_into_a_letter(strange):
    from indicated.explain.letters.desk import BY_HAND, Desk
    from indicated.explain.letters.order import Order
    from indicated.explain.phrasebook import Phrasebook
    from indicated.explain.writer import Writer

    release = current()
    written = Desk(Writer(DENIED, release.knowledge, Phrasebook(release.phrases)), Order("necessity"))
    assert not written.line("request", f"{strange}, as needed", (BY_HAND,))
    assert written.w.withheld


def test_a_person_decides_what_a_denial_says_of_a_criterion_and_nobody_else():
    from indicated.explain.phrasebook import Phrasebook
    from indicated.explain.writer import Writer

    release = current()
    proofs = (FromEntry("decision.criteria.1.a", "Not shown. 1.a"), FromEntry("decision.verdict.1.a", "not_met"))
    w = Writer(DENIED, release.knowledge, Phrasebook(release.phrases))

    def told(proofs, mark):
        verdict = w.book.word("mark", mark)
        return w.say("letter.criterion", proofs, label="1.a", mark=mark, verdict=verdict, reason="Not shown.")

    assert not told(proofs[:1], "not_met")
    assert not told(proofs, "met")
    assert told(proofs, "not_met")


def test_a_supposition_is_told_as_it_was_read_and_not_turned_round(monkeypatch):
    question = "What if prednisone failed?"
    assert ask.ask(DENIED, question).rationale.withheld == 0
    understood = what_if.understood

    def turned(before, told, listed):
        fact = replace(listed[0].fact, therapy=replace(listed[0].fact.therapy, outcome=Outcome.EFFECTIVE))
        return understood(before, told, (replace(listed[0], facts=(fact,)), *listed[1:]))

    monkeypatch.setattr(what_if, "understood", turned)
    answer = ask.ask(DENIED, question)
    assert answer.rationale.withheld
    assert "prednisone: tried, effective" not in answer.show("text")


def test_an_answer_names_no_disease_but_those_of_the_case_and_the_question(monkeypatch):
    monkeypatch.setattr(what_if.answer, "condition", lambda _w, _standard: "dx.kawasaki")
    answer = ask.ask(DENIED, "What if she weighs 40 kg?")
    assert answer.rationale.withheld
    assert "Kawasaki" not in answer.show("text")


@pytest.mark.parametrize("audience", ["clinician", "reviewer", "patient"])
def test_requests_side_by_side_are_told_without_anything_withheld(audience):
    told = held.contrast(FILES, [], desk.ON, None)
    assert side_by_side.article(told, current().knowledge, current().phrases, audience).withheld == 0


def test_requests_side_by_side_take_in_no_verdict_of_nobody(monkeypatch):
    monkeypatch.setattr(side_by_side, "_verdicts", lambda _answer: "undetermined")
    told = held.contrast(FILES[1:3], [], desk.ON, None)
    said = side_by_side.article(told, current().knowledge, current().phrases)
    assert said.withheld
    assert not [one for one in said.sections if one.id == "answers"]


def test_a_file_is_called_what_its_owner_likes_and_that_claims_nothing(tmp_path):
    paths = []
    for name, file in zip(("kawasaki 40 mg", "rituximab failed"), EXAMPLES[1:3], strict=True):
        path = tmp_path / f"{name}.txt"
        path.write_text((ROOT / "examples" / file).read_text("utf-8"), "utf-8")
        paths.append(str(path))
    told = held.contrast(paths, [], desk.ON, None)
    said = side_by_side.article(told, current().knowledge, current().phrases)
    assert said.withheld == 0
    assert any("rituximab failed" in one.label.lower() for section in said.sections for one in section.statements)


def test_a_label_without_its_brackets_is_of_the_same_thing():
    from indicated.explain.phrasebook import Phrasebook
    from indicated.explain.writer import Writer

    release = current()
    w = Writer(DENIED, release.knowledge, Phrasebook(release.phrases))
    proved = (w.trace("dx.alveolar_hemorrhage", "open"),)
    assert w.say("related.record", proved, about=w.words.short("dx.alveolar_hemorrhage"))
    assert not w.say("related.record", proved, about=w.words.short("dx.kawasaki"))
