"""medSpaCy beside us: run by an interpreter of its own (`make peers`), told what to do by a file, answers as JSON.

The pipeline is the one that medSpaCy loads for this task: PyRuSH sentences, target matcher, ConText.
"""

import medspacy
from medspacy.ner import TargetRule
from timed import answer


def main() -> None:
    """Judge the given spans, then time reading."""
    nlp = medspacy.load(medspacy_enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"])
    matcher = nlp.get_pipe("medspacy_target_matcher")
    answer("medSpaCy", nlp, _judged, lambda terms: matcher.add([TargetRule(term, "TERM") for term in terms]))


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
    main()
