"""Timing helpers: whole processes and calls; medians over runs taken in turn, so that noise is fair to both."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, its value, the floor it must keep, and whether it does."""

    what: str
    value: str
    floor: str
    holds: bool | None


def process_seconds(command: list[str]) -> float:
    """The wall time of one run of a command, its output thrown away."""
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def paired(first: list[str], second: list[str], runs: int = 15) -> tuple[float, float]:
    """The median wall times of two commands run in turn, after one warm-up each."""
    process_seconds(first), process_seconds(second)
    pairs = [(process_seconds(first), process_seconds(second)) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def seconds(call: Callable[[], object], at_least: float = 0.5) -> float:
    """The median time of one call, over as many calls as fit `at_least` seconds."""
    call()
    taken: list[float] = []
    until = time.perf_counter() + at_least
    while time.perf_counter() < until or len(taken) < 5:
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
