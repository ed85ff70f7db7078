"""Documents to facts, each with its passage: deterministic, no model and no network."""

from __future__ import annotations

from indicated.reading.reader import assertion, read

__all__ = ["assertion", "read"]
