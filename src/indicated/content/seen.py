"""Whether golden cases have seen each criterion met, not met and unknown, as far as records can bring it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from indicated.content.documents import documents
from indicated.content.load import Loaded
from indicated.content.problem import Problem
from indicated.content.reachable import reach_of, verdicts_of
from indicated.content.supposed import Supposer
from indicated.model.determination import Determination
from indicated.model.knowledge import Knowledge
from indicated.model.verdict import Verdict

_SAID = {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.UNKNOWN: "unknown"}


def unseen(loaded: Loaded, knowledge: Knowledge, answers: Iterable[Determination], on: date) -> Iterator[Problem]:
    """Every criterion that no golden case's answer has in one of the verdicts that a record can bring it to."""
    seen = {(owner, criterion, verdict) for answer in answers for owner, criterion, verdict in verdicts_of(answer)}
    supposer = Supposer(knowledge.vocabulary, knowledge.unit_table, on)
    for document in documents(loaded, knowledge):
        for criterion in document.criteria:
            if next(document.requests(criterion), None) is None:
                continue
            lacking = [verdict for verdict in Verdict if (document.id, criterion.id, verdict) not in seen]
            if not lacking:
                continue
            reach = reach_of(document, criterion, supposer, knowledge)
            can = {Verdict.MET: reach.met, Verdict.NOT_MET: reach.not_met, Verdict.UNKNOWN: reach.unknown}
            words = [_SAID[verdict] for verdict in lacking if can[verdict]]
            if words:
                place = loaded.place(document.written(criterion.id))
                found = f"no golden case in which criterion {criterion.id} is {' or '.join(words)}"
                wanted, fix = "each seen once", "write such a case"
                yield Problem("unseen", place.file, place.line, place.key, found, wanted, fix, document.draft)
