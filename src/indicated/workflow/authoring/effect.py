"""Cases decided under two contents: whose outcome changes, and which facts and criteria make it so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from indicated.engine.determine import determine
from indicated.model.case import Case
from indicated.model.determination import Determination
from indicated.model.errors import IndicatedError
from indicated.model.policy import Policy
from indicated.model.text import Document
from indicated.release import Release
from indicated.workflow.authoring.page import Block, Heading, Items, Page, Paragraph, Table

Applied = Callable[[Release], Policy | None]


class Outcome(Struct, frozen=True):
    """What one content makes of a case; `refused` says why it makes nothing of it."""

    answer: Determination | None = None
    refused: str = ""

    def said(self) -> tuple[str, str, str, str]:
        """Finding, policy, next step and leading standard, in words."""
        if self.answer is None:
            return "none", "", "", self.refused
        policy = self.answer.policy_verdict
        told = (self.answer.finding, policy or "none", self.answer.next_step, self.answer.lead or "none")
        finding, verdict, step, lead = map(str, told)
        return finding.replace("_", " "), verdict.replace("_", " "), step.replace("_", " "), lead


class Effect(Struct, frozen=True):
    """One case under both."""

    name: str
    before: Outcome
    after: Outcome

    @property
    def changed(self) -> bool:
        """Whether a reader of the answer would see another outcome."""
        return self.before.said() != self.after.said()

    def why(self) -> Iterator[str]:
        """The facts that one reads and the other does not, then the criteria whose verdict turned."""
        was, now = self.before.answer, self.after.answer
        if was is None or now is None:
            return
        old, new = _facts(was.case), _facts(now.case)
        yield from (f"no longer read: {one}" for one in sorted(old - new))
        yield from (f"now read: {one}" for one in sorted(new - old))
        before, after = _verdicts(was), _verdicts(now)
        for name in dict.fromkeys((*before, *after)):
            one, other = before.get(name, "not asked"), after.get(name, "not asked")
            if one != other:
                yield f"{name}: {one} → {other}"


def decided(documents: tuple[Document, ...], release: Release, applied: Applied, on: date) -> Outcome:
    """The outcome of a case in words under a release."""
    from indicated.reading import read

    try:
        case = read(documents, release.lexicon)
        return Outcome(determine(case, release.knowledge, on, applied(release), explore=False))
    except IndicatedError as error:
        return Outcome(refused=str(error))


def page_of(effects: tuple[Effect, ...], titles: tuple[str, str]) -> Page:
    """Which outcomes change, the changed ones with their reasons."""
    changed = [one for one in effects if one.changed]
    return Page(f"Effect on {len(effects)} cases", tuple(_blocks(effects, changed, titles)))


def _blocks(effects: tuple[Effect, ...], changed: list[Effect], titles: tuple[str, str]) -> Iterator[Block]:
    yield Paragraph(f"Before: {titles[0]}. After: {titles[1]}. {len(changed)} of {len(effects)} outcomes change.")
    heads = ("case", "finding", "policy", "next step", "standard")
    rows = tuple((one.name, *map(_turned, one.before.said(), one.after.said())) for one in changed)
    yield Table(heads, rows)
    for one in changed:
        reasons = tuple((0, reason) for reason in one.why())
        if reasons:
            yield Heading(f"Why {one.name} changes")
            yield Items(reasons)
    same = [one for one in effects if not one.changed]
    if same:
        yield Heading("Unchanged")
        yield Table(heads, tuple((one.name, *one.after.said()) for one in same))


def _turned(was: str, now: str) -> str:
    return now if was == now else f"{was or '-'} → {now or '-'}"


def _facts(case: Case) -> set[str]:
    """Facts by concept and value only: an author's page shows no words of a record."""
    found = set()
    for fact in case.facts:
        value = fact.value.text() if fact.value is not None else fact.result or fact.course or ""
        told = fact.therapy
        how = f"{told.stage}, {told.outcome}, {told.tolerance}" if told is not None else fact.assertion.polarity
        found.add(" ".join(filter(None, (fact.concept, str(value), f"({how})"))))
    return found


def _verdicts(answer: Determination) -> dict[str, str]:
    found = {
        f"{weighed.standard}#{judged.criterion}": judged.verdict.value.replace("_", " ")
        for weighed in answer.weighed
        for judged in weighed.judgements
    }
    result = answer.policy_result
    found |= {
        f"policy#{judged.criterion}": judged.verdict.value.replace("_", " ")
        for judged in (result.judgements if result is not None else ())
    }
    return found
