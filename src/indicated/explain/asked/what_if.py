"""What a supposition would change: the outcome, criterion by criterion, the other parts; and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.engine.evaluate import leaves, refs
from indicated.engine.supposed_facts import already_so
from indicated.explain import proofs
from indicated.explain.proofs import outer
from indicated.explain.sections import answer, changes, dispensing, dosing, record, safety
from indicated.explain.sections.criteria import asked_about, counted, mark_of, said_of, title_of
from indicated.model.determination import PolicyResult
from indicated.model.rule import Codes, RequestIs
from indicated.model.statement import FromPassage, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from indicated.explain.writer import Said, Writer
    from indicated.model.determination import Change, Judgement
    from indicated.model.policy import Policy
    from indicated.model.question import Supposition
    from indicated.model.standard import Criterion, Standard
    from indicated.model.statement import Proof, Statement

_PARTS: tuple[tuple[str, Callable[[Writer], Said], str], ...] = (
    ("dose", dosing.dose, "rows"),
    ("dispensing", dispensing.dispensing, "rows"),
    ("safety", safety.safety, "rows"),
    ("scores", dosing.scores, "rows"),
    ("contradictions", record.contradictions, "list"),
)
_MOST_UNTOUCHED = 6


def understood(before: Writer, told: Supposition, listed: tuple[Change, ...]) -> Said:
    """What was supposed, in our words, with the words it was read from and what of the record it takes the place of."""
    rows: list[Said] = []
    read: tuple[Proof, ...]
    forgotten = iter(told.forgotten)
    for change in listed:
        instead, behind = before.quoted(change.replaces, 2)
        words = before.book.words("ask.supposed.instead", quotes=instead) if instead else ""
        if change.facts:
            fact = change.fact
            said = before.words.fact(fact, supposed=True)
            same = already_so(fact, before.d.case.facts)
            words = before.book.words("ask.supposed.same") if same else words
            quotes = "; ".join(before.book.words("quote", text=p.quote) for p in fact.passages)
            read = (*(FromPassage(passage) for passage in fact.passages), *proofs.computed(fact, quotes))
        else:
            concept, passage = next(forgotten)
            said = before.book.words("ask.forgotten", label=before.words.label(concept))
            read = (FromPassage(passage), before.trace(concept, "as if never recorded"))
            quotes = before.book.words("quote", text=passage.quote)
            words = before.book.words("ask.supposed.left", quotes=instead) if instead else ""
        rows.append(before.say("ask.supposed", (*read, *behind), fact=said, quotes=quotes, instead=words))
    rows.append(_request(before, told))
    for passage in told.unread:
        quote = before.book.words("quote", text=passage.quote)
        rows.append(before.say("ask.unread", (FromPassage(passage),), quote=quote))
    return tuple(one for row in rows for one in row)


def _request(w: Writer, told: Supposition) -> Said:
    """The request supposed: dose and rhythm, product, use."""
    asked = told.request
    if asked is None:
        return ()
    regimen = asked.regimen
    passages = outer((*asked.passages, *(regimen.passages if regimen is not None else ())))
    today = w.d.case.request
    other = today is not None and asked.treatment != today.treatment and not asked.product
    parts = [w.words.label(asked.product or asked.treatment)] if asked.product or other else []
    parts += [w.words.regimen(regimen)] if regimen is not None else []
    if asked.indications:
        named = w.book.series(w.words.label(one) for one in asked.indications)
        parts.append(w.book.words("rule.request.for", what=named))
    quotes = "; ".join(dict.fromkeys(w.book.words("quote", text=p.quote) for p in passages))
    proved = [*(FromPassage(p) for p in passages)]
    if regimen is not None:
        read = " ".join(p.quote for p in passages)
        return w.say(
            "ask.supposed.request",
            (*proved, w.count("unit", {"as written": read}, w.words.regimen(regimen))),
            what=" ".join(parts),
            quotes=quotes,
        )
    return w.say(
        "ask.supposed.request", proved or (w.trace("request", "supposed"),), what=" ".join(parts), quotes=quotes
    )


def outcome(before: Writer, after: Writer) -> Said:
    """The outcome today and the outcome then, a line each; and that nothing changes where that is so."""
    today, then = _outcome(before, "ask.today"), _outcome(after, "ask.then")
    return (*today, *then, *_counts(before, after), *_reasons(before, after))


def _outcome(w: Writer, phrase: str) -> Said:
    found = condition = ""
    if w.standard is not None:
        found = answer.condition(w, w.standard)
        condition = w.words.label(found) if found else w.words.name(w.standard.title)
    policy = w.d.policy_verdict
    verdict = w.book.word("policy_verdict", policy) if policy is not None else ""
    return w.say(
        phrase,
        (
            w.trace(w.d.lead or "standards", w.d.finding),
            w.trace("policy", policy or ""),
            w.trace("decision", w.d.next_step),
            *w.asked(),
            *w.on_record(found),
        ),
        mark=w.d.finding,
        finding=w.book.word("finding", w.d.finding),
        condition=w.book.words("ask.outcome.for", condition=condition) if condition else "",
        policy=w.book.words("ask.outcome.policy", verdict=verdict) if verdict else "",
        next=w.book.words(f"ask.next.{w.d.next_step}"),
    )


def _reasons(before: Writer, after: Writer) -> Said:
    """Why the next step would be what it is, where anything of the outcome changes; that nothing does, else."""
    reasons = after.d.reasons
    same: Said = ()
    if _result(before) == _result(after):
        same = after.say("ask.same", (after.trace("decision", after.d.next_step),))
        if reasons == before.d.reasons:
            return same
    said = [
        after.book.words(f"reason.{one.code}", about=after.words.label(one.about) if one.about else "")
        for one in reasons
    ]
    proved = (after.trace("decision", f"{after.d.next_step}: {', '.join(one.code for one in reasons)}"),)
    return (*same, *(after.say("ask.because", proved, reasons=" ".join(said)) if said else ()))


def _result(w: Writer) -> object:
    return (w.d.finding, w.d.lead, w.d.policy_verdict, w.d.next_step)


def criteria(before: Writer, after: Writer, listed: tuple[Change, ...], *, request: bool) -> Said:
    """The criteria whose verdict changes; where none does, those that ask about what is supposed, or that none does."""
    moved = list(_moved(before, after))
    if moved:
        return tuple(moved)
    return _untouched(after, listed, request=request)


def _judged(w: Writer) -> Iterator[tuple[Policy | Standard, Criterion, Judgement, bool]]:
    """Every criterion of the policy and of the standard that carries the finding; true for the policy's exclusions."""
    result: PolicyResult | None = w.d.policy_result
    if w.d.policy is not None and result is not None:
        table = {one.id: one for one in w.d.policy.criteria}
        excluded = set(refs(result.exclusions))
        for one in result.judgements:
            if one.criterion in table:
                yield w.d.policy, table[one.criterion], one, one.criterion in excluded
    if w.standard is not None and w.lead is not None:
        table = {one.id: one for one in w.standard.criteria}
        for one in w.lead.judgements:
            if one.criterion in table:
                yield w.standard, table[one.criterion], one, False


def _moved(before: Writer, after: Writer) -> Iterator[Statement]:
    was = {(owner.id, one.id): judged.verdict for owner, one, judged, _ in _judged(before)}
    for owner, criterion, judged, excludes in _judged(after):
        old = was.get((owner.id, criterion.id))
        if old is judged.verdict:
            continue
        text, more = said_of(after, judged.step)
        proved = (after.clause(owner, criterion), after.trace(criterion.id, judged.verdict), *more)
        now = mark_of(judged.verdict, exclusion=excludes)
        label = after.label_of(owner, criterion)
        if old is None:
            yield from after.say("ask.moved.new", proved, label=label, mark=now, text=text)
        else:
            said = after.book.word("mark", mark_of(old, exclusion=excludes))
            yield from after.say("ask.moved", proved, label=label, mark=now, was=said, text=text)


def _counts(before: Writer, after: Writer) -> Said:
    """How many of a policy's items would be met, where that changes."""
    old, new = before.d.policy_result, after.d.policy_result
    if old is None or new is None:
        return ()
    was = [text for text, _ in counted(before, old.start)]
    rows = [
        after.say("ask.count", (proof, after.trace("policy", new.verdict)), text=text)
        for text, proof in counted(after, new.start)
        if text not in was
    ]
    return tuple(one for row in rows for one in row)


def _untouched(w: Writer, listed: tuple[Change, ...], *, request: bool) -> Said:
    """The criteria that ask about what was supposed, each with its verdict; or that none asks about it."""
    vocabulary = w.knowledge.vocabulary
    about = {fact.concept for change in listed for fact in (*change.facts, *change.replaces)}
    rows: list[Statement] = []
    for owner, criterion, judged, excludes in _judged(w):
        rules = [leaf.rule for leaf in leaves(judged.step)]
        asked = {concept for rule in rules for concept in asked_about(rule)}
        near = any(vocabulary.related(one, other) for one in asked for other in about if one in vocabulary)
        if near or (request and any(isinstance(rule, RequestIs | Codes) for rule in rules)):
            text, more = said_of(w, judged.step)
            proved = (w.clause(owner, criterion), w.trace(criterion.id, judged.verdict), *more)
            mark = mark_of(judged.verdict, exclusion=excludes)
            rows += w.say("ask.still", proved, label=w.label_of(owner, criterion), mark=mark, text=text)
    if rows:
        return tuple(rows[:_MOST_UNTOUCHED])
    labels = w.book.series(w.words.label(one) for one in sorted(about))
    if not labels:
        return ()
    kind = "ask.untouched.policy" if w.d.policy is not None else "ask.untouched"
    title = title_of(w, w.standard) if w.standard is not None else ""
    return w.say(
        kind if title else "ask.untouched.none",
        (w.trace(w.d.lead or "standards", "untouched"), w.trace("; ".join(sorted(about)), "supposed")),
        labels=labels,
        title=title,
    )


def parts(before: Writer, after: Writer) -> Iterator[Section]:
    """What dose, vials, safety, scores and contradictions would say that they do not say today."""
    for name, write, style in _PARTS:
        old = {(one.label, one.text) for one in write(before)}
        new = tuple(one for one in write(after) if (one.label, one.text) not in old)
        if new:
            yield Section(name, after.book.words(f"heading.{name}"), new, style)


def missing(after: Writer) -> Said:
    """What would still be missing, the most telling first."""
    return changes.missing(after)
