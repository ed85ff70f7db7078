"""Signatures on standards and policies: what is signed, and which signatures still hold."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from msgspec.structs import replace

from indicated.content.lean import lean
from indicated.model.policy import Policy
from indicated.model.rule import Ref
from indicated.model.standard import ContentStatus, Signature, Standard

_REF = Ref.__struct_config__.tag
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def digest(document: Standard | Policy) -> str:
    """SHA-256, in hex, of everything the document says. Its status and its signatures are not part of it, so that
    signing and putting in force change nothing that was signed; neither is how the file is laid out, nor whether its
    refs already hold the rules that they name: a document says the same in its file and in a release.
    """
    said = replace(document, status=ContentStatus.DRAFT, signatures=())
    return hashlib.sha256(_encode(_unfilled(lean(said)))).hexdigest()


def _unfilled(value: Any) -> Any:
    """Plain values in which each ref keeps only the name of its criterion."""
    if isinstance(value, dict):
        kept = value if value.get("type") != _REF else {key: one for key, one in value.items() if key != "rule"}
        return {key: _unfilled(one) for key, one in kept.items()}
    return [_unfilled(one) for one in value] if isinstance(value, list) else value


def void(document: Standard | Policy) -> tuple[Signature, ...]:
    """The signatures that were given to something else than the document as it stands."""
    now = digest(document) if document.signatures else ""
    return tuple(one for one in document.signatures if one.hash != now)


def signed_by_another(document: Standard | Policy) -> bool:
    """Whether a person who did not write it has signed the document as it stands."""
    authors = {author.strip().lower() for author in document.authors}
    gone = void(document)
    return any(one not in gone and one.name.strip().lower() not in authors for one in document.signatures)
