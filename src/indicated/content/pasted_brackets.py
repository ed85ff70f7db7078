"""What stands in brackets, and examples in a sentence: kept, marked or set aside."""

from __future__ import annotations

from indicated.content.pasted_bits import CLOSE, CODES, CONCEPT, NAMING, OPEN, SEMICOLON
from indicated.content.pasted_lexicon import Bit
from indicated.content.pasted_roles import DETAILS, JOINTS, OWN, PREDICATES
from indicated.model.concept import Vocabulary
from indicated.model.policy_words import WordRole


class Brackets:
    """Resolves the brackets of one line."""

    __slots__ = ("_vocabulary",)

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def without(self, bits: list[Bit], ignored: list[tuple[int, int]]) -> list[Bit]:
        """Brackets resolved: examples marked, abbreviations and asides dropped, limits and codes kept."""
        flat: list[Bit] = []
        at = 0
        while at < len(bits):
            if bits[at].role != OPEN:
                if bits[at].role != CLOSE:
                    flat.append(bits[at])
                at += 1
                continue
            close = next((i for i in range(at + 1, len(bits)) if bits[i].role in (CLOSE, OPEN)), len(bits))
            if close < len(bits) and bits[close].role == OPEN:
                at += 1
                continue
            inner = bits[at + 1 : close]
            finish = bits[close].end if close < len(bits) else (inner[-1].end if inner else bits[at].end)
            flat += self._bracket(inner, flat, (bits[at].start, finish), ignored)
            at = close + 1
        return flat

    def _bracket(
        self, inner: list[Bit], before: list[Bit], span: tuple[int, int], ignored: list[tuple[int, int]]
    ) -> list[Bit]:
        roles = {bit.role for bit in inner}
        if not inner:
            if span[1] - span[0] <= 4:  # noqa: PLR2004  (`(s)`, `(CK)`: a plural or a short form of what stands before)
                ignored.append(span)
            return []
        if inner[0].role == WordRole.EXAMPLE:
            ignored.append(span)
            return [bit._replace(role="example_of") for bit in inner if bit.role == CONCEPT]
        if CODES in roles:
            ignored.append(span)
            return [bit for bit in inner if bit.role == CODES]
        if inner[0].role in (WordRole.AND, WordRole.OR) or roles & {
            WordRole.NOT.value,
            WordRole.TRIED.value,
            WordRole.GROUP.value,
        }:
            return inner
        if roles & OWN:
            return [Bit(span[0], span[0] + 1, "detail"), *inner]
        if CONCEPT not in roles and NAMING not in roles:
            return [bit for bit in inner if bit.role in DETAILS]
        ignored.append(span)
        return self._apposition([bit for bit in inner if bit.role == CONCEPT], before)

    def _apposition(self, named: list[Bit], before: list[Bit]) -> list[Bit]:
        """Concepts in brackets: a short form of the one before, kinds of it that alone are meant, or its meaning."""
        last = next((bit for bit in reversed(before) if bit.role in (CONCEPT, *JOINTS)), None)
        if last is None or last.role != CONCEPT:
            return [bit._replace(role="meaning") for bit in named]
        narrower = [
            bit for bit in named
            if any(self._vocabulary.is_a(bit.values[0], broad) and bit.values[0] != broad for broad in last.values)
        ]  # fmt: skip
        return [bit._replace(role="narrowed") for bit in narrower]

    def examples(self, bits: list[Bit], end: int, ignored: list[tuple[int, int]]) -> list[Bit]:
        """`such as A, B or C`: the concepts up to the next predicate are examples."""
        flat: list[Bit] = []
        since: int | None = None
        for bit in bits:
            if since is None:
                if bit.role == WordRole.EXAMPLE:
                    since = bit.start
                else:
                    flat.append(bit)
                continue
            if bit.role == CONCEPT:
                flat.append(bit._replace(role="example_of"))
            elif bit.role == SEMICOLON or bit.role in PREDICATES or bit.role in OWN or bit.role in DETAILS:
                ignored.append((since, bit.start))
                since = None
                flat.append(bit)
        if since is not None:
            ignored.append((since, end))
        return flat
