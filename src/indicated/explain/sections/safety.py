"""Safety: what the labels warn of for this patient, what to check first, and what nobody recorded."""

from __future__ import annotations

from indicated.engine.evaluate import deciding
from indicated.explain.writer import Said, Writer
from indicated.model.determination import SafetyNote
from indicated.model.product import CautionKind
from indicated.model.statement import Proof, Statement

_HEAVY = (CautionKind.BOXED_WARNING, CautionKind.CONTRAINDICATION)
_MOST, _MOST_WATCHED = 4, 1


def safety(w: Writer) -> Said:
    """Contraindications and boxed warnings, then what this patient's facts bring up, then what concerns everyone."""
    notes = [note for note in w.d.safety if note.applies and note.caution.kind is not CautionKind.MONITORING]
    own = [note for note in notes if note.step is not None]
    heavy = [note for note in notes if note.step is None and note.caution.kind in _HEAVY]
    rest = [note for note in notes if note.step is None and note.caution.kind is CautionKind.PRECHECK]
    rows: list[Statement] = []
    for note in (*own, *heavy, *rest)[:_MOST]:
        rows += _row(w, note)
    return (*rows, *_ask(w))


def watching(w: Writer) -> Said:
    """What the labels ask to be watched."""
    notes = [note for note in w.d.safety if note.applies and note.caution.kind is CautionKind.MONITORING]
    return tuple(
        one
        for note in notes[:_MOST_WATCHED]
        for one in w.sentence(note.caution.text, note.caution.cite, note.caution.plain)
    )


def _row(w: Writer, note: SafetyNote) -> Said:
    caution = note.caution
    plain = caution.plain if w.book.audience == "patient" and caution.plain else caution.text
    because: str = ""
    proved: list[Proof] = list(w.sources(caution.cite, plain))
    if note.step is not None:
        carried = dict.fromkeys(fact for leaf in deciding(note.step) for fact in leaf.facts)
        quotes, more = w.quoted(carried, 2)
        because = w.book.words("safety.because", quotes=quotes) if quotes else ""
        proved += more
    proved.append(w.trace(caution.id, caution.kind))
    kind = w.book.word("caution", caution.kind)
    label = "" if plain.lower().startswith(kind.lower()) else kind
    return w.say("safety.row", proved, label=label, text=plain, because=because)


def _ask(w: Writer) -> Said:
    """Everything a caution depends on that nobody recorded, in one line."""
    notes = [note for note in w.d.safety if not note.applies and note.caution.ask]
    if not notes:
        return ()
    asks = "; ".join(dict.fromkeys(note.caution.ask for note in notes))
    keys = dict.fromkeys(key for note in notes for key in note.caution.cite)
    proved = (*w.sources(keys, asks), *(w.trace(note.caution.id, "unknown") for note in notes))
    return w.say("safety.ask", proved, asks=asks)
