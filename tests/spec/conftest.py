"""The fixture with which a chapter shows what is true."""

from __future__ import annotations

import pytest

from tests.spec.shown import Spec


@pytest.fixture
def spec() -> Spec:
    """Shows by checking."""
    return Spec()
