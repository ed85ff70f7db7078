"""What every test shares: one deterministic Hypothesis profile for checks, a long one by `HYPOTHESIS_PROFILE=long`."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, settings

_CALM = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
settings.register_profile("check", derandomize=True, max_examples=60, deadline=None, suppress_health_check=_CALM)
settings.register_profile("long", max_examples=1500, deadline=None, database=None, suppress_health_check=_CALM)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))


@pytest.fixture
def in_zone(monkeypatch):
    """Sets the time zone of this machine for one test, by its POSIX name: `<+14>-14` is 14 hours ahead of UTC."""

    def set_zone(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()
