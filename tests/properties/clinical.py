"""Texts that look like a chart's and were written by nobody: pieces of the notes at hand, parted and cased anyhow."""

from __future__ import annotations

import json
from functools import cache

from hypothesis import strategies as st

from tests.explain.world import ROOT

BREAKS = (
    " ",
    " ",
    " ",
    ". ",
    ", ",
    "; ",
    ": ",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    " | ",
    "\t",
    " (",
    ") ",
    " / ",
    " - ",
    "? ",
)
SPACES = ("\u00a0", "\u2009", "\u3000", "\u202f", "\u200b", "  ", "\r\n", "\u2028", "\u0085", "\n   ")
CASES = (str, str, str, str, str.upper, str.lower, str.title, str.swapcase)


@cache
def fragments() -> tuple[str, ...]:
    """Sentences and parts of sentences, of every note in the repository that may be looked at."""
    notes = [*(ROOT / "examples").glob("*.txt"), *(ROOT / "tests/data/paraphrases").glob("*.txt")]
    lines = [line for path in sorted(notes) for line in path.read_text("utf-8").splitlines()]
    told = (ROOT / "tests/data/therapy/seen.jsonl").read_text("utf-8").splitlines()
    lines += [json.loads(line)["text"] for line in told]
    parts = [
        part.strip() for line in lines for sentence in line.split(". ") for part in (sentence, *sentence.split(","))
    ]
    return tuple(dict.fromkeys(part for part in parts if part))


@st.composite
def notes(draw: st.DrawFn, most: int = 8) -> str:
    """A text of up to `most` pieces."""
    told = ""
    for _ in range(draw(st.integers(1, most))):
        piece = draw(st.sampled_from(CASES))(draw(st.sampled_from(fragments())))
        if draw(st.integers(0, 5)) == 0:
            piece = piece.replace(" ", draw(st.sampled_from(SPACES)), draw(st.integers(1, 4)))
        if draw(st.integers(0, 9)) == 0:
            at = draw(st.integers(0, len(piece)))
            piece = (
                piece[:at] + draw(st.sampled_from(("(", ")", "[", '"', "\u0301", "\u202e", "*", "|", "?"))) + piece[at:]
            )
        told += piece + draw(st.sampled_from(BREAKS))
    return told
