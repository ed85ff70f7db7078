"""A group that is too small to show is hidden, and so that it cannot be worked out another with it."""

from __future__ import annotations

from indicated.workflow.review.figures import Rate, Slice
from indicated.workflow.review.small_numbers import FEWEST, counted, few_hidden, shielded

NOTHING = Rate(0, 0)


def group(value, cases, by="sex"):
    return Slice(by, value, cases, cases, NOTHING, NOTHING, NOTHING, NOTHING, None)


def shown(*groups):
    found, hiding = shielded(groups)
    return [one.value for one in found], hiding


def test_groups_large_enough_are_all_shown():
    assert shown(group("f", FEWEST), group("m", 40)) == (["f", "m"], ())


def test_one_small_group_takes_the_smallest_of_the_others_with_it():
    assert shown(group("a", 3), group("b", 20), group("c", 40)) == (["c"], ("sex",))


def test_several_small_groups_cannot_be_told_apart_and_take_none_with_them():
    assert shown(group("a", 3), group("b", FEWEST - 1), group("c", 40)) == (["c"], ("sex",))


def test_each_kind_of_group_is_looked_at_by_itself():
    assert shown(group("f", 40), group("old", 2, "age_band")) == (["f"], ("age_band",))


def test_a_rate_of_few_is_hidden_in_a_group_that_is_large_enough():
    one = Slice("sex", "f", 40, 12, Rate(6, 12), Rate(6, 12), Rate(1, 1), Rate(12, 12), 5.0)
    assert few_hidden(one) == Slice("sex", "f", 40, 12, Rate(6, 12), Rate(6, 12), NOTHING, Rate(12, 12), 5.0)
    assert few_hidden(Slice("sex", "f", 40, 3, Rate(3, 3), NOTHING, NOTHING, NOTHING, 5.0)).median_hours is None


def test_what_was_counted_seldom_is_hidden_and_cannot_be_worked_out_from_the_whole():
    assert counted([("a", 30), ("b", 2)]) == (("a", 30),)
    assert counted([("a", "x", 30), ("a", "y", 12), ("b", "x", 2)], 44) == (("a", "x", 30),)
    assert counted([("a", 30), ("b", 2), ("c", 3)], 35) == (("a", 30),)
    assert counted([("a", 30), ("b", 0)], 30) == (("a", 30),)
