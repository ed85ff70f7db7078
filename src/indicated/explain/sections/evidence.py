"""What the sources say: for and against, place among treatments, benefit, and why other standards do not carry it."""

from __future__ import annotations

from indicated.engine.bearings import bearings
from indicated.engine.evaluate import facts_deciding
from indicated.explain import proofs
from indicated.explain.sections.criteria import criteria_of, title_of
from indicated.explain.writer import Said, Writer
from indicated.model.determination import Bears, Finding, Step, Weighed
from indicated.model.evidence import Direction
from indicated.model.standard import Differential, Note, Stance, Standard
from indicated.model.statement import Statement
from indicated.model.verdict import Verdict

_MOST_FOR, _MOST_AGAINST, _MOST_NOTES, _MOST_OTHERS = 3, 3, 3, 3
_MOST_WATCHED = 2
_NEAREST = ("direct", "indirect", "not_applicable")
_TRIAL = "RCT"
_GUIDELINE = "guideline"


def rationale_for(w: Writer, *, whole: bool = False) -> Said:
    """The sources that speak for it, those that bear directly first. `whole` says of these too that they do."""
    return _side(w, (Direction.FOR,), _MOST_FOR, whole=whole)


def rationale_against(w: Writer, *, whole: bool = False) -> Said:
    """The sources that speak against it or leave it open; `whole` as above, with what would raise certainty."""
    rows = _side(w, (Direction.AGAINST, Direction.UNCERTAIN), _MOST_AGAINST, whole=whole)
    return (*rows, *_certainty(w)) if whole else rows


def _side(w: Writer, sides: tuple[Direction, ...], most: int, *, whole: bool) -> Said:
    bearing = [one for one in bearings(w.standard, w.facts, w.d.on) if one.bearing.side in sides]
    bearing.sort(key=lambda one: (sides.index(one.bearing.side), _NEAREST.index(one.how)))
    rows: list[Statement] = []
    for one in bearing[:most]:
        it = one.bearing
        proved = (*w.sources((it.cite,), f"{it.says} {it.how}"), w.trace("bearing", one.how))
        how = _how(w, one) if whole or one.how != "direct" else ""
        rows += w.say("evidence.bearing", proved, text=it.says, how=how)
    return tuple(rows)


def _how(w: Writer, one: Bears) -> str:
    """Whether the source bears directly and, where not, why not: what it is of, and whom it studied."""
    groups = w.book.series(w.book.word("group", group) for group in one.others)
    studied = w.book.words("evidence.others", groups=groups) if groups else ""
    why = "; ".join(part for part in (one.bearing.how, studied) if part)
    kind = one.how if one.how != "direct" or one.known else "direct.disease"
    return w.book.words(f"evidence.{kind}", how=why)


def _certainty(w: Writer) -> Said:
    """That no randomized trial among the sources bears directly, where none does: one would raise certainty."""
    all_of = bearings(w.standard, w.facts, w.d.on)
    kinds = {one.bearing.cite: w.knowledge.sources[one.bearing.cite].kind for one in all_of}
    direct = [one for one in all_of if one.how == "direct" and kinds[one.bearing.cite] == _TRIAL]
    if direct or not all_of:
        return ()
    told = w.count("kinds of source", {}, "; ".join(f"{key}: {kind}" for key, kind in kinds.items()))
    counted = w.count("sources", {"direct trials": 0}, str(len(kinds)))
    return w.say("evidence.certainty", (told, counted), n=str(len(kinds)))


def standing(w: Writer) -> Said:
    """Place in the treatment algorithm and standard-of-care status."""
    standard = w.standard
    if standard is None:
        return ()
    it = standard.standing
    # The standing is that of the use in general; a finding that is an exception from it says so here as well.
    apart = standard.stance is not Stance.FOR and w.d.finding in (Finding.SUPPORTED, Finding.SUPPORTED_IF)
    place = w.say(
        "standing.place.exception" if apart else "standing.place",
        (w.trace(standard.id, it.care), *w.sources(it.cite, it.says)),
        line=w.book.word("line", it.line),
        care=w.book.word("care", it.care),
        use=w.book.words("standing.labelled" if it.labelled else "standing.unlabelled"),
    )
    return (*place, *w.sentence(it.says, it.cite, it.plain))


def onset(w: Writer) -> Said:
    """When benefit may be expected."""
    return notes(w, w.standard.onset) if w.standard is not None else ()


def benefit(w: Writer) -> Said:
    """What may be expected, when, and for how long."""
    return notes(w, (*w.standard.onset, *w.standard.lasting)) if w.standard is not None else ()


def monitoring(w: Writer) -> Said:
    """What to measure, what to watch, when to stop."""
    standard = w.standard
    if standard is None:
        return ()
    first = (
        standard.measures[:1],
        standard.stopping[:1],
        standard.monitoring,
        standard.measures[1:],
        standard.stopping[1:],
    )
    return notes(w, tuple(note for group in first for note in group))[:_MOST_WATCHED]


def measures(w: Writer) -> Said:
    """What benefit is measured by, and what is watched."""
    standard = w.standard
    return notes(w, (*standard.measures, *standard.monitoring)) if standard is not None else ()


def stopping(w: Writer) -> Said:
    """When to judge benefit, to space out and to stop."""
    return notes(w, w.standard.stopping) if w.standard is not None else ()


def guidelines(w: Writer) -> Said:
    """What the sources that recommend say, with the strength that they give it themselves."""
    standard = w.standard
    if standard is None:
        return ()
    rows: list[Statement] = []
    for bearing in standard.evidence:
        source = w.knowledge.sources.get(bearing.cite)
        if source is not None and (source.recommendation is not None or _GUIDELINE in source.kind):
            how = w.book.words("evidence.indirect", how=bearing.how) if bearing.bearing == "indirect" else ""
            proved = w.sources((bearing.cite,), f"{bearing.says} {bearing.how}")
            rows += w.say("evidence.bearing", proved, text=bearing.says, how=how)
    return (*rows, *w.sentence(standard.standing.says, standard.standing.cite, standard.standing.plain))


def pitfalls(w: Writer) -> Said:
    """What is easily got wrong here."""
    return notes(w, w.standard.pitfalls) if w.standard is not None else ()


def notes(w: Writer, listed: tuple[Note, ...]) -> Said:
    """The first of the notes that this audience is told of this case, each as a sentence."""
    plain = w.book.audience == "patient"
    told = [note for note in listed if note.text not in w.told_notes and (note.plain or not plain) and w.met(note.when)]
    return tuple(one for note in told[:_MOST_NOTES] for one in w.sentence(note.text, note.cite, note.plain))


def differential(w: Writer) -> Said:
    """Other diagnoses that the facts call for considering, with those facts."""
    rows: list[Statement] = []
    told: set[str] = set()
    for weighed in w.d.weighed:
        standard = w.knowledge.standard_table[weighed.standard]
        for other in standard.differential:
            step = w.judge(other.when)
            if step.verdict is Verdict.MET and other.standard != w.d.lead and w.book.audience == "patient":
                rows += _ask_about(w, other, step)
            elif step.verdict is Verdict.MET and other.standard != w.d.lead:
                quotes, proved = w.quoted(facts_deciding(step), 4)
                cited = w.sources(other.cite, other.text)
                seen = w.book.words("differential.facts", quotes=quotes) if quotes and quotes not in told else ""
                told.add(quotes)
                rows += w.say("differential", (*cited, *proved), text=other.text, facts=seen)
    return tuple(rows[:_MOST_OTHERS])


def _ask_about(w: Writer, other: Differential, step: Step) -> Said:
    """For a patient, the other diagnosis by its name, where this content has one for it."""
    named = w.knowledge.standard_table.get(other.standard)
    if named is None:
        return ()
    facts = proofs.of_facts(facts_deciding(step))
    return w.say("differential.ask", (w.trace(named.id, "differential"), *facts), condition=title_of(w, named))


def others(w: Writer) -> Said:
    """Every other standard that the facts reach, and why it does not carry the request."""
    rows: list[Statement] = []
    for weighed in w.d.weighed[1 : 1 + _MOST_OTHERS]:
        standard = w.knowledge.standard_table[weighed.standard]
        proved = (w.trace(standard.id, weighed.finding), *w.sources(standard.standing.cite))
        rows += w.say(
            "others.row",
            (*proved, *(w.clause(standard, one) for one in standard.criteria if one.id in _named(weighed))),
            label=w.words.name(standard.title),
            mark=weighed.finding,
            why=_why(w, standard, weighed),
        )
    return tuple(rows)


def _named(weighed: Weighed) -> tuple[str, ...]:
    return weighed.failed if weighed.finding is Finding.NOT_SUPPORTED else weighed.missing


def _why(w: Writer, standard: Standard, weighed: Weighed) -> str:
    if weighed.finding is Finding.NOT_SUPPORTED and standard.stance is not Stance.FOR:
        return w.book.words(f"others.{standard.stance}")
    table = criteria_of(standard)
    lead = w.lead
    if lead is not None and weighed.finding is lead.finding is Finding.SUPPORTED_IF and _named(weighed) == _named(lead):
        return w.book.words("others.same")
    named = "; ".join(table[key].paraphrase for key in _named(weighed) if key in table)
    return w.book.words(f"others.{weighed.finding}", criteria=named)
