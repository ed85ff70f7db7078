"""Where an answer goes: to the file named, else to standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from indicated.explain.render import FILES
from indicated.workflow.errors import BadUse

if TYPE_CHECKING:
    from argparse import Namespace


def check(options: Namespace) -> None:
    """Refuse early what could not be delivered: over the case it is made from, or a binary file on a terminal."""
    if options.out is not None:
        from indicated.workflow.output import check as check_path

        check_path(options.out, options.file)
    elif options.format in FILES and sys.stdout.isatty():
        raise BadUse(f"a {options.format} file is nothing for a terminal; name a file with --out")


def deliver(told: str | bytes, options: Namespace) -> None:
    """Write it to the file named, else to standard output."""
    if options.out is not None:
        from indicated.workflow.output import write

        write(options.out, told)
    elif isinstance(told, bytes):
        sys.stdout.flush()
        sys.stdout.buffer.write(told)
    else:
        sys.stdout.write(told)
