"""The criteria of one document and the refs between them: no id twice, no ref that leads nowhere or back to itself."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.content.place import Place
from indicated.content.problem import Problem, did_you_mean, shown
from indicated.content.walk import inside, kinds_inside
from indicated.model.policy import Policy
from indicated.model.rule import Ref
from indicated.model.standard import Criterion, Standard

LARGEST_DOCUMENT = 5000


def criteria_problems(document: Standard | Policy, places: dict[int, Place]) -> Iterator[Problem]:
    """What is wrong with the criteria of a document and the refs to them."""
    by_id: dict[str, Criterion] = {}
    for criterion in document.criteria:
        if criterion.id in by_id:
            found, fix = f"the criterion {shown(criterion.id)} again", "rename or remove one"
            yield places[id(criterion)].problem("repeated-id", "id", found, "each criterion once", fix)
        by_id.setdefault(criterion.id, criterion)
    for ref in kinds_inside(document, Ref):
        if ref.criterion not in by_id:
            found = f"the criterion {shown(ref.criterion)}"
            fix = did_you_mean(ref.criterion, by_id) or "add the criterion, or correct the name"
            yield places[id(ref)].problem("unknown-name", "criterion", found, "a criterion of this document", fix)
    for coverage in document.coverages if isinstance(document, Policy) else ():
        if not coverage.rules:
            found, fix = "a coverage that asks nothing", "add what it asks to start, its limits or its exclusions"
            yield places[id(coverage)].problem("empty-group", "", found, "a rule", fix)
    circles = [criterion for criterion in by_id.values() if criterion.id in _reached(criterion, by_id)]
    for criterion in circles:
        found, fix = f"the criterion {shown(criterion.id)} resting on itself", "remove one of the refs"
        yield places[id(criterion)].problem("circle", "", found, "refs without a circle", fix)
    if not circles and (size := _size(document, by_id, {})) > LARGEST_DOCUMENT:
        found, expected = f"{size} rules once the refs are filled in", f"at most {LARGEST_DOCUMENT}"
        yield places[id(document)].problem("too-large", "criteria", found, expected, "split the document")


def _reached(criterion: Criterion, by_id: dict[str, Criterion]) -> set[str]:
    """The criteria that one rests on, directly or through others."""
    reached: set[str] = set()
    waiting = [ref.criterion for ref in kinds_inside(criterion.rule, Ref)]
    while waiting:
        name = waiting.pop()
        if name not in reached and name in by_id:
            reached.add(name)
            waiting += [ref.criterion for ref in kinds_inside(by_id[name].rule, Ref)]
    return reached


def _size(value: object, by_id: dict[str, Criterion], known: dict[str, int]) -> int:
    """How many structs a value has once its refs are filled in, counted without filling them in."""
    total = 0
    for one in inside(value):
        total += 1
        if isinstance(one, Ref) and one.criterion in by_id:
            if one.criterion not in known:
                known[one.criterion] = _size(by_id[one.criterion].rule, by_id, known)
            total += known[one.criterion]
    return total
