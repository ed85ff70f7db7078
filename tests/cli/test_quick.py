"""The command starts and ends quickly without changing what Python and msgspec do."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.explain.world import ROOT

CASE = ROOT / "examples/2-overlap-denied.txt"


def ran(code):
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.split()


def test_msgspec_works_without_typing_extensions_which_can_be_imported_after():
    code = """
import sys
from indicated.cli import quick
quick.start()
print("typing_extensions" in sys.modules)
import msgspec, typing
class Point(typing.TypedDict):
    x: int
    y: typing.NotRequired[int]
print(msgspec.json.decode(b'{"x": 1}', type=Point)["x"])
try:
    msgspec.json.decode(b'{"y": 1}', type=Point)
except msgspec.ValidationError:
    print("refused")
try:
    import typing_extensions
    print(typing_extensions.__name__)
except ModuleNotFoundError:
    print("typing_extensions")
"""
    assert ran(code) == ["False", "1", "refused", "typing_extensions"]


def test_what_msgspec_hardly_uses_is_there_for_who_does_use_it():
    code = """
import sys
from indicated.cli import quick
quick.start()
print("textwrap" in sys.modules, "platform" in sys.modules)
import msgspec
class Point(msgspec.Struct):
    \'\'\'A\n\n    place.\'\'\'
print(msgspec.json.schema(Point)["$defs"]["Point"]["description"].split())
import os, platform, textwrap, uuid
print(platform.python_version() == sys.version.split()[0], textwrap.dedent(" b"), uuid.uuid4().version)
"""
    assert ran(code) == ["False", "False", "['A',", "'place.']", "True", "b", "4"]


@pytest.mark.parametrize("first", ["import msgspec", "import types, sys; sys.modules['typing_extensions'] = typing"])
def test_what_is_imported_already_is_left_alone(first):
    code = f"""
import sys, typing
{first}
before = sys.modules.get("msgspec"), sys.modules.get("typing_extensions")
from indicated.cli import quick
quick.start()
print(before == (sys.modules.get("msgspec"), sys.modules.get("typing_extensions")))
"""
    assert ran(code) == ["True"]


def test_collecting_of_cycles_goes_on_for_a_caller_of_the_library():
    assert ran("import gc, indicated; indicated.read('IVIG'); print(gc.isenabled())") == ["True"]


@pytest.mark.parametrize(
    ("arguments", "status"), [(["assess", str(CASE)], 0), (["assess", "nowhere.txt"], 2), (["--version"], 0)]
)
def test_the_process_ends_with_the_status_and_all_output_written(arguments, status):
    command = [sys.executable, "-m", "indicated", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == status
    assert done.stdout.endswith(b"\n") or (not done.stdout and done.stderr.endswith(b"\n"))


@pytest.mark.parametrize(
    "module",
    ["typing_extensions", "inspect", "dataclasses", "pathlib", "shutil", "yaml", "argparse", "textwrap", "platform"],
)
def test_deciding_a_case_imports_nothing_heavy(module):
    code = f"""
import sys, os
from indicated.cli import quick, main
quick.start()
sys.stdout = open(os.devnull, "w")
main(["assess", {str(CASE)!r}])
sys.stdout = sys.__stdout__
print({module!r} in sys.modules)
"""
    assert ran(code) == ["False"]
