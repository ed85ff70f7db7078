"""The cues as they are stored: each rule, and the words of all rules, decoded when a text first holds them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import overload

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from indicated.model.buckets import Encoded, Stored, encoded, stored
from indicated.model.letters import fold, head_of, lower
from indicated.model.lexicon_cues import CueRule


class CueIndex(Struct, frozen=True, array_like=True):
    """The words of cue rules. `rules` are encoded, without their words and examples; `heads` hold, by first word, the
    encoded phrases that begin with it, each with the numbers of its rules, `signs` those first words that are signs.
    """

    rules: tuple[Encoded, ...]
    heads: Stored
    signs: tuple[str, ...]

    def rule(self, number: int) -> CueRule:
        """A rule by its number."""
        return msgspec.msgpack.decode(self.rules[number], type=CueRule)

    @staticmethod
    def phrases_of(stored_phrases: Encoded) -> dict[str, tuple[int, ...]]:
        """The phrases that begin with a word, each with the numbers of its rules."""
        return msgspec.msgpack.decode(stored_phrases, type=dict[str, tuple[int, ...]])


def cue_index_of(rules: Iterable[CueRule]) -> CueIndex:
    """The words of these rules."""
    listed = tuple(rules)
    heads: dict[str, dict[str, list[int]]] = {}
    for number, rule in enumerate(listed):
        for text in rule.texts:
            phrase = lower(fold(text))
            heads.setdefault(head_of(phrase), {}).setdefault(phrase, []).append(number)
    light = tuple(encoded(replace(rule, texts=(), examples=())) for rule in listed)
    signs = tuple(sorted(head for head in heads if not head.isalnum()))
    return CueIndex(light, stored((head, encoded(phrases)) for head, phrases in heads.items()), signs)


class StoredCues(Sequence[CueRule]):
    """The cue rules of a release with all their words and examples, decoded when first asked for, and their index."""

    def __init__(self, stored: Encoded, index: CueIndex) -> None:
        self._stored = stored
        self.words = index

    @cached_property
    def _rules(self) -> tuple[CueRule, ...]:
        return msgspec.msgpack.decode(self._stored, type=tuple[CueRule, ...])

    def __len__(self) -> int:
        return len(self.words.rules)

    def __iter__(self) -> Iterator[CueRule]:
        return iter(self._rules)

    @overload
    def __getitem__(self, at: int) -> CueRule: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[CueRule, ...]: ...
    def __getitem__(self, at: int | slice) -> CueRule | tuple[CueRule, ...]:
        return self._rules[at]
