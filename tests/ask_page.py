"""The outputs of docs/how-to/ask.md: `python -m tests.ask_page` writes them anew from real runs."""

from __future__ import annotations

import io
import re
import shlex
from contextlib import chdir, redirect_stdout
from pathlib import Path

from indicated.cli import main

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/how-to/ask.md"
BLOCK = re.compile(r"(```console\n\$ indicated (ask [^\n]*)\n)(.*?)(```\n)", re.DOTALL)


def said(command: str) -> str:
    """What the command prints, run in the checkout."""
    out = io.StringIO()
    with chdir(ROOT), redirect_stdout(out):
        status = main(shlex.split(command))
    if status:
        raise SystemExit(f"{command}: exit status {status}")
    return out.getvalue().partition("\nReferences\n")[0].rstrip() + "\n"


def fresh(text: str) -> str:
    """The page with the outputs of today's program."""
    return BLOCK.sub(lambda found: found[1] + said(found[2]) + found[4], text)


if __name__ == "__main__":
    PAGE.write_text(fresh(PAGE.read_text("utf-8")), "utf-8")
