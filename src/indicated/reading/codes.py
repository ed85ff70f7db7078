"""ICD-10-CM codes in a text: kept with the diagnosis beside them, or a mention of the one they name.

Each is looked up in the code table, so that a code that does not exist, or stands beside another diagnosis than its
own, is shown.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from indicated.model.case import CodeSeen, Contradiction
from indicated.model.codes import CATEGORY
from indicated.model.concept import Kind
from indicated.reading.patterns import lazily
from indicated.reading.scene import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon import Lexicon
    from indicated.reading.judge import Judge
    from indicated.reading.view import View

_CODE = lazily(
    r"(?<![\w.-])[A-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4}(?![\w]|-[A-Z]\d|\.\d)|[0-9A-Z]{0,4}(?![\w]|-[A-Z]?\d|\.\d))"
)
_BESIDE = 4
_LONGEST = 120
_LISTED = 400
_LEAD = 40
_MATES = 3
_WORDS = lazily(r"[a-z0-9]{2}|[.;\n(]")
_NAMED = lazily(
    r"(?:\bicd(?:-?10)?(?:-?cm)?|\bcodes?|\bdx|\bdiagnos[ei]s|[(\[,;/])(?: ?(?:code|codes|is|are|of))?[ :#=]*$"
)
_OF_SYSTEM = lazily(r"(?:\bicd(?:-?10)?(?:-?cm)?|\bcodes?)[^.;\n]{0,24}$")


class Coded(NamedTuple):
    """A code at `start` to `end`, as the table writes it."""

    start: int
    end: int
    code: str


class CodesFound(Struct, frozen=True):
    """The mentions of a text with what its codes add, the codes, and the codes that do not fit their diagnosis."""

    seen: list[Seen]
    codes: Sequence[Coded] = ()
    misfits: Sequence[tuple[Seen, Coded]] = ()


class Codes:
    """The vocabulary's codes and the code table, decoded when a text first holds a code."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @property
    def _vocabulary(self) -> Vocabulary:
        return self._lexicon.vocabulary

    @cached_property
    def _owners(self) -> dict[str, tuple[str, ...]]:
        return self._lexicon.terms.owners()

    def find(self, view: View) -> list[Coded]:
        """Every code. One without a dot must be in the vocabulary or the table and be called a code."""
        found = []
        for match in _CODE.finditer(view.cased):
            start, end = match.span()
            code = self._written(view, start, match.group())
            if code:
                found.append(Coded(start, end, code))
        return found

    def _written(self, view: View, start: int, code: str) -> str:
        """The code with its dot; empty when it is none."""
        if "." in code:
            return code
        dotted = code if len(code) == CATEGORY else f"{code[:CATEGORY]}.{code[CATEGORY:]}"
        lead = view.flat, max(0, start - _LEAD), start
        called = _OF_SYSTEM.search(*lead) if "." in dotted else _NAMED.search(*lead)
        if called is None:
            return ""
        known = dotted in self._owners or ("." in dotted and self._title(dotted) is not None)
        return dotted if known else ""

    def _title(self, code: str) -> str | None:
        table = self._lexicon.code_table
        known = table.get(code) if table is not None else None
        return None if known is None else known.title

    def attach(self, view: View, judge: Judge, seen: list[Seen]) -> CodesFound:
        """The mentions with the codes that stand beside them; a code that stands alone becomes a mention itself."""
        found = self.find(view)
        if not found:
            return CodesFound(seen)
        starts = [one.start for one in seen]
        alone: list[Seen] = []
        misfits: list[tuple[Seen, Coded]] = []
        for one in found:
            beside = self._beside(seen, starts, one, judge.sentence_at(one.start))
            if beside is not None:
                seen[beside] = seen[beside]._replace(codes=(*seen[beside].codes, one.code))
                if self._misfits(seen[beside].concept, one.code):
                    misfits.append((seen[beside], one))
                continue
            concept = self.named(one.code)
            if concept is not None:
                said = judge.judge(one.start, one.end, Kind.CONDITION)
                kind = self._vocabulary[concept].kind
                alone.append(Seen(concept, kind, one.start, one.end, judge.sentence_at(one.start), said, (one.code,)))
        told = sorted(seen + alone, key=lambda one: (one.start, one.end))
        return CodesFound(told, found, [pair for pair in misfits if not self._in_a_list(view, found, *pair)])

    def _in_a_list(self, view: View, found: Sequence[Coded], seen: Seen, coded: Coded) -> bool:
        """Whether a code stands in a list with one that fits the diagnosis beside it: then it is of something else."""
        at = found.index(coded)
        mates = [one for one in found[max(0, at - _MATES) : at + _MATES + 1] if one is not coded]
        return any(
            self._fits(seen.concept, one.code)
            and not _WORDS.search(view.flat, min(one.end, coded.end), max(one.start, coded.start))
            for one in mates
        )

    def shown(self, view: View, found: Iterable[Coded]) -> list[CodeSeen]:
        """The codes as they are shown: with their passage and what the table says of them."""
        table = self._lexicon.code_table
        shown = []
        for one in found:
            known = table.get(one.code) if table is not None else None
            title, billable = (known.title, known.billable) if known is not None else ("", False)
            valid = None if table is None else known is not None
            shown.append(CodeSeen(one.code, view.passage(one.start, one.end), title, valid, billable))
        return shown

    def contradictions(self, view: View, misfits: Iterable[tuple[Seen, Coded]]) -> list[Contradiction]:
        """A diagnosis and the code beside it that names another."""
        return [
            Contradiction(
                seen.concept, (view.passage(seen.start, seen.end), view.passage(coded.start, coded.end)), "code"
            )
            for seen, coded in misfits
            if seen.assertion.makes_fact
        ]

    def _beside(self, seen: list[Seen], starts: list[int], coded: Coded, sentence: int) -> int | None:
        """The condition just before or after the code; one that owns the code first."""
        start, end = coded.start, coded.end
        near = [
            at
            for at in range(bisect_left(starts, start - _LONGEST), bisect_left(starts, end + _BESIDE + 1))
            if (one := seen[at]).kind is Kind.CONDITION
            and one.sentence == sentence
            and (0 <= start - one.end <= _BESIDE or (0 <= one.start - end <= _BESIDE))
        ]
        owners = self._owned(coded.code)
        owned = [at for at in near if seen[at].concept in owners]
        return next(iter(owned or self._earlier(seen, starts, coded, sentence) or near), None)

    def _earlier(self, seen: list[Seen], starts: list[int], coded: Coded, sentence: int) -> list[int]:
        """The diagnosis earlier in the sentence that owns a code listed after all: `A in B (code of A, code of B)`."""
        owners = self._owned(coded.code)
        before = range(bisect_left(starts, coded.start - _LISTED), bisect_left(starts, coded.start))
        return [at for at in before if seen[at].sentence == sentence and seen[at].concept in owners]

    def _owned(self, code: str) -> tuple[str, ...]:
        """The concepts of a code, or of the nearest code that it is a part of (`M33.131` of `M33.13`)."""
        while code not in self._owners and "." in code:
            code = code[:-1].rstrip(".")
        return self._owners.get(code, ())

    def _misfits(self, concept: str, code: str) -> bool:
        """Whether a code names something unrelated to the diagnosis beside it, of another category than its codes."""
        owners = self._owned(code)
        own = {c[:CATEGORY] for one in self._vocabulary.ancestors(concept) for c in self._codes_of(one)}
        related = any(self._vocabulary.related(concept, one) for one in owners)
        return bool(owners and own) and not related and code[:CATEGORY] not in own

    def _fits(self, concept: str, code: str) -> bool:
        """Whether a code is one of the diagnosis beside it, or of something related to that."""
        return any(self._vocabulary.related(concept, one) for one in self._owned(code))

    def _codes_of(self, concept: str) -> tuple[str, ...]:
        known = self._vocabulary.concepts.get(concept)
        return () if known is None else known.codes.get("icd10cm", ())

    def named(self, code: str) -> str | None:
        """The one concept a code names: of several the one that is broader than all the others, else none."""
        ids = self._owned(code)
        broadest = [one for one in ids if all(self._vocabulary.is_a(other, one) for other in ids)]
        return broadest[0] if len(broadest) == 1 else None
