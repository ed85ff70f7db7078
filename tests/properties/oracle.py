"""What a rule means, told another way: in worlds where everything is known and every answer is yes or no.

A `World` says of each concept whether it is true of the patient, what each laboratory value is and how each drug did.
A record reveals part of one world. What the record settles is what is so in every world that it fits; nothing here
knows of three verdicts, traces or gaps. Written for the tests and slow on purpose; it shares no code with the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from indicated.model.fact import Result
from indicated.model.rule import Age, All, Any, AtLeast, Has, Lacks, Measured, NoneOf, ResultIs, Rule, Tried

# A narrower concept is true only where the broader one is.
BROADER = {"dx.jdm": "dx.dm", "finding.proximal_weakness": "finding.weakness", "ab.jo1": "ab.myositis"}
CONCEPTS = ("dx.dm", "dx.jdm", "finding.weakness", "finding.proximal_weakness", "finding.rash", "ab.myositis", "ab.jo1")
VALUES = {
    "lab.igg": (Decimal(300), Decimal(350), Decimal(400), Decimal(900)),
    "demo.age": (Decimal(5), Decimal(10), Decimal(18), Decimal(40)),
}
# Two drugs of the class have no name: a vocabulary never has them all.
DRUGS = ("drug.methotrexate", "drug.azathioprine", "unnamed", "unnamed too")
DRUG_CLASS = "class.suppressant"
FATES = ("never", "failed", "effective")


class World(NamedTuple):
    """One way that everything about a patient may be."""

    true: frozenset[str]
    values: tuple[tuple[str, Decimal], ...]
    drugs: tuple[tuple[str, str], ...]


def worlds(concepts: frozenset[str]) -> Iterator[World]:
    """Every world in which the given concepts matter; the others are left false, lowest and never."""
    wide = concepts | {BROADER[concept] for concept in concepts if concept in BROADER}
    flags = [concept for concept in CONCEPTS if concept in wide]
    values = [
        [(name, value) for value in choices] if name in wide else [(name, choices[0])]
        for name, choices in VALUES.items()
    ]
    drugs_matter = not wide.isdisjoint((*DRUGS, DRUG_CLASS))
    fates = [[(drug, fate) for fate in (FATES if drugs_matter else FATES[:1])] for drug in DRUGS]
    for bits in product((False, True), repeat=len(flags)):
        true = frozenset(concept for concept, bit in zip(flags, bits, strict=True) if bit)
        if any(narrow in true and broad not in true for narrow, broad in BROADER.items()):
            continue
        for value in product(*values):
            for drug in product(*fates):
                yield World(true, value, drug)


def holds(rule: Rule, world: World) -> bool:  # noqa: C901  (a case for each kind of rule)
    """Whether a rule is so in a world. Two values, no third."""
    match rule:
        case All(parts=parts):
            return all(holds(part, world) for part in parts)
        case Any(parts=parts):
            return any(holds(part, world) for part in parts)
        case NoneOf(parts=parts):
            return not any(holds(part, world) for part in parts)
        case AtLeast(n=n, of=parts):
            return sum(holds(part, world) for part in parts) >= n
        case Has(concept=concept):
            return concept in world.true
        case Lacks(concept=concept):
            return concept not in world.true
        case ResultIs(concept=concept, is_=(result,)):
            return (concept in world.true) == (result is Result.POSITIVE)
        case Measured(concept=concept, is_=limit):
            return _compare(dict(world.values)[concept], limit.sign, limit.value.exact)
        case Age(is_=limit):
            return _compare(dict(world.values)["demo.age"], limit.sign, limit.value.exact)
        case Tried(concept=concept, outcomes=("failed",), count=count):
            among = DRUGS if concept == DRUG_CLASS else (concept,)
            return sum(dict(world.drugs)[drug] == "failed" for drug in among) >= count
    raise AssertionError(rule)


def _compare(value: Decimal, sign: str, limit: Decimal | None) -> bool:
    assert limit is not None
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
    }[sign]


class Revealed(NamedTuple):
    """What a record tells of a world: some concepts either way, some values, some drugs."""

    flags: tuple[tuple[str, bool], ...]
    values: tuple[tuple[str, Decimal], ...]
    drugs: tuple[tuple[str, str], ...]

    def fits(self, world: World) -> bool:
        """Whether the world is one of those that the record leaves open."""
        values, drugs = dict(world.values), dict(world.drugs)
        return (
            all((concept in world.true) is said for concept, said in self.flags)
            and all(values[name] == value for name, value in self.values)
            and all(
                all(fate == "never" for fate in drugs.values()) if drug == DRUG_CLASS else drugs[drug] == fate
                for drug, fate in self.drugs
            )
        )


def settled(rule: Rule, revealed: Revealed, concepts: frozenset[str]) -> str:
    """`met` where the rule is so in every world that the record fits, `not_met` where in none, else `unknown`."""
    answers = {holds(rule, world) for world in worlds(concepts) if revealed.fits(world)}
    assert answers, "the record fits no world"
    if len(answers) == 2:
        return "unknown"
    return "met" if answers.pop() else "not_met"
