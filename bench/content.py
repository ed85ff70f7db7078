"""Content and what rests on its size: reading and checking it from text, making it ready, deciding one case.

The peer of reading is a plain parse of the same YAML; that of deciding is the same cases with every standard looked at,
as if nothing were known of what wakes them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Row, process_seconds

if TYPE_CHECKING:
    from indicated.model.case import Case
    from indicated.model.determination import Determination
    from indicated.model.knowledge import Knowledge
    from indicated.model.policy import Policy

    Told = tuple[Case, date, Policy | None]

CONTENT = Path(__file__).resolve().parent.parent / "content"
ON = date(2026, 11, 20)
RUNS = 3
WHAT_IFS = 7
"""Of so many cases one is asked what would change its answer, which takes longer than the answer."""
_READY = r"""
import time
from indicated import release
start = time.process_time()
held = release.builtin()
held.knowledge.wakes, held.knowledge.vocabulary, held.lexicon, held.phrases
print(time.process_time() - start)
"""


def rows() -> Iterator[Row]:
    """Every figure of content."""
    yield from _checked()
    yield _ready()
    yield from _decided()


def _checked() -> Iterator[Row]:
    """Reading and checking all content from its text, beside a plain parse of the YAML; then with all that is tried."""
    from indicated.content.lint import lint
    from indicated.content.load import load
    from indicated.content.uncollected import uncollected

    def checked() -> None:
        with uncollected():
            lint(load(CONTENT), ON)

    ours, plain = _in_turn(checked, _plain_parse(), RUNS)
    floor = "2 s"
    yield Row("content read and checked from text", f"{ours:.2f} s", floor, ours <= 2)
    yield Row("  to a plain parse of the same YAML", f"{ours:.2f}/{plain:.2f} s = {ours / plain:.1f}x", "", None)
    command = [sys.executable, "-m", "indicated", "content", "check", "--on", ON.isoformat(), str(CONTENT)]
    whole = min(process_seconds(command) for _ in range(RUNS))
    yield Row("  and all golden cases run, limits and reach tried", f"{whole:.2f} s", "", None)


def _plain_parse() -> Callable[[], None]:
    """Parsing every YAML text of the content, front matter included, into plain values."""
    import yaml

    texts = []
    for path in sorted((*CONTENT.rglob("*.yaml"), *CONTENT.rglob("*.md"))):
        text = path.read_text("utf-8")
        texts.append(text.split("\n---", 1)[0].removeprefix("---") if path.suffix == ".md" else text)

    def parsed() -> None:
        for text in texts:
            yaml.load(text, Loader=yaml.CSafeLoader)

    return parsed


def _ready() -> Row:
    """From the compiled bytes to what reading and judging start with, in a fresh process, imports apart."""
    command = [sys.executable, "-c", _READY]
    taken = min(float(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(5))
    return Row("compiled content ready", f"{taken * 1e3:.1f} ms", "50 ms", taken <= 0.05)


def _decided() -> Iterator[Row]:
    """Deciding every golden case told in facts, and what would change the answers of some."""
    from msgspec.structs import replace

    from indicated.engine.determine import determine, what_if
    from indicated.model.wakes import Wakes
    from indicated.workflow.assess import current

    known = current().knowledge
    everyone = replace(known)
    names = tuple(standard.id for standard in everyone.standards)
    everyone.__dict__["wakes"] = Wakes(known.wakes.treatments, {}, names)
    cases = _cases(known)

    def decide(knowledge: Knowledge) -> list[Determination]:
        return [determine(case, knowledge, on, policy, explore=False) for case, on, policy in cases]

    answers = decide(known)
    assert answers == decide(everyone)

    def explore(knowledge: Knowledge) -> list[object]:
        return [what_if(answer, knowledge) for answer in answers[::WHAT_IFS]]

    assert explore(known) == explore(everyone)
    for what, call, floor, count in (
        ("deciding one golden case", decide, 1.5, len(cases)),
        ("what would change its answer", explore, 8.0, len(cases[::WHAT_IFS])),
    ):
        ours, all_awake = _in_turn(lambda: call(known), lambda: call(everyone), RUNS)  # noqa: B023
        each = ours / count * 1e3
        yield Row(f"{what}, of {count:,}", f"{each:.2f} ms", f"{floor:g} ms", each <= floor)
        yield Row("  to the same with every standard awake", f"{all_awake / ours:.1f}x quicker", "", all_awake > ours)


def _cases(known: Knowledge) -> list[Told]:
    """The golden cases told in facts, each with its day and policy."""
    from indicated.content.cases import GoldenCase, case_of
    from indicated.content.golden import policy_of
    from indicated.content.load import load

    loaded = load(CONTENT)
    told = [one for one in loaded.all(GoldenCase) if not one.text]
    return [
        (case_of(one, "bench", known.vocabulary), one.on, policy_of(one, loaded.place(one).file, loaded, known)[0])
        for one in told
    ]


def _in_turn(first: Callable[[], object], second: Callable[[], object], runs: int) -> tuple[float, float]:
    """The median times of two calls made in turn."""
    pairs = [(_once(first), _once(second)) for _ in range(runs)]
    return statistics.median(one for one, _ in pairs), statistics.median(other for _, other in pairs)


def _once(call: Callable[[], object]) -> float:
    """The time that this process takes for it: what else is at work on the machine does not count."""
    start = time.process_time()
    call()
    return time.process_time() - start


if __name__ == "__main__":
    for row in rows():
        print(f"{row.what:<52}{row.value:>26}   {row.floor} { {True: 'holds', False: 'MISSED', None: ''}[row.holds] }")
