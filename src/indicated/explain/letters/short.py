"""Short forms: the answer on one page, and the reviewer's worksheet for a pen."""

from __future__ import annotations

from indicated.explain.letters.before import before, missing
from indicated.explain.letters.desk import Desk
from indicated.explain.letters.head import dated, subject
from indicated.explain.sections import about, answer, criteria, dosing, evidence, record, safety
from indicated.model.decision import digest
from indicated.model.statement import FromEntry, Section

_MOST_ROWS, _MOST_SIDES, _MOST_DOSES = 6, 2, 3


def summary(desk: Desk) -> tuple[tuple[Section, ...], Section]:
    """The answer on one page: the outcome, what is missing, treatments, both sides, dose, safety."""
    w = desk.w
    doses = tuple(one for one in dosing.dose(w) if one.text)
    sides = (*evidence.rationale_for(w)[:_MOST_SIDES], *evidence.rationale_against(w)[:1])
    sections = (
        *desk.section("subject", (*dated(desk), *subject(desk)), "head", headed=False),
        *desk.section("answer", answer.answer(w), "lead", headed=False),
        *desk.section("missing", missing(desk)[:_MOST_ROWS], "list"),
        *desk.section("treated", tuple(one for one in record.treatments(w) if one.label), "rows"),
        *desk.section("sources", sides, "list"),
        *desk.section("dosed", doses[:_MOST_DOSES], "list"),
        *desk.section("risks", safety.brought_up(w), "rows"),
        *desk.section("about", about.review(w), "prose", headed=False),
    )
    return sections, before(desk, case=False, status=False)


def worksheet(desk: Desk) -> tuple[tuple[Section, ...], Section]:
    """Every criterion with what the record says and room for the reviewer's own verdict and reason, to be signed."""
    w = desk.w
    over = digest(w.d)
    hashed = desk.line("determination", w.words.name(over), (FromEntry("determination", over),))
    sections = (
        *desk.section("subject", (*dated(desk), *subject(desk), *hashed), "head", headed=False),
        *desk.section("answer", answer.answer(w), "lead", headed=False),
        *desk.section("worksheet.policy", criteria.policy_worksheet(w), "form"),
        *desk.section("worksheet.standard", criteria.standard_worksheet(w), "form"),
        *desk.section("missing", missing(desk), "list"),
        *desk.section("contradictions", record.contradictions(w), "list"),
        *desk.section("dosed", dosing.dose(w), "list"),
        *desk.section("risks", (*safety.brought_up(w), *safety.unrecorded(w)), "rows"),
        *desk.section("decision", w.say("letter.decision", (w.trace("program", "decision support"),)), "prose"),
        *desk.signature("outcome", "provision", "rationale", "reviewer", "licence", "specialty", "signed_on"),
        *desk.section("about", about.review(w), "prose", headed=False),
    )
    return sections, before(desk, case=False, status=False)
