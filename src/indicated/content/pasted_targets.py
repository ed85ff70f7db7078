"""What a segment names: its concepts, with terms replaced by their meaning and repeats dropped."""

from __future__ import annotations

from typing import NamedTuple

from indicated.content.pasted_lexicon import Bit, Lexicon
from indicated.content.pasted_segments import Segment
from indicated.content.pasted_split import Splitter
from indicated.model.concept import Kind, Vocabulary
from indicated.model.policy_words import WordRole


class Context(NamedTuple):
    """What a line stands under: predicates of its header, whether it excludes, terms defined so far; `inner` for a list
    that stands within a line.
    """

    terms: dict[str, tuple[tuple[str, ...], ...]]
    given: tuple[Bit, ...] = ()
    exclusion: bool = False
    inner: bool = False


class Targets:
    """Finds what segments name."""

    __slots__ = ("_lexicon", "_splitter", "_text", "_vocabulary")

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, splitter: Splitter) -> None:
        self._lexicon, self._vocabulary, self._splitter = lexicon, vocabulary, splitter
        self._text = splitter.lowered

    def find(self, segment: Segment, context: Context, notes: list[str]) -> list[tuple[str, ...]]:
        """What the segment names: composites resolved, terms replaced by their meaning, broader repeats dropped."""
        terms = [bit.values[0] for bit in segment.bits if bit.role == WordRole.TERM]
        targets = [self._closest(self._composite(segment, target)) for target in segment.targets]
        if terms and any(bit.role == "meaning" for bit in segment.bits):
            context.terms[terms[0]] = tuple(targets)
        elif terms and not targets and terms[0] in context.terms:
            targets = list(context.terms[terms[0]])
            notes.append("defined")
        elif terms and not targets:
            targets = [bit.values[1:] for bit in segment.bits if bit.role == WordRole.TERM and bit.values[1:]]
        narrowed = [concepts[1:] for concepts in segment.examples if concepts[0] == "narrowed"]
        if narrowed:
            flat = tuple(concept for concepts in narrowed for concept in concepts)
            targets = [target for target in targets if not any(self._vocabulary.is_a(flat[0], one) for one in target)]
            targets.append(flat)
            segment.examples = [concepts for concepts in segment.examples if concepts[0] != "narrowed"]
        targets = [target for at, target in enumerate(targets) if not self._repeats(target, at, targets)]
        told = [target for target in targets if self.kind(target) is not Kind.STUDY]
        return told or targets

    def _closest(self, target: tuple[str, ...]) -> tuple[str, ...]:
        """Of several concepts that the same words name, without those that another is a kind of."""
        return tuple(
            concept
            for concept in target
            if not any(other != concept and self._vocabulary.is_a(other, concept) for other in target)
        )

    def kind(self, target: tuple[str, ...]) -> Kind | None:
        """The kind of what a target names."""
        return self._splitter.kind(target[0])

    def _repeats(self, target: tuple[str, ...], at: int, targets: list[tuple[str, ...]]) -> bool:
        """Whether another target of the segment says the same, or says it more closely."""
        for index, other in enumerate(targets):
            if index == at:
                continue
            covers = any(self._vocabulary.is_a(narrow, broad) for narrow in other for broad in target)
            same = set(target) & set(other)
            if covers and (not same or index < at):
                return True
        return False

    def _composite(self, segment: Segment, target: tuple[str, ...]) -> tuple[str, ...]:
        for composite in self._lexicon.words.composites:
            if composite.means in target or not any(
                self._vocabulary.is_a(concept, broad) for concept in target for broad in composite.beside
            ):
                continue
            text = self._text[segment.start : segment.end]
            used = [word for word in composite.words if word in text]
            if used and composite.means in self._vocabulary:
                segment.words = [word for word in segment.words if word.lower() not in " ".join(used).split()]
                return (composite.means,)
        return target
