"""Which words about therapies speak of which drugs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from indicated.model.concept import Kind
from indicated.model.lexicon_therapy import CueReach, TherapyCue, TherapyLexicon
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.therapy_forms import label_of
from indicated.reading.therapy_lean import Leaner
from indicated.reading.therapy_lists import DrugList, Item, ListReader, Telling

_TOWARDS = lazily(r"(?:^|[ -])(?:to|of|with|on|from|after|by|despite|prior|for|include|includes|included|through)$")
_ALL = lazily(r"(?:^|[(\[\s])(?:both|all|each|neither|none|these)\b")
_OR = lazily(r"(?:\s*,)?\s*(?:or|and/or|/)\s*(?:has |had |have |was |were |an? |is |are )*$")
_COMMA = lazily(r"\s*,\s*(?:an? )?$")
_UNDER = lazily(
    r"\b(?:on|after|since|under|during|while taking|while receiving)(?: (?:starting|initiating|beginning|adding|the|"
    r"addition of|introduction of|taking|receiving|current|his|her|their|this|high[- ]dose|low[- ]dose|oral|iv|monthly|"
    r"weekly|daily|treatment with|therapy with|combination|both|topical|maintenance|chronic))* *$"
)
_PRONOUN = lazily(
    r"\b(?:it|this|these|they|them|both|all of|each|neither|none|(?:the|that) (?:drug|drugs|medication|medications|medicine|"
    r"treatment|treatments|therapy|latter|former|infusions|course|agent|agents|product|combination|trial|last|first))\b"
)
_ONE_OF = lazily(r"\bthe (latter|former)\b")
_WHOLES = (Kind.DRUG_CLASS, Kind.TREATMENT)
_NAMELY = lazily(r"(?:\b(?:namely|including|includes?|such as|specifically|i\.?e\.?,?|viz\.?|to wit|e\.g\.,?)|:|\s-)\s*$")
_WORDS = lazily(r"[^\W_]{2}")
_TO = lazily(r"\s*(?:[a-z]+ )?to\b")
_ARROW = lazily(r"[\s,]*(?:-+>|=+>|→|>)\s*")
_NOTED = lazily(r"[\s\d]*[-:|][-:|\s\d]*")
_FAR = 90
_OUTSIDE = (CueReach.UNDER, CueReach.LINES, CueReach.PRECEDING, CueReach.CLAUSE)
_STATUS = (CueReach.BEHIND, CueReach.EITHER, CueReach.LAST, CueReach.ASIDE)
_JUDGED_AXES = frozenset(("stage", "outcome", "tolerance", "end_reason"))
_OF_NAMED = ("never", "planned")
_OF_BEFORE = (CueReach.BEHIND, CueReach.EITHER, CueReach.REASON)
_OWN = 100


class Said(Struct, frozen=True):
    """Words at `start` to `end` with what they may mean."""

    start: int
    end: int
    cues: tuple[TherapyCue, ...]

    @property
    def of_before(self) -> bool:
        """Whether the words may say how a drug before them stands."""
        return any(cue.reach in _STATUS and not _JUDGED_AXES.isdisjoint(cue.sets) for cue in self.cues)


class Attached(Struct, frozen=True):
    """A cue that speaks of a drug, and from how far. Its rank counts before its distance."""

    cue: TherapyCue
    start: int
    end: int
    distance: int
    rank: int


_NOW = TherapyCue("switched-from-to", (), CueReach.NEXT, {"stage": "current"}, 4)
_LEFT = TherapyCue("arrow-from", (), CueReach.NEXT, {"stage": "past", "date": "ended"}, 3)
_NEXT = TherapyCue("move-to", (), CueReach.NEXT, {"stage": "planned"}, 5)
_STILL = TherapyCue("move-from", (), CueReach.NEXT, {"stage": "current"}, 5)
_JOINED = TherapyCue("adding", (), CueReach.NEXT, {"stage": "planned", "role": "concomitant"}, 1)
_BESIDE = TherapyCue("added-to", (), CueReach.NEXT, {"stage": "current", "role": "concomitant"}, 4)
UNCLEAR = "unclear"
"""The stage of a drug that was either tried or never given, the text does not say which."""

Links = dict[int, list[Attached]]
"""The cues of each drug, by where the drug starts."""


class CueReader:
    """The therapy cues compiled. Immutable after construction."""

    __slots__ = ("labels", "_leaner", "_lists", "_phrases", "_tenses")

    def __init__(self, lexicon: TherapyLexicon, lists: ListReader) -> None:
        self._phrases = _phrases(cue for cue in lexicon.cues if cue.reach is not CueReach.CLAUSE)
        self._tenses = _phrases(cue for cue in lexicon.cues if cue.reach is CueReach.CLAUSE)
        self._lists = lists
        self.labels = frozenset(lexicon.labels)
        self._leaner = Leaner(lexicon)

    def find(self, flat: str, stretches: Iterable[tuple[int, int]]) -> tuple[Said, ...]:
        """Every cue in some stretches of a text, in order; what stands in an `or` with another cue says less than
        either.
        """
        lean = self._leaner.lean(flat, stretches)
        said = [Said(*lean.span(one.start, one.end), one.meaning) for one in self._phrases.find(lean.text)]
        tenses = [Said(*lean.span(one.start, one.end), one.meaning) for one in self._tenses.find(lean.text)]
        return tuple(sorted([*_weakened(flat, said), *tenses], key=lambda one: one.start))

    def attach(self, flat: str, telling: Telling, said: Sequence[Said], links: Links) -> None:
        """Add to `links` what the cues of one sentence say of its own drugs."""
        _arrows(telling, links)
        for words in said:
            aside = telling.aside_of(words.start)
            onward = self._onward(telling, words) if aside is None else []
            for cue in words.cues:
                if aside is not None:
                    if cue.reach not in _OUTSIDE:
                        _link_aside(telling, aside, words, cue, links)
                    continue
                if cue.reach is CueReach.BEHIND and any(cue.sets.items() & other.sets.items() for other in onward):
                    continue
                for one in self._reached(flat, telling, words, cue, said):
                    _link(one.items, one, words, cue, links)
            _moved_on(flat, telling, words, links)
        _give_reasons(telling, said, links)
        _share_members(telling, links)

    def _onward(self, telling: Telling, words: Said) -> list[TherapyCue]:
        """The cues that speak of a drug right after the words (`refused A`): the same is then not said of one before."""
        onward = [cue for cue in words.cues if cue.reach in (CueReach.AHEAD, CueReach.NEXT)]
        ahead = next((one for one in telling.lists if one.start >= words.end), None) if onward else None
        return onward if ahead is not None and self._adjoins(telling, words.end, ahead.start) else []

    def _reached(
        self, flat: str, telling: Telling, words: Said, cue: TherapyCue, said: Sequence[Said]
    ) -> Iterable[DrugList]:
        """The lists of the sentence that a cue speaks of."""
        clause = telling.clause_of(words.start)
        lists = [one for one in telling.lists if not telling.aside_of(one.start)]
        ahead = [one for one in lists if one.start >= words.end and one.clause == clause]
        behind = [one for one in lists if one.end <= words.start and one.clause == clause]
        if not ahead and not behind and cue.reach in (CueReach.BEHIND, CueReach.EITHER):
            behind = [one for one in lists if one.end <= words.start]
        why = "end_reason" in cue.sets or cue.sets.get("tolerance") in ("intolerant", "allergic")
        if len(behind) > 1 and why and self._from_to(flat, telling, behind, said):
            behind = behind[:-1]
        near = behind[-1:] if behind and words.start - behind[-1].end <= _FAR else []
        near = [_own_part(one, flat[words.start : words.end]) for one in near]
        match cue.reach:
            case CueReach.LINES:
                return [one for one in lists if one.start >= words.end]
            case CueReach.PRECEDING:
                return [one for one in lists if one.end <= words.start]
            case CueReach.REASON:
                return []
            case CueReach.CLAUSE:
                return [one for one in lists if one.clause == clause]
            case CueReach.BEHIND:
                return near
            case CueReach.EITHER:
                return self._either(flat, telling, words, ahead, near, cue)
            case CueReach.LAST | CueReach.ASIDE:
                return self._last(telling, words, cue, behind)
            case _:
                return self._ahead(telling, words, cue, ahead)

    def _ahead(self, telling: Telling, words: Said, cue: TherapyCue, ahead: Sequence[DrugList]) -> Iterable[DrugList]:
        """The lists after a cue that it reaches."""
        if cue.reach is CueReach.AHEAD:
            return self._run(telling, words, ahead, cue)
        first = ahead[:1]
        if cue.reach is CueReach.NEXT:
            return [one for one in first if self._adjoins(telling, words.end, one.start)]
        return [one for one in first if _UNDER.search(telling.gap(max(words.end, one.start - _FAR), one.start))]

    def _last(self, telling: Telling, words: Said, cue: TherapyCue, behind: Sequence[DrugList]) -> Iterable[DrugList]:
        """The one drug right before a cue, as a list of its own; after a dash or colon for what is noted beside it."""
        for one in behind[-1:]:
            item = one.items[-1]
            noted = cue.reach is CueReach.ASIDE
            gap = telling.gap(item.end, words.start)
            if _NOTED.fullmatch(gap) if noted else self._adjoins(telling, item.end, words.start):
                yield DrugList((item,), item.drug.start, item.end, one.clause)

    def _from_to(self, flat: str, telling: Telling, behind: Sequence[DrugList], said: Sequence[Said]) -> bool:
        """Whether the last two lists are what was given up and what came instead (`from A to B`, `A was changed to
        B`).
        """
        left, taken = behind[-2:]
        before = flat[max(telling.start, left.start - 16) : left.start].rstrip()
        gap = telling.gap(left.end, taken.start)
        if (before.endswith(" from") and _TO.match(gap) is not None) or _ARROW.fullmatch(gap) is not None:
            return True
        between = (one for one in said if left.end <= one.start and one.end <= taken.start)
        moved = [one for one in between if any(cue.sets.get("moved") for cue in one.cues)]
        return any(self._adjoins(telling, one.end, taken.start) for one in moved)

    def _either(  # noqa: PLR0913, PLR0917 - a cue with all that stands around it
        self,
        flat: str,
        telling: Telling,
        words: Said,
        ahead: Sequence[DrugList],
        near: Sequence[DrugList],
        cue: TherapyCue,
    ) -> Iterable[DrugList]:
        towards = _TOWARDS.search(flat[words.start : words.end]) is not None
        if ahead and (towards or self._adjoins(telling, words.end, ahead[0].start)):
            return self._run(telling, words, ahead, cue) if towards else ahead[:1]
        if near and not (towards and flat[words.start : words.end].endswith((" to", " of", " from"))):
            return near
        if not ahead and not near and not any(one.start < words.start for one in telling.lists):
            ahead = telling.lists  # `Well tolerated but ineffective: A, B`
        return [one for one in ahead[:1] if one.start - words.end <= _FAR and not near]

    def _run(self, telling: Telling, words: Said, ahead: Sequence[DrugList], cue: TherapyCue) -> list[DrugList]:
        """The first list ahead, and those after it that only list words part from it. Where a therapy stands also
        holds for the drugs after it that follow at once on words of their own (`tried A without benefit, B, C`).
        """
        run = list(ahead[:1]) if ahead and ahead[0].start - words.end <= _FAR else []
        if run and cue.sets.keys() == {"stage"}:
            ahead = [one for one in telling.lists if one.start >= run[0].start and telling.aside_of(one.start) is None]
        for one in ahead[1:]:
            if not run:
                break
            joint = telling.clauses[one.clause]
            follows = joint in telling.own_words and self._lists.only_between(telling.gap(joint, one.start))
            if not follows and not self._lists.only_between(telling.gap(run[-1].end, one.start)):
                break
            run.append(one)
        return run

    def _adjoins(self, telling: Telling, start: int, end: int) -> bool:
        gap = telling.gap(start, end)
        if "," in gap or " and " in gap:
            return False
        return self._lists.only_between(gap)


def denial(cue: TherapyCue) -> TherapyCue | None:
    """What a cue comes to when it is denied: no help is failure, no side effect and no end say nothing."""
    if cue.sets.get("outcome") in ("effective", "partial"):
        return TherapyCue(cue.id, cue.texts, cue.reach, {"outcome": "failed"}, cue.rank, cue.why)
    return None if cue.sets.get("tolerance") in ("intolerant", "allergic") and "stage" not in cue.sets else cue


def _phrases(cues: Iterable[TherapyCue]) -> Phrases[tuple[TherapyCue, ...]]:
    by_text: dict[str, tuple[TherapyCue, ...]] = {}
    for cue in cues:
        alone = (cue,)
        for text in cue.texts:
            by_text[text] = by_text[text] + alone if text in by_text else alone
    return Phrases(by_text.items())


def _own_part(one: DrugList, words: str) -> DrugList:
    """`A (nausea), B (no benefit) and C with some benefit`: where each drug has its own words, the last are C's."""
    if not (one.loose or any(item.asides for item in one.items[:-1])) or _ALL.search(words):
        return one
    return DrugList(one.items[-1:], one.items[-1].drug.start, one.end, one.clause)


def preceding(
    telling: Telling, said: Sequence[Said], earlier: Sequence[DrugList], links: Links, labels: frozenset[str]
) -> None:
    """What a sentence says of the drugs of the sentence before (`despite this`, `it was stopped because of`,
    `Tolerated.`). `It` is the last of them, `both` and a sentence without any pronoun are all.
    """
    own = bool(telling.lists)
    named = _PRONOUN.search(telling.bare) is not None
    back = not own and bool(said) and (named or _goes_on(telling, said[0], labels))
    labelled = label_of(telling.text) in labels
    one_of = _ONE_OF.search(telling.bare) if back else None
    for words in said:
        if any(one.end <= words.start for one in telling.lists):
            continue
        for cue in words.cues:
            if cue.reach is CueReach.REASON and not any(_is_end(one) for other in said for one in other.cues):
                continue
            mine = cue.reach in _OF_BEFORE or (labelled and cue.reach is CueReach.ASIDE)
            told_back = back and mine and (named or cue.sets.get("stage") not in _OF_NAMED)
            if cue.reach is CueReach.PRECEDING or told_back:
                if one_of is not None and words.start >= telling.start + one_of.start():
                    one = earlier[0 if one_of[1] == "former" else -1]
                    _link(one.items[:1] if one_of[1] == "former" else one.items[-1:], one, words, cue, links)
                    continue
                current = [one for one in earlier if _is_current(one, links)]
                for one in current or earlier:
                    _link(one.items, one, words, cue, links)


def _goes_on(telling: Telling, first: Said, labels: frozenset[str]) -> bool:
    """Whether a sentence without drugs or pronouns goes on about those of the sentence before: it has a label for that
    (`Outcome:`), or begins with what is said of them.
    """
    return label_of(telling.text) in labels or not _WORDS.search(telling.text[: max(first.start - telling.start, 0)])


def _arrows(telling: Telling, links: Links) -> None:
    """`A -> B`: A is over, B is what is taken now."""
    for one, other in pairwise(telling.lists):
        gap = telling.gap(one.end, other.start)
        if _ARROW.fullmatch(gap):
            at = Said(one.end, other.start, ())
            _link(one.items, one, at, _LEFT, links)
            _link(other.items, other, at, _NOW, links)


def _give_reasons(telling: Telling, said: Sequence[Said], links: Links) -> None:
    """Why a drug was ended: the words for a reason speak of the list nearest before them (else after them) of which
    the sentence says that it was ended.
    """
    for words in said:
        reasons = [cue for cue in words.cues if cue.reach is CueReach.REASON]
        if not reasons or telling.aside_of(words.start) is not None:
            continue
        before = [one for one in telling.lists if one.end <= words.start]
        for one in before[-2:][::-1] or telling.lists[:1]:
            ended = [item for item in one.items if _ends(links.get(item.drug.start, ()))]
            for cue in reasons if ended else ():
                _link(ended, one, words, cue, links)
            if ended:
                break


def _share_members(telling: Telling, links: Links) -> None:
    """`Three DMARDs have failed, namely A, B and C`: what is said of the class is said of its members, too, also of
    those in brackets after it.
    """
    for at, one in enumerate(telling.lists[:-1]):
        whole = one.items[-1].drug
        if whole.kind not in _WHOLES or telling.aside_of(whole.start) is not None:
            continue
        following = telling.lists[at + 1 :]
        aside = telling.aside_of(following[0].start)
        gap = telling.text[whole.end - telling.start : following[0].start - telling.start]
        if aside is not None and not _WORDS.search(telling.text[whole.end - telling.start : aside[0] - telling.start]):
            members = [other for other in following if other.start < aside[1]]
        else:
            members = [*following[:1]] if _NAMELY.search(gap) else []
        for item in (item for other in members for item in other.items):
            known = {axis for told in links.get(item.drug.start, ()) for axis in told.cue.sets if axis != "tense"}
            shared = [told for told in links.get(whole.start, ()) if known.isdisjoint(told.cue.sets)]
            links.setdefault(item.drug.start, []).extend(shared)


def _ends(attached: Sequence[Attached]) -> bool:
    return any(_is_end(item.cue) for item in attached)


def _is_end(cue: TherapyCue) -> bool:
    return cue.sets.get("date") == "ended"


def _moved_on(flat: str, telling: Telling, words: Said, links: Links) -> None:
    """`switched from A to B`: B is what is taken now; `would like to move from A to B`: A still is, and B is planned.
    `adding A to B`: B goes on, each beside the other.
    """
    planned = any(cue.sets.get("stage") == "planned" for cue in words.cues)
    adding = planned and any(cue.reach is CueReach.NEXT for cue in words.cues)
    if not adding and not flat[words.start : words.end].endswith((" from", "from ")):
        return
    ahead = [one for one in telling.lists if one.start >= words.end]
    if len(ahead) < 2 or not _TO.match(telling.gap(ahead[0].end, ahead[1].start)):  # noqa: PLR2004 - a pair
        return
    left, taken = ahead[:2]
    _link(taken.items, taken, words, _BESIDE if adding else _NEXT if planned else _NOW, links)
    if planned:
        _link(left.items, left, words, _JOINED if adding else _STILL, links)


def _is_current(one: DrugList, links: Links) -> bool:
    return any(
        attached.cue.sets.get("stage") == "current" for item in one.items for attached in links.get(item.drug.start, ())
    )


def _link(items: Sequence[Item], one: DrugList, words: Said, cue: TherapyCue, links: Links) -> None:
    distance = max(one.start - words.end, words.start - one.end, 0)
    for item in items:
        links.setdefault(item.drug.start, []).append(Attached(cue, words.start, words.end, distance, cue.rank))


def _link_aside(telling: Telling, aside: tuple[int, int], words: Said, cue: TherapyCue, links: Links) -> None:
    """A bracket speaks of the drug before it; of the whole list when it says so, or of the drugs inside it."""
    inside = [one for one in telling.lists if aside[0] <= one.start < aside[1]]
    if inside:
        for one in inside:
            _link(one.items, one, words, cue, links)
        return
    for at, one in enumerate(telling.lists):
        for item in one.items:
            if aside in item.asides:
                left = telling.lists[at - 1] if at and any(cue.reach is CueReach.REASON for cue in words.cues) else None
                if left is not None and (_TO.match(gap := telling.gap(left.end, one.start)) or _ARROW.fullmatch(gap)):
                    _link(left.items, left, words, cue, links)
                    continue
                whole = _ALL.match(telling.text, aside[0] - telling.start) is not None
                for target in one.items if whole else (item,):
                    links.setdefault(target.drug.start, []).append(
                        Attached(cue, words.start, words.end, 0, cue.rank + _OWN)
                    )


def _weakened(flat: str, said: Sequence[Said]) -> Iterator[Said]:
    """`failed or could not tolerate X`: either may hold, so neither is taken; that it was tried may be."""
    groups: list[list[Said]] = []
    for words in said:
        gap = flat[groups[-1][-1].end : words.start] if groups else None
        if gap is not None and (_OR.fullmatch(gap) or _COMMA.fullmatch(gap)):
            groups[-1].append(words)
        else:
            groups.append([words])
    for group in groups:
        gaps = [flat[a.end : b.start] for a, b in pairwise(group)]
        judged = [words for words in group if any(_judges(cue) for cue in words.cues)]
        if not judged[1:] or not any(_OR.fullmatch(gap) for gap in gaps):
            yield from group
            continue
        never = any(cue.sets.get("stage") == "never" for words in group for cue in words.cues)
        for words in group[-1:]:
            yield Said(words.start, words.end, tuple(_tried(cue, UNCLEAR if never else "past") for cue in words.cues))


def _judges(cue: TherapyCue) -> bool:
    return "outcome" in cue.sets or "tolerance" in cue.sets


def _tried(cue: TherapyCue, stage: str) -> TherapyCue:
    return TherapyCue(cue.id, cue.texts, cue.reach, {"stage": stage}, cue.rank, cue.why)
