"""The table of requests says what the program answers."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from indicated.model.text import Document
from indicated.workflow import assess as workflow

from .where import corpus

FILE = corpus("").parent / "requests" / "requests_dev.jsonl"
TABLE = Path(__file__).parents[2] / "docs/explanation/requests.md"
ROWS = re.findall(
    r"^\| (dev-\d\d) [^|]*\| ([^|]*) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|", TABLE.read_text("utf-8"), re.MULTILINE
)

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the development requests are not in this checkout")


def requests() -> dict[str, dict[str, str]]:
    lines = FILE.read_text("utf-8").splitlines() if FILE.exists() else []
    return {one["id"]: one for one in map(json.loads, lines)}


def test_every_request_has_its_row():
    assert [row[0] for row in ROWS] == sorted(requests())


@pytest.mark.parametrize(("name", "stated", "finding", "step"), [row[:4] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_row_says_what_the_program_answers(name, stated, finding, step):
    told = requests()[name]
    answer = workflow.assess(workflow.read((Document(name, told["facts"]),)), None, date(2026, 11, 30))
    assert stated == told["stated_answer"].replace("_", " ")
    found = answer.finding.value.replace("_", " ")
    assert finding == found or (found == "supported if" and finding.startswith(f"{found} "))
    assert step == answer.next_step.value.replace("_", " ")
