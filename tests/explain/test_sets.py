"""Flips in words: sets that make a pattern are told by the pattern, and by no other."""

from __future__ import annotations

from itertools import combinations

from indicated.explain.sections import sets
from indicated.explain.writer import Writer
from indicated.model.determination import Change, Flip, FlipTarget
from indicated.model.fact import Entry, Fact
from tests.explain import world

ITEMS = ("drug.prednisone", "dx.dm", "finding.weakness", "lab.ck")
JUDGED = "judged:Is it severe?"


def flip(*concepts: str) -> Flip:
    changes = tuple(Change((Fact(concept, (Entry("what if"),)),)) for concept in concepts)
    return Flip(FlipTarget.POLICY, "met", changes)


def writer(audience: str = "clinician") -> Writer:
    return Writer(world.decided(), world.knowledge(), world.book(audience))


def test_all_ways_to_take_some_of_several_are_told_as_any_of_them():
    found = sets.any_of(writer(), [flip(*chosen) for chosen in combinations(ITEMS, 3)])
    assert found is not None
    assert (found[0], len(found[1])) == (3, 4)


def test_things_that_stand_for_each_other_are_one_item():
    ways = [flip("dx.dm", "finding.weakness"), flip("dx.dm", "lab.ck"), flip("dx.dm", "drug.prednisone")]
    ways += [flip("finding.weakness", "lab.ck"), flip("finding.weakness", "drug.prednisone")]
    found = sets.any_of(writer(), ways)
    assert found is not None
    assert found[0] == 2
    assert sorted(len(item.split(" or ")) for item in found[1]) == [1, 1, 2]


def test_one_way_missing_is_no_pattern():
    ways = [flip(*chosen) for chosen in combinations(ITEMS, 3)]
    assert sets.any_of(writer(), ways[1:]) is None
    assert sets.any_of(writer(), [flip(one) for one in ITEMS]) is None
    assert sets.any_of(writer(), [flip(*ITEMS)]) is None


def test_what_is_asked_comes_before_what_is_tested_and_a_judgement_last():
    [way] = sets.merged(writer(), [flip(JUDGED, "lab.ck", "finding.weakness", "drug.prednisone")])
    assert [choice[0].fact.concept for choice in way] == ["drug.prednisone", "finding.weakness", "lab.ck", JUDGED]


def test_a_set_that_needs_a_judgement_is_known_as_such():
    assert sets.judged(flip("lab.ck", JUDGED))
    assert not sets.judged(flip("lab.ck"))


def test_the_patient_reads_only_what_would_help():
    told = [one.label for part in world.answer("patient").sections if part.id == "flips" for one in part.statements]
    assert any("would be met" in label for label in told)
    assert not any("not met" in label or "without" in label for label in told)
