"""ICD-10-CM codes in a text: kept with the diagnosis beside them, or a mention of the one they name."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from indicated.model.concept import Kind
from indicated.reading.patterns import lazily
from indicated.reading.scene import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicated.model.concept import Concept, Vocabulary
    from indicated.reading.judge import Judge
    from indicated.reading.view import View

_SYSTEM = "icd10cm"
_CODE = lazily(r"(?<![\w.-])[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?(?![\w]|-[A-Z]\d|\.\d)")
_BESIDE = 4
_LONGEST = 120
_NAMED = lazily(r"(?:\bicd(?:-?10)?(?:-?cm)?|\bcodes?|\bdx|\bdiagnos[ei]s|[(\[,;/])[ :#]*$")


class Codes:
    """The vocabulary's codes compiled."""

    __slots__ = ("_owners", "_vocabulary")

    def __init__(self, concepts: Iterable[Concept], vocabulary: Vocabulary) -> None:
        owners: dict[str, list[str]] = {}
        for concept in concepts:
            for code in concept.codes.get(_SYSTEM, ()):
                owners.setdefault(code, []).append(concept.id)
        self._owners = owners
        self._vocabulary = vocabulary

    def find(self, view: View) -> list[tuple[int, int, str]]:
        """Every code as start, end and code. A code without a dot must be in the vocabulary or be called a code."""
        return [
            (match.start(), match.end(), match.group())
            for match in _CODE.finditer(view.cased)
            if "." in match.group()
            or (match.group() in self._owners and _NAMED.search(view.flat, max(0, match.start() - 16), match.start()))
        ]

    def attach(self, view: View, judge: Judge, seen: list[Seen]) -> list[Seen]:
        """The mentions with the codes that stand beside them; a code that stands alone becomes a mention itself."""
        found = self.find(view)
        if not found:
            return seen
        starts = [one.start for one in seen]
        alone: list[Seen] = []
        for start, end, code in found:
            beside = self._beside(seen, starts, start, end, code)
            if beside is not None:
                seen[beside] = seen[beside]._replace(codes=(*seen[beside].codes, code))
                continue
            concept = self.named(code)
            if concept is not None:
                said = judge.judge(start, end, Kind.CONDITION)
                kind = self._vocabulary[concept].kind
                alone.append(Seen(concept, kind, start, end, judge.sentence_at(start), said, (code,)))
        return sorted(seen + alone, key=lambda one: (one.start, one.end))

    def _beside(self, seen: list[Seen], starts: list[int], start: int, end: int, code: str) -> int | None:
        """The condition just before or after the code; one that owns the code first."""
        near = [
            at
            for at in range(bisect_left(starts, start - _LONGEST), bisect_left(starts, end + _BESIDE + 1))
            if (one := seen[at]).kind is Kind.CONDITION
            and (0 <= start - one.end <= _BESIDE or (0 <= one.start - end <= _BESIDE))
        ]
        owned = [at for at in near if seen[at].concept in self._owners.get(code, ())]
        return next(iter(owned or near), None)

    def named(self, code: str) -> str | None:
        """The one concept a code names: of several the one that is broader than all the others, else none."""
        ids = self._owners.get(code, [])
        broadest = [one for one in ids if all(self._vocabulary.is_a(other, one) for other in ids)]
        return broadest[0] if len(broadest) == 1 else None
