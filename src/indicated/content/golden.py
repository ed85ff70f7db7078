"""Golden cases run: what the engine answers beside what the case expects, every difference at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase

from msgspec import Struct

from indicated.content.cases import Expected, GoldenCase, case_of
from indicated.content.load import Loaded
from indicated.content.problem import Problem, in_order, shown
from indicated.content.shares import in_shares
from indicated.engine.determine import determine
from indicated.model.case import Case
from indicated.model.determination import Determination
from indicated.model.errors import IndicatedError
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Policy
from indicated.model.verdict import Verdict

Read = Callable[[str], Case]
_WORTH_A_COPY = 200
"""Cases for which it is worth to make a copy of the process."""


class Ran(Struct, frozen=True):
    """What running golden cases gave: the verdicts that answers have shown, of a document and one of its criteria, and
    one problem for each difference from what is expected.
    """

    shown: frozenset[tuple[str, str, Verdict]]
    problems: tuple[Problem, ...]


def run_all(loaded: Loaded, knowledge: Knowledge, read: Read | None = None, shares: int = 1) -> Ran:
    """Run every golden case of what was loaded, in as many shares at once.

    Cases told in words need `read`, which makes a Case of a text; without it they are passed over.
    """
    cases = [case for case in loaded.all(GoldenCase) if read is not None or not case.text]
    count = max(1, min(shares, len(cases) // _WORTH_A_COPY))
    ran = in_shares(lambda share: _run(loaded, cases[share::count], knowledge, read), count, Ran)
    shown = frozenset[tuple[str, str, Verdict]]().union(*(one.shown for one in ran))
    return Ran(shown, in_order(problem for one in ran for problem in one.problems))


def _run(loaded: Loaded, cases: Iterable[GoldenCase], knowledge: Knowledge, read: Read | None) -> Ran:
    shown: set[tuple[str, str, Verdict]] = set()
    problems: list[Problem] = []
    for case in cases:
        answer = answer_of(loaded, case, knowledge, read)
        if isinstance(answer, Problem):
            problems.append(answer)
        else:
            shown.update(_shown(answer))
            problems += _unlike(loaded, case, answer)
    return Ran(frozenset(shown), tuple(problems))


def _shown(answer: Determination) -> Iterator[tuple[str, str, Verdict]]:
    for weighed in answer.weighed:
        for judged in weighed.judgements:
            yield weighed.standard, judged.criterion, judged.verdict
    if answer.policy is not None and answer.policy_result is not None:
        for judged in answer.policy_result.judgements:
            yield answer.policy.id, judged.criterion, judged.verdict


def answer_of(
    loaded: Loaded, golden: GoldenCase, knowledge: Knowledge, read: Read | None = None
) -> Determination | Problem:
    """The answer to one case, or why there is none."""
    place = loaded.place(golden)
    policy, unknown = policy_of(golden, place.file, loaded, knowledge)
    if unknown:
        fix = "correct id or date"
        return place.problem("unknown-name", "policy", unknown, "a policy in force on that day", fix)
    where = f"{place.file}:{place.line}"
    case = read(golden.text) if golden.text and read else case_of(golden, where, knowledge.vocabulary)
    try:
        # What would change the answer costs more than the answer, so it is sought only where a case asks for it.
        return determine(case, knowledge, golden.on, policy, explore=bool(golden.expect.flips))
    except IndicatedError as error:
        fix = "mend the case"
        return place.problem("golden", "", f"no answer ({error})", "an answer", fix)


def _unlike(loaded: Loaded, golden: GoldenCase, answer: Determination) -> Iterator[Problem]:
    expect, file = loaded.place(golden.expect), loaded.place(golden).file
    for key, found, expected in differences(golden.expect, answer):
        line, path = expect.at(key)
        fix = f"in case {shown(golden.case)}: mend the content, or the case if the answer is right"
        yield Problem("golden", file, line, path, found, expected, fix)


def policy_of(golden: GoldenCase, file: str, loaded: Loaded, knowledge: Knowledge) -> tuple[Policy | None, str]:
    """The policy a case is decided under: the one named, else its folder's. Second: what could not be found."""
    name = golden.policy
    if not name and fnmatchcase(file, "policies/*/*/cases/*"):
        folder = file.rsplit("/cases/", 1)[0]
        name = next((one.id for one in loaded.all(Policy) if loaded.place(one).file == f"{folder}/policy.yaml"), "")
        if not name:
            return None, f"no usable policy in {folder}"
    if not name:
        return None, ""
    for policy in knowledge.versions(name):
        started = policy.effective_from is None or policy.effective_from <= golden.on
        running = policy.effective_to is None or golden.on <= policy.effective_to
        if started and running:
            return policy, ""
    return None, f"the policy {shown(name)} on {golden.on}"


def differences(expect: Expected, answer: Determination) -> Iterator[tuple[str, str, str]]:
    """Each key of `expect` that the answer does not bear out: the key, what was found, what was expected."""
    lead = answer.weighed[0] if answer.lead else None
    single = {
        "finding": (expect.finding, answer.finding),
        "next_step": (expect.next_step, answer.next_step),
        "policy": (expect.policy, answer.policy_verdict or "none"),
        "lead": (expect.lead, answer.lead or "none"),
    }
    for key, (wanted, got) in single.items():
        if wanted and str(wanted) != str(got):
            yield key, str(got), str(wanted)
    if expect.missing is not None and expect.missing != (lead.missing if lead else ()):
        yield "missing", _listed(lead.missing if lead else ()), _listed(expect.missing)
    if expect.failed is not None and set(expect.failed) != set(lead.failed if lead else ()):
        yield "failed", _listed(lead.failed if lead else ()), _listed(expect.failed)
    yield from _verdicts(expect, answer)
    yield from _among(expect, answer)
    yield from _keyed("scores", expect.scores, {score.calculator: score.level for score in answer.scores})
    weighed = {one.standard: one.finding.value for one in answer.weighed}
    for number, name in enumerate(expect.not_reached):
        if name in (one.standard for one in answer.weighed):
            yield f"not_reached.{number}", f"{name} reached", "facts that do not reach it"
    yield from _keyed("weighed", {name: finding.value for name, finding in expect.weighed.items()}, weighed)


def _verdicts(expect: Expected, answer: Determination) -> Iterator[tuple[str, str, str]]:
    """Criteria by `standard#id`, `policy#id`, or `id` alone: the leading standard's first, then the policy's."""
    found: dict[str, str] = {}
    for judged in answer.policy_result.judgements if answer.policy_result else ():
        found[f"policy#{judged.criterion}"] = found[judged.criterion] = judged.verdict.value
    for weighed in reversed(answer.weighed):
        for judged in weighed.judgements:
            found[f"{weighed.standard}#{judged.criterion}"] = judged.verdict.value
            if weighed.standard == answer.lead:
                found[judged.criterion] = judged.verdict.value
    for name, wanted in expect.verdicts.items():
        got = found.get(name, "no such criterion in this answer")
        if got != wanted.value:
            yield f"verdicts.{name}", got, wanted.value


def _among(expect: Expected, answer: Determination) -> Iterator[tuple[str, str, str]]:
    """Lists of which each must be there; the answer may have more."""
    has = {
        "gaps": (f"{gap.about} {gap.kind.value}" for gap in answer.gaps),
        "dose": (issue.value for check in answer.dose for issue in check.issues),
        "safety": (note.caution.id for note in answer.safety if note.applies),
        "reasons": (reason.code for reason in answer.reasons),
        "flips": (fact.concept for flip in answer.flips for change in flip.changes for fact in change.facts),
    }
    for key, values in has.items():
        got = list(dict.fromkeys(values))
        for number, wanted in enumerate(getattr(expect, key)):
            if str(wanted) not in got:
                yield f"{key}.{number}", _listed(got), f"{wanted} among them"


def _keyed(key: str, wanted: dict[str, str], got: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for name, value in wanted.items():
        if got.get(name) != value:
            yield f"{key}.{name}", got.get(name, "nothing of that name"), value


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"
