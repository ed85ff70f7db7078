"""A follow-up question in, its answer out: what it supposes is decided again, what it asks is told with proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from indicated.engine.supposed_facts import changes, supposed
from indicated.explain.asked.reply import Told, reply
from indicated.explain.asked.shown import as_answer, show_answer
from indicated.explain.show import refuse_other_release
from indicated.explain.translations import spanish
from indicated.model.determination import Determination
from indicated.model.question import Question
from indicated.model.statement import Rationale
from indicated.model.text import Document
from indicated.reading.questions import understand, understand_in
from indicated.workflow.assess import assess, current
from indicated.workflow.errors import NoQuestion

if TYPE_CHECKING:
    from indicated.model.determination import Change

LIMIT = 2_000
"""Characters that one question may have."""
_NAME = "question"


class Answer(Struct, frozen=True):
    """What a question was understood as, and what there is to say to it."""

    told: Told
    rationale: Rationale

    @property
    def question(self) -> Question:
        """The question as understood: what it asks, what it supposes."""
        return self.told.question

    @property
    def intents(self) -> tuple[str, ...]:
        """What was asked, by the ids of `content/reading/questions.yaml`, in order."""
        return tuple(one.intent.id for one in self.question.asks)

    @property
    def known(self) -> bool:
        """Whether anything that was asked could be answered."""
        return self.told.known

    @property
    def before(self) -> Determination:
        """The determination that the question is about."""
        return self.told.before

    @property
    def after(self) -> Determination:
        """The determination with what the question supposes, of which more can be asked; else the one before."""
        return self.told.after

    def show(self, format: str = "markdown", *, width: int = 100, colour: bool = False) -> str:  # noqa: A002
        """The answer as `text`, `markdown`, `html` or `json`."""
        return show_answer(self.told, self.rationale, current(), format, width=width, colour=colour)

    def to_dict(self) -> dict[str, Any]:
        """The answer, JSON-ready; the keys are described in docs/reference/json.md."""
        return as_answer(self.told, self.rationale, current())


def ask(determination: Determination, text: str, audience: str = "clinician", language: str = "en") -> Answer:
    """The answer to a question about a determination of the installed release. The same arguments give the same value.
    In Spanish (`language` `es`, for the audience `patient`) the question may be in Spanish too.

    NoQuestion without a word in it or when it is too long; OtherRelease when the determination is of another release.
    """
    release = current()
    refuse_other_release(determination, release)
    words = release.question_words
    document = _document(determination, text)
    policy = determination.policy
    numbers = tuple(one.section for one in policy.criteria if one.section) if policy is not None else ()
    translated = spanish(language, audience, release.translations) if language != "en" else None
    given = (document, determination.case, words, release.lexicon, numbers)
    if translated is None:
        question = understand(*given)
    else:
        question = understand_in(*given, tongue=words.spanish, names=translated.names())
    listed: tuple[Change, ...] = ()
    after = determination
    if question.supposed.told:
        listed = changes(question.supposed, determination.case, release.knowledge.vocabulary)
        case = supposed(determination.case, document, listed, question.supposed.request)
        after = assess(case, determination.policy, determination.on)
    told = Told(question, determination, after, listed)
    return Answer(*reply(told, release, audience, translated))


def _document(determination: Determination, text: str) -> Document:
    """The question as a document, under a name that no document of the case has."""
    if not any(character.isalnum() for character in text):
        raise NoQuestion('there is no question; write one in quotes, for example "what is missing?"')
    if len(text) > LIMIT:
        raise NoQuestion(f"a question of {len(text):,} characters is longer than {LIMIT:,}; ask one thing at a time")
    taken = {document.id for document in determination.case.documents}
    names = (_NAME, *(f"{_NAME} {number}" for number in range(2, len(taken) + 3)))
    return Document(next(name for name in names if name not in taken), text)
