"""Texts or a case in, a determination out: reading, the policy and the engine under the installed release."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from indicated import release
from indicated.engine import Facts, determine, what_if
from indicated.engine.determine import NoRequest
from indicated.engine.outcome import candidates
from indicated.model.case import Case
from indicated.model.concept import Kind
from indicated.model.determination import Determination, Flip, Support
from indicated.model.policy import Policy
from indicated.model.text import Document
from indicated.workflow.errors import BadDate, NoContent

if TYPE_CHECKING:
    from indicated.model.denial import DenialCheck

_LISTED = 6
_HELD: ContextVar[release.Release | None] = ContextVar("release", default=None)


class Assessment(Determination, frozen=True, dict=True):
    """A determination made under the installed release, so that it can also be cited and given out as data.

    `flips` and `rests_on` are found when first asked for: they take longer than the decision, and not every caller
    reads them. They are the same values either way.
    """

    @cached_property
    def _what_if(self) -> tuple[tuple[Flip, ...], tuple[Support, ...]]:
        return what_if(self, current().knowledge)

    @property  # type: ignore[misc]
    def flips(self) -> tuple[Flip, ...]:
        """The smallest sets of facts that would change the outcome."""
        return self._what_if[0]

    @property  # type: ignore[misc]
    def rests_on(self) -> tuple[Support, ...]:
        """The facts on which the outcome rests alone."""
        return self._what_if[1]

    @property
    def citations(self) -> tuple[dict[str, Any], ...]:
        """The sources of the clinician's article: number, evidence key, text, PMID, DOI, links, whether verified."""
        return tuple(self.to_dict()["citations"])

    def to_dict(self) -> dict[str, Any]:
        """The whole answer, JSON-ready; the keys are described in docs/reference/json.md."""
        from indicated.explain.show import as_dict

        return as_dict(self, current())


@cache
def built_in() -> release.Release:
    """The installed release; in a checkout whose content changed, compiled again first. Looked at once a process."""
    if release.stale():
        from indicated.content.compile import refresh

        refresh()
    return release.builtin()


def current() -> release.Release:
    """The release that cases are decided under: the installed one, with the content of the folder that the environment
    names in INDICATED_CONTENT laid over it. Within `one_release` it is the same throughout.
    """
    return _HELD.get() or _loaded()[0]


@contextmanager
def one_release() -> Iterator[None]:
    """Everything within is done under the release that is the current one as it begins, so that what is read, decided
    and stored for one request is of one release, also when a policy is put in force meanwhile.
    """
    token = _HELD.set(_loaded()[0])
    try:
        yield
    finally:
        _HELD.reset(token)


def renew() -> None:
    """Take up the site's own content as it now is: this process changed it, or another one did."""
    _loaded.cache_clear()
    if _HELD.get() is not None:
        _HELD.set(_loaded()[0])


def outdated() -> bool:
    """Whether another process put content in force since this one took it up; costs one look at a file."""
    return _mark() != _loaded()[1]


@cache
def _loaded() -> tuple[release.Release, object]:
    """The current release, and the mark of what it was made from: taken before, so that no change is missed."""
    mark, site = _mark(), os.environ.get("INDICATED_CONTENT", "")
    if not site:
        return built_in(), mark
    from indicated.workflow.site import site_release

    return site_release(site, built_in()), mark


def _mark() -> object:
    """What tells the site's release from one that was made before or after it; None without a site."""
    site = os.environ.get("INDICATED_CONTENT", "")
    if not site:
        return None
    from indicated.workflow.site import mark_of

    return mark_of(site)


def read(documents: Iterable[Document]) -> Case:
    """The facts and the request in these documents."""
    from indicated.reading import read as read_documents

    return read_documents(tuple(documents), current().lexicon)


def assess(case: Case, policy: Policy | None, on: date, denial: Document | None = None) -> Assessment:
    """Decide a case, and answer the denial given or quoted in it. NoRequest when nothing is asked for; NoContent when
    nothing can be weighed.
    """
    knowledge = current().knowledge
    if case.request is None:
        raise NoRequest(_no_request(case))
    if policy is None and not candidates(Facts(case, knowledge)):
        treatment = knowledge.vocabulary.label(case.request.treatment)
        covered = dict.fromkeys(knowledge.vocabulary.label(standard.treatment) for standard in knowledge.standards)
        raise NoContent(
            f"there is no content for {treatment} yet (there is for {', '.join(covered) or 'nothing'}); "
            f"give the payer's criteria with --policy FILE to have those assessed"
        )
    decided = determine(case, knowledge, on, policy, explore=False)
    fields = {name: getattr(decided, name) for name in decided.__struct_fields__}
    fields["denial"] = answered(decided, denial, current())
    return Assessment(**fields)


def answered(decided: Determination, notice: Document | None, under: release.Release) -> DenialCheck | None:
    """The denial of a notice, or one that the case quotes, answered under a release; loads what that needs only where
    there is one.
    """
    signs = under.denial_signs
    if notice is None and not any(sign in one.text.lower() for one in decided.case.documents for sign in signs):
        return None
    from indicated.workflow import denials

    return denials.answered(decided, denials.denial_of(decided.case, notice, under), under)


def today() -> date:
    """The day on this machine; with `now` the only clock in the program, at its edge."""
    return now().date()


def now() -> datetime:
    """The moment, in the zone of this machine."""
    return datetime.now().astimezone()


def a_day(text: str) -> date:
    """The day written YYYY-MM-DD; BadDate otherwise."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = None
    if day is None or day.isoformat() != text.strip():
        raise BadDate(f"{text[:40]!r} is not a date; write it as YYYY-MM-DD, for example 2026-11-20")
    return day


def _no_request(case: Case) -> str:
    knowledge = current().knowledge
    every = [concept.id for concept in knowledge.concepts if concept.kind is Kind.TREATMENT]
    covered = [standard.treatment for standard in knowledge.standards]
    treatments = [knowledge.vocabulary.label(one) for one in dict.fromkeys((*covered, *every))]
    named = ", ".join(treatments[:_LISTED]) or "a treatment"
    where = ", ".join(document.id for document in case.documents)
    example = f"Request: {treatments[0] if treatments else '...'} <dose> every <interval>"
    return (
        f"{where} asks for no treatment; looked for {named} or a product of these after words such as 'request', "
        f"'is ... indicated' or 'medically necessary'; add a line such as '{example}'"
    )
