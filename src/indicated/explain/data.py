"""The determination as plain data: the keys that DESIGN section 8 promises, JSON-ready, in a fixed order."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from indicated.engine.bearings import bearings
from indicated.engine.coverage import unverified
from indicated.explain.data_continuation import continuation_data
from indicated.explain.data_denial import Parts, denial_data
from indicated.explain.data_evidence import bears_data
from indicated.explain.data_parts import quoted
from indicated.explain.data_safety import safety_data, vaccine_data
from indicated.explain.data_therapies import prior_data, untried_data
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.proofs import proof_text
from indicated.explain.sections.dosing import range_words
from indicated.explain.words import Words
from indicated.explain.writer import Writer
from indicated.model.amount import Amount
from indicated.model.case import Case
from indicated.model.determination import (
    Determination,
    DoseCheck,
    Flip,
    Judgement,
    ScoreResult,
    Step,
)
from indicated.model.dispensing import Dispensing, Weights
from indicated.model.fact import Entry, Fact
from indicated.model.knowledge import Knowledge
from indicated.model.quantity import Quantity, plain
from indicated.model.statement import FromCitation, FromPassage, Proof, Rationale, Statement
from indicated.model.verdict import Gap

Data = dict[str, Any]
_NO_PASSAGE = dict.fromkeys(("quote", "start", "end", "document", "place"), None) | {"scanned": False}
_UNSAFE = re.compile("[\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")


def as_dict(d: Determination, knowledge: Knowledge, book: Phrasebook, rationale: Rationale) -> Data:
    """The whole answer as dictionaries, lists, strings and numbers (amounts as strings, exact)."""
    writer = Writer(d, knowledge, book)
    words = writer.words
    return {
        "finding": d.finding.value,
        "next_step": d.next_step.value,
        "reasons": [{"code": reason.code, "about": reason.about} for reason in d.reasons],
        "request": _plain(d.case.request),
        "policy": _policy(d, words),
        "standard": _standard(d, knowledge),
        "facts": [fact_data(fact, words) for fact in d.case.facts],
        "gaps": [_gap(gap, words) for gap in d.gaps],
        "flips": [_flip(flip, words) for flip in d.flips],
        "rests_on": [
            {"target": one.target.value, "without": one.without, "fact": fact_data(one.fact, words)}
            for one in d.rests_on
        ],
        "dose": [_dose(check, writer) for check in d.dose],
        "dispensing": _dispensing(d.dispensing),
        "weights": _weights(d.weights),
        "denial": denial_data(d.denial, words, Parts(quoted, fact_data, _gap)),
        "prior_therapies": [prior_data(one, words) for one in d.prior],
        "continuation": continuation_data(d.continuation, words),
        "untried": [untried_data(one, words) for one in d.untried],
        "evidence": [bears_data(one) for one in bearings(writer.standard, writer.facts, d.on)],
        "safety": [safety_data(note, words) for note in d.safety],
        "vaccine_dates": [vaccine_data(one) for one in d.vaccines],
        "scores": [_score(score) for score in d.scores],
        "contradictions": _contradictions(d.case, words),
        "set_aside": _set_aside(d.case),
        "codes": _codes(d.case),
        "citations": citations(rationale, knowledge),
        "statements": statements(rationale),
        "withheld": rationale.withheld,
        "release": d.release,
        "on": d.on.isoformat(),
    }


def case_data(case: Case, words: Words) -> Data:
    """What reading found: the request, the facts, contradictions, mentions set aside."""
    return {
        "request": _plain(case.request),
        "facts": [fact_data(fact, words) for fact in case.facts],
        "contradictions": _contradictions(case, words),
        "set_aside": _set_aside(case),
        "codes": _codes(case),
        "documents": [{"id": document.id, "characters": len(document.text)} for document in case.documents],
    }


def _contradictions(case: Case, words: Words) -> list[Data]:
    return [
        {
            "about": one.about,
            "label": words.label(one.about),
            "kind": one.kind,
            "passages": [quoted(p) for p in one.passages],
        }
        for one in case.contradictions
    ]


def _set_aside(case: Case) -> list[Data]:
    return [
        {"concept": one.concept, "assertion": _assertion(one.assertion), **quoted(one.passage)}
        for one in case.set_aside
    ]


def _codes(case: Case) -> list[Data]:
    return [
        {"code": one.code, "title": one.title, "valid": one.valid, "billable": one.billable, **quoted(one.passage)}
        for one in case.codes
    ]


def encode(data: Data) -> str:
    """The data as indented JSON with a final newline; the same data, the same bytes.

    Characters that `visible` would take out of a text are written as escapes.
    """
    written = msgspec.json.format(msgspec.json.encode(data), indent=2).decode()
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", written) + "\n"


def statements(rationale: Rationale) -> list[Data]:
    """Every sentence of an article with its proofs."""
    return [statement_data(one, section.id) for section in rationale.sections for one in section.statements]


def citations(rationale: Rationale, knowledge: Knowledge) -> list[Data]:
    """The numbered sources of an article."""
    found = []
    for reference in rationale.references:
        citation = knowledge.sources[reference.key].citation
        found.append(
            {
                "number": reference.number,
                "key": reference.key,
                "text": reference.text,
                "pmid": citation.pmid,
                "doi": citation.doi,
                "links": list(reference.links),
                "verified": reference.verified,
            }
        )
    return found


def fact_data(fact: Fact, words: Words) -> Data:
    """One fact with its first passage at the top level and all sources below."""
    first = fact.passages[0] if fact.passages else None
    value = fact.value
    return {
        "concept": fact.concept,
        "label": words.label(fact.concept),
        "assertion": _assertion(fact.assertion),
        "value": _amount(value),
        "unit": value.unit if value is not None else None,
        "result": fact.result,
        "course": fact.course,
        "therapy": _plain(fact.therapy),
        "codes": list(fact.codes),
        "on": fact.on.isoformat() if fact.on else None,
        "approximate": fact.approximate,
        "needs_second_source": fact.scanned,
        **(quoted(first) if first is not None else _NO_PASSAGE),
        "sources": [
            {"where": source.where} if isinstance(source, Entry) else quoted(source.passage) for source in fact.sources
        ],
    }


def _amount(value: Quantity | None) -> Data | str | None:
    """One exact value as a string; a range as its ends."""
    if value is None:
        return None
    if value.exact is not None:
        return plain(value.exact)
    return {"low": plain(value.low) or None, "high": plain(value.high) or None}


def _assertion(assertion: object) -> Data:
    found: Data = _plain(assertion)
    found.pop("because", None)
    return found


def amount_data(amount: Amount) -> Data:
    """One amount of a text: what it is of, its value exactly as text, and its passage."""
    value = amount.value
    return {
        "what": amount.what.value,
        "value": plain(value.exact) if value is not None and value.exact is not None else None,
        "unit": value.unit if value is not None else None,
        "low": plain(value.low) or None if value is not None else None,
        "high": plain(value.high) or None if value is not None else None,
        "text": _told(value) if value is not None else None,
        "beside": [_told(one) for one in amount.beside],
        "about": amount.about,
        **quoted(amount.passage),
    }


def _told(value: Quantity) -> str:
    """The value with its unit; the unit of a plain number is not said."""
    return value.text().removesuffix(" 1") if value.unit == "1" else value.text()


def _policy(d: Determination, words: Words) -> Data | None:
    policy, result = d.policy, d.policy_result
    if policy is None or result is None:
        return None
    table = {criterion.id: criterion for criterion in policy.criteria}
    return {
        "id": policy.id,
        "title": policy.title,
        "version": policy.version,
        "status": None if policy.pasted else policy.status.value,
        "via": None if policy.pasted else policy.origin.via.value,
        "unverified": [criterion.id for criterion in unverified(policy, result)],
        "verdict": result.verdict.value,
        "covered": result.coverage is not None,
        "criteria": [
            _judgement(one, table[one.criterion], words) for one in result.judgements if one.criterion in table
        ],
        "clauses": [
            {
                "criterion": one.criterion,
                "understood": one.understood,
                "unused": list(one.unused),
                "judged": one.judged,
                **quoted(one.passage),
            }
            for one in policy.clauses
        ],
    }


def _judgement(one: Judgement, criterion: Any, words: Words) -> Data:
    return {
        "id": one.criterion,
        "section": criterion.section,
        "paraphrase": criterion.paraphrase,
        "verified": criterion.verified,
        "verdict": one.verdict.value,
        "step": _step(one.step, words),
    }


def _step(step: Step, words: Words) -> Data:
    return {
        "rule": words.rule(step.rule),
        "kind": type(step.rule).__struct_config__.tag,
        "verdict": step.verdict.value,
        "silent": step.silent,
        "passages": [quoted(passage) for fact in step.facts for passage in fact.passages],
        "gaps": [_gap(gap, words) for gap in step.gaps],
        "parts": [_step(part, words) for part in step.parts],
    }


def _standard(d: Determination, knowledge: Knowledge) -> Data | None:
    standard = knowledge.standard_table.get(d.lead)
    if standard is None:
        return None
    return {
        "id": standard.id,
        "version": standard.version,
        "title": standard.title,
        "line": standard.standing.line.value,
        "care": standard.standing.care.value,
        "labelled": standard.standing.labelled,
        "strength": standard.standing.strength,
        "certainty": standard.standing.certainty,
        "weighed": [
            {
                "id": one.standard,
                "finding": one.finding.value,
                "missing": list(one.missing),
                "failed": list(one.failed),
                "criteria": [{"id": j.criterion, "verdict": j.verdict.value} for j in one.judgements],
            }
            for one in d.weighed
        ],
    }


def _gap(gap: Gap, words: Words) -> Data:
    return {"kind": gap.kind.value, "about": gap.about, "settles": gap.settles.value, "text": words.gap(gap)}


def _flip(flip: Flip, words: Words) -> Data:
    changes = [
        {
            "text": words.change(change),
            "concept": change.fact.concept,
            "value": _amount(change.fact.value),
            "unit": change.fact.value.unit if change.fact.value is not None else None,
            "result": change.fact.result,
            "times": len(change.facts),
            "known": change.known,
        }
        for change in flip.changes
    ]
    return {"target": flip.target.value, "to": flip.to, "standard": flip.standard, "changes": changes}


def _dose(check: DoseCheck, writer: Writer) -> Data:
    amounts = {name: getattr(check, name) for name in ("requested", "per_kg", "total", "weight", "weight_fits")}
    return {
        "issues": [issue.value for issue in check.issues],
        "outside": check.outside,
        "range": range_words(writer, check.range) if check.range is not None else None,
        "label": check.range.label if check.range is not None else None,
        "labelled": check.range.labelled if check.range is not None else None,
        "standard": check.standard,
        **{name: amount.text() if amount is not None else None for name, amount in amounts.items()},
    }


def _dispensing(it: Dispensing | None) -> Data | None:
    if it is None:
        return None
    amounts = {
        name: getattr(it, name)
        for name in ("course", "day", "given", "over", "below", "volume", "hours", "slower", "yearly")
    }
    return {
        "product": it.product,
        "days": it.days,
        "vials": [{"grams": plain(one.grams), "count": one.count} for one in it.vials],
        "units": it.units,
        "stages": [
            {"rate": one.rate.text(), "minutes": one.minutes.text() if one.minutes is not None else None}
            for one in it.stages
        ],
        **{name: amount.text() if amount is not None else None for name, amount in amounts.items()},
        "recalled": list(it.recalled),
        "loading": _dispensing(it.loading),
    }


def _weights(weights: Weights | None) -> Data | None:
    if weights is None:
        return None
    amounts = {name: getattr(weights, name).text() for name in ("measured", "height", "ideal", "dosing")}
    return {"formula": weights.formula, **amounts}


def _score(score: ScoreResult) -> Data:
    return {
        "calculator": score.calculator,
        "low": plain(score.low),
        "high": plain(score.high),
        "level": score.level,
        "could_be": score.could_be,
        "items": [{"id": i.item, "points": plain(i.points), "verdict": i.step.verdict.value} for i in score.items],
    }


def statement_data(statement: Statement, section: str) -> Data:
    """One sentence with its section and proofs."""
    return {
        "section": section,
        "label": statement.label,
        "text": statement.text,
        "mark": statement.mark,
        "phrase": statement.phrase,
        "verified": statement.verified,
        "proofs": [_proof(proof) for proof in statement.proofs],
    }


def _proof(proof: Proof) -> Data:
    if isinstance(proof, FromPassage):
        return {"type": "passage", **quoted(proof.passage)}
    if isinstance(proof, FromCitation):
        return {"type": "citation", "key": proof.key, "text": proof_text(proof)}
    found: Data = _plain(proof)
    return found


def _plain(value: object) -> Any:
    """A model value as dictionaries, lists and strings, nothing left out."""
    return msgspec.json.decode(msgspec.json.encode(value))
