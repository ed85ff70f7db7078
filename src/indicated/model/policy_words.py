"""The words in which payers write criteria, as data: what joins items, what negates, what compares, what was tried."""

from enum import StrEnum

from msgspec import Struct

from indicated.model.errors import Nonsense


class WordRole(StrEnum):
    """What a phrase does in a line of a policy. `values` of its entry say which way."""

    GROUP = "group"
    """Opens a group; values: all, any, none or at_least. `{n}` in the phrase stands for a number."""
    AND = "and"
    OR = "or"
    WITH = "with"
    """Adds a second requirement to the first; values: contrast, where the two are set apart (`but`)."""
    NOT = "not"
    PRESENT = "present"
    """Says that what follows is asked for (`diagnosis of`); values: sign, for signs of it alone (`evidence of`)."""
    EXAMPLE = "example"
    """What follows are examples, not requirements."""
    SHOWN_BY = "shown_by"
    """What follows says how the thing before it is recognised; values: means, where it says what that is."""
    RESULT = "result"
    """Values: words of Result."""
    TRIED = "tried"
    """A drug was used; values: the outcomes asked for, none for use alone."""
    NOW = "now"
    """The drug is used at present, beside the one asked for."""
    RESPONSE = "response"
    """Values: words of Course."""
    SIGN = "sign"
    """Stands before a number; values: one of < <= > >=."""
    SUFFIX = "suffix"
    """Stands after a number; values: one of < <= > >=."""
    WITHIN = "within"
    LASTING = "lasting"
    TIMES = "times"
    APART = "apart"
    EVERY = "every"
    RHYTHM = "rhythm"
    """An interval in one word (`monthly`); values: the interval."""
    OVER = "over"
    """Stands before the days over which a course is given."""
    DAILY = "daily"
    AGE = "age"
    AGE_GROUP = "age_group"
    """Values: the limit that the word stands for (`>= 18 a`)."""
    WEIGHT = "weight"
    DOSE = "dose"
    PERIOD = "period"
    """The length of the approval or of the treatment asked for."""
    PRESCRIBER = "prescriber"
    SPECIALIST = "specialist"
    """Values: the name under which a request gives the specialist."""
    CODE = "code"
    """Announces diagnosis codes."""
    TERM = "term"
    """A word that a policy defines for itself (`first-line`); values: its name."""
    MULTIPLE = "multiple"
    """A limit told relative to another (`times the upper limit of normal`), which the rules cannot say."""
    QUALIFIER = "qualifier"
    """Narrows what stands beside it without asking for anything of its own (`lower limbs`, `spontaneous`)."""
    PREPOSITION = "preposition"
    DEFINES = "defines"
    """Joins a term and its meaning (`is defined as`)."""
    OTHERS = "others"
    """Everything that the policy does not list (`all other indications`)."""
    UNTIL = "until"
    """Makes a sentence of prose a requirement (`is covered when`)."""


class SectionKind(StrEnum):
    """What a heading of a policy opens."""

    START = "start"
    CONTINUATION = "continuation"
    EXCLUSIONS = "exclusions"
    LIMITS = "limits"
    DEFINITIONS = "definitions"
    REMARK = "remark"
    """One line beside the criteria: a note, with nothing that stands after it."""
    ASIDE = "aside"
    """Nothing that decides: background, references, coding, the length of an approval."""


class WordEntry(Struct, frozen=True):
    """Phrases of one role and value. `forward` says that what it speaks of stands after it, `backward` before it."""

    role: WordRole
    phrases: tuple[str, ...]
    values: tuple[str, ...] = ()
    side: str = "either"

    def __post_init__(self) -> None:
        if self.side not in ("forward", "backward", "either"):
            raise Nonsense(f"side is forward, backward or either, not {self.side!r}")


class Heading(Struct, frozen=True):
    """Phrases that open a section."""

    opens: SectionKind
    phrases: tuple[str, ...]


class Composite(Struct, frozen=True):
    """A concept told in two parts: one of `words` in one line with a concept of `beside` (or narrower) is `means`."""

    words: tuple[str, ...]
    beside: tuple[str, ...]
    means: str


class BareValue(Struct, frozen=True):
    """The unit meant when a limit on a measurement is written without one and its figure lies between the two."""

    concept: str
    unit: str
    least: str
    most: str


class ToldBy(Struct, frozen=True):
    """A condition that a measurement by itself defines: where both are written, the limit decides."""

    concept: str
    by: tuple[str, ...]


class PolicyWords(Struct, frozen=True):
    """Everything the importer of pasted policies knows of English. `numbers` maps words to figures, `notes` codes to
    what a reader is told about an assumption; `stop` are words that ask for nothing.
    """

    words: tuple[WordEntry, ...]
    headings: tuple[Heading, ...]
    numbers: dict[str, int]
    stop: tuple[str, ...]
    notes: dict[str, str]
    composites: tuple[Composite, ...] = ()
    bare_values: tuple[BareValue, ...] = ()
    told_by: tuple[ToldBy, ...] = ()
    kept_labels: tuple[str, ...] = ()
    """Findings that also say how often: a list of kinds (`recurrent infections: ...`) does not replace them."""
    conditional: tuple[str, ...] = ()
    """How a line begins that says when something is asked for: a list below it may not apply, a line is judged."""
    alternatives: tuple[str, ...] = ()
    """Words of a heading over a list of conditions (`covered indications`): one of them is enough."""
    adjective_endings: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    """Words that no sentence ends with, so that the next line goes on."""
