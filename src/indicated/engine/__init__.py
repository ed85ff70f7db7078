"""Judgement: pure functions over the model. No files, no clock, no network, no drug or disease by name."""

from __future__ import annotations

from indicated.engine.determine import determine, what_if
from indicated.engine.evaluate import evaluate
from indicated.engine.facts import Facts

__all__ = ["Facts", "determine", "evaluate", "what_if"]
