"""What regulation asks of a coverage decision, as dated rows: clocks, appeals, notices, who decides, machines.

Not legal advice: each row has its source, so that a lawyer can check it and a site can replace it.
"""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from indicated.model.errors import Nonsense
from indicated.model.evidence import Status
from indicated.model.verdict import Verdict


class Plan(StrEnum):
    """The kinds of plan that law tells apart. `exchange` is a plan sold on the federal exchange; an insured employer
    plan and an individual one are under state law too, a self-funded employer plan is not.
    """

    MEDICARE_ADVANTAGE = "medicare_advantage"
    MEDICARE = "medicare"
    MEDICAID_MANAGED = "medicaid_managed"
    MEDICAID = "medicaid"
    CHIP = "chip"
    EXCHANGE = "exchange"
    EMPLOYER_INSURED = "employer_insured"
    EMPLOYER_SELF_FUNDED = "employer_self_funded"
    INDIVIDUAL = "individual"


class Urgency(StrEnum):
    """Whether waiting could harm the patient."""

    STANDARD = "standard"
    EXPEDITED = "expedited"


class DecisionStage(StrEnum):
    """The first decision, or the decision on an appeal of it."""

    FIRST = "first"
    APPEAL = "appeal"


class CountedIn(StrEnum):
    """Hours run through; a day ends at midnight; business days pass over weekends and holidays."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"


class Within(Struct, frozen=True):
    """A length of time as a law counts it."""

    count: int
    unit: CountedIn

    def __post_init__(self) -> None:
        if self.count < 1:
            raise Nonsense("a span is at least one hour or day")


class LawRow(Struct, frozen=True):
    """One provision: what it says in our words, its `section`, and the page it was read on (`seen_at`; a recalled one
    has none). `plans`, `states`, `effective_from` and `effective_to` stand for the law's own where given. With status
    `part` what was read is a summary that leaves something open.
    """

    says: str
    section: str
    status: Status
    seen_at: str = ""
    plans: tuple[Plan, ...] = ()
    states: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None


class Clock(LawRow, frozen=True, kw_only=True):
    """By when a decision is due. `urgency`, `drug` and `electronic` (how the request came in) None: whichever."""

    within: Within
    urgency: Urgency | None = None
    drug: bool | None = None
    electronic: bool | None = None
    stage: DecisionStage = DecisionStage.FIRST


class AppealRight(LawRow, frozen=True, kw_only=True):
    """How long after the notice an appeal may be made."""

    within: Within


class Pause(LawRow, frozen=True, kw_only=True):
    """That a clock of this law stands still while information that was asked for is waited for."""

    urgency: Urgency | None = None
    stage: DecisionStage = DecisionStage.FIRST


class NoticePart(StrEnum):
    """What a notice of an adverse decision has to hold."""

    DECISION = "decision"
    REASON = "reason"
    PLAN_PROVISION = "plan_provision"
    MATERIAL_NEEDED = "material_needed"
    CRITERION = "criterion"
    CRITERION_SOURCE = "criterion_source"
    CLINICAL_JUDGMENT = "clinical_judgment"
    CODES = "codes"
    RECORDS_FREE = "records_free"
    REVIEWER = "reviewer"
    APPEAL = "appeal"
    EXPEDITED_APPEAL = "expedited_appeal"
    EXTERNAL_REVIEW = "external_review"
    CONTINUED_BENEFITS = "continued_benefits"
    APPROVED_WORDING = "approved_wording"


class NoticeItem(LawRow, frozen=True, kw_only=True):
    """One thing that a notice of an adverse decision has to hold."""

    part: NoticePart


class Act(StrEnum):
    """What is done: to recommend an adverse decision, to make one, to decide an appeal."""

    RECOMMEND_ADVERSE = "recommend_adverse"
    ADVERSE = "adverse"
    APPEAL = "appeal"


class Quality(StrEnum):
    """What the law asks of the one who decides."""

    LICENSED = "licensed"
    PHYSICIAN = "physician"
    EXPERTISE = "expertise"
    CLINICAL_PEER = "clinical_peer"
    OWN_RECORD = "own_record"
    NOT_FIRST_DECIDER = "not_first_decider"
    NOT_SUBORDINATE = "not_subordinate"
    CONSULTED = "consulted"


class DeciderRule(LawRow, frozen=True, kw_only=True):
    """Who may do an act: a person who has every one of these qualities."""

    act: Act
    needs: tuple[Quality, ...]


class Machine(StrEnum):
    """What an automated system may do in an act: all of it, its part beside a person who decides, or nothing."""

    MAY = "may"
    WITH_PERSON = "with_person"
    MAY_NOT = "may_not"


class AutomationRule(LawRow, frozen=True, kw_only=True):
    """What an automated system may do in an act."""

    act: Act
    machine: Machine


class Law(Struct, frozen=True):
    """One statute or regulation. `plans` are those it reaches; `states` two letters each, none for the whole country;
    it is in force from and to these days, both included.
    """

    id: str
    title: str
    plans: tuple[Plan, ...]
    states: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    clocks: tuple[Clock, ...] = ()
    appeals: tuple[AppealRight, ...] = ()
    pauses: tuple[Pause, ...] = ()
    notice: tuple[NoticeItem, ...] = ()
    deciders: tuple[DeciderRule, ...] = ()
    automation: tuple[AutomationRule, ...] = ()

    def __post_init__(self) -> None:
        rows = (*self.clocks, *self.appeals, *self.pauses, *self.notice, *self.deciders, *self.automation)
        for code in (*self.states, *(state for row in rows for state in row.states)):
            if len(code) != 2 or not code.isupper():  # noqa: PLR2004
                raise Nonsense("a state is two capital letters")


class Decider(Struct, frozen=True):
    """Who is about to do an act. `qualities` are told of them: yes or no; one that is not told is unknown. An automated
    system is no person.
    """

    qualities: dict[Quality, bool] = {}
    automated: bool = False


class Due(Struct, frozen=True):
    """When something is due, the row that makes it so, and what was not known, so that the shortest was taken."""

    due: datetime
    law: str
    row: Clock | AppealRight
    assumed: tuple[str, ...] = ()


class NoticeNeed(Struct, frozen=True):
    """One part that a notice has to hold, with every row that asks for it."""

    part: NoticePart
    rows: tuple[NoticeItem, ...]


class MayDecide(Struct, frozen=True):
    """Whether somebody may do an act. Unknown while a quality that is needed is not told (`untold`); `lacking` is what
    they do not have. `rows` are the provisions that ask.
    """

    verdict: Verdict
    rows: tuple[DeciderRule | AutomationRule, ...] = ()
    lacking: tuple[Quality, ...] = ()
    untold: tuple[Quality, ...] = ()
