"""Is this treatment medically necessary for this patient, and what would change the answer.

case = indicated.read("14-year-old ... request: ...")
determination = indicated.assess(case, policy="...", on="2026-11-20")
print(indicated.explain(determination))
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it as true; importing typing would double the time of `import indicated`
if TYPE_CHECKING:
    from datetime import date
    from os import PathLike

    from indicated.model.case import Case
    from indicated.model.determination import Determination
    from indicated.model.policy import Policy
    from indicated.workflow.assess import Assessment

__all__ = ["assess", "explain", "read", "read_files"]


def read(text: str, *, name: str = "text") -> Case:
    """The facts and the request in a text, each with its passage. BadInput when there is no text."""
    from indicated.workflow import assess as workflow
    from indicated.workflow.intake import document

    return workflow.read((document(text, name),))


def read_files(*paths: str | PathLike[str]) -> Case:
    """The facts and the request in files of one patient (text, Markdown, PDF, Word, RTF, HTML, C-CDA, FHIR R4), or in
    folders of them. BadInput when one of them cannot be read.
    """
    from os import fspath

    from indicated.workflow import assess as workflow
    from indicated.workflow.intake import open_case

    return workflow.read(open_case([fspath(path) for path in paths], None))


def assess(case: Case | str, *, policy: Policy | str | None = None, on: date | str | None = None) -> Assessment:
    """Decide a case, or a text, as of a day; give the day to get the same answer again, for the default is today.

    `policy` is a Policy, the id of one of the release, or the payer's criteria as text. IndicatedError (one clear
    line) when nothing is asked for, the policy is unknown, or there is no content to weigh the request against.
    """
    from indicated.workflow import assess as workflow

    day = workflow.a_day(on) if isinstance(on, str) else on or workflow.today()
    given = read(case) if isinstance(case, str) else case
    if isinstance(policy, str):
        from indicated.workflow.policies import from_words

        policy = from_words(policy, workflow.current(), day)
    return workflow.assess(given, policy, day)


def explain(
    determination: Determination,
    *,
    audience: str = "clinician",
    format: str = "markdown",  # noqa: A002
    language: str = "en",
) -> str:
    """The answer for a clinician, reviewer or patient as `text`, `markdown`, `html` or `json`; for a patient also in
    Spanish (`language="es"`).
    """
    return explained(determination, audience, format, language)


def explained(determination: Determination, audience: str, form: str, language: str = "en") -> str:
    """What `explain` gives. Under a name of its own, for Python puts the package `explain` over the function."""
    from indicated.explain.show import show
    from indicated.workflow.assess import current

    return show(determination, current(), audience, form, language)
