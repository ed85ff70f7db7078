"""Whether golden cases have seen each criterion met, not met and unknown, as far as records can bring it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicated.content.documents import Document
from indicated.content.load import Loaded
from indicated.content.problem import Problem
from indicated.content.reachable import Records, Seen
from indicated.model.verdict import Verdict

_SAID = {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.UNKNOWN: "unknown"}


def unseen(loaded: Loaded, documents: Iterable[Document], records: Records, seen: Seen) -> Iterator[Problem]:
    """Every criterion that no golden case's answer has in one of the verdicts that a record can bring it to."""
    for document in documents:
        for criterion in document.criteria:
            lacking = [verdict for verdict in Verdict if (document.id, criterion.id, verdict) not in seen]
            if not lacking or next(document.requests(criterion), None) is None:
                continue
            words = [_SAID[verdict] for verdict in lacking if records.bring(document, criterion, verdict)]
            if words:
                place = loaded.place(document.written(criterion.id))
                found = f"no golden case in which criterion {criterion.id} is {' or '.join(words)}"
                wanted, fix = "each seen once", "write such a case"
                yield place.problem("unseen", "", found, wanted, fix, warning=document.draft)
