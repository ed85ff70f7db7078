"""The words by which reading understands regimens, therapies and requests, as data (`content/reading/`)."""

from enum import StrEnum

from msgspec import Struct

from indicated.model.quantity import Quantity


class Frequency(Struct, frozen=True):
    """Words for a rhythm: `times` administrations in each `per`. `ambiguous` words are reported, never guessed."""

    texts: tuple[str, ...]
    per: Quantity
    times: int = 1
    ambiguous: bool = False


class Route(Struct, frozen=True):
    """Words for a way of giving, and its code (`iv`, `sc`, `po`, `im`, `topical`, ...)."""

    code: str
    texts: tuple[str, ...]


class Plausible(Struct, frozen=True):
    """What an amount of a treatment (`concept` or anything narrower) must meet to be taken at its word.

    An amount outside `least` or `most` (both in one unit) is a slip of the unit. `course_most` is the largest usual
    amount of one course: a dose per day that only exceeds it when multiplied by its days is ambiguous.
    """

    concept: str
    least: Quantity
    most: Quantity
    source: str
    course_most: Quantity | None = None


class RegimenExample(Struct, frozen=True):
    """A phrase and the parts it must be read as (`per_day`, `per_course`, `days`, `interval`, ...). Runs as a test."""

    text: str
    expect: dict[str, str]


class RegimenLexicon(Struct, frozen=True):
    """The words of doses and rhythms.

    `amounts` are the unit codes that a dose may have. `spread` words divide an amount over days (`over`), `each`
    words repeat it (`x`). `counts` are the nouns of administrations (`infusions`). `then` words begin the next part
    of a schedule. `glue` words may stand between the parts of one regimen. A stretch of `each` days longer than
    `longest_course` is a duration.
    """

    amounts: tuple[str, ...]
    frequencies: tuple[Frequency, ...]
    routes: tuple[Route, ...]
    spread: tuple[str, ...]
    each: tuple[str, ...]
    every: tuple[str, ...]
    counts: tuple[str, ...]
    then: tuple[str, ...]
    loading: tuple[str, ...]
    maximum: tuple[str, ...]
    single: tuple[str, ...]
    glue: tuple[str, ...]
    longest_course: Quantity
    plausible: tuple[Plausible, ...] = ()
    examples: tuple[RegimenExample, ...] = ()


class CueReach(StrEnum):
    """What a therapy cue speaks of.

    NEXT: the list of drugs that follows at once (`on A and B`); AHEAD: the drugs after it in its clause; BEHIND: the
    drugs before it in its clause; EITHER: those behind it, else those ahead; PRECEDING: those told before, in an
    earlier clause or the sentence before (`despite this`); LINES: the drugs after it in its sentence and in the list
    items under it (`Current medications:`). LAST: the one drug right before it (`A premedication`); UNDER: the list
    ahead of it with `on`, `after`, `since`, `under` or `during` right before (`weakness persists on A and B`);
    ASIDE: the drug whose brackets or dash it stands in (`A (nausea)`). REASON: a drug of its sentence that other words
    say was ended (`A was stopped when she developed nausea`), or whose brackets it stands in. CLAUSE: every drug of its
    clause; the weakest of all, for the tense in which a clause is told.
    """

    NEXT = "next"
    AHEAD = "ahead"
    BEHIND = "behind"
    EITHER = "either"
    PRECEDING = "preceding"
    LINES = "lines"
    LAST = "last"
    UNDER = "under"
    ASIDE = "aside"
    REASON = "reason"
    CLAUSE = "clause"


class Pairs(Struct, frozen=True):
    """Words of which one from each side together say something, in either order (`raised` with `lfts`). With `be`
    also in a sentence (`response was poor`).
    """

    first: tuple[str, ...]
    then: tuple[str, ...]
    be: bool = False


class WordGroup(Struct, frozen=True):
    """Phrases that say one thing, and the one `word` that stands for them in cues (`{adverse}`, `did not`).

    `before` words are left out where they stand before one of the phrases (`severe`).
    """

    word: str
    texts: tuple[str, ...] = ()
    pairs: tuple[Pairs, ...] = ()
    before: tuple[str, ...] = ()


class TherapyCue(Struct, frozen=True):
    """Words that say how a therapy stands. `sets` maps stage, outcome, tolerance, end_reason or role to its value;
    `date` says what a date after the words is (`started` or `ended`), `tense` whether a clause speaks of `now`.

    `texts` are lean: without the lexicon's fillers, and with the word of a group for its phrases. Of several cues on
    one axis the higher `rank` wins, then the nearer.
    """

    id: str
    texts: tuple[str, ...]
    reach: CueReach
    sets: dict[str, str]
    rank: int = 0
    why: str = ""


class TherapyExample(Struct, frozen=True):
    """A sentence, and for each drug as written in it the axes that must be read (`stage: past`). Runs as a test."""

    text: str
    expect: dict[str, dict[str, str]]


class TherapyLexicon(Struct, frozen=True):
    """The words of therapies. `breaks` end a clause; `between` may stand between the drugs of one list.

    `fillers` are words that cues pass over; `numbers`, like figures, are `#` to them; `groups` are phrases that cues
    know by one word. `labels` head a sentence on the drugs of the sentence before (`Outcome:`).
    """

    cues: tuple[TherapyCue, ...]
    breaks: tuple[str, ...]
    between: tuple[str, ...]
    fillers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    groups: tuple[WordGroup, ...] = ()
    examples: tuple[TherapyExample, ...] = ()


class RequestCue(Struct, frozen=True):
    """Words of a request. `role`: `asks` (words that introduce what is asked, ahead), `judges` (a question about
    what stands before or after), `indication` (introduces the condition), `never` (words that make it no request).
    """

    id: str
    role: str
    texts: tuple[str, ...]


class PhaseCue(Struct, frozen=True):
    """Words that say whether treatment starts or goes on (`phase`: initial or continuation)."""

    phase: str
    texts: tuple[str, ...]


class RequestExample(Struct, frozen=True):
    """A text and what must be read as asked (`treatment`, `product`, `phase`), or `{none: true}`. Runs as a test."""

    text: str
    expect: dict[str, str]


class RequestLexicon(Struct, frozen=True):
    """The words of requests. `dose_labels` head a line that states the dose of what is asked, `phase_labels`
    one that states whether it starts or goes on.
    """

    cues: tuple[RequestCue, ...]
    phases: tuple[PhaseCue, ...]
    prescribers: tuple[str, ...] = ()
    dose_labels: tuple[str, ...] = ()
    phase_labels: tuple[str, ...] = ()
    examples: tuple[RequestExample, ...] = ()
