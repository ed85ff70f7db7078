"""Rules in full words, for people who proofread them: every limit, window, count and choice that decides."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.words import Words
from indicated.model.quantity import Quantity
from indicated.model.rule import (
    All,
    Any,
    AtLeast,
    Has,
    Judged,
    Lacks,
    Measured,
    NoneOf,
    Ref,
    RequestIs,
    ResultIs,
    Rule,
    Tried,
)
from indicated.model.standard import Dosing
from indicated.model.verdict import Verdict
from indicated.release import Release

Lines = Iterator[tuple[int, str]]
_SILENT = {Verdict.MET: "silence counts as met", Verdict.NOT_MET: "silence counts as not met"}


class RuleWords:
    """The words of one release for its rules."""

    def __init__(self, release: Release) -> None:
        knowledge = release.knowledge
        scores = {calculator.id: calculator.label for calculator in knowledge.calculators}
        self._words = Words(Phrasebook(release.phrases), knowledge.vocabulary, scores)

    def label(self, concept: str) -> str:
        """What the vocabulary calls it."""
        return self._words.label(concept)

    def labels(self, concepts: tuple[str, ...]) -> str:
        """Several, with commas."""
        return ", ".join(map(self.label, concepts))

    def quantity(self, value: Quantity) -> str:
        """An amount with its unit in words."""
        return self._words.quantity(value)

    def tree(self, rule: Rule, level: int = 0) -> Lines:
        """The rule as a nested list: a group's word, then its parts below it."""
        heads = {All: "all of", Any: "any of", NoneOf: "none of"}
        match rule:
            case All(parts=(one,)) | Any(parts=(one,)):
                yield from self.tree(one, level)
            case All() | Any() | NoneOf() | AtLeast():
                head = f"at least {rule.n} of" if isinstance(rule, AtLeast) else heads[type(rule)]
                yield level, f"{head} these {len(rule.parts)}:"
                for part in rule.parts:
                    yield from self.tree(part, level + 1)
            case Ref(criterion=criterion):
                yield level, f"criterion {criterion}"
            case _:
                yield level, self.leaf(rule)

    def line(self, rule: Rule) -> str:
        """The rule in one line, with brackets where it nests."""
        heads = {All: "all of", Any: "any of", NoneOf: "none of"}
        match rule:
            case All(parts=(one,)) | Any(parts=(one,)):
                return self.line(one)
            case All() | Any() | NoneOf() | AtLeast():
                head = f"at least {rule.n} of" if isinstance(rule, AtLeast) else heads[type(rule)]
                return f"{head} ({'; '.join(self.line(part) for part in rule.parts)})"
            case Ref(criterion=criterion):
                return f"criterion {criterion}"
            case _:
                return self.leaf(rule)

    def leaf(self, rule: Rule) -> str:
        """One question to the record, with everything that limits it."""
        more = [one for one in (*self._limits(rule), _SILENT.get(getattr(rule, "when_silent", Verdict.UNKNOWN))) if one]
        said = f"a person says: {rule.question}" if isinstance(rule, Judged) else self._words.rule(rule)
        return f"{said} ({'; '.join(more)})" if more else said

    def _limits(self, rule: Rule) -> Iterator[str]:
        if isinstance(rule, Has | Lacks) and rule.now:
            yield "at present"
        if isinstance(rule, Measured) and rule.times > 1:
            yield f"{rule.times} times"
        if isinstance(rule, Measured) and rule.apart is not None:
            yield f"{self.quantity(rule.apart)} apart"
        if isinstance(rule, Tried) and rule.count > 1:
            yield f"{rule.count} different ones"
        if isinstance(rule, Tried) and rule.for_at_least is not None:
            yield f"for at least {self.quantity(rule.for_at_least)}"
        if isinstance(rule, Measured | ResultIs | Tried) and rule.within is not None:
            yield f"within {self.quantity(rule.within)}"
        if isinstance(rule, RequestIs) and rule.prescribers:
            yield f"prescriber: {' or '.join(rule.prescribers)}"

    def dosing(self, dosing: Dosing) -> str:
        """A regimen range: label, amounts, route, and to whom it is limited."""
        parts = [dosing.label]
        for name in ("per_course", "days", "interval", "courses"):
            amount: Quantity | None = getattr(dosing, name)
            if amount is not None:
                parts.append(f"{name.replace('_', ' ')} {self.quantity(amount)}")
        parts += [dosing.route] if dosing.route else []
        parts += [f"{dosing.phase.value} requests only"] if dosing.phase is not None else []
        parts += ["on the label"] if dosing.labelled else []
        parts += [f"when {self.line(dosing.when)}"] if dosing.when is not None else []
        return "; ".join(parts)


def said(value: object, words: RuleWords) -> str:
    """Any value of content in one line: rules and amounts in words, structs by their parts."""
    match value:
        case None:
            return "nothing"
        case str():
            return value
        case Dosing():
            return words.dosing(value)
        case Quantity():
            return words.quantity(value)
        case tuple():
            return "; ".join(said(one, words) for one in value) or "nothing"
        case Struct() if value.__struct_config__.tag:
            return words.line(value)  # type: ignore[arg-type]
        case Struct():
            fields = ((name, getattr(value, name)) for name in value.__struct_fields__)
            return "; ".join(
                f"{name.rstrip('_')}: {said(one, words)}" for name, one in fields if one not in (None, "", ())
            )
        case _:
            return str(value)
