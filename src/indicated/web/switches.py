"""What-if switches: every single fact that the flips of a determination suppose, and the facts it rests on alone.

A switch is a correction that is never kept. Its number is its place in this list, which is the same for the same case.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from indicated.engine.leaves import ATTESTED
from indicated.explain.words import Words as Labels
from indicated.model.determination import Determination
from indicated.model.fact import Fact
from indicated.model.knowledge import Knowledge
from indicated.model.quantity import Quantity
from indicated.web.words import Words
from indicated.workflow.review.corrections import fact_key
from indicated.workflow.review.values import Add, Attest, Claim, Correction, Retract

_MOST = 24
_WHY = "what-if"


class Switch(Struct, frozen=True):
    """`without`: it takes a fact of the record away; else it adds some."""

    words: str
    corrections: tuple[Correction, ...]
    without: bool = False


def switches_of(d: Determination, knowledge: Knowledge, t: Words) -> tuple[Switch, ...]:
    """The switches of a determination, those of the shortest flips first."""
    labels = Labels(t.book, knowledge.vocabulary, {})
    found: dict[str, Switch] = {}
    for flip in d.flips:
        for change in flip.changes:
            words = labels.change(change)
            gone = (Retract(fact_key(one), _WHY) for one in change.replaces if one in d.case.facts)
            found.setdefault(words, Switch(words, (*gone, *_supposed(change.facts))))
    taken = {fact_key(one.fact): one for one in d.rests_on if one.fact in d.case.facts}
    away = (
        Switch(t("switch.without", what=labels.fact(one.fact)), (Retract(key, _WHY),), without=True)
        for key, one in taken.items()
    )
    return (*tuple(found.values())[:_MOST], *away)


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
