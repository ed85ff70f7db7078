"""A policy in our YAML given by a user: ready for the engine, or all that is wrong with it."""

from __future__ import annotations

import pytest

from indicated.content.load import load
from indicated.content.one_policy import read_policy
from indicated.content.problem import BrokenContent
from indicated.content.walk import kinds_inside
from indicated.model.rule import Ref
from tests.content.folder import SOUND, release_of

TEXT = (SOUND / "policies/plan/drug/policy.yaml").read_text()
KNOWLEDGE = release_of(load(SOUND)).knowledge


def problems(text: str) -> list[str]:
    with pytest.raises(BrokenContent) as caught:
        read_policy(text, "mine.yaml", KNOWLEDGE)
    return [f"{one.line} {one.code}" for one in caught.value.problems]


def test_a_sound_policy_has_its_refs_filled_in():
    policy = read_policy(TEXT, "mine.yaml", KNOWLEDGE)
    assert policy == KNOWLEDGE.policies[0]
    assert all(ref.rule is not None for ref in kinds_inside(policy, Ref))


def test_every_problem_is_told_at_once():
    text = (
        TEXT.replace("has: dx.rare", "has: dx.rar")
        .replace("{ref: tried}", "{ref: tired}")
        .replace("title: New", "titel: New")
    )
    assert problems(text) == ["5 unknown-key", "6 missing-key"] or problems(text) == ["1 missing-key", "5 unknown-key"]
    text = TEXT.replace("has: dx.rare", "has: dx.rar").replace("{ref: tried}", "{ref: tired}")
    assert problems(text) == ["10 unknown-name", "14 unknown-name"]


@pytest.mark.parametrize("text", ["", "[1, 2", "- a\n", "a: &x b\n", "%PDF-1.4", "\x00", "{" * 100])
def test_what_is_no_policy_is_refused_with_a_line(text):
    assert len(problems(text)) >= 1


def test_the_message_names_the_first_and_how_many_more():
    with pytest.raises(BrokenContent, match=r"^mine\.yaml:1: .*; add it \(and \d+ more\)$"):
        read_policy("id: x\n", "mine.yaml", KNOWLEDGE)
