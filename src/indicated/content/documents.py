"""Standards and policies alike, as the checks of criteria see them."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.content.cases import GivenRequest
from indicated.content.load import Loaded
from indicated.content.walk import kinds_inside
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Coverage, Policy
from indicated.model.regimen import Phase
from indicated.model.rule import All, Ref, Rule
from indicated.model.standard import ContentStatus, Criterion, Standard


class Document:
    """A standard or a policy with its refs filled in, and the same as it was written."""

    def __init__(self, filled: Standard | Policy, written: Standard | Policy, file: str) -> None:
        self.id, self.version = filled.id, filled.version
        self.status = filled.status
        self.criteria = filled.criteria
        self.policy = filled if isinstance(filled, Policy) else None
        self.reached_by: Rule = filled.reached_by if isinstance(filled, Standard) else All(())
        # What the names of the files of its golden cases begin with.
        self.cases = (
            file.removesuffix("policy.yaml") + "cases/" if self.policy is not None else file.removesuffix("yaml")
        )
        self._filled = filled
        self._written = {criterion.id: criterion for criterion in written.criteria}

    @property
    def draft(self) -> bool:
        """Whether it is still being written, so that what its cases lack is only worth a warning."""
        return self.status is ContentStatus.DRAFT

    def written(self, criterion: str) -> Criterion:
        """The criterion as it stands in its file."""
        return self._written[criterion]

    def requests(self, criterion: Criterion) -> Iterator[GivenRequest]:
        """Requests on which the criterion is asked, the plainest first."""
        if isinstance(self._filled, Standard):
            phase = criterion.phase or Phase.INITIAL
            yield GivenRequest(self._filled.treatment, indications=self._filled.conditions[:1], phase=phase)
            yield GivenRequest(self._filled.treatment, phase=phase)
            return
        for coverage in self._filled.coverages:
            for phase in _phases(coverage, criterion.id):
                yield GivenRequest(self._filled.treatment, indications=coverage.conditions[:1], phase=phase)


def documents(loaded: Loaded, knowledge: Knowledge) -> Iterator[Document]:
    """Every standard and policy that is not retired."""
    filled: dict[tuple[str, str], Standard | Policy] = {(one.id, one.version): one for one in knowledge.standards}
    filled |= {(one.id, one.version): one for one in knowledge.policies}
    every: tuple[Standard | Policy, ...] = (*loaded.all(Standard), *loaded.all(Policy))
    for written in every:
        if written.status is not ContentStatus.RETIRED:
            yield Document(filled[written.id, written.version], written, loaded.place(written).file)


def _phases(coverage: Coverage, criterion: str) -> Iterator[Phase]:
    always = [rule for rule in (coverage.limits, coverage.exclusions) if rule is not None]
    if any(criterion in _named(rule) for rule in (coverage.start, *always)):
        yield Phase.INITIAL
    if coverage.continuation is not None and criterion in _named(coverage.continuation):
        yield Phase.CONTINUATION


def _named(rule: Rule) -> set[str]:
    return {ref.criterion for ref in kinds_inside(rule, Ref)}
