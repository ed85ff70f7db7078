"""Drugs as they are told: sentences cut into clauses, clauses into lists of drugs that share what is said of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.model.concept import Kind
from indicated.model.lexicon_therapy import TherapyLexicon
from indicated.reading.numbers import NumberKind
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.scene import Seen, Sentence

if TYPE_CHECKING:
    from indicated.reading.scene import Scene
    from indicated.reading.view import View

_ASIDE = lazily(r"\([^()]*\)|\[[^\[\]]*\]")
_SAYS = lazily(r"[^\W\d_]{2}")
_WORD = lazily(r"[a-z0-9][a-z0-9.%'-]*")
_NUMBER = lazily(r"[\d.,%x-]+")
_JOINT = lazily(r"[,;/|]| (?:and|but|then|plus) |\s\(?[0-9a-h][.)]\s")
_PLAIN = lazily(r"[\s,;/&+\d.%-]*(?:and|plus)?\s*(?:oral|iv|sc|po)?\s*")
_AND = lazily(r"(?:^|[\s,])(?:and|or|nor|&)\s")
_COMMA_AND = lazily(r"\s*,\s*and\b")
_ADJECTIVES = lazily(r" (?:(?!of\b)[a-z-]+ ){0,3}")
_NO_COUNT = lazily(r"\b(?:of|step|tier|line|grade|type|phase|stage|part|class|no\.?|number) ?$")
_OF_DATES = frozenset(("from", "until", "till", "to", "in", "for", "since", "between", "and", "through"))
_COUNTED = 48
_COUNTS = range(2, 13)
_STRONG = lazily(r"[;:→]|[-=]>")


class Item(Struct, frozen=True):
    """One drug of a list; its own words (brackets, dose) reach to `end`. `asides` are the brackets after it that hold
    words, and not only a dose.
    """

    drug: Seen
    end: int
    asides: tuple[tuple[int, int], ...] = ()


class DrugList(Struct, frozen=True):
    """Drugs told in one breath (`A, B and C`) at `start` to `end`, in one clause. `loose`: with figures of their own
    and without `and`, so that words at the end are of the last (`A 10 mg, B 5 mg, C stopped`).
    """

    items: tuple[Item, ...]
    start: int
    end: int
    clause: int
    loose: bool = False


class Telling(Struct, frozen=True):
    """One sentence: where its clauses start, its lists in order, its brackets, and its text with the brackets, doses
    and dates blanked out (same offsets, from `start`). `drugs` are where its drugs start, `own_words` the clauses among
    `clauses` that begin because the drug before has words of its own (`A failed, B ongoing`). `only_drugs`: it is one
    list of two drugs or more and nothing else. `doses` are the brackets that hold nothing but doses and dates.
    """

    start: int
    end: int
    clauses: tuple[int, ...]
    lists: tuple[DrugList, ...]
    asides: tuple[tuple[int, int], ...]
    bare: str
    text: str
    drugs: tuple[int, ...] = ()
    own_words: tuple[int, ...] = ()
    only_drugs: bool = False
    doses: frozenset[tuple[int, int]] = frozenset()

    def after(self, at: int) -> int:
        """Where the first drug after `at` starts; the end of the sentence when there is none."""
        following = bisect_right(self.drugs, at)
        return self.drugs[following] if following < len(self.drugs) else self.end

    def clause_of(self, at: int) -> int:
        """The number of the clause in which `at` stands."""
        return max(bisect_right(self.clauses, at) - 1, 0)

    def gap(self, start: int, end: int) -> str:
        """The text between two places, brackets, doses and dates blanked out."""
        return self.bare[start - self.start : end - self.start]

    def aside_of(self, at: int) -> tuple[int, int] | None:
        """The bracket in which `at` stands."""
        before = bisect_right(self.asides, (at, len(self.bare) + self.start)) - 1
        found = self.asides[before] if before >= 0 else None
        return found if found is not None and found[0] <= at < found[1] else None


class ListReader:
    """The words between drugs and clauses compiled. Immutable after construction."""

    __slots__ = ("_between", "_breaks")

    def __init__(self, lexicon: TherapyLexicon) -> None:
        self._breaks: Phrases[bool] = Phrases((text, True) for text in lexicon.breaks)
        self._between = frozenset(word for text in lexicon.between for word in _WORD.findall(text))

    def breaks(self, view: View) -> Sequence[int]:
        """Where clauses of a text break, in order."""
        return [spoken.start for spoken in self._breaks.find(view.flat, view.words)]

    def read(  # noqa: PLR0913, PLR0917 - a sentence with all that stands in it
        self,
        flat: str,
        sentence: Sentence,
        breaks: Sequence[int],
        drugs: Sequence[Seen],
        spans: Iterable[tuple[int, int]],
        status: Sequence[tuple[int, int]] = (),
    ) -> Telling:
        """A sentence with its drugs; `breaks` are those of the whole text, `spans` doses, dates and lengths of time,
        `status` the words that say of a drug before them how it stands.
        """
        start, end = sentence.start, sentence.end
        text = flat[start:end]
        asides = tuple((match.start() + start, match.end() + start) for match in _ASIDE.finditer(text))
        dosed = _blanked(text, start, spans)
        doses = frozenset(one for one in asides if not _SAYS.search(dosed[one[0] - start : one[1] - start]))
        bare = _blanked(dosed, start, asides)
        clauses = (start, *breaks[bisect_right(breaks, start) : bisect_left(breaks, end)])
        whole = Telling(start, end, clauses, (), asides, bare, text)
        clauses = tuple(at for at in clauses if at == start or whole.aside_of(at) is None)
        own = self._own_words(whole, drugs, status)
        clauses = tuple(sorted({*clauses, *own}))
        telling = Telling(start, end, clauses, (), asides, bare, text, doses=doses)
        lists = self._lists(telling, [drug for drug in drugs if telling.aside_of(drug.start) is None])
        inside = [drug for drug in drugs if telling.aside_of(drug.start) is not None]
        lists += [DrugList((Item(d, d.end),), d.start, d.end, telling.clause_of(d.start)) for d in inside]
        ordered = tuple(sorted(lists, key=lambda one: one.start))
        return Telling(
            start,
            end,
            clauses,
            ordered,
            asides,
            bare,
            text,
            tuple(drug.start for drug in drugs),
            own,
            self._only_drugs(telling, lists),
            doses,
        )

    def _only_drugs(self, telling: Telling, lists: Sequence[DrugList]) -> bool:
        if len(lists) != 1 or len(lists[0].items) < 2:  # noqa: PLR2004 - a list has two
            return False
        if any(item.asides for item in lists[0].items):
            return False
        first, last = lists[0].items[0].drug.start, lists[0].items[-1].drug.end
        around = telling.gap(telling.start, first) + telling.gap(last, telling.end)
        gaps = (telling.gap(one.end, other.drug.start) for one, other in pairwise(lists[0].items))
        return not _WORD.search(around) and all(_PLAIN.fullmatch(gap) for gap in gaps)

    def _own_words(self, telling: Telling, drugs: Sequence[Seen], status: Sequence[tuple[int, int]]) -> tuple[int, ...]:
        """Where the words about one drug end and the next drug begins: after `A failed`, `A not tolerated`."""
        found = []
        starts = [start for start, _ in status]
        for drug, following in pairwise(drugs):
            first = bisect_left(starts, drug.end)
            if first == len(status) or status[first][1] > following.start:
                continue
            start, end = status[first]
            if telling.aside_of(start) is not None:
                continue
            joint = _JOINT.search(telling.bare, end - telling.start, following.start - telling.start)
            if joint is not None and self.only_between(telling.gap(drug.end, start)):
                found.append(telling.start + joint.start())
        return tuple(found)

    def _lists(self, telling: Telling, drugs: Sequence[Seen]) -> list[DrugList]:
        """Drugs in one clause with only list words between them. After `and` the next comma begins another list
        (`on A and B, C having been stopped`), and `A, and B` is no list of two.
        """
        groups: list[list[Seen]] = []
        gaps: list[str] = []
        for drug in drugs:
            last = groups[-1][-1] if groups else None
            gap = telling.gap(last.end, drug.start) if last is not None else ""
            joined = last is not None and telling.clause_of(last.start) == telling.clause_of(drug.start)
            comma_and = _COMMA_AND.match(gap) is not None
            closed = (
                any(_AND.search(one) for one in gaps) and ("," in gap or _AND.search(gap) is None) and not comma_and
            )
            if joined and not closed and self.only_between(gap):
                groups[-1].append(drug)
                gaps.append(gap)
                continue
            _parted(groups, gaps)
            groups.append([drug])
            gaps = []
        _parted(groups, gaps)
        starts = [drug.start for drug in drugs]
        return [_made(telling, group, starts) for group in groups]

    def count_before(self, scene: Scene, drug: Seen) -> int:
        """How many drugs of a class are told of (`two older biologics`): 1 where no number leads to it."""
        before = scene.numbers_in(max(drug.start - _COUNTED, 0), drug.start) if drug.kind is Kind.DRUG_CLASS else ()
        for number in before[-1:]:
            flat = scene.view.flat
            whole = number.kind is NumberKind.PLAIN and number.low == number.high and number.low in _COUNTS
            words = flat[number.end : drug.start]
            led = _ADJECTIVES.fullmatch(words) is not None and self.only_between(words)
            amount = scene.quantities_in(number.start, number.first + 1) or _NO_COUNT.search(
                flat[max(number.start - 8, 0) : number.start]
            )
            if whole and led and not amount:
                return int(number.low)
        return 1

    def only_between(self, gap: str) -> bool:
        """Whether nothing but list words, commas and figures stands in the gap."""
        if _STRONG.search(gap):
            return False
        return all(word in self._between or _NUMBER.fullmatch(word) for word in _words(gap))


def _parted(groups: list[list[Seen]], gaps: Sequence[str]) -> None:
    """`A, and B` as two lists of one."""
    if len(gaps) == 1 and _COMMA_AND.match(gaps[0]):
        groups[-1:] = [[drug] for drug in groups[-1]]


def _words(gap: str) -> list[str]:
    return [word.strip(".'-") for word in _WORD.findall(gap)]


def _said(gap: str) -> bool:
    """Whether there are words in a gap, other than figures and those of dates."""
    return any(not _NUMBER.fullmatch(word) and word not in _OF_DATES for word in _words(gap))


def _made(telling: Telling, group: Sequence[Seen], starts: Sequence[int]) -> DrugList:
    """A list, each drug with the brackets that follow it before the next drug."""
    items = []
    for drug in group:
        after = bisect_right(starts, drug.start)
        following = starts[after] if after < len(starts) else telling.end
        first, last = bisect_left(telling.asides, (drug.end, 0)), bisect_left(telling.asides, (following, 0))
        near = telling.asides[first:last]
        asides = tuple(aside for aside in near if not _said(telling.gap(drug.end, aside[0])))
        said = tuple(aside for aside in asides if aside not in telling.doses)
        items.append(Item(drug, asides[-1][1] if asides else drug.end, said))
    gaps = [(one.end, other.start) for one, other in pairwise(group)]
    dosed = any(
        char.isdigit() for first, last in gaps for char in telling.text[first - telling.start : last - telling.start]
    )
    loose = dosed and not any(_AND.search(telling.gap(first, last)) for first, last in gaps)
    return DrugList(tuple(items), group[0].start, items[-1].end, telling.clause_of(group[0].start), loose)


def _blanked(text: str, start: int, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spaces for every span."""
    pieces: list[str] = []
    done = 0
    for first, last in sorted(spans):
        a, b = max(first - start, done), min(last - start, len(text))
        if a < b:
            pieces += [text[done:a], " " * (b - a)]
            done = b
    return "".join([*pieces, text[done:]])
