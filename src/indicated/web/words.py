"""The words of the pages: phrases `web.*` of the content, for the audience that a page is for."""

from __future__ import annotations

from indicated.explain.phrasebook import Phrasebook
from indicated.explain.translations import spanish
from indicated.workflow.assess import current


def book(audience: str = "clinician", language: str = "en") -> Phrasebook:
    """The phrases of the installed release; Spanish is there for patients."""
    return Phrasebook(current().phrases, audience, spanish(language, audience, current().translations))


class Words:
    """What templates say: `t('ask.title')` is the phrase `web.ask.title`."""

    __slots__ = ("book",)

    def __init__(self, phrases: Phrasebook) -> None:
        self.book = phrases

    def __call__(self, name: str, /, **places: object) -> str:
        """A phrase of the pages."""
        return self.book.words(f"web.{name}", **places)

    def of(self, family: str, value: str) -> str:
        """The word for a value of a closed list (`finding`, `mark`, `policy_verdict` and their like)."""
        return self.book.word(family, value)
