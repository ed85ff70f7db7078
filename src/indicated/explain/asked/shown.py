"""The answer to a question in a format, or all of it as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicated.explain.data import encode
from indicated.explain.data_parts import quoted
from indicated.explain.data_record import fact_data
from indicated.explain.data_statements import citations, statements
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.render import render
from indicated.explain.translations import spanish
from indicated.explain.words import Words

if TYPE_CHECKING:
    from indicated.explain.asked.reply import Told
    from indicated.model.determination import Change, Determination
    from indicated.model.statement import Rationale
    from indicated.release import Release

_JSON = "json"


def show_answer(  # noqa: PLR0913 - width and colour are a terminal's
    told: Told, rationale: Rationale, release: Release, form: str, *, width: int = 100, colour: bool = False
) -> str:
    """The answer as text, Markdown, HTML or JSON. The same answer gives the same characters."""
    if form == _JSON:
        return encode(as_answer(told, rationale, release))
    return render(rationale, form, _book(rationale, release), told.after.case, width=width, colour=colour)


def as_answer(told: Told, rationale: Rationale, release: Release) -> dict[str, Any]:
    """The answer as dictionaries, lists and strings."""
    knowledge = release.knowledge
    words = Words(_book(rationale, release), knowledge.vocabulary, {})
    supposed = told.question.supposed
    return {
        "question": told.question.document.text,
        "known": told.known,
        "asks": [
            {"intent": one.intent.id, "concepts": list(one.concepts), "quote": one.passage.quote}
            for one in told.question.asks
        ],
        "supposed": {
            "facts": [_change(one, words) for one in told.changes],
            "regimen": words.regimen(supposed.request.regimen)
            if supposed.request is not None and supposed.request.regimen is not None
            else None,
            "indications": list(supposed.request.indications) if supposed.request is not None else [],
            "unread": [quoted(one) for one in supposed.unread],
        },
        "before": _outcome(told.before),
        "after": _outcome(told.after),
        "statements": statements(rationale),
        "citations": citations(rationale, knowledge),
        "withheld": rationale.withheld,
        "release": told.after.release,
        "on": told.after.on.isoformat(),
    }


def _book(rationale: Rationale, release: Release) -> Phrasebook:
    """The phrases in the language of the answer."""
    translated = spanish(rationale.language, rationale.audience, release.translations)
    return Phrasebook(release.phrases, rationale.audience, translated)


def _change(change: Change, words: Words) -> dict[str, Any]:
    """The fact supposed, none where something is taken as never recorded, and what of the record it replaces."""
    return {
        "fact": fact_data(change.facts[0], words) if change.facts else None,
        "replaces": [fact_data(fact, words) for fact in change.replaces],
    }


def _outcome(d: Determination) -> dict[str, Any]:
    return {
        "finding": d.finding.value,
        "standard": d.lead,
        "policy": d.policy_verdict.value if d.policy_verdict is not None else None,
        "next_step": d.next_step.value,
    }
