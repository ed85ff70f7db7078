"""The lines above a letter: date, to and from whom, the patient, what is asked for, its codes."""

from __future__ import annotations

from indicated.engine.facts import AGE
from indicated.explain import proofs
from indicated.explain.letters.codes import diagnosis
from indicated.explain.letters.desk import BY_HAND, Desk
from indicated.explain.sections.answer import request_proofs, treatment_of
from indicated.explain.writer import Said
from indicated.model.determination import DoseIssue
from indicated.model.dispensing import Dispensing
from indicated.model.quantity import Quantity
from indicated.model.regimen import Phase
from indicated.model.statement import FromEntry, FromPassage, Proof, Section

_SEX = "demo.sex"
TO_PLAN, TO_CLINICIAN, TO_PATIENT = "plan", "clinician", "patient"


def head(desk: Desk, to: str, *, about: Said = ()) -> tuple[Section, ...]:
    """The head of a letter to the plan, to the clinician who asks, or to the patient. `about` are more lines."""
    sender = desk.sender() if to == TO_PLAN else _plan(desk, "from")
    lines = (
        *dated(desk),
        *_to(desk, to),
        *sender,
        *_patient(desk),
        *_person(desk),
        *about,
        *subject(desk),
    )
    return (Section("head", "", lines, "head"),)


def _patient(desk: Desk) -> Said:
    """Who it is about, all to be filled in: no name, number or date of birth is ever put in by the program."""
    places = {name: desk.place(name) for name in ("patient", "born", "member", "reference")}
    return desk.line("patient", desk.words("letter.patient", **places))


def _person(desk: Desk) -> Said:
    """Age, sex and weight, as far as the record tells them: what a reader holds dose and label against."""
    w = desk.w
    known = w.facts.weight()
    each = (w.facts.exactly(AGE), w.facts.below(_SEX), [known[1]] if known is not None else [])
    told = [facts[0] for facts in map(list, each) if facts and len({(one.concept, one.value) for one in facts}) == 1]
    said = "; ".join(map(w.words.fact, told))
    return desk.line("person", said, proofs.of_facts(told)) if told else ()


def subject(desk: Desk) -> Said:
    """What is asked for, for which diagnosis, billed as what, given where."""
    return (*_request(desk), *desk.line("diagnosis", *diagnosis(desk)), *billing(desk), *_setting(desk))


def dated(desk: Desk) -> Said:
    """The day of the letter, the day that the case was decided as of."""
    day = desk.w.d.on
    return desk.line("date", desk.day(day), (FromEntry("on", f"{day.isoformat()} {day.day}"),))


def _to(desk: Desk, to: str) -> Said:
    return _plan(desk, "to") if to == TO_PLAN else desk.line("to", desk.place(to))


def _plan(desk: Desk, label: str) -> Said:
    policy = desk.w.d.policy
    if policy is None or not policy.payer:
        return desk.line(label, desk.place("plan"))
    name = desk.w.words.name(policy.payer)
    return desk.line(label, name, (FromEntry(policy.id, policy.payer),))


def _request(desk: Desk) -> Said:
    text, proved = what(desk)
    asked = desk.w.d.case.request
    phase = asked.phase if asked is not None else Phase.UNKNOWN
    said = "; ".join((text, desk.w.book.word("phase", phase))) if phase is not Phase.UNKNOWN else text
    urgent = desk.words("letter.urgent") if asked is not None and asked.urgent else ""
    return desk.line("request", f"{said} {urgent}", proved)


def what(desk: Desk) -> tuple[str, tuple[Proof, ...]]:
    """The treatment with its dose and rhythm as asked for; the place for them where nobody said."""
    w = desk.w
    asked = w.d.case.request
    if asked is None:
        return desk.place("dose"), (BY_HAND,)
    regimen = asked.regimen
    said = w.words.regimen(regimen) if regimen is not None else ""
    dosed = regimen is not None and bool(regimen.per_day or regimen.per_course or regimen.supplies)
    rhythm = regimen is not None and regimen.interval is not None
    fits = any(DoseIssue.FITS in check.issues for check in w.d.dose)
    missing = "" if fits or (dosed and rhythm) else "interval" if dosed else "dose.only" if rhythm else "dose"
    text = " ".join(part for part in (treatment_of(w), said, desk.place(missing) if missing else "") if part)
    return text, request_proofs(w, asked, text)


def billing(desk: Desk) -> Said:
    """The HCPCS code of the product and the units billed for a course, as far as the request tells them."""
    w = desk.w
    it, asked = w.d.dispensing, w.d.case.request
    product = w.knowledge.product_table.get(it.product if it is not None else asked.product if asked else "")
    if product is None or not product.hcpcs or product.hcpcs_unit is None:
        return desk.line("billing", desk.place("billing"))
    each = w.words.quantity(Quantity.of(product.hcpcs_unit, "mg"))
    code = w.words.name(product.hcpcs)
    cited = (*w.sources(product.cite), FromEntry(product.concept, f"{product.hcpcs} {each}"))
    name = w.words.label(product.concept)
    unread = {"hcpcs", "hcpcs_unit"} & set(product.recalled)
    recalled = desk.words("letter.billing.recalled") if unread else ""
    if it is None or it.units is None:
        place = desk.place("units")
        return desk.line("billing", desk.words("letter.billing", name=name, code=code, each=each, units=place), cited)
    loading = it.loading if it.loading is not None and it.loading.units is not None else None
    proved = [_units(desk, one, product.hcpcs_unit) for one in (loading, it) if one is not None]
    units = (
        desk.words("letter.units.loading", first=str(loading.units), units=str(it.units))
        if loading is not None
        else desk.words("letter.units", units=str(it.units))
    )
    text = desk.words("letter.billing", name=name, code=code, each=each, units=units)
    return desk.line("billing", f"{text} {recalled}", (*cited, *proved))


def _units(desk: Desk, it: Dispensing, each: int) -> Proof:
    """How the units of a course are counted."""
    grams = it.given if it.given is not None else it.course
    return desk.w.count("units", {"grams": grams.text(), "unit": f"{each} mg"}, str(it.units))


def _setting(desk: Desk) -> Said:
    asked = desk.w.d.case.request
    if asked is None or not asked.setting:
        return ()
    proved = tuple(FromPassage(passage) for passage in asked.passages) or (BY_HAND,)
    return desk.line("setting", desk.w.book.word("setting", asked.setting), proved)


def duration(desk: Desk) -> Said:
    """For how long it is asked, in courses, weeks or days of the calendar; the place for it where nobody said."""
    w = desk.w
    asked = w.d.case.request
    regimen = asked.regimen if asked is not None else None
    parts: list[str] = []
    if regimen is not None and regimen.courses is not None:
        parts.append(w.words.courses(regimen.courses))
    if regimen is not None and regimen.duration is not None:
        parts.append(w.words.quantity(regimen.duration))
    proved: list[Proof] = []
    if asked is not None and (asked.begins or asked.ends):
        days = (day.isoformat() if day is not None else "" for day in (asked.begins, asked.ends))
        parts.append(desk.words("letter.period", begins=next(days), ends=next(days)))
        proved.append(FromEntry("request", f"{asked.begins} {asked.ends}"))
    if not parts or asked is None:
        return desk.line("duration", desk.place("duration"))
    said = "; ".join(parts)
    return desk.line("duration", said, (*proved, *request_proofs(w, asked, said)))
