"""One application for each test file that asks it."""

from __future__ import annotations

import pytest

from indicated.workflow.accounts import passwords
from tests.api.world import Api


@pytest.fixture(scope="module")
def hasher():
    before = passwords._HASHER
    yield
    passwords._HASHER = before
    passwords._nobodys.cache_clear()


@pytest.fixture
def api(hasher):  # noqa: ARG001
    made = Api()
    yield made
    made.close()
