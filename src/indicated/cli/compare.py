"""`indicated compare`: several requests in, why their answers differ out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from indicated.cli import terminal
from indicated.cli.deliver import check, deliver
from indicated.explain.show import show_contrast
from indicated.workflow.assess import a_day, current, today
from indicated.workflow.contrast import contrast
from indicated.workflow.policies import from_option

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Read, decide each, decide again with what differs exchanged, and print."""
    on = a_day(options.on) if options.on is not None else today()
    check(options)
    policies = [from_option(one, current(), on) for one in options.policy]
    told = contrast(options.file, policies, on, sys.stdin)
    deliver(
        show_contrast(
            told,
            current(),
            options.audience,
            options.format,
            width=terminal.width(),
            colour=options.out is None and terminal.colour(),
        ),
        options,
    )
    return 0
