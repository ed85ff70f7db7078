"""Letters of a case, drafted from the determination that stands. A denial takes the signed decision on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from msgspec import Meta, Struct

from indicated.api.shapes import Line
from indicated.api.table import Call, Route, Told
from indicated.explain.letters.order import KINDS, LEVELS, SIDES
from indicated.explain.letters.show import as_dict
from indicated.model.determination import Determination
from indicated.model.statement import Letter
from indicated.workflow import letters
from indicated.workflow.accounts.values import Scope
from indicated.workflow.assess import current
from indicated.workflow.review import cases
from indicated.workflow.review.people import Action

PDF, WORD = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _one_of(words: tuple[str, ...]) -> Any:
    return Annotated[str, Meta(pattern=f"^({'|'.join(words)})$")]


class LetterIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Which letter: its kind; of an appeal the level, of a peer-to-peer sheet the side; the lines of the letterhead.
    Plan, state and decision are those of the case.
    """

    kind: _one_of(KINDS)  # type: ignore[valid-type]
    level: _one_of(LEVELS) = LEVELS[0]  # type: ignore[valid-type]
    side: _one_of(SIDES) = SIDES[0]  # type: ignore[valid-type]
    sender: Annotated[tuple[Line, ...], Meta(max_length=20)] = ()


class LetterOut(Struct, frozen=True):
    """The letter as data with the proof of every sentence, and as text in Markdown."""

    letter: dict[str, Any]
    text: str


def _drafted(call: Call) -> tuple[Letter, Determination]:
    body: LetterIn = call.body
    file = cases.case(call.store, call.person, call.path["case"], now=call.now)
    determination = cases.assessment(file)
    letter = letters.letter(
        determination,
        body.kind,
        level=body.level,
        side=body.side,
        plan=file.head.plan,
        state=file.head.us_state or None,
        sender=body.sender,
        decision=file.decisions[-1] if file.decisions else None,
    )
    return letter, determination


def _letter(call: Call) -> LetterOut:
    letter, determination = _drafted(call)
    text = letters.shown(letter, determination, "markdown")
    assert isinstance(text, str)
    return LetterOut(as_dict(letter, determination, current()), text)


def _file(form: str, media: str) -> Callable[[Call], Told]:
    def handle(call: Call) -> Told:
        letter, determination = _drafted(call)
        return Told(
            letters.shown(letter, determination, form), media=media, file=f"{call.path['case']}-{letter.kind}.{form}"
        )

    return handle


ROUTES = (
    Route(
        method="POST", path="/cases/{case}/letters", name="letter", tag="letters", handle=_letter, right=Action.READ,
        scope=Scope.READ, body=LetterIn, reply=LetterOut,
        says="Draft a letter of the case: necessity, appeal, peer-to-peer, request for information, approval, denial, "
        "summary, worksheet. Nothing of it is kept.",
    ),
    Route(
        method="POST", path="/cases/{case}/letters/pdf", name="letter_pdf", tag="letters", handle=_file("pdf", PDF),
        right=Action.READ, scope=Scope.READ, body=LetterIn, media=PDF, says="The same letter as a PDF.",
    ),
    Route(
        method="POST", path="/cases/{case}/letters/word", name="letter_word", tag="letters",
        handle=_file("docx", WORD), right=Action.READ, scope=Scope.READ, body=LetterIn, media=WORD,
        says="The same letter as a Word file.",
    ),
)  # fmt: skip
