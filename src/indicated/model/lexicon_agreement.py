"""What several documents may say of one patient and both be right, as data (`content/reading/agreement.yaml`)."""

from msgspec import Struct

from indicated.model.quantity import Quantity


class Slack(Struct, frozen=True):
    """How far two values of `concept` may lie apart and yet both be right.

    `within` or `percent` (of the larger) is what rounding explains on one day; `a_month` is percent more for each month
    between two days. `undated_within` and `undated_percent` hold between documents of unknown day.
    """

    concept: str
    source: str
    within: Quantity | None = None
    percent: int = 0
    a_month: int = 0
    undated_within: Quantity | None = None
    undated_percent: int = 0


class Share(Struct, frozen=True):
    """A share of the larger of two amounts, within which they are one."""

    percent: int
    source: str


class Possible(Struct, frozen=True):
    """The values of `concept`, or of anything narrower, that a person can have."""

    concept: str
    least: Quantity
    most: Quantity
    source: str


class OwnDate(Struct, frozen=True):
    """Words before a date that make it the document's own."""

    words: tuple[str, ...]


class IdentityLabel(Struct, frozen=True):
    """Labels in a document's head. `what`: `name` and `number` are the patient's, `named` is where no other person's
    part of a form is open, `birth_date` ends them, `other` opens another person's part.
    """

    what: str
    words: tuple[str, ...]


class AgreementLexicon(Struct, frozen=True):
    """The words and limits by which facts are held against each other.

    `rounded`: two figures in different units are one claim; `same_test`: two values of one day; `same_dose`: a dose
    per weight and an absolute one. `earlier` words put a sentence in another time, `now` words a denial in the
    present alone; with `passing` words time passes within a document. `narrows` before a denial deny only a part.
    `relatives`
    are other people; `one_sided` concepts are of one side, `again` words beside them speak of another one. `no_names`
    after a label are no name; `titles` are no part of one.
    """

    slack: tuple[Slack, ...]
    rounded: Share
    same_test: Share
    same_dose: Share
    possible: tuple[Possible, ...] = ()
    own_dates: tuple[OwnDate, ...] = ()
    identity: tuple[IdentityLabel, ...] = ()
    no_names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    narrows: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    one_sided: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
