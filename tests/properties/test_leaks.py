"""No word of a record is in an exception, on standard error or in a log, whatever goes wrong on the way."""

from __future__ import annotations

import io
import json
import logging
import sys
import warnings

import pytest

import indicated
from indicated.cli import main
from indicated.model.errors import IndicatedError
from indicated.reading.formats import documents_of
from indicated.workflow.assess import read
from tests.reading.formats import made
from tests.reading.formats.test_ccda import ccda, section
from tests.reading.formats.test_fhir import PATIENT, bundle

MARK = "Qwzxvkj"
DAY = "2026-11-20"
NOTE = f"{MARK} Roe has weakness. Request: IVIG 2 g/kg every 4 weeks for dermatomyositis. Weight 35 kg ({MARK})."
POLICY = f"ALL of the following:\n1. weakness ({MARK})\n2. {MARK} 4 weeks or more\n"
PARTS = {
    "indicated.reading.reader": ("Reader.scene", "Reader._facts", "Reader._case"),
    "indicated.workflow.assess": ("assess",),
    "indicated.explain.show": ("show",),
}
"""Where a mistake of the program is put, by module."""
FILES = {
    "a.pdf": made.pdf(made.lines(f"{MARK} is a girl.", "IgG 380 mg/dL")),
    "a.docx": made.docx(made.p(MARK)),
    "a.rtf": rb"{\rtf1\ansi " + MARK.encode() + rb" has weakness\par}",
    "a.html": f"<!doctype html><html><p title='{MARK}'>{MARK}</html>".encode(),
    "a.xml": ccda(section("RESULTS", MARK)),
    "a.json": json.dumps(bundle(PATIENT | {"name": [{"family": MARK}]})).encode(),
    "a.txt": NOTE.encode(),
}


@pytest.fixture
def logged(caplog):
    """All that is logged, at any level, and all warnings."""
    caplog.set_level(logging.DEBUG)
    logging.captureWarnings(capture=True)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        yield caplog
    logging.captureWarnings(capture=False)


@pytest.fixture
def run(monkeypatch, capsys, logged):
    """Runs a command on a text from standard input; gives its status, and all that it said beside its answer."""

    def runs(text: str | bytes, *arguments: str) -> tuple[int, str]:
        raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": io.BytesIO(raw)}))
        status = main(arguments)
        return status, capsys.readouterr().err + logged.text

    monkeypatch.delenv("INDICATED_DEBUG", raising=False)
    return runs


def chained(error: BaseException | None) -> str:
    """What an error says, with those that it came from where a traceback would show them."""
    said = ""
    while error is not None:
        said += f"{error} {error.args}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return said


@pytest.mark.parametrize(
    "text",
    [
        f"{MARK} has weakness.",
        f"{MARK}\ud800",
        f"{MARK}\0" * 9,
        MARK.encode("utf-16"),
        MARK.encode() + b"\xff\xfe",
        f"{NOTE} " * 60_000,
        f'{{"resourceType": "{MARK}"',
        f"<?xml version='1.0'?><{MARK}>{MARK}",
        f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY {MARK} '{MARK}'>]><x>&{MARK};</x>",
        f"{{\\rtf1 {MARK}",
        f"%PDF-1.7 {MARK}",
        f"PK\x03\x04{MARK}",
    ],
)
def test_bad_input(run, text):
    status, said = run(text, "assess", "-", "--on", DAY)
    assert status == 2
    assert MARK not in said


@pytest.mark.parametrize(
    "policy", [POLICY, "", f"{MARK}", f"id: {MARK}\ncriteria: [{MARK}", f"---\n{MARK}: {MARK}\n---\n"]
)
def test_any_policy(run, tmp_path, policy):
    path = tmp_path / "policy.txt"
    path.write_text(policy, "utf-8")
    _, said = run(NOTE.replace(MARK, "Jane"), "assess", "-", "--on", DAY, "--policy", str(path))
    assert MARK not in said.replace(str(path), "")


@pytest.mark.parametrize("fault", [ValueError(MARK), KeyError(MARK), RecursionError(MARK), MemoryError(MARK)])
@pytest.mark.parametrize("part", [f"{module}.{part}" for module, parts in PARTS.items() for part in parts])
@pytest.mark.parametrize("command", ["assess", "read"])
def test_a_mistake_of_the_program(run, monkeypatch, fault, part, command):
    def fails(*_, **__):
        raise fault

    monkeypatch.setattr(part, fails)
    status, said = run(NOTE, command, "-", *(("--on", DAY) if command == "assess" else ()))
    assert status in (0, 1)
    assert MARK not in said


@pytest.mark.parametrize("where", ["indicated.reading.reader.Reader.scene", "indicated.reading.reader.Reader._case"])
def test_an_interrupt(run, monkeypatch, where):
    def stops(*_, **__):
        raise KeyboardInterrupt(MARK)

    monkeypatch.setattr(where, stops)
    assert run(NOTE, "assess", "-", "--on", DAY) == (130, "")


@pytest.mark.parametrize("name", FILES)
def test_files_cut_off_anywhere(logged, name):
    raw = FILES[name]
    for size in range(1, len(raw), max(1, len(raw) // 60)):
        said = ""
        try:
            read(tuple(documents_of([(name, raw[:size])], made.plain, lambda _: "")))
        except IndicatedError as refused:
            said = chained(refused)
        assert MARK not in said
    assert MARK not in logged.text


@pytest.mark.parametrize("text", [f"{MARK}\ud800", f"{MARK} has weakness.", f"{NOTE} " * 60_000])
def test_the_package_itself(logged, capsys, text):
    with pytest.raises(IndicatedError) as refused:
        indicated.assess(text, on=DAY)
    assert MARK not in chained(refused.value) + logged.text + "".join(capsys.readouterr())


@pytest.mark.parametrize("text", [NOTE, "Request: IVIG for dermatomyositis."])
def test_what_goes_well_says_nothing_beside_its_answer(run, text):
    assert run(text, "assess", "-", "--on", DAY) == (0, "")
