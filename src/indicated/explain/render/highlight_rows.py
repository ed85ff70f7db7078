"""What the page of marked documents tells of a case: one row for each fact and each mention set aside."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from indicated.explain.words import Words
from indicated.model.assertion import Assertion, Certainty, Polarity, Time
from indicated.model.case import Case
from indicated.model.concept import Kind
from indicated.model.fact import Fact
from indicated.model.text import Passage

_GROUPS = {
    Kind.CONDITION: "diagnosis",
    Kind.FINDING: "finding",
    Kind.LAB: "test",
    Kind.ANTIBODY: "test",
    Kind.SCALE: "test",
    Kind.IMAGING: "study",
    Kind.PATHOLOGY: "study",
    Kind.STUDY: "study",
    Kind.PROCEDURE: "study",
    Kind.DRUG: "treatment",
    Kind.DRUG_CLASS: "treatment",
    Kind.TREATMENT: "treatment",
    Kind.PRODUCT: "treatment",
    Kind.DEMOGRAPHIC: "person",
}
WAYS = ("absent", "unsure", "past", "planned")
"""Ways of saying that change the line under the words."""
_AXES = ("polarity", "certainty", "time", "subject", "voice")
_PLAIN = Assertion()
_LONGEST_SHORT = 5


class Row(Struct, frozen=True):
    """One claim: its number, group and words, how it was said, why, and where. The places numbered in `beside` only
    tell of it.
    """

    number: int
    group: str
    words: str
    ways: tuple[str, ...]
    how: str
    because: tuple[str, ...]
    passages: tuple[Passage, ...]
    beside: frozenset[int] = frozenset()


def rows_of(case: Case, words: Words) -> Iterator[Row]:
    """The rows in the order of the page: the request, the facts, what was set aside."""
    number = 0
    if case.request is not None:
        number += 1
        asked = words.label(case.request.product or case.request.treatment)
        regimen = words.regimen(case.request.regimen) if case.request.regimen is not None else ""
        yield Row(number, "request", f"{asked} {regimen}".strip(), (), "", (), case.request.passages)
    for fact in case.facts:
        number += 1
        said = fact.assertion
        beside = _beside(fact, words) if fact.therapy is not None else frozenset()
        group = _group(fact.concept, words)
        yield Row(number, group, words.fact(fact), _ways(said), _how(said), _why(said), fact.passages, beside)
    for mention in case.set_aside:
        number += 1
        said = mention.assertion
        yield Row(
            number, "aside", words.label(mention.concept), _ways(said), _how(said), _why(said), (mention.passage,)
        )


def _group(concept: str, words: Words) -> str:
    known = words.vocabulary.concepts.get(concept)
    return _GROUPS[known.kind] if known is not None else "finding"


def _ways(said: Assertion) -> tuple[str, ...]:
    """How a mark is underlined."""
    found = []
    if said.polarity is not Polarity.PRESENT or said.certainty is Certainty.RULED_OUT:
        found.append("absent")
    elif said.certainty is not Certainty.CONFIRMED:
        found.append("unsure")
    if said.time in (Time.PAST, Time.RESOLVED):
        found.append("past")
    elif said.time in (Time.PLANNED, Time.HYPOTHETICAL):
        found.append("planned")
    return tuple(found)


def _beside(fact: Fact, words: Words) -> frozenset[int]:
    """The passages of a therapy that do not name it: what was said of it, the heading it stands under."""
    known = words.vocabulary.concepts.get(fact.concept)
    if known is None:
        return frozenset()
    names = {_bare(name) for name in (known.label, *known.synonyms, *(short.text for short in known.short))}
    names.add(_bare(fact.passages[0].quote))
    return frozenset(
        at for at, one in enumerate(fact.passages) if _bare(one.quote) not in names and not _is_short(one.quote)
    )


def _is_short(quote: str) -> bool:
    """Whether words are an abbreviation, which the text may have made itself (`plasma exchange (PE)`)."""
    return quote.isupper() and quote.isalpha() and len(quote) <= _LONGEST_SHORT


def _bare(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split()).removesuffix("s")


def _how(said: Assertion) -> str:
    return ", ".join(str(getattr(said, axis)) for axis in _unlike(said))


def _why(said: Assertion) -> tuple[str, ...]:
    """The rules behind what differs from a plain claim; what a therapy's own words overrule is none of them."""
    unlike = {axis: str(getattr(said, axis)) for axis in _unlike(said)}
    return tuple(f"{cue.axis}: {cue.rule}" for cue in said.because if unlike.get(cue.axis) == cue.value)


def _unlike(said: Assertion) -> list[str]:
    return [axis for axis in _AXES if getattr(said, axis) != getattr(_PLAIN, axis)]
