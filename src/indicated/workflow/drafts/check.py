"""A draft tried in its place: the site's content with the draft laid in, checked and its golden cases run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from indicated.content.boundaries import made
from indicated.content.cases import GoldenCase
from indicated.content.check import tried
from indicated.content.folder import read_folder, release_of
from indicated.content.golden import Read, answer_of, differences
from indicated.content.lint import lint, refusing
from indicated.content.load import Loaded
from indicated.content.problem import Problem, in_order
from indicated.model.case import Case
from indicated.model.determination import Determination
from indicated.model.text import Document
from indicated.release import Release
from indicated.workflow.assess import built_in
from indicated.workflow.drafts.edit import with_cases
from indicated.workflow.drafts.files import CASES, POLICY, Draft


class Ran(Struct, frozen=True):
    """A golden case as it was run: what the policy came to, and each thing expected that was not found, with both."""

    case: GoldenCase
    policy: str
    next_step: str
    unlike: tuple[tuple[str, str, str], ...] = ()
    refused: str = ""

    @property
    def right(self) -> bool:
        """Whether the answer is the expected one."""
        return not self.unlike and not self.refused


class Checked(Struct, frozen=True):
    """What the check found: problems that refuse the draft, warnings, and the golden cases that could be run."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    ran: tuple[Ran, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is refused."""
        return not self.problems


def checked(root: Path, draft: Draft, on: date) -> Checked:
    """Check the draft as if it were the site's policy of its id. Its rules are asked of it as of one in review: what a
    mere draft is forgiven is told as a problem.
    """
    with _laid_in(root, draft) as place:
        loaded = read_folder(place, built_in)
        problems = lint(loaded, on)
        ran: tuple[Ran, ...] = ()
        if not refusing(problems):
            release = release_of(loaded, built_in)
            read = reader_of(release)
            problems = in_order((*tried(loaded, release.knowledge, on, read), *problems))
            mine = [one for one in loaded.all(GoldenCase) if loaded.place(one).file.startswith(_cases(draft))]
            ran = tuple(_run(loaded, one, release, read) for one in mine)
    own = [one for one in problems if one.file.startswith(f"policies/{draft.id}/")]
    elsewhere = [one for one in refusing(problems) if one not in own]
    refused = refusing(own)
    return Checked((*refused, *elsewhere), tuple(one for one in own if one not in refused), ran)


def with_boundaries(root: Path, draft: Draft, on: date, cases: tuple[GoldenCase, ...]) -> tuple[Draft, int]:
    """The draft with the cases that can be made for limits that none holds, and how many they are."""
    with _laid_in(root, draft) as place:
        loaded = read_folder(place, built_in)
        if refusing(lint(loaded, on)):
            return draft, 0
        release = release_of(loaded, built_in)
        found = [
            one
            for file, listed, _ in made(loaded, release.knowledge, on)
            if file.startswith(f"policies/{draft.id}/")
            for one in listed
        ]
    names = {one.case for one in cases}
    new = [one for one in found if one.case not in names]
    return with_cases(draft, (*cases, *new)), len(new)


def reader_of(release: Release) -> Read:
    """How a case told in words is read: with the words of the content that is checked."""

    def read(text: str) -> Case:
        from indicated.reading import read as read_documents

        return read_documents((Document("text", text),), release.lexicon)

    return read


def _run(loaded: Loaded, case: GoldenCase, release: Release, read: Read) -> Ran:
    answer = answer_of(loaded, case, release.knowledge, read)
    if not isinstance(answer, Determination):
        return Ran(case, "", "", refused=f"{answer.found}; {answer.fix}")
    return Ran(case, answer.policy_verdict or "none", answer.next_step, tuple(differences(case.expect, answer)))


@contextmanager
def _laid_in(root: Path, draft: Draft) -> Iterator[Path]:
    """A copy of the site's content in which the draft stands where it would stand."""
    with TemporaryDirectory(prefix="indicated-draft-") as made_here:
        place = Path(made_here) / "content"
        shutil.copytree(root, place, ignore=shutil.ignore_patterns(".*"))
        folder = place / "policies" / draft.id
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "cases").mkdir(parents=True)
        (folder / POLICY).write_text(_asked_in_full(draft.policy), encoding="utf-8")
        if draft.cases.strip():
            (folder / "cases" / CASES).write_text(draft.cases, encoding="utf-8")
        yield place


def _asked_in_full(text: str) -> str:
    return text.replace("status: draft", "status: in_review", 1)


def _cases(draft: Draft) -> str:
    return f"policies/{draft.id}/cases/"
