"""Safety: what the labels warn of for this patient, what to check first, and what nobody recorded."""

from __future__ import annotations

from collections.abc import Iterable

from indicated.engine.evaluate import deciding
from indicated.explain import proofs
from indicated.explain.writer import Said, Writer
from indicated.model.determination import SafetyNote
from indicated.model.fact import Fact
from indicated.model.product import CautionKind
from indicated.model.statement import Proof

_HEAVY = (CautionKind.BOXED_WARNING, CautionKind.CONTRAINDICATION)
_WATCHED = (CautionKind.MONITORING, CautionKind.INTERACTION)
_MOST, _MOST_CHECKS, _MOST_WATCHED = 5, 3, 2


def safety(w: Writer) -> Said:
    """What this patient's facts bring up, what the labels warn everyone of in a box, what to check first."""
    notes = [note for note in w.d.safety if note.applies and note.caution.kind not in _WATCHED]
    checks = [note for note in notes if note.caution.kind is CautionKind.PRECHECK]
    heavy = [note for note in notes if note.step is None and note.caution.kind in _HEAVY]
    rest = [note for note in notes if note.step is None and note not in (*checks, *heavy)]
    checked = _together(w, checks[:_MOST_CHECKS])
    return (*brought_up(w), *_together(w, heavy), *checked, *unrecorded(w), *_together(w, rest[:_MOST_CHECKS]))


def brought_up(w: Writer) -> Said:
    """The cautions that this patient's own facts bring up, the heaviest first."""
    own = [
        note
        for note in w.d.safety
        if note.applies and note.step is not None and note.caution.kind not in (*_WATCHED, CautionKind.PRECHECK)
    ]
    own.sort(key=lambda note: note.caution.kind not in _HEAVY)
    return tuple(one for note in own[:_MOST] for one in _together(w, [note]))


def watching(w: Writer) -> Said:
    """What the labels ask to be watched and what does not go together, what this request brings up first."""
    notes = [note for note in w.d.safety if note.applies and note.caution.kind in _WATCHED]
    kept: dict[CautionKind, SafetyNote] = {}
    for note in sorted(notes, key=lambda note: note.step is None):
        kept.setdefault(note.caution.kind, note)
    return tuple(
        one
        for note in tuple(kept.values())[:_MOST_WATCHED]
        for one in w.sentence(note.caution.text, note.caution.cite, note.caution.plain)
    )


def _together(w: Writer, notes: list[SafetyNote]) -> Said:
    """Notes of one kind as one row: their sentences, the facts behind them, the sources of all."""
    if not notes:
        return ()
    texts = [_text(w, note) for note in notes]
    proved: list[Proof] = []
    for note, text in zip(notes, texts, strict=True):
        proved += (*w.sources(note.caution.cite, text), w.trace(note.caution.id, note.caution.kind))
    facts = tuple(dict.fromkeys(fact for note in notes for fact in _behind(note)))
    seen = w.book.words("safety.because", quotes=_named(w, facts)) if facts else ""
    kind = w.book.word("caution", notes[0].caution.kind)
    label = "" if texts[0].lower().startswith(kind.lower()) else kind
    return w.say("safety.row", (*proved, *proofs.of_facts(facts)), label=label, text=" ".join(texts), because=seen)


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
