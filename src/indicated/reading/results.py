"""What tests showed: result words and measured values, tied to the labs and antibodies they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from indicated.model.assertion import Polarity
from indicated.model.concept import Kind
from indicated.model.fact import Result
from indicated.reading.cues import cell_before
from indicated.reading.patterns import lazily
from indicated.reading.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.lexicon import ResultRule
    from indicated.reading.scene import Scene, Seen

_FOR_RESULTS = frozenset((Kind.LAB, Kind.ANTIBODY, Kind.STUDY))
_GLUE = frozenset(
    (
        *("is", "are", "was", "were", "been", "has", "have", "had", "remain", "remains", "remained", "remaining"),
        *("level", "levels", "titer", "titers", "titre", "titres", "serum", "plasma", "blood", "total", "antibody"),
        *("antibodies", "autoantibody", "autoantibodies", "ab", "abs", "of", "for", "in", "at", "the", "a", "an"),
        *("both", "all", "also", "still", "again", "now", "currently", "only", "very", "repeat", "repeated", "latest"),
        *("recent", "initial", "trough", "test", "tests", "testing", "returned", "range", "strongly", "weakly"),
        *("mildly", "slightly", "markedly", "significantly", "persistently", "never", "not", "titered", "count"),
        *("counts", "concentration", "concentrations", "value", "values"),
    )
)
_GLUED = (", all of which", ", both of which", ", which", "came back", "found to be", "noted to be")
_SIGNS = str.maketrans("(=*|", "    ")
_VALUE_BETWEEN = lazily(r"[^;:]{0,40}")
_LIST = lazily(
    r"\)?(?: ?\([^()]{0,40}\))? ?(?:(?:levels?|antibod(?:y|ies)|titers?) ?)?(?:,? ?(?:and|or|&|as well as)|[,/])+ ?"
    r"(?:(?:and|the|anti|serum|both|a|an|levels? of|antibod(?:y|ies)) ?)*-?"
)
_FAR = 80
_THEN = 12


class ResultSeen(Struct, frozen=True):
    """A result word at `start` to `end`, tied to mention number `seen` of the scene."""

    start: int
    end: int
    result: Result
    seen: int


class Results:
    """The result words compiled."""

    __slots__ = ("_phrases",)

    def __init__(self, rules: Iterable[ResultRule]) -> None:
        meanings: dict[str, list[ResultRule]] = {}
        for rule in rules:
            for text in rule.texts:
                meanings.setdefault(text, []).append(rule)
        self._phrases: Phrases[list[ResultRule]] = Phrases(meanings.items())

    def find(self, scene: Scene) -> dict[int, list[ResultSeen]]:
        """For each mention of a lab or antibody that was given a result: the words, nearest first."""
        found: dict[int, list[ResultSeen]] = {}
        tests = [at for at, seen in enumerate(scene.seen) if seen.kind in _FOR_RESULTS]
        if not tests:
            return found
        by_sentence: dict[int, list[int]] = {}
        for at in tests:
            by_sentence.setdefault(scene.seen[at].sentence, []).append(at)
        words: dict[int, list[tuple[int, int, list[ResultRule]]]] = {}
        for spoken in self._phrases.find(scene.view.flat, scene.view.words):
            number = scene.judge.sentence_at(spoken.start)
            if number in by_sentence and not _inside(scene, by_sentence[number], spoken.start, spoken.end):
                if any(_changes(scene.view.flat, rule, spoken.end) for rule in spoken.meaning):
                    continue
                words.setdefault(number, []).append((spoken.start, spoken.end, spoken.meaning))
        for number, said in words.items():
            for one in _tied(scene, by_sentence[number], said):
                found.setdefault(one.seen, []).append(one)
        return found


def _changes(flat: str, rule: ResultRule, end: int) -> bool:
    """Whether the words after a result word make it a change, not a result."""
    return bool(rule.unless_then) and flat[end : end + _THEN].split(" ")[1:2] in [[word] for word in rule.unless_then]


def _inside(scene: Scene, tests: Sequence[int], start: int, end: int) -> bool:
    return any(scene.seen[at].start <= start and end <= scene.seen[at].end for at in tests)


def _tied(scene: Scene, tests: Sequence[int], said: Sequence[tuple[int, int, list[ResultRule]]]) -> list[ResultSeen]:
    """Result words of one sentence tied to its tests: each to its neighbour and to that neighbour's list."""
    found: list[ResultSeen] = []
    last: list[int] = []
    words_first = said[0][0] < scene.seen[tests[0]].start
    for at, (start, end, rules) in enumerate(said):
        floor = said[at - 1][1] if at else 0
        ceiling = said[at + 1][0] if at + 1 < len(said) else len(scene.view.flat)
        before = [] if _told_of_more(scene, tests, start) else _behind(scene, tests, start, floor)
        ahead = _ahead(scene, tests, end, ceiling)
        if (
            ahead
            and "|" in scene.view.flat[end : scene.seen[ahead[0]].start]
            and cell_before(scene.view.flat, start).strip()
        ):
            ahead = []
        chosen = (ahead or before) if words_first or _headed(scene, before, ahead, start) else (before or ahead)
        if not chosen and last and end - scene.seen[last[-1]].end <= _FAR:
            chosen = last[:1]
        last = chosen
        for test in chosen:
            result = _result(scene, rules, scene.seen[test], start, end)
            if result is not None:
                found.append(ResultSeen(start, end, result, test))
    return found


def _told_of_more(scene: Scene, tests: Sequence[int], start: int) -> bool:
    """Whether the word's own cell tells of something else (`Ferritin 500 | rash present`)."""
    flat = scene.view.flat
    own = cell_before(flat, start)
    first = start - len(own)
    if flat[first - 1 : first] != "|" or any(first <= scene.seen[at].start < start for at in tests):
        return False
    return not _only_links(own) and not any(letter.isdigit() for letter in own)


def _headed(scene: Scene, before: Sequence[int], ahead: Sequence[int], start: int) -> bool:
    """Whether the test before a word is the heading of those after it (`Blood counts: adequate WBC, platelets`)."""
    if not before or not ahead:
        return False
    flat = scene.view.flat
    return ":" in flat[scene.seen[before[0]].end : start] and not flat.startswith(":", scene.seen[ahead[0]].end)


def _behind(scene: Scene, tests: Sequence[int], start: int, floor: int) -> list[int]:
    """The test just before the word, and those listed before it."""
    flat = scene.view.flat
    earlier = [at for at in tests if floor <= scene.seen[at].start and scene.seen[at].end <= start]
    if not earlier or not _near(flat, scene.seen[earlier[-1]].end, start, scene):
        return []
    kept = [earlier[-1]]
    for at in reversed(earlier[:-1]):
        last = scene.seen[kept[-1]]
        listed = _LIST.fullmatch(flat, scene.seen[at].end, last.start) is not None
        named = scene.seen[at].concept == last.concept and flat[scene.seen[at].end : last.start].strip() == "("
        if scene.seen[at].end <= last.start and not listed and not named:
            break
        kept.append(at)
    return kept


def _ahead(scene: Scene, tests: Sequence[int], end: int, ceiling: int) -> list[int]:
    """The test just after the word, and those listed after it."""
    flat = scene.view.flat
    later = [at for at in tests if end <= scene.seen[at].start < ceiling]
    if not later or scene.seen[later[0]].start - end > _FAR or not _only_links(flat[end : scene.seen[later[0]].start]):
        return []
    kept = [later[0]]
    for at in later[1:]:
        if scene.seen[kept[-1]].end <= scene.seen[at].start and not _LIST.fullmatch(
            flat, scene.seen[kept[-1]].end, scene.seen[at].start
        ):
            break
        kept.append(at)
    return kept


def _near(flat: str, end: int, start: int, scene: Scene) -> bool:
    """Whether only linking words, or a value, stand between a test and the result word after it."""
    if start - end > _FAR:
        return False
    if _only_links(flat[end:start]):
        return True
    values = scene.numbers_in(end, start)
    return bool(values) and _VALUE_BETWEEN.fullmatch(flat, end, start) is not None


def _only_links(gap: str) -> bool:
    """Whether nothing but words that link a test with its result stands in a gap, and at most a colon at its end."""
    words = gap.rstrip(" (=*:|")
    for phrase in _GLUED:
        words = words.replace(phrase, "was")
    return all(not word or word in _GLUE for word in words.translate(_SIGNS).split(" "))


_OPPOSITE = {
    Result.ELEVATED: Result.NORMAL,
    Result.LOW: Result.NORMAL,
    Result.NORMAL: Result.ABNORMAL,
    Result.ABNORMAL: Result.NORMAL,
    Result.POSITIVE: Result.NEGATIVE,
    Result.NEGATIVE: Result.POSITIVE,
}


def _denied(scene: Scene, start: int, end: int) -> bool:
    """Whether words before the result word deny it (`never elevated`); what stands after it, or before a comma, speaks
    of another test (`no hemolysis, elevated CRP`).
    """
    said = scene.judge.judge(start, end)
    if said.polarity is not Polarity.ABSENT:
        return False
    text = scene.view.document.text
    first, _ = scene.view.span(start, end)
    return any(
        cue.axis == "polarity" and cue.end is not None and cue.end <= first and "," not in text[cue.end : first]
        for cue in said.because
    )


def _result(scene: Scene, rules: Sequence[ResultRule], seen: Seen, start: int, end: int) -> Result | None:
    """What the word says of this kind of test; the opposite when the word itself is denied."""
    kind = Kind.ANTIBODY if seen.kind is Kind.STUDY else seen.kind
    for rule in rules:
        if kind in rule.kinds:
            denied = _denied(scene, start, end)
            result = _OPPOSITE[rule.result] if denied else rule.result
            if kind is Kind.ANTIBODY:
                return Result.NEGATIVE if result in (Result.NEGATIVE, Result.NORMAL) else Result.POSITIVE
            return result
    return None
