"""Whole vials: nothing is given short, the least is left over, and of equals the fewest vials."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.engine.vials import held, rounded_down, rounded_up

SIZES = tuple(map(Decimal, ("1", "2.5", "5", "10", "20", "40")))


@pytest.mark.parametrize(
    ("amount", "vials"),
    [
        ("70", "1 x 40 + 1 x 20 + 1 x 10"),
        ("72.4", "1 x 40 + 1 x 20 + 1 x 10 + 1 x 2.5"),
        ("0.3", "1 x 1"),
        ("3", "3 x 1"),
        ("165", "4 x 40 + 1 x 5"),
    ],
)
def test_the_vials_of_an_amount(amount, vials):
    found = rounded_up(Decimal(amount), SIZES)
    assert found is not None
    assert " + ".join(f"{one.count} x {one.grams.normalize():f}" for one in found) == vials


def test_where_no_size_is_known_or_nothing_is_asked_there_are_none():
    assert rounded_up(Decimal(10), ()) is None
    assert rounded_up(Decimal(0), SIZES) is None
    assert rounded_down(Decimal(4), (Decimal(5), Decimal(10))) is None


def test_an_amount_beyond_any_dose_is_not_sought():
    assert rounded_up(Decimal(10**9), SIZES) is None


@given(
    st.sets(st.sampled_from(["0.5", "1", "2", "2.5", "3", "5", "6", "10", "12"]), min_size=1, max_size=3),
    st.integers(1, 60).map(lambda n: Decimal(n) / 2),
)
def test_it_is_the_best_of_all_sets(sizes, amount):
    """Against every set of up to so many vials of each size."""
    listed = sorted(map(Decimal, sizes))
    found = rounded_up(amount, tuple(listed))
    assert found is not None
    most = [int(amount / size) + 2 for size in listed]
    every = [
        (total, sum(counts))
        for counts in product(*(range(n) for n in most))
        if (total := sum(n * size for n, size in zip(counts, listed, strict=True))) >= amount
    ]
    assert (held(found), sum(one.count for one in found)) == min(every)
    below = rounded_down(amount, tuple(listed))
    less = [sum(n * size for n, size in zip(c, listed, strict=True)) for c in product(*(range(n) for n in most))]
    assert (below or 0) == max(total for total in less if total <= amount)
