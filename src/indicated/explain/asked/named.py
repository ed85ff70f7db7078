"""Named conditions, risks and drugs: what the content holds on them for this request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.engine.outcome import candidates
from indicated.explain.asked import record as on_record
from indicated.explain.sections import answer, evidence
from indicated.explain.sections.criteria import concepts_of, title_of
from indicated.model.concept import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indicated.explain.asked.desk import Desk
    from indicated.explain.writer import Said, Writer
    from indicated.model.determination import SafetyNote
    from indicated.model.standard import Standard

_MOST = 3
_ILLS = (Kind.CONDITION,)
_DRUGS = (Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT)


def others(desk: Desk) -> Said:
    """Why the named conditions do not carry the request: not reached, or weighed and found so; the lead by itself.

    Where the question names none, all other standards that the facts reach.
    """
    named = _of_kind(desk, _ILLS)
    if not named:
        return evidence.others(desk.w)
    rows: list[Said] = []
    weighed = {one.standard for one in desk.w.d.weighed}
    for standard in _standards(desk, named):
        if standard.id == desk.w.d.lead:
            rows.append(answer.answer(desk.writer())[:1])
        elif standard.id in weighed:
            rows.append(_weighed(desk, standard))
        else:
            proved = (desk.w.trace(standard.id, "not reached"),)
            rows.append(desk.w.say("ask.not_reached", proved, label=title_of(desk.w, standard)))
    return tuple(one for row in rows[:_MOST] for one in row)


def _weighed(desk: Desk, standard: Standard) -> Said:
    """The row of one other standard, as the article has it."""
    d = desk.w.d
    lead = [one for one in d.weighed if one.standard == d.lead]
    alone = replace(d, weighed=(*lead, *(one for one in d.weighed if one.standard == standard.id)))
    return evidence.others(desk.writer(alone))


def of_condition(desk: Desk, section: Callable[[Writer], Said]) -> Said | None:
    """A section for the named condition's standard; None where the question names none but what carries the request."""
    named = [one for one in _of_kind(desk, _ILLS) if not _is_lead(desk, one)]
    if not named:
        return None
    rows: list[Said] = []
    for standard in _standards(desk, named)[:_MOST]:
        title = title_of(desk.w, standard)
        rows.append(desk.w.say("ask.for_condition", (desk.w.trace(standard.id, "named"),), title=title))
        w = desk.writer(replace(desk.w.d, lead=standard.id))
        rows.append(section(w))
    return tuple(one for row in rows for one in row)


def safety(desk: Desk, section: Callable[[Writer], Said]) -> Said:
    """The cautions on what the question names; without a name, or where only the treatment is named, all of safety."""
    w = desk.w
    named = [one for one in desk.specific() if not _is_asked(desk, one) and not _is_lead(desk, one)]
    if not named:
        return section(w)
    rows = [_caution(desk, note) for note in w.d.safety if _on(desk, note, named)]
    if not any(rows):
        label = w.book.series(w.words.label(one) for one in named)
        rows.append(w.say("ask.caution.none", (w.trace("; ".join(named), "no caution"),), what=label))
    return tuple(one for row in rows for one in row)


def cautions(desk: Desk, named: Sequence[str] = ()) -> Said:
    """The cautions of the labels on these concepts, all without any, one to a row, whether or not they apply here."""
    notes = (note for note in desk.w.d.safety if not named or _on(desk, note, named))
    return tuple(one for note in notes for one in _caution(desk, note))


def _caution(desk: Desk, note: SafetyNote) -> Said:
    """One caution, and whether it applies here."""
    w, caution = desk.w, note.caution
    phrase = "applies" if note.applies and note.step is not None else "unknown" if note.step is not None else "all"
    state = w.book.words(f"ask.caution.{phrase}")
    label = w.book.word("caution", caution.kind)
    text = w.book.sentence(caution.plain if w.book.audience == "patient" and caution.plain else caution.text)
    proved = (*w.sources(caution.cite, text), w.trace(caution.id, phrase))
    label = "" if text.lower().startswith(label.lower()) else label
    return w.say("ask.caution", proved, label=label, text=text, state=state)


def _on(desk: Desk, note: SafetyNote, named: Sequence[str]) -> bool:
    """Whether a caution is on one of the things named."""
    related = desk.w.knowledge.vocabulary.related
    about = concepts_of(note.caution.when) if note.caution.when is not None else set()
    return any(related(one, other) for one in about for other in named) or desk.spoken(note.caution.text)


def alternatives(desk: Desk, section: Callable[[Writer], Said]) -> Said:
    """The alternatives of the standard; of named drugs, what the standard and the record say of them."""
    w, standard = desk.w, desk.w.standard
    named = [one for one in _of_kind(desk, _DRUGS) if not _is_asked(desk, one)]
    if not named:
        return section(w)
    related = w.knowledge.vocabulary.related
    rows: list[Said] = []
    for each in standard.alternatives if standard is not None else ():
        if any(related(one, other) for one in each.concepts for other in named):
            rows += (w.sentence(each.text, each.cite),)
    rows.append(on_record.record(desk._replace(concepts=tuple(named))))
    return tuple(one for row in rows for one in row)


def strangers(desk: Desk) -> tuple[str, ...]:
    """Drugs that the question names and that are not what is asked for: of their doses this content says nothing."""
    return tuple(one for one in _of_kind(desk, _DRUGS) if not _is_asked(desk, one))


def _standards(desk: Desk, named: tuple[str, ...] | list[str]) -> list[Standard]:
    """The standards for the treatment asked for whose condition is named, those that name it outright first."""
    known = desk.w.knowledge
    found = [known.standard_table[key] for key in candidates(desk.w.facts)]
    outright = [one for one in found if set(one.conditions) & set(named)]
    near = [
        one
        for one in found
        if one not in outright and any(known.vocabulary.is_a(name, cond) for cond in one.conditions for name in named)
    ]
    return outright or near


def _of_kind(desk: Desk, kinds: tuple[Kind, ...]) -> tuple[str, ...]:
    return tuple(one for one in desk.specific() if desk.w.knowledge.vocabulary[one].kind in kinds)


def _is_asked(desk: Desk, concept: str) -> bool:
    request = desk.w.d.case.request
    named = (request.product, request.treatment) if request is not None else ()
    return any(one and desk.w.knowledge.vocabulary.related(concept, one) for one in named)


def _is_lead(desk: Desk, concept: str) -> bool:
    standard = desk.w.standard
    related = desk.w.knowledge.vocabulary.related
    return standard is not None and any(related(concept, one) for one in standard.conditions)
