"""The worksheet: each criterion, its verdict, and the passages or the gap; and how a pasted policy was understood."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from indicated.engine.evaluate import deciding, facts_deciding, facts_used, gaps, leaves, refs
from indicated.engine.facts import AGE
from indicated.explain.writer import Said, Writer
from indicated.model.concept import Kind
from indicated.model.determination import Finding, Judgement, PolicyResult, Step
from indicated.model.policy import Policy
from indicated.model.rule import Age, All, AtLeast, Ref, Rule
from indicated.model.standard import Criterion, Standard
from indicated.model.statement import FromEntry, FromPassage, Proof, Statement
from indicated.model.verdict import Settle, Verdict

_PLAIN = (Settle.DOCUMENTATION, Settle.VALUE)
_MOST_GAPS, _LINE = 3, 60


def criteria_of(owner: Standard | Policy) -> dict[str, Criterion]:
    """The criteria of a standard or policy by id."""
    return {criterion.id: criterion for criterion in owner.criteria}


def title_of(w: Writer, standard: Standard) -> str:
    """What a standard is for, in short: its condition where it is one, else its title."""
    vocabulary = w.knowledge.vocabulary
    named = [one for one in standard.conditions if one in vocabulary and vocabulary[one].kind is Kind.CONDITION]
    return w.words.label(named[0]) if named else w.words.name(standard.title)


def counted(w: Writer, step: Step | None) -> Iterator[tuple[str, Proof]]:
    """For every `at least n` of a trace: how many are met, spoken against and open, in words and as a proof."""
    if step is None:
        return
    if isinstance(step.rule, AtLeast):
        verdicts = [part.verdict for part in step.parts]
        tally = {verdict.value: verdicts.count(verdict) for verdict in Verdict}
        inputs: dict[str, int | str] = {"items": len(verdicts), "needed": step.rule.n, **tally}
        proof = w.count("count", inputs, step.verdict)
        yield w.book.words("criteria.count", needed=step.rule.n, items=len(verdicts), **tally), proof
    for part in step.parts:
        yield from counted(w, part)


def only_open(step: Step) -> Step | None:
    """The one group or leaf on which an unknown verdict hangs alone, None where several do."""
    if isinstance(step.rule, Ref) and step.parts:
        return only_open(step.parts[0])
    if isinstance(step.rule, All):
        open_ = [part for part in step.parts if part.verdict is Verdict.UNKNOWN]
        return only_open(open_[0]) if len(open_) == 1 else None
    return step


def policy_worksheet(w: Writer) -> Said:
    """Every criterion of the policy as nested in it, the exclusions last."""
    policy, result = w.d.policy, w.d.policy_result
    if policy is None or result is None or result.start is None:
        return ()
    rows = [row for part in _tops(result.start) for row in _rows(w, policy, part, 0)]
    if result.exclusions is not None:
        rows += [row for part in _tops(result.exclusions) for row in _rows(w, policy, part, 0, exclusion=True)]
    return tuple(rows)


def _tops(step: Step) -> tuple[Step, ...]:
    """The parts of an outermost group, or the step itself when it is a criterion or a leaf."""
    named = isinstance(step.rule, Ref | AtLeast) or not step.parts
    return (step,) if named else step.parts


def _rows(w: Writer, policy: Policy, step: Step, level: int, *, exclusion: bool = False) -> Iterator[Statement]:
    criterion = criteria_of(policy).get(step.rule.criterion) if isinstance(step.rule, Ref) else None
    inner = step.parts[0] if isinstance(step.rule, Ref) and step.parts else step
    below = _split(inner)
    label = w.label_of(policy, criterion) if criterion is not None else w.words.rule(step.rule)
    proved: list[Proof] = [w.clause(policy, criterion)] if criterion is not None else []
    proved.append(w.trace(criterion.id if criterion is not None else policy.id, step.verdict))
    if below:
        counts = list(counted(w, inner))[:1] if isinstance(inner.rule, AtLeast) else []
        text = counts[0][0] if counts else _group(w, inner)
        yield from w.say(
            "criteria.row",
            (*proved, *(proof for _, proof in counts)),
            label=label,
            mark=step.verdict,
            level=level,
            text=text,
        )
        for part in below:
            if inner.verdict is Verdict.MET and part.verdict is Verdict.UNKNOWN:
                yield from _not_needed(w, policy, part, level + 1)
            else:
                yield from _rows(w, policy, part, level + 1, exclusion=exclusion)
        return
    yield from row(w, step, label, tuple(proved), level=level, exclusion=exclusion)


def _not_needed(w: Writer, policy: Policy, part: Step, level: int) -> Said:
    """An open part of a group that is met without it."""
    criterion = criteria_of(policy).get(part.rule.criterion) if isinstance(part.rule, Ref) else None
    label = w.label_of(policy, criterion) if criterion is not None else w.words.rule(part.rule)
    proved: list[Proof] = [w.trace(criterion.id if criterion is not None else policy.id, part.verdict)]
    proved += [w.clause(policy, criterion)] if criterion is not None else []
    return w.say("criteria.not_needed", proved, label=label, mark=part.verdict, level=level)


def _split(inner: Step) -> tuple[Step, ...]:
    """The parts to show as rows of their own: those of a count, and those that are criteria themselves."""
    if isinstance(inner.rule, AtLeast) or any(_names_criteria(part) for part in inner.parts):
        return inner.parts
    return ()


def _names_criteria(step: Step) -> bool:
    return isinstance(step.rule, Ref) or any(map(_names_criteria, step.parts))


def _group(w: Writer, inner: Step) -> str:
    return w.book.word("criteria.group", type(inner.rule).__name__.lower(), "")


def row(  # noqa: PLR0913  (a row is a criterion, its proof and its place)
    w: Writer,
    step: Step,
    label: str,
    proved: tuple[Proof, ...],
    *,
    level: int = 0,
    exclusion: bool = False,
) -> Said:
    """One criterion: what the record says of it, or what is missing."""
    mark = mark_of(step.verdict, exclusion=exclusion)
    text, more = said_of(w, step)
    return w.say("criteria.row", (*proved, *more), label=label, mark=mark, level=level, text=text)


def mark_of(verdict: Verdict, *, exclusion: bool) -> str:
    """How a verdict is marked; what is met of an exclusion applies."""
    if not exclusion or verdict is Verdict.UNKNOWN:
        return verdict
    return "applies" if verdict is Verdict.MET else "applies_not"


def said_of(w: Writer, step: Step) -> tuple[str, tuple[Proof, ...]]:
    """What carries a verdict: the clauses quoted when the record speaks, the gaps in words when it does not."""
    if step.verdict is Verdict.UNKNOWN:
        return _open(w, step)
    facts = facts_deciding(step)
    if facts:
        return w.quoted(facts)
    silent = any(leaf.silent for leaf in deciding(step))
    return w.book.word("criteria", f"{'silent' if silent else 'request'}.{step.verdict}", ""), _asked(w)


def _open(w: Writer, step: Step) -> tuple[str, tuple[Proof, ...]]:
    missing = gaps(step)
    if missing and all(gap.settles in _PLAIN for gap in missing) and not facts_used(step):
        return w.book.word("criteria", missing[0].settles), ()
    said = list(dict.fromkeys(w.words.gap(gap) for gap in missing))
    shown = "; ".join(said[:_MOST_GAPS]) or w.book.words("criteria.open")
    facts = facts_used(step)
    if not facts:
        return shown, ()
    quotes, proved = w.quoted(facts, 2)
    return w.book.words("criteria.open_but", gaps=shown, quotes=quotes), proved


def _asked(w: Writer) -> tuple[Proof, ...]:
    request = w.d.case.request
    return tuple(FromPassage(passage) for passage in request.passages) if request is not None else ()


def standard_worksheet(w: Writer) -> Said:
    """The criteria of the standard that carries the finding."""
    standard, lead = w.standard, w.lead
    if standard is None or lead is None:
        return ()
    table = criteria_of(standard)
    rows: list[Statement] = []
    for judgement in lead.judgements:
        criterion = table.get(judgement.criterion)
        if criterion is not None:
            proved = (
                w.clause(standard, criterion),
                w.trace(criterion.id, judgement.verdict),
                *w.sources(criterion.cite),
            )
            rows += row(w, judgement.step, w.label_of(standard, criterion), proved)
    return tuple(rows)


def narrower(w: Writer) -> Said:
    """Items of the policy without which the evidence carries the request all the same: grounds for an exception.

    Under each stand the sentences of the standard that speak to that very item, with their sources.
    """
    policy, result, standard = w.d.policy, w.d.policy_result, w.standard
    supported = w.d.finding in (Finding.SUPPORTED, Finding.SUPPORTED_IF)
    if policy is None or result is None or standard is None or not supported or result.verdict is Verdict.MET:
        return ()
    table = criteria_of(policy)
    beyond = [judgement for judgement in items(result) if judgement.verdict is not Verdict.MET]
    against = [one for one in beyond if one.verdict is Verdict.NOT_MET]
    if not against:
        return ()
    named = [table[one.criterion] for one in against]
    listed = w.book.series(map(w.item_of, named))
    proved = [w.clause(policy, table[one.criterion]) for one in against]
    cited = w.sources(standard.standing.cite, standard.standing.says)
    rows = list(w.say("narrower.items", (*proved, w.trace(standard.id, w.d.finding), *cited), items=listed))
    for judgement in against:
        rows += _speaking_to(w, standard, judgement, policy)
    for judgement in beyond:
        if judgement.verdict is Verdict.UNKNOWN:
            rows += islice(_speaking_to(w, standard, judgement, policy), 1)
    return tuple(rows)


def items(result: PolicyResult) -> tuple[Judgement, ...]:
    """The items of a policy that ask something themselves: no groups, no exclusions."""
    excluded = set(refs(result.exclusions))
    return tuple(one for one in result.judgements if not _split(one.step) and one.criterion not in excluded)


def _speaking_to(w: Writer, standard: Standard, judgement: Judgement, policy: Policy) -> Iterator[Statement]:
    """The standard's sentences about what this item asks for."""
    asked = {concept for leaf in leaves(judgement.step) for concept in concepts_of(leaf.rule)}
    criterion = criteria_of(policy)[judgement.criterion]
    label = w.item_of(criterion)
    on_record = {fact.concept for fact in facts_used(judgement.step)}
    vocabulary = w.knowledge.vocabulary
    for note in standard.pitfalls:
        about = concepts_of(note.when) if note.when is not None else set()
        near = any(vocabulary.related(a, b) for a in about for b in asked | on_record)
        readable = bool(note.plain) or w.book.audience != "patient"
        if near and readable and w.met(note.when) and note.text not in w.told_notes:
            w.told_notes.add(note.text)
            yield from w.sentence(note.text, note.cite, note.plain, label=label, also=(w.clause(policy, criterion),))


def concepts_of(rule: Rule) -> set[str]:
    """Every concept that a rule asks about."""
    parts = getattr(rule, "parts", ())
    if parts:
        return {concept for part in parts for concept in concepts_of(part)}
    concept = getattr(rule, "concept", "")
    return {concept} if concept else set()


def asked_about(rule: Rule) -> set[str]:
    """What a leaf asks about, as gaps name it."""
    return concepts_of(rule) | ({AGE} if isinstance(rule, Age) else set())


def clauses(w: Writer) -> Said:
    """How each line of a pasted policy was understood, and which of its words were not used. Who does not review the
    policy reads only the lines that were not used whole.
    """
    policy = w.d.policy
    rows: list[Statement] = []
    table = criteria_of(policy) if policy is not None else {}
    whole = w.book.audience == "reviewer"
    for clause in policy.clauses if policy is not None else ():
        if not (whole or clause.unused or clause.judged):
            continue
        criterion = table.get(clause.criterion)
        proved: list[Proof] = [FromPassage(clause.passage)]
        if policy is not None and criterion is not None:
            proved.append(w.clause(policy, criterion))
        proved.append(FromEntry("understood", clause.understood))
        phrase = "clause.judged" if clause.judged else "clause.understood"
        unused = w.book.words("clause.unused", words=", ".join(clause.unused)) if clause.unused else ""
        label = criterion.section if criterion is not None and criterion.section else _short(clause.passage.quote)
        rows += w.say(phrase, proved, label=label, understood=clause.understood, unused=unused)
    return tuple(rows)


def _short(quote: str) -> str:
    """The first words of a line."""
    line = " ".join(quote.split())
    return line if len(line) <= _LINE else line[:_LINE].rpartition(" ")[0] + "…"
