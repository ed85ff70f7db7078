from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indicated.model.policy import Policy
from indicated.model.rule import All, Any, AtLeast, Has, Lacks, NoneOf, Ref, Rule
from indicated.release import builtin
from indicated.workflow.policies import from_text, from_words
from indicated.workflow.recognise import recogniser

EXAMPLES = Path(__file__).parents[2] / "examples"

PAIRS = [
    ("Electromyography (EMG) shows myogenic changes", ["finding.emg_myopathic"]),
    ("Myogenic changes on electromyography (EMG)", ["finding.emg_myopathic"]),
    ("EMG with myopathic features", ["finding.emg_myopathic"]),
    ("Abnormal EMG consistent with myopathy", ["finding.emg_myopathic"]),
    ("MRI showing muscle edema", ["img.mri_myositis"]),
    ("Muscle biopsy consistent with dermatomyositis", ["path.myositis"]),
    ("Muscle biopsy with inflammatory myopathy", ["path.myositis"]),
    ("Muscle biopsy or MRI consistent with inflammatory myopathy", ["path.myositis", "img.mri_myositis"]),
    ("Diagnosis of dermatomyositis confirmed by biopsy", ["dx.dm", "path.myositis"]),
    ("Diagnosis of inflammatory myopathy confirmed by muscle biopsy", ["dx.iim", "path.myositis"]),
    ("Dermatomyositis and a muscle biopsy", ["dx.dm", "study.muscle_biopsy"]),
]


@pytest.mark.parametrize(("text", "concepts"), PAIRS, ids=[text for text, _ in PAIRS])
def test_what_a_study_and_a_finding_say_together_is_one_concept(text: str, concepts: list[str]) -> None:
    found = list(recogniser(builtin().lexicon)(text))
    assert [concept for _, _, concept in found if concept] == concepts
    assert all(0 <= start < end <= len(text) for start, end, _ in found)


def whole(rule: Rule | None) -> Rule | None:
    if isinstance(rule, Ref):
        return whole(rule.rule)
    if isinstance(rule, AtLeast):
        return AtLeast(rule.n, tuple(whole(part) for part in rule.of))
    if isinstance(rule, All | Any | NoneOf):
        return type(rule)(tuple(sorted((whole(part) for part in rule.parts), key=repr)))
    return rule


LINES: list[tuple[str, Rule]] = [
    ("Muscle biopsy does not show inflammatory myopathy", Lacks("path.myositis")),
    ("EMG without myogenic changes", Lacks("finding.emg_myopathic")),
    ("Diagnosis of dermatomyositis confirmed by biopsy", All((Has("dx.dm"), Has("path.myositis")))),
    (
        "Muscle biopsy or MRI consistent with inflammatory myopathy",
        Any((Has("path.myositis"), Has("img.mri_myositis"))),
    ),
]


@pytest.mark.parametrize(("line", "rule"), LINES, ids=[line for line, _ in LINES])
def test_a_policy_line_is_read_as_a_chart_is(line: str, rule: Rule) -> None:
    policy = from_words(f"All of the following:\n1. {line}\n2. Age 18 years or older", builtin(), date(2026, 1, 1))
    assert whole(policy.criteria[0].rule) == whole(rule)
    assert policy.clauses[1].unused == ()


def read(name: str) -> Policy:
    return from_text((EXAMPLES / name).read_text(encoding="utf-8"), builtin(), name)


SAME = """Dermatomyositis or polymyositis - initial authorization, IVIG. ALL of the following must be met:
1. At least FOUR of the following are present:
   a. Proximal muscle weakness of the upper or lower limbs or trunk
   b. Elevated serum creatine kinase (CK) or aldolase
   c. Muscle pain, spontaneous or on grasping
   d. Myogenic changes on electromyography (EMG)
   e. Anti-synthetase antibodies (e.g., anti-Jo-1)
   f. Non-destructive arthritis or arthralgia
   g. Signs of systemic inflammation: fever, elevated CRP, or ESR above 20 mm/h
   h. Pathological findings compatible with inflammatory myositis
2. Treatment history - ONE of the following:
   a. First-line therapy (corticosteroids) AND second-line therapy (an immunosuppressant) were tried
      and were ineffective or not tolerated
   b. First-line and second-line therapy are contraindicated
Not covered: juvenile idiopathic arthritis and other inflammatory arthropathies (ICD-10 M08.00-M10.9).
"""


def test_two_wordings_of_one_policy_give_the_same_rules() -> None:
    one, other = from_text(SAME, builtin()), read("2-overlap-denied.policy.txt")
    assert len(one.criteria) == len(other.criteria)
    for kind in ("start", "exclusions"):
        assert whole(getattr(one.coverages[0], kind)) == whole(getattr(other.coverages[0], kind))
    assert not any(clause.judged for clause in other.clauses)
