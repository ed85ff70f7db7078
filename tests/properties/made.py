"""Requests that nobody wrote: a standard of the content, its own concepts told this way or that, a dose, a weight."""

from __future__ import annotations

import random
from collections.abc import Iterator

from indicated.explain.grounds import asked_in
from indicated.model.concept import Kind
from indicated.model.knowledge import Knowledge
from indicated.model.standard import Standard

_DRUG = ("{} failed.", "Treated with {}.", "Currently on {}.", "{} caused an allergic reaction.", "Never had {}.")
_TEST = ("{} positive.", "{} negative.", "{} normal.", "{} elevated.", "{} 250.", "{} not documented.")
_FINDING = ("{}.", "No {}.", "Possible {}.", "History of {}.", "Mother has {}.", "{} was ruled out.")
_COURSE = ("", "Improved on it.", "Worse on treatment.", "Relapse off treatment.", "Stable on treatment.")


def request(seed: int, knowledge: Knowledge) -> str:
    """The text of one request; the same for the same seed."""
    chance = random.Random(seed)
    standard = chance.choice(knowledge.standards)
    told = [one for one in _told(standard, knowledge, chance) if one]
    chance.shuffle(told)
    dose = chance.choice(("0.4 g/kg every 4 weeks", "2 g/kg over 2 days", "70 g monthly", "40 mg", "1 g/kg once", ""))
    condition = knowledge.vocabulary.concepts[chance.choice(standard.conditions)].label
    return f"Request: IVIG {dose} for {condition}. {' '.join(told)}"


def _told(standard: Standard, knowledge: Knowledge, chance: random.Random) -> Iterator[str]:
    yield chance.choice((f"Weight {chance.randint(3, 120)} kg.", ""))
    yield chance.choice((f"A {chance.randint(1, 90)}-year-old.", f"Aged {chance.randint(1, 20)} months.", ""))
    yield chance.choice(_COURSE)
    asked = dict.fromkeys(one for criterion in standard.criteria for one in asked_in(criterion.rule, {}))
    for key in list(asked)[:14]:
        concept = knowledge.vocabulary.concepts.get(key)
        if concept is not None and chance.random() < 0.6:
            ways = _DRUG if concept.kind in (Kind.DRUG, Kind.DRUG_CLASS) else _TEST if _measured(key) else _FINDING
            yield chance.choice(ways).format(concept.label)


def _measured(key: str) -> bool:
    return key.partition(".")[0] in ("lab", "ab")
