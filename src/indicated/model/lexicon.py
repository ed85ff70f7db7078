"""The content that reading works with: the vocabulary, units, cues, section headings and patterns, as data."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property

import msgspec
from msgspec import Struct

from indicated.model.buckets import Encoded
from indicated.model.codes import CodeTable
from indicated.model.concept import Concept, Kind, Vocabulary
from indicated.model.cue_index import CueIndex, StoredCues, cue_index_of
from indicated.model.fact import Course, Result
from indicated.model.lexicon_agreement import AgreementLexicon
from indicated.model.lexicon_amounts import AmountLexicon
from indicated.model.lexicon_composed import ComposedLexicon
from indicated.model.lexicon_cues import CueExample, CueRule, Direction
from indicated.model.lexicon_measures import MeasureLexicon
from indicated.model.lexicon_therapy import RegimenLexicon, RequestLexicon, TherapyLexicon
from indicated.model.quantity import Quantity, Unit, Units
from indicated.model.terms import StoredConcepts, TermIndex, index_of


class SectionHeader(Struct, frozen=True):
    """A heading and what it says of everything under it (`priors`: axis -> value), for `kinds` or for all.

    `reach` is `section` (to the next heading), `block` (to a blank line as well) or `sentence`. `loinc` is the
    section's document code. Inside the sections `under` the heading changes nothing (`Cardiac:` in a history). A line
    that is written as a heading and has one of the words of `holds` in it is one too.
    """

    id: str
    names: tuple[str, ...]
    priors: dict[str, str] = {}
    kinds: tuple[Kind, ...] = ()
    reach: str = "section"
    loinc: str = ""
    under: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


class ResultRule(Struct, frozen=True):
    """Words that say what a test showed. `direction` as for cues; `kinds` the concepts they speak of. Words of
    `unless_then` right after them make it a change (`decreased from`), no result.
    """

    id: str
    texts: tuple[str, ...]
    result: Result
    direction: Direction = Direction.BOTH
    kinds: tuple[Kind, ...] = (Kind.LAB, Kind.ANTIBODY)
    unless_then: tuple[str, ...] = ()
    examples: tuple[CueExample, ...] = ()


class Side(StrEnum):
    """On which side of the body."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class SideWords(Struct, frozen=True):
    """Words that say a `side`; without one, phrases in which such words say none (`left untreated`)."""

    words: tuple[str, ...]
    side: Side | None = None


class Grade(Struct, frozen=True):
    """A finding graded out of a full mark: `strength 5/5`, or words that say so (`full`), is its absence, and a
    lower mark its presence. One of `words` must stand before the mark in its sentence, or just after it.
    """

    id: str
    concept: str
    words: tuple[str, ...]
    out_of: int
    full: tuple[str, ...] = ()


class Link(Struct, frozen=True):
    """Two mentions in one sentence that together say a third: a `study` that showed a `finding` means `gives`.

    Each list holds concept ids; anything narrower counts, for the finding unless `narrower` is false. One of `words`
    must stand between the two or just before the finding. The new mention has the finding's assertion; with
    `instead` the finding is no longer a mention of its own.
    """

    id: str
    study: tuple[str, ...]
    finding: tuple[str, ...]
    gives: str
    words: tuple[str, ...]
    narrower: bool = True
    instead: bool = False


class CourseRule(Struct, frozen=True):
    """Words that say how the disease answered the treatment asked for. With `after`, one of those words (`was held`)
    must stand in the sentence too; with one of the `unless` words (`transient`) the rule says nothing.
    """

    id: str
    course: Course
    texts: tuple[str, ...]
    after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Demographic(Struct, frozen=True):
    """Words that state a demographic concept outright (`boy`), or, with `value`, that stand before or after its
    value in `dimension` (`weighs`). `weak` words count only where nothing else says it (`she`). Words of `never`
    beside them make it something else (`weight loss`). `letter` states it right after an age (`10yo F`). Words that
    state a value by themselves have it in `means` (`neonate`). Words of the age lead to a bare number (`turned 16`).
    Words of `never_young` make it another's only in months, weeks or days (`8 months pregnant`). A value in a unit of
    `alone` needs no words where it stands by itself beside the age or the sex (`45-year-old man, 70 kg`).
    """

    id: str
    concept: str
    words: tuple[str, ...]
    value: bool = False
    weak: bool = False
    dimension: str = ""
    letter: str = ""
    never: tuple[str, ...] = ()
    never_young: tuple[str, ...] = ()
    means: Quantity | None = None
    alone: tuple[str, ...] = ()


class Lexicon(Struct, frozen=True, dict=True):
    """Everything reading needs, compiled from content. `release` is the hash of the content it came from.

    Without `regimen`, `therapy` and `request` no doses, therapies and requests are read; without `measures` no values.
    """

    release: str
    concepts: Sequence[Concept]
    units: tuple[Unit, ...]
    cues: Sequence[CueRule] = ()
    sections: tuple[SectionHeader, ...] = ()
    results: tuple[ResultRule, ...] = ()
    grades: tuple[Grade, ...] = ()
    links: tuple[Link, ...] = ()
    demographics: tuple[Demographic, ...] = ()
    amounts: AmountLexicon | None = None
    agreement: AgreementLexicon | None = None
    abbreviations: tuple[str, ...] = ()
    short_words: tuple[str, ...] = ()
    courses: tuple[CourseRule, ...] = ()
    anaphora: tuple[str, ...] = ()
    sides: tuple[SideWords, ...] = ()
    composed: ComposedLexicon | None = None
    measures: MeasureLexicon | None = None
    regimen: RegimenLexicon | None = None
    therapy: TherapyLexicon | None = None
    request: RequestLexicon | None = None
    stored_codes: Encoded | None = None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The concepts, indexed."""
        return self.concepts.vocabulary if isinstance(self.concepts, StoredConcepts) else Vocabulary(self.concepts)

    @cached_property
    def terms(self) -> TermIndex:
        """The words of the concepts, indexed."""
        return self.concepts.terms if isinstance(self.concepts, StoredConcepts) else index_of(self.concepts)

    @cached_property
    def cue_index(self) -> CueIndex:
        """The words of the cues, indexed."""
        return self.cues.words if isinstance(self.cues, StoredCues) else cue_index_of(self.cues)

    @cached_property
    def code_table(self) -> CodeTable | None:
        """The table of ICD-10-CM codes; None where there is none."""
        return None if self.stored_codes is None else msgspec.msgpack.decode(self.stored_codes, type=CodeTable | None)

    @cached_property
    def unit_table(self) -> Units:
        """The units, indexed."""
        return Units(self.units)

    @cached_property
    def billed(self) -> dict[str, Quantity]:
        """How much one unit billed under each HCPCS code is (`J1459`: 500 mg), for the codes whose amount is known."""
        return self.terms.units_billed()
