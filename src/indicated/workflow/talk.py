"""A talk about one case: what was supposed is kept for the questions after it, can be listed and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.translations import spanish
from indicated.model.text import visible
from indicated.workflow.ask import ask
from indicated.workflow.assess import current

if TYPE_CHECKING:
    from indicated.model.determination import Determination
    from indicated.workflow.ask import Answer

_COMMANDS = ("list", "undo", "reset")


class Talk:
    """Questions about a determination, each asked of what was supposed before it."""

    def __init__(self, determination: Determination, audience: str = "clinician", language: str = "en") -> None:
        self._first = determination
        self._supposed: list[Answer] = []
        translated = spanish(language, audience, current().translations)
        self._book = Phrasebook(current().phrases, audience, translated)

    @property
    def now(self) -> Determination:
        """The determination with all that is supposed."""
        return self._supposed[-1].after if self._supposed else self._first

    def ask(self, line: str) -> Answer:
        """The answer; what the question supposes holds from now on."""
        answer = ask(self.now, line, self._book.audience, self._book.language)
        if answer.question.supposed.told:
            self._supposed.append(answer)
        return answer

    def greeting(self) -> str:
        """What can be typed."""
        return self._book.words("ask.talk.greeting") + "\n"

    @staticmethod
    def is_command(line: str) -> bool:
        """Whether a line is about what is supposed, and no question."""
        return line.strip().lower() in _COMMANDS

    def command(self, line: str) -> str:
        """What is supposed, listed, after the last of it or all of it was taken back where that is what is asked."""
        match line.strip().lower():
            case "undo":
                self._supposed = self._supposed[:-1]
            case "reset":
                self._supposed = []
        if not self._supposed:
            return self._book.words("ask.talk.nothing") + "\n"
        lines = (" ".join(visible(one.question.document.text).split()) for one in self._supposed)
        return "".join(f"{number}. {line}\n" for number, line in enumerate(lines, start=1))
