"""Letters: the slowest PDF of each kind over the five examples, and one from a cold start. Asked for is a second.

Beside it stands the same page as text, which needs no typesetting.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Row, process_seconds, seconds

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
KINDS = ("necessity", "appeal", "peer-to-peer", "request-for-information", "approval", "summary", "worksheet")
DAY = "2026-11-20"


def rows() -> Iterator[Row]:
    """The slowest of every kind; then the whole command."""
    import indicated
    from indicated.model.errors import IndicatedError

    texts = (path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt")) if "." not in path.stem)
    decided = [indicated.assess(text, on=DAY) for text in texts]
    slowest: dict[str, tuple[float, float]] = {}
    for kind in KINDS:
        for one in decided:
            try:
                pdf = seconds(lambda one=one, kind=kind: indicated.letter(one, kind, format="pdf"))  # type: ignore[misc]
            except IndicatedError:
                continue
            text = seconds(lambda one=one, kind=kind: indicated.letter(one, kind, format="text"))  # type: ignore[misc]
            slowest[kind] = max(slowest.get(kind, (0.0, 0.0)), (pdf, text))
    for kind, (pdf, text) in slowest.items():
        yield Row(f"PDF of kind {kind}, to its text", f"{pdf * 1e3:.0f}/{text * 1e3:.0f} ms", "1 s", pdf < 1)
    with TemporaryDirectory() as folder:
        out = str(Path(folder) / "letter.pdf")
        case = str(EXAMPLES / "5-dermatomyositis-ild.txt")
        asked = ["letter", "necessity", case, "--on", DAY, "--format", "pdf", "--out", out]
        taken = min(process_seconds([sys.executable, "-m", "indicated", *asked]) for _ in range(3))
    yield Row("indicated letter necessity FILE as PDF, cold", f"{taken * 1e3:.0f} ms", "1 s", taken < 1)
