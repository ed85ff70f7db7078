"""How something was said: present or absent, how sure, when, of whom, and in whose voice."""

from enum import StrEnum

from msgspec import Struct


class Polarity(StrEnum):
    """Whether the text says that it is there."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_DOCUMENTED = "not_documented"


class Certainty(StrEnum):
    """How sure the text is."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    RULED_OUT = "ruled_out"


class Time(StrEnum):
    """When it holds."""

    CURRENT = "current"
    PAST = "past"
    RESOLVED = "resolved"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"


class Subject(StrEnum):
    """Of whom it is said."""

    PATIENT = "patient"
    RELATIVE = "relative"
    DONOR = "donor"


class Voice(StrEnum):
    """Who speaks. Only case and question make facts."""

    CASE = "case"
    QUESTION = "question"
    PLAN = "plan"
    GUIDELINE = "guideline"
    EVIDENCE = "evidence"
    PAYER_CRITERIA = "payer_criteria"
    BOILERPLATE = "boilerplate"


class Cue(Struct, frozen=True):
    """Why an axis has its value: the rule that spoke and where its words stand (None for a section's prior)."""

    axis: str
    value: str
    rule: str
    start: int | None = None
    end: int | None = None


class Assertion(Struct, frozen=True):
    """The five axes, each kept with the cues that set it. An axis without a cue has its default."""

    polarity: Polarity = Polarity.PRESENT
    certainty: Certainty = Certainty.CONFIRMED
    time: Time = Time.CURRENT
    subject: Subject = Subject.PATIENT
    voice: Voice = Voice.CASE
    because: tuple[Cue, ...] = ()

    @property
    def makes_fact(self) -> bool:
        """Whether a mention said so may become a fact about this patient."""
        return self.voice in (Voice.CASE, Voice.QUESTION) and self.subject is Subject.PATIENT
