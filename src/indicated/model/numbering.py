"""The number of a criterion in a form in which two writings of it are equal."""

import re

_SIGNS = re.compile(r"[^a-z0-9]+")
_APART = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")


def item(number: str) -> str:
    """A criterion's number as numbers are compared: `2(b)`, `2b` and `2.B` are `2.b`."""
    return _SIGNS.sub(".", _APART.sub(".", number.lower())).strip(".")
