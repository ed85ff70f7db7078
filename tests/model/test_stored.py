"""A shelf gives back its values by key and in order, equal to what was put on it, each decoded once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from indicated.model.buckets import encoded
from indicated.model.stored import StoredValues, longer, shelf_of


class Thing(Struct, frozen=True):
    name: str
    size: int = 0


things = st.lists(st.builds(Thing, st.text(max_size=6), st.integers(0, 9)), unique_by=lambda one: one.name, max_size=30)


def put(values):
    return ((one.name, encoded(one)) for one in values)


@given(things)
def test_values_come_back_in_order_and_by_key(told):
    kept = StoredValues(shelf_of(put(told)), Thing)
    assert kept == tuple(told)
    assert list(kept) == told
    assert len(kept) == len(told)
    assert kept.all_keys() == tuple(one.name for one in told)
    assert {key: kept.by_key[key] for key in kept.by_key} == {one.name: one for one in told}


@given(things)
def test_a_longer_shelf_holds_both_in_order(told):
    half = len(told) // 2
    assert StoredValues(longer(shelf_of(put(told[:half])), put(told[half:])), Thing) == tuple(told)


def test_a_value_is_decoded_once_and_what_is_not_there_is_told():
    kept = StoredValues(shelf_of(put([Thing("a", 1), Thing("b", 2)])), Thing)
    assert kept.by_key["a"] is kept[0] is kept[:1][0]
    assert "c" not in kept.by_key
    assert kept.by_key.get("c") is None
    assert len(kept.by_key) == 2
    with pytest.raises(KeyError):
        kept.by_key["c"]
    assert kept != 3
