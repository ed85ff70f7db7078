"""The treatments on record against what is asked of them, and the alternatives that nobody tried."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from indicated.engine.episodes import only_asked
from indicated.explain import proofs
from indicated.explain.sections.criteria import criteria_of
from indicated.explain.writer import Said, Writer
from indicated.model.fact import Fact, Outcome, Role, Stage, Therapy, Tolerance
from indicated.model.prior import PriorTherapy, Shortfall, TrialAsk, Untried
from indicated.model.quantity import Quantity
from indicated.model.statement import Proof, Statement
from indicated.model.verdict import Verdict

_MOST_UNTRIED = 3
_NOT_POSSIBLE = (Tolerance.INTOLERANT, Tolerance.ALLERGIC, Tolerance.CONTRAINDICATED)
_UNTOLD = frozenset((Shortfall.OUTCOME_NOT_TOLD, Shortfall.STILL_RUNNING))
_DAILY = Quantity.of(1, "d")
_ORDER = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN)
_TOO_LITTLE = (Outcome.FAILED, Outcome.PARTIAL, Outcome.WORSENED)


def treatments(w: Writer) -> Said:
    """Each therapy that something asks for: what was given, what came of it, what is asked, and whether it is enough;
    those alike in a row. Then the other treatments on record.
    """
    asked = [one for one in w.d.prior if one.asks]
    groups: dict[tuple[object, ...], list[PriorTherapy]] = {}
    for one in sorted(asked, key=lambda one: _ORDER.index(one.verdict or Verdict.UNKNOWN)):
        groups.setdefault(_alike(w, one), []).append(one)
    rows = [row for members in groups.values() for row in _row(w, members)]
    return (*rows, *_others(w, " ".join(row.text for row in rows)), *_note(w))


def _alike(w: Writer, one: PriorTherapy) -> tuple[object, ...]:
    """What two therapies share that can be told together."""
    therapy = one.fact.therapy
    assert therapy is not None
    alone = one.fact.concept if _given(w, therapy) or any(ask.short_by for ask in one.asks) else ""
    return (alone, one.verdict, w.words.therapy(therapy), tuple(_asked(w, ask) for ask in one.asks), _why(w, one))


def _row(w: Writer, members: list[PriorTherapy]) -> Said:
    facts = [one.fact for one in members]
    first = members[0]
    therapy = first.fact.therapy
    assert therapy is not None
    drugs = ", ".join(dict.fromkeys(w.words.label(fact.concept) for fact in facts))
    given = _given(w, therapy)
    label = w.book.words("therapies.label", drugs=drugs, given=given) if given else drugs
    quotes = w.marked(facts, 2)
    return w.say(
        "therapies.row",
        (*w.quoted(facts)[1], *_proved(w, members)),
        label=label,
        mark=first.verdict or "",
        how=w.words.therapy(therapy),
        quotes=w.book.words("treatments.quote", quotes=quotes) if quotes else "",
        asked=w.book.words("therapies.asked", what="; ".join(dict.fromkeys(_asked(w, ask) for ask in first.asks))),
        why=_why(w, first),
    )


def _given(w: Writer, therapy: Therapy) -> str:
    """The dose and how long it was given, as far as they were told; of a regimen that is in doubt nothing."""
    regimen = therapy.regimen
    if regimen is not None and regimen.per_day is not None and regimen.interval == _DAILY:
        regimen = replace(regimen, interval=None)
    dose = w.words.regimen(regimen) if regimen is not None and not regimen.doubts else ""
    told = regimen is not None and regimen.duration is not None and dose
    long = w.words.quantity(therapy.duration) if therapy.duration is not None and not told else ""
    return " ".join(part for part in (dose, w.book.words("regimen.duration", value=long) if long else "") if part)


def _proved(w: Writer, members: list[PriorTherapy]) -> Iterator[Proof]:
    """The clauses that ask, the figures of what was given, and the time that is missing."""
    for one in members:
        therapy = one.fact.therapy
        given = _given(w, therapy) if therapy is not None else ""
        if given:
            yield w.count("given", {"therapy": one.fact.concept}, given)
        for ask in one.asks:
            yield w.trace(f"{ask.document} {ask.criterion}", ask.verdict)
            yield from _clauses(w, ask)
            needed = ask.rule.for_at_least
            if ask.short_by is not None and needed is not None:
                yield w.count("short by", {"asked": needed.text()}, ask.short_by.text())


def _clauses(w: Writer, ask: TrialAsk) -> Iterator[Proof]:
    for owner in (w.standard, w.d.policy):
        if owner is not None and owner.id == ask.document:
            criterion = criteria_of(owner).get(ask.criterion)
            rule = w.words.quantity
            times = [rule(one) for one in (ask.rule.for_at_least, ask.rule.within) if one is not None]
            if criterion is not None:
                yield w.clause(owner, criterion)
            if times or ask.rule.count > 1:
                yield w.count("asked", {"criterion": ask.criterion, "drugs": ask.rule.count}, "; ".join(times))


def _asked(w: Writer, ask: TrialAsk) -> str:
    """What the criterion asks of the therapy, with whose criterion it is."""
    rule = ask.rule
    what = w.book.series(_outcomes(w, rule.outcomes), "or")
    limits = [what or w.book.words("therapies.asked.use")]
    if rule.for_at_least is not None:
        limits.append(w.book.words("therapies.asked.for", time=w.words.quantity(rule.for_at_least)))
    if rule.within is not None:
        limits.append(w.book.words("therapies.asked.within", time=w.words.quantity(rule.within)))
    if rule.count > 1:
        limits.append(w.book.words("therapies.asked.count", n=str(rule.count)))
    return w.book.words("therapies.asked.by", who=_whose(w, ask), what=", ".join(limits))


def _outcomes(w: Writer, outcomes: tuple[str, ...]) -> Iterator[str]:
    """The outcomes that count; those that together mean too little effect, or that it cannot be taken, in one."""
    told = set(outcomes)
    for name, group in (("too_little", _TOO_LITTLE), ("not_possible", _NOT_POSSIBLE)):
        if told.issuperset(group):
            told.difference_update(group)
            yield w.book.words(f"therapies.asked.{name}")
    yield from (w.book.word("trial_outcome", name) for name in outcomes if name in told)


def _whose(w: Writer, ask: TrialAsk) -> str:
    if w.standard is not None and ask.document == w.standard.id:
        return w.book.words("therapies.by.evidence")
    criterion = criteria_of(w.d.policy).get(ask.criterion) if w.d.policy is not None else None
    section = criterion.section if criterion is not None else ""
    return w.book.words("therapies.by.policy", section=w.words.name(section)).strip()


def _why(w: Writer, one: PriorTherapy) -> str:
    """Where it falls short, or what was not told, in the order in which a person would ask."""
    said: list[str] = []
    for ask in one.asks:
        for shortfall in ask.shortfalls if ask.verdict is one.verdict else ():
            if shortfall is Shortfall.TOO_SHORT and ask.short_by is not None:
                said.append(w.book.words("shortfall.too_short.by", time=w.words.quantity(ask.short_by)))
            else:
                said.append(w.book.word("shortfall", shortfall))
    return " ".join(dict.fromkeys(said))


def _others(w: Writer, before: str) -> Said:
    """The treatments on record that nothing asks for, by where they stand and what came of them; a quote told `before`
    is not told again.
    """
    asked = {one.fact for one in w.d.prior if one.asks}
    rows: list[Statement] = []
    for how, members in _by_outcome(w).items():
        others = [fact for fact in members if fact not in asked]
        quotes = w.marked(others, 2)
        said = w.book.words("treatments.quote", quotes=quotes) if quotes and quotes not in before else ""
        if others:
            rows += w.say("therapies.other", w.quoted(others)[1], label=_drugs(w, others), how=how, quotes=said)
    return tuple(rows)


def by_outcome(w: Writer) -> Said:
    """All treatments on record by where they stand and what came of them, for who only wants to know that."""
    rows: list[Statement] = []
    for how, members in _by_outcome(w).items():
        quotes = w.marked(members, 2)
        said = w.book.words("treatments.quote", quotes=quotes) if quotes else ""
        rows += w.say("treatments.group", w.quoted(members)[1], label=how, drugs=_drugs(w, members), quotes=said)
    return tuple(rows)


def _drugs(w: Writer, facts: list[Fact]) -> str:
    return ", ".join(dict.fromkeys(w.words.label(fact.concept) for fact in facts))


def _by_outcome(w: Writer) -> dict[str, list[Fact]]:
    groups: dict[str, list[Fact]] = {}
    for fact in w.d.case.facts:
        therapy = fact.therapy
        if therapy is None or therapy.stage is Stage.REQUESTED or only_asked(fact, w.d.case.request):
            continue
        if therapy.role is not Role.REQUESTED or therapy.stage in (Stage.CURRENT, Stage.PAST):
            groups.setdefault(w.words.therapy(therapy), []).append(fact)
    return groups


def untold(w: Writer) -> Said:
    """Says that an outcome nobody stated is not a failure, when there is one."""
    unknown = [
        fact
        for members in _by_outcome(w).values()
        for fact in members
        if (therapy := fact.therapy) is not None
        and therapy.outcome is Outcome.UNKNOWN
        and therapy.tolerance is Tolerance.UNKNOWN
        and therapy.stage in (Stage.PAST, Stage.CURRENT)
        and therapy.role is not Role.REQUESTED
    ]
    return w.say("treatments.untold", proofs.of_facts(unknown)) if unknown else ()


def _note(w: Writer) -> Said:
    """The same as a row of the table, where an outcome is asked for and was not told."""
    unknown = [one.fact for one in w.d.prior if any(_UNTOLD & {*ask.shortfalls} for ask in one.asks)]
    label = w.book.words("treatments.note")
    return w.say("treatments.untold", proofs.of_facts(unknown), label=label) if unknown else ()


def untried(w: Writer) -> Said:
    """The standard's alternatives that the record does not show as tried, in the standard's order, with what on record
    speaks against giving them.
    """
    free = [one for one in w.d.untried if not one.ruled_out][:_MOST_UNTRIED]
    left = [one for one in w.d.untried if one.ruled_out or one in free]
    if w.book.audience != "patient":
        return tuple(one for each in left for one in _alternative(w, each))
    concepts = list(dict.fromkeys(concept for each in free for concept in each.alternative.concepts[:1]))
    if not concepts:
        return ()
    proved = (
        w.trace(w.d.lead, f"not tried: {' '.join(concepts)}"),
        *w.sources(key for each in free for key in each.alternative.cite),
    )
    return w.say("untried.names", proved, names="; ".join(dict.fromkeys(map(w.words.label, concepts))))


def _alternative(w: Writer, one: Untried) -> Said:
    alternative = one.alternative
    if not one.ruled_out:
        return w.sentence(alternative.text, alternative.cite)
    quotes, proved = w.quoted(one.refused, 2)
    reasons = [w.book.words("untried.refused", quotes=quotes)] if quotes else []
    cited: list[Proof] = []
    for bar in one.bars:
        facts = "; ".join(dict.fromkeys(w.words.fact(fact) for fact in bar.facts))
        reasons.append(w.book.words("untried.bar", text=bar.note.text, facts=facts))
        cited += (*w.sources(bar.note.cite, bar.note.text), *proofs.of_facts(bar.facts))
    sources = w.sources(alternative.cite, alternative.text)
    text = alternative.text.rstrip(".")
    return w.say("untried.ruled_out", (*sources, *proved, *cited), text=text, why=" ".join(reasons))
