"""A determination without a case: documents in, answer out; nothing is kept."""

from __future__ import annotations

from indicated.api.files import FHIR, documents_of, fhir_document
from indicated.api.shapes import DetermineIn, DetermineOut
from indicated.api.table import JSON, Call, Route
from indicated.workflow import assess
from indicated.workflow.accounts.values import Scope
from indicated.workflow.intake import document
from indicated.workflow.policies import from_text, named


def _determine(call: Call) -> DetermineOut:
    body: DetermineIn | bytes = call.body
    given = DetermineIn(documents=()) if isinstance(body, bytes) else body
    documents = fhir_document(body) if isinstance(body, bytes) else documents_of(body.documents)
    on = given.on or call.now.date()
    release, policy = assess.current(), None
    if given.policy.id:
        policy = named(given.policy.id, release, on)
    elif given.policy.text.strip():
        policy = from_text(given.policy.text, release)
    notice = document(given.denial, "denial") if given.denial.strip() else None
    found = assess.assess(assess.read(documents), policy, on, notice)
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
