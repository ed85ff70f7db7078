"""What is missing, in order of weight, and what would change the answer."""

from __future__ import annotations

from indicated.engine.evaluate import deciding, leaves
from indicated.engine.evaluate import gaps as gaps_of
from indicated.explain import proofs
from indicated.explain.sections.criteria import asked_about, criteria_of, title_of
from indicated.explain.sections.sets import any_of, in_words, judged, merged, values
from indicated.explain.writer import Said, Writer
from indicated.model.determination import Finding, Flip, FlipTarget, Judgement
from indicated.model.fact import Fact
from indicated.model.standard import Criterion
from indicated.model.statement import Proof, Statement
from indicated.model.verdict import Gap, Settle, Verdict

_INDICATIONS = "request.indications"
_ORDER = (Finding.SUPPORTED, Finding.SUPPORTED_IF, Finding.UNDETERMINED, Finding.NOT_SUPPORTED)
_POLICY_ORDER = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET)
_UNCLEAR = (Settle.ROUTE, Settle.WHICH_IS_RIGHT, Settle.CONFIRMATION, Settle.JUDGEMENT)
_MOST_MISSING, _MOST_SETS, _MOST_GAPS = 6, 3, 12


def missing(w: Writer) -> Said:
    """What to ask for, the most telling first: what the finding hangs on, then the rest in a line."""
    rows: list[Statement] = []
    told: set[str] = set()
    for criterion, judgement, owner in open_criteria(w):
        gaps = gaps_of(judgement.step)
        told |= {gap.about for gap in gaps}
        text = asking(w, criterion, gaps)
        if text:
            seen = (proof for gap in gaps for proof in w.on_record(gap.about))
            proved = (w.trace(criterion.id, judgement.verdict), owner, *seen)
            rows += w.say("missing.criterion", proved, text=text)
    silent, about = _taken_as_met(w)
    rows = [*rows[:_MOST_MISSING], *silent]
    policy = w.say("missing.policy", (w.trace("policy", w.d.policy_verdict or ""),)) if w.told_count else ()
    return (*rows, *policy, *_tail(w, told | about))


def besides(w: Writer, told: set[str]) -> Said:
    """What is missing besides what was told of: what silence was taken for, then the rest in a line. For a letter."""
    silent, about = _taken_as_met(w, letter=True)
    return (*silent, *_tail(w, told | about))


def asking(w: Writer, criterion: Criterion, gaps: tuple[Gap, ...]) -> str:
    """What to ask for a criterion, with what of it the record says unclearly or leaves to a person."""
    if not criterion.ask:
        return "; ".join(dict.fromkeys(w.words.gap(gap) for gap in gaps[:3]))
    unclear = (w.words.gap(gap) for gap in gaps if gap.settles in _UNCLEAR)
    return "; ".join((w.book.sentence(criterion.ask), *tuple(dict.fromkeys(unclear))[:2]))


def _taken_as_met(w: Writer, *, letter: bool = False) -> tuple[list[Statement], set[str]]:
    """What to ask where a criterion is met by silence alone, and all that silence was taken for in those met."""
    standard, lead = w.standard, w.lead
    if standard is None or lead is None:
        return [], set()
    rows: list[Statement] = []
    about: set[str] = set()
    table = criteria_of(standard)
    for judgement in lead.judgements:
        carriers = deciding(judgement.step)
        criterion = table.get(judgement.criterion)
        if criterion is None or judgement.verdict is not Verdict.MET:
            continue
        about |= {gap for leaf in leaves(judgement.step) if leaf.silent for gap in asked_about(leaf.rule)}
        by_silence = any(leaf.silent for leaf in carriers) and not any(leaf.facts for leaf in carriers)
        if criterion.ask and by_silence:
            proved = (w.trace(criterion.id, judgement.verdict), w.clause(standard, criterion))
            phrase = "content.sentence" if letter else "missing.silent"
            rows += w.say(phrase, proved, text=w.book.sentence(criterion.ask))
    return rows, about


def _told_in_the_answer(w: Writer) -> set[str]:
    """What the policy's open count lacks, when the answer has named its items."""
    result = w.d.policy_result
    if not w.told_count or result is None or result.start is None:
        return set()
    return {gap.about for gap in gaps_of(result.start)}


def open_criteria(w: Writer) -> list[tuple[Criterion, Judgement, Proof]]:
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


def _tail(w: Writer, told: set[str]) -> Said:
    """Everything else that is missing, by what would settle it, each in a word."""
    told = told | _told_in_the_answer(w)
    asked = w.d.case.request
    if asked is not None and asked.indications:
        told.add(_INDICATIONS)
    rest = [gap for gap in w.d.gaps if gap.about not in told]
    groups: dict[Settle, list[str]] = {}
    for gap in rest:
        groups.setdefault(gap.settles, []).append(w.words.label(gap.about))
    said = " ".join(
        w.book.words(f"gaps.{settles}", about=w.words.sets(about, _MOST_GAPS)) for settles, about in groups.items()
    )
    if not said:
        return ()
    proved = w.trace("gaps", "; ".join(dict.fromkeys(f"{gap.about}: {gap.kind}" for gap in rest)))
    return w.say("missing.rest", (proved, *_clauses_of(w, rest)), gaps=said)


def _clauses_of(w: Writer, gaps: list[Gap]) -> list[Proof]:
    """The clauses of the policy that ask what a person has to judge, which is told in their words."""
    policy, result = w.d.policy, w.d.policy_result
    asked = {gap.about for gap in gaps if gap.settles is Settle.JUDGEMENT}
    if policy is None or result is None or not asked:
        return []
    table = criteria_of(policy)
    found = [one for one in result.judgements if asked & {gap.about for gap in gaps_of(one.step)}]
    return [w.clause(policy, table[one.criterion]) for one in found if one.criterion in table]


def flips(w: Writer) -> Said:
    """The smallest sets of facts that would change the finding or the policy's verdict, and what it rests on alone.

    What would help comes first. Sets that only contradict what the record says are left to the facts it rests on, and
    sets that need a person's judgement to where there is no other way. A patient reads only what would help.
    """
    groups = _gathered(w)
    rows: list[Statement] = []
    for target, to, standard in sorted(groups, key=lambda key: is_worse(w, key[0], key[1])):
        members = groups[target, to, standard]
        free = [flip for flip in members if not judged(flip)]
        rows += _group(
            w, _label(w, target, to, standard), free or members, f"{target} {to}", worse=is_worse(w, target, to)
        )
    return (*rows, *(_alone(w) if w.book.audience != "patient" else ()))


def _gathered(w: Writer) -> dict[tuple[FlipTarget, str, str], list[Flip]]:
    """The sets worth telling, by what would come of them and the standard it would come by: another one only where
    this one speaks against the request, and those that it names as a differential diagnosis before the rest.
    """
    groups: dict[tuple[FlipTarget, str, str], list[Flip]] = {}
    for flip in w.d.flips:
        told = w.told_count and flip.target is FlipTarget.POLICY and flip.to == Verdict.MET
        worse = is_worse(w, flip.target, flip.to)
        unread = worse and w.book.audience == "patient"
        if told or unread or all(change.known for change in flip.changes):
            continue
        through = flip.standard if flip.target is FlipTarget.FINDING and not worse else ""
        if through in ("", w.d.lead) or w.d.finding is Finding.NOT_SUPPORTED:
            groups.setdefault((flip.target, flip.to, through), []).append(flip)
    named = {other.standard for other in w.standard.differential if other.standard} if w.standard else set()
    if not named & {through for _, _, through in groups}:
        return groups
    return {key: members for key, members in groups.items() if key[2] in ("", w.d.lead, *named)}


def is_worse(w: Writer, target: FlipTarget, to: str) -> bool:
    """Whether the change would be for the worse."""
    if target is FlipTarget.FINDING:
        return _ORDER.index(Finding(to)) > _ORDER.index(w.d.finding)
    today = w.d.policy_verdict
    return today is not None and _POLICY_ORDER.index(Verdict(to)) > _POLICY_ORDER.index(today)


def _label(w: Writer, target: FlipTarget, to: str, standard: str) -> str:
    through = w.knowledge.standard_table.get(standard)
    via = ""
    if through is not None and standard != w.d.lead:
        via = w.book.words("flips.through", title=title_of(w, through))
    family = "finding" if target is FlipTarget.FINDING else "policy_verdict"
    return w.book.words(f"flips.{target}", to=w.book.word(family, to), via=via)


def _group(w: Writer, label: str, members: list[Flip], outcome: str, *, worse: bool) -> Said:
    """One way in a line, or its parts one to a line; several ways one to a line, the smallest first."""
    through = dict.fromkeys(flip.standard for flip in members if flip.standard)
    proved = (*(w.trace(one, outcome) for one in through or ("flips",)), *values(members))
    least = min(len(flip.changes) for flip in members)
    count = any_of(w, [flip for flip in members if len(flip.changes) == least])
    if count is not None:
        n, items = count
        proof = w.count("any of", {"sets": len(members)}, str(n))
        return w.say("flips.any_of", (*proved, proof), label=label, n=str(n), sets="; ".join(items))
    ways = [way for way in merged(w, members) if in_words(w, way) not in w.told_sets][: 1 if worse else _MOST_SETS]
    if not ways:
        return ()
    if not ways[1:] and not ways[0][1:]:
        return w.say("flips.one", proved, label=label, sets=in_words(w, ways[0]))
    if ways[1:]:
        single = [((change,),) for way in ways if not way[1:] for change in way[0]]
        ways = [*single, *(way for way in ways if way[1:])]
    lines = [in_words(w, way) for way in ways] if ways[1:] else [in_words(w, (choice,)) for choice in ways[0]]
    head = w.say(f"flips.{'any' if ways[1:] else 'all'}", proved, label=label)
    return (*head, *(one for line in lines for one in w.say("flips.line", proved, sets=line)))


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
