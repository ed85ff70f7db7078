"""Is it one patient: names and numbers in the heads of documents, dates of birth, and sexes told of one person.

A name is read only after a label of the patient's (`Patient: ...`), never from running text. It stands in passages and
nowhere else.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from indicated.model.case import Contradiction
from indicated.reading.facts import is_told
from indicated.reading.papers import Label, holds, up_to
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.fact import Fact
    from indicated.model.lexicon_agreement import AgreementLexicon
    from indicated.model.text import Passage
    from indicated.reading.demographics import Told
    from indicated.reading.papers import Paper
    from indicated.reading.scene import Scene

PATIENT, BIRTH_DATE = "patient", "demo.birth_date"
_AFTER = lazily(r" ?(?:[:=#|] ?\n?|\n(?! ?\n)) ?")
_AT_LINE = lazily(r"(?:^|[\n|;\t]) ?[*>-]{0,3} ?$")
_LED = lazily(r"(?:^|[\n|;,\t]|  |[^\s:] ?[)\d.]? ) ?[*>-]{0,3} ?$")
_NAME = lazily(r"[A-Z][A-Za-z'-]*\.?(?:,? [A-Z][A-Za-z'-]*\.?){1,5}(?P<label> ?[:#])?")
_WORD = lazily(r"[A-Za-z']+")
_NUMBER = lazily(r"[A-Za-z]{0,4}-?(?=[\dA-Za-z-]*\d)[\dA-Za-z][\dA-Za-z-]{3,19}\b")
_FEWEST_PRONOUNS = 3
_MOST_LABELS = 40


class Labels:
    """The labels of the patient compiled."""

    __slots__ = ("_no_names", "_titles", "_words")

    def __init__(self, words: AgreementLexicon) -> None:
        self._words: Phrases[tuple[str, str]] = Phrases(
            (text, (one.what, one.words[0])) for one in words.identity for text in one.words
        )
        self._no_names = frozenset(words.no_names)
        self._titles = frozenset(words.titles)

    def find(self, scene: Scene) -> list[Label]:
        """Names and numbers of the patient that stand after their labels, in order."""
        flat, cased = scene.view.flat, scene.view.cased
        found: list[Label] = []
        anothers = False
        spoken = list(self._words.find(flat, scene.view.words))
        for at, word in enumerate(spoken):
            what, label = word.meaning
            gap = _AFTER.match(flat, word.end)
            led = _AT_LINE if what == "named" else _LED
            if gap is None or not (word.start == 0 or led.search(flat, max(0, word.start - 6), word.start)):
                continue
            if what in ("other", "name"):
                anothers = what == "other"
            if what in ("other", BIRTH_DATE.rpartition(".")[2]) or (what == "named" and anothers):
                continue
            if what == "number":
                number = _NUMBER.match(cased, gap.end())
                if number is not None:
                    found.append(Label(what, label, number[0].lower(), scene.passage(*number.span())))
            else:
                stop = spoken[at + 1].start if at + 1 < len(spoken) else len(cased)
                name, end = self._name(cased, gap.end(), stop)
                if name:
                    found.append(Label("name", label, name, scene.passage(gap.end(), end)))
            if len(found) >= _MOST_LABELS:
                break
        return found

    def _name(self, cased: str, start: int, stop: int) -> tuple[str, int]:
        """The words of the name that starts here, without titles, and where it ends; empty where there is none. It ends
        before the next label, known or not.
        """
        match = _NAME.match(cased, start)
        words = list(_WORD.finditer(cased, start, min(match.end(), stop))) if match is not None else []
        if match is not None and match["label"] and match.end() <= stop:
            words = words[:-1]
        kept: list[str] = []
        end = start
        for word in words:
            low = word[0].lower()
            if low in self._no_names:
                break
            end = word.end()
            if low not in self._titles:
                kept.append(low)
        full = [word for word in kept if len(word) > 1]
        return (" ".join(kept), end) if len(full) >= len(("first", "last")) else ("", start)


def one_patient(papers: Sequence[Paper], facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Two names, two numbers of one kind where nothing else says that they are one person's, two dates of birth."""
    labels = [one for paper in papers for one in paper.labels]
    names = _first_of_each(one for one in labels if one.what == "name")
    numbers = _first_of_each(one for one in labels if one.what == "number")
    born = {fact.on: fact for fact in facts if fact.concept == BIRTH_DATE and fact.on is not None}
    dates = list(born.values())
    if len(dates) > 1:
        yield Contradiction(BIRTH_DATE, (*dates[0].passages[:1], *dates[1].passages[:1]), "birth_date")
    shared = len(dates) == 1 and len({p.document for p in dates[0].passages}) > 1
    others = [pair for pair in combinations(numbers, 2) if pair[0].label == pair[1].label and _differ(*pair)]
    for first, second in combinations(names, 2):
        # Elizabeth and Liz Taylor, born on one day, are one person unless they are numbered as two.
        familiar = shared and not others and not set(first.value.split()).isdisjoint(second.value.split())
        if not familiar and not _same_name(first.value, second.value):
            yield Contradiction(PATIENT, (first.passage, second.passage), PATIENT)
            return
    if len(names) < len(("one", "other")) and not shared:  # two hospitals number one patient differently
        yield from (Contradiction(PATIENT, (one.passage, two.passage), PATIENT) for one, two in others[:1])


def _differ(one: Label, two: Label) -> bool:
    return one.value != two.value


def _first_of_each(labels: Iterable[Label]) -> list[Label]:
    """The first label of each value in each document: a name told in three documents is told three times."""
    kept: dict[tuple[str, str, str], Label] = {}
    for one in labels:
        kept.setdefault((one.label, one.value, one.passage.document), one)
    return list(kept.values())[:_MOST_LABELS]


def _same_name(first: str, second: str) -> bool:
    """Whether every part of the shorter name is in the longer: whole, as an initial, shortened, or one letter off."""
    short, long = sorted((first.split(), second.split()), key=len)
    return all(any(_same_word(one, two) for two in long) for one in short)


def _same_word(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    if long.startswith(short):
        return True
    if len(long) - len(short) > 1 or len(short) <= len("abc"):
        return False
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


def two_sexes(papers: Sequence[Paper], vocabulary: Vocabulary, relatives: Sequence[str]) -> Iterator[Contradiction]:
    """The patient said to be of two sexes: outright, or by three pronouns and more in a document that has no other.

    A word counts only where no other person was named just before: it may be theirs.
    """
    told = [(paper.scene, one) for paper in papers for one in paper.told if _is_sex(one, vocabulary)]
    if len({one.concept for _, one in told}) < len(("male", "female")):
        return
    of_patient = [(scene, one) for scene, one in told if not holds(up_to(scene, one.start, one.end), relatives)]
    stated: dict[str, Passage] = {}
    pronouns: dict[str, list[tuple[Scene, Told]]] = {}
    for scene, one in of_patient:
        if one.weak:
            pronouns.setdefault(scene.view.document.id, []).append((scene, one))
        else:
            stated.setdefault(one.concept, scene.passage(one.start, one.end))
    spoken = dict(stated)
    for group in pronouns.values():
        scene, one = group[0]
        if len(group) >= _FEWEST_PRONOUNS and len({other.concept for _, other in group}) == 1:
            spoken.setdefault(one.concept, scene.passage(one.start, one.end))
    for first, second in combinations(spoken, 2):
        if second in vocabulary[first].against and (first in stated or second in stated):
            yield Contradiction(vocabulary[first].broader[0], (spoken[first], spoken[second]), "sex")


def _is_sex(told: Told, vocabulary: Vocabulary) -> bool:
    if told.value is not None or told.on is not None or not is_told(told):
        return False
    return told.concept in vocabulary and bool(vocabulary[told.concept].against)
