"""Meaning: frozen types that refuse nonsense. No files, no clock, no network, no globals."""
