"""How the sources of a standard bear on this patient: directly, indirectly or not, by whom they studied."""

from __future__ import annotations

from datetime import date

from indicated.engine.evaluate import evaluate
from indicated.engine.facts import Facts
from indicated.model.determination import Bears
from indicated.model.evidence import Evidence, GroupRule, PatientGroup
from indicated.model.standard import Bearing, Standard
from indicated.model.verdict import Verdict


def bearings(standard: Standard | None, facts: Facts, on: date) -> tuple[Bears, ...]:
    """Each bearing of the standard, in its order. What the standard says is carried over stays so; a source that it
    takes as direct is indirect for a patient of none of the groups that were studied, and does not apply where each of
    these stands apart. Where it is not known whom a source studied, or of whom the patient is, its word holds.
    """
    sources = facts.knowledge.sources
    rules = {rule.group: rule for rule in facts.knowledge.groups}
    verdicts = {rule.group: evaluate(rule.when, facts, on).verdict for rule in rules.values()}

    def bears(bearing: Bearing) -> Bears:
        studied = _studied(sources.get(bearing.cite), rules) if bearing.bearing == "direct" else []
        others = bool(studied) and all(verdicts[rule.group] is Verdict.NOT_MET for rule in studied)
        if not others:
            return Bears(bearing, bearing.bearing, known=bool(studied))
        apart = all(rule.apart for rule in studied)
        return Bears(
            bearing, "not_applicable" if apart else "indirect", tuple(rule.group for rule in studied), known=True
        )

    return tuple(bears(bearing) for bearing in (standard.evidence if standard is not None else ()))


def _studied(source: Evidence | None, rules: dict[PatientGroup, GroupRule]) -> list[GroupRule]:
    """The groups that a source studied; none where one of them has no rule, for then nobody is known to be outside."""
    groups = source.groups if source is not None else ()
    return [rules[group] for group in groups] if all(group in rules for group in groups) else []
