"""Passing over what cannot hold a struct leaves none out."""

from __future__ import annotations

import gc

from msgspec import Struct

from indicated.content.load import load
from indicated.content.uncollected import uncollected
from indicated.content.walk import by_kind, inside, joined
from tests.content.folder import SOUND
from tests.content.test_all import LOADED


def every(value):
    """The value and every struct in it, looked for everywhere."""
    if isinstance(value, Struct):
        yield value
        value = tuple(getattr(value, field) for field in value.__struct_fields__)
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for item in value:
            yield from every(item)


def test_every_struct_is_found_in_order():
    for loaded in (load(SOUND), LOADED):
        for values in loaded.values.values():
            for value in values[:200]:
                assert list(map(id, inside(value))) == list(map(id, every(value)))


def test_kinds_of_several_are_joined():
    values = [by_kind(listed) for listed in load(SOUND).values.values()]
    together = joined(values)
    assert sum(map(len, together.values())) == sum(len(one) for kinds in values for one in kinds.values())
    assert all(type(one) is kind for kind, listed in together.items() for one in listed)


def test_collecting_goes_on_as_before():
    before = gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled() is before
