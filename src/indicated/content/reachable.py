"""Which verdicts records can bring a criterion to; criteria that contradict themselves, so that none can meet them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import islice

from indicated.content.cases import told
from indicated.content.documents import Document
from indicated.content.load import Loaded
from indicated.content.plans import Plan, forcing, leaves_of
from indicated.content.problem import Problem
from indicated.content.supposed import Supposer
from indicated.engine.coverage import apply
from indicated.engine.evaluate import evaluate
from indicated.engine.facts import Facts
from indicated.model.knowledge import Knowledge
from indicated.model.rule import All, Judged, Rule, Score
from indicated.model.standard import Criterion
from indicated.model.verdict import Verdict

_TRIES, _WAYS_IN = 128, 8


Seen = AbstractSet[tuple[str, str, Verdict]]
"""Verdicts that golden cases have shown: of a document, of one of its criteria."""


class Records:
    """Supposed records that bring documents into play, and what the engine itself makes of criteria on them."""

    def __init__(self, knowledge: Knowledge, on: date) -> None:
        self._knowledge = knowledge
        self._supposer = Supposer(knowledge.vocabulary, knowledge.unit_table, on)
        self._known: dict[tuple[str, str, str, Verdict], bool] = {}

    def bring(self, document: Document, criterion: Criterion, verdict: Verdict) -> bool:
        """Whether some record brings the criterion to the verdict."""
        key = (document.id, document.version, criterion.id, verdict)
        if key not in self._known:
            self._known[key] = _some_record(document, criterion, verdict, self._supposer, self._knowledge)
        return self._known[key]


def unreachable(loaded: Loaded, documents: Iterable[Document], records: Records, seen: Seen) -> Iterator[Problem]:
    """Criteria that no record can meet. One that a golden case has shown to be met need not be tried."""
    for document in documents:
        for criterion in document.criteria:
            if (document.id, criterion.id, Verdict.MET) in seen or next(document.requests(criterion), None) is None:
                continue
            open_ = any(isinstance(leaf, Judged | Score) for _, leaf in leaves_of(criterion.rule))
            if open_ or records.bring(document, criterion, Verdict.MET):
                continue
            place = loaded.place(document.written(criterion.id))
            found = f"criterion {criterion.id}, which no record can meet"
            fix = "look for parts that exclude each other"
            wanted = "a rule that some record meets"
            yield place.problem("unreachable", "", found, wanted, fix, warning=document.draft)


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
