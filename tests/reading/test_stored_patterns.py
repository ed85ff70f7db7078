"""Patterns read from their stored form are the patterns that compiling gives."""

import os
import re
import subprocess
import sys

import msgspec
import pytest

from indicated import release
from indicated.reading import patterns, stored_patterns


@pytest.fixture(scope="module")
def forms():
    return msgspec.msgpack.decode(stored_patterns.made(), type=release._Patterns)


def test_every_pattern_of_reading_is_stored(forms):
    assert forms.made_for == sys.version
    assert len(forms.forms) > 150
    assert set(forms.forms) == {patterns._key(text, flags) for text, flags in patterns.made}


def test_the_patterns_are_the_same_under_any_hash_seed(forms):
    """A pattern whose text changes from run to run is never found among those stored, and compiled at every start."""
    told = "import sys; from indicated.reading import stored_patterns; sys.stdout.buffer.write(stored_patterns.made())"
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", told], check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        assert set(msgspec.msgpack.decode(run.stdout, type=release._Patterns).forms) == set(forms.forms)


def test_a_stored_pattern_is_the_compiled_one(forms, monkeypatch):
    monkeypatch.setattr(release, "compiled_patterns", lambda: forms.forms)
    for text, flags in patterns.made:
        ours, theirs = patterns._compiled(text, flags), re.compile(text, flags)
        assert (ours, ours.groupindex, ours.groups, ours.flags) == (
            theirs, theirs.groupindex, theirs.groups, theirs.flags,
        )  # fmt: skip


def test_a_file_for_another_python_is_passed_over(tmp_path, monkeypatch):
    file = tmp_path / "_patterns.bin"
    file.write_bytes(msgspec.msgpack.encode(["another Python", {"0 a": b"\x90"}]))
    monkeypatch.setattr(release, "PATTERNS", str(file))
    release.compiled_patterns.cache_clear()
    assert release.compiled_patterns() == {}
    file.write_bytes(b"not MessagePack")
    release.compiled_patterns.cache_clear()
    assert release.compiled_patterns() == {}
    release.compiled_patterns.cache_clear()
