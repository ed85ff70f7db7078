"""How values of tests are written, as data (`content/reading/measures.yaml`)."""

from decimal import Decimal

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


class ShareMeans(Struct, frozen=True):
    """What a share says outright: from `low` (included) to under `high`, in percent, it is the finding `means`."""

    means: str
    cite: str
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(101)


class Share(Struct, frozen=True):
    """How many of a number of things are so, told in words (`protective in 5 of 23 serotypes`): `concept` is the share
    in percent, `of` what is counted. One of `words` must stand in the sentence; the nearest to the figures decides,
    and one of `contrary` (`nonprotective`) makes it the share of those that are not. With one of `before` in the
    clause before the figures (`baseline`) it is the share of another day, and nothing is read. Where one of `after`
    (`post-vaccine`) stands in the sentence or the one before, the share `says` what it means.
    """

    concept: str
    of: tuple[str, ...]
    words: tuple[str, ...]
    contrary: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    says: tuple[ShareMeans, ...] = ()


class MeasureLexicon(Struct, frozen=True):
    """Words around a value.

    `reference` words stand before the laboratory's own range; `links` between a test and its value; `follows` after
    a value without unit that is whole; `joins` between one value and the next, the `then` words among them between
    an earlier and a later one; `was` words before an earlier one. `moments` say when a value was (`before IVIG`)
    between it and the words of the next. `lasting` tells of what lengths of time are read beside it, `shares` what is
    counted out of a whole.
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
    shares: tuple[Share, ...] = ()
