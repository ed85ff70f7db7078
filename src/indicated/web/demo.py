"""What `indicated serve --demo` begins with: the examples, each taken in as a case."""

from __future__ import annotations

from indicated.web.ask import take_example
from indicated.web.examples import examples
from indicated.web.person import LOCAL
from indicated.web.site import Site


def load(site: Site) -> None:
    """Take the examples in; on a store that has them already nothing changes."""
    for one in examples():
        take_example(site, LOCAL, one)
