"""Every smallest set of changes within the bounds is found, whatever is shared between the parts of a rule."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.engine.evaluate import combine
from indicated.engine.ways import MOST_CHANGES, MOST_WAYS, Way, lasting, ways
from indicated.model.determination import Step
from indicated.model.rule import AtLeast, Has, Rule
from indicated.model.verdict import Verdict
from tests.effort import effort
from tests.properties.strategies import groups

LEAVES = tuple(Has(f"finding.{letter}") for letter in "abcd")
WANTED = st.sampled_from((Verdict.MET, Verdict.NOT_MET))
trees = groups(st.sampled_from(LEAVES), most=7)
records = st.tuples(*(st.sampled_from(list(Verdict)) for _ in LEAVES))


class Book:
    """For each leaf a change that makes it met and one that makes it not met; two at once leave it unknown."""

    def __init__(self, today: tuple[Verdict, ...]) -> None:
        self.today = today

    def offers(self, leaf: Step, wanted: Verdict) -> tuple[Way, ...]:
        place = 2 * LEAVES.index(leaf.rule)
        return (1 << place if wanted is Verdict.MET else 2 << place,)

    def cost(self, way: Way) -> tuple[int, int]:
        return 0, way.bit_count()

    def step(self, rule: Rule, way: Way) -> Step:
        if rule in LEAVES:
            place = LEAVES.index(rule)
            said = way >> 2 * place & 3
            return Step(rule, (self.today[place], Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN)[said])
        parts = tuple(self.step(part, way) for part in rule.parts)
        return Step(rule, combine(rule, [part.verdict for part in parts]), parts=parts)


def brute_force(rule: Rule, wanted: Verdict, book: Book) -> set[Way]:
    """Every set of at most MOST_CHANGES changes that works and of which no part does."""
    every = (sum(bit << place for place, bit in enumerate(bits)) for bits in product((0, 1), repeat=2 * len(LEAVES)))
    working = [way for way in every if way.bit_count() <= MOST_CHANGES and book.step(rule, way).verdict is wanted]
    return {way for way in working if not any(other & way == other for other in working if other != way)}


@given(trees, records, WANTED)
def test_every_smallest_set_is_found_and_no_other(rule, today, wanted):
    book = Book(today)
    expected = brute_force(rule, wanted, book)
    found = lasting(book.step(rule, 0), wanted, book, lambda way: book.step(rule, way))
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert len(expected) < MOST_WAYS, "the bound was reached, so that nothing is compared"


@given(trees, records, WANTED)
def test_the_smallest_sets_come_first(rule, today, wanted):
    book = Book(today)
    found = lasting(book.step(rule, 0), wanted, book, lambda way: book.step(rule, way))
    assert [way.bit_count() for way in found] == sorted(way.bit_count() for way in found)


class Plenty(Book):
    """A change for each of many leaves."""

    def __init__(self, leaves: tuple[Has, ...]) -> None:
        self.places = {leaf: 1 << place for place, leaf in enumerate(leaves)}

    def offers(self, leaf: Step, wanted: Verdict) -> tuple[Way, ...]:
        return (self.places[leaf.rule],) if wanted is Verdict.MET else ()


@pytest.mark.parametrize(("needed", "found"), [(3, MOST_WAYS), (5, MOST_WAYS), (30, 0), (195, 0)])
def test_a_long_list_of_which_some_are_needed_takes_little_work(needed, found):
    leaves = tuple(Has(f"finding.n{number}") for number in range(200))
    parts = tuple(Step(leaf, Verdict.UNKNOWN) for leaf in leaves)
    step = Step(AtLeast(needed, leaves), Verdict.UNKNOWN, parts=parts)
    sets = ways(step, Verdict.MET, Plenty(leaves))
    assert len(sets) == found
    assert all(way.bit_count() == needed for way in sets)
    assert effort(lambda: ways(step, Verdict.MET, Plenty(leaves))) < 4_000_000
