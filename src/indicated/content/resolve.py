"""Names that must lead somewhere (concepts, evidence, criteria, calculators, standards, units), and ids given twice."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from indicated.content.cases import Expected, GivenFact, GivenRequest, GoldenCase
from indicated.content.convert import written
from indicated.content.criteria import criteria_problems
from indicated.content.load import BUILT_IN, Loaded
from indicated.content.place import Place
from indicated.content.problem import Problem, did_you_mean, shown
from indicated.content.walk import ByKind, kinds_inside
from indicated.engine.leaves import ATTESTED
from indicated.model import rule as language
from indicated.model.concept import Concept
from indicated.model.evidence import Evidence, GroupRule
from indicated.model.formula import WeightFormula
from indicated.model.knowledge import Knowledge
from indicated.model.law import Law
from indicated.model.lexicon import Demographic, Grade, Link, ResultRule, SectionHeader
from indicated.model.lexicon_composed import Composed
from indicated.model.lexicon_cues import CueRule
from indicated.model.lexicon_measures import Lasting, Share, ShareMeans
from indicated.model.policy import Coverage, Policy
from indicated.model.policy_words import BareValue, Composite, PolicyWords, ToldBy
from indicated.model.product import Caution, LabelledUse, Product, Rate, RateLimit, Site, VaccineWait
from indicated.model.quantity import Unit
from indicated.model.score import Calculator
from indicated.model.standard import (
    Alternative,
    Bearing,
    Criterion,
    Differential,
    Dosing,
    Gauge,
    Note,
    Standard,
    Standing,
)
from indicated.model.statement import Phrase

REFERS: dict[type[Struct], dict[str, str]] = {
    Concept: {
        "broader": "concept",
        "against": "concept",
        "pair": "concept",
        "panel": "concept",
        "unit": "unit",
        "also_in": "unit",
    },
    language.Has: {"concept": "concept"},
    language.Lacks: {"concept": "concept"},
    language.Measured: {"concept": "concept"},
    language.ResultIs: {"concept": "concept"},
    language.Tried: {"concept": "concept"},
    language.Response: {"concept": "concept"},
    language.RequestIs: {"indications": "concept", "products": "concept"},
    language.Score: {"score": "calculator"},
    Standard: {
        "treatment": "concept",
        "conditions": "concept",
        "scores": "calculator",
        "related": "standard",
    },
    Criterion: {"cite": "evidence"},
    Note: {"cite": "evidence"},
    Dosing: {"cite": "evidence"},
    Bearing: {"cite": "evidence"},
    Standing: {"cite": "evidence"},
    Alternative: {"cite": "evidence", "concepts": "concept"},
    Differential: {"cite": "evidence", "standard": "standard"},
    VaccineWait: {"cite": "evidence"},
    Gauge: {"cite": "evidence", "concept": "concept"},
    Product: {
        "cite": "evidence",
        "concept": "concept",
        "treatment": "concept",
        "weekly_factor_in": "concept",
        "reduction": "concept",
    },
    Caution: {"cite": "evidence"},
    LabelledUse: {"cite": "evidence", "conditions": "concept"},
    Rate: {"cite": "evidence", "conditions": "concept"},
    RateLimit: {"cite": "evidence", "conditions": "concept"},
    Site: {"cite": "evidence", "conditions": "concept"},
    Calculator: {"cite": "evidence"},
    WeightFormula: {"cite": "evidence", "base": "concept"},
    Policy: {"treatment": "concept"},
    Coverage: {"conditions": "concept"},
    Evidence: {"superseded_by": "evidence"},
    CueRule: {"alone_of": "concept"},
    Lasting: {"concept": "concept", "of": "concept"},
    Share: {"concept": "concept"},
    ShareMeans: {"means": "concept", "cite": "evidence"},
    Grade: {"concept": "concept"},
    Link: {"study": "concept", "finding": "concept", "gives": "concept"},
    Demographic: {"concept": "concept"},
    Composed: {"gives": "concept"},
    Composite: {"beside": "concept", "means": "concept"},
    ToldBy: {"concept": "concept", "by": "concept"},
    PolicyWords: {"kept_labels": "concept"},
    BareValue: {"concept": "concept", "unit": "unit"},
    GivenFact: {"concept": "concept"},
    GivenRequest: {"treatment": "concept", "product": "concept", "indications": "concept"},
    GoldenCase: {"policy": "policy"},
    Expected: {
        "lead": "standard",
        "scores": "calculator",
        "flips": "concept",
        "weighed": "standard",
        "not_reached": "standard",
    },
}
"""For each type, the fields that name something else, and what they name."""

_IDS: dict[str, tuple[type[Struct], str]] = {
    "concept": (Concept, "id"),
    "unit": (Unit, "code"),
    "evidence": (Evidence, "key"),
    "calculator": (Calculator, "id"),
    "standard": (Standard, "id"),
    "policy": (Policy, "id"),
    "product": (Product, "concept"),
    "phrase": (Phrase, "id"),
    "formula": (WeightFormula, "id"),
    "group": (GroupRule, "group"),
    "law": (Law, "id"),
    "cue": (CueRule, "id"),
    "section": (SectionHeader, "id"),
    "result rule": (ResultRule, "id"),
    "grade": (Grade, "id"),
    "link": (Link, "id"),
    "demographic": (Demographic, "id"),
}
"""What each kind of thing is called by. A policy may come in several versions; everything else once."""


_HOMES = {
    "concept": "a concept of concepts/",
    "unit": "a unit of units.yaml",
    "evidence": "the key of a file in evidence/",
    "calculator": "the id of a file in scores/",
    "standard": "a standard's id (its path below standards/)",
    "policy": "a policy's id",
}


class Names:
    """The ids of everything there is, for checking that a name leads somewhere."""

    def __init__(
        self,
        values: Callable[[type[Struct]], Iterable[Struct]],
        declared: dict[typing.Any, frozenset[str]] | None = None,
    ) -> None:
        self.ids = {
            kind: frozenset(str(getattr(value, field)) for value in values(of)) | (declared or {}).get(of, frozenset())
            for kind, (of, field) in _IDS.items()
        }
        self._values = values

    @cached_property
    def attested(self) -> frozenset[str]:
        """What a golden case calls an answer to a question that some rule puts to a person."""
        asking = [value for kind in (Standard, Policy, Product) for value in self._values(kind)]
        return frozenset(
            f"{ATTESTED}{one.question}" for value in asking for one in kinds_inside(value, language.Judged)
        )

    @classmethod
    def of(cls, knowledge: Knowledge) -> Names:
        """The names of a release."""
        lists = (getattr(knowledge, field) for field in knowledge.__struct_fields__)
        values = [value for items in lists if not isinstance(items, str) for value in items]
        return cls(lambda kind: (value for value in values if isinstance(value, kind)))

    def mended(self, kind: str, name: str) -> str:
        """How to mend a name that leads nowhere."""
        return did_you_mean(name, self.ids[kind]) or f"add the {kind}, or correct the name"


def resolve(loaded: Loaded, values: ByKind) -> Iterator[Problem]:
    """Every name that leads nowhere and every id given twice, in all that was loaded; `values` are all of it."""
    names = Names(loaded.known, declared(loaded))
    yield from _twice(loaded)
    yield from unresolved(values, loaded.places, names)
    yield from _circles(loaded)
    documents: list[Standard | Policy] = [*loaded.all(Standard), *loaded.all(Policy)]
    for document in documents:
        yield from criteria_problems(document, loaded.places)


def unresolved(values: ByKind, places: dict[int, Place], names: Names) -> Iterator[Problem]:
    """The names in these values that lead nowhere."""
    for of, fields in REFERS.items():
        for field, kind in fields.items():
            ids = names.ids[kind]
            for one in values.get(of, ()):
                for position, name in _named(getattr(one, field)):
                    if name not in ids and id(one) in places and name not in _allowed(of, names):
                        yield _unknown(places[id(one)], kind, written(field) + position, name, names)


def _allowed(of: type[Struct], names: Names) -> Iterable[str]:
    """What else a field may name: nobody, or an answer to a question that a person is asked."""
    return ("none",) if of is Expected else names.attested if of is GivenFact else ()


def _unknown(place: Place, kind: str, key: str, name: str, names: Names) -> Problem:
    found, expected = f"the {kind} {shown(name)}", _HOMES[kind]
    return place.problem("unknown-name", key, found, expected, names.mended(kind, name))


def _named(value: object) -> Iterator[tuple[str, str]]:
    """The names in a field, each with its position below the field's key."""
    if isinstance(value, str):
        if value:
            yield "", value
    elif isinstance(value, dict):
        yield from ((f".{name}", str(name)) for name in value)
    elif isinstance(value, Iterable):
        yield from ((f".{number}", str(name)) for number, name in enumerate(value))


def declared(loaded: Loaded) -> dict[typing.Any, frozenset[str]]:
    """Ids of things that have problems, so that a name of one is not a second problem."""
    return {
        of: frozenset(node.text for key, node in loaded.broken.get(of, ()) if key == field)
        for of, field in _IDS.values()
    }


def _circles(loaded: Loaded) -> Iterator[Problem]:
    """Concepts that are broader than themselves."""
    above = {concept.id: concept.broader for concept in loaded.known(Concept)}
    for concept in loaded.all(Concept):
        reached, waiting = set[str](), list(concept.broader)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += above.get(name, ())
        if concept.id in reached:
            found, fix = f"{concept.id} broader than itself", "remove one of the links"
            yield loaded.place(concept).problem("circle", "broader", found, "broader without a circle", fix)


def _twice(loaded: Loaded) -> Iterator[Problem]:
    """Ids given twice. An id of what a site builds on is taken: another version would silently stand beside it."""
    for kind, (of, field) in _IDS.items():
        first = {str(getattr(value, field)): BUILT_IN for value in loaded.given.get(of, ())}
        for value in loaded.all(of):
            name = str(getattr(value, field))
            if isinstance(value, Policy) and name not in first:
                name = f"{name} version {value.version}"
            place = loaded.place(value)
            if name in first:
                before = first[name]
                where = f"the {before.file}" if before is BUILT_IN else f"{before.file}:{before.at(field)[0]}"
                expected, fix = f"each {kind} once (it is already in {where})", "rename or remove one"
                yield place.problem("repeated-id", field, f"{shown(name)} again", expected, fix)
            else:
                first[name] = place
