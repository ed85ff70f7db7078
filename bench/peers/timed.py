"""What every peer is asked: to judge the spans of reports, and to read one text again and again."""

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path


def answer(name, nlp, judged, learn):  # noqa: ANN001, ANN201 - spaCy is not in our environment
    """Print as JSON how a peer judges the spans of the task's file and how fast it reads, in words a second.

    `judged(nlp, text, spans)` judges; `learn(terms)` teaches the pipeline the task's terms, after judging.
    """
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        task = json.load(file)
    said = [judged(nlp, text, spans) for text, spans in task["reports"]]
    learn(task["terms"])
    rates = []
    nlp(task["text"])
    for _ in range(task["runs"]):
        start = time.perf_counter()
        nlp(task["text"])
        rates.append(len(task["text"].split()) / (time.perf_counter() - start))
    print(json.dumps({"name": f"{name} {version(name)}", "judged": said, "rates": rates}))
