"""A determination without a case: documents in, answer out; nothing is kept."""

from __future__ import annotations

from datetime import date

from indicated.api.files import FHIR, documents_of, fhir_document
from indicated.api.shapes import DetermineIn, DetermineOut
from indicated.api.table import JSON, Call, Route
from indicated.model.text import Document
from indicated.workflow import assess
from indicated.workflow.accounts.values import Scope
from indicated.workflow.intake import document
from indicated.workflow.policies import from_text, named
from indicated.workflow.review.values import PolicyChoice


def determined(documents: tuple[Document, ...], choice: PolicyChoice, on: date, denial: str = "") -> assess.Assessment:
    """A case in documents, held against the policy that was chosen, and answered to a denial where there was one."""
    release, policy = assess.current(), None
    if choice.id:
        policy = named(choice.id, release, on)
    elif choice.text.strip():
        policy = from_text(choice.text, release)
    notice = document(denial, "denial") if denial.strip() else None
    return assess.assess(assess.read(documents), policy, on, notice)


def _determine(call: Call) -> DetermineOut:
    body: DetermineIn | bytes = call.body
    given = DetermineIn(documents=()) if isinstance(body, bytes) else body
    documents = fhir_document(body) if isinstance(body, bytes) else documents_of(body.documents)
    on, release = given.on or call.now.date(), assess.current()
    found = determined(documents, given.policy, on, given.denial)
    from indicated.explain.show import show

    words = show(found, release, given.explain, "markdown") if given.explain else ""
    return DetermineOut(found.to_dict(), words)


ROUTES = (
    Route(
        method="POST", path="/determinations", name="determine", tag="determine", handle=_determine,
        scope=Scope.READ, body=DetermineIn, reply=DetermineOut, takes=(JSON, FHIR),
        says="Decide a case that is not kept: texts, files or FHIR in, the determination out. A FHIR bundle may also "
        "be the whole body.",
    ),
)  # fmt: skip
