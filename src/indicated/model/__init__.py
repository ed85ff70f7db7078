"""Meaning: frozen types that refuse nonsense. No files, no clock, no network, no globals.

Annotations are real here, not postponed: msgspec would compile each by itself at every start, which takes 3 ms.
"""
