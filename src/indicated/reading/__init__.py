"""Reading: documents in, facts out, each with its passage. Deterministic; no model, no network."""

from __future__ import annotations

from indicated.reading.reader import Reader, amounts, assertion, read

__all__ = ["Reader", "amounts", "assertion", "read"]
