"""The compiled content: one file beside this module, decoded part by part when a part is first asked for.

`indicated.content.compile` writes the file when a wheel is built, and in a checkout whenever the content is newer.
This module only reads it, so that deciding a case never needs YAML.
"""

from __future__ import annotations

import os
import zlib
from functools import cache, cached_property
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from indicated.model.buckets import Encoded
from indicated.model.cue_index import CueIndex, StoredCues
from indicated.model.errors import IndicatedError
from indicated.model.evidence import Evidence, GroupRule
from indicated.model.formula import WeightFormula
from indicated.model.knowledge import Knowledge, StoredProducts, StoredStandards
from indicated.model.lexicon import Lexicon
from indicated.model.lexicon_therapy import RegimenLexicon, RequestLexicon, TherapyLexicon
from indicated.model.policy import Policy
from indicated.model.policy_words import PolicyWords
from indicated.model.quantity import Unit
from indicated.model.score import Calculator
from indicated.model.statement import Phrase
from indicated.model.stored import Shelf, StoredValues
from indicated.model.terms import StoredConcepts, TermIndex
from indicated.model.wakes import Wakes

if TYPE_CHECKING:
    from pathlib import Path

    from indicated.model.codes import CodeTable
    from indicated.model.law import Law
    from indicated.model.lexicon_denial import DenialWords
    from indicated.model.question import QuestionWords
    from indicated.model.statement import Translation

HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120  (pathlib costs the cold start 3 ms)
COMPILED = HERE + os.sep + "_release.bin"


class NoRelease(IndicatedError):
    """There is no compiled content, or it is not readable by this version."""

    code = "no-release"


class CuesPart(Struct, frozen=True, array_like=True):
    """The cue rules, encoded, and the index of their words."""

    rules: Encoded
    index: CueIndex


class Bundle(Struct, frozen=True, array_like=True):
    """The compiled file: what it was made from, the release id, and each part encoded by itself."""

    made_from: str
    id: str
    shared: Encoded
    judging: Encoded
    reading: Encoded
    words: Encoded
    phrases: Encoded
    codes: Encoded
    cues: Encoded
    law: Encoded
    translations: Encoded


class Shared(Struct, frozen=True, array_like=True):
    """What reading and judging both need."""

    concepts: Shelf
    units: tuple[Unit, ...]
    terms: TermIndex
    broader: dict[str, tuple[str, ...]]


class Judging(Struct, frozen=True, array_like=True):
    """What only judging needs: standards by id, what wakes and what reaches them, policies by `policy_key`, evidence by
    key, products by concept and the conditions for which they have a dose.
    """

    standards: Shelf
    wakes: Wakes
    reached_by: Shelf
    policies: Shelf
    evidence: Shelf
    products: Shelf
    dosed: dict[str, tuple[str, ...]]
    calculators: tuple[Calculator, ...]
    formulas: tuple[WeightFormula, ...]
    groups: tuple[GroupRule, ...]


class Words(Struct, frozen=True, array_like=True):
    """The words of special readers, each encoded; an encoded None where content has none."""

    policy: Encoded
    regimen: Encoded
    therapy: Encoded
    request: Encoded
    denial: Encoded
    questions: Encoded


class _Signs(Struct, frozen=True):
    """The part of the words of denials that every case is asked for."""

    signs: tuple[str, ...]


class Release:
    """One release of the content. Each part is decoded when first asked for, then kept; nothing changes."""

    def __init__(self, raw: bytes | mmap) -> None:
        try:
            self._bundle = msgspec.msgpack.decode(raw, type=Bundle)
        except msgspec.DecodeError as error:
            raise NoRelease("the compiled content is not readable; install the package again") from error

    @property
    def id(self) -> str:
        """The hash of all content that an answer can rest on."""
        return self._bundle.id

    @property
    def made_from(self) -> str:
        """What `fingerprint` said of the files when this was compiled; empty in a wheel."""
        return self._bundle.made_from

    @cached_property
    def knowledge(self) -> Knowledge:
        """What the engine works with."""
        judging = self.judging
        return Knowledge(
            release=self.id,
            concepts=self._concepts,
            units=self._shared.units,
            standards=StoredStandards(judging.standards, judging.wakes, judging.reached_by),
            policies=StoredValues(judging.policies, Policy),
            evidence=StoredValues(judging.evidence, Evidence),
            products=StoredProducts(judging.products, judging.dosed),
            calculators=judging.calculators,
            formulas=judging.formulas,
            groups=judging.groups,
        )

    @cached_property
    def judging(self) -> Judging:
        """What only judging needs, as it is stored."""
        return msgspec.msgpack.decode(self._bundle.judging, type=Judging)

    @cached_property
    def lexicon(self) -> Lexicon:
        """What reading works with."""
        alone = msgspec.msgpack.decode(self._bundle.reading, type=Lexicon)
        words = self._words
        cues = msgspec.msgpack.decode(self._bundle.cues, type=CuesPart)
        return replace(
            alone,
            concepts=self._concepts,
            units=self._shared.units,
            regimen=msgspec.msgpack.decode(words.regimen, type=RegimenLexicon | None),
            therapy=msgspec.msgpack.decode(words.therapy, type=TherapyLexicon | None),
            request=msgspec.msgpack.decode(words.request, type=RequestLexicon | None),
            stored_codes=self._bundle.codes,
            cues=StoredCues(cues.rules, cues.index),
        )

    @cached_property
    def phrases(self) -> dict[str, Phrase]:
        """The sentences a reader may see, by id."""
        return {one.id: one for one in msgspec.msgpack.decode(self._bundle.phrases, type=tuple[Phrase, ...])}

    @cached_property
    def translations(self) -> tuple[Translation, ...]:
        """What patients read in Spanish; decoded only for them."""
        from indicated.model.statement import Translation

        return msgspec.msgpack.decode(self._bundle.translations, type=tuple[Translation, ...])

    @cached_property
    def law(self) -> tuple[Law, ...]:
        """What regulation asks of a decision; read only by those who ask for a clock, a notice or a decider."""
        from indicated.model.law import Law

        return msgspec.msgpack.decode(self._bundle.law, type=tuple[Law, ...])

    @cached_property
    def policy_words(self) -> PolicyWords:
        """The words in which payers write criteria; no words when content has none."""
        found = msgspec.msgpack.decode(self._words.policy, type=PolicyWords | None)
        return found or PolicyWords(words=(), headings=(), numbers={}, stop=(), notes={})

    @cached_property
    def denial_signs(self) -> tuple[str, ...]:
        """Letters without one of which no text tells of a denial. The other words are passed over, not decoded."""
        found = msgspec.msgpack.decode(self._words.denial, type=_Signs | None)
        return found.signs if found is not None else ()

    @cached_property
    def denial_words(self) -> DenialWords | None:
        """The words in which plans deny; None when content has none. Decoded when there is a denial to read."""
        from indicated.model.lexicon_denial import DenialWords

        return msgspec.msgpack.decode(self._words.denial, type=DenialWords | None)

    @cached_property
    def question_words(self) -> QuestionWords:
        """The words by which follow-up questions are understood. Without any, no question is."""
        from indicated.model.question import QuestionWords

        return msgspec.msgpack.decode(self._words.questions, type=QuestionWords | None) or QuestionWords()

    @cached_property
    def _words(self) -> Words:
        return msgspec.msgpack.decode(self._bundle.words, type=Words)

    def over(self, made_from: str, identity: str, judging: Encoded, law: Encoded, shared: Encoded | None) -> bytes:
        """The bytes of a release that judges by other content, perhaps with other concepts, and reads as this one."""
        old = self._bundle
        read = (old.reading, old.words, old.phrases, old.codes, old.cues)
        parts = (shared or old.shared, judging, *read, law, old.translations)
        return msgspec.msgpack.encode(Bundle(made_from, identity, *parts))

    def packed(self) -> bytes:
        """The bytes that this release can be made from again, anywhere."""
        return msgspec.msgpack.encode(self._bundle)

    @property
    def codes(self) -> CodeTable | None:
        """The ICD-10-CM codes and their titles."""
        from indicated.model.codes import CodeTable

        return msgspec.msgpack.decode(self._bundle.codes, type=CodeTable | None)

    @cached_property
    def _concepts(self) -> StoredConcepts:
        return StoredConcepts(self._shared.concepts, self._shared.terms, self._shared.broader)

    @cached_property
    def _shared(self) -> Shared:
        return msgspec.msgpack.decode(self._bundle.shared, type=Shared)


@cache
def builtin() -> Release:
    """The release that this installation carries. NoRelease when it carries none.

    In a checkout it is as old as its last compilation: callers above this layer make sure with
    `if release.stale(): content.compile.refresh()` before they ask.
    """
    try:
        with open(COMPILED, "rb") as file:  # noqa: PTH123  (pathlib costs the cold start 3 ms)
            return Release(mmap(file.fileno(), 0, access=ACCESS_READ))
    except FileNotFoundError as error:
        raise NoRelease("there is no compiled content; run 'python -m indicated.content.compile'") from error


def checkout() -> Path | None:
    """The content folder of the checkout that this module stands in; None in an installed package."""
    from pathlib import Path

    folder = _folder()
    return None if folder is None else Path(folder)


def _folder() -> str | None:
    source = os.path.dirname(HERE)  # noqa: PTH120  (as above)
    content = os.path.dirname(source) + os.sep + "content"  # noqa: PTH120
    checked_out = source.endswith(os.sep + "src") and os.path.isfile(content + os.sep + "units.yaml")  # noqa: PTH113
    return content if checked_out else None


def stale() -> bool:
    """Whether this is a checkout whose content, or the code that compiles it, changed since it was compiled.

    Compares names, sizes and times only: about a millisecond. Never true in an installed package.
    """
    content = _folder()
    if content is None:
        return False
    try:
        return builtin().made_from != fingerprint(content)
    except NoRelease:
        return True


_PASSED_OVER = ("cases", "schema")


def fingerprint(content: str | Path) -> str:
    """Number, sizes, names and times of the content files and of the code that compiles them, as one short text.

    Golden cases and schemas are passed over: nothing that is compiled rests on them.
    """
    count = size = mixed = 0
    roots = (str(content), HERE + os.sep + "model", HERE + os.sep + "content")
    waiting = [(root, len(root)) for root in roots]
    while waiting:
        folder, above = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith(("__pycache__", ".")) or name.endswith(".cases.yaml"):
                    continue
                if entry.is_dir():
                    if name not in _PASSED_OVER:
                        waiting.append((entry.path, above))
                    continue
                known = entry.stat()
                count += 1
                size += known.st_size
                mixed += known.st_mtime_ns ^ (zlib.crc32(os.fsencode(entry.path[above:])) << 32)
    return f"{count}-{size}-{mixed:x}"
