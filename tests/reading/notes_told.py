"""Invented excerpts of notes with the facts that a careful reader takes from them, and how many of those are read.

`tests/data/notes/*.txt`, one file for each sort of note. An excerpt starts with `== number`; after `--` stands one fact
a line: a name of the vocabulary, a bar, and how it is said. Choices are parted by `/`; what several words say must all
hold. Of a therapy an outcome or tolerance that is not written is unknown (`any_outcome` leaves it open). A number is a
value; `none` may not be claimed of the patient; `any` may be read or not. The facts were written before the program
read the excerpts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import NamedTuple

from indicated.model.assertion import Certainty, Polarity, Time
from indicated.model.case import Case
from indicated.model.concept import Kind
from indicated.model.fact import Fact
from indicated.workflow.assess import current

from .content import lexicon, read

FOLDER = Path(__file__).resolve().parents[1] / "data" / "notes"
_BESIDE = (Kind.STUDY, Kind.IMAGING, Kind.PATHOLOGY, Kind.PROCEDURE, Kind.DEMOGRAPHIC)
_STAGES = ("current", "past", "never", "planned", "requested")
_OUTCOMES = ("effective", "partial", "failed", "worsened")
_TOLERANCES = ("tolerated", "intolerant", "allergic", "contraindicated")


class Gold(NamedTuple):
    """A fact to be read: the concepts that its name stands for, and the ways it may be said."""

    name: str
    concepts: frozenset[str]
    ways: tuple[str, ...]


class Excerpt(NamedTuple):
    """One excerpt with its facts."""

    name: str
    text: str
    gold: tuple[Gold, ...]


class Score(NamedTuple):
    """What was right, what was read and should not be, and what was missed, with the names of both."""

    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / max(self.right + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + len(self.missed), 1)


@cache
def _names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for concept in current().knowledge.concepts:
        for name in (concept.label, *concept.synonyms, *(one.text for one in concept.short)):
            found.setdefault(name.lower(), set()).add(concept.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def excerpts() -> Iterator[Excerpt]:
    for file in sorted(FOLDER.glob("*.txt")):
        for part in file.read_text("utf-8").split("== ")[1:]:
            number, _, rest = part.partition("\n")
            text, _, told = rest.partition("\n--\n")
            yield Excerpt(f"{file.stem} {number}", text, tuple(_gold(line) for line in told.strip().split("\n")))


def _gold(line: str) -> Gold:
    name, _, said = line.rpartition(" | ")
    return Gold(name, _names().get(name.lower(), frozenset()), tuple(said.split("/")))


def score(items: Iterable[Excerpt]) -> Score:
    right, wrong, missed = 0, [], []
    for item in items:
        one = _score(item, read(item.text))
        right += one.right
        wrong += [f"{item.name}: {name}" for name in one.wrong]
        missed += [f"{item.name}: {name}" for name in one.missed]
    return Score(right, tuple(wrong), tuple(missed))


def _score(item: Excerpt, case: Case) -> Score:
    facts = [fact for fact in case.facts if fact.assertion.voice in ("case", "question")]
    found = [gold for gold in item.gold if _wanted(gold) and any(_of(f, gold) and _so(f, gold) for f in facts)]
    missed = [f"{gold.name} {'/'.join(gold.ways)}" for gold in item.gold if _wanted(gold) and gold not in found]
    wrong = [_shown(fact) for fact in facts if not _allowed(fact, item.gold)]
    return Score(len(found), tuple(wrong), tuple(missed))


def _wanted(gold: Gold) -> bool:
    return not {"none", "any"} & set(gold.ways)


def _allowed(fact: Fact, golds: Sequence[Gold]) -> bool:
    mine = [gold for gold in golds if _of(fact, gold)]
    if mine:
        return any(_so(fact, gold) for gold in mine)
    known = lexicon().vocabulary
    if known[fact.concept].kind in _BESIDE and fact.therapy is None:
        return True
    return any(known.is_a(one, fact.concept) for gold in golds if "none" not in gold.ways for one in gold.concepts)


def _of(fact: Fact, gold: Gold) -> bool:
    return any(lexicon().vocabulary.is_a(fact.concept, one) for one in gold.concepts) or _opposite(fact, gold)


def _opposite(fact: Fact, gold: Gold) -> bool:
    """Whether a fact says the opposite of what is named (`afebrile` of fever)."""
    return not gold.concepts.isdisjoint(lexicon().vocabulary[fact.concept].against)


def _so(fact: Fact, gold: Gold) -> bool:
    if _opposite(fact, gold):
        return fact.assertion.polarity is Polarity.PRESENT and not {"absent", "past", "resolved", "none"}.isdisjoint(
            gold.ways
        )
    return any(_way(fact, way.split()) for way in gold.ways)


def _way(fact: Fact, words: Sequence[str]) -> bool:
    said = fact.assertion
    if words == ["any"]:
        return True
    if words == ["none"]:
        return said.polarity is not Polarity.PRESENT
    if (number := _number(words[0])) is not None:
        return fact.value is not None and number in (fact.value.low, fact.value.high)
    if fact.therapy is not None and fact.therapy.stage in words:
        told = fact.therapy
        outcome = (
            "any_outcome" in words or told.outcome in words or (told.outcome == "unknown" and _free(words, _OUTCOMES))
        )
        borne = "any_tolerance" in words or told.tolerance in words
        return outcome and (borne or (told.tolerance == "unknown" and _free(words, _TOLERANCES)))
    if fact.therapy is not None:
        return False
    there = said.polarity is Polarity.PRESENT
    match words[0]:
        case "present":
            return there and said.certainty is Certainty.CONFIRMED and said.time is Time.CURRENT and _positive(fact)
        case "absent":
            return said.polarity is Polarity.ABSENT or not _positive(fact)
        case "possible" | "probable":
            return there and said.certainty == words[0]
        case _:
            return there and str(said.time) == words[0]


def _positive(fact: Fact) -> bool:
    return str(fact.result) not in ("negative", "normal")


def _free(words: Sequence[str], axis: Sequence[str]) -> bool:
    return not any(word in axis for word in words)


def _number(word: str) -> Decimal | None:
    try:
        return Decimal(word)
    except InvalidOperation:
        return None


def _shown(fact: Fact) -> str:
    said, told = fact.assertion, fact.therapy
    parts = [said.polarity, said.certainty, said.time] if told is None else [told.stage, told.outcome, told.tolerance]
    value = f" {fact.value.text()}" if fact.value is not None else ""
    return f"{fact.concept}{value} {'/'.join(str(part) for part in parts)} {fact.passages[0].quote!r}"
