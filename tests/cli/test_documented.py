"""Every error, option and environment variable is documented."""

from __future__ import annotations

import importlib
import pkgutil
import re
from argparse import _SubParsersAction

import indicated
from indicated.cli.arguments import parser
from indicated.model.errors import IndicatedError
from tests.explain.world import ROOT

ERRORS = (ROOT / "docs/reference/errors.md").read_text("utf-8")
CLI = (ROOT / "docs/reference/cli.md").read_text("utf-8")


def errors():
    for module in pkgutil.walk_packages(indicated.__path__, "indicated."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = [IndicatedError]
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        if error.__module__.startswith("indicated."):
            yield error


def test_every_error_code_has_its_line_and_every_line_its_error():
    codes = {error.code for error in errors()}
    documented = set(re.findall(r"^\| `([a-z0-9-]+)` \|", ERRORS, re.MULTILINE))
    assert codes - documented == set()
    assert documented - codes == set()


def commands(parser, path=()):
    """Every command line there is, as its words, with the options that it takes."""
    further = [action for action in parser._actions if isinstance(action, _SubParsersAction)]
    if not further:
        yield path, [one for action in parser._actions for one in action.option_strings if one not in {"-h", "--help"}]
    for action in further:
        for word, inner in action.choices.items():
            yield from commands(inner, (*path, word))


def told_of(path):
    """What the page says of a command: the line that shows it, and the chapter of its first word."""
    chapters = [chapter for chapter in CLI.split("\n## ") if f"`{path[0]}`" in chapter.splitlines()[0]]
    lines = [line for line in CLI.splitlines() if re.match(rf"indicated {path[0]}\b", line)]
    assert any(set(path[1:]) <= set(re.findall(r"[\w-]+", line)) for line in lines), path
    return "\n".join((*chapters, *lines))


def test_every_option_and_command_is_documented():
    found = dict(commands(parser()))
    assert ("content", "check") in found
    for path, options in found.items():
        told = told_of(path)
        assert not [(path, one) for one in options if not re.search(rf"(?<![\w-]){one}(?![\w-])", told)]


def test_every_environment_variable_is_documented():
    source = "\n".join(file.read_text("utf-8") for file in (ROOT / "src/indicated").rglob("*.py"))
    names = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', source)) - {"TERM"}
    assert names
    assert not [name for name in names if f"`{name}`" not in CLI]
