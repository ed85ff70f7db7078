"""The content is compiled before a corpus is read."""

from __future__ import annotations

import pytest

from indicated.workflow.assess import current


@pytest.fixture(scope="session", autouse=True)
def _release() -> None:
    current()
