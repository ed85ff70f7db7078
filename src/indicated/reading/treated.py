"""Which mentions can be asked for or planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.assertion import Certainty, Polarity, Subject, Time, Voice
from indicated.model.concept import Kind
from indicated.reading.found import DRUG_KINDS

if TYPE_CHECKING:
    from indicated.reading.scene import Seen

SPOKEN = frozenset((Voice.CASE, Voice.QUESTION, Voice.PLAN))
"""The voices in which something can be asked for."""
GIVEN = (Kind.TREATMENT, Kind.PRODUCT)


def askable(seen: Seen, *, denied: bool = False) -> bool:
    """Whether a mention can be asked for: a drug or treatment of this patient, in the case, a question or a plan.

    With `denied` a payer's `denied`, and that a payer says it, do not count against it.
    """
    said = seen.assertion
    spoken = said.voice in SPOKEN or (denied and said.voice is Voice.PAYER_CRITERIA)
    meant = denied or said.polarity is Polarity.PRESENT
    return seen.kind in DRUG_KINDS and spoken and meant and said.subject is Subject.PATIENT


def is_planned(seen: Seen) -> bool:
    """Whether a treatment is told as about to begin, on no condition; asked for where nothing else is."""
    meant = seen.kind in GIVEN and seen.assertion.time in (Time.PLANNED, Time.CURRENT)
    return meant and askable(seen) and seen.assertion.certainty is Certainty.CONFIRMED
