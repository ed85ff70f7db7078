"""A treatment that is to go on: since when, the measures, what less of it did, what the request changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import reduce

from msgspec.structs import replace

from indicated.explain import proofs
from indicated.explain.writer import Said, Writer
from indicated.model.continuation import Before, Continuation, Followed, Trend, Untold, WeeklyDose
from indicated.model.fact import Course, Fact
from indicated.model.quantity import Quantity, plain
from indicated.model.statement import Proof, Statement

_MOST_VALUES, _MOST_NOTES = 4, 2


def continuation(w: Writer) -> Said:
    """What the record tells of the treatment so far, and what it should tell and does not."""
    it = w.d.continuation
    if it is None:
        return ()
    return (
        *_since(w, it),
        *(row for one in it.followed for row in _measure(w, one)),
        *_undated(w, it),
        *_responses(w, it),
        *_pauses(w, it),
        *_before(w, it.before),
        *_weekly(w, it.weekly),
        *_against(w, it),
        *_stopping(w),
        *_untold(w, it),
    )


def _since(w: Writer, it: Continuation) -> Said:
    began = it.began
    therapy = began.therapy if began is not None else None
    if began is None or therapy is None:
        return ()
    label = w.book.words("continuation.label.since")
    # The words of the beginning come after those of the drug.
    quotes, proved = w.quoted([replace(began, sources=began.sources[::-1])], 1)
    if it.since is not None:
        day = w.words.day(it.since)
        proof = w.count("began", {"therapy": began.concept}, day)
        return w.say("continuation.since", (*proved, proof), label=label, day=day, quotes=_shown(w, quotes))
    if therapy.duration is None:
        return ()
    long = w.words.quantity(therapy.duration)
    proof = w.count("has run", {"therapy": began.concept}, therapy.duration.text())
    return w.say("continuation.runs", (*proved, proof), label=label, time=long, quotes=_shown(w, quotes))


def _shown(w: Writer, quotes: str) -> str:
    return w.book.words("treatments.quote", quotes=quotes) if quotes else ""


def _measure(w: Writer, one: Followed) -> Said:
    """A measure with its values and days, the change, and what the standard counts as one."""
    shown = (one.values[0], *one.values[1:-1][-(_MOST_VALUES - 2) :], one.values[-1])
    values = [_value(w, fact) for fact in shown]
    by = one.change.exact or Decimal(0)
    size = w.words.quantity(Quantity.of(abs(by), one.change.unit))
    days = "; ".join(f"{fact.value.text() if fact.value else ''} {fact.on}" for fact in shown)
    proved: list[Proof] = [*proofs.of_facts(shown), w.count("change", {"values": days}, one.change.text())]
    proved.append(w.count("change", {"values": days}, f"{plain(abs(by))}; {one.trend}; {'; '.join(values)}"))
    enough = ""
    if one.gauge is not None:
        proved += w.sources(one.gauge.cite, one.gauge.by.text() if one.gauge.by is not None else "")
        if one.gauge.by is not None and one.enough is not None and one.trend is not Trend.WORSE:
            proved.append(w.count("counts as a change", {"measure": one.concept}, one.gauge.by.text()))
            enough = w.book.words(f"continuation.enough.{one.enough}", by=w.words.quantity(one.gauge.by))
    return w.say(
        "continuation.measure",
        proved,
        label=w.words.label(one.concept),
        values=reduce(lambda told, value: w.book.words("continuation.then", told=told, value=value), values),
        trend=w.book.words(f"continuation.trend.{_way(one)}", size=size),
        enough=enough,
        late=w.book.words("continuation.late") if one.late else "",
    )


def _way(one: Followed) -> str:
    """The trend; of a measure without a better end, whether it rose or fell."""
    if one.trend is not Trend.CHANGED:
        return one.trend.value
    return "higher" if (one.change.exact or 0) > 0 else "lower"


def _value(w: Writer, fact: Fact) -> str:
    value = w.words.quantity(fact.value) if fact.value is not None else ""
    day = w.words.day(fact.on) if fact.on is not None else ""
    return w.book.words("continuation.value", value=value, day=day)


def _undated(w: Writer, it: Continuation) -> Said:
    """Values of the standard's measures that cannot be put in order, by measure."""
    rows: list[Statement] = []
    levels = {gauge.concept for gauge in it.gauges if gauge.on_treatment}
    for concept in dict.fromkeys(fact.concept for fact in it.undated):
        facts = [fact for fact in it.undated if fact.concept == concept]
        values = [
            _value(w, fact) if fact.on is not None else w.words.quantity(fact.value) for fact in facts if fact.value
        ]
        days = w.count("values", {"measure": concept}, "; ".join(values))
        rows += w.say(
            _unordered(facts, levels=concept in levels),
            (*proofs.of_facts(facts), days),
            label=w.words.label(concept),
            values="; ".join(dict.fromkeys(values)),
        )
    return tuple(rows)


def _unordered(facts: list[Fact], *, levels: bool) -> str:
    """The phrase: values without their days, one that has nothing beside it, a level that needs nothing beside it."""
    if facts[1:] or (levels and facts[0].on is None):
        return "continuation.undated"
    return "continuation.level" if levels else "continuation.single"


def _responses(w: Writer, it: Continuation) -> Said:
    courses = [fact for fact in it.responses if fact.course not in (None, Course.RELAPSE_OFF_TREATMENT)]
    told = courses or [fact for fact in it.responses if fact.course is None]
    if not told:
        return ()
    quotes, proved = w.quoted(told, 2)
    how = w.book.series(_answered(w, told))
    label = w.book.words("continuation.label.response")
    return w.say("continuation.response", proved, label=label, how=how, quotes=_shown(w, quotes))


def _answered(w: Writer, told: list[Fact]) -> Iterator[str]:
    for fact in told:
        if fact.course is not None:
            yield w.book.word("course", fact.course)
        elif fact.therapy is not None:
            yield w.book.word("outcome", fact.therapy.outcome)


def _pauses(w: Writer, it: Continuation) -> Said:
    """What less of it, or none, did; that nothing tells of it is told too."""
    relapsed = [fact for fact in it.responses if fact.course is Course.RELAPSE_OFF_TREATMENT]
    label = w.book.words("continuation.label.less")
    if not it.pauses and not relapsed:
        return w.say("continuation.less.none", (w.trace("less", "none"),), label=label)
    quotes, proved = w.quoted([*relapsed, *it.pauses], 3)
    phrase = "continuation.less.relapsed" if relapsed else "continuation.less.tried"
    return w.say(phrase, proved, label=label, quotes=quotes)


def _before(w: Writer, before: Before | None) -> Said:
    """The regimen so far, beside the request where the request changes it."""
    request = w.d.case.request
    if before is None or request is None or request.regimen is None:
        return ()
    was, now = w.words.regimen(before.regimen), w.words.regimen(request.regimen)
    of = w.words.label(before.concept) if before.concept else ""
    asked = w.words.label(request.product or request.treatment)
    concepts = f"{before.concept} {request.product} {request.treatment}"
    proved: list[Proof] = [w.count("regimen before", {}, was), w.count("regimen asked for", {}, now)]
    proved.append(w.trace("regimens", concepts))
    proved += proofs.of_facts([before.fact]) if before.fact is not None else ()
    label = w.book.words("continuation.label.before")
    if not before.changes:
        return w.say("continuation.same", proved, label=label, was=f"{of} {was}")
    parts = w.book.series(w.book.word("regimen_part", part) for part in before.changes)
    return w.say("continuation.changed", proved, label=label, was=f"{of} {was}", now=f"{asked} {now}", parts=parts)


def _weekly(w: Writer, it: WeeklyDose | None) -> Said:
    """The label's first weekly dose, with its arithmetic."""
    product = w.knowledge.product_table.get(it.product) if it is not None else None
    if it is None or product is None:
        return ()
    inputs: dict[str, int | str] = {
        "last": it.last.text(),
        "factor": plain(it.factor),
        "weeks": plain(it.weeks),
    }
    unread = "weekly_factor" in product.recalled
    return w.say(
        "continuation.weekly.recalled" if unread else "continuation.weekly",
        (*w.sources(product.cite, plain(it.factor)), w.count("weekly dose", inputs, it.dose.text())),
        label=w.book.words("continuation.label.weekly"),
        product=w.words.label(it.product),
        last=w.words.quantity(it.last),
        factor=plain(it.factor),
        weeks=plain(it.weeks),
        dose=w.words.quantity(it.dose),
    )


def _against(w: Writer, it: Continuation) -> Said:
    """Where the record says better and one of the standard's measures says worse."""
    better = [fact for fact in it.responses if fact.course is Course.IMPROVED]
    worse = [one for one in it.followed if one.trend is Trend.WORSE]
    if not better or not worse:
        return ()
    measures = w.book.series(w.words.label(one.concept) for one in worse)
    proved = (
        *proofs.of_facts(better),
        *proofs.of_facts(fact for one in worse for fact in one.values),
        w.trace("contrary", f"better; worse: {' '.join(one.concept for one in worse)}"),
    )
    return w.say("continuation.contrary", proved, measures=measures)


def _stopping(w: Writer) -> Said:
    """When the standard says to try less, or to stop."""
    notes = w.standard.stopping if w.standard is not None else ()
    plain_words = w.book.audience == "patient"
    told = [note for note in notes if (note.plain or not plain_words) and w.met(note.when)][:_MOST_NOTES]
    w.told_notes |= {note.text for note in told}
    label = w.book.words("continuation.label.stopping")
    return tuple(
        one
        for number, note in enumerate(told)
        for one in w.sentence(note.text, note.cite, note.plain, label="" if number else label)
    )


def _untold(w: Writer, it: Continuation) -> Said:
    """What to ask for, the standard's own measures by name."""
    if not it.untold:
        return ()
    proved = (w.trace("continuation", "; ".join((*it.untold, *(gauge.concept for gauge in it.gauges)))),)
    asks = (ask for what in it.untold for ask in _asks(w, it, what))
    label = w.book.words("continuation.label.ask")
    return w.say("continuation.untold", proved, label=label, asks="; ".join(asks))


def _asks(w: Writer, it: Continuation, what: Untold) -> Iterator[str]:
    """What to ask for in words; of measures those of the standard, levels apart from those with a before and a now."""
    if what is not Untold.MEASURES or not it.gauges:
        yield w.book.words(f"continuation.ask.{what}")
        return
    for kind in (False, True):
        named = w.book.series(w.words.label(one.concept) for one in it.gauges if one.on_treatment is kind)
        if named:
            yield w.book.words(f"continuation.ask.{'levels' if kind else 'measures.named'}", measures=named)
