"""The rules of the house: no medicine in Python, no code in content, no module that grew too long."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from indicated.model.concept import Kind
from indicated.workflow.assess import current

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src/indicated").rglob("*.py"))
CONTENT = sorted(path for path in (ROOT / "content").rglob("*") if path.suffix in {".yaml", ".md"})
MEDICAL = {
    Kind.CONDITION, Kind.FINDING, Kind.LAB, Kind.ANTIBODY, Kind.IMAGING, Kind.PATHOLOGY, Kind.STUDY, Kind.DRUG,
    Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT, Kind.PROCEDURE,
}  # fmt: skip
ORDINARY = {
    "product", "strength", "dose", "weight", "age", "pain", "response", "rash", "biopsy", "procedure", "antibody",
    "study", "drug", "condition", "finding", "imaging", "pathology", "lab", "treatment", "therapy", "admission",
    "pregnancy", "mi", "as", "it", "pr", "pi", "ps", "temperature",
}  # fmt: skip
"""Words that programs use in another sense, or that name a kind of thing rather than one of them."""
LONGEST_MODULE = 400
CLINICAL_UNITS = re.compile(r"\b\d+(?:\.\d+)? ?(?:mg|g|mcg|ug|IU|U|ng)(?:/(?:kg|dL|L|mL|day|dose))\b")
HOW_TO_WRITE = ("a number with its unit, such as ", "a limit such as ")
CODE = re.compile(
    r"^\s*(?:import \w+$|from [\w.]+ import|def \w+\(|class \w+[(:]|lambda )|\bSELECT\b.+\bFROM\b|\bINSERT INTO\b"
    r"|</?(?:a|b|br|div|html|i|img|li|p|script|span|sub|sup|table|td|tr|ul)\b[^>]*>",
    re.MULTILINE,
)


@cache
def clinical_names() -> dict[str, str]:
    """Labels and synonyms of what medicine names, to the concept."""
    named = {}
    for concept in current().knowledge.concepts:
        if concept.kind in MEDICAL:
            for name in (concept.label, *concept.synonyms):
                if len(name) > 1 and name.lower() not in ORDINARY:
                    named[name.lower()] = concept.id
    return named


def literals(module: Path) -> list[tuple[int, str]]:
    """The string literals of a module that are not docstrings, with their lines."""
    tree = ast.parse(module.read_text("utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [(node.lineno, node.value) for node in found if id(node) not in said]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_drug_disease_or_test_stands_in_python(module):
    found = []
    for line, text in literals(module):
        plain = re.sub(r"\\[A-Za-z]", " ", text).lower()
        words = re.findall(r"[a-z0-9+]+(?:[-'][a-z0-9+]+)*", plain)
        phrases = {" ".join(words[at : at + size]) for size in range(1, 6) for at in range(len(words) - size + 1)}
        found += [f"{module.name}:{line}: {name}" for name in sorted(phrases & clinical_names().keys())]
    assert found == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_dose_or_threshold_with_its_unit_stands_in_python(module):
    found = [(module.name, line, text) for line, text in literals(module) if CLINICAL_UNITS.search(text)]
    assert [one for one in found if not one[2].startswith(HOW_TO_WRITE)] == []


def test_no_payer_stands_in_python():
    payers = {policy.payer.lower() for policy in current().knowledge.policies if policy.payer}
    assert not [module.name for module in MODULES for _, text in literals(module) if text.lower() in payers]


@pytest.mark.parametrize("file", CONTENT, ids=lambda file: file.stem)
def test_no_code_stands_in_content(file):
    found = CODE.search(file.read_text("utf-8"))
    assert found is None, f"{file.name}: {found}"


def test_no_module_is_longer_than_a_person_reads_at_once():
    assert not [module.name for module in MODULES if module.read_text("utf-8").count("\n") > LONGEST_MODULE]


def test_nobody_lays_hands_on_the_clock_but_the_edge():
    asks = re.compile(
        r"^\s*(?:import|from) (?:time|random|secrets|urllib(?!\.parse)|socket|http)\b"
        r"|\bdate(?:time)?\.(?:now|today|utcnow)\(",
        re.MULTILINE,
    )
    found = {module.name for module in MODULES if asks.search(module.read_text("utf-8"))}
    assert found == {"assess.py", "serve.py"}  # the one clock, and the port that the pages listen on
