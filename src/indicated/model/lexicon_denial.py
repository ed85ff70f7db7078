"""The words in which plans deny, as data (`content/reading/denial.yaml`)."""

from msgspec import Struct

from indicated.model.denial import DenialKind, RightKind
from indicated.model.errors import Nonsense
from indicated.model.law import CountedIn, NoticePart, Plan
from indicated.model.quantity import Comparison


class DenialCue(Struct, frozen=True):
    """A sentence gives a reason of this `kind` when one of `texts` stands in it, one of `beside` too (where there are
    any), and none of `never`. `general` gives way to any other kind in the same sentence. `response`: it speaks of what
    treatment has done for the patient.
    """

    kind: DenialKind
    texts: tuple[str, ...]
    beside: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    general: bool = False
    response: bool = False


class RightWords(Struct, frozen=True):
    """Words that tell of a right; `never` as in `DenialCue`."""

    right: RightKind
    texts: tuple[str, ...]
    never: tuple[str, ...] = ()


class PartWords(Struct, frozen=True):
    """Words that show that a notice holds something it has to."""

    part: NoticePart
    texts: tuple[str, ...]


class PlanWords(Struct, frozen=True):
    """Words that tell what kind of plan wrote; the first entry that is found counts."""

    plan: Plan
    texts: tuple[str, ...]


class StateWords(Struct, frozen=True):
    """A state's names. `alone` are names of its own programs, which need nothing beside them."""

    state: str
    names: tuple[str, ...]
    alone: tuple[str, ...] = ()


class SpanWords(Struct, frozen=True):
    """Words that count time, after a number."""

    unit: CountedIn
    texts: tuple[str, ...]


class AgeWords(Struct, frozen=True):
    """Words for the patients that a reason speaks of, and the limit that they stand for."""

    is_: Comparison
    texts: tuple[str, ...]


class AgeLimit(Struct, frozen=True):
    """Words before a number of years, after it, or both, that make it a limit of age: a patient at or over it (`>=`),
    or under it (`<`).
    """

    sign: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.sign not in (">=", "<") or not (self.before or self.after):
            raise Nonsense("a limit of age is `>=` or `<`, with words before or after it")


class DenialWords(Struct, frozen=True):
    """Everything that reading a denial knows of English.

    `signs` are letters of which a text that tells of a denial holds some, in small letters. `announces` make a sentence
    of a case one about a denial; `joins` lead from there to its reason. `lists` end a sentence whose items are each a
    reason; `back` point back to the sentence before, of which `again` say
    nothing new; `asides` make a sentence no reason, whatever it holds (how to
    appeal, what the plan would cover). `items` stand before a criterion's number, `negates`
    beside one make it a reason; a sentence with none of `negates` and `demands` says that something is so, and not that
    it is missing. With one of `directions` a sentence speaks of how high or low a value is, with none of whether there
    is one. `absent` make what a sentence names missing where it has no other words of a reason; `joints` join clauses
    that may give a reason each. `admits` begin a sentence on what was there after all. `save` stand before what
    a reason leaves out, `either` among things of which one
    is enough. `onward` make a sentence go on with the right told before it. `beside_state` stand near a state that
    regulates; `dates` before the day of the notice; `decides` before a time in which the plan answers, which is no time
    to appeal; `untold` are parts of a notice that words cannot show.
    """

    signs: tuple[str, ...]
    announces: tuple[str, ...]
    joins: tuple[str, ...]
    lists: tuple[str, ...]
    back: tuple[str, ...]
    again: tuple[str, ...]
    asides: tuple[str, ...]
    items: tuple[str, ...]
    negates: tuple[str, ...]
    directions: tuple[str, ...]
    absent: tuple[str, ...]
    joints: tuple[str, ...]
    admits: tuple[str, ...]
    demands: tuple[str, ...]
    either: tuple[str, ...]
    save: tuple[str, ...]
    reasons: tuple[DenialCue, ...]
    rights: tuple[RightWords, ...]
    onward: tuple[str, ...]
    parts: tuple[PartWords, ...]
    plans: tuple[PlanWords, ...]
    states: tuple[StateWords, ...]
    beside_state: tuple[str, ...]
    spans: tuple[SpanWords, ...]
    decides: tuple[str, ...]
    dates: tuple[str, ...]
    ages: tuple[AgeWords, ...] = ()
    age_limits: tuple[AgeLimit, ...] = ()
    untold: tuple[NoticePart, ...] = ()
