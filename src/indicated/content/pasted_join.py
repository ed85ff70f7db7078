"""Rules joined into groups, and the leaves of a rule."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.model.rule import All, Any, AtLeast, NoneOf, Rule


def join(group: tuple[str, int], rules: list[Rule]) -> Rule | None:
    """The rules under one group word; None when it asks for more than there are."""
    kind, count = group
    if kind == "none":
        return NoneOf(tuple(rules))
    if kind == "at_least" and count > len(rules):
        return None
    if len(rules) == 1:
        return rules[0]
    if kind == "at_least" and 1 < count < len(rules):
        return AtLeast(count, tuple(rules))
    whole = All if kind == "all" or (kind == "at_least" and count == len(rules)) else Any
    parts = flattened(whole, rules)
    return parts[0] if len(parts) == 1 else whole(parts)


def flattened(kind: type[All | Any], rules: list[Rule]) -> tuple[Rule, ...]:
    """The rules, a nested group of the same kind opened, each once."""
    found: dict[Rule, None] = {}
    for rule in rules:
        found.update(dict.fromkeys(rule.parts if isinstance(rule, kind) else (rule,)))
    return tuple(found)


def leaves_of(rule: Rule) -> Iterator[Rule]:
    """The leaves of a rule."""
    parts = getattr(rule, "parts", None)
    if parts is None:
        yield rule
        return
    for part in parts:
        yield from leaves_of(part)
