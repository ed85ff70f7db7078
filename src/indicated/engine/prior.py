"""Each therapy on record against what the lead standard and the policy ask of it, and the alternatives not tried.

Nothing is judged here: what is asked is read off the trace, and an episode is judged as the `tried` leaf judged it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from indicated.engine.episodes import only_asked
from indicated.engine.evaluate import evaluate, facts_deciding, leaves
from indicated.engine.facts import Facts, says_present
from indicated.engine.therapies import judge_episode
from indicated.model.determination import PolicyResult, Step, Weighed
from indicated.model.fact import Fact, Stage, Tolerance
from indicated.model.prior import Bar, PriorTherapy, Shortfall, TrialAsk, Untried
from indicated.model.quantity import Quantity
from indicated.model.rule import All, Any, AtLeast, NoneOf, Ref, Tried
from indicated.model.standard import Alternative, Standard
from indicated.model.verdict import Verdict

_BEST = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET)
_REFUSED = (Tolerance.CONTRAINDICATED, Tolerance.ALLERGIC)


class Asking(NamedTuple):
    """A `tried` leaf of a trace, and whose it is."""

    document: str
    criterion: str
    rule: Tried


def prior_therapies(
    lead: Standard | None, weighed: Weighed | None, policy: PolicyResult | None, facts: Facts, on: date
) -> tuple[PriorTherapy, ...]:
    """The therapies on record that a criterion asks about or the standard lists, in the record's order."""
    asking = tuple(dict.fromkeys((*_of_standard(weighed), *_of_policy(policy))))
    listed = [concept for one in (lead.alternatives if lead is not None else ()) for concept in one.concepts]
    found: list[PriorTherapy] = []
    for fact in facts.facts:
        if fact.therapy is not None and not only_asked(fact, facts.request):
            lineage = facts.vocabulary.ancestors(fact.concept)
            asks = _asks([one for one in asking if one.rule.concept in lineage], fact, facts, on)
            found.append(PriorTherapy(fact, asks, any(concept in lineage for concept in listed)))
    return tuple(one for one in found if one.asks or one.alternative)


def _of_standard(weighed: Weighed | None) -> Iterator[Asking]:
    for judgement in weighed.judgements if weighed is not None else ():
        yield from asked(judgement.step, weighed.standard, judgement.criterion)  # type: ignore[union-attr]


def _of_policy(policy: PolicyResult | None) -> Iterator[Asking]:
    """What the policy asks to have been tried; an exclusion asks for nothing."""
    for step in (policy.start, policy.limits) if policy is not None else ():
        if step is not None:
            yield from asked(step, policy.policy, "")  # type: ignore[union-attr]


def asked(step: Step, document: str, criterion: str) -> Iterator[Asking]:
    """The `tried` leaves that ask for a trial: not what must not have been tried, nor what a group is met without, nor
    those of an alternative that fails for another reason.
    """
    rule = step.rule
    if isinstance(rule, Tried):
        yield Asking(document, criterion, rule)
    if isinstance(rule, NoneOf):
        return
    inner = rule.criterion if isinstance(rule, Ref) else criterion
    for part in _asking_parts(step):
        yield from asked(part, document, inner)


def _asking_parts(step: Step) -> tuple[Step, ...]:
    if not isinstance(step.rule, Any | AtLeast):
        return step.parts
    if step.verdict is Verdict.MET:
        return tuple(part for part in step.parts if part.verdict is Verdict.MET)
    return tuple(part for part in step.parts if not _closed(part)) or step.parts


def _closed(step: Step) -> bool:
    """Whether something other than a trial already fails it, so that no trial could help."""
    if isinstance(step.rule, Ref):
        return any(_closed(part) for part in step.parts)
    parts = step.parts if isinstance(step.rule, All) else ()
    failed = (part for part in parts if part.verdict is Verdict.NOT_MET)
    return any(not any(isinstance(leaf.rule, Tried) for leaf in leaves(part)) for part in failed)


def _asks(asking: list[Asking], fact: Fact, facts: Facts, on: date) -> tuple[TrialAsk, ...]:
    """One for each criterion: of several ways in which it asks for the drug, the one that came closest."""
    best: dict[tuple[str, str], TrialAsk] = {}
    for document, criterion, rule in asking:
        ask = _ask(document, criterion, rule, fact, facts, on)
        known = best.get((document, criterion))
        if known is None or _BEST.index(ask.verdict) < _BEST.index(known.verdict):
            best[document, criterion] = ask
    return tuple(best.values())


def _ask(document: str, criterion: str, rule: Tried, fact: Fact, facts: Facts, on: date) -> TrialAsk:  # noqa: PLR0913, PLR0917
    episode = judge_episode(rule, fact, facts, on)
    short = _short_by(rule, fact, facts) if Shortfall.TOO_SHORT in episode.shortfalls else None
    return TrialAsk(document, criterion, rule, episode.verdict, episode.shortfalls, short)


def _short_by(rule: Tried, fact: Fact, facts: Facts) -> Quantity | None:
    """How much is missing, where a duration is told that converts into the rule's unit without rounding."""
    needed, told = rule.for_at_least, fact.therapy.duration if fact.therapy is not None else None
    if needed is None or needed.exact is None or told is None or told.exact is None:
        return None
    taken = facts.units.convert(told, needed.unit)
    if taken is None or taken.exact is None or taken.exact != round(taken.exact, 1):
        return None
    return Quantity.of(needed.exact - taken.exact, needed.unit)


def untried(standard: Standard | None, facts: Facts, on: date) -> tuple[Untried, ...]:
    """The standard's alternatives for this case that nobody is on record as having used, in its order."""
    left = [
        one
        for one in (standard.alternatives if standard is not None else ())
        if not _used(one, facts) and (one.when is None or evaluate(one.when, facts, on).verdict is Verdict.MET)
    ]
    return tuple(Untried(one, _refused(one, facts), tuple(_bars(one, facts, on))) for one in left)


def _used(alternative: Alternative, facts: Facts) -> bool:
    return any(_exposed(fact) for concept in alternative.concepts for fact in facts.below(concept))


def _exposed(fact: Fact) -> bool:
    """A drug that was or is taken; a procedure that was done has no course to tell of."""
    if fact.therapy is None:
        return says_present(fact)
    return fact.therapy.stage in (Stage.PAST, Stage.CURRENT)


def _refused(alternative: Alternative, facts: Facts) -> tuple[Fact, ...]:
    """What says that it cannot be given; one drug of a class leaves the class, and one of several the others."""
    found: list[Fact] = []
    for concept in alternative.concepts:
        against = [fact for fact in facts.above(concept) if fact.therapy and fact.therapy.tolerance in _REFUSED]
        if not against:
            return ()
        found += against
    return tuple(dict.fromkeys(found))


def _bars(alternative: Alternative, facts: Facts, on: date) -> Iterator[Bar]:
    for note in alternative.unless:
        step = evaluate(note.when, facts, on) if note.when is not None else None
        if step is not None and step.verdict is Verdict.MET:
            yield Bar(note, facts_deciding(step))
