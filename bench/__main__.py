"""`make bench`: every figure beside its floor of DESIGN section 10, from one run on this machine."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import content, letters, reading
from bench.measure import Row, paired, process_seconds, seconds

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "examples" / "2-overlap-denied.txt"
POLICY = ROOT / "examples" / "2-overlap-denied.policy.txt"
FIRST_ANSWER = "import indicated; indicated.assess({text!r})"


def main() -> None:
    """Print the table."""
    print(f"{platform.machine()}, Python {platform.python_version()}")
    print(f"{'figure':<52}{'measured':>22}   floor")
    for row in rows():
        mark = {True: "holds", False: "MISSED", None: ""}[row.holds]
        print(f"{row.what:<52}{row.value:>22}   {row.floor} {mark}")


def rows() -> Iterator[Row]:
    """Every figure, as it is measured."""
    yield from cold()
    yield from one_note()
    yield from speed()
    yield from content.rows()
    yield from letters.rows()
    yield from reading.rows()
    yield from memory()


def cold() -> Iterator[Row]:
    """Cold start of the command against a bare interpreter, and the first answer in a fresh process."""
    script = Path(sys.executable).parent / "indicated"
    command = [str(script)] if script.exists() else [sys.executable, "-m", "indicated"]
    ours, bare = paired([*command, "assess", str(CASE)], [sys.executable, "-c", "pass"])
    ratio = ours / bare
    yield Row("indicated assess FILE, cold, to python -c pass", f"{ours * 1e3:.0f} ms = {ratio:.1f}x", "8x", ratio <= 8)
    text = CASE.read_text(encoding="utf-8")
    taken = min(process_seconds([sys.executable, "-c", FIRST_ANSWER.format(text=text)]) for _ in range(5))
    yield Row("first answer, interpreter start included", f"{taken * 1e3:.0f} ms", "300 ms", taken <= 0.3)


def one_note() -> Iterator[Row]:
    """Reading and deciding one note, to reading it alone."""
    import indicated

    for path in sorted(path for path in (ROOT / "examples").glob("*.txt") if not path.name.endswith(".policy.txt")):
        text = path.read_text(encoding="utf-8")
        reading = seconds(lambda text=text: indicated.read(text))  # type: ignore[misc]
        whole = seconds(lambda text=text: indicated.assess(text, on="2026-11-20"))  # type: ignore[misc]
        ratio = whole / reading
        yield Row(
            f"assess to read, {path.stem}", f"{whole * 1e3:.1f}/{reading * 1e3:.1f} ms = {ratio:.1f}x", "3x", ratio <= 3
        )


def speed() -> Iterator[Row]:
    """Words per second of reading, short and long, and whether the cost per word is flat."""
    import indicated

    notes = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt")))
    short = " ".join((notes.split() * 20)[:1_000])
    long = "\n".join([short] * 20)
    per_short = seconds(lambda: indicated.read(short)) / len(short.split())
    per_long = seconds(lambda: indicated.read(long)) / len(long.split())
    rate = 1 / per_short
    yield Row("reading, 1,000 words", f"{rate:,.0f} words/s", "125,000 words/s", rate >= 125_000)
    ratio = per_long / per_short
    yield Row("cost per word, 20,000 to 1,000 words", f"{ratio:.2f}x", "1.3x", ratio <= 1.3)


def memory() -> Iterator[Row]:
    """The peak of a fresh process that reads with a large vocabulary."""
    from bench.memory import MOST, WORDS, peak

    _, terms, _, most = peak()
    yield Row(f"memory, {terms:,} terms, {WORDS:,} words read", f"{most} MB", f"{MOST} MB", most <= MOST)


if __name__ == "__main__":
    main()
