"""Print every figure: the half that was looked at while the rules were written, the half that was not, and both."""

from __future__ import annotations

import sys

from indicated.workflow.assess import current
from tests.corpora import maccrobat, patients, primock57
from tests.corpora.spans import Tally


def _print(halves: list[dict[str, Tally]]) -> None:
    for name in halves[0]:
        cells = [str(half[name]) for half in halves]
        sys.stdout.write(f"  {name:<30} {cells[0]:<22} {cells[1]:<22} {cells[2]}\n")


def main() -> None:
    """All corpora that are here."""
    current()
    sys.stdout.write(f"  {'':<30} {'even reports (seen)':<22} {'odd reports (unseen)':<22} all\n")
    if maccrobat.FILE.exists():
        read = [(report, maccrobat.read(report.text)) for report in maccrobat.reports()]
        sys.stdout.write("MACCROBAT\n")
        _print([maccrobat.figures(part) for part in (read[::2], read[1::2], read)])
    if patients.FILE.exists():
        told = [(visit, patients.read(visit.note)) for visit in patients.visits()]
        sys.stdout.write("ACI-BENCH\n")
        _print([patients.figures(part) for part in (told[::2], told[1::2], told)])
    if primock57.FILE.exists():
        notes = primock57.notes()
        sys.stdout.write("PriMock57\n")
        parts = (notes[::2], notes[1::2], notes)
        _print([{"short times": sum(map(primock57.short_times, part), Tally(0, 0))} for part in parts])


main()
