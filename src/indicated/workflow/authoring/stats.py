"""How much content there is, and how much of it rests on something that somebody read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from indicated.content.cases import GoldenCase
from indicated.content.cited import figured
from indicated.content.load import Loaded
from indicated.model.concept import Concept
from indicated.model.evidence import Evidence, Status
from indicated.model.policy import Policy
from indicated.model.product import Product
from indicated.model.score import Calculator
from indicated.model.standard import Standard


def lines(loaded: Loaded) -> Iterator[str]:
    """The counts, one line each."""
    standards, policies = loaded.all(Standard), loaded.all(Policy)
    stances, states = _by(one.stance for one in standards), _by(one.status for one in standards)
    yield f"{len(standards)} standards (evidence {stances}; {states})"
    yield f"{len(policies)} policies ({_by(one.status for one in policies) or 'none'})"
    documents: tuple[Standard | Policy, ...] = (*standards, *policies)
    criteria = [criterion for one in documents for criterion in one.criteria]
    yield f"{len(criteria)} criteria, {sum(not one.verified for one in criteria)} of them recalled and shown so"
    yield f"{len(loaded.all(GoldenCase))} golden cases"
    evidence = loaded.all(Evidence)
    seen = sum(one.citation.id_status is Status.SEEN for one in evidence)
    yield f"{len(evidence)} evidence items ({seen} with an identifier or page that was seen)"
    figures = [figure for one in evidence for figure in one.figures]
    read = sum(figure.status is Status.SEEN for figure in figures)
    yield f"{len(figures)} figures of sources ({read} seen, {len(figures) - read} recalled and never repeated)"
    yield f"{len(loaded.all(Product))} products and classes of products"
    yield f"{len(loaded.all(Calculator))} scores"
    yield f"{len(loaded.all(Concept))} concepts"
    told = list(figured(loaded))
    verified = sum(verified for _, verified in told)
    share = f"{100 * verified / len(told):.1f} %" if told else "none"
    yield f"{len(told)} statements with a figure, {verified} of them verified in a cited source ({share})"


def listed(loaded: Loaded, kind: str) -> Iterator[str]:
    """Everything of a kind: its id, what it is called, and for standards and policies where they stand."""
    rows: dict[str, list[tuple[str, ...]]] = {
        "standard": [(one.id, one.title, f"evidence {one.stance}", one.status.value) for one in loaded.known(Standard)],
        "policy": [
            (one.id, f"{one.payer}: {one.title}", one.version, one.status.value) for one in loaded.known(Policy)
        ],
        "evidence": [(one.key, one.citation.title, one.kind, one.direction.value) for one in loaded.known(Evidence)],
        "score": [(one.id, one.label) for one in loaded.known(Calculator)],
        "product": [(one.concept, ", ".join(one.routes)) for one in loaded.known(Product)],
    }
    listing = sorted(rows[kind])
    width = max((len(row[0]) for row in listing), default=0)
    for name, *rest in listing:
        yield f"{name:<{width}}  {'; '.join(str(part).replace('_', ' ') for part in rest if part)}"


def _by(values: Iterator[object]) -> str:
    return ", ".join(
        f"{number} {str(value).replace('_', ' ')}" for value, number in sorted(Counter(map(str, values)).items())
    )
