"""Which file holds what, by its path: written here and nowhere else."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from fnmatch import fnmatchcase

import msgspec
from msgspec import Struct

from indicated.content.cases import GoldenCase
from indicated.content.convert import optional
from indicated.model.concept import Concept
from indicated.model.evidence import Evidence, GroupRule
from indicated.model.formula import WeightFormula
from indicated.model.law import Law
from indicated.model.lexicon import Lexicon
from indicated.model.lexicon_cues import CueRule
from indicated.model.lexicon_denial import DenialWords
from indicated.model.lexicon_therapy import RegimenLexicon, RequestLexicon, TherapyLexicon
from indicated.model.policy import Policy
from indicated.model.policy_words import PolicyWords
from indicated.model.product import Product
from indicated.model.quantity import Unit
from indicated.model.question import QuestionWords
from indicated.model.score import Calculator
from indicated.model.standard import Standard
from indicated.model.statement import Phrase, Translation


class Shape(Struct, frozen=True):
    """What the files of a pattern hold: one `kind`, or a list of them (`many`); Markdown has it as front matter.

    `field` is the field of the lexicon that the values belong to, for the files that reading works with.
    """

    pattern: str
    kind: typing.Any
    many: bool = False
    field: str = ""


class Site(Struct, frozen=True):
    """Whose folder it is, as readers of an answer are told."""

    name: str


SITE = "site.yaml"
"""The file that makes a folder a site's own: what stands in it is laid over the built-in content."""
_ELSEWHERE = ("release", "concepts", "units", "cues", "regimen", "therapy", "request", "stored_codes")
"""Fields of the lexicon that come from other content, or from any file of `reading/` that is no other field's."""


def _lexicon_shapes() -> Iterator[Shape]:
    """Files (`cues.yaml`, `cues-labs.yaml`) for each field of the lexicon that no other content gives."""
    for field in msgspec.structs.fields(Lexicon):
        if field.name not in _ELSEWHERE:
            kind = optional(field.type)
            many = typing.get_origin(kind) is tuple
            item = typing.get_args(kind)[0] if many else kind
            yield Shape(f"reading/{field.name}.yaml", item, many, field.name)
            if many:
                yield Shape(f"reading/{field.name}-*.yaml", item, many, field.name)


WORDS: dict[str, type[Struct]] = {
    "policy": PolicyWords,
    "regimen": RegimenLexicon,
    "therapy": TherapyLexicon,
    "request": RequestLexicon,
    "denial": DenialWords,
    "questions": QuestionWords,
}
"""The files of `reading/` that hold one value each, by name."""

SHAPES: tuple[Shape, ...] = (
    Shape("units.yaml", Unit, many=True),
    Shape("site.yaml", Site),
    Shape("concepts/*.yaml", Concept, many=True),
    Shape("scores/*.yaml", Calculator),
    Shape("formulas/*.yaml", WeightFormula),
    Shape("groups.yaml", GroupRule, many=True),
    Shape("products/*.yaml", Product),
    Shape("standards/*/*.cases.yaml", GoldenCase, many=True),
    Shape("standards/*/*.yaml", Standard),
    Shape("policies/*/*/policy.yaml", Policy),
    Shape("policies/*/*/cases/*.yaml", GoldenCase, many=True),
    Shape("evidence/*.md", Evidence),
    Shape("law/*.yaml", Law),
    Shape("phrases/*.yaml", Phrase, many=True),
    Shape("phrases/es/*.yaml", Translation, many=True),
    *(Shape(f"reading/{name}.yaml", kind) for name, kind in WORDS.items()),
    *_lexicon_shapes(),
    Shape("reading/*.yaml", CueRule, many=True, field="cues"),
)
NOT_CONTENT = ("schema/*", "README.md", "*/README.md")


def shape_of(path: str) -> Shape | None:
    """What a file holds by its path; None for a file that has no place in content."""
    depth = path.count("/")
    return next((one for one in SHAPES if fnmatchcase(path, one.pattern) and one.pattern.count("/") == depth), None)
