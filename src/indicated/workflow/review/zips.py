"""A folder of files in one ZIP: the same files give the same bytes, and a list of hashes finds what was changed."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from indicated.workflow.review.errors import BadArchive

_LIST = "archive.json"
_MOST_BYTES, _MOST_FILES = 500_000_000, 20_000
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class Contents(Struct, frozen=True):
    """The list of an archive: what kind of archive, made by which program, and the SHA-256 of each file."""

    kind: str
    program: str
    files: dict[str, str]


def packed(kind: str, program: str, files: Mapping[str, bytes]) -> bytes:
    """The files in one ZIP, in order of their names."""
    told = Contents(kind, program, {name: _hash(files[name]) for name in sorted(files)})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(_info(_LIST), msgspec.json.format(msgspec.json.encode(told)), compresslevel=6)
        for name in sorted(files):
            archive.writestr(_info(name), files[name], compresslevel=6)
    return out.getvalue()


def unpacked(kind: str, archive: bytes) -> tuple[dict[str, bytes], list[str]]:
    """The files and what is wrong with them, a line each. BadArchive when it is no archive of that kind, or has more in
    it than one can have.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as given:
            listed = given.infolist()
            if len(listed) > _MOST_FILES or sum(one.file_size for one in listed) > _MOST_BYTES:
                raise BadArchive("the archive unfolds to more than one has to hold; it is not one of ours")
            found = {one.filename: given.read(one) for one in listed}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise BadArchive("that is not an archive, or it was cut off; export it again") from None
    try:
        told = msgspec.json.decode(found.pop(_LIST, b""), type=Contents)
    except msgspec.DecodeError:
        raise BadArchive("that is a ZIP file and not an archive of this program") from None
    if told.kind != kind:
        raise BadArchive(f"that is an archive of another kind ({told.kind[:20]}); a {kind} is needed")
    wrong = [f"{name} is missing" for name in told.files if name not in found]
    wrong += [f"{name} was added" for name in found if name not in told.files]
    wrong += [f"{name} was changed" for name in found if name in told.files and told.files[name] != _hash(found[name])]
    return found, wrong


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _NO_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
