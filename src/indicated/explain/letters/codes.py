"""The ICD-10-CM code of the diagnosis: the one on record, else the vocabulary's; a choice is left to the writer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicated.explain.letters.desk import BY_HAND, Desk
from indicated.explain.sections.answer import condition
from indicated.model.statement import FromEntry, FromPassage, Proof

_SYSTEM = "icd10cm"
_LISTED = 6
_VAGUE = "unspecified"
"""How the titles of the code table mark a code that names no more than it must."""


def diagnosis(desk: Desk) -> tuple[str, tuple[Proof, ...]]:
    """The condition with its code, or with the place for it where no code or more than one would do; then whatever else
    the request is for and the record has a code of.
    """
    named = named_condition(desk)
    if not named:
        return desk.place("diagnosis"), (BY_HAND,)
    said, proved = _first(desk, named)
    more = tuple(_more(desk, named))
    return "; ".join((said, *(told for told, _ in more))), (*proved, *(one for _, proofs in more for one in proofs))


def _more(desk: Desk, named: str) -> Iterator[tuple[str, tuple[Proof, ...]]]:
    """Other conditions that the request is for, each with its code on record."""
    w = desk.w
    asked = w.d.case.request
    vocabulary = w.knowledge.vocabulary
    for one in asked.indications if asked is not None else ():
        if one not in vocabulary or vocabulary.related(one, named):
            continue
        own = vocabulary[one].codes.get(_SYSTEM, ())
        seen = next((s for s in w.d.case.codes if s.valid and any(s.code.startswith(code) for code in own)), None)
        if seen is not None:
            proved = (FromPassage(seen.passage), *w.asked(), *w.on_record(one))
            yield _coded(desk, w.words.label(one), seen.code), proved


def _first(desk: Desk, named: str) -> tuple[str, tuple[Proof, ...]]:
    """The condition that the letter is about, with its code or the place for it."""
    w = desk.w
    label = w.words.label(named)
    own = _own(desk, (named,))
    known = own or _own(desk, _narrower(desk, named))
    for seen in w.d.case.codes:
        if seen.valid and any(seen.code.startswith(code) or code.startswith(seen.code) for code in known):
            return _coded(desk, label, seen.code), (FromPassage(seen.passage), *naming(desk))
    listed = (FromEntry(_SYSTEM, " ".join(known)), *naming(desk))
    if len(own) == 1:
        return _coded(desk, label, own[0]), listed
    if not known or (len(known) > _LISTED and not own):
        return desk.words("letter.uncoded", condition=label, place=desk.place("code")), (BY_HAND, *naming(desk))
    if len(known) > _LISTED:
        place = desk.place("code.under", code=w.words.name(_stem(known)))
    else:
        codes = w.book.series(map(w.words.name, known), "or")
        place = desk.place("code.one_of", codes=codes) if own else desk.place("code.narrower", codes=codes)
    return desk.words("letter.uncoded", condition=label, place=place), listed


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


def naming(desk: Desk) -> tuple[Proof, ...]:
    """Proof of the treatment and the condition that a letter names: the request, and where the condition stands."""
    return (*desk.w.asked(), *desk.w.on_record(named_condition(desk)))


def _own(desk: Desk, concepts: Iterable[str]) -> tuple[str, ...]:
    """The codes of concepts that a claim may carry, all of them where no code table tells."""
    vocabulary = desk.w.knowledge.vocabulary
    known = tuple(dict.fromkeys(code for one in concepts for code in vocabulary[one].codes.get(_SYSTEM, ())))
    table = desk.order.codes
    if table is None:
        return known
    billable = tuple(code for code in known if (found := table.get(code)) is not None and found.billable)
    return billable or known


def _narrower(desk: Desk, concept: str) -> list[str]:
    """The forms of a condition that the vocabulary knows, in the order of their ids."""
    vocabulary = desk.w.knowledge.vocabulary
    return sorted(one for one in vocabulary.concepts if vocabulary.is_a(one, concept))


def _stem(codes: tuple[str, ...]) -> str:
    """What the codes begin with alike."""
    first, last = min(codes), max(codes)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:same].rstrip(".")
