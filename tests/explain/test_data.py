"""The answer as data: the promised keys, exact amounts, exact passages, the same bytes."""

from __future__ import annotations

import json
import re

from msgspec.structs import replace

from indicated.explain.data import as_dict, encode
from indicated.explain.data_record import case_data
from indicated.explain.words import Words
from indicated.model.standard import ContentStatus
from tests.explain import world

PROMISED = [
    "finding",
    "next_step",
    "policy",
    "standard",
    "facts",
    "gaps",
    "flips",
    "dose",
    "safety",
    "contradictions",
    "citations",
    "statements",
    "release",
    "on",
]


def data():
    given = world.decided()
    return as_dict(given, world.knowledge(), world.book(), world.answer(given=given))


def test_the_promised_keys_are_there():
    assert set(PROMISED) <= set(data())
    assert set(data()["policy"]) >= {"id", "verdict", "criteria"}
    fact = data()["facts"][0]
    assert set(fact) >= {"concept", "assertion", "value", "unit", "quote", "start", "end", "document"}


def test_the_outcome_is_told_in_the_models_words():
    found = data()
    assert (found["finding"], found["next_step"], found["policy"]["verdict"]) == (
        "supported",
        "information_needed",
        "unknown",
    )
    assert [(one["id"], one["verdict"]) for one in found["policy"]["criteria"]][:3] == [
        ("i1", "unknown"),
        ("i1a", "not_met"),
        ("i1b", "unknown"),
    ]


def test_how_far_the_copy_of_the_policy_was_read_is_told():
    made = world.policy()
    unread = tuple(replace(one, verified=one.id != "i1b") for one in made.criteria)
    given = world.decided(under=replace(made, status=ContentStatus.DRAFT, criteria=unread))
    found = as_dict(given, world.knowledge(), world.book(), world.answer(given=given))
    assert (found["policy"]["status"], found["policy"]["via"], found["policy"]["unverified"]) == (
        "draft",
        "primary",
        ["i1b"],
    )
    assert [one["id"] for one in found["policy"]["criteria"] if not one["verified"]] == ["i1b"]
    assert [one["code"] for one in found["reasons"]][-2:] == ["policy_draft", "policy_unverified"]


def test_every_passage_quotes_its_document():
    for fact in data()["facts"]:
        assert world.TEXT[fact["start"] : fact["end"]] == fact["quote"]


def test_amounts_are_exact_text():
    [age] = [fact for fact in data()["facts"] if fact["concept"] == "demo.age"]
    assert (age["value"], age["unit"]) == ("14", "a")
    assert data()["dose"][0]["weight_fits"] == "35 kg"


def test_data_is_plain_json_and_the_same_every_time():
    text = encode(data())
    assert json.loads(text) == data()
    assert text == encode(data())
    assert text.endswith("}\n")


def test_every_statement_carries_its_proofs():
    statements = data()["statements"]
    assert statements
    assert all(one["proofs"] for one in statements)
    assert {"type": "citation", "key": "trial-2020", "text": "responders: 79% against 44%"} in [
        proof for one in statements for proof in one["proofs"]
    ]


def test_citations_have_their_links():
    assert data()["citations"][0] == {
        "number": 1,
        "key": "trial-2020",
        "text": "Able A et al. A trial. J Trials. 2020;5(2):1-9.",
        "pmid": "123",
        "doi": "",
        "links": ["https://pubmed.ncbi.nlm.nih.gov/123/"],
        "verified": True,
    }


def test_a_case_as_data_has_its_request_and_facts():
    found = case_data(world.case(), Words(world.book(), world.knowledge().vocabulary, {}))
    assert found["request"]["treatment"] == "tx.ivig"
    assert len(found["facts"]) == len(world.facts())


def test_every_key_is_described():
    """docs/reference/json.md names every key at every depth."""
    page = (world.ROOT / "docs/reference/json.md").read_text("utf-8")
    described = set(re.findall(r"`([a-z_]+)`", page))
    assert not sorted(_keys(data()) - described)


def _keys(value):
    if isinstance(value, dict):
        return set(value).union(*(_keys(one) for one in value.values()))
    if isinstance(value, list):
        return set().union(*(_keys(one) for one in value))
    return set()
