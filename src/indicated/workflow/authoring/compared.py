"""Two content folders, or two files of one kind, as a page of what changed."""

from __future__ import annotations

from pathlib import Path

from indicated.content.load import Loaded, load_one
from indicated.content.problem import BrokenContent
from indicated.model.policy import Policy
from indicated.model.standard import Standard
from indicated.release import Release
from indicated.workflow.assess import current
from indicated.workflow.authoring.diff import page_of
from indicated.workflow.authoring.folders import opened
from indicated.workflow.authoring.page import Page
from indicated.workflow.authoring.words import RuleWords
from indicated.workflow.errors import BadUse, BrokenPolicy, NoFile
from indicated.workflow.intake import content_of, decode


def page(before: Path, after: Path) -> Page:
    """What changed from the one to the other. BadUse when they are not of one kind."""
    for path in (before, after):
        if not path.exists():
            raise NoFile(f"there is no file or folder {path}; give a content folder, or a standard or policy file")
    if before.is_dir() != after.is_dir():
        raise BadUse(f"{before} and {after} are not of one kind; give two folders or two files")
    title = f"From {before} to {after}"
    if before.is_dir():
        old, new = opened(before), opened(after)
        return page_of(old.loaded, new.loaded, RuleWords(old.release), RuleWords(new.release), title)
    release = current()
    words = RuleWords(release)
    return page_of(_one(before, release), _one(after, release), words, words, title)


def _one(path: Path, release: Release) -> Loaded:
    """A file as content of one document, under a common name so that the two are held against each other."""
    text = decode(content_of(path), str(path))
    kind: type[Standard | Policy] = Policy if "\ncoverages:" in f"\n{text}" else Standard
    value, places, problems = load_one(text, str(path), kind, release.knowledge.unit_table)
    if value is None or problems:
        raise BrokenPolicy(str(BrokenContent(problems)))
    return Loaded({kind: [value]}, {}, places, {})
