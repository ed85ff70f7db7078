"""The answer first: what the evidence says, what the policy says, what happens now; and what was asked."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.engine.coverage import unverified
from indicated.engine.outcome import candidates
from indicated.explain.sections.criteria import counted, criteria_of, only_open
from indicated.explain.sections.sets import products, values
from indicated.explain.writer import Said, Writer
from indicated.model.concept import Kind
from indicated.model.determination import Finding, FlipTarget, PolicyResult
from indicated.model.policy import Policy, Via
from indicated.model.regimen import Phase, Request
from indicated.model.rule import AtLeast, Ref
from indicated.model.standard import ContentStatus, Criterion, Stance, Standard
from indicated.model.statement import FromEntry, FromPassage, Proof, Statement
from indicated.model.verdict import Verdict

_SETS_NAMED = 2


def answer(w: Writer) -> Said:
    """Finding, policy, next step; then, one to a line, what the finding or the policy still hangs on."""
    return (*finding(w), *policy(w), *next_step(w), *_denied(w), *to_confirm(w), *shortest_way(w))


def denial(w: Writer) -> Said:
    """The denial, reason by reason. What that needs is loaded only where there is one."""
    if w.d.denial is None:
        return ()
    from indicated.explain.sections.denial import denial as told

    return told(w)


def _denied(w: Writer) -> Said:
    """The denial in a sentence."""
    if w.d.denial is None:
        return ()
    from indicated.explain.sections.denial import in_short

    return in_short(w)


def to_confirm(w: Writer) -> Said:
    """The criteria that the finding hangs on, one to a line."""
    standard, lead = w.standard, w.lead
    if standard is None or lead is None or w.d.finding not in (Finding.SUPPORTED_IF, Finding.UNDETERMINED):
        return ()
    table = criteria_of(standard)
    named = [table[key] for key in lead.missing if key in table]
    return tuple(
        one
        for criterion in named
        for one in w.say(
            f"answer.confirm.{w.d.finding}",
            (w.trace(standard.id, w.d.finding), w.clause(standard, criterion)),
            criterion=_listed(w, [criterion]),
        )
    )


def condition_of(w: Writer, standard: Standard) -> str:
    """What a standard was reached for, in words: a condition, else the use that the standard names."""
    found = condition(w, standard)
    return w.words.label(found) if found else w.book.words("answer.use", title=w.words.name(standard.title))


def condition(w: Writer, standard: Standard) -> str:
    """The condition asked for where it is the standard's, or one on record that is, as a concept; empty without one."""
    request = w.d.case.request
    vocabulary = w.knowledge.vocabulary

    def belongs(concept: str) -> bool:
        return any(vocabulary.is_a(concept, condition) for condition in standard.conditions)

    asked = [one for one in (request.indications if request is not None else ()) if belongs(one)]
    present = [
        fact.concept
        for fact in w.d.case.facts
        if fact.present and belongs(fact.concept) and vocabulary[fact.concept].kind is Kind.CONDITION
    ]
    return next(iter((*asked, *present)), "")


def treatment_of(w: Writer) -> str:
    """What is asked for, as a label."""
    request = w.d.case.request
    return w.words.label(request.product or request.treatment) if request is not None else ""


def finding(w: Writer, *, letter: bool = False) -> Said:
    """What the evidence says of this request, with the strength and certainty of its sources. A `letter` has named
    the treatment and the condition.
    """
    standard, lead = w.standard, w.lead
    if standard is None or lead is None:
        return _no_standard(w)
    table = criteria_of(standard)
    named = [
        table[key] for key in (lead.failed if w.d.finding is Finding.NOT_SUPPORTED else lead.missing) if key in table
    ]
    kind = _kind(w, standard)
    found = condition(w, standard)
    proved: list[Proof] = [w.trace(standard.id, w.d.finding), *w.asked(), *w.on_record(found)]
    proved += [w.clause(standard, criterion) for criterion in named]
    standing = standard.standing
    proved += w.sources(
        w.without_other_labels(standing.cite), f"{standing.says} {standing.strength} {standing.certainty}"
    )
    return w.say(
        f"letter.finding.{kind}" if letter else f"answer.{kind}",
        proved,
        mark=w.d.finding,
        treatment=treatment_of(w),
        condition=condition_of(w, standard),
        grade=_grade(w, standard),
        criteria=_listed(w, named),
    )


def _kind(w: Writer, standard: Standard) -> str:
    """The finding, and whether the evidence as a whole is against the use, or the finding an exception from that."""
    if standard.stance is Stance.FOR:
        return w.d.finding
    if w.d.finding is Finding.NOT_SUPPORTED:
        return f"{w.d.finding}.{standard.stance}"
    return f"{w.d.finding}.exception" if w.d.finding is not Finding.UNDETERMINED else w.d.finding


def _no_standard(w: Writer) -> Said:
    """That no standard is reached, and what this release covers for the treatment."""
    proof = (w.trace("standards", w.d.finding), *w.asked())
    covered = len(candidates(w.facts))
    asked = w.d.case.request
    named = w.book.series(w.words.label(one) for one in asked.indications) if asked is not None else ""
    kind = "answer.no_standard.for" if named else "answer.no_standard"
    said = w.say(kind, proof, treatment=treatment_of(w), condition=named, mark=w.d.finding)
    listed = covered and w.book.audience != "patient"
    counting = w.count("standards", {"treatment": treatment_of(w)}, str(covered))
    return (*said, *_labelled(w), *(w.say("answer.covered", (counting,), n=str(covered)) if listed else ()))


def _labelled(w: Writer) -> Said:
    """That the label of the product asked for names a condition on record, where no standard weighs it."""
    request = w.d.case.request
    product = w.knowledge.product_table.get(request.product) if request is not None else None
    if request is None or product is None:
        return ()
    on_record = [*request.indications, *(fact.concept for fact in w.d.case.facts if fact.present)]
    rows: list[Said] = []
    for use in product.uses:
        named = [one for one in use.conditions if any(w.knowledge.vocabulary.is_a(fact, one) for fact in on_record)]
        if named and (use.when is None or w.judge(use.when).verdict is not Verdict.NOT_MET):
            said = w.book.series(w.words.label(one) for one in named)
            about = " ".join((product.concept, *named))
            proved = (w.trace(about, "labelled use"), *w.sources(use.cite))
            rows.append(w.say("answer.labelled", proved, treatment=treatment_of(w), condition=said))
    return tuple(one for row in rows for one in row)


def _listed(w: Writer, criteria: list[Criterion]) -> str:
    patient = w.book.audience == "patient"
    listed = (one.plain if patient and one.plain else one.paraphrase for one in criteria)
    return "; ".join(map(w.book.sentence, listed))


def _grade(w: Writer, standard: Standard) -> str:
    standing = standard.standing
    if w.book.audience == "patient":
        sure = (standing.certainty or standing.strength).partition(" (")[0]
        return w.book.words("answer.grade.one", grade=w.book.sentence(sure)) if sure else ""
    if standing.strength and standing.certainty:
        return w.book.words("answer.grade", strength=standing.strength, certainty=standing.certainty)
    if standing.strength or standing.certainty:
        return w.book.words("answer.grade.one", grade=standing.strength or standing.certainty)
    return ""


def policy(w: Writer) -> Said:
    """The policy's verdict, and how far our copy of it may be relied on."""
    policy, result = w.d.policy, w.d.policy_result
    if policy is None or result is None:
        return ()
    verdict = result.verdict
    title = w.words.name(policy.title or policy.id)
    if result.coverage is None:
        said = w.say("answer.policy.not_reached", (w.trace(policy.id, verdict),), mark=verdict, title=title)
        return (*said, *_copy(w, policy, result))
    excluded = result.exclusions is not None and result.exclusions.verdict is Verdict.MET
    counts = [] if excluded else list(counted(w, result.start))
    proved = [w.trace(policy.id, verdict), *(proof for _, proof in counts)]
    kind = "excluded" if excluded else verdict
    told = " ".join(text for text, _ in counts[:1])
    said = w.say(f"answer.policy.{kind}", proved, mark=verdict, title=title, counts=told)
    return (*said, *_copy(w, policy, result))


def _copy(w: Writer, policy: Policy, result: PolicyResult) -> Said:
    """How far our copy of the policy may be relied on, unless its words were given with the case or it is active."""
    if policy.pasted:
        return ()
    source = FromEntry(policy.id, f"{policy.version} {policy.status} {policy.origin.title} {policy.origin.via}")
    said: list[Statement] = []
    if policy.status is not ContentStatus.ACTIVE:
        said += w.say(f"policy.status.{policy.status}", (source,))
    if policy.origin.via is Via.SECONDARY:
        said += w.say("policy.via.secondary", (source,))
    recalled = list(unverified(policy, result))
    if recalled:
        clauses = (w.clause(policy, criterion) for criterion in recalled)
        said += w.say("policy.unverified", (source, *clauses), criteria=_listed(w, recalled))
    return tuple(said)


def next_step(w: Writer) -> Said:
    """What happens now, and why."""
    reasons = [
        w.book.words(f"reason.{_code(w, reason.code)}", about=w.words.label(reason.about) if reason.about else "")
        for reason in w.d.reasons
    ]
    about = {reason.about for reason in w.d.reasons}
    told = [one for one in w.d.case.contradictions if one.about in about]
    proved = (
        w.trace("decision", f"{w.d.next_step}: {', '.join(reason.code for reason in w.d.reasons)}"),
        *(FromPassage(passage) for one in told for passage in one.passages),
    )
    return w.say(f"next.{w.d.next_step}", proved, reasons=" ".join(reasons))


def _code(w: Writer, code: str) -> str:
    """The reason; that nothing here covers the use is a reason of its own."""
    return "no_standard" if w.standard is None and code.startswith(Finding.UNDETERMINED) else code


def shortest_way(w: Writer) -> Said:
    """The smallest sets that would meet an open policy, few and shortest first."""
    if w.d.policy_verdict is not Verdict.UNKNOWN:
        return ()
    return _still_needed(w) or _smallest_sets(w)


def _still_needed(w: Writer) -> Said:
    """When one count alone is open: how many more of its open items are needed."""
    policy, result = w.d.policy, w.d.policy_result
    if policy is None or result is None or result.start is None:
        return ()
    excluded = result.exclusions is not None and result.exclusions.verdict is not Verdict.NOT_MET
    step = only_open(result.start)
    if excluded or step is None or not isinstance(step.rule, AtLeast):
        return ()
    table = criteria_of(policy)
    open_ = [part for part in step.parts if part.verdict is Verdict.UNKNOWN]
    more = step.rule.n - sum(part.verdict is Verdict.MET for part in step.parts)
    named = [
        table[part.rule.criterion] for part in open_ if isinstance(part.rule, Ref) and part.rule.criterion in table
    ]
    if len(named) != len(open_):
        return ()
    proof = w.count("still needed", {"needed": step.rule.n, "open": len(open_)}, str(more))
    items = "; ".join(w.label_of(policy, criterion) for criterion in named)
    proved = (proof, *(w.clause(policy, criterion) for criterion in named))
    w.told_count = True
    kind = "all" if more == len(open_) else "any"
    return w.say(f"answer.still_needed.{kind}", proved, n=str(more), open=str(len(open_)), items=items)


def _smallest_sets(w: Writer) -> Said:
    flips = [flip for flip in w.d.flips if flip.target is FlipTarget.POLICY and flip.to == Verdict.MET]
    open_ = [flip for flip in flips if not any(change.known for change in flip.changes)] or flips
    if not open_:
        return ()
    least = min(len(flip.changes) for flip in open_)
    smallest = [flip for flip in open_ if len(flip.changes) == least]
    said = products(w, smallest)
    kind = "one" if not said[1:] else "any"
    w.told_sets.update(said[:_SETS_NAMED])
    proved = (w.trace("flips", "policy met"), *values(smallest))
    return w.say(f"answer.shortest.{kind}", proved, sets=w.words.sets(said, _SETS_NAMED))


def request(w: Writer) -> Said:
    """What was understood as asked for, and what of it cannot be taken at its word."""
    asked = w.d.case.request
    if asked is None:
        return ()
    what = "; ".join(_asked(w, asked))
    proved = request_proofs(w, asked, what)
    quoted = "; ".join(w.book.words("quote", text=" ".join(passage.quote.split())) for passage in asked.passages[:1])
    said = w.book.words("request.said", quote=quoted) if quoted else ""
    return (
        *w.say("request.asked", proved, what=what, said=said),
        *(one for doubt in doubts(w, asked) for one in doubt),
    )


def request_proofs(w: Writer, asked: Request, what: str) -> tuple[Proof, ...]:
    """Where the request stands; and how it was put in our units, where `what` says it in other figures."""
    more = asked.regimen.passages if asked.regimen is not None else ()
    proved = tuple(dict.fromkeys((*w.asked(), *map(FromPassage, more))))
    if asked.regimen is None or not w.foreign_figures(what, proved):
        return proved
    read = " ".join(passage.quote for passage in (*asked.passages, *more))
    return (*proved, w.count("unit", {"as written": read}, w.words.regimen(asked.regimen)))


def _asked(w: Writer, asked: Request) -> Iterator[str]:
    named = [treatment_of(w)]
    if asked.regimen is not None:
        named.append(w.words.regimen(asked.regimen))
    yield " ".join(part for part in named if part)
    if asked.indications:
        yield w.book.words("rule.request.for", what=w.book.series(w.words.label(one) for one in asked.indications))
    if asked.phase is not Phase.UNKNOWN:
        yield w.book.word("phase", asked.phase)
    if asked.codes:
        yield w.words.name(", ".join(asked.codes))


def doubts(w: Writer, asked: Request) -> Iterator[Said]:
    """What of the dose as written cannot be taken at its word, and what follows from it."""
    for doubt in asked.regimen.doubts if asked.regimen is not None else ():
        quote = w.book.words("quote", text=doubt.found.quote)
        phrase = f"doubt.{doubt.kind}" if f"doubt.{doubt.kind}" in w.book else "doubt.other"
        found = FromPassage(doubt.found)
        if not doubt.worked:
            yield w.say(phrase, (found,), quote=quote)
            continue
        *taken, made, stated = doubt.worked
        one, other = (*(w.words.quantity(each) for each in taken), "", "")[:2]
        proof = w.count("sum", {"of": one, "by": other, "stated": stated.text()}, made.text())
        makes, instead = w.words.quantity(made), w.words.quantity(stated)
        yield w.say(phrase, (found, proof), quote=quote, one=one, other=other, made=makes, stated=instead)
