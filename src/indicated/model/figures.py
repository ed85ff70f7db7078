"""Figures in a sentence, as exact numbers, and those of them that its proofs do not hold."""

import re
from collections.abc import Container, Iterator

from indicated.model.evidence import Evidence, Status

_NAME = re.compile(
    r"\b(?![qQxX]\d)(?:[A-Za-z]+|[a-z]*[A-Z][A-Za-z]*-)\d+(?:\.\d+)?\w*"  # IL-6, M33.13, m2; but q4w and x2 count
    r"|10(?:[*^]\d+|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)(?=\s*/)"  # the unit 10*9/L, 10⁹/L
)
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|(?<!\d)\.\d+")
_IN_WORDS = {"once": "1", "twice": "2"} | {
    word: str(number)
    for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}
_WORD = re.compile(rf"\b(?:{'|'.join(_IN_WORDS)})\b", re.IGNORECASE)


def numbers(text: str) -> tuple[str, ...]:
    """Every figure in the text, in order, as a plain exact decimal: `1,000` is `1000`, `2.50` is `2.5`.

    Both ends of a range count, and so do `q4w` (4), `x2` (2) and both parts of a titre. Figures that are part of a
    name or code (`IL-6`, `PM-Scl75`, `M33.13`, `m2`, `10*9/L`, `10⁹/L`) are no figures.
    """
    if _DIGIT.search(text) is None:
        return ()
    return tuple(_plain(found) for found in _FIGURE.findall(_NAME.sub(" ", text)))


def foreign_numbers(text: str, proofs_text: str) -> tuple[str, ...]:
    """The figures in the text that do not stand in the proofs, each once, in order."""
    return unproved(text, proved_by(proofs_text))


def proved_by(proofs_text: str) -> frozenset[str]:
    """The figures that stand in the proofs. A small number may stand there as a word (`two doses`)."""
    return frozenset((*numbers(proofs_text), *(_IN_WORDS[word.lower()] for word in _WORD.findall(proofs_text))))


def unproved(text: str, proved: Container[str]) -> tuple[str, ...]:
    """The figures in the text that are not among those proved, each once, in order."""
    return tuple(dict.fromkeys(number for number in numbers(text) if number not in proved))


def proof_text(evidence: Evidence) -> str:
    """The parts of a source whose figures may be repeated: what somebody read on a page, and its bibliographic line."""
    return "\n".join(_proof_parts(evidence))


def _proof_parts(evidence: Evidence) -> Iterator[str]:
    citation = evidence.citation
    yield from (
        citation.title,
        str(citation.year or ""),
        evidence.population,
        evidence.intervention,
        evidence.comparator,
    )
    yield from (f"{figure.what}: {figure.value}" for figure in evidence.figures if figure.status is Status.SEEN)
    if evidence.n is not None and evidence.n_status is Status.SEEN:
        yield f"n {evidence.n}"
    if evidence.summary_basis is Status.SEEN:
        yield evidence.summary
    recommendation = evidence.recommendation
    if recommendation is not None and recommendation.status is Status.SEEN:
        yield from (recommendation.text, recommendation.strength, recommendation.certainty)


def _plain(figure: str) -> str:
    whole, _, part = figure.replace(",", "").partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")
