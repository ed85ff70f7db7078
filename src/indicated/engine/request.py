"""Judging what is asked: indication, codes, product, phase, dose and rhythm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from indicated.engine.arithmetic import TOTAL, absolute, days_of, per_kilogram
from indicated.engine.facts import WEIGHT, Facts
from indicated.engine.found import Found
from indicated.model.quantity import Comparison, Quantity
from indicated.model.regimen import Phase, Request
from indicated.model.rule import Codes, RequestIs
from indicated.model.verdict import Gap, GapKind, Settle, Verdict, all_of


def judge_codes(rule: Codes, facts: Facts, _on: date) -> Found:
    """A code stated, of the request or of what it is for, lies in one of the ranges. Where none is stated the codes of
    what is asked for speak, as far as they all say the same.
    """
    request = facts.request
    indications = request.indications if request is not None else ()
    named = [fact for fact in facts.facts if fact.concept in indications]
    stated = {code for fact in named for code in fact.codes}
    stated.update(code for code in (request.codes if request is not None else ()) if is_diagnosis_code(code))
    if stated:
        return Found(Verdict.MET if any(_listed(code, rule) for code in stated) else Verdict.NOT_MET, tuple(named))
    asked = [facts.vocabulary.concepts.get(one) for one in indications]
    own = [code for concept in asked if concept is not None for code in concept.codes.get("icd10cm", ())]
    inside = {_listed(code, rule) for code in own}
    if len(inside) == 1:
        return Found(Verdict.MET if inside.pop() else Verdict.NOT_MET, tuple(named))
    kind = GapKind.UNCLEAR if inside else GapKind.NOT_DOCUMENTED
    return Found.unknown("request.codes", kind, Settle.DOCUMENTATION, named if inside else ())


def _listed(code: str, rule: Codes) -> bool:
    return any(in_range(code, span) for span in rule.any_of)


def is_diagnosis_code(code: str) -> bool:
    """Whether a code has the shape of ICD-10-CM (`M33.13`) and not of HCPCS level II (`J1561`)."""
    return re.fullmatch(r"[A-Z]\d{4}", code) is None


def in_range(code: str, span: str) -> bool:
    """Whether an ICD-10-CM code is the code, below the category, or inside the range `M08.00-M10.9`.

    A category (`M08`) stands for its first code, so that it is inside a range which begins with that.
    """
    bare = code.replace(".", "").upper()
    first, _, last = span.replace(".", "").upper().partition("-")
    last = last or first
    begun = first <= bare or first.rstrip("0") == bare
    return begun and (bare <= last or bare.startswith(last))


def judge_request(rule: RequestIs, facts: Facts, _on: date) -> Found:
    """Every limit given must hold; what the request leaves open is unknown."""
    request = facts.request
    if request is None:
        return Found.unknown("request", GapKind.NOT_DOCUMENTED, Settle.DOCUMENTATION)
    verdicts: list[Verdict] = []
    gaps: list[Gap] = []
    for verdict, gap in _limits(rule, request, facts):
        verdicts.append(verdict)
        if verdict is Verdict.UNKNOWN:
            gaps.append(gap)
    named = [fact for fact in facts.facts if fact.concept in request.indications] if rule.indications else []
    verdict = all_of(verdicts)
    return Found(verdict, tuple(named), tuple(gaps) if verdict is Verdict.UNKNOWN else ())


def _limits(rule: RequestIs, request: Request, facts: Facts) -> Iterator[tuple[Verdict, Gap]]:
    if rule.indications:
        yield _asked_for(rule.indications, request, facts), _gap("indications", Settle.DOCUMENTATION)
    if rule.products:
        yield _product(rule.products, request, facts), _gap("product", Settle.DOCUMENTATION)
    if rule.phase is not None:
        same = Verdict.MET if request.phase is rule.phase else Verdict.NOT_MET
        yield Verdict.UNKNOWN if request.phase is Phase.UNKNOWN else same, _gap("phase", Settle.DOCUMENTATION)
    if rule.prescribers:
        told = request.prescriber.lower()
        held = Verdict.MET if any(word.lower() in told for word in rule.prescribers) else Verdict.NOT_MET
        yield held if told else Verdict.UNKNOWN, _gap("prescriber", Settle.DOCUMENTATION)
    regimen = request.regimen
    total = regimen.course_total() if regimen is not None else None
    if rule.per_course is not None:
        weight_missing = Gap(GapKind.NOT_DOCUMENTED, WEIGHT, Settle.VALUE)
        yield _dose(rule.per_course, total, facts), _gap("regimen", Settle.VALUE) if total is None else weight_missing
    if rule.interval is not None:
        asked = regimen.interval if regimen is not None else None
        kind = GapKind.NOT_DOCUMENTED if asked is None else GapKind.UNCLEAR
        yield _compare_interval(rule.interval, asked, facts), Gap(kind, "request.regimen", Settle.VALUE)
    for limit, value in (
        (rule.courses, regimen.courses if regimen else None),
        (rule.duration, regimen.duration if regimen else None),
    ):
        if limit is not None:
            yield _compare(limit, value, facts), _gap("regimen", Settle.VALUE)


def _gap(part: str, settles: Settle) -> Gap:
    return Gap(GapKind.NOT_DOCUMENTED, f"request.{part}", settles)


def _asked_for(wanted: tuple[str, ...], request: Request, facts: Facts) -> Verdict:
    """Met when what is asked for is a wanted condition or narrower; open when it is only broader."""
    asked = request.indications
    if any(facts.vocabulary.is_a(one, want) for one in asked for want in wanted):
        return Verdict.MET
    broader = any(facts.vocabulary.is_a(want, one) for one in asked for want in wanted)
    return Verdict.UNKNOWN if broader or not asked else Verdict.NOT_MET


def _product(wanted: tuple[str, ...], request: Request, facts: Facts) -> Verdict:
    if not request.product:
        return Verdict.UNKNOWN
    return Verdict.MET if any(facts.vocabulary.is_a(request.product, want) for want in wanted) else Verdict.NOT_MET


def _dose(limit: Comparison, total: Quantity | None, facts: Facts) -> Verdict:
    if total is None:
        return Verdict.UNKNOWN
    direct = _compare(limit, total, facts)
    if direct is not Verdict.UNKNOWN:
        return direct
    known = facts.weight()
    if known is None:
        return Verdict.UNKNOWN
    in_grams = facts.units.convert(limit.value, TOTAL) is not None
    asked = (absolute if in_grams else per_kilogram)(total, known[0], facts.units)
    return _compare(limit, asked, facts)


def _compare(limit: Comparison, value: Quantity | None, facts: Facts) -> Verdict:
    found = facts.units.convert(value, limit.value.unit) if value is not None else None
    return Verdict.UNKNOWN if found is None else limit.judge(found)


def _compare_interval(limit: Comparison, value: Quantity | None, facts: Facts) -> Verdict:
    """The interval against its limit. Of months beside weeks or days: unknown where it depends on how long they are."""
    if value is None or (limit.value.unit == "mo") is (value.unit == "mo"):
        return _compare(limit, value, facts)
    found, edge = days_of(value, facts.units), days_of(limit.value, facts.units)
    if found is None or edge is None or not all(day.is_finite() for day in (*found, *edge)):
        return Verdict.UNKNOWN
    verdicts = {
        Comparison(limit.sign, Quantity(end, end, "d")).judge(Quantity(day, day, "d")) for end in edge for day in found
    }
    return verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN
