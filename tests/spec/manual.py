"""Renders the manual of the rule language from its tests: `python -m tests.spec.manual` writes docs/reference/rules.md.

The tests run with a recorder in place of the checker, so that the manual shows exactly what is tested.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent
MANUAL = HERE.parents[1] / "docs" / "reference" / "rules.md"
HEAD = """# The rule language

Policies and standards are written in one small language of closed keys. This manual is made from the tests in
`tests/spec`: everything shown here is checked. Do not edit it; change the test and run `python -m tests.spec.manual`.

There are three verdicts: **met**, **not met** and **unknown**. Unknown is an answer, and always names what is missing.
Not documented, conflicting, outside its window, unclear, or for a person to judge: that is why something is unknown.

In the examples `dx.jdm` is narrower than `dx.dm`, and that narrower than `dx.myositis`; `drug.methotrexate` and
`drug.azathioprine` belong to `class.suppressant`; `ab.jo1` and `ab.mi2` to `ab.myositis`. The day of the decision is
2026-03-01 unless one is given.
"""
# What is shown as YAML, and under which name; `facts` is a table, `expect` comes last.
_YAML = ("criteria", "coverages", "rule", "score", "exception", "regimen", "allowed", "request")


class Recorder:
    """Takes what a chapter shows and keeps it as Markdown."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self._said: set[tuple[str, str]] = set()

    def __call__(self, **given: Any) -> None:
        self._show(given)

    def decisions(self, table: str) -> None:
        """A table as it is."""
        self.shown.append(_table(table))

    copies = decisions

    def leads(self, *, standards: dict[str, dict[str, str]], **given: Any) -> None:
        """Standards by name, each with what reaches it."""
        reached = [f"- `{name}`, reached by `{parts['reached_by']}`" for name, parts in standards.items()]
        self._once("standards", "Standards:\n\n" + "\n".join(reached))
        self._show(given)

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda **given: self._show(given)

    def _show(self, given: dict[str, Any]) -> None:
        for name in _YAML:
            if text := dedent(given.get(name) or "").strip():
                self._once(name, f"{name.capitalize()}:\n\n```yaml\n{text}\n```")
        if facts := given.get("facts"):
            self.shown.append("Facts:\n\n" + _table(facts))
        elif "regimen" not in given:
            self.shown.append("No facts.")
        self.shown.append(_expected(given))

    def _once(self, name: str, text: str) -> None:
        """What was just shown under that name is not shown again."""
        if (name, text) not in self._said:
            self._said = {pair for pair in self._said if pair[0] != name} | {(name, text)}
            self.shown.append(text)


def _expected(given: dict[str, Any]) -> str:
    notes = [
        f"on {given['on']}" if given.get("on") else "",
        f"stance: {given['stance']}" if given.get("stance") else "",
    ]
    more = [f"settled by: {given['settles']}" if given.get("settles") else ""]
    more += [f"decided by: {given['deciding']}" if given.get("deciding") else ""]
    before, after = (", ".join(filter(None, part)) for part in (notes, more))
    lines = [line.strip() for line in given["expect"].strip().splitlines()] or ["nothing"]
    lead = "→" if not before else f"→ ({before})"
    if len(lines) == 1:
        return f"{lead} **{lines[0]}**" + (f" ({after})" if after else "")
    return f"{lead}\n\n" + "\n".join(f"1. **{line}**" for line in lines)


def _table(text: str) -> str:
    rows = [[cell.strip() for cell in line.split("|")] for line in dedent(text).strip().splitlines() if line.strip()]
    rule = ["---"] * len(rows[0])
    return "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:]))


def chapters() -> Iterator[ModuleType]:
    """Every chapter, in the order of file names."""
    for path in sorted(HERE.glob("test_[0-9]*.py")):
        yield importlib.import_module(f"{__package__}.{path.stem}")


def paragraphs(chapter: ModuleType) -> Iterator[Callable[..., None]]:
    """Every test of a chapter, in the order written."""
    yield from (test for name, test in inspect.getmembers(chapter, inspect.isfunction) if name.startswith("test_"))


def rendered() -> str:
    """The whole manual."""
    parts = [HEAD]
    for chapter in chapters():
        parts.append(f"## {chapter.title}\n")
        for test in sorted(paragraphs(chapter), key=lambda test: test.__code__.co_firstlineno):
            recorder = Recorder()
            test(recorder)
            said = test.__name__.removeprefix("test_").replace("_", " ")
            parts.append(f"### {said[0].upper()}{said[1:]}\n\n{inspect.cleandoc(test.__doc__ or '')}\n")
            parts.append("\n\n".join(filter(None, recorder.shown)) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    MANUAL.parent.mkdir(parents=True, exist_ok=True)
    MANUAL.write_text(rendered(), encoding="utf-8")
