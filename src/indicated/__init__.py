"""Is this treatment medically necessary for this patient, and what would change the answer.

case = indicated.read("14-year-old ... request: ...")
determination = indicated.assess(case, policy="...", on="2026-11-20")
print(indicated.explain(determination))
print(indicated.ask(determination, "what if the weight is 52 kg?").show())
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it as true; importing typing would double the time of `import indicated`
if TYPE_CHECKING:
    from datetime import date
    from os import PathLike
    from typing import Any

    from indicated.model.case import Case
    from indicated.model.determination import Determination
    from indicated.model.policy import Policy
    from indicated.workflow.ask import Answer
    from indicated.workflow.assess import Assessment

__all__ = ["ask", "assess", "explain", "letter", "read", "read_files"]


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


def assess(
    case: Case | str,
    *,
    policy: Policy | str | None = None,
    on: date | str | None = None,
    denial: str | None = None,
) -> Assessment:
    """Decide a case, or a text, as of a day; give the day to get the same answer again, for the default is today.

    `policy` is a Policy, the id of one of the release, or the payer's criteria as text. `denial` is a plan's notice as
    text: each of its reasons is answered, and nothing in it becomes a fact. IndicatedError (one clear line) when
    nothing is asked for, the policy is unknown, or there is no content to weigh the request against.
    """
    from indicated.workflow import assess as workflow

    day = workflow.a_day(on) if isinstance(on, str) else on or workflow.today()
    given = read(case) if isinstance(case, str) else case
    if isinstance(policy, str):
        from indicated.workflow.policies import from_words

        policy = from_words(policy, workflow.current(), day)
    notice = None
    if denial is not None:
        from indicated.workflow.intake import document

        notice = document(denial, "denial")
    return workflow.assess(given, policy, day, notice)


def ask(  # noqa: PLR0913
    case: Case | Determination | str,
    question: str,
    *,
    policy: Policy | str | None = None,
    on: date | str | None = None,
    audience: str = "clinician",
    language: str = "en",
) -> Answer:
    """The answer to a follow-up question about a case, a text, or what was decided of one.

    Facts in the question are supposed and the case is decided again; `answer.after` is that determination, of which
    more can be asked. With `language` `es` and `audience` `patient` question and answer are Spanish. `policy` and `on`
    are for a case or text that is not decided yet. IndicatedError (one clear line) as for `assess`, and when there is
    no question.
    """
    from indicated.model.determination import Determination
    from indicated.workflow.ask import ask as answer

    decided = case if isinstance(case, Determination) else assess(case, policy=policy, on=on)
    return answer(decided, question, audience, language)


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


def letter(
    determination: Determination,
    kind: str,
    *,
    format: str = "markdown",  # noqa: A002
    **order: Any,
) -> str | bytes:
    """A letter or short form: `necessity`, `appeal` (with `level`), `peer-to-peer` (with `side`),
    `request-for-information`, `approval`, `denial` (with `decision`), `summary`, `worksheet`.

    `text`, `markdown`, `html` or `json` is text, `pdf` and `docx` are bytes; JSON also holds what to know before it is
    sent. `plan` and `state` name whose law applies, `sender` are the lines of a letterhead. IndicatedError (one clear
    line) where the record, or the decision, does not carry such a letter.
    """
    from indicated.workflow.letters import letter as drafted
    from indicated.workflow.letters import shown

    return shown(drafted(determination, kind, **order), determination, format)


def explained(determination: Determination, audience: str, form: str, language: str = "en") -> str:
    """What `explain` gives. Under a name of its own, for Python puts the package `explain` over the function."""
    from indicated.explain.show import show
    from indicated.workflow.assess import current

    return show(determination, current(), audience, form, language)
