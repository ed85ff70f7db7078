"""The memory that reading takes with a large vocabulary: ours, and the titles of the code table as concepts beside it.

The vocabulary is compiled here and read in a fresh process, as a user's would be, so that what compiling takes does
not count. `python -m bench.memory` prints the figure by itself.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

TERMS = 100_000
WORDS = 20_000
MOST = 150
"""Megabytes at the peak, the interpreter's own included."""
_PEAK = r"""
import resource, sys
from pathlib import Path
from indicated.model.buckets import Buckets
from indicated.model.terms import entries_of, forms_of
from indicated.model.text import Document
from indicated.reading.reader import read
from indicated.release import Release
from mmap import ACCESS_READ, mmap
with open(sys.argv[1], 'rb') as stream:
    lexicon = Release(mmap(stream.fileno(), 0, access=ACCESS_READ)).lexicon
case = read((Document("notes", Path(sys.argv[2]).read_text("utf-8")),), lexicon)
try:  # what the system counts for a process starts with its parent's peak; the process's own is here
    told = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
    peak = int(told) // 1024
except (OSError, IndexError):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
index = lexicon.terms
terms = sum(len(entries_of(raw)) for raw in Buckets(index.terms).values())
terms += sum(len(forms_of(raw)) for raw in Buckets(index.forms).values())
print(len(lexicon.concepts), terms, len(case.facts), peak)
"""


def enlarged(terms: int = TERMS) -> bytes:
    """The compiled content with a concept for each title of the code table, up to this many terms in all."""
    import msgspec

    from indicated.content.lean import lean
    from indicated.content.load import load
    from indicated.model.buckets import encoded
    from indicated.model.concept import Concept, Kind
    from indicated.model.stored import shelf_of
    from indicated.model.terms import index_of
    from indicated.release import COMPILED, Bundle, Shared, builtin

    content = Path(__file__).resolve().parent.parent / "content"
    ours = load(content).all(Concept)
    known = {text.lower() for one in ours for text in (one.label, *one.synonyms)}
    listed = (line.split("\t") for line in (content / "codes" / "icd10cm.tsv").read_text("utf-8").splitlines())
    titles = {cells[2]: cells[0] for cells in listed if len(cells) == 3 and cells[2].lower() not in known}
    more = tuple(
        Concept(f"code.{code}", Kind.CONDITION, title, "ICD-10-CM", codes={"icd10cm": (code,)})
        for title, code in list(titles.items())[: terms - len(known)]
    )
    concepts = (*ours, *more)
    kept = shelf_of((one.id, encoded(lean(one))) for one in concepts)
    broader = {one.id: one.broader for one in concepts if one.broader}
    shared = Shared(kept, builtin().lexicon.units, index_of(concepts), broader)
    bundle = msgspec.msgpack.decode(Path(COMPILED).read_bytes(), type=Bundle)
    return bytes(encoded(msgspec.structs.replace(bundle, shared=encoded(lean(shared)))))


def notes(words: int = WORDS) -> str:
    """The example notes over and over, up to this many words."""
    root = Path(__file__).resolve().parent.parent / "examples"
    told = "\n\n".join(path.read_text("utf-8") for path in sorted(root.glob("*.txt"))).split(" ")
    return " ".join((told * (words // len(told) + 1))[:words])


def peak() -> tuple[int, int, int, int]:
    """Concepts and terms known, facts found, and megabytes at the peak."""
    with tempfile.TemporaryDirectory() as folder:
        release, text = Path(folder, "release.bin"), Path(folder, "notes.txt")
        release.write_bytes(enlarged())
        text.write_text(notes(), "utf-8")
        run = subprocess.run(
            [sys.executable, "-c", _PEAK, str(release), str(text)], check=True, capture_output=True, text=True
        )
    concepts, terms, facts, megabytes = map(int, run.stdout.split())
    return concepts, terms, facts, megabytes


if __name__ == "__main__":
    known, listed, found, most = peak()
    print(f"{known:,} concepts, {listed:,} terms, {WORDS:,} words, {found:,} facts: {most} MB at the peak ({MOST} MB)")
