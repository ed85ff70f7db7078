"""One policy in our YAML, given by a user: read, checked against the release it will be used with, refs filled in."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.content.compile import filled
from indicated.content.criteria import criteria_problems
from indicated.content.fits import Fitting
from indicated.content.load import load_one
from indicated.content.place import Place
from indicated.content.problem import BrokenContent, Problem, in_order
from indicated.content.resolve import Names, unresolved
from indicated.content.walk import by_kind
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Policy


def read_policy(text: str, name: str, knowledge: Knowledge) -> Policy:
    """The policy in `text`, ready for the engine; `name` is what problems call the file.

    BrokenContent with every problem when it cannot be used. What only content of the project must have (golden
    cases, a second person) is not asked of it.
    """
    policy, places, problems = load_one(text, name, Policy, knowledge.unit_table)
    if policy is not None:
        problems = in_order((*problems, *_problems(policy, places, knowledge)))
    if problems or policy is None:
        raise BrokenContent(problems)
    return filled(policy, policy.criteria)


def _problems(policy: Policy, places: dict[int, Place], knowledge: Knowledge) -> Iterator[Problem]:
    values = by_kind((policy,))
    yield from unresolved(values, places, Names.of(knowledge))
    yield from criteria_problems(policy, places)
    yield from Fitting(knowledge.vocabulary, knowledge.unit_table, places).misfits(values)
