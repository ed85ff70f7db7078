"""Reading beside medSpaCy and negspacy in one run: the same terms, the same texts, each in an environment of its own.

`make peers` makes those environments; without them our own figures are printed and the peers are said to be missing.
Accuracy is measured where the labelled texts are (`../shared/external/nlp`), each by the scorer that the tests use.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measure import Row

ROOT = Path(__file__).resolve().parent.parent
PEERS = ("medspacy", "negspacy")
RUNS = 3


def rows() -> Iterator[Row]:
    """Every figure of reading."""
    told = _told()
    peers = dict(_answers(told))
    yield from _speed(told, peers)
    yield from _assertion(peers)
    yield from _corpora()
    yield from _therapies()


def _told() -> dict[str, Any]:
    """What all do: judge the spans of the labelled reports, then read one text with the terms of our vocabulary."""
    from tests.corpora import negex

    from indicated.workflow.assess import current

    reports: dict[str, list[negex.Row]] = {}
    for row in negex.rows() if negex.KIT.exists() else ():
        reports.setdefault(row.report, []).append(row)
    spans = []
    for report in reports.values():
        text, at, found = "\n".join(row.sentence for row in report), 0, []
        for row in report:
            place = negex.place(row.sentence, row.concept)
            found += [[at + place[0], at + place[1]]] if place is not None else []
            at += len(row.sentence) + 1
        spans.append([text, found])
    concepts = current().knowledge.concepts
    terms = list(dict.fromkeys(name for concept in concepts for name in (concept.label, *concept.synonyms)))
    return {"reports": spans, "terms": terms, "text": _text(), "runs": RUNS}


def _text() -> str:
    """About a thousand words of the examples, told again in the order they have."""
    notes = [
        path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.txt")) if ".policy" not in path.name
    ]
    return "\n\n".join(notes * 2)


def _answers(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each peer that is here says, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        task = Path(folder) / "task.json"
        task.write_text(json.dumps(told), encoding="utf-8")
        for name in PEERS:
            python = ROOT / ".peers" / name / "bin" / "python"
            if python.exists():
                script = ROOT / "bench" / "peers" / f"{name}_reader.py"
                done = subprocess.run([python, script, task], capture_output=True, text=True, check=True)
                yield name, json.loads(done.stdout.splitlines()[-1])


def _speed(told: dict[str, Any], peers: dict[str, dict[str, Any]]) -> Iterator[Row]:
    """Words per second beside each peer, timed again right after it on the same text."""
    import indicated

    text = told["text"]
    words = len(text.split())
    indicated.read(text)
    rates = []
    for _ in range(9):
        start = time.perf_counter()
        indicated.read(text)
        rates.append(words / (time.perf_counter() - start))
    ours = statistics.median(rates)
    yield Row(f"reading, {words} words, {len(told['terms']):,} terms", f"{ours:,.0f} words/s", "", None)
    for name, floor in (("medspacy", 20), ("negspacy", None)):
        if name in peers:
            theirs = statistics.median(peers[name]["rates"])
            what = f"  to {peers[name]['name']}, {theirs:,.0f} words/s"
            holds = None if floor is None else ours >= floor * theirs
            yield Row(what, f"{ours / theirs:.1f}x", f"{floor}x" if floor else "", holds)
        else:
            yield Row(f"  to {name}", "not here", "make peers", None)


def _assertion(peers: dict[str, dict[str, Any]]) -> Iterator[Row]:
    """F1 of negation and of time on the NegEx reports."""
    from tests.corpora import negex

    from indicated.reading import assertion

    if not negex.KIT.exists():
        yield Row("negation and historical F1", "not here", "the NegEx sentences", None)
        return
    ours = negex.scores(negex.as_reports(negex.rows(), assertion))
    yield Row("negation F1, NegEx reports", f"{ours['negation']:.3f}", "0.97", ours["negation"] >= 0.97)
    yield Row("historical F1, NegEx reports", f"{ours['historical']:.3f}", "0.65", ours["historical"] >= 0.65)
    found = [row for row in negex.rows() if negex.place(row.sentence, row.concept) is not None]
    reports: dict[str, list[negex.Row]] = {}
    for row in found:
        reports.setdefault(row.report, []).append(row)
    gold = [row for report in reports.values() for row in report]
    for answer in peers.values():
        judged = [one for report in answer["judged"] for one in report]
        negated = negex.f1((row.negation == "Negated", one[0]) for row, one in zip(gold, judged, strict=True))
        told = f"  {answer['name']}, negation F1 of the spans found"
        yield Row(told, f"{negated:.3f}", "", ours["negation"] > negated)
        if judged[0][1] is not None:
            past = negex.f1((row.temporality == "Historical", one[1]) for row, one in zip(gold, judged, strict=True))
            yield Row(f"  {answer['name']}, historical F1", f"{past:.3f}", "", ours["historical"] > past)


_BARS = {
    "Age precision": 0.95,
    "Age recall": 0.97,
    "Age recall, anyone's": 0.97,
    "Sex precision": 0.95,
    "Sex precision where labelled": 0.95,
    "Sex recall": 0.99,
    "Dosage recall": 0.85,
    "Lab_value with unit recall": 0.85,
    "Lab_value with number recall": 0.85,
}


def _corpora() -> Iterator[Row]:
    """Case reports: ages, sexes, doses, values."""
    from tests.corpora import maccrobat

    if not maccrobat.FILE.exists():
        yield Row("MACCROBAT", "not here", "the case reports", None)
        return
    figures = maccrobat.figures((report, maccrobat.read(report.text)) for report in maccrobat.reports())
    for name, bar in _BARS.items():
        share = figures[name].share
        yield Row(f"MACCROBAT, {name}", str(figures[name]), f"{bar:.2f}", share >= bar)


def _therapies() -> Iterator[Row]:
    """How therapies stand, on the half that was looked at and the half that was not."""
    from tests.corpora.therapy import AXES, items, judge, score
    from tests.reading.content import reader

    for name in ("seen", "unseen"):
        file = ROOT / "tests" / "data" / "therapy" / f"{name}.jsonl"
        if file.exists():
            figures = score(judge(items(file), reader()))
            told = ", ".join(f"{axis} {figures.accuracy[axis]:.2f}" for axis in AXES)
            yield Row(
                f"therapies, {name} half ({figures.mentions} mentions)", f"all axes {figures.exact:.2f}", told, None
            )
