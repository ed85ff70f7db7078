"""How values of tests are written, as data (`content/reading/measures.yaml`)."""

from msgspec import Struct

from indicated.model.fact import Result


class Flag(Struct, frozen=True):
    """Marks that a laboratory sets beside a value (`H`, `*`), in their own case, and what they say of it.

    `alone`: only where nothing but punctuation, a figure or the end of the line follows.
    """

    id: str
    result: Result
    marks: tuple[str, ...]
    alone: bool = False


class Column(Struct, frozen=True):
    """What stands under the headings `names` of a table of results.

    `holds` is one of `test`, `value`, `flag`, `reference`, `unit`, `date`.
    """

    id: str
    holds: str
    names: tuple[str, ...]


class Lasting(Struct, frozen=True):
    """How long something has lasted, told beside it: `concept` is the length of time, `of` what may last.

    `between` words may stand between the two; with one of `began` among them a time ago is the length. `history` words
    may stand between a length and what has lasted so long (`a 4-month history of weakness`). `days_of` words stand
    after a day that is counted (`day 6 of illness`).
    """

    concept: str
    of: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    began: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    days_of: tuple[str, ...] = ()


class MeasureLexicon(Struct, frozen=True):
    """Words around a value.

    `reference` words stand before the laboratory's own range; `links` between a test and its value; `follows` after
    a value without unit that is whole; `joins` between one value and the next, the `then` words among them between
    an earlier and a later one; `was` words before an earlier one. `moments` say when a value was (`before IVIG`)
    between it and the words of the next. `lasting` tells of what lengths of time are read beside it.
    """

    reference: tuple[str, ...]
    links: tuple[str, ...]
    follows: tuple[str, ...]
    joins: tuple[str, ...]
    then: tuple[str, ...]
    was: tuple[str, ...]
    moments: tuple[str, ...]
    flags: tuple[Flag, ...]
    columns: tuple[Column, ...]
    lasting: tuple[Lasting, ...] = ()
