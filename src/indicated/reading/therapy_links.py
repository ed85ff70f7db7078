"""Cues tied to drugs: brackets, arrows, switches, reasons, members of a class, and the sentences after."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from indicated.model.concept import Kind
from indicated.model.lexicon_therapy import CueReach, TherapyCue
from indicated.reading.patterns import lazily
from indicated.reading.therapy_forms import label_of
from indicated.reading.therapy_lists import DrugList, Item, Telling
from indicated.reading.therapy_said import OWN, Attached, Links, Said

ALL = lazily(r"(?:^|[(\[\s])(?:both|all|each|neither|none|these)\b")
_PRONOUN = lazily(
    r"\b(?:it|this|these|they|them|both|all of|each|neither|none|(?:the|that) (?:drug|drugs|medication|medications|"
    r"medicine|treatment|treatments|therapy|latter|former|infusions|course|agent|agents|product|combination|trial|last|"
    r"first))\b"
)
_ONE_OF = lazily(r"\bthe (latter|former)\b")
_WHOLES = (Kind.DRUG_CLASS, Kind.TREATMENT)
_NAMELY = lazily(
    r"(?:\b(?:namely|including|includes?|such as|specifically|i\.?e\.?,?|viz\.?|to wit|e\.g\.,?)|:|\s-)\s*$"
)
_WORDS = lazily(r"[^\W_]{2}")
_YES = lazily(r"^[\s\W]*yes\b")
TO = lazily(r"\s*(?:[a-z]+ )?to\b")
ARROW = lazily(r"[\s,]*(?:-+>|=+>|→|>)\s*")
_WHEN = lazily(
    r"\b(?:when(?:ever)?|after|once|(?:each|every) time|as soon as|following|since|within \w+ \w+ of)"
    r"(?: [a-z'-]+){0,3} ?$"
)
_COURSE_DONE = lazily(r"\b(?:end(?:ed|s)?|complet\w+|finish\w+)\b")
"""A course that was given to its end was not taken away."""
_NEAR_LIST = 48
_LOSSES = frozenset(
    (
        *(
            ("outcome", "failed"),
            ("outcome", "worsened"),
            ("end_reason", "inefficacy"),
            ("end_reason", "adverse_event"),
        ),
        *(("tolerance", "intolerant"), ("end_reason", "other")),
    )
)
_OF_NAMED = ("never", "planned")
_OF_BEFORE = (CueReach.BEHIND, CueReach.EITHER, CueReach.REASON)
_NOW = TherapyCue("switched-from-to", (), CueReach.NEXT, {"stage": "current"}, 4)
_LEFT = TherapyCue("arrow-from", (), CueReach.NEXT, {"stage": "past", "date": "ended"}, 3)
_NEXT = TherapyCue("move-to", (), CueReach.NEXT, {"stage": "planned"}, 5)
_STILL = TherapyCue("move-from", (), CueReach.NEXT, {"stage": "current"}, 5)
_JOINED = TherapyCue("adding", (), CueReach.NEXT, {"stage": "planned", "role": "concomitant"}, 1)
_BESIDE = TherapyCue("added-to", (), CueReach.NEXT, {"stage": "current", "role": "concomitant"}, 4)


def preceding(
    telling: Telling, said: Sequence[Said], earlier: Sequence[DrugList], links: Links, labels: frozenset[str]
) -> None:
    """What a sentence says of the drugs of the sentence before (`despite this`, `it was stopped because of`,
    `Tolerated.`). `It` is the last of them, `both` and a sentence without any pronoun are all.
    """
    own = bool(telling.lists)
    named = _PRONOUN.search(telling.bare) is not None
    back = not own and bool(said) and (named or _begins_with_it(telling, said[0], labels))
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
                    link(one.items[:1] if one_of[1] == "former" else one.items[-1:], one, words, cue, links)
                    continue
                current = [one for one in earlier if _is_current(one, links)]
                for one in current or earlier:
                    link(one.items, one, words, cue, links)


def _begins_with_it(telling: Telling, first: Said, labels: frozenset[str]) -> bool:
    """Whether a sentence without drugs or pronouns goes on about those of the sentence before: it has a label for that
    (`Outcome:`), or begins with what is said of them.
    """
    before = telling.text[: max(first.start - telling.start, 0)]
    return label_of(telling.text) in labels or not _WORDS.search(_YES.sub("", before))


def arrows(telling: Telling, links: Links) -> None:
    """`A -> B`: A is over, B is what is taken now."""
    for one, other in pairwise(telling.lists):
        gap = telling.gap(one.end, other.start)
        if ARROW.fullmatch(gap):
            at = Said(one.end, other.start, ())
            link(one.items, one, at, _LEFT, links)
            link(other.items, other, at, _NOW, links)


def give_reasons(telling: Telling, said: Sequence[Said], links: Links) -> None:
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
                link(ended, one, words, cue, links)
            if ended:
                break


def without(flat: str, telling: Telling, links: Links) -> None:
    """`Infections came back when A was stopped`, `after stopping A`: what came then came without the drug, which did
    not fail by it nor was badly borne.
    """
    for one in telling.lists:
        led = _WHEN.search(flat, max(telling.start, one.start - _NEAR_LIST), one.start)
        for item in one.items if led is not None else ():
            attached = links.get(item.drug.start, [])
            ends = [
                told for told in attached if _is_end(told.cue) and not _COURSE_DONE.search(flat, told.start, told.end)
            ]
            off = [told.end for told in ends if led is not None and _stands_by(flat, one, led.start(), told)]
            if off and led is not None:
                links[item.drug.start] = [told for told in attached if _is_without(told, led.start(), max(off))]


def _is_without(told: Attached, start: int, end: int) -> bool:
    """Whether words may be of a drug that was stopped by what stands at `start` to `end`: inside it no word that it
    goes on (`since A was stopped`), outside it no loss.
    """
    if start <= told.start < end:
        return told.cue.sets.get("stage") != "current"
    return _LOSSES.isdisjoint(told.cue.sets.items())


def _stands_by(flat: str, one: DrugList, led: int, told: Attached) -> bool:
    """Whether words of an end stand with a drug in what `when` or `after` begins."""
    gap = flat[one.end : told.start] if told.start >= one.end else flat[told.end : one.start]
    return told.start >= led and not ("," in gap or ";" in gap)


def share_members(telling: Telling, links: Links) -> None:
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


def moved_on(flat: str, telling: Telling, words: Said, links: Links) -> None:
    """`switched from A to B`: B is what is taken now; `would like to move from A to B`: A still is, and B is planned.
    `adding A to B`: B goes on, each beside the other.
    """
    planned = any(cue.sets.get("stage") == "planned" for cue in words.cues)
    adding = planned and any(cue.reach is CueReach.NEXT for cue in words.cues)
    if not adding and not flat[words.start : words.end].endswith((" from", "from ")):
        return
    ahead = [one for one in telling.lists if one.start >= words.end]
    if len(ahead) < 2 or not TO.match(telling.gap(ahead[0].end, ahead[1].start)):  # noqa: PLR2004 - a pair
        return
    left, taken = ahead[:2]
    link(taken.items, taken, words, _BESIDE if adding else _NEXT if planned else _NOW, links)
    if planned:
        link(left.items, left, words, _JOINED if adding else _STILL, links)


def _is_current(one: DrugList, links: Links) -> bool:
    return any(
        attached.cue.sets.get("stage") == "current" for item in one.items for attached in links.get(item.drug.start, ())
    )


def link(items: Sequence[Item], one: DrugList, words: Said, cue: TherapyCue, links: Links) -> None:
    """A cue of some drugs of a list; the nearer the list to the words, the more it counts."""
    distance = max(one.start - words.end, words.start - one.end, 0)
    for item in items:
        links.setdefault(item.drug.start, []).append(Attached(cue, words.start, words.end, distance, cue.rank))


def link_aside(telling: Telling, aside: tuple[int, int], words: Said, cue: TherapyCue, links: Links) -> None:
    """A bracket speaks of the drug before it; of the whole list when it says so, or of the drugs inside it."""
    inside = [one for one in telling.lists if aside[0] <= one.start < aside[1]]
    if inside:
        for one in inside:
            link(one.items, one, words, cue, links)
        return
    for at, one in enumerate(telling.lists):
        for item in one.items:
            if aside in item.asides:
                left = telling.lists[at - 1] if at and any(cue.reach is CueReach.REASON for cue in words.cues) else None
                if left is not None and (TO.match(gap := telling.gap(left.end, one.start)) or ARROW.fullmatch(gap)):
                    link(left.items, left, words, cue, links)
                    continue
                whole = ALL.match(telling.text, aside[0] - telling.start) is not None
                for target in one.items if whole else (item,):
                    links.setdefault(target.drug.start, []).append(
                        Attached(cue, words.start, words.end, 0, cue.rank + OWN)
                    )
