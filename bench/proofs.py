"""Requests that nobody wrote, told to every audience: sentences, those withheld, figures in none of their proofs.

`python -m bench.proofs [N]` for N of them (2,000 unless told). Asked for is none withheld and no foreign figure.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from bench.measure import Row

if TYPE_CHECKING:
    from indicated.model.knowledge import Knowledge
    from indicated.model.statement import Statement

DAY = date(2026, 11, 20)
REQUESTS = 2_000


class Told(NamedTuple):
    """What came of the requests: how many made an answer, and of what their answers are made."""

    answers: int
    sentences: int
    withheld: int
    foreign: int
    seconds: float


def tell(requests: int) -> Told:
    """The answers to so many requests. Seconds are those of writing, without reading and deciding."""
    from tests.properties.made import request

    from indicated.engine.determine import NoRequest
    from indicated.explain.article import article
    from indicated.explain.phrasebook import AUDIENCES
    from indicated.workflow import assess as workflow
    from indicated.workflow import intake

    release = workflow.current()
    named = tuple(_with_digits(release.knowledge))
    answers = sentences = withheld = foreign = 0
    taken = 0.0
    for seed in range(requests):
        text = request(seed, release.knowledge)
        try:
            decided = workflow.assess(workflow.read((intake.document(text),)), None, DAY)
        except NoRequest:
            continue
        for audience in AUDIENCES:
            start = time.perf_counter()
            told = article(decided, release.knowledge, release.phrases, audience)
            taken += time.perf_counter() - start
            said = [one for section in told.sections for one in section.statements]
            answers += 1
            sentences += len(said)
            withheld += told.withheld
            foreign += sum(len(_foreign(one, named)) for one in said)
    return Told(answers, sentences, withheld, foreign, taken)


def _foreign(told: Statement, named: Iterable[str]) -> tuple[str, ...]:
    """The figures of a sentence that stand in none of its proofs; digits in a name of the content claim nothing."""
    from indicated.explain.statements import check

    claim = f"{told.label}\n{told.text}"
    if not check(claim, told.proofs):
        return ()
    for name in named:
        claim = re.sub(re.escape(name), "", claim, flags=re.IGNORECASE)
    return check(claim, told.proofs)


def _with_digits(knowledge: Knowledge) -> Iterator[str]:
    """Names of the content that have digits in them, the longest first."""
    concepts = (name for one in knowledge.concepts for name in (one.label, one.plain))
    titles = (one.title for one in knowledge.standards)
    tables = knowledge.calculator_table.values()
    scores = (name for one in tables for name in (one.label, *(item.label for item in one.items)))
    names = {name.partition(" (")[0] for name in (*concepts, *titles, *scores)}
    return iter(sorted((name for name in names if any(map(str.isdigit, name))), key=len, reverse=True))


def rows(requests: int = REQUESTS) -> Iterator[Row]:
    """The figures of one run."""
    told = tell(requests)
    yield Row(f"answers to {requests:,} made requests", f"{told.answers:,}", "", None)
    yield Row("sentences in them", f"{told.sentences:,}", "", None)
    yield Row("sentences withheld", f"{told.withheld}", "0", told.withheld == 0)
    yield Row("figures in none of their proofs", f"{told.foreign}", "0", told.foreign == 0)
    each = told.seconds / max(1, told.answers)
    yield Row("writing them, an answer", f"{told.seconds:.1f} s, {each * 1e3:.1f} ms", "", None)


if __name__ == "__main__":
    for row in rows(int(sys.argv[1]) if sys.argv[1:] else REQUESTS):
        mark = {True: "holds", False: "MISSED", None: ""}[row.holds]
        print(f"{row.what:<52}{row.value:>22}   {row.floor} {mark}")
