"""The words by which reading lists every amount of a text, as data (`content/reading/amounts.yaml`)."""

from msgspec import Struct


class AmountExample(Struct, frozen=True):
    """A sentence and each amount that must be read in it, in order, as `what value: words` (`dose 5 mg: 5 mg`);
    a value of words alone is `-`. Runs as a test.
    """

    text: str
    expect: tuple[str, ...]


class AmountLexicon(Struct, frozen=True):
    """The words of amounts.

    `doses`, `lasting` and `often` tell a dose, a duration, a frequency without a figure. `some` stand for a number that
    is not told (`several`). `counts` are what is counted of a treatment (`cycles`), `events` of an illness
    (`episodes`). `given` near an amount that could be either make it a dose, `measured` a measurement. `pressure` names
    what is told as two figures (`BP 120/80`). `marks` come before a grade or score (`grade 3`), `ranks` after one
    (`10th percentile`). `days` name a day of a course (`POD 3`); `unlike` before a figure make it no amount
    (`figure 2`).
    """

    doses: tuple[str, ...]
    lasting: tuple[str, ...]
    often: tuple[str, ...]
    some: tuple[str, ...]
    counts: tuple[str, ...]
    events: tuple[str, ...]
    given: tuple[str, ...]
    measured: tuple[str, ...]
    pressure: tuple[str, ...]
    ranks: tuple[str, ...]
    marks: tuple[str, ...]
    days: tuple[str, ...]
    unlike: tuple[str, ...]
    examples: tuple[AmountExample, ...] = ()
