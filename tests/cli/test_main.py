"""The command line as it is used: answers on standard output, one clear line on standard error, the exit status."""

from __future__ import annotations

import fcntl
import io
import json
import os
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from indicated.cli import arguments, main, shortest
from indicated.model.errors import IndicatedError
from indicated.workflow import assess as workflow
from tests.explain.world import ROOT

CASE = ROOT / "examples/2-overlap-denied.txt"
POLICY = ROOT / "examples/2-overlap-denied.policy.txt"
DAY = ("--on", "2026-11-20")


class Stdin:
    def __init__(self, raw):
        self.buffer = io.BytesIO(raw)


def run(capsys, *arguments):
    status = main([str(one) for one in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def refused(capsys, *arguments):
    """Runs to a refusal; checks that it is exactly one line and gives it."""
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("indicated: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


def spawn(*arguments, **more):
    command = [sys.executable, "-m", "indicated", *(str(one) for one in arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, **more)


def test_assess_prints_the_answer(capsys):
    status, out, err = run(capsys, "assess", CASE, *DAY)
    assert (status, err) == (0, "")
    assert "Next step: " in out
    assert "References" in out


def test_assess_prints_the_same_bytes_every_time(capsys):
    once = run(capsys, "assess", CASE, "--policy", POLICY, *DAY)
    assert run(capsys, "assess", CASE, "--policy", POLICY, *DAY) == once


@pytest.mark.parametrize(("form", "start"), [("md", "# "), ("html", "<!doctype html>"), ("json", "{\n")])
def test_assess_prints_other_formats(capsys, form, start):
    status, out, _ = run(capsys, "assess", CASE, "--format", form, *DAY)
    assert status == 0
    assert out.startswith(start)


@pytest.mark.parametrize("audience", ["clinician", "reviewer", "patient"])
def test_assess_speaks_to_each_audience(capsys, audience):
    assert run(capsys, "assess", CASE, "--audience", audience, *DAY)[0] == 0


def test_assess_reads_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Stdin(CASE.read_bytes()))
    status, out, _ = run(capsys, "assess", "-", "--format", "json", *DAY)
    assert status == 0
    assert json.loads(out)["facts"][0]["document"] == "stdin"


def test_the_day_is_today_unless_given(capsys):
    from datetime import datetime

    before = datetime.now().astimezone().date().isoformat()
    found = json.loads(run(capsys, "assess", CASE, "--format", "json")[1])["on"]
    assert found >= before
    assert json.loads(run(capsys, "assess", CASE, "--format", "json", *DAY)[1])["on"] == "2026-11-20"


def test_read_prints_facts_with_their_passages(capsys):
    status, out, _ = run(capsys, "read", CASE)
    assert status == 0
    assert "PM-Scl antibody positive" in out
    assert "2-overlap-denied.txt:" in out


def test_read_as_data_quotes_the_file_exactly(capsys):
    text = CASE.read_text("utf-8")
    read = json.loads(run(capsys, "read", CASE, "--format", "json")[1])
    told = {one["quote"]: (one["what"], one["value"], one["unit"], one["about"]) for one in read["quantities"]}
    assert told["70 g"] == ("dose", "70", "g", "tx.ivig")
    facts = read["facts"]
    assert facts
    assert all(text[fact["start"] : fact["end"]] == fact["quote"] for fact in facts)


def test_text_that_is_piped_has_no_colour_and_no_progress(capsys):
    _, out, err = run(capsys, "assess", CASE, *DAY)
    assert "\x1b" not in out + err


# Bad input: one line that says what, where, and how to mend it.


def test_no_file(capsys):
    assert "there is no file nowhere.txt; check the name" in refused(capsys, "assess", "nowhere.txt", *DAY)


def test_an_empty_folder(capsys, tmp_path):
    assert "is a folder without files; give the files of the case" in refused(capsys, "assess", tmp_path, *DAY)


def test_a_folder_within_a_folder(capsys, tmp_path):
    (tmp_path / "inner").mkdir()
    assert "inner is a folder within a folder; name it too" in refused(capsys, "assess", tmp_path, *DAY)


def test_an_empty_file(capsys, tmp_path):
    path = tmp_path / "empty.txt"
    path.write_text("  \n")
    assert "empty.txt has no text; give the case in words" in refused(capsys, "assess", path, *DAY)


def test_a_binary_file(capsys, tmp_path):
    path = tmp_path / "sound.txt"
    path.write_bytes(b"OggS\0\0\0\rIHDR")
    assert "is not text" in refused(capsys, "assess", path, *DAY)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.rtf", "a.json", "a.xml"])
def test_a_file_that_is_cut_off_is_refused_by_its_name_among_others(capsys, tmp_path, name):
    starts = {
        "a.pdf": b"%PDF-1.7\n",
        "a.docx": b"PK\x03\x04",
        "a.rtf": b"{\\rtf1 Jane",
        "a.json": b'{"Jane"',
        "a.xml": b"<?xml version='1.0'?><Jane",
    }
    (tmp_path / name).write_bytes(starts[name])
    (tmp_path / "note.txt").write_bytes(CASE.read_bytes())
    line = refused(capsys, "assess", tmp_path, *DAY)
    assert name in line
    assert "Jane" not in line


def test_several_files_and_a_folder_are_one_case(capsys, tmp_path):
    folder = tmp_path / "chart"
    folder.mkdir()
    (folder / "labs.html").write_text("<html><p>Aldolase 12 U/L.</p></html>")
    (folder / ".hidden").write_text("Weight 99 kg.")
    status, out, _ = run(capsys, "read", CASE, folder, "--format", "json")
    assert status == 0
    found = json.loads(out)
    assert [one["id"] for one in found["documents"]] == [CASE.name, "labs.html"]
    assert any(fact["document"] == "labs.html" for fact in found["facts"])


def test_a_text_in_another_encoding(capsys, tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes("Request: IVIG für".encode("latin-1"))
    assert "latin.txt:1: byte 16 is not UTF-8; save the file as UTF-8" in refused(capsys, "assess", path, *DAY)


def test_a_text_in_utf16_is_named_so(capsys, tmp_path):
    path = tmp_path / "wide.txt"
    path.write_bytes("Request: IVIG".encode("utf-16"))
    assert "UTF-16 text; save it as UTF-8" in refused(capsys, "read", path)


def test_twenty_megabytes_of_text(capsys, tmp_path):
    path = tmp_path / "long.txt"
    path.write_bytes(b"The patient is well. " * 1_000_000)
    assert "more than 5 MB of text; give only the notes" in refused(capsys, "assess", path, *DAY)


def test_an_unknown_policy(capsys):
    assert "there is no policy and no file 'no-such-policy'" in refused(
        capsys, "assess", CASE, "--policy", "no-such-policy", *DAY
    )


def test_a_policy_without_a_name(capsys):
    assert "there is no policy and no file ''" in refused(capsys, "assess", CASE, "--policy", "", *DAY)


def test_a_name_that_commands_a_terminal_is_shown_without_the_command(capsys):
    assert refused(capsys, "assess", "\x1b[31mno\u202ewhere") == (
        "indicated: there is no file \ufffd[31mno\ufffdwhere; check the name, or give - to read standard input\n"
    )


def test_a_policy_in_broken_yaml(capsys, tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text("id: x\ncriteria:\n  - id: [\n")
    line = refused(capsys, "assess", CASE, "--policy", path, *DAY)
    assert "policy.yaml:" in line


def test_a_policy_without_criteria(capsys, tmp_path):
    path = tmp_path / "policy.txt"
    path.write_text("Thank you for your letter.\n")
    refused(capsys, "assess", CASE, "--policy", path, *DAY)


def test_a_case_with_no_request(capsys, tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("A 14-year-old with dermatomyositis and a rash. Takes prednisone.\n")
    line = refused(capsys, "assess", path, *DAY)
    assert "note.txt asks for no treatment; looked for" in line
    assert "add a line such as 'Request: " in line


def test_a_treatment_without_content_is_said_so(capsys, monkeypatch):
    monkeypatch.setattr(workflow, "candidates", lambda _: ())
    line = refused(capsys, "assess", CASE, *DAY)
    assert "there is no content for" in line
    assert "--policy FILE" in line


def test_a_treatment_without_content_is_assessed_against_a_policy(capsys, monkeypatch):
    monkeypatch.setattr(workflow, "candidates", lambda _: ())
    assert run(capsys, "assess", CASE, "--policy", POLICY, *DAY)[0] == 0


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "20.11.2026", "", "2026-02-30", "20260101", "2026-W01-1"])
def test_a_date_that_is_none(capsys, day):
    assert "is not a date; write it as YYYY-MM-DD" in refused(capsys, "assess", CASE, "--on", day)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frobnicate",),
        ("assess",),
        ("assess", "a", "--audience", "lawyer"),
        ("assess", "a", "--format", "odt"),
        ("assess", "a", "--polcy", "x"),
        ("content",),
        ("content", "frobnicate"),
    ],
)
def test_a_command_line_that_is_none(capsys, arguments):
    assert "--help" in refused(capsys, *arguments) or arguments == ("content",)


def test_a_content_folder_that_is_not_there(capsys):
    assert "there is no folder nowhere" in refused(capsys, "content", "check", "nowhere")


def test_a_content_folder_with_problems_ends_with_three(capsys, tmp_path):
    (tmp_path / "units.yaml").write_text("- {code: g, dimenson: mass}\n")
    status, out, err = run(capsys, "content", "check", tmp_path, *DAY)
    assert (status, err) == (3, "")
    assert "units.yaml:1" in out


def test_help_and_version_are_no_errors(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["assess", "--help"])
    assert ended.value.code == 0
    assert "--policy" in capsys.readouterr().out
    assert run(capsys, "--version")[0] == 0


# The edges: pipes, interrupts, closed output, mistakes of the program.


def test_a_mistake_in_the_program_is_one_line_without_a_word_of_the_case(capsys, monkeypatch):
    def fails(*_):
        raise ValueError("Jane Roe, 31 kg")

    monkeypatch.setattr("indicated.cli.assess.assess", fails)
    status, out, err = run(capsys, "assess", CASE, *DAY)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert "ValueError" in err
    assert "Jane" not in err


def test_an_interrupt_ends_without_a_word(capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("indicated.cli.assess.assess", interrupted)
    assert run(capsys, "assess", CASE, *DAY) == (130, "", "")


def test_an_error_in_several_lines_is_told_in_one(capsys, monkeypatch):
    def fails(*_):
        raise IndicatedError("one\ntwo")

    monkeypatch.setattr("indicated.cli.assess.assess", fails)
    assert refused(capsys, "assess", CASE, *DAY) == "indicated: one two\n"


def test_a_reader_that_stops_early_is_no_error():
    process = spawn("assess", CASE, *DAY)
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_output_that_cannot_be_written_is_said_in_one_line():
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [sys.executable, "-m", "indicated", "assess", str(CASE), *DAY],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
        )
    assert process.returncode == 2
    assert process.stderr.startswith(b"indicated: the answer cannot be written: No space left on device")
    assert process.stderr.count(b"\n") == 1


def test_closed_output_is_said_in_one_line():
    process = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -m indicated assess "{CASE}" --on 2026-11-20 >&-'],
        stderr=subprocess.PIPE,
        cwd=ROOT,
        check=False,
    )
    assert process.returncode == 2
    assert process.stderr == (
        b"indicated: standard output is closed; give it somewhere to go, for example > answer.txt\n"
    )


def unread(pipe) -> int:
    """How many bytes of a pipe nobody has taken yet."""
    return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0\0\0\0"))[0]


def test_control_c_ends_quietly():
    # A program that was started in the background ignores the key, and so would those that it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = spawn("read", "-", stdin=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    process.stdin.write(b"a")
    process.stdin.flush()
    while unread(process.stdin):  # until the program is there to be ended, however slow the machine
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (out, err) == (b"", b"")


@pytest.mark.parametrize("file", ["case.txt", "-", "", "a b", "assess"])
def test_the_shortest_command_line_means_what_argparse_makes_of_it(file: str) -> None:
    found = shortest.parse(["assess", file])
    assert found is not None
    assert vars(found) == vars(arguments.parse(["assess", file]))


@pytest.mark.parametrize(
    "line", ["", "assess", "assess -h", "assess --help", "read case.txt", "assess a --on 2026-11-20"]
)
def test_every_other_command_line_is_left_to_argparse(line: str) -> None:
    assert shortest.parse(line.split()) is None


def test_read_writes_the_marked_text_beside_its_answer(capsys, tmp_path):
    target = tmp_path / "marked.html"
    status, out, err = run(capsys, "read", CASE, "--highlight", str(target))
    assert (status, err) == (0, "")
    assert "Facts (" in out
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_marked_text_that_cannot_be_written_changes_nothing(capsys, tmp_path):
    message = refused(capsys, "read", CASE, "--highlight", str(tmp_path / "no" / "marked.html")).rstrip()
    assert message.endswith(
        "cannot be written: No such file or directory; name a file in a folder that you may write to"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("library", "command", "extra"),
    [
        ("sqlalchemy", "serve", "web"),
        ("fastapi", "serve --accounts", "web"),
        ("argon2", "account list", "web"),
        ("cryptography", "store new-key", "web"),
        ("psycopg", "store upgrade --url postgresql://nobody@127.0.0.1:9/none", "postgres"),
    ],
)
def test_a_library_that_was_not_installed(library, command, extra):
    told = f"import sys; sys.modules[{library!r}] = None; from indicated.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", told, *command.split()], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"indicated: {library} is not installed; pip install 'indicated[{extra}]'\n"
