"""A payer's policy from what was given: an id of the release, a YAML file, or the criteria pasted as text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TextIO

from indicated.model.policy import Policy
from indicated.release import Release
from indicated.workflow.errors import BrokenPolicy, IsFolder, UnknownPolicy
from indicated.workflow.intake import content_of, decode, document, open_case

_YAML = (".yaml", ".yml")
_NEAR, _LISTED, _SHOWN = 3, 12, 80


def from_option(given: str, release: Release, on: date) -> Policy:
    """The policy of `--policy`: a file when there is one of that name, else an id of the release."""
    path = Path(given)
    if given and given not in release.knowledge.policy_ids and _is_there(path):
        if path.is_dir():
            raise IsFolder(f"{given} is a folder; give a policy file, or a policy's id")
        return from_file(path, release)
    return named(given, release, on)


def from_file(path: Path, release: Release) -> Policy:
    """The policy in a file: YAML by its ending, anything else as criteria in words."""
    if path.suffix.lower() in _YAML:
        text = document(decode(content_of(path), str(path)), path.name).text
        return from_yaml(text, str(path), release)
    return from_text(texts_of(str(path), None), release, path.name)


def texts_of(given: str, stdin: TextIO | None) -> str:
    """The words of a file of any kind, or of standard input (`-`)."""
    return "\n\n".join(one.text for one in open_case(given, stdin))


def from_yaml(text: str, name: str, release: Release) -> Policy:
    """A policy written in our YAML; BrokenPolicy with file and line of the first problem and how many there are."""
    from indicated.content.one_policy import read_policy
    from indicated.content.problem import BrokenContent

    try:
        return read_policy(text, name, release.knowledge)
    except BrokenContent as broken:
        raise BrokenPolicy(str(broken)) from None


def from_text(text: str, release: Release, name: str = "policy") -> Policy:
    """Criteria in plain text, as a policy; what cannot be resolved becomes a line for a person to judge."""
    from indicated.content.pasted import parse
    from indicated.workflow.recognise import recogniser

    knowledge = release.knowledge
    return parse(
        document(text, name).text,
        recogniser(release.lexicon),
        knowledge.unit_table,
        release.policy_words,
        knowledge.vocabulary,
        id=name,
    )


def named(given: str, release: Release, on: date) -> Policy:
    """The version of the policy of that id in force on the date, else its newest; UnknownPolicy without one."""
    versions = release.knowledge.versions(given)
    if not versions:
        raise UnknownPolicy(_unknown(given, sorted(set(release.knowledge.policy_ids))))
    in_force = [policy for policy in versions if _in_force(policy, on)]
    return max(in_force or versions, key=lambda policy: (policy.effective_from or date.min, policy.version))


def _in_force(policy: Policy, on: date) -> bool:
    begun = policy.effective_from is None or policy.effective_from <= on
    return begun and (policy.effective_to is None or on <= policy.effective_to)


def _unknown(given: str, known: list[str]) -> str:
    from difflib import get_close_matches

    shown = repr(given if len(given) <= _SHOWN else given[:_SHOWN] + "...")
    near = get_close_matches(given, known, n=_NEAR, cutoff=0.5)
    if near:
        return f"there is no policy and no file {shown}; did you mean {' or '.join(near)}?"
    if known:
        more = ", ..." if len(known) > _LISTED else ""
        return f"there is no policy and no file {shown}; policies: {', '.join(known[:_LISTED])}{more}"
    return f"there is no policy and no file {shown}; give a file with the payer's criteria as text"


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def from_words(given: str, release: Release, on: date) -> Policy:
    """The policy that a string means: an id of the release when it is one word, else criteria as text."""
    if len(given.split()) == 1:
        return named(given.strip(), release, on)
    return from_text(given, release)
