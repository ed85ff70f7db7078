"""The history of a case as lines: who did what, when, and what was said about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from indicated.model.knowledge import Knowledge
from indicated.web.words import Words
from indicated.workflow.review.values import (
    Add,
    Appealed,
    Attest,
    CaseFile,
    Claim,
    Corrected,
    Correction,
    Determined,
    Happened,
    Held,
    InformationReceived,
    InformationRequested,
    LetGo,
    Noted,
    Noticed,
    PeerToPeer,
    Pended,
    Replace,
    Resumed,
    Retract,
    Undetermined,
    Withdrawn,
)


class Entry(Struct, frozen=True):
    """One line, its details below it, and the determination that it made (0: none)."""

    at: datetime
    by: str
    what: str
    details: tuple[str, ...] = ()
    determination: int = 0


def history_of(file: CaseFile, knowledge: Knowledge, t: Words) -> tuple[Entry, ...]:
    """The newest first."""
    return tuple(_entry(one, knowledge, t) for one in reversed(file.history))


def _entry(one: Happened, knowledge: Knowledge, t: Words) -> Entry:
    said = one.said
    tag = str(type(said).__struct_config__.tag)
    number = said.number if isinstance(said, Determined) else 0
    by = t("history.program") if isinstance(said, Determined | Undetermined) else one.name
    return Entry(one.at, by, t(f"history.{tag}"), tuple(_details(said, knowledge, t)), number)


def _details(said: object, knowledge: Knowledge, t: Words) -> Iterator[str]:
    match said:
        case Determined(number=number, finding=finding, next_step=step):
            yield t("history.outcome", n=number, finding=t.of("finding", finding), next=t(f"next.{step}"))
        case Undetermined(says=says) | Noted(text=says) | Noticed(sent_by=says):
            yield says
        case (
            Withdrawn(reason=says) | Pended(reason=says) | Resumed(reason=says) | Held(reason=says) | LetGo(reason=says)
        ):
            yield from filter(None, (says,))
        case Corrected(corrections=listed):
            yield from (_correction(one, knowledge, t) for one in listed)
        case InformationRequested(items=items, text=text):
            yield from filter(None, (*items, text))
        case InformationReceived(documents=documents):
            yield ", ".join(documents)
        case PeerToPeer(clinician=clinician, summary=summary, outcome=outcome):
            yield from filter(None, (clinician, summary, outcome))
        case Appealed(appellant=appellant, grounds=grounds):
            yield from filter(None, (appellant, grounds))
        case _:
            pass


def _correction(one: Correction, knowledge: Knowledge, t: Words) -> str:
    match one:
        case Add(claim=claim):
            told = t("history.add", what=claim_in_words(claim, knowledge, t))
        case Replace(claim=claim):
            told = t("history.replace", what=claim_in_words(claim, knowledge, t))
        case Retract(was=was):
            about = was.concept if was is not None else ""
            told = t("history.retract", what=_label(about, knowledge))
        case Attest(question=question, met=met):
            told = t(f"history.attest.{'yes' if met else 'no'}", what=question)
    return t("history.reason", told=told, reason=one.reason)


def claim_in_words(claim: Claim, knowledge: Knowledge, t: Words) -> str:
    """What a person says is so, in a few words."""
    said = [
        claim.value,
        t.of("result", claim.result) if claim.result else "",
        t.of("course", claim.course) if claim.course else "",
        t.of("stage", claim.stage) if claim.stage else "",
        t.of("outcome", claim.outcome) if claim.outcome else "",
        t.of("tolerance", claim.tolerance) if claim.tolerance else "",
        claim.duration,
        claim.on.isoformat() if claim.on is not None else "",
    ]
    label = _label(claim.concept, knowledge)
    named = label if claim.present else t("claim.absent", what=label)
    return ", ".join(filter(None, (named, *said)))


def _label(concept: str, knowledge: Knowledge) -> str:
    return knowledge.vocabulary.label(concept) if concept in knowledge.vocabulary else concept
