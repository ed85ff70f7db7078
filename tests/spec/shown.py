"""What a chapter may show: a rule and its verdict, a finding, a policy, a decision, a dose, a score, what would change.

`Spec` checks what it is told. The manual is rendered from the same calls.
"""

from __future__ import annotations

from datetime import date
from textwrap import dedent
from typing import Any

from msgspec.structs import replace

from indicated.engine import Facts, determine, evaluate
from indicated.engine.coverage import apply
from indicated.engine.decide import decide
from indicated.engine.dose import check_dose
from indicated.engine.evaluate import deciding, gaps
from indicated.engine.outcome import reach
from indicated.engine.score import calculate
from indicated.model.determination import Change, Determination, Finding, Step
from indicated.model.fact import Fact, Stage
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Policy
from indicated.model.rule import Rule
from indicated.model.score import Calculator
from indicated.model.standard import ContentStatus, Dosing, Stance
from indicated.model.text import Document
from indicated.model.verdict import Gap, Verdict
from tests import told

_DISEASE = "concept | says\ndx.dm | present"


class Spec:
    """Checks each thing shown; see the methods."""

    def __call__(  # noqa: PLR0913
        self, *, rule: str, expect: str, facts: str = "", request: str = "", on: str = "2026-03-01",
        settles: str = "", deciding: str = "", criteria: str = "", score: str = "",
    ) -> None:  # fmt: skip
        """A rule on some facts has the verdict expected; an unknown one names exactly the gaps expected."""
        step = evaluate(_linked(rule, criteria), _facts(facts, request, score), date.fromisoformat(on))
        assert verdict_text(step) == expect
        if settles:
            assert ", ".join(gap.settles.value for gap in gaps(step)) == settles
        if deciding:
            assert "; ".join(_leaf_text(leaf) for leaf in _deciding(step)) == deciding

    def finding(  # noqa: PLR0913
        self,
        *,
        criteria: str,
        expect: str,
        facts: str = "",
        request: str = "",
        stance: str = "for",
        exception: str = "",
    ) -> None:
        """A standard of these criteria gives the finding expected: `supported_if: igg` names what it hangs on."""
        knowledge = _one_standard(criteria, stance, exception)
        outcome = reach(Facts(told.case(facts, request), knowledge), told.DAY)
        (weighed,) = outcome.weighed
        named = weighed.failed if weighed.finding is Finding.NOT_SUPPORTED else weighed.missing
        assert ": ".join(filter(None, (weighed.finding.value, ", ".join(named)))) == expect

    def leads(self, *, standards: dict[str, dict[str, Any]], expect: str, facts: str = "", request: str = "") -> None:
        """Of several standards, those that the facts reach, the lead first."""
        made = (
            told.standard(given["criteria"], name=name, **_standard_parts(given)) for name, given in standards.items()
        )
        outcome = reach(Facts(told.case(facts, request), told.knowing(*made)), told.DAY)
        assert "; ".join(f"{one.standard} {one.finding.value}" for one in outcome.weighed) == expect

    def policy(self, *, criteria: str, coverages: str, expect: str, facts: str = "", request: str = "") -> None:
        """A policy's verdict, then the verdict of each criterion that was asked."""
        result = apply(told.policy(criteria, coverages), Facts(told.case(facts, request), told.KNOWLEDGE), told.DAY)
        each = ", ".join(f"{one.criterion} {_words(one.verdict)}" for one in result.judgements)
        assert "; ".join(filter(None, (_words(result.verdict), each))) == expect

    def decisions(self, table: str) -> None:
        """The next step for each finding (rows) and policy verdict (columns)."""
        heads, *rows = [[cell.strip() for cell in line.split("|")] for line in dedent(table).strip().splitlines()]
        for row in rows:
            for head, expect in zip(heads[1:], row[1:], strict=True):
                policy = None if head == "no policy" else Verdict(head.removeprefix("policy ").replace(" ", "_"))
                step, (reason,) = decide(Finding(row[0]), policy)
                assert step.value == expect, (row[0], head)
                assert reason.code == f"{row[0]}_{head}".replace(" ", "_")

    def copies(self, table: str) -> None:
        """The next step of a supported request whose policy is met, for each copy of the policy, and the reasons."""
        for line in dedent(table).strip().splitlines()[1:]:
            copy, step, reasons = (cell.strip() for cell in line.split("|"))
            policy = _copy(*copy.split(", "))
            facts = Facts(told.case(_DISEASE, "indications: dx.dm"), told.KNOWLEDGE)
            result = apply(policy, facts, told.DAY)
            found, why = decide(Finding.SUPPORTED, result.verdict, applied=(policy, result))
            assert (found.value, ", ".join(reason.code for reason in why)) == (step, reasons), copy

    def dose(self, *, regimen: str, allowed: str, expect: str, facts: str = "", phase: str = "unknown") -> None:
        """The regimen asked for beside a sourced range: what the check finds, and what it works out."""
        asked = told.request(f"phase: {phase}" + (f"\nregimen: {regimen}" if regimen else ""))
        allowed_range = told.read(
            f"{{label: range, cite: [source], {allowed.strip().removeprefix('{').removesuffix('}')}}}", Dosing
        )
        standard = told.standard("- id: dx\n  has: dx.dm", regimens=(allowed_range,))
        (check,) = check_dose(asked, (standard,), (), Facts(told.case(facts, asked), told.KNOWLEDGE), told.DAY)
        worked = {"per kg": check.per_kg, "in all": check.total, "fits at": check.weight_fits}
        parts = [", ".join(issue.value for issue in check.issues)]
        parts += [f"{name} {amount.text()}" for name, amount in worked.items() if amount is not None]
        assert "; ".join(parts) == expect

    def score(self, *, score: str, expect: str, facts: str = "") -> None:
        """The least and the most that a score can be, the level reached and the level it could be."""
        known = _facts(facts, "", score)
        (calculator,) = known.knowledge.calculators
        result = calculate(calculator, known, told.DAY, evaluate)
        points = f"{result.low}" if result.low == result.high else f"{result.low} to {result.high}"
        levels = result.level if result.level == result.could_be else f"{result.level}, could be {result.could_be}"
        assert f"{points}: {levels}" == expect

    def flips(self, *, criteria: str, expect: str, facts: str = "", request: str = "") -> None:
        """Every smallest set of facts that would change the finding, in the order given."""
        today = _decided(criteria, facts, request)
        assert [
            f"{flip.to}: {' + '.join(_change_text(one) for one in flip.changes)}" for flip in today.flips
        ] == _lines(expect)

    def rests_on(self, *, criteria: str, expect: str, facts: str = "", request: str = "") -> None:
        """The facts without which the finding would be another."""
        today = _decided(criteria, facts, request)
        assert [f"{_fact_text(one.fact)}: without it {one.without}" for one in today.rests_on] == _lines(expect)

    def missing(self, *, criteria: str, expect: str, facts: str = "", request: str = "") -> None:
        """The gaps of a determination, the most telling first."""
        assert [_gap_text(gap) for gap in _decided(criteria, facts, request).gaps] == _lines(expect)


def _copy(status: str, unread: str = "") -> Policy:
    made = told.policy("- id: disease\n  has: dx.dm", "- conditions: [dx.dm]\n  start: {ref: disease}")
    (criterion,) = made.criteria
    if status == "pasted":
        return replace(made, status=ContentStatus.DRAFT, document=Document("policy", "Dermatomyositis"))
    return replace(made, status=ContentStatus(status), criteria=(replace(criterion, verified=not unread),))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


def _linked(rule: str, criteria: str) -> Rule:
    rules = {criterion.id: criterion.rule for criterion in told.criteria(criteria)} if criteria else {}
    return told.linked(told.rule(rule), rules)


def _facts(facts: str, request: str, score: str) -> Facts:
    calculators = (told.read(dedent(score), Calculator),) if score else ()
    return Facts(told.case(facts, request), replace(told.KNOWLEDGE, calculators=calculators))


def _one_standard(criteria: str, stance: str = "for", exception: str = "") -> Knowledge:
    rule = told.rule(exception) if exception else None
    return told.knowing(told.standard(criteria, stance=Stance(stance), exception=rule))


def _standard_parts(given: dict[str, Any]) -> dict[str, Any]:
    parts = {name: value for name, value in given.items() if name != "criteria"}
    return {name: told.rule(value) if name == "reached_by" else value for name, value in parts.items()}


def _decided(criteria: str, facts: str, request: str) -> Determination:
    return determine(told.case(facts, request), _one_standard(criteria), told.DAY)


def _deciding(step: Step) -> tuple[Step, ...]:
    return deciding(step)


def verdict_text(step: Step) -> str:
    """`met`, `not met`, `met by silence: ...`, or `unknown: ...` with every gap."""
    missing = "; ".join(_gap_text(gap) for gap in gaps(step))
    silent = step.verdict is not Verdict.UNKNOWN and bool(missing)
    words = _words(step.verdict) + (" by silence" if silent else "")
    return ": ".join(filter(None, (words, missing)))


def _words(verdict: Verdict) -> str:
    return verdict.value.replace("_", " ")


_GAP_WORDS = {
    "not_documented": "is not documented",
    "conflicting": "is conflicting",
    "outside_window": "is outside its window",
    "unclear": "is unclear",
    "needs_judgement": "needs judgement",
}


def _gap_text(gap: Gap) -> str:
    return f"{gap.about} {_GAP_WORDS[gap.kind.value]}"


def _leaf_text(leaf: Step) -> str:
    return f"{getattr(leaf.rule, 'concept', type(leaf.rule).__name__.lower())} {_words(leaf.verdict)}"


def _change_text(change: Change) -> str:
    text = _fact_text(change.fact)
    text = f"{len(change.facts)} times {text}" if len(change.facts) > 1 else text
    return f"{text} (against the record)" if change.known else text


def _fact_text(fact: Fact) -> str:
    if fact.therapy is not None:
        told_of = "" if fact.therapy.stage is Stage.NEVER else f" {fact.therapy.outcome.value}"
        return f"{fact.concept} {fact.therapy.stage.value}{told_of}"
    if fact.value is not None:
        return f"{fact.concept} {fact.value.text()}"
    said = fact.result or fact.course
    return f"{fact.concept} {said.value if said else fact.assertion.polarity.value}"
