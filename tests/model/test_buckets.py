"""A mapping stored in buckets gives back what was put in, and nothing else."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from indicated.model.buckets import Buckets, stored


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=5), max_size=60))
def test_every_key_gives_its_value(told):
    kept = Buckets(stored((key, msgspec.msgpack.encode(value)) for key, value in told.items()))
    assert {key: msgspec.msgpack.decode(kept[key]) for key in kept} == told
    assert len(kept) == len(told)


@given(st.text(), st.lists(st.text(max_size=3), unique=True, max_size=9))
def test_a_key_that_was_not_put_in_is_not_there(asked, put):
    kept = Buckets(stored((key, b"\xc0") for key in put))
    assert (asked in kept) is (asked in put)
    assert (kept.get(asked) is None) is (asked not in put)
