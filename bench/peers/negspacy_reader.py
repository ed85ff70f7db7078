"""negspacy beside us: run by an interpreter of its own (`make peers`), told what to do by a file, answers as JSON.

It judges negation only; its plain English cue list is the best of the off-the-shelf scorers.
"""

import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

import spacy
from negspacy.negation import Negex  # noqa: F401 - registers the pipe
from negspacy.termsets import termset


def main(path: str) -> None:
    """Judge the given spans, then time reading."""
    with Path(path).open(encoding="utf-8") as file:
        task = json.load(file)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "TERM", "pattern": term} for term in task["terms"]])
    nlp.add_pipe("negex", config={"neg_termset": termset("en").get_patterns(), "chunk_prefix": []})
    judged = [_judged(nlp, text, spans) for text, spans in task["reports"]]
    rates = []
    nlp(task["text"])
    for _ in range(task["runs"]):
        start = time.perf_counter()
        nlp(task["text"])
        rates.append(len(task["text"].split()) / (time.perf_counter() - start))
    print(
        json.dumps(
            {
                "name": f"negspacy {version('negspacy')}",
                "judged": judged,
                "rates": rates,
                "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


def _judged(nlp, text, spans):  # noqa: ANN001, ANN202 - spaCy is not in our environment
    """For each span whether it is negated; negspacy does not say what is historical."""
    doc = nlp.get_pipe("sentencizer")(nlp.make_doc(text))
    found = []
    for start, end in spans:
        doc.ents = [doc.char_span(start, end, label="TERM", alignment_mode="expand")]
        doc = nlp.get_pipe("negex")(doc)
        found.append([bool(doc.ents[0]._.negex), None])
    return found


if __name__ == "__main__":
    main(sys.argv[1])
