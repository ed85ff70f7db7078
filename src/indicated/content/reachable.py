"""Which verdicts records can bring a criterion to; criteria that contradict themselves, so that none can meet them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from msgspec import Struct

from indicated.content.cases import told
from indicated.content.documents import Document, documents
from indicated.content.load import Loaded
from indicated.content.plans import Plan, forcing, leaves_of
from indicated.content.problem import Problem
from indicated.content.supposed import Supposer
from indicated.engine.coverage import apply
from indicated.engine.evaluate import evaluate
from indicated.engine.facts import Facts
from indicated.model.determination import Determination
from indicated.model.knowledge import Knowledge
from indicated.model.rule import All, Judged, Rule, Score
from indicated.model.standard import Criterion
from indicated.model.verdict import Verdict

_TRIES, _WAYS_IN = 128, 8


class Reach(Struct, frozen=True):
    """Which verdicts records can bring a criterion to. `open`: a person or a score has a part in it."""

    met: bool
    not_met: bool
    unknown: bool
    open: bool


def reach_of(document: Document, criterion: Criterion, supposer: Supposer, knowledge: Knowledge) -> Reach:
    """What supposed records that bring the document into play make of the criterion, by the engine itself."""
    found = {verdict: _some_record(document, criterion, verdict, supposer, knowledge) for verdict in Verdict}
    open_ = any(isinstance(leaf, Judged | Score) for _, leaf in leaves_of(criterion.rule))
    return Reach(found[Verdict.MET], found[Verdict.NOT_MET], found[Verdict.UNKNOWN], open_)


def unreachable(loaded: Loaded, knowledge: Knowledge, answers: Iterable[Determination], on: date) -> Iterator[Problem]:
    """Criteria that no supposed record can meet, and that no golden case's answer has met."""
    met = {
        (owner, criterion)
        for answer in answers
        for owner, criterion, verdict in verdicts_of(answer)
        if verdict is Verdict.MET
    }
    supposer = Supposer(knowledge.vocabulary, knowledge.unit_table, on)
    for document in documents(loaded, knowledge):
        for criterion in document.criteria:
            if (document.id, criterion.id) in met:
                continue
            reach = reach_of(document, criterion, supposer, knowledge)
            place = loaded.place(document.written(criterion.id))
            if reach.met or reach.open or next(document.requests(criterion), None) is None:
                continue
            found = f"criterion {criterion.id}, which no record can meet"
            fix = "look for parts that exclude each other"
            wanted = "a rule that some record meets"
            yield Problem("unreachable", place.file, place.line, place.key, found, wanted, fix, document.draft)


def _some_record(
    document: Document, criterion: Criterion, wanted: Verdict, supposer: Supposer, knowledge: Knowledge
) -> bool:
    whole = All((document.reached_by, criterion.rule))
    for request in document.requests(criterion):
        for plan in islice(_plans(document.reached_by, criterion.rule, wanted), _TRIES):
            supposed = supposer.case(whole, plan, request)
            if supposed is None or criterion.phase not in (None, supposed.request.phase):
                continue
            case = told(supposed.request, supposed.facts, "supposed", knowledge.vocabulary)
            if _verdict(document, criterion, Facts(case, knowledge), supposer.on) is wanted:
                return True
    return False


def _verdict(document: Document, criterion: Criterion, facts: Facts, on: date) -> Verdict | None:
    """What a record makes of the criterion; None where it does not bring it into play."""
    if document.policy is None:
        reached = evaluate(document.reached_by, facts, on).verdict is Verdict.MET
        return evaluate(criterion.rule, facts, on).verdict if reached else None
    result = apply(document.policy, facts, on)
    return next((one.verdict for one in result.judgements if one.criterion == criterion.id), None)


def _plans(reached_by: Rule, rule: Rule, wanted: Verdict) -> Iterator[Plan]:
    """Plans that bring the document into play and the rule to a verdict; silence is what leaves it unknown."""
    for into_play in islice(forcing(reached_by, Verdict.MET, (0,)), _WAYS_IN):
        if wanted is Verdict.UNKNOWN:
            yield into_play
            continue
        for plan in forcing(rule, wanted, (1,)):
            yield {**into_play, **plan}


def verdicts_of(answer: Determination) -> Iterator[tuple[str, str, Verdict]]:
    """Every verdict of an answer, with the standard or policy and the criterion."""
    for weighed in answer.weighed:
        for judged in weighed.judgements:
            yield weighed.standard, judged.criterion, judged.verdict
    if answer.policy is not None and answer.policy_result is not None:
        for judged in answer.policy_result.judgements:
            yield answer.policy.id, judged.criterion, judged.verdict
