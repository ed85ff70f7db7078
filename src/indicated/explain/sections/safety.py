"""Safety: what the labels warn of for this patient, what to check first, and what nobody recorded."""

from __future__ import annotations

from collections.abc import Iterable

from indicated.engine.evaluate import deciding
from indicated.engine.safety import products_for
from indicated.explain import proofs
from indicated.explain.writer import Said, Writer
from indicated.model.determination import SafetyNote, VaccineDate
from indicated.model.fact import Fact
from indicated.model.product import CautionKind
from indicated.model.standard import Note
from indicated.model.statement import Proof

_HEAVY = (CautionKind.BOXED_WARNING, CautionKind.CONTRAINDICATION)
_WATCHED = (CautionKind.MONITORING, CautionKind.INTERACTION)
_MOST_CHECKS = 3


def safety(w: Writer) -> Said:
    """What this patient's facts bring up, what the labels warn everyone of in a box, what to check first."""
    notes = [note for note in w.d.safety if note.applies and note.caution.kind not in _WATCHED]
    checks = [note for note in notes if note.caution.kind is CautionKind.PRECHECK]
    heavy = [note for note in notes if note.step is None and note.caution.kind in _HEAVY]
    rest = [note for note in notes if note.step is None and note not in (*checks, *heavy)]
    checked = _together(w, checks[:_MOST_CHECKS])
    others = _together(w, rest[:_MOST_CHECKS])
    return (*brought_up(w), *_together(w, heavy), *checked, *unrecorded(w), *others, *how_often(w))


def how_often(w: Writer) -> Said:
    """How often side effects were seen, in one note: of this use, else of the product or its class."""
    plain = w.book.audience == "patient"
    own = w.standard.reactions if w.standard is not None else ()
    named = products_for(w.d.case.request, w.facts) if w.d.case.request is not None else ()
    for listed in (own, *(product.reactions for product in reversed(named))):
        told = next((note for note in listed if (note.plain or not plain) and w.met(note.when)), None)
        if told is not None:
            return _rate(w, told)
    return ()


def _rate(w: Writer, note: Note) -> Said:
    text = w.book.sentence(note.plain if w.book.audience == "patient" else note.text)
    label = w.book.words("safety.often")
    return w.say("safety.row", w.sources(note.cite, text), label=label, text=text, because="")


def brought_up(w: Writer) -> Said:
    """The cautions that this patient's own facts bring up, the heaviest first."""
    own = [
        note
        for note in w.d.safety
        if note.applies and note.step is not None and note.caution.kind not in (*_WATCHED, CautionKind.PRECHECK)
    ]
    own.sort(key=lambda note: note.caution.kind not in _HEAVY)
    # What the facts of this case bring up is never cut short.
    return tuple(one for note in own for one in _together(w, [note]))


def watching(w: Writer) -> Said:
    """What the labels ask to be watched and what does not go together, what this request brings up first; from when a
    live vaccine may follow, where days are on record.
    """
    notes = [note for note in w.d.safety if note.applies and note.caution.kind in _WATCHED]
    kept: dict[CautionKind, SafetyNote] = {}
    for note in sorted(notes, key=lambda note: note.step is None):
        kept.setdefault(note.caution.kind, note)
    said = [
        one for note in kept.values() for one in w.sentence(note.caution.text, note.caution.cite, note.caution.plain)
    ]
    return (*said, *(one for date in w.d.vaccines for one in _vaccine(w, date)))


def _vaccine(w: Writer, it: VaccineDate) -> Said:
    """The earliest day of such a vaccine, with the dose and day it is counted from."""
    inputs: dict[str, int | str] = {"from": it.counted_from.isoformat(), "dose": it.dose.text()}
    inputs["wait"] = it.wait.wait.text()
    told = proofs.of_facts([it.fact]) if it.fact is not None else ()
    return w.say(
        "safety.vaccine.asked" if it.asked else "safety.vaccine",
        (*w.sources(it.wait.cite), w.count("wait of the vaccine", inputs, it.earliest.isoformat()), *told),
        day=it.counted_from.isoformat(),
        dose=w.words.quantity(it.dose),
        wait=w.words.quantity(it.wait.wait),
        earliest=it.earliest.isoformat(),
    )


def _together(w: Writer, notes: list[SafetyNote]) -> Said:
    """Notes of one kind as one row: their sentences, the facts behind them, the sources of all."""
    if not notes:
        return ()
    texts = [_text(w, note) for note in notes]
    volume = _volume(w) if any(note.caution.beside_volume and note.step is not None for note in notes) else None
    proved: list[Proof] = [volume[1]] if volume is not None else []
    for note, text in zip(notes, texts, strict=True):
        proved += (*w.sources(note.caution.cite, text), w.trace(note.caution.id, note.caution.kind))
    facts = tuple(dict.fromkeys(fact for note in notes for fact in _behind(note)))
    # A unit may stand in the record in other words than ours (`eGFR 38`).
    proved += [w.count("value", {"of": fact.concept}, w.words.fact(fact)) for fact in facts if fact.value is not None]
    seen = w.book.words("safety.because", quotes=_named(w, facts)) if facts else ""
    kind = w.book.word("caution", notes[0].caution.kind)
    label = "" if texts[0].lower().startswith(kind.lower()) else kind
    return w.say(
        "safety.row",
        (*proved, *proofs.of_facts(facts)),
        label=label,
        text=" ".join(texts),
        because=f"{seen} {volume[0] if volume is not None else ''}",
    )


def _volume(w: Writer) -> tuple[str, Proof] | None:
    """The fluid of one infusion day, where the product and the dose are known."""
    it = w.d.dispensing
    if it is None or it.volume is None:
        return None
    inputs: dict[str, int | str] = {"day": it.day.text() if it.day is not None else ""}
    proof = w.count("volume", inputs, it.volume.text())
    return w.book.words("safety.volume", volume=w.words.quantity(it.volume)), proof


def _text(w: Writer, note: SafetyNote) -> str:
    caution = note.caution
    patient = w.book.audience == "patient" and caution.plain
    return w.book.sentence(caution.plain if patient else caution.text)


def _behind(note: SafetyNote) -> Iterable[Fact]:
    """The facts that make a note apply."""
    return (fact for leaf in deciding(note.step) for fact in leaf.facts) if note.step is not None else ()


def _named(w: Writer, facts: Iterable[Fact]) -> str:
    """The facts in words; of a drug its name."""
    said = (w.words.label(fact.concept) if fact.therapy is not None else w.words.fact(fact) for fact in facts)
    return "; ".join(dict.fromkeys(said))


def unrecorded(w: Writer) -> Said:
    """Everything a caution depends on that nobody recorded, in one line."""
    notes = [note for note in w.d.safety if not note.applies and note.caution.ask]
    if not notes:
        return ()
    asks = "; ".join(dict.fromkeys(w.book.sentence(note.caution.ask) for note in notes))
    keys = dict.fromkeys(key for note in notes for key in note.caution.cite)
    proved = (*w.sources(keys, asks), *(w.trace(note.caution.id, "unknown") for note in notes))
    return w.say("safety.ask", proved, asks=asks)
