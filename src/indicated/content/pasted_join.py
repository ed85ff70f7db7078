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


def combine(rules: list[Rule], joints: list[str], group: tuple[str, int] | None) -> tuple[Rule | None, tuple[str, ...]]:
    """The items as their header and the words between them join them, and notes on anything assumed.

    Without a header, OR on a line of its own is looser than `and`; `; or` at the end of an item joins it to the next
    one only, as it does under ALL. Under ANY, items joined by `and` stand together. A count or NONE is never changed.
    """
    words = [joint.lower() for joint in joints]
    told = {word for word in words if word}
    if len(rules) == 1:
        return (join(group, rules) if group is not None else rules[0]), ()
    if group is None:
        return _unheaded(rules, joints)
    if group[0] == "all" and "or" in told:
        if "and" not in told and all(words):
            return Any(flattened(Any, rules)), ("contradicts",)
        return join(group, _runs(rules, [word or "and" for word in words], "and", Any)), ("joined_by_lines",)
    if group[0] == "any" and told == {"and", "or"}:
        return join(group, _runs(rules, [word or "or" for word in words], "or", All)), ("joined_by_lines",)
    return join(group, rules), ()


def _unheaded(rules: list[Rule], joints: list[str]) -> tuple[Rule, tuple[str, ...]]:
    """Items that no header joins."""
    words = [joint.lower() for joint in joints]
    if "or" not in words:
        note = () if all(words) else ("joined_by_lines",) if any(words) else ("default_all",)
        return All(flattened(All, rules)), note
    if set(words) == {"or"}:
        return Any(flattened(Any, rules)), ()
    if "OR" in joints:
        return Any(tuple(_runs(rules, joints, "OR", All))), ("mixed",)
    return All(tuple(_runs(rules, [word or "and" for word in words], "and", Any))), ("joined_by_lines",)


def _runs(rules: list[Rule], joints: list[str], apart: str, kind: type[All | Any]) -> list[Rule]:
    """Neighbours not separated by `apart`, each run one rule."""
    runs: list[list[Rule]] = [[]]
    for at, rule in enumerate(rules):
        runs[-1].append(rule)
        if at < len(joints) and joints[at] == apart:
            runs.append([])
    return [run[0] if len(run) == 1 else kind(tuple(run)) for run in runs]
