"""`indicated read`: the facts of a case, each with its passage and how it was said."""

from __future__ import annotations

import sys
from argparse import Namespace

from indicated.cli import terminal
from indicated.workflow import intake
from indicated.workflow.assess import read
from indicated.workflow.facts import as_json, as_page, as_text
from indicated.workflow.output import check, write


def run(options: Namespace) -> int:
    """Read and print the facts."""
    if options.highlight is not None:
        check(options.highlight, options.file)
    documents = intake.open_case(options.file, sys.stdin)
    with terminal.progress(sum(len(document.text) for document in documents)):
        case = read(documents)
    if options.highlight is not None:
        write(options.highlight, as_page(case))
    sys.stdout.write(as_json(case) if options.format == "json" else as_text(case, terminal.width()))
    return 0
