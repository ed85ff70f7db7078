"""A plan's denial as it was read, and each of its reasons held against the record, the policy and the evidence.

What a notice says is the plan's word: nothing in it is ever a fact about the patient.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from indicated.model.case import Mention
from indicated.model.errors import Nonsense
from indicated.model.fact import Fact
from indicated.model.law import Due, NoticeNeed, NoticePart, Plan, Within
from indicated.model.quantity import Comparison
from indicated.model.text import Document, Passage
from indicated.model.verdict import Gap, Verdict


class DenialKind(StrEnum):
    """What a reason for a denial comes to."""

    MEDICAL_NECESSITY = "medical_necessity"
    STEP_THERAPY = "step_therapy"
    CRITERIA = "criteria"
    DIAGNOSIS = "diagnosis"
    EXPERIMENTAL = "experimental"
    INFORMATION = "information"
    DOSE = "dose"
    SITE_OF_CARE = "site_of_care"
    PRODUCT = "product"
    ADMINISTRATIVE = "administrative"


class StatedLimit(Struct, frozen=True):
    """A limit that a reason states for a measurement."""

    concept: str
    is_: Comparison


class DenialReason(Struct, frozen=True):
    """One reason: the sentence it stands in, its kind, and the words that told it. `concepts` are what it speaks of,
    `items` the numbers of criteria that it names (`2.b`), `ages` whom it speaks of. With `any_of` one of
    the concepts is enough. `says_so`: it says that what it names is so, and not that it is missing. `of_value`: it
    says how high or low a result is, and not only that there is none. `of_response`: it speaks of what treatment has
    done for the patient. `bare`: a conclusion that says nothing of what it rests on.
    """

    kind: DenialKind
    passage: Passage
    cue: Passage
    concepts: tuple[Mention, ...] = ()
    items: tuple[str, ...] = ()
    ages: tuple[Comparison, ...] = ()
    any_of: bool = False
    limits: tuple[StatedLimit, ...] = ()
    says_so: bool = False
    of_value: bool = False
    of_response: bool = False
    bare: bool = False


class RightKind(StrEnum):
    """What somebody may do about a denial."""

    APPEAL = "appeal"
    EXPEDITED = "expedited"
    EXTERNAL = "external"
    PEER_TO_PEER = "peer_to_peer"
    RECORDS = "records"
    HEARING = "hearing"


class StatedRight(Struct, frozen=True):
    """A right that a notice tells of, and how long it says there is for it: a span, or a last day."""

    kind: RightKind
    passage: Passage
    within: Within | None = None
    by: date | None = None


class ToldPart(Struct, frozen=True):
    """Something that a notice has to hold, and where it does."""

    part: NoticePart
    passage: Passage


class Denial(Struct, frozen=True):
    """A denial as read: a notice of its own, or the passage of a case that quotes it (`quoted`). No reason is a denial
    that gives none. Each of `dated`, `plan` and `state` has the passage it was read in beside it. `mentions` are the
    concepts named anywhere in it.
    """

    document: Document
    reasons: tuple[DenialReason, ...]
    quoted: bool = False
    dated: date | None = None
    dated_in: Passage | None = None
    plan: Plan | None = None
    plan_in: Passage | None = None
    state: str = ""
    state_in: Passage | None = None
    rights: tuple[StatedRight, ...] = ()
    parts: tuple[ToldPart, ...] = ()
    mentions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        told = [reason.passage for reason in self.reasons] + [right.passage for right in self.rights]
        if not all(self.document.holds(passage) for passage in told):
            raise Nonsense("a passage of a denial is not in its document")


class ReasonAnswer(StrEnum):
    """What the record says to a reason. Unknown: what would settle it is among the gaps."""

    FACTS_MEET = "facts_meet"
    FACTS_DO_NOT_MEET = "facts_do_not_meet"
    NOT_CONSIDERED = "not_considered"
    UNKNOWN = "unknown"


class DenialFlag(StrEnum):
    """What else is to be said of a reason. Not alone: others can take the place of the criterion that it names. Other
    part: the policy given asks for this only in a part that does not reach the request.
    """

    OTHER_CONDITION = "other_condition"
    OTHER_AGE = "other_age"
    NARROWER = "narrower"
    NOT_IN_POLICY = "not_in_policy"
    NO_CRITERION_NAMED = "no_criterion_named"
    NOT_ALONE = "not_alone"
    OTHER_PART = "other_part"


class HeldAgainst(Struct, frozen=True):
    """A criterion that a reason speaks of, by the id of its policy or standard and its own, and its verdict."""

    document: str
    criterion: str
    verdict: Verdict


class ReasonCheck(Struct, frozen=True):
    """One reason, answered. `facts` carry the answer (those that meet it, or speak against it), `unmentioned` are
    facts that bear on it and that the notice does not mention, `gaps` what would settle it. `flag_about` are the
    concepts that a flag speaks of.
    """

    reason: DenialReason
    answer: ReasonAnswer
    criteria: tuple[HeldAgainst, ...] = ()
    facts: tuple[Fact, ...] = ()
    unmentioned: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()
    flags: tuple[DenialFlag, ...] = ()
    flag_about: tuple[str, ...] = ()


class DenialCheck(Struct, frozen=True):
    """A denial, answered reason by reason. `lacking` is what the law asks of such a notice and this one does not hold
    (none for a denial that is only quoted); `appeal_by` the last day for an appeal by law, counted from the date of the
    notice, None without a date or a rule; `stated_by` the last day that the notice itself gives.
    """

    denial: Denial
    checks: tuple[ReasonCheck, ...]
    lacking: tuple[NoticeNeed, ...] = ()
    appeal_by: Due | None = None
    stated_by: date | None = None
