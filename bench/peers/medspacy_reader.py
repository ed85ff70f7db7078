"""medSpaCy beside us: run by an interpreter of its own (`make peers`), told what to do by a file, answers as JSON.

The pipeline is the one that medSpaCy loads for this task: PyRuSH sentences, target matcher, ConText.
"""

import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

import medspacy
from medspacy.ner import TargetRule


def main(path: str) -> None:
    """Judge the given spans, then time reading."""
    with Path(path).open(encoding="utf-8") as file:
        task = json.load(file)
    nlp = medspacy.load(medspacy_enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"])
    judged = [_judged(nlp, text, spans) for text, spans in task["reports"]]
    nlp.get_pipe("medspacy_target_matcher").add([TargetRule(term, "TERM") for term in task["terms"]])
    rates = []
    nlp(task["text"])
    for _ in range(task["runs"]):
        start = time.perf_counter()
        nlp(task["text"])
        rates.append(len(task["text"].split()) / (time.perf_counter() - start))
    print(
        json.dumps(
            {
                "name": f"medSpaCy {version('medspacy')}",
                "judged": judged,
                "rates": rates,
                "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


def _judged(nlp, text, spans):  # noqa: ANN001, ANN202 - spaCy is not in our environment
    """For each span whether it is negated and whether it is historical."""
    doc = nlp.make_doc(text)
    doc = nlp.get_pipe("medspacy_pyrush")(doc)
    found = []
    for start, end in spans:
        span = doc.char_span(start, end, label="TERM", alignment_mode="expand")
        doc.ents = [span]
        doc = nlp.get_pipe("medspacy_context")(doc)
        entity = doc.ents[0]
        found.append([bool(entity._.is_negated), bool(entity._.is_historical)])
    return found


if __name__ == "__main__":
    main(sys.argv[1])
