"""Colour, width and progress: only on a terminal that wants them."""

from __future__ import annotations

import io
import os
import sys

import pytest

from indicated.cli import terminal


class Tty(io.StringIO):
    def isatty(self):
        return True

    def fileno(self):
        return 1


@pytest.mark.parametrize(
    ("tty", "environment", "coloured"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(monkeypatch, tty, environment, coloured):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", Tty() if tty else io.StringIO())
    assert terminal.colour() is coloured


@pytest.mark.parametrize(("columns", "width"), [(60, 60), (100, 100), (240, 100)])
def test_text_is_as_wide_as_the_terminal_and_at_most_100(monkeypatch, columns, width):
    monkeypatch.setattr(sys, "stdout", Tty())
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((columns, 24)))
    assert terminal.width() == width


def test_text_that_goes_to_a_file_is_100_wide(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert terminal.width() == 100


def test_progress_is_shown_on_a_terminal_for_a_long_text_and_cleared(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Tty())
    with terminal.progress(terminal.LONG + 1):
        assert "reading 0.3 million characters" in sys.stderr.getvalue()
    assert sys.stderr.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(("tty", "characters"), [(True, 100), (False, 10_000_000)])
def test_no_progress_for_a_short_text_or_without_a_terminal(monkeypatch, tty, characters):
    monkeypatch.setattr(sys, "stderr", Tty() if tty else io.StringIO())
    with terminal.progress(characters):
        pass
    assert sys.stderr.getvalue() == ""
