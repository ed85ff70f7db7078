"""Letters over the five examples: decided once, drafted as a test asks."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from indicated.explain.letters.order import LEVELS, SIDES
from indicated.model.determination import Determination
from indicated.model.errors import IndicatedError
from indicated.model.statement import Letter, Statement
from indicated.workflow import assess as workflow
from indicated.workflow import letters
from indicated.workflow.intake import document, open_case
from indicated.workflow.policies import from_option
from tests.explain.world import ROOT

ON = date(2026, 11, 20)
EXAMPLES = tuple(sorted(path.stem for path in (ROOT / "examples").glob("*.txt") if "." not in path.stem))
ORDERS = (
    ("necessity", {}),
    *(("appeal", {"level": level}) for level in LEVELS),
    *(("peer-to-peer", {"side": side}) for side in SIDES),
    ("request-for-information", {}),
    ("approval", {}),
    ("summary", {}),
    ("worksheet", {}),
)


@cache
def decided(example: str) -> Determination:
    """An example decided, the second under its pasted policy."""
    policy = ROOT / f"examples/{example}.policy.txt"
    applied = from_option(str(policy), workflow.current(), ON) if policy.exists() else None
    case = workflow.read(open_case(str(ROOT / f"examples/{example}.txt"), None))
    return workflow.assess(case, applied, ON)


def told(text: str, policy: str = "", notice: str = "") -> Determination:
    """A text decided, under a policy in words where one is given, with a plan's notice where one is."""
    from indicated.workflow.policies import from_text

    applied = from_text(policy, workflow.current(), "plan.txt") if policy else None
    denial = document(notice, "notice.txt") if notice else None
    return workflow.assess(workflow.read((document(text),)), applied, ON, denial)


class Sent(NamedTuple):
    """A letter drafted, with a name for it and what it was drafted from."""

    name: str
    letter: Letter
    d: Determination


def drafted() -> list[Sent]:
    """Every letter that the five examples carry, with a name for each."""
    found = []
    for example in EXAMPLES:
        d = decided(example)
        for kind, more in ORDERS:
            try:
                letter = letters.letter(d, kind, plan="employer_insured", state="TX", **more)
            except IndicatedError:
                continue
            found.append(Sent(f"{example[0]}-{kind}{''.join(more.values())}", letter, d))
    return found


def text_of(letter: Letter, determination: Determination, form: str = "text") -> str:
    """The letter in a format of text."""
    shown = letters.shown(letter, determination, form)
    assert isinstance(shown, str)
    return shown


def statements(letter: Letter) -> list[Statement]:
    """Every statement of the letter and of the list beside it."""
    page = [one for section in letter.page.sections for one in section.statements]
    return [*page, *letter.before.statements]
