"""What the bits of a line do, by role: say something of what is named, ask for something by themselves, or join."""

from __future__ import annotations

from indicated.content.pasted_bits import CODES, COMMA, SEMICOLON
from indicated.content.pasted_lexicon import Bit
from indicated.content.pasted_numbers import (
    AGE_LIMIT,
    APART,
    COUNT,
    EVERY,
    LASTING,
    LIMIT,
    PERIOD,
    TIMES,
    UNREAD,
    WINDOW,
)
from indicated.model.concept import Kind
from indicated.model.policy_words import WordRole

RULED = "ruled"
"""A bit that has a rule already (a list that says what counts)."""
DRUGS = frozenset((Kind.DRUG, Kind.DRUG_CLASS, Kind.TREATMENT, Kind.PRODUCT))
TESTS = frozenset((Kind.LAB, Kind.ANTIBODY, Kind.STUDY, Kind.IMAGING, Kind.PATHOLOGY, Kind.SCALE))
TRIED, RESULT, NOT, NOW, PRESENT = (role.value for role in (
    WordRole.TRIED, WordRole.RESULT, WordRole.NOT, WordRole.NOW, WordRole.PRESENT))  # fmt: skip
PREDICATES = frozenset((TRIED, RESULT, NOT, NOW, PRESENT))
DETAILS = frozenset((LASTING, WINDOW, TIMES, APART))
OWN = frozenset((
    CODES, AGE_LIMIT, WordRole.SPECIALIST.value, WordRole.RESPONSE.value, WordRole.AGE_GROUP.value, WordRole.TERM.value,
    LIMIT, EVERY, WordRole.RHYTHM.value, PERIOD, UNREAD, WordRole.WEIGHT.value, WordRole.AGE.value, WordRole.DOSE.value,
    WordRole.PERIOD.value, RULED,
))  # fmt: skip
"""Roles that ask for something by themselves."""
FIGURES = frozenset((LIMIT, COUNT, PERIOD, UNREAD, *DETAILS))
"""Roles of figures: a requirement that leaves one out is not the one that was written."""
JOINTS = frozenset(
    (WordRole.AND.value, WordRole.OR.value, WordRole.WITH.value, COMMA, SEMICOLON, WordRole.SHOWN_BY.value)
)


def fits(bit: Bit, kind: Kind | None) -> bool:
    """Whether a predicate can be said of a concept of this kind."""
    if bit.role in (TRIED, NOW):
        return kind in DRUGS or kind is Kind.PROCEDURE
    if bit.role == RESULT:
        return kind in TESTS
    return True
