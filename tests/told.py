"""Facts, requests, rules and criteria told in short texts, and a small vocabulary to tell them in.

The vocabulary is the tests' own, so that nothing here changes when content does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from indicated.content import amounts
from indicated.content.cases import GivenRequest
from indicated.content.convert import BROKEN, Reader
from indicated.content.nodes import read_yaml
from indicated.model.assertion import Assertion, Certainty, Polarity, Time
from indicated.model.case import Case
from indicated.model.concept import Concept, Kind
from indicated.model.fact import Course, Entry, Fact, Outcome, Result, Stage, Therapy, Tolerance
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Coverage, Origin, Policy
from indicated.model.quantity import Quantity, Unit, Units
from indicated.model.regimen import Request
from indicated.model.rule import All, AtLeast, NoneOf, Ref, RequestIs, Rule
from indicated.model.rule import Any as AnyOf
from indicated.model.standard import Care, ContentStatus, Criterion, Line, Need, Stance, Standard, Standing

DAY = date(2026, 3, 1)
TREATMENT = "tx.ivig"
_LATER = date(2027, 1, 1)
_DRUGS = (Kind.DRUG, Kind.DRUG_CLASS)

UNITS = (
    Unit("kg", "mass", "1000"),
    Unit("g", "mass"),
    Unit("mg", "mass", "1/1000"),
    Unit("d", "time"),
    Unit("wk", "time", "7"),
    Unit("mo", "time", "487/16", approximate=True),
    Unit("a", "time", "1461/4", approximate=True),
    Unit("min", "time", "1/1440"),
    Unit("h", "time", "1/24"),
    Unit("mL", "volume"),
    Unit("mL/h", "volume/time"),
    Unit("mg/kg/min", "mass/weight/time"),
    Unit("mL/kg/h", "volume/weight/time"),
    Unit("cm", "length"),
    Unit("[in_i]", "length", "127/50"),
    Unit("g/kg", "mass/weight"),
    Unit("mg/kg", "mass/weight", "1/1000"),
    Unit("mg/dL", "mass/volume", "1/100"),
    Unit("g/L", "mass/volume"),
    Unit("U/L", "activity/volume"),
    Unit("%", "fraction"),
    Unit("1", "number"),
)
UNIT_TABLE = Units(UNITS)


def _concept(concept_id: str, kind: Kind, *broader: str, **more: Any) -> Concept:
    return Concept(
        concept_id, kind, concept_id.partition(".")[2].replace("_", " "), "the tests", broader=broader, **more
    )


CONCEPTS = (
    _concept("demo.age", Kind.DEMOGRAPHIC),
    _concept("demo.weight", Kind.DEMOGRAPHIC),
    _concept("demo.height", Kind.DEMOGRAPHIC),
    _concept("demo.male", Kind.DEMOGRAPHIC),
    _concept("demo.female", Kind.DEMOGRAPHIC),
    _concept("tx.ig", Kind.TREATMENT),
    _concept("tx.ivig", Kind.TREATMENT, "tx.ig"),
    _concept("product.ten", Kind.PRODUCT, "tx.ivig"),
    _concept("product.five", Kind.PRODUCT, "tx.ivig"),
    _concept("product.x", Kind.PRODUCT, "tx.ivig"),
    _concept("dx.myositis", Kind.CONDITION),
    _concept("dx.dm", Kind.CONDITION, "dx.myositis", codes={"icd10cm": ("M33.13",)}),
    _concept("dx.jdm", Kind.CONDITION, "dx.dm", codes={"icd10cm": ("M33.03",)}),
    _concept("dx.arthritis", Kind.CONDITION, codes={"icd10cm": ("M08.3",)}),
    _concept("finding.weakness", Kind.FINDING),
    _concept("finding.proximal_weakness", Kind.FINDING, "finding.weakness"),
    _concept("finding.rash", Kind.FINDING),
    _concept("finding.fever", Kind.FINDING),
    _concept("finding.heart_failure", Kind.FINDING),
    _concept("finding.renal_impairment", Kind.FINDING),
    _concept("path.myositis", Kind.PATHOLOGY),
    _concept("path.granuloma", Kind.PATHOLOGY, against=("path.myositis",)),
    _concept("ab.myositis", Kind.ANTIBODY),
    _concept("ab.jo1", Kind.ANTIBODY, "ab.myositis"),
    _concept("ab.mi2", Kind.ANTIBODY, "ab.myositis"),
    _concept("lab.ck", Kind.LAB, unit="U/L", telling=Quantity(Decimal(30), Decimal(200), "U/L")),
    _concept("lab.ldh", Kind.LAB, unit="U/L", telling=Quantity(None, Decimal(1000), "U/L")),
    _concept("lab.igg", Kind.LAB, unit="mg/dL", telling=Quantity(Decimal(700), Decimal(1600), "mg/dL")),
    _concept("class.suppressant", Kind.DRUG_CLASS),
    _concept("drug.methotrexate", Kind.DRUG, "class.suppressant"),
    _concept("drug.azathioprine", Kind.DRUG, "class.suppressant"),
    _concept("class.steroid", Kind.DRUG_CLASS),
    _concept("drug.prednisone", Kind.DRUG, "class.steroid"),
)
KNOWLEDGE = Knowledge("tests", CONCEPTS, UNITS)
_KINDS = {concept.id: concept.kind for concept in CONCEPTS}
_ASSERTED: dict[str, dict[str, Any]] = {
    **{word.value: {"polarity": word} for word in Polarity},
    **{word.value: {"certainty": word} for word in Certainty},
    **{word.value: {"time": word} for word in Time},
}


def read(text: str, kind: Any) -> Any:
    """A value of the model from YAML, by the reader that content has; every problem fails the test."""
    node, problems = read_yaml(text, "told")
    reader = Reader("told", UNIT_TABLE, {})
    value = BROKEN if node is None else reader.read(node, kind)
    assert value is not BROKEN, [*problems, *reader.problems]
    return value


def rule(text: str) -> Rule:
    """A rule."""
    told: Rule = read(text, Rule)
    return told


def criteria(text: str) -> tuple[Criterion, ...]:
    """A list of criteria, with their references to each other filled in. A paraphrase may be left out."""
    told: tuple[Criterion, ...] = read(_with_paraphrase(text), tuple[Criterion, ...])
    rules = {criterion.id: criterion.rule for criterion in told}
    return tuple(replace(criterion, rule=linked(criterion.rule, rules)) for criterion in told)


def _with_paraphrase(text: str) -> str:
    if "paraphrase:" in text:
        return text
    return "\n".join(
        line.replace("id: ", "paraphrase: said plainly\n  id: ", 1) if line.lstrip("- ").startswith("id: ") else line
        for line in _dedent(text).splitlines()
    )


def linked(told: Rule, rules: dict[str, Rule]) -> Rule:
    """The rule with every `ref` pointing to the rule it names."""
    match told:
        case All(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
            return type(told)(tuple(linked(part, rules) for part in parts))
        case AtLeast(n=n, of=parts):
            return AtLeast(n, tuple(linked(part, rules) for part in parts))
        case Ref(criterion=name):
            return Ref(name, linked(rules[name], rules))
        case _:
            return told


def request(text: str = "") -> Request:
    """A request from YAML; for the tests' treatment unless it says otherwise."""
    given: GivenRequest = read(
        text if "treatment:" in text else f"treatment: {TREATMENT}\n{_dedent(text)}", GivenRequest
    )
    return Request(passages=(), **{field: getattr(given, field) for field in given.__struct_fields__})


def facts(table: str) -> tuple[Fact, ...]:
    """Facts from a table: a heading of column names, then a row for each fact.

    Columns: concept, says (words of the assertion), value, result, course, on, codes; for a drug also stage, outcome,
    tolerance, for, started, ended, count.
    """
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    if not lines:
        return ()
    heads = [head.strip() for head in lines[0].split("|")]
    rows = [dict(zip(heads, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines[1:]]
    return tuple(_fact(row, number) for number, row in enumerate(rows, 1))


def _fact(row: dict[str, str], number: int) -> Fact:
    concept, words = row["concept"], row.get("says", "").replace(",", " ").split()
    axes: dict[str, Any] = {}
    for word in words:
        axes |= _ASSERTED[word]
    return Fact(
        concept,
        (Entry(f"row {number}"),),
        Assertion(**axes),
        value=_amount(row.get("value", "")),
        result=_word(Result, row.get("result", "")),
        course=_word(Course, row.get("course", "")),
        therapy=_therapy(row) if _KINDS.get(concept) in _DRUGS else None,
        codes=tuple(row.get("codes", "").replace(",", " ").split()),
        on=_day(row.get("on", "")),
    )


def _therapy(row: dict[str, str]) -> Therapy:
    return Therapy(
        stage=_word(Stage, row.get("stage", "")) or Stage.PAST,
        outcome=_word(Outcome, row.get("outcome", "")) or Outcome.UNKNOWN,
        tolerance=_word(Tolerance, row.get("tolerance", "")) or Tolerance.UNKNOWN,
        duration=_amount(row.get("for", "")),
        started=_day(row.get("started", "")),
        ended=_day(row.get("ended", "")),
        count=int(row.get("count", "") or 1),
    )


def _amount(text: str) -> Quantity | None:
    return amounts.quantity(text, UNIT_TABLE) if text else None


def _word(kind: Any, text: str) -> Any:
    return kind(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _dedent(text: str) -> str:
    from textwrap import dedent

    return dedent(text).strip("\n")


def case(told: Iterable[Fact] | str = (), asked: Request | str = "") -> Case:
    """A case of facts and a request, each told or given."""
    return Case(
        (),
        facts(told) if isinstance(told, str) else tuple(told),
        request(asked) if isinstance(asked, str) else asked,
    )


def standard(  # noqa: PLR0913
    told: tuple[Criterion, ...] | str,
    *,
    name: str = "the-standard",
    stance: Stance = Stance.FOR,
    reached_by: Rule | None = None,
    exception: Rule | None = None,
    conditions: tuple[str, ...] = (),
    care: Care = Care.GUIDELINE_RECOMMENDED,
    **more: Any,
) -> Standard:
    """A standard of the given criteria that every request reaches unless `reached_by` says when."""
    listed = criteria(told) if isinstance(told, str) else told
    return Standard(
        id=name,
        version="1",
        status=ContentStatus.DRAFT,
        title=name,
        treatment=TREATMENT,
        conditions=conditions,
        reached_by=reached_by or RequestIs(),
        stance=stance,
        standing=Standing(Line.FIRST_LINE, care, labelled=False, says="as the tests say", cite=()),
        criteria=tuple(replace(one, need=one.need or Need.DECIDES) for one in listed),
        evidence=(),
        authors=("the tests",),
        review_due=_LATER,
        exception=exception,
        **more,
    )


def policy(told: str, coverages: str) -> Policy:
    """A policy of the given criteria; coverages are a list whose rules may refer to them."""
    listed = criteria(told)
    rules = {criterion.id: criterion.rule for criterion in listed}
    covers: tuple[Coverage, ...] = read(coverages, tuple[Coverage, ...])
    parts = ("start", "continuation", "limits", "exclusions")
    linked_covers = tuple(
        replace(cover, **{part: linked(getattr(cover, part), rules) for part in parts if getattr(cover, part)})
        for cover in covers
    )
    return Policy(
        "the-policy", "1", ContentStatus.ACTIVE, "A plan", "A policy", TREATMENT, listed, linked_covers, Origin("tests")
    )


def knowing(*standards: Standard, **more: Any) -> Knowledge:
    """The tests' knowledge with standards and other content added."""
    return replace(KNOWLEDGE, standards=tuple(sorted(standards, key=lambda one: one.id)), **more)
