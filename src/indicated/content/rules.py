"""The rule language as YAML: one key says what kind of rule it is; short forms are written out here alone."""

from __future__ import annotations

import typing

from msgspec import Struct

from indicated.content.convert import BROKEN, Reader, a_node, authored, written
from indicated.content.nodes import Listing, Mapping, Node, Text
from indicated.content.problem import choices, did_you_mean, shown
from indicated.model import rule as language
from indicated.model.score import Item
from indicated.model.standard import Criterion

KINDS: dict[str, type[Struct]] = {
    str(kind.__struct_config__.tag): kind for kind in typing.get_args(language.Rule) if kind is not type(None)
}
_TAGS = {kind: tag for tag, kind in KINDS.items()}
_OF_A_RULE = frozenset((*KINDS, "rule"))
_LANGUAGE = frozenset(KINDS.values())
GROUPS = ("all", "any", "none")
SHORT: dict[str, str] = {
    "ref": "criterion",
    "has": "concept",
    "lacks": "concept",
    "tried": "concept",
    "age": "is",
    "weight": "is",
    "codes": "any_of",
    "response": "is",
    "judged": "question",
}
"""The key that a leaf's short form stands for: `has: dx.x` is `has: {concept: dx.x}`."""

_INLINE: tuple[type[Struct], ...] = (Criterion, Item)


def is_rule(kind: typing.Any) -> bool:
    """Whether a type is the rule language."""
    return set(typing.get_args(kind)) == _LANGUAGE


def inline(kind: type[Struct]) -> bool:
    """Whether a struct carries its rule among its own keys."""
    return kind in _INLINE


def read_rule(reader: Reader, node: Node, key: str) -> typing.Any:
    """One rule, written as a mapping with one key."""
    if not isinstance(node, Mapping):
        return reader.note("wrong-type", node.line, key, a_node(node), "a rule, such as 'has: <concept>'")
    if len(node.pairs) == 1 and (kind := KINDS.get((pair := node.pairs[0])[0].text)) is not None:
        return _of_kind(reader, kind, pair[1], f"{key}.{pair[0].text}" if key else pair[0].text)
    known = [pair for pair in node.pairs if pair[0].text in KINDS]
    for name, _ in node.pairs:
        if name.text not in KINDS:
            path = f"{key}.{name.text}".lstrip(".")
            fix = "" if known else did_you_mean(name.text, KINDS)
            fix = fix or "a rule has no other keys beside it"
            reader.note(
                "unknown-rule", name.line, path, f"the key {shown(name.text)}", f"a rule: {choices(KINDS, 20)}", fix
            )
    if len(known) == 1:
        name, value = known[0]
        _of_kind(reader, KINDS[name.text], value, f"{key}.{name.text}".lstrip("."))
    if len(known) > 1:
        found = " and ".join(name.text for name, _ in known)
        return reader.note(
            "two-rules", known[1][0].line, key, f"{found} side by side", "one rule", "join them under 'all' or 'any'"
        )
    if not node.pairs:
        reader.note("nothing", node.line, key, "an empty mapping", "a rule, such as 'has: <concept>'")
    return BROKEN


def read_inline(reader: Reader, node: Mapping, kind: type[Struct], key: str) -> tuple[typing.Any, Mapping]:
    """The one rule among a mapping's own keys, and the mapping without it."""
    known = [pair for pair in node.pairs if pair[0].text in KINDS]
    rest = Mapping(tuple([pair for pair in node.pairs if pair[0].text not in _OF_A_RULE]), node.line)
    if len(known) == 1:
        name, value = known[0]
        return _of_kind(reader, KINDS[name.text], value, f"{key}.{name.text}".lstrip(".")), rest
    one = f"one rule among the keys of a {kind.__name__.lower()}"
    if known:
        found, fix = " and ".join(name.text for name, _ in known) + " side by side", "join them under 'all' or 'any'"
        return reader.note("two-rules", known[1][0].line, key, found, one, fix), rest
    boxed = next((name for name, _ in node.pairs if name.text == "rule"), None)
    if boxed is not None:
        fix = "write the rule's own key in its place, such as 'has: <concept>'"
        return reader.note("no-rule", boxed.line, key, "the key 'rule'", one, fix), rest
    return reader.note("no-rule", node.line, key, "no rule", one, f"add one of {choices(KINDS, 20)}"), rest


def _of_kind(reader: Reader, kind: type[Struct], node: Node, key: str) -> typing.Any:
    tag = _TAGS[kind]
    if tag in GROUPS:
        return _group(reader, kind, node, key)
    short = SHORT.get(tag)
    if short is not None and isinstance(node, Text | Listing):
        node = Mapping(((Text(short, node.line), node),), node.line)
    if not isinstance(node, Mapping):
        keys = choices([written(field.name) for field in authored(kind)], 20)
        return reader.note("wrong-type", node.line, key, a_node(node), f"a mapping with the keys {keys}")
    return reader.build(kind, reader.fields(node, kind, key), node, key)


def _group(reader: Reader, kind: type[Struct], node: Node, key: str) -> typing.Any:
    if not isinstance(node, Listing) or not node.items:
        found = "an empty list" if isinstance(node, Listing) else a_node(node)
        return reader.note("empty-group", node.line, key, found, "a list of rules", "begin each rule with '- '")
    parts = [read_rule(reader, item, f"{key}.{number}") for number, item in enumerate(node.items)]
    return reader.build(kind, {"parts": BROKEN if any(part is BROKEN for part in parts) else tuple(parts)}, node, key)
