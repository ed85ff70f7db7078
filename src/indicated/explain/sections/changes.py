"""What is missing, in order of weight, and what would change the answer."""

from __future__ import annotations

from indicated.engine.evaluate import gaps as gaps_of
from indicated.explain import proofs
from indicated.explain.sections.criteria import criteria_of
from indicated.explain.sections.sets import products, values
from indicated.explain.writer import Said, Writer
from indicated.model.determination import Finding, Flip, FlipTarget, Judgement
from indicated.model.fact import Fact
from indicated.model.standard import Criterion
from indicated.model.statement import Proof, Statement
from indicated.model.verdict import Gap, Settle, Verdict

_WORSE = (Verdict.NOT_MET, Finding.NOT_SUPPORTED)
_MOST_MISSING, _MOST_SETS, _MOST_GAPS = 6, 3, 12


def missing(w: Writer) -> Said:
    """What to ask for, the most telling first: what the finding hangs on, then the rest in a line."""
    rows: list[Statement] = []
    told: set[str] = set()
    for criterion, judgement, owner in _open_criteria(w):
        gaps = gaps_of(judgement.step)
        told |= {gap.about for gap in gaps}
        text = criterion.ask or "; ".join(dict.fromkeys(w.words.gap(gap) for gap in gaps[:3]))
        if text:
            proved = (w.trace(criterion.id, judgement.verdict), owner)
            rows += w.say("missing.criterion", proved, text=text)
    told |= _told_in_the_answer(w)
    rest = [gap for gap in w.d.gaps if gap.about not in told]
    policy = w.say("missing.policy", (w.trace("policy", w.d.policy_verdict or ""),)) if w.told_count else ()
    return (*rows[:_MOST_MISSING], *policy, *_tail(w, rest))


def _told_in_the_answer(w: Writer) -> set[str]:
    """What the policy's open count lacks, when the answer has named its items."""
    result = w.d.policy_result
    if not w.told_count or result is None or result.start is None:
        return set()
    return {gap.about for gap in gaps_of(result.start)}


def _open_criteria(w: Writer) -> list[tuple[Criterion, Judgement, Proof]]:
    """Unknown criteria of the lead standard, those the finding names first."""
    standard, lead = w.standard, w.lead
    if standard is None or lead is None:
        return []
    table = criteria_of(standard)
    unknown = [one for one in lead.judgements if one.verdict is Verdict.UNKNOWN and one.criterion in table]
    unknown.sort(
        key=lambda one: lead.missing.index(one.criterion) if one.criterion in lead.missing else len(lead.missing)
    )
    return [(table[one.criterion], one, w.clause(standard, table[one.criterion])) for one in unknown]


def _tail(w: Writer, rest: list[Gap]) -> Said:
    """Everything else that is missing, by what would settle it, each in a word."""
    groups: dict[Settle, list[str]] = {}
    for gap in rest:
        groups.setdefault(gap.settles, []).append(w.words.label(gap.about))
    said = " ".join(
        w.book.words(f"gaps.{settles}", about=w.words.sets(about, _MOST_GAPS)) for settles, about in groups.items()
    )
    if not said:
        return ()
    proved = (w.trace("gaps", "; ".join(dict.fromkeys(f"{gap.about}: {gap.kind}" for gap in rest))),)
    return w.say("missing.rest", proved, gaps=said)


def flips(w: Writer) -> Said:
    """The smallest sets of facts that would change the finding or the policy's verdict, and what it rests on alone.

    Sets that only contradict what the record says are left to the facts it rests on.
    """
    groups: dict[tuple[FlipTarget, str, str], list[Flip]] = {}
    for flip in w.d.flips:
        told = w.told_count and flip.target is FlipTarget.POLICY and flip.to == Verdict.MET
        if not told and not all(change.known for change in flip.changes):
            standard = flip.standard if flip.target is FlipTarget.FINDING else ""
            groups.setdefault((flip.target, flip.to, standard), []).append(flip)
    rows: list[Statement] = []
    for (target, to, standard), members in groups.items():
        most = 1 if to in _WORSE else _MOST_SETS
        rows += _group(w, _label(w, target, to, standard), members, most)
    return (*rows, *_alone(w))


def _label(w: Writer, target: FlipTarget, to: str, standard: str) -> str:
    through = w.knowledge.standard_table.get(standard)
    via = ""
    if through is not None and standard != w.d.lead:
        via = w.book.words("flips.through", title=w.words.name(through.title))
    family = "finding" if target is FlipTarget.FINDING else "policy_verdict"
    return w.book.words(f"flips.{target}", to=w.book.word(family, to), via=via)


def _group(w: Writer, label: str, members: list[Flip], most: int) -> Said:
    sets = [one for one in products(w, members) if one not in w.told_sets]
    if not sets:
        return ()
    kind = "any" if sets[1:] else "one"
    proved = (w.trace("flips", label), *values(members))
    return w.say(f"flips.{kind}", proved, label=label, sets=w.words.sets(sets, most))


def _alone(w: Writer) -> Said:
    """Facts on which today's outcome rests alone, by what would become of it without them."""
    groups: dict[tuple[FlipTarget, str], list[Fact]] = {}
    for support in w.d.rests_on:
        groups.setdefault((support.target, support.without), []).append(support.fact)
    rows: list[Statement] = []
    for (target, without), facts in groups.items():
        said = w.words.sets([w.words.fact(fact) for fact in facts], _MOST_SETS)
        family = "finding" if target is FlipTarget.FINDING else "policy_verdict"
        label = w.book.words(f"rests.{target}", without=w.book.word(family, without))
        rows += w.say("rests", (*proofs.of_facts(facts), w.trace("rests", without)), label=label, facts=said)
    return tuple(rows)
