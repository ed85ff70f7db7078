"""`indicated assess FILE` without options, parsed without argparse, which takes 3 ms to load and set up."""

from __future__ import annotations

from types import SimpleNamespace


def parse(arguments: list[str]) -> SimpleNamespace | None:
    """What `arguments.parse` makes of this command line; None for any other than the shortest."""
    if len(arguments) != 2 or arguments[0] != "assess" or (arguments[1].startswith("-") and arguments[1] != "-"):  # noqa: PLR2004
        return None
    return SimpleNamespace(
        version=False,
        command="assess",
        file=[arguments[1]],
        policy=None,
        denial=None,
        audience="clinician",
        language="en",
        format="text",
        out=None,
        on=None,
    )
