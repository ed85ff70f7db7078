"""The limits of criteria and the cases beside them: which limit has no golden case under, at and over it, and the cases
that can be made for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from indicated.content.cases import Expected, GivenFact, GoldenCase, case_of
from indicated.content.documents import Document, documents
from indicated.content.golden import differences
from indicated.content.load import Loaded
from indicated.content.plans import Path, Plan, counting, groups_of, isolating, leaves_of, settled
from indicated.content.problem import Problem
from indicated.content.supposed import At, Supposer, step_of
from indicated.engine.determine import determine
from indicated.engine.facts import AGE, WEIGHT
from indicated.model.concept import Vocabulary
from indicated.model.knowledge import Knowledge
from indicated.model.quantity import Comparison, Quantity, Units
from indicated.model.rule import Age, All, AtLeast, Measured, Ref, RequestIs, Rule, Tried, Weight
from indicated.model.standard import Criterion
from indicated.model.verdict import Verdict

MADE = ".boundaries.cases.yaml"
MADE_FOR_A_POLICY = "boundaries.yaml"
_TRIES = 64
_SIDES = ("under", "at", "over")
_AMOUNTS = ("per_course", "interval", "courses", "duration")


class Limit(Struct, frozen=True):
    """One limit of a criterion: the leaf it stands in, what it limits, and the amount at its edge."""

    path: Path
    about: str
    comparison: Comparison

    @property
    def edge(self) -> Quantity:
        """The amount at which the verdict turns."""
        return self.comparison.value

    def beside(self) -> Iterator[tuple[str, Quantity]]:
        """One step under the edge, the edge, and one step over it."""
        edge = self.edge.low or Decimal(0)
        step = step_of(edge)
        for side, number in zip(_SIDES, (edge - step, edge, edge + step), strict=True):
            if number >= 0:
                yield side, Quantity(number, number, self.edge.unit)


def limits_of(rule: Rule, *, through_refs: bool = False) -> Iterator[Limit]:
    """The limits of a rule itself; those behind a `ref` belong to the criterion it names, unless asked for."""
    behind = [path for path, group in groups_of(rule) if isinstance(group, Ref) and not through_refs]
    for path, leaf in leaves_of(rule):
        if any(path[: len(one)] == one for one in behind):
            continue
        match leaf:
            case Measured(concept=concept, is_=comparison):
                yield Limit(path, concept, comparison)
            case Age(is_=comparison):
                yield Limit(path, AGE, comparison)
            case Weight(is_=comparison):
                yield Limit(path, WEIGHT, comparison)
            case Tried(concept=concept, for_at_least=Quantity() as least):
                yield Limit(path, f"tried.{concept}", Comparison(">=", replace(least, high=least.low)))
            case RequestIs():
                for name in _AMOUNTS:
                    if (comparison := getattr(leaf, name)) is not None:
                        yield Limit(path, f"request.{name}", comparison)
            case _:
                pass


def unbounded(loaded: Loaded, listed: Iterable[Document], knowledge: Knowledge) -> Iterator[Problem]:
    """Every limit of a criterion of these documents that golden cases do not hold from under, at and over."""
    by_file: dict[str, list[GoldenCase]] = {}
    for case in loaded.all(GoldenCase):
        by_file.setdefault(loaded.place(case).file, []).append(case)
    for document in listed:
        cases = [case for file, told in by_file.items() if file.startswith(document.cases) for case in told]
        for criterion, limit, sides in _open_limits(document, cases, knowledge):
            place = loaded.place(document.written(criterion.id))
            found = f"no golden case for criterion {criterion.id} {_sides_of(limit, sides)}"
            fix = "write one, or run 'indicated content check --make-cases'"
            wanted = "a case on each side of it"
            yield place.problem("no-boundary", "", found, wanted, fix, warning=document.draft)


def _open_limits(
    document: Document, cases: list[GoldenCase], knowledge: Knowledge
) -> Iterator[tuple[Criterion, Limit, list[str]]]:
    for criterion in document.criteria:
        for limit in dict.fromkeys(limits_of(criterion.rule)):
            sides = {side for case in cases for side in _sides(case, limit, knowledge.vocabulary, knowledge.unit_table)}
            wanted = [side for side, _ in limit.beside()]
            open_ = [side for side in wanted if side not in sides]
            if open_:
                yield criterion, limit, open_


def _sides_of(limit: Limit, sides: list[str]) -> str:
    return f"{' or '.join(sides)} {limit.edge.text()} of {limit.about}"


def _sides(case: GoldenCase, limit: Limit, vocabulary: Vocabulary, units: Units) -> Iterator[str]:
    """On which sides of the limit a case tells a value."""
    for amount in _amounts(case, limit.about, vocabulary):
        value = units.convert(amount, limit.edge.unit)
        if value is not None and value.exact is not None and limit.edge.low is not None:
            yield _SIDES[(value.exact > limit.edge.low) - (value.exact < limit.edge.low) + 1]


def _amounts(case: GoldenCase, about: str, vocabulary: Vocabulary) -> Iterator[Quantity]:
    if about.startswith("request."):
        regimen = case.request.regimen if case.request is not None else None
        name = about.removeprefix("request.")
        amount = None if regimen is None else regimen.course_total() if name == "per_course" else getattr(regimen, name)
        yield from () if amount is None else (amount,)
        return
    tried = about.startswith("tried.")
    concept = about.removeprefix("tried.")
    for fact in case.facts:
        if fact.concept in vocabulary and vocabulary.is_a(fact.concept, concept):
            amount = (fact.tried.duration if fact.tried is not None else None) if tried else fact.value
            yield from () if amount is None else (amount,)


def made(loaded: Loaded, knowledge: Knowledge, on: date) -> Iterator[tuple[str, tuple[GoldenCase, ...], list[str]]]:
    """For each document with limits that no case written by hand holds: the file of made cases, the cases, and the
    limits for which none could be made, which a person has to write.
    """
    supposer = Supposer(knowledge.vocabulary, knowledge.unit_table, on)
    for document in documents(loaded, knowledge):
        file = (
            document.cases.removesuffix(".") + MADE if document.policy is None else document.cases + MADE_FOR_A_POLICY
        )
        by_hand = [
            case
            for case in loaded.all(GoldenCase)
            if (where := loaded.place(case).file).startswith(document.cases) and where != file
        ]
        maker = _Maker(document, supposer, knowledge, on)
        cases, unmade = maker.cases(_open_limits(document, by_hand, knowledge))
        if cases or unmade:
            yield file, cases, unmade


class _Maker:
    """Makes the cases of one document, each checked once: its leaves planned here, its verdict asked of the engine."""

    def __init__(self, document: Document, supposer: Supposer, knowledge: Knowledge, on: date) -> None:
        self.document, self.supposer, self.knowledge, self.on = document, supposer, knowledge, on

    def cases(self, open_: Iterable[tuple[Criterion, Limit, list[str]]]) -> tuple[tuple[GoldenCase, ...], list[str]]:
        """The cases, and in words the limits that none could be made for."""
        found: dict[str, GoldenCase] = {}
        unmade: list[str] = []
        for criterion, limit, _ in open_:
            for side, value in limit.beside():
                case = self._beside(criterion, limit, side, value)
                if case is None:
                    unmade.append(f"{self.document.id}, {criterion.id}: {limit.about} {side} {limit.edge.text()}")
                else:
                    found.setdefault(case.case, case)
        for criterion in self.document.criteria:
            for path, group in groups_of(criterion.rule):
                if isinstance(group, AtLeast):
                    found |= {case.case: case for case in self._counts(criterion, path, group)}
        return tuple(found.values()), unmade

    def _beside(self, criterion: Criterion, limit: Limit, side: str, value: Quantity) -> GoldenCase | None:
        name = f"{criterion.id}, {_spoken(limit.about)} {value.text()}"
        says = f"Made for the limit {_comparison(limit)}: {_spoken(limit.about)} {side} it."
        whole = self._whole(criterion)
        # Every other limit on the same thing turns with the value too, here and in what brings the document into play.
        same = [one for one in limits_of(whole, through_refs=True) if one.about == limit.about]
        turns = {one.path: self._turn(one, value) for one in same}
        plans = [{**plan, **turns} for plan in islice(isolating(whole, (1, *limit.path)), _TRIES)]
        return self._first(criterion, plans, {((1, *limit.path), limit.about): value}, name, says)

    def _turn(self, limit: Limit, value: Quantity) -> Verdict:
        found = self.knowledge.unit_table.convert(value, limit.edge.unit)
        return Verdict.UNKNOWN if found is None else limit.comparison.judge(found)

    def _counts(self, criterion: Criterion, path: Path, group: AtLeast) -> Iterator[GoldenCase]:
        for number in (group.n, group.n - 1):
            name = f"{criterion.id}, {number} of {len(group.of)}"
            says = f"Made for the count of at least {group.n}: {number} of {len(group.of)} hold."
            plans = [
                {**outside, **inside}
                for outside in islice(isolating(self._whole(criterion), (1, *path)), 4)
                for inside in islice(counting(group, number, (1, *path)), _TRIES // 4)
            ]
            case = self._first(criterion, plans, {}, name, says)
            if case is not None:
                yield case

    def _whole(self, criterion: Criterion) -> Rule:
        """What brings the document into play, and the criterion."""
        return All((self.document.reached_by, criterion.rule))

    def _first(self, criterion: Criterion, plans: list[Plan], at: At, name: str, says: str) -> GoldenCase | None:
        """The first plan for which a record can be made, and of which the engine says what the plan says."""
        for request in self.document.requests(criterion):
            for plan in plans:
                supposed = self.supposer.case(self._whole(criterion), plan, request, at)
                if supposed is None:
                    continue
                expect = self._expected(criterion, plan)
                case = GoldenCase(
                    name, says, self.on, expect, request=supposed.request, facts=_in_order(supposed.facts)
                )
                if not any(self._differences(case)):
                    return case
        return None

    def _expected(self, criterion: Criterion, plan: Plan) -> Expected:
        """What the plan makes of the criterion; where it leaves the standard out of play, that."""
        parts = [{path[1:]: verdict for path, verdict in plan.items() if path[0] == place} for place in (0, 1)]
        if settled(self.document.reached_by, parts[0]) is not Verdict.MET:
            return Expected(not_reached=(self.document.id,))
        owner = self.document.id if self.document.policy is None else "policy"
        return Expected(verdicts={f"{owner}#{criterion.id}": settled(criterion.rule, parts[1])})

    def _differences(self, case: GoldenCase) -> Iterator[tuple[str, str, str]]:
        told = case_of(case, "made", self.knowledge.vocabulary)
        answer = determine(told, self.knowledge, self.on, self.document.policy, explore=False)
        return differences(case.expect, answer)


def _in_order(facts: tuple[GivenFact, ...]) -> tuple[GivenFact, ...]:
    return tuple(sorted(facts, key=lambda fact: (fact.concept, str(fact.value), str(fact.on))))


def _spoken(about: str) -> str:
    return about.split(".", 1)[-1].replace("_", " ")


def _comparison(limit: Limit) -> str:
    return f"{limit.comparison.sign} {limit.edge.text()}"
