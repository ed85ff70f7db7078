"""The same case, content and day give the same bytes, in this process and in any other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given

from indicated.engine import determine
from tests import told
from tests.properties import replayed
from tests.properties.test_flips import cases, contents, policies


@given(cases, contents(), policies)
def test_deciding_again_gives_the_same_bytes(case, knowledge, policy):
    first, second = (msgspec.json.encode(determine(case, knowledge, told.DAY, policy)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("seed", ["1", "2", "31"])
def test_another_process_with_another_hash_seed_gives_the_same_bytes(seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "tests.properties.replayed"]
    root = Path(__file__).parents[2]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root, env=environment)
    assert said.stdout.strip() == replayed.digest()


def test_the_case_compared_has_flips_supports_and_gaps_in_it():
    today = replayed.determination()
    assert len(today.flips) > 5
    assert today.rests_on
    assert today.gaps
