"""Which words about therapies speak of which drugs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indicated.model.lexicon_therapy import CueReach, TherapyCue, TherapyLexicon
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases
from indicated.reading.therapy_lean import Leaner
from indicated.reading.therapy_links import (
    ALL,
    ARROW,
    TO,
    arrows,
    give_reasons,
    link,
    link_aside,
    moved_on,
    share_members,
    without,
)
from indicated.reading.therapy_lists import DrugList, ListReader, Telling
from indicated.reading.therapy_said import Links, Said, weakened

_TOWARDS = lazily(r"(?:^|[ -])(?:to|of|with|on|from|after|by|despite|prior|for|include|includes|included|through)$")
_UNDER = lazily(
    r"\b(?:on|after|since|under|during|while taking|while receiving)(?: (?:starting|initiating|beginning|adding|the|"
    r"addition of|introduction of|taking|receiving|current|his|her|their|this|high[- ]dose|low[- ]dose|oral|iv|monthly|"
    r"weekly|daily|treatment with|therapy with|combination|both|topical|maintenance|chronic))* *$"
)
_NOTED = lazily(r"[\s\d]*[-:|][-:|\s\d]*")
_FAR = 90
_GOES_ON = lazily(
    r"[\s,;]*(?:(?:but|yet|and yet|though|although|however)[\s,]*(?:it |they |this |these )?|"
    r"(?:it|they|this|these) )"
)
_OF_SUBJECT = (CueReach.BEHIND, CueReach.EITHER)
_OUTSIDE = (CueReach.UNDER, CueReach.LINES, CueReach.PRECEDING, CueReach.CLAUSE)


class CueReader:
    """The therapy cues compiled. Immutable after construction."""

    __slots__ = ("_leaner", "_lists", "_phrases", "_tenses", "labels")

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
        return tuple(sorted([*weakened(flat, said), *tenses], key=lambda one: one.start))

    def attach(self, flat: str, telling: Telling, said: Sequence[Said], links: Links) -> None:
        """Add to `links` what the cues of one sentence say of its own drugs."""
        arrows(telling, links)
        for words in said:
            aside = telling.aside_of(words.start)
            onward = self._onward(telling, words) if aside is None else []
            for cue in words.cues:
                if aside is not None:
                    if cue.reach not in _OUTSIDE:
                        link_aside(telling, aside, words, cue, links)
                    continue
                if cue.reach is CueReach.BEHIND and any(cue.sets.items() & other.sets.items() for other in onward):
                    continue
                for one in self._reached(flat, telling, words, cue, said):
                    link(one.items, one, words, cue, links)
            moved_on(flat, telling, words, links)
        give_reasons(telling, said, links)
        without(flat, telling, links)
        share_members(telling, links)

    def _onward(self, telling: Telling, words: Said) -> list[TherapyCue]:
        """The cues that speak of a drug right after the words (`refused A`): they say the same of none before."""
        onward = [cue for cue in words.cues if cue.reach in (CueReach.AHEAD, CueReach.NEXT)]
        ahead = next((one for one in telling.lists if one.start >= words.end), None) if onward else None
        return onward if ahead is not None and self._adjoins(telling, words.end, ahead.start) else []

    def _reached(
        self, flat: str, telling: Telling, words: Said, cue: TherapyCue, said: Sequence[Said]
    ) -> Iterable[DrugList]:
        """The lists of the sentence that a cue speaks of."""
        clause = telling.clause_of(words.start)
        lists = [one for one in telling.lists if not telling.aside_of(one.start)]
        ahead, behind = self._around(flat, telling, words, cue, lists)
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

    def _around(
        self, flat: str, telling: Telling, words: Said, cue: TherapyCue, lists: Sequence[DrugList]
    ) -> tuple[Sequence[DrugList], Sequence[DrugList]]:
        """The lists after and before the words. What begins a clause without a drug (`A helped, but wore off`) goes on
        about the drugs before that clause.
        """
        clause = telling.clause_of(words.start)
        ahead = [one for one in lists if one.start >= words.end and one.clause == clause]
        behind = [one for one in lists if one.end <= words.start and one.clause == clause]
        if behind or cue.reach not in _OF_SUBJECT:
            return ahead, behind
        if not ahead:
            return ahead, [one for one in lists if one.end <= words.start]
        begun = telling.clauses[clause]
        goes_on = _GOES_ON.fullmatch(flat, begun, words.start) is not None
        if goes_on and not self._adjoins(telling, words.end, ahead[0].start):
            earlier = [one for one in lists if one.end <= begun]
            return ([] if earlier else ahead), earlier
        return ahead, behind

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
        if (before.endswith(" from") and TO.match(gap) is not None) or ARROW.fullmatch(gap) is not None:
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
        if near and not (ahead and towards and flat[words.start : words.end].endswith((" to", " of", " from"))):
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


def _phrases(cues: Iterable[TherapyCue]) -> Phrases[tuple[TherapyCue, ...]]:
    by_text: dict[str, tuple[TherapyCue, ...]] = {}
    for cue in cues:
        alone = (cue,)
        for text in cue.texts:
            by_text[text] = by_text[text] + alone if text in by_text else alone
    return Phrases(by_text.items())


def _own_part(one: DrugList, words: str) -> DrugList:
    """`A (nausea), B (no benefit) and C with some benefit`: where each drug has its own words, the last are C's."""
    if not (one.loose or any(item.asides for item in one.items[:-1])) or ALL.search(words):
        return one
    return DrugList(one.items[-1:], one.items[-1].drug.start, one.end, one.clause)
