"""A golden case compares every key it writes: a wrong expectation on any of them is found, and a right one is not."""

from __future__ import annotations

import pytest

from indicated.content.golden import run_all
from indicated.content.load import load
from indicated.model.case import Case
from tests.content.folder import folder, release_of, said

CASE = """\
- case: one
  says: The marker is missing.
  on: 2026-11-20
  policy: plan/drug
  request: {treatment: tx.new, indications: [dx.rare], regimen: {per_course: 3 g/kg, interval: 4 wk}}
  facts: [dx.rarer, {concept: finding.clot}, {concept: class.first, present: false}]
  expect: {%s}
"""
RIGHT = [
    "finding: supported_if",
    "next_step: physician_review",
    "policy: not_met",
    "lead: drug/rare",
    "verdicts: {disease: met}",
    "verdicts: {drug/rare#marker: unknown, policy#tried: not_met}",
    "missing: [marker]",
    "failed: []",
    "gaps: [lab.marker not_documented]",
    "dose: [above]",
    "safety: [clot]",
    "weighed: {drug/rare: supported_if}",
    "flips: [lab.marker]",
]
WRONG = {
    "finding: supported": "0.expect.finding: found supported_if; expected supported",
    "next_step: approvable": "0.expect.next_step: found physician_review; expected approvable",
    "policy: none": "0.expect.policy: found not_met; expected none",
    "lead: none": "0.expect.lead: found drug/rare; expected none",
    "verdicts: {disease: not_met}": "0.expect.verdicts.disease: found met; expected not_met",
    "verdicts: {nothing: met}": "0.expect.verdicts.nothing: found no such criterion in this answer; expected met",
    "missing: []": "0.expect.missing: found marker; expected none",
    "missing: [marker, disease]": "0.expect.missing: found marker; expected marker, disease",
    "failed: [disease]": "0.expect.failed: found none; expected disease",
    "gaps: [lab.marker unclear]": "expected lab.marker unclear among them",
    "dose: [fits]": "expected fits among them",
    "safety: [bleeding]": "0.expect.safety.0: found clot; expected bleeding among them",
    "reasons: [nothing]": "expected nothing among them",
    "scores: {rare-2015: probable}": "0.expect.scores.rare-2015: found nothing of that name; expected probable",
    "flips: [demo.age]": "expected demo.age among them",
    "weighed: {drug/rare: supported}": "0.expect.weighed.drug/rare: found supported_if; expected supported",
}


def answer(tmp_path, expect: str) -> list[str]:
    return said(folder(tmp_path, {"standards/drug/rare.cases.yaml": CASE % expect}))


@pytest.mark.parametrize("expect", RIGHT)
def test_a_right_expectation_holds(tmp_path, expect):
    assert answer(tmp_path, expect) == []


@pytest.mark.parametrize("expect", WRONG)
def test_a_wrong_expectation_is_found(tmp_path, expect):
    (problem,) = answer(tmp_path, expect)
    assert problem.startswith("standards/drug/rare.cases.yaml:7: ")
    assert WRONG[expect] in problem


def test_a_case_in_words_is_read_first(tmp_path):
    text = "- {case: one, says: Told in words., on: 2026-11-20, text: About a patient., expect: {finding: supported}}\n"
    loaded = load(folder(tmp_path, {"standards/drug/rare.cases.yaml": text}))
    knowledge = release_of(loaded).knowledge
    told: list[str] = []

    def read(words: str) -> Case:
        told.append(words)
        return Case((), ())

    (problem,) = run_all(loaded, knowledge, read).problems
    assert told == ["About a patient."]
    assert "no answer" in problem.found
    assert run_all(loaded, knowledge).problems == ()


def test_a_case_before_its_policy_was_in_force(tmp_path):
    text = (CASE % "policy: not_met").replace("2026-11-20", "2025-11-20")
    (problem,) = said(folder(tmp_path, {"standards/drug/rare.cases.yaml": text}))
    assert "0.policy: found the policy 'plan/drug' on 2025-11-20; expected a policy in force on that day" in problem


def test_a_golden_case_answers_a_question_that_a_rule_puts_to_a_person(tmp_path):
    policy = (folder(tmp_path / "sound") / "policies/plan/drug/policy.yaml").read_text()
    asking = policy.replace("has: dx.rare}", "judged: Is it rare?}")
    case = (
        "- case: attested\n  says: A person says so.\n  on: 2026-11-20\n"
        "  request: {treatment: tx.new, indications: [dx.rare]}\n"
        '  facts: [{concept: "judged:%s", present: false}]\n'
        "  expect: {verdicts: {policy#disease: not_met}}\n"
    )
    files = {"policies/plan/drug/policy.yaml": asking, "policies/plan/drug/cases/all.yaml": case % "Is it rare?"}
    assert said(folder(tmp_path / "asked", files)) == []
    files["policies/plan/drug/cases/all.yaml"] = case % "Is it common?"
    (problem,) = said(folder(tmp_path / "not", files))
    assert "found the concept 'judged:Is it common?'" in problem
