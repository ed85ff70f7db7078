"""negspacy beside us: run by an interpreter of its own (`make peers`), told what to do by a file, answers as JSON.

It judges negation only; its plain English cue list is the best of the off-the-shelf scorers.
"""

import spacy
from negspacy.negation import Negex  # noqa: F401 - registers the pipe
from negspacy.termsets import termset
from timed import answer


def main() -> None:
    """Judge the given spans, then time reading."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    nlp.add_pipe("negex", config={"neg_termset": termset("en").get_patterns(), "chunk_prefix": []})
    answer(
        "negspacy", nlp, _judged, lambda terms: ruler.add_patterns([{"label": "TERM", "pattern": one} for one in terms])
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
    main()
