"""What is changed in a draft: its policy, a criterion, its golden cases; each as values, kept as YAML."""

from __future__ import annotations

import typing
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from indicated.content import yaml_text
from indicated.content.cases import GoldenCase
from indicated.content.convert import BROKEN, Reader
from indicated.content.dump import dump, dump_rule
from indicated.content.load import load_one
from indicated.content.nodes import Listing, read_yaml
from indicated.content.problem import Problem
from indicated.model.policy import Policy
from indicated.model.rule import Rule
from indicated.model.standard import ContentStatus, Criterion
from indicated.workflow.assess import current
from indicated.workflow.drafts.errors import BadDraft
from indicated.workflow.drafts.files import CASES, POLICY, Draft

_T = typing.TypeVar("_T", bound=Struct)


def policy_of(draft: Draft) -> Policy:
    """The policy of a draft. BadDraft with the first problem of its text."""
    value, _, problems = load_one(draft.policy, POLICY, Policy, current().knowledge.unit_table)
    if value is None or problems:
        raise BadDraft(said(problems, POLICY))
    return value


def with_policy(draft: Draft, policy: Policy) -> Draft:
    """The draft with another policy. Whatever was signed was another, so the signatures go."""
    kept = replace(policy, status=ContentStatus.DRAFT, signatures=(), document=None, clauses=())
    return replace(draft, policy=yaml_text.text(dump(kept)))


def criterion_from(keys: dict[str, Any], rule: str) -> Criterion:
    """A criterion from its keys and its rule as YAML. BadDraft where the rule cannot be read."""
    head = yaml_text.text({name: value for name, value in keys.items() if value not in ("", None)})
    return _one(f"{head}{rule.strip()}\n", Criterion)


def rule_from(text: str) -> Rule:
    """A rule from YAML. BadDraft where it cannot be read."""
    return criterion_from({"id": "rule", "section": "-", "paraphrase": "-"}, text).rule


def rule_text(rule: Rule) -> str:
    """The rule as YAML."""
    return yaml_text.text(dump_rule(rule))


def with_criterion(policy: Policy, was: str, criterion: Criterion | None) -> Policy:
    """The policy with one criterion changed, added (`was` empty) or taken out (None)."""
    others = [one.id for one in policy.criteria if one.id != was]
    if criterion is not None and criterion.id in others:
        raise BadDraft(f"there is a criterion {criterion.id!r} already; give this one another name")
    if criterion is not None and not was:
        return replace(policy, criteria=(*policy.criteria, criterion))
    kept = tuple(criterion if one.id == was else one for one in policy.criteria)
    return replace(policy, criteria=tuple(one for one in kept if one is not None))


def cases_of(draft: Draft) -> tuple[GoldenCase, ...]:
    """The golden cases of a draft. BadDraft with the first problem of their text."""
    if not draft.cases.strip():
        return ()
    node, problems = read_yaml(draft.cases, CASES)
    if not isinstance(node, Listing):
        raise BadDraft(said(problems, CASES) if problems else f"{CASES} is not a list of cases")
    reader = Reader(CASES, current().knowledge.unit_table, {})
    found = [reader.read(item, GoldenCase, str(number)) for number, item in enumerate(node.items)]
    if reader.problems or problems:
        raise BadDraft(said((*problems, *reader.problems), CASES))
    return tuple(found)


def with_cases(draft: Draft, cases: typing.Iterable[GoldenCase]) -> Draft:
    """The draft with other golden cases."""
    listed = [dump(one) for one in cases]
    return replace(draft, cases=yaml_text.text(listed) if listed else "")


def case_from(keys: dict[str, Any]) -> GoldenCase:
    """A golden case from its keys. BadDraft where one of them cannot be read."""
    return _one(yaml_text.text(keys), GoldenCase)


def _one(text: str, kind: type[_T]) -> _T:
    """A value from YAML."""
    node, problems = read_yaml(text, "")
    reader = Reader("", current().knowledge.unit_table, {})
    value = BROKEN if node is None else reader.read(node, kind)
    found = (*problems, *reader.problems)
    if value is BROKEN or found:
        raise BadDraft(said(found, "this"))
    return typing.cast("_T", value)


def said(problems: typing.Iterable[Problem], what: str) -> str:
    """The first of some problems in a line, without a place in a file that nobody sees."""
    first = next(iter(problems), None)
    if first is None:
        return f"{what} cannot be read; check how it is written"
    where = f"{first.key}: " if first.key else ""
    return "; ".join(filter(None, (f"{where}found {first.found}", f"expected {first.expected}", first.fix)))
