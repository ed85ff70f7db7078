"""Every error, option and environment variable is documented."""

from __future__ import annotations

import importlib
import pkgutil
import re

import indicated
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


def test_every_option_and_command_is_documented():
    source = (ROOT / "src/indicated/cli/arguments.py").read_text("utf-8")
    names = re.findall(r'add_argument\(\s*"(--[a-z]+)"', source) + re.findall(r'add_parser\("([a-z]+)"', source)
    assert len(names) > 7
    assert not [name for name in names if name not in CLI]


def test_every_environment_variable_is_documented():
    source = "\n".join(file.read_text("utf-8") for file in (ROOT / "src/indicated").rglob("*.py"))
    names = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', source)) - {"TERM"}
    assert names
    assert not [name for name in names if f"`{name}`" not in CLI]
