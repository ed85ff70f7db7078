"""What-if switches: every single fact that the flips of a determination suppose, and the facts it rests on alone.

A switch is a correction that is never kept. Its number is its place in this list, which is the same for the same case.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from indicated.engine.leaves import ATTESTED
from indicated.explain.words import Words as Labels
from indicated.model.determination import Determination, Finding, Flip, FlipTarget
from indicated.model.fact import Fact
from indicated.model.knowledge import Knowledge
from indicated.model.quantity import Quantity
from indicated.model.verdict import Verdict
from indicated.web.words import Words
from indicated.workflow.review.corrections import fact_key
from indicated.workflow.review.values import Add, Attest, Claim, Correction, Retract

_MOST = 32
_WHY = "what-if"
_POLICY = (Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET)
_FINDING = (Finding.NOT_SUPPORTED, Finding.UNDETERMINED, Finding.SUPPORTED_IF, Finding.SUPPORTED)


class Switch(Struct, frozen=True):
    """`kind`: `better` and `worse` suppose facts that lead there, `without` takes one of the record away."""

    number: int
    kind: str
    words: str
    corrections: tuple[Correction, ...]


def switches_of(d: Determination, knowledge: Knowledge, t: Words) -> tuple[Switch, ...]:
    """The switches of a determination: what would carry the request further first."""
    labels = Labels(t.book, knowledge.vocabulary, {})
    found: dict[str, tuple[str, tuple[Correction, ...]]] = {}
    for flip in sorted(d.flips, key=lambda one: not _is_better(one, d)):
        for change in flip.changes:
            gone = (Retract(fact_key(one), _WHY) for one in change.replaces if one in d.case.facts)
            kind = "better" if _is_better(flip, d) else "worse"
            found.setdefault(labels.change(change), (kind, (*gone, *_supposed(change.facts))))
    for one in d.rests_on:
        if one.fact in d.case.facts:
            found.setdefault(
                t("switch.no", what=labels.fact(one.fact)), ("without", (Retract(fact_key(one.fact), _WHY),))
            )
    told = enumerate((words, kind, corrections) for words, (kind, corrections) in found.items())
    return tuple(Switch(number, kind, words, corrections) for number, (words, kind, corrections) in told)[:_MOST]


def _is_better(flip: Flip, d: Determination) -> bool:
    """Whether what a flip leads to carries the request further than today's outcome."""
    if flip.target is FlipTarget.POLICY:
        return _POLICY.index(Verdict(flip.to)) > _POLICY.index(d.policy_verdict or Verdict.UNKNOWN)
    return _FINDING.index(Finding(flip.to)) > _FINDING.index(d.finding)


def _supposed(facts: tuple[Fact, ...]) -> Iterator[Correction]:
    for fact in facts:
        if fact.concept.startswith(ATTESTED):
            yield Attest(fact.concept.removeprefix(ATTESTED), fact.present, _WHY)
        else:
            yield Add(claim_of(fact), _WHY)


def claim_of(fact: Fact) -> Claim:
    """A fact as a person would claim it."""
    therapy = fact.therapy
    return Claim(
        concept=fact.concept,
        present=fact.present,
        value=_amount(fact.value),
        result=fact.result or "",
        course=fact.course or "",
        stage=therapy.stage if therapy is not None else "",
        outcome=therapy.outcome if therapy is not None else "",
        tolerance=therapy.tolerance if therapy is not None else "",
        duration=_amount(therapy.duration) if therapy is not None else "",
        on=fact.on,
    )


def _amount(value: Quantity | None) -> str:
    return value.text() if value is not None else ""
