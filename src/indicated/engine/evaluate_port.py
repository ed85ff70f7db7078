"""The shape of `evaluate`, for modules that it calls in turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from indicated.engine.facts import Facts
from indicated.model.determination import Step
from indicated.model.rule import Rule

Evaluate = Callable[[Rule, Facts, date], Step]
