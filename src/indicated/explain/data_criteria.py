"""Policy and standards as plain data, each criterion with its verdict."""

from __future__ import annotations

from indicated.engine.coverage import unverified
from indicated.explain.data_parts import Data, quoted
from indicated.explain.data_record import gap_data
from indicated.explain.words import Words
from indicated.model.determination import Determination, Judgement, Step
from indicated.model.knowledge import Knowledge
from indicated.model.standard import Criterion


def policy_data(d: Determination, words: Words) -> Data | None:
    """The policy with its verdict, each criterion with its trace, how each line was understood; None without one."""
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


def standard_data(d: Determination, knowledge: Knowledge) -> Data | None:
    """The lead standard, and every one that was weighed; None where no standard leads."""
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


def _judgement(one: Judgement, criterion: Criterion, words: Words) -> Data:
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
        "gaps": [gap_data(gap, words) for gap in step.gaps],
        "parts": [_step(part, words) for part in step.parts],
    }
