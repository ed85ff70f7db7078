"""Invented letters with their cases: reasons, the criterion each concerns, and what the record answers to it."""

from __future__ import annotations

from functools import cache

import pytest
import yaml

import indicated
from indicated.model.denial import ReasonAnswer
from tests.explain.world import ROOT

LETTERS = ROOT / "tests/data/denials"


@cache
def batch(name):
    return yaml.safe_load((LETTERS / f"{name}.yaml").read_text("utf-8"))


@cache
def checks(name):
    told = batch(name)
    found = {}
    for letter in told["letters"]:
        case = told["cases"][letter["case"]]
        d = indicated.assess(case["text"], policy=case.get("policy"), on="2026-12-05", denial=letter["text"])
        found[letter["name"]] = d.denial
    return found


def speaks(check, told):
    about = {mention.concept for mention in check.reason.concepts}
    return check.reason.kind == told["kind"] and set(told.get("about", ())) <= about


def concerns(check, told):
    held = {one.criterion for one in check.criteria} | {one.criterion.split(".")[0] for one in check.criteria}
    return set(told.get("criteria", ())) <= held


def answers(check, told):
    return check.answer == told.get("answer", check.answer)


def f1(name, *fits):
    right = found = told = 0
    for letter in batch(name)["letters"]:
        left = list(checks(name)[letter["name"]].checks)
        found, told = found + len(left), told + len(letter["reasons"])
        for one in letter["reasons"]:
            fit = next((check for check in left if all(fits_one(check, one) for fits_one in fits)), None)
            if fit is not None:
                left.remove(fit)
                right += 1
    return 2 * right / (found + told)


@pytest.mark.parametrize(
    ("name", "reasons", "criteria", "answered"), [("answered", 0.95, 0.9, 0.84), ("answered_later", 0.9, 0.84, 0.78)]
)
def test_reasons_meet_their_criteria_and_the_record_answers_them(name, reasons, criteria, answered):
    assert f1(name, speaks) >= reasons
    assert f1(name, speaks, concerns) >= criteria
    assert f1(name, speaks, concerns, answers) >= answered


@pytest.mark.parametrize("name", ["answered", "answered_later"])
def test_the_kind_of_plan_is_read_where_it_is_told(name):
    for letter in batch(name)["letters"]:
        assert checks(name)[letter["name"]].denial.plan == letter.get("plan")


def found_in(name, letter):
    return checks(name)[letter].checks


def test_a_sentence_of_two_reasons_gives_two():
    weak, tried = found_in("answered", "commercial-methotrexate-weakness")
    assert [one.criterion for one in weak.criteria] == ["2"]
    assert [one.criterion for one in tried.criteria] == ["4"]


def test_a_measure_said_to_be_absent_is_answered_by_its_value():
    _, score = found_in("answered", "fax-code-50")
    assert score.answer is ReasonAnswer.FACTS_MEET
    assert {fact.concept for fact in score.facts} == {"scale.incat"}


def test_other_brands_to_try_first_are_not_answered_with_other_drugs():
    [brands] = found_in("answered", "preferred-product")
    assert brands.answer is ReasonAnswer.UNKNOWN
    assert [gap.about for gap in brands.gaps] == ["product.gammaked", "product.octagam"]


def test_an_age_that_the_plan_asks_for_is_held_against_the_patient():
    [age] = found_in("answered", "age-label")
    assert age.answer is ReasonAnswer.FACTS_DO_NOT_MEET
    assert {fact.concept for fact in age.facts} == {"demo.age"}
