"""Values that refuse nonsense."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicated.model.assertion import Assertion, Subject, Voice
from indicated.model.case import Case
from indicated.model.concept import Concept, Kind, Vocabulary
from indicated.model.errors import IndicatedError, Nonsense
from indicated.model.fact import Entry, Fact, Quoted
from indicated.model.product import Product, Rate, RateStep, Site
from indicated.model.quantity import Comparison, Quantity
from indicated.model.rule import AtLeast, Has
from indicated.model.statement import Statement
from indicated.model.text import Document, Passage
from tests import told

TEXT = Document("text", "IgG 350 mg/dL")
WHERE = (Entry("tests"),)
PER_MINUTE = Quantity.of(1, "mg/kg/min")


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (lambda: Quantity(None, None, "g"), "needs a value"),
        (lambda: Quantity(Decimal(5), Decimal(2), "d"), "upside down"),
        (lambda: Comparison("~", Quantity.of(1, "g")), "not a comparison"),
        (lambda: Comparison("<", Quantity(Decimal(1), Decimal(2), "g")), "one exact value"),
        (lambda: Comparison("<", Quantity.of(1, "g")).judge(Quantity.of(1, "mg")), "cannot compare"),
        (lambda: AtLeast(0, (Has("dx.dm"),)), "never be asked"),
        (lambda: AtLeast(2, (Has("dx.dm"),)), "never be asked"),
        (lambda: Rate(("label",), (), PER_MINUTE), "at least one step"),
        (lambda: Rate(("label",), (RateStep(PER_MINUTE), RateStep(PER_MINUTE)), PER_MINUTE), "without its minutes"),
        (lambda: Site(("label",)), "a volume or a rate"),
        (lambda: Product("product.a", "tx.a", ("IV",), ("label",), recalled=("iga",)), "recalled but not given"),
        (lambda: Product("product.a", "tx.a", ("IV",), ("label",), vials=(Decimal(0),)), "more than nothing"),
        (lambda: Passage("text", 3, 3, ""), "does not fit"),
        (lambda: Passage("text", 0, 3, "four"), "does not fit"),
        (lambda: TEXT.passage(5, 99), "outside"),
        (lambda: Fact("dx.dm", ()), "no source"),
        (lambda: Fact("dx.dm", WHERE, Assertion(voice=Voice.GUIDELINE)), "not said of this patient"),
        (lambda: Fact("dx.dm", WHERE, Assertion(subject=Subject.RELATIVE)), "not said of this patient"),
        (lambda: Statement("a sentence", ()), "needs a proof"),
        (lambda: Case((TEXT, TEXT), ()), "one id"),
        (lambda: Case((TEXT,), (Fact("lab.igg", (Quoted(Passage("text", 0, 3, "IgA")),)),)), "not in its document"),
        (lambda: Case((), (Fact("lab.igg", (Quoted(TEXT.passage(0, 3)),)),)), "not in its document"),
    ],
)
def test_what_cannot_be_is_refused(what, says):
    with pytest.raises(Nonsense, match=says):
        what()


def test_a_refusal_never_carries_what_the_record_says():
    with pytest.raises(IndicatedError) as refused:
        Case((TEXT,), (Fact("lab.igg", (Quoted(Passage("text", 4, 7, "777")),)),))
    assert "777" not in str(refused.value)
    assert "350" not in str(refused.value)


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity.of(70, "g"), "70 g"),
        (Quantity.of("2.50", "g/kg"), "2.5 g/kg"),
        (Quantity.of("1E+2", "mg"), "100 mg"),
        (Quantity(Decimal(2), Decimal(5), "d"), "2-5 d"),
        (Quantity(None, Decimal(400), "mg/dL", high_open=True), "< 400 mg/dL"),
        (Quantity(Decimal(18), None, "a"), ">= 18 a"),
        (Quantity.of(55, "%"), "55%"),
    ],
)
def test_a_quantity_is_shown_as_it_was_given(quantity, text):
    assert quantity.text() == text


def test_a_passage_is_exactly_the_characters_of_its_document():
    passage = TEXT.passage(4, 7)
    assert passage.quote == "350"
    assert TEXT.holds(passage)
    assert not Document("other", TEXT.text).holds(passage)


def test_more_facts_take_the_place_of_those_on_the_same_concept():
    case = told.case("concept | says\ndx.dm | absent\nfinding.rash | present")
    (new,) = told.facts("concept | says\ndx.dm | present")
    assert case.with_facts(new).facts == (case.facts[1], new)
    assert case.without(case.facts[0]).facts == case.facts[1:]


def test_a_circle_in_the_vocabulary_does_not_hang():
    circle = Vocabulary(
        [Concept(name, Kind.CONDITION, name, "tests", broader=(other,)) for name, other in ("ab", "ba")]
    )
    assert circle.is_a("a", "b")
    assert circle.ancestors("unknown") == {"unknown"}
    assert circle.label("unknown") == "unknown"
