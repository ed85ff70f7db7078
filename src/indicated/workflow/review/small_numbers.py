"""Groups too small to show: with few cases a figure tells of persons. Pure.

The limit is that of the CMS cell size suppression policy: no cell of 1 to 10 is shown, and none from which one could be
worked out. So where exactly one group of a kind is hidden, the smallest of the others is hidden with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from indicated.workflow.review.figures import Slice

FEWEST = 11


def shielded(slices: Iterable[Slice]) -> tuple[tuple[Slice, ...], tuple[str, ...]]:
    """The groups that may be shown, and the kinds (`by`) of which some may not."""
    kinds: dict[str, list[Slice]] = {}
    for one in slices:
        kinds.setdefault(one.by, []).append(one)
    shown: list[Slice] = []
    hiding = []
    for by, groups in kinds.items():
        small = [one for one in groups if one.cases < FEWEST]
        rest = [one for one in groups if one.cases >= FEWEST]
        if len(small) == 1 and rest:
            rest.remove(min(rest, key=lambda one: one.cases))
        shown += rest
        if small:
            hiding.append(by)
    return tuple(shown), tuple(hiding)
