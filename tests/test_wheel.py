"""The wheel carries its content: in an empty environment it works anywhere, offline, as the checkout does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CASE = ROOT / "examples/2-overlap-denied.txt"
POLICY = ROOT / "examples/2-overlap-denied.policy.txt"
ASSESS = ("assess", "--on", "2026-11-20", "--format", "json", "--policy", str(POLICY))
UNREACHABLE = (
    "error sending request",
    "Failed to fetch",
    "NewConnectionError",
    "No matching distribution",
    "timed out",
)
OFFLINE = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "PATH": "/usr/bin:/bin"}


def run(*command: object, **more) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(part) for part in command], capture_output=True, check=False, timeout=120, **more)


def made(*command: object, **more) -> None:
    """Runs a step of building; skips with its reason when no package index can be reached."""
    done = run(*command, **more)
    said = done.stderr.decode() + done.stdout.decode()
    if done.returncode and any(sign in said for sign in UNREACHABLE):
        pytest.skip(f"no package index is reachable: {said.strip().splitlines()[-1]}")
    assert done.returncode == 0, said


def copied(to: Path) -> Path:
    """A folder with what the Dockerfile copies to build the wheel, and nothing else."""
    made_here = shutil.ignore_patterns("__pycache__", "_release.bin*", "_patterns.bin*")
    for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for name in line.split()[1:-1]:
                whole = ROOT / name
                if whole.is_dir():
                    shutil.copytree(whole, to / name, ignore=made_here)
                else:
                    shutil.copy(whole, to / name)
    return to


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder, source = tmp_path_factory.mktemp("dist"), copied(tmp_path_factory.mktemp("source"))
    uv = Path(sys.executable).with_name("uv")
    if uv.exists():
        made(uv, "build", "--quiet", "--out-dir", folder, source, env={**os.environ, "UV_SYSTEM_CERTS": "1"})
    else:
        made(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, source)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory) -> Path:
    """The `bin` of an empty environment with the wheel and what it needs, and nothing else."""
    home = tmp_path_factory.mktemp("an empty place")
    venv.create(home, with_pip=True)
    made(home / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
    return home / "bin"


def test_the_wheel_holds_the_content_compiled_and_no_source_of_it(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if "_release" in name] == ["indicated/_release.bin"]
    assert "indicated/py.typed" in names
    assert {"indicated/examples/2-overlap-denied.txt", "indicated/web/templates/base.html"} <= set(names)
    assert "indicated/web/static/htmx.min.js" in names
    assert not [
        name for name in names if name.endswith((".yaml", ".md", ".pyc")) or name.startswith(("tests", "content"))
    ]


def test_only_what_the_program_needs_is_installed(elsewhere):
    found = run(elsewhere / "python", "-m", "pip", "list", "--format", "freeze").stdout.decode().lower().split()
    names = {line.partition("==")[0].partition("@")[0].replace("_", "-") for line in found}
    assert {
        "indicated",
        "msgspec",
        "ahocorasick-rs",
        "pyyaml",
        "defusedxml",
        "pypdfium2",
        "python-docx",
        "typst",
    } <= names
    assert names <= {
        "indicated",
        "msgspec",
        "ahocorasick-rs",
        "pyyaml",
        "defusedxml",
        "pypdfium2",
        "python-docx",
        "lxml",
        "typst",
        "typing-extensions",
        "pip",
        "setuptools",
        "wheel",
    }


def test_it_answers_from_anywhere_as_the_checkout_does(elsewhere):
    here = run(sys.executable, "-m", "indicated", *ASSESS, CASE, cwd=ROOT)
    there = run(elsewhere / "indicated", *ASSESS, CASE, cwd="/", env=OFFLINE)
    assert (there.returncode, there.stderr) == (0, b"")
    assert there.stdout == here.stdout


def test_it_reads_standard_input(elsewhere):
    there = run(elsewhere / "indicated", *ASSESS, "-", cwd="/", env=OFFLINE, input=CASE.read_bytes())
    assert (there.returncode, there.stderr) == (0, b"")
    assert b'"next_step": "information_needed"' in there.stdout


def test_it_serves_python(elsewhere):
    code = (
        "import indicated, sys; d = indicated.assess(open(sys.argv[1]).read(), on='2026-11-20');"
        "print(d.finding, d.next_step, len(d.citations) > 0, len(indicated.explain(d)) > 1000, indicated.__file__)"
    )
    there = run(elsewhere / "python", "-c", code, CASE, cwd="/", env=OFFLINE)
    assert there.stderr == b""
    said = there.stdout.decode().split()
    assert said[:4] == ["supported", "information_needed", "True", "True"]
    assert str(ROOT) not in said[4]


def test_it_has_no_content_folder_to_check_and_says_so(elsewhere):
    there = run(elsewhere / "indicated", "content", "check", cwd="/", env=OFFLINE)
    assert there.returncode == 2
    assert there.stderr.startswith(b"indicated: this installation has no content folder; give the content folder")


@pytest.mark.parametrize(
    "world",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "77", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "4242", "COLUMNS": "40", "PYTHONIOENCODING": "latin-1", "PYTHONOPTIMIZE": "2"},
    ],
)
def test_the_same_input_gives_the_same_bytes_in_any_surroundings(tmp_path, world):
    command = (sys.executable, "-m", "indicated", "assess", "--on", "2026-11-20", "--policy", POLICY, CASE)
    plain = run(*command, cwd=ROOT)
    odd = run(*command, cwd=tmp_path, env={"PATH": "/usr/bin:/bin", **world})
    assert odd.stderr == b""
    assert odd.stdout == plain.stdout
