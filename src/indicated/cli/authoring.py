"""`indicated content check`: every problem of a content folder."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from indicated import release
from indicated.cli.content import check
from indicated.workflow.assess import a_day, today
from indicated.workflow.errors import NoFile


def run(options: Namespace) -> int:
    """Check the folder given, or that of the checkout."""
    on = a_day(options.on) if options.on is not None else today()
    root = Path(options.folder) if options.folder is not None else release.checkout()
    if root is None or not root.is_dir():
        named = f"there is no folder {root}" if root is not None else "this installation has no content folder"
        raise NoFile(f"{named}; give the content folder, for example 'indicated content check content'")
    return check(root, sys.stdout, on)
