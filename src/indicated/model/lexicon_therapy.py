"""The words by which reading understands regimens, therapies and requests, as data (`content/reading/`)."""

from enum import StrEnum

from msgspec import Struct

from indicated.model.quantity import Quantity


class Frequency(Struct, frozen=True):
    """Words for a rhythm: `times` administrations in each `per`. `ambiguous` words are reported, never guessed.
    `moment` words name times of the day, which add up (`in the morning and at night` is twice a day).
    """

    texts: tuple[str, ...]
    per: Quantity
    times: int = 1
    ambiguous: bool = False
    moment: bool = False


class Route(Struct, frozen=True):
    """Words for a way of giving, and its code (`iv`, `sc`, `po`, `im`, `topical`, ...)."""

    code: str
    texts: tuple[str, ...]


class Basis(Struct, frozen=True):
    """Words for the body weight that a dose per kilogram is reckoned with, and its code (`ideal`, `adjusted`)."""

    code: str
    texts: tuple[str, ...]


class Plausible(Struct, frozen=True):
    """What an amount of a treatment (`concept` or anything narrower) must meet to be taken at its word.

    An amount outside `least` or `most` (both in one unit) is a slip of the unit, and so is one in a unit of `never`.
    `course_most` is the largest usual amount of one course: a dose per day that only exceeds it when multiplied by
    its days is ambiguous. `rounding` is how far rounding to whole vials may move a dose.
    """

    concept: str
    least: Quantity
    most: Quantity
    source: str
    course_most: Quantity | None = None
    rounding: Quantity | None = None
    never: tuple[str, ...] = ()


class RegimenExample(Struct, frozen=True):
    """A phrase and the parts it must be read as (`per_day`, `per_course`, `days`, `interval`, ...). Runs as a test."""

    text: str
    expect: dict[str, str]


class RegimenLexicon(Struct, frozen=True):
    """The words of doses and rhythms.

    `amounts` are the unit codes that a dose may have, `weights` those of a body weight. `spread` words divide an
    amount over days (`over`), `each` words repeat it (`x`), `again` words say when the next dose is due (`repeat
    in`); a stretch of `each` days longer than `longest_course` is a duration. `counts` are the nouns of
    administrations (`infusions`), `containers` those of what holds an amount (`vials`). `row` words may stand between
    a number and its days (`2 consecutive days`).

    `then` words begin the next part of a schedule, `maintenance` words the part that goes on after a `loading` one,
    `steps` words an amount by which a dose is changed. `rounded` words stand before the amount to which a dose is
    rounded (`to the nearest`); `restates` words may stand between a dose and the same dose in another unit, `rounds`
    words between it and what it is rounded to. `notes` say something that changes no dose.

    In a form, `lasting` words head a length of treatment, `totals` a count that may be for the whole time asked for,
    `unit_labels` a bare number of billing units and `count_labels` one of visits. `glue` words may stand between the
    parts of one regimen.
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
    once: tuple[str, ...]
    glue: tuple[str, ...]
    longest_course: Quantity
    again: tuple[str, ...] = ()
    restates: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    maintenance: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    rounded: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()
    containers: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    unit_labels: tuple[str, ...] = ()
    count_labels: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
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
    one axis the higher `rank` wins, then the nearer. `asked`: in a request to start the words say how the drug is to be
    given, and not that it is (`A weekly, then monthly maintenance`).
    """

    id: str
    texts: tuple[str, ...]
    reach: CueReach
    sets: dict[str, str]
    rank: int = 0
    why: str = ""
    asked: bool = False


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
    what stands before or after), `indication` (introduces the condition), `never` (words that make it no request),
    `denies` (what is asked in the sentence was asked before and refused), `changes` (a dose, product or place is to
    change), `begins` (a drug that follows is to be started), `begun` (it was started, so nothing is asked by it),
    `titles` (a title with them says what the text is for).
    """

    id: str
    role: str
    texts: tuple[str, ...]


class Setting(Struct, frozen=True):
    """Words for where a treatment is given, and its code (`home`, `office`); those `alone` only on a line that is
    headed as the place.
    """

    code: str
    texts: tuple[str, ...]
    alone: tuple[str, ...] = ()


class PhaseCue(Struct, frozen=True):
    """Words that say whether treatment starts or goes on (`phase`: initial or continuation), or, with `unknown`, that
    they say nothing of it (`start date`).
    """

    phase: str
    texts: tuple[str, ...]


class RequestExample(Struct, frozen=True):
    """A text and what must be read as asked (`treatment`, `product`, `phase`), or `{none: true}`. Runs as a test."""

    text: str
    expect: dict[str, str]


class RequestLexicon(Struct, frozen=True):
    """The words of requests.

    `dose_labels` head a line that states the dose of what is asked (`asked_words` may stand before them: `expected
    duration`), `phase_labels` one that states whether it starts or goes on, or how soon an answer is needed,
    `setting_labels` one that states the place of treatment; `begin_labels`, `end_labels` and `period_labels` head the
    dates of the authorization asked for. A dose told elsewhere on a day, or in `earlier_words` without a rhythm, is of
    a course that is over, unless one of `since_words` leads to the day. `from_words` stand right before what the
    request takes the place of (`switch from A`), `to_words` before what it asks for instead. `urgent` words ask for a
    quick answer, and so does one of `urgent_values` after a phase label; one of `unmarked` right before or of `refused`
    right after says that they do not. `lead_words` may stand before a treatment with a dose that a note asks for, and
    `take_words` where the note is for an authorization; `told_words` say that it was given, and how it went.
    """

    cues: tuple[RequestCue, ...]
    phases: tuple[PhaseCue, ...]
    prescribers: tuple[str, ...] = ()
    dose_labels: tuple[str, ...] = ()
    phase_labels: tuple[str, ...] = ()
    from_words: tuple[str, ...] = ()
    to_words: tuple[str, ...] = ()
    asked_words: tuple[str, ...] = ()
    earlier_words: tuple[str, ...] = ()
    lead_words: tuple[str, ...] = ()
    take_words: tuple[str, ...] = ()
    told_words: tuple[str, ...] = ()
    since_words: tuple[str, ...] = ()
    setting_labels: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    urgent: tuple[str, ...] = ()
    urgent_values: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    begin_labels: tuple[str, ...] = ()
    end_labels: tuple[str, ...] = ()
    period_labels: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    examples: tuple[RequestExample, ...] = ()
