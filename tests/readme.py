"""The README's sample of the demo: `python -m tests.readme` writes it anew from a real run."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

from indicated.cli import main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SAMPLE = re.compile(r"(<!-- demo.*?-->\n```text\n)(.*?)(```\n<!-- /demo -->)", re.DOTALL)
SECTIONS = 3


def demo() -> str:
    """The title and the first sections of the answer that `make demo` prints."""
    case, policy = (str(ROOT / f"examples/2-overlap-denied{ending}") for ending in (".txt", ".policy.txt"))
    out = io.StringIO()
    with redirect_stdout(out):
        status = main(["assess", case, "--policy", policy, "--on", "2026-11-20"])
    if status:
        raise SystemExit(status)
    return "\n\n".join(out.getvalue().split("\n\n")[: SECTIONS + 1]) + "\n"


def write() -> None:
    """Put the sample into the README."""
    text = README.read_text("utf-8")
    README.write_text(SAMPLE.sub(lambda found: found[1] + demo() + found[3], text), "utf-8")


if __name__ == "__main__":
    write()
