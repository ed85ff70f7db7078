"""Patterns read from their stored form are the patterns that compiling gives."""

import os
import pkgutil
import re
import subprocess
import sys

import msgspec
import pytest

from indicated import reading
from indicated.reading import patterns, stored_patterns


def made_apart(hash_seed: str):
    """What a program of its own stores: the patterns that a process has asked for depend on all it did before."""
    told = "import sys; from indicated.reading import stored_patterns; sys.stdout.buffer.write(stored_patterns.made())"
    run = subprocess.run(
        [sys.executable, "-c", told], check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": hash_seed}
    )
    return msgspec.msgpack.decode(run.stdout, type=patterns._Stored)


@pytest.fixture(scope="module")
def forms():
    return made_apart("1")


def test_every_pattern_of_reading_is_stored(forms):
    stored_patterns.made()
    assert forms.made_for == sys.version
    assert len(forms.forms) > 150
    of_reading = [f"{reading.__name__}.{module.name}" for module in pkgutil.iter_modules(reading.__path__)]
    waiting = {
        patterns._key(one._text, one._flags)
        for name in of_reading
        for one in vars(sys.modules[name]).values()
        if isinstance(one, patterns._Waiting)
    }
    assert len(waiting) > 50
    assert waiting <= set(forms.forms) <= {patterns._key(text, flags) for text, flags in patterns.made}


def test_the_patterns_are_the_same_under_any_hash_seed(forms):
    """A pattern whose text changes from run to run is never found among those stored, and compiled at every start."""
    assert set(made_apart("2").forms) == set(forms.forms)


def test_a_stored_pattern_is_the_compiled_one(forms, monkeypatch):
    monkeypatch.setattr(patterns, "stored", lambda: forms.forms)
    for text, flags in patterns.made:
        ours, theirs = patterns._compiled(text, flags), re.compile(text, flags)
        assert (ours, ours.groupindex, ours.groups, ours.flags) == (
            theirs, theirs.groupindex, theirs.groups, theirs.flags,
        )  # fmt: skip


def test_a_file_for_another_python_is_passed_over(tmp_path, monkeypatch):
    file = tmp_path / "_patterns.bin"
    file.write_bytes(msgspec.msgpack.encode(["another Python", {"0 a": b"\x90"}]))
    monkeypatch.setattr(patterns, "FILE", str(file))
    patterns.stored.cache_clear()
    assert patterns.stored() == {}
    file.write_bytes(b"not MessagePack")
    patterns.stored.cache_clear()
    assert patterns.stored() == {}
    patterns.stored.cache_clear()
