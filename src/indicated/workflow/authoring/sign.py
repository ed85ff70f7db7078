"""A person signs a standard or a policy: the signature is written at the end of its file, over what it now says."""

from __future__ import annotations

import re
from datetime import date

from indicated.content.load import Loaded
from indicated.content.signing import digest
from indicated.model.policy import Policy
from indicated.model.standard import Standard
from indicated.workflow.errors import CannotSign

_LAST = re.compile(r"^signatures:[^\n]*\n(?:[ \t-][^\n]*\n|\n)*\Z", re.MULTILINE)


def signed(text: str, document: Standard | Policy, name: str, role: str, on: date) -> str:
    """The file's text with one more signature. CannotSign when the person has signed this already, or when the
    signatures do not stand at the end of the file.
    """
    now = digest(document)
    if any(one.name == name and one.hash == now for one in document.signatures):
        raise CannotSign(f"{name} has signed {document.id} as it stands; nothing is left to sign")
    body = text if text.endswith("\n") else text + "\n"
    if document.signatures and not _LAST.search(body):
        raise CannotSign(f"the signatures of {document.id} stand in the middle of its file; move them to its end")
    head = "" if document.signatures else "signatures:\n"
    return f"{body}{head}  - {{name: {_quoted(name)}, role: {_quoted(role)}, on: {on}, hash: {now}}}\n"


def in_force(text: str, document: Standard | Policy) -> str:
    """The file's text with its status set to active."""
    changed, count = re.subn(r"^status:[ \t]*\S+", "status: active", text, count=1, flags=re.MULTILINE)
    if not count:
        raise CannotSign(f"{document.id} has no line 'status: ...' at the left margin of its file")
    return changed


def document_of(loaded: Loaded, name: str) -> Standard | Policy:
    """The standard of an id, or the newest version of the policy of an id. CannotSign without one."""
    every: tuple[Standard | Policy, ...] = (*loaded.all(Standard), *loaded.all(Policy))
    named = [one for one in every if one.id == name]
    if not named:
        raise CannotSign(f"there is no standard and no policy {name!r} to sign")
    return max(named, key=lambda one: one.version)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
