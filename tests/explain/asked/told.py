"""The set of invented questions: each with its case, what must be understood and what must come of it."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import msgspec

import indicated
from tests.explain.world import ROOT

DAY = "2026-11-20"
FOLDER = ROOT / "tests/data/asked"
EXAMPLES = {
    "overlap": "1-overlap-question",
    "denied": "2-overlap-denied",
    "poly": "3-polyarticular-payer",
    "transplant": "4-sjia-mas-transplant",
    "dm": "5-dermatomyositis-ild",
}


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of the set."""

    case: str
    q: str
    intents: tuple[str, ...] = ()
    supposes: tuple[str, ...] = ()
    finding: str = ""
    policy: str = ""
    next: str = ""
    known: bool = True
    part: str = ""

    @property
    def written(self):
        """The part of the set: of those of the first day, what cues were written with and what was held back."""
        return self.part or ("held back" if sha256(self.q.encode()).digest()[0] % 2 else "tuned")


QUESTIONS = msgspec.yaml.decode((FOLDER / "questions.yaml").read_bytes(), type=tuple[Told, ...])


@cache
def decided(case):
    """The determination of a case of the set."""
    name = EXAMPLES.get(case)
    file = ROOT / f"examples/{name}.txt" if name else FOLDER / f"{case}.txt"
    policy = file.with_suffix(".policy.txt")
    given = policy.read_text("utf-8") if policy.exists() else None
    return indicated.assess(file.read_text("utf-8"), policy=given, on=DAY)


def wrong(told):
    """What is not as it should be in the answer to a question; nothing where all is."""
    answer = indicated.ask(decided(told.case), told.q)
    found = []
    if told.known is not answer.known:
        found.append(f"known is {answer.known} ({', '.join(answer.intents)})")
    supposed = answer.question.supposed
    facts = {one.concept for one in supposed.facts if one.present or one.therapy or one.result or one.value}
    gone = {f"-{one.concept}" for one in supposed.facts if one.absent} | {f"-{one}" for one, _ in supposed.forgotten}
    got = facts | gone | ({"request"} if supposed.request is not None else set())
    missing = set(told.supposes) - got
    if missing or (bool(got) is not bool(told.supposes) and told.known):
        found.append(f"supposes {sorted(got)}")
    if told.known and (set(told.intents) - set(answer.intents) or len(answer.intents) > len(told.intents) + 1):
        found.append(f"intents {answer.intents}")
    after = answer.after
    if told.finding and after.finding.value != told.finding:
        found.append(f"finding {after.finding.value}")
    if told.policy and (after.policy_verdict is None or after.policy_verdict.value != told.policy):
        found.append(f"policy {after.policy_verdict}")
    if told.next and after.next_step.value != told.next:
        found.append(f"next {after.next_step.value}")
    if answer.rationale.withheld:
        found.append(f"withheld {answer.rationale.withheld}")
    return found
