"""A content folder for a test: the sound one with some files put over it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from indicated.content.compile import compile_loaded
from indicated.content.golden import run_all
from indicated.content.lint import lint
from indicated.content.load import Loaded, load, load_one
from indicated.content.problem import Problem
from indicated.content.signing import digest
from indicated.model.policy import Policy
from indicated.model.quantity import Unit, Units
from indicated.model.standard import Standard
from indicated.release import Release

HERE = Path(__file__).parent
SOUND = HERE / "sound"
ON = date(2026, 11, 20)


def folder(tmp_path: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """A copy of the sound folder with these files written into it."""
    root = tmp_path / "content"
    shutil.copytree(SOUND, root)
    for name, text in (files or {}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else signed(text, name).encode())
    return root


def signed(text: str, name: str) -> str:
    """The text with the hash of its content where it says `hash: SIGNED`."""
    if "hash: SIGNED" not in text:
        return text
    kind = Policy if name.startswith("policies/") else Standard
    document, _, _ = load_one(text, name, kind, Units(load(SOUND).all(Unit)))
    assert document is not None
    return text.replace("SIGNED", digest(document))


def problems(root: Path) -> tuple[Problem, ...]:
    """Everything wrong with a folder: the golden cases too, once nothing else is."""
    loaded = load(root)
    return lint(loaded, ON) or run_all(loaded, release_of(loaded).knowledge).problems


def release_of(loaded: Loaded) -> Release:
    """What was loaded, compiled and read back."""
    return Release(compile_loaded(loaded, "test", ""))


def said(root: Path) -> list[str]:
    """The problems as they are printed."""
    return [("warning: " if problem.warning else "") + str(problem) for problem in problems(root)]
