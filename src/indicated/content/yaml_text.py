"""Plain values as YAML text that reads back the same: every word as it is, for our reader takes each for a text."""

from __future__ import annotations

from typing import Any

import yaml

_WIDTH = 118
_ON_ONE_LINE = 100


class _Dumper(yaml.SafeDumper):
    """Writes no quotes around words that YAML would take for something else (`on`, `2026-11-20`)."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  (of PyYAML)


class _Spread(dict[str, Any]):
    """A mapping that is written with each key on a line of its own, however short it is."""


def _mapping(dumper: _Dumper, value: dict[str, Any]) -> yaml.Node:
    flow = not isinstance(value, _Spread) and len(str(value)) <= _ON_ONE_LINE
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=flow)


def _sequence(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    flow = len(str(value)) <= _ON_ONE_LINE and not any(isinstance(item, _Spread) for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flow)


_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(_Spread, _mapping)
_Dumper.add_representer(list, _sequence)


def text(value: Any) -> str:
    """The value as YAML: the outermost mappings with a line for each key, inside them what fits on one line there."""
    told = _worded(value)
    told = (
        [_Spread(item) if isinstance(item, dict) else item for item in told]
        if isinstance(told, list)
        else _Spread(told)
    )
    return str(yaml.dump(told, Dumper=_Dumper, sort_keys=False, width=_WIDTH, allow_unicode=True))


def _worded(value: Any) -> Any:
    """The value with every end of it a word, made anew so that nothing in it is there twice and gets an alias."""
    if isinstance(value, dict):
        return {key: _worded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_worded(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
