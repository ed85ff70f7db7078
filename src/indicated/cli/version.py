"""`indicated --version`."""

from __future__ import annotations

import sys
from argparse import Namespace
from importlib.metadata import PackageNotFoundError, version


def run(options: Namespace) -> int:  # noqa: ARG001  (every command takes its options)
    """Print the version of the installed package."""
    try:
        found = version("indicated")
    except PackageNotFoundError:
        found = "(not installed)"
    sys.stdout.write(f"indicated {found}\n")
    return 0
