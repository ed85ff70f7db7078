"""All real content is without a problem, every golden case gets its answer, and what is generated is current."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indicated.content import schema
from indicated.content.cases import GoldenCase
from indicated.content.check import tried
from indicated.content.golden import answer_of, differences
from indicated.content.lint import lint
from indicated.content.load import Loaded, load
from indicated.model.case import Case
from indicated.model.evidence import Evidence
from indicated.model.standard import Standard
from indicated.model.text import Document
from indicated.release import Release
from tests.content.folder import release_of

ROOT = Path(__file__).parents[2] / "content"
LOADED = load(ROOT)
CASES = LOADED.all(GoldenCase)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return LOADED


@pytest.fixture(scope="module")
def release(loaded) -> Release:
    return release_of(loaded)


def test_there_is_content(loaded):
    assert loaded.all(Standard)
    assert loaded.all(Evidence)
    assert CASES


def test_no_problem_and_no_warning(loaded):
    """On a fixed day: an overdue review is for `indicated content check` to say, not for a test to break on."""
    assert [str(problem) for problem in lint(loaded, date(2026, 11, 20))] == []


def reader(release: Release):
    def read(text: str) -> Case:
        from indicated.reading import read as read_documents

        return read_documents((Document("text", text),), release.lexicon)

    return read


@pytest.mark.parametrize("case", CASES, ids=[f"{LOADED.place(case).file}-{case.case}" for case in CASES])
def test_golden_case(case, loaded, release):
    answer = answer_of(loaded, case, release.knowledge, reader(release))
    assert list(differences(case.expect, answer)) == []


def test_every_criterion_is_reachable_seen_and_held_at_its_limits(loaded, release):
    """No rule that nothing meets, no limit and no verdict without a case."""
    found = tried(loaded, release.knowledge, date(2026, 11, 20), reader(release))
    assert [str(problem) for problem in found if not problem.warning] == []


def test_the_schemas_for_editors_are_current():
    """After a change of a type: python -m indicated.content.schema."""
    found = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schema").iterdir()}
    assert found == schema.schemas()


def test_nothing_in_content_is_code():
    assert [path for path in ROOT.rglob("*") if path.suffix in {".py", ".sql", ".html", ".js"}] == []
