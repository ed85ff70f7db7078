"""The dose asked for beside the sourced ranges, the arithmetic shown; and the scores with their items."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from msgspec.structs import replace

from indicated.explain.writer import Said, Writer
from indicated.model.determination import DoseCheck, DoseIssue, ScoreResult
from indicated.model.figures import numbers
from indicated.model.quantity import Quantity, plain
from indicated.model.score import Calculator
from indicated.model.standard import Dosing, Stance
from indicated.model.statement import FromPassage, Proof, Statement
from indicated.model.verdict import Verdict

_MOST = 3
_ONCE = {DoseIssue.DOSE_MISSING, DoseIssue.INTERVAL_MISSING, DoseIssue.WEIGHT_MISSING}
_TENTH = Decimal("0.1")


def dose(w: Writer, *, letter: bool = False) -> Said:
    """Every sourced range with what the request is beside it; the ranges themselves when no dose was asked for. A
    `letter` asks its reader nothing.
    """
    # A range that the request fits says more than one that it is beside.
    checks = sorted(_distinct(w.d.dose), key=lambda check: DoseIssue.FITS not in check.issues)
    arithmetic = _arithmetic(w, checks)
    rows: list[Statement] = [*_course(w), *_supplied(w), *arithmetic]
    told = {DoseIssue.DOUBT, *([DoseIssue.WEIGHT_MISSING] if arithmetic else [])}
    told |= {DoseIssue.MONTH_APPROXIMATE} if letter else set()
    for check in checks[: 1 if w.book.audience == "patient" else _MOST]:
        rows += _check(w, check, told)
        told |= {*check.issues} & _ONCE
    return tuple(rows)


def _course(w: Writer) -> Said:
    """A dose told by the day, as one course."""
    request = w.d.case.request
    regimen = request.regimen if request is not None else None
    if regimen is None or regimen.per_day is None or regimen.days is None or regimen.per_course is not None:
        return ()
    total = regimen.course_total()
    if total is None or total == regimen.per_day:
        return ()
    proof = w.count("course", {"per day": regimen.per_day.text(), "days": regimen.days.text()}, total.text())
    per_day, days, said = (w.words.quantity(one) for one in (regimen.per_day, regimen.days, total))
    return w.say("dose.course", (*_request_proofs(w), proof), per_day=per_day, days=days, total=said)


def _supplied(w: Writer) -> Said:
    """A dose told by units or by volume of one size, as an amount."""
    request = w.d.case.request
    regimen = request.regimen if request is not None else None
    total = regimen.course_total() if regimen is not None else None
    if regimen is None or total is None or len(regimen.supplies) != 1 or total != regimen.supplied():
        return ()
    one = regimen.supplies[0]
    if one.each is None:
        return ()
    proof = w.count("supply", {"count": one.count.text(), "each": one.each.text(), "code": one.code}, total.text())
    each, said = w.words.quantity(one.each), w.words.quantity(total)
    return w.say(
        "dose.supplied",
        (*_request_proofs(w), proof),
        count=w.words.supply(replace(one, each=None)),
        each=each,
        total=said,
    )


def _loading(w: Writer) -> Said:
    """The first course in grams, where it is another one and told per kilogram."""
    it, request, known = w.d.dispensing, w.d.case.request, w.facts.weight()
    loading = request.regimen.loading if request is not None and request.regimen is not None else None
    asked = loading.course_total() if loading is not None else None
    if it is None or it.loading is None or asked is None or known is None or asked == it.loading.course:
        return ()
    total, per_kg, weight = it.loading.course, asked, known[0]
    proof = w.count("dose", {"weight": weight.text(), "asked": asked.text()}, f"{per_kg.text()}, {total.text()}")
    shown, each, body = (w.words.quantity(one) for one in (total, per_kg, weight))
    return w.say("dose.loading", (*_request_proofs(w), proof), total=shown, per_kg=each, weight=body)


def _distinct(checks: Iterable[DoseCheck]) -> list[DoseCheck]:
    """The checks with a range that differs from every range before it."""
    kept: dict[tuple[object, ...], DoseCheck] = {}
    for check in checks:
        it = check.range
        key = (None,) if it is None else (it.per_course, it.days, it.interval, it.labelled)
        kept.setdefault(key, check)
    return list(kept.values())


def _arithmetic(w: Writer, checks: list[DoseCheck]) -> Said:
    """What the dose is in the other way of saying it: grams per kilogram, grams, or the weight it implies."""
    if not checks or checks[0].requested is None:
        return ()
    first = checks[0]
    asked = w.words.quantity(first.requested) if first.requested is not None else ""
    request = _request_proofs(w)
    if first.weight is not None and first.per_kg is not None and first.total is not None:
        weight, per_kg, total = (w.words.quantity(one) for one in (first.weight, first.per_kg, first.total))
        proof = w.count(
            "dose",
            {"weight": first.weight.text(), "asked": first.requested.text() if first.requested else ""},
            f"{first.per_kg.text()}, {first.total.text()}",
        )
        loading = _loading(w)
        phrase = "dose.both.after" if loading else "dose.both"
        return (*loading, *w.say(phrase, (*request, proof), per_kg=per_kg, total=total, weight=weight))
    fitting = next((check for check in checks if check.weight_fits is not None and check.range is not None), None)
    if fitting is None or fitting.weight_fits is None or fitting.range is None or fitting.range.per_course is None:
        return ()
    limit = fitting.range.per_course
    fits = fitting.weight_fits
    near = _near(fits)
    shown = w.words.quantity(near)
    proof = w.count("weight", {"dose": asked, "range": limit.text()}, f"{fits.text()}, {near.text()}")
    return w.say(
        "dose.weight_implied",
        (*request, proof),
        dose=asked,
        range=w.words.quantity(limit),
        weight=shown if near == fits else w.book.words("dose.about", weight=shown),
    )


def _near(weight: Quantity) -> Quantity:
    """A weight to a tenth of its unit, as it is measured."""
    low, high = (None if end is None else end.quantize(_TENTH, ROUND_HALF_EVEN) for end in (weight.low, weight.high))
    near = Quantity(low, high, weight.unit)
    return weight if (low, high) == (weight.low, weight.high) else near


def _request_proofs(w: Writer) -> tuple[Proof, ...]:
    request = w.d.case.request
    if request is None:
        return ()
    more = request.regimen.passages if request.regimen is not None else ()
    return tuple(FromPassage(passage) for passage in (*request.passages, *more))


def _check(w: Writer, check: DoseCheck, told: set[DoseIssue]) -> Said:
    close = {DoseIssue.INTERVAL_FITS} if {DoseIssue.MONTH_APPROXIMATE, DoseIssue.FITS} & set(check.issues) else set()
    it = check.range
    close |= _ONCE if it is None else set()
    issues = [issue for issue in check.issues if issue not in told | close]
    verdicts = " ".join(w.book.words(f"dose.{_told(w, check, issue)}") for issue in issues)
    if it is None:
        return w.say("dose.without_range", (w.trace("dose", "no_range"),), verdicts=verdicts)
    proved: list[Proof] = [w.trace(check.standard, ", ".join(check.issues)), *_request_proofs(w)]
    proved += w.sources(w.without_other_labels(it.cite), f"{it.label} {_range_text(it)}")
    proved.append(w.count("range", _range_parts(it), it.label))
    return w.say(
        "dose.range",
        proved,
        label=w.book.sentence(it.label),
        mark="labelled" if it.labelled else "",
        range=_unless_said(range_words(w, it), it.label),
        verdicts=verdicts,
    )


def _told(w: Writer, check: DoseCheck, issue: DoseIssue) -> str:
    """The issue; a range of a use that the evidence does not carry is never what could be proposed."""
    owner = w.knowledge.standard_table.get(check.standard)
    carried = owner is None or owner.stance is Stance.FOR
    return f"{issue}.studied" if issue is DoseIssue.DOSE_MISSING and not carried else issue


def _unless_said(said: str, label: str) -> str:
    """The range in words, unless every figure of it stands in the label already."""
    return "" if set(numbers(said)) <= set(numbers(label)) else f"{said}."


def range_words(w: Writer, it: Dosing) -> str:
    """A sourced range in words."""
    parts = [
        w.words.quantity(it.per_course) if it.per_course is not None else "",
        w.book.words("regimen.days", value=w.words.quantity(it.days)) if it.days is not None else "",
        w.words.interval(it.interval) if it.interval is not None else "",
        w.words.courses(it.courses) if it.courses is not None else "",
    ]
    return " ".join(part for part in parts if part)


def _range_parts(it: Dosing) -> dict[str, int | str]:
    named = {"per course": it.per_course, "days": it.days, "interval": it.interval, "courses": it.courses}
    return {key: value.text() for key, value in named.items() if value is not None}


def _range_text(it: Dosing) -> str:
    return " ".join(str(value) for value in _range_parts(it).values())


def scores(w: Writer) -> Said:
    """Each score: the level reached for certain and at best, the items that count, the caveat."""
    rows: list[Statement] = []
    for result in w.d.scores:
        calculator = w.knowledge.calculator_table[result.calculator]
        if result.low > 0:
            rows += _score(w, result, calculator)
    return tuple(rows)


def _score(w: Writer, result: ScoreResult, calculator: Calculator) -> Said:
    labels = {item.id: item.label for item in calculator.items}
    counted = [item for item in result.items if item.step.verdict is Verdict.MET and item.points]
    open_ = [item for item in result.items if item.step.verdict is Verdict.UNKNOWN]
    inputs: dict[str, int | str] = {labels[item.item]: plain(item.points) for item in counted}
    outcome = f"{plain(result.low)} to {plain(result.high)}"
    proof = w.count(calculator.label, inputs, outcome)
    items = "; ".join(
        w.book.words("score.item", label=w.words.name(labels[item.item]), points=plain(item.points)) for item in counted
    )
    facts = [fact for item in counted for fact in item.step.facts]
    certain = result.low == result.high
    name = w.words.name(calculator.label)
    said = w.say(
        "score.certain" if certain or result.level == result.could_be else "score.open",
        (proof, *w.quoted(facts)[1], *w.sources(calculator.cite)),
        label=name,
        low=plain(result.low),
        high=plain(result.high),
        reached=w.words.name(result.level),
        could_be=w.words.name(result.could_be),
        items=items,
        open=w.words.sets([w.words.name(labels[item.item]) for item in open_], 4),
    )
    caveat = w.sentence(calculator.caveat, calculator.cite, level=1) if calculator.caveat else ()
    return (*said, *caveat)
