"""A rule as a form: pickers for the common questions to a record, a text for every other rule."""

from __future__ import annotations

from msgspec import Struct

from indicated.content import yaml_text
from indicated.content.dump import comparison_text, quantity_text
from indicated.model.fact import Outcome, Result, Tolerance
from indicated.model.quantity import Quantity
from indicated.model.rule import Age, Codes, Has, Judged, Lacks, Measured, ResultIs, Rule, Tried, Weight
from indicated.model.verdict import Verdict
from indicated.web.concepts import concept_named
from indicated.workflow.assess import current
from indicated.workflow.drafts.edit import rule_text

KINDS = ("has", "lacks", "tried", "measured", "result", "age", "weight", "codes", "judged", "other")
OUTCOMES = (
    Outcome.FAILED, Outcome.PARTIAL, Outcome.WORSENED, Outcome.EFFECTIVE,
    Tolerance.INTOLERANT, Tolerance.ALLERGIC, Tolerance.CONTRAINDICATED,
)  # fmt: skip
RESULTS = tuple(Result)


class Typed(Struct, frozen=True):
    """What stands in the form. `limit` is a sign, a value and a unit; periods are a value and a unit."""

    kind: str = "has"
    concept: str = ""
    limit: str = ""
    within: str = ""
    longest: str = ""
    outcomes: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    codes: str = ""
    question: str = ""
    other: str = ""


def typed_of(rule: Rule) -> Typed:
    """The form of a rule; as text where a picker would lose something of it."""
    known = current().knowledge.vocabulary
    made = _picked(rule)
    if made is None:
        return Typed("other", other=rule_text(rule))
    return made if made.concept not in known.concepts else _labelled(made, known.label(made.concept))


def _picked(rule: Rule) -> Typed | None:
    if getattr(rule, "when_silent", Verdict.UNKNOWN) is not Verdict.UNKNOWN:
        return None
    match rule:
        case Has(concept=concept, now=False):
            return Typed("has", concept)
        case Lacks(concept=concept, now=False):
            return Typed("lacks", concept)
        case Tried(concept=concept, count=1):
            outcomes, lasted = tuple(map(str, rule.outcomes)), _told(rule.for_at_least)
            return Typed("tried", concept, outcomes=outcomes, longest=lasted, within=_told(rule.within))
        case Measured(concept=concept, times=1, apart=None):
            return Typed("measured", concept, limit=comparison_text(rule.is_), within=_told(rule.within))
        case ResultIs(concept=concept):
            return Typed("result", concept, results=tuple(map(str, rule.is_)), within=_told(rule.within))
        case Age() | Weight():
            return Typed("age" if isinstance(rule, Age) else "weight", limit=comparison_text(rule.is_))
        case Codes():
            return Typed("codes", codes=", ".join(rule.any_of))
        case Judged():
            return Typed("judged", question=rule.question)
        case _:
            return None


def yaml_of(typed: Typed) -> str:
    """The rule that the form says, as YAML. Incomplete where a concept is none of the vocabulary."""
    if typed.kind == "other":
        return typed.other
    named = _concept(typed.concept) if typed.kind in KINDS[:5] else ""
    told: dict[str, object] = {
        "has": named,
        "lacks": named,
        "tried": _kept(
            concept=named, outcomes=[*typed.outcomes], for_at_least=typed.longest.strip(), within=typed.within.strip()
        ),
        "measured": _kept(concept=named, **{"is": typed.limit.strip()}, within=typed.within.strip()),
        "result": _kept(concept=named, **{"is": [*typed.results]}, within=typed.within.strip()),
        "age": typed.limit.strip(),
        "weight": typed.limit.strip(),
        "codes": [one.strip() for one in typed.codes.replace("\n", ",").split(",") if one.strip()],
        "judged": typed.question.strip(),
    }
    return yaml_text.text({typed.kind: told[typed.kind]})


def _concept(typed: str) -> str:
    return concept_named(typed, current().knowledge)


def _kept(**keys: object) -> dict[str, object]:
    return {name: value for name, value in keys.items() if value}


def _told(amount: Quantity | None) -> str:
    return quantity_text(amount) if amount is not None else ""


def _labelled(made: Typed, label: str) -> Typed:
    from msgspec.structs import replace

    return replace(made, concept=label)
