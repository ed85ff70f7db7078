"""A payer's document into a draft policy: each criterion with the lines it was read from, what was understood of them,
and what a person has to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from indicated.content import yaml_text
from indicated.content.dump import Plain, dump
from indicated.content.pasted import LineRead, describe
from indicated.model.policy import Policy
from indicated.model.standard import Criterion

_HEAD = """\
# Draft made from {source} by 'indicated content import'. Compare every criterion with its lines, then set
# effective_from, authors and review_due, write golden cases, and set status to in_review.
"""
_CASES_HEAD = """\
# Write cases until every criterion is seen met, not met and unknown; 'indicated content check' says which are lacking,
# and 'indicated content check --make-cases' makes those at the limits.
"""


class Named(Struct, frozen=True):
    """What a document does not say of itself: under which ids, for which conditions, from where."""

    payer: str
    id: str
    version: str
    conditions: tuple[str, ...]
    source: str
    on: date
    url: str = ""


def files(policy: Policy, named: Named) -> dict[str, str]:
    """The draft's files by their path in a content folder: the policy, and a first golden case to be finished."""
    folder = f"policies/{named.id}"
    return {f"{folder}/policy.yaml": _policy(policy, named), f"{folder}/cases/first.yaml": _case(policy, named)}


def report(policy: Policy) -> Iterator[str]:
    """What was understood, counted, then the lines that need a person."""
    lines = describe(policy)
    judged = [line for line in lines if line.judged]
    partly = [line for line in lines if line.unused and not line.judged]
    yield (
        f"{len(lines)} lines, {len(policy.criteria)} criteria; {len(judged)} lines are left for a person to judge, "
        f"{len(partly)} were understood in part"
    )
    for line in judged:
        yield f"line {line.line}: for a person: {_short(line.quote)}"
    for line in partly:
        yield f"line {line.line}: not used: {', '.join(line.unused)} (of: {_short(line.quote)})"


def _policy(policy: Policy, named: Named) -> str:
    lines = describe(policy)
    head = {
        "id": named.id,
        "version": named.version,
        "status": "draft",
        "payer": named.payer,
        "title": _title(policy),
        "treatment": policy.treatment or "tx.",
        "origin": {"title": _title(policy), "retrieved": named.on.isoformat()}
        | ({"url": named.url} if named.url else {}),
    }
    parts = [_HEAD.format(source=named.source), yaml_text.text(head), "criteria:\n"]
    for criterion in policy.criteria:
        parts += [f"  # {said}\n" for line in lines if line.criterion == criterion.id for said in _comment(line)]
        parts.append(_indented(yaml_text.text([_criterion(criterion)])))
    rest = [line for line in lines if not line.criterion and line.quote.strip()]
    if rest:
        parts.append("# Lines that made no criterion:\n")
        parts += [f"# {said}\n" for line in rest for said in _comment(line)]
    coverages = [dump(coverage) for coverage in policy.coverages]
    if named.conditions and len(coverages) == 1:
        coverages = [{"conditions": [*named.conditions], **_without(coverages[0], "conditions")}]
    parts.append(yaml_text.text({"coverages": coverages}))
    return "".join(parts)


def _title(policy: Policy) -> str:
    """The first sentence of the document's title."""
    return policy.title.partition(". ")[0]


def _without(keys: dict[str, Plain], name: str) -> dict[str, Plain]:
    return {key: value for key, value in keys.items() if key != name}


def _criterion(criterion: Criterion) -> dict[str, Plain]:
    """A criterion of the draft. A line that has no mark of its own is called by the place it has in the document."""
    return {"id": criterion.id, "section": criterion.section or criterion.id, **_without(dump(criterion), "id")}


def _comment(line: LineRead) -> Iterator[str]:
    yield f"line {line.line}: {_short(line.quote, 300)}"
    yield f"  understood: {'left for a person to judge' if line.judged else _short(line.understood, 200)}"
    if line.unused:
        yield f"  not used, look at it: {', '.join(line.unused)}"


def _case(policy: Policy, named: Named) -> str:
    request = {"treatment": policy.treatment or "tx.", "indications": [*named.conditions[:1]], "phase": "initial"}
    case = {
        "case": "nothing on record",
        "says": "Only the request; every criterion that asks the record is open.",
        "on": named.on.isoformat(),
        "request": request,
        "expect": {"policy": "unknown"},
    }
    return _CASES_HEAD + yaml_text.text([case])


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


def _short(text: str, most: int = 120) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rpartition(" ")[0] + "…"


def put(root: Path, made: dict[str, str]) -> list[Path]:
    """Write the files; Unwritable, and nothing written, where one of them is there already."""
    from indicated.workflow.errors import Unwritable
    from indicated.workflow.output import write

    paths = [root / name for name in made]
    taken = [path for path in paths if path.exists()]
    if taken:
        raise Unwritable(f"{taken[0]} is there already; give another id, or remove it first")
    for path, text in zip(paths, made.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        write(str(path), text)
    return paths
