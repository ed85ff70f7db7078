"""The ICD-10-CM code of the diagnosis: the one on record, else the vocabulary's; a choice is left to the writer."""

from __future__ import annotations

from indicated.explain.letters.desk import BY_HAND, Desk
from indicated.explain.sections.answer import condition
from indicated.model.statement import FromEntry, FromPassage, Proof

_SYSTEM = "icd10cm"
_LISTED = 6
_VAGUE = "unspecified"
"""How the titles of the code table mark a code that names no more than it must."""


def diagnosis(desk: Desk) -> tuple[str, tuple[Proof, ...]]:
    """The condition with its code, or with the place for it where no code or more than one would do."""
    w = desk.w
    named = named_condition(desk)
    if not named:
        return desk.place("diagnosis"), (BY_HAND,)
    label = w.words.label(named)
    own = _own(desk, named)
    for seen in w.d.case.codes:
        if seen.valid and any(seen.code.startswith(code) or code.startswith(seen.code) for code in own):
            return _coded(desk, label, seen.code), (FromPassage(seen.passage),)
    listed = FromEntry(named, " ".join(own))
    if len(own) == 1:
        return _coded(desk, label, own[0]), (listed,)
    if not own:
        return desk.words("letter.uncoded", condition=label, place=desk.place("code")), (BY_HAND,)
    if len(own) > _LISTED:
        place = desk.place("code.under", code=w.words.name(_stem(own)))
    else:
        place = desk.place("code.one_of", codes=w.book.series(map(w.words.name, own), "or"))
    return desk.words("letter.uncoded", condition=label, place=place), (listed,)


def _coded(desk: Desk, label: str, code: str) -> str:
    """The condition with its code; an unspecified one is said to be so, for plans send it back."""
    table = desk.order.codes
    found = table.get(code) if table is not None else None
    vague = found is not None and _VAGUE in found.title.lower()
    said = "letter.coded.unspecified" if vague else "letter.coded"
    return desk.words(said, condition=label, code=desk.w.words.name(code))


def named_condition(desk: Desk) -> str:
    """The condition that the letter is about, as a concept; empty where none is known."""
    w = desk.w
    asked = w.d.case.request
    found = condition(w, w.standard) if w.standard is not None else ""
    return found or (asked.indications[0] if asked is not None and asked.indications else "")


def _own(desk: Desk, concept: str) -> tuple[str, ...]:
    """The codes of a concept that a claim may carry, all of them where no code table tells."""
    known = desk.w.knowledge.vocabulary[concept].codes.get(_SYSTEM, ())
    table = desk.order.codes
    if table is None:
        return known
    billable = tuple(code for code in known if (found := table.get(code)) is not None and found.billable)
    return billable or known


def _stem(codes: tuple[str, ...]) -> str:
    """What the codes begin with alike."""
    first, last = min(codes), max(codes)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:same].rstrip(".")
