"""What a licensed person decided of a request, and why; and that person's signature over the determination before them.

A determination never denies. Only a `Decision` can, and only once it is signed and lacks nothing that `lacking` lists.
As JSON a decision is one object with the fields below (`msgspec.json`); days are `YYYY-MM-DD`.
"""

import hashlib
from datetime import date
from enum import StrEnum

import msgspec
from msgspec import Struct

from indicated.model.determination import Determination
from indicated.model.errors import Nonsense
from indicated.model.law import DecisionStage
from indicated.model.verdict import Verdict

_HEX = frozenset("0123456789abcdef")
_DIGEST = 64
_FOLLOWS = ("flips", "rests_on")
"""What follows from the rest and is found only when asked for."""


class DecisionOutcome(StrEnum):
    """What was decided. `partial` grants a part of what was asked for, and is adverse to the rest."""

    APPROVE = "approve"
    PARTIAL = "partial"
    DENY = "deny"


class CriterionReason(Struct, frozen=True):
    """What the reviewer says of a criterion (its id in the policy, else in the standard), and why, of this patient."""

    criterion: str
    verdict: Verdict
    reason: str = ""


class Reviewer(Struct, frozen=True):
    """Who decides: name, credentials (`MD`), the licence's number and state (two capitals), specialty, and the board
    certifications where there are any. What is not told is empty.
    """

    name: str
    credentials: str = ""
    licence: str = ""
    state: str = ""
    specialty: str = ""
    boards: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.state and (len(self.state) != 2 or not self.state.isupper()):  # noqa: PLR2004
            raise Nonsense("the state of a licence is two capital letters")


class SignOff(Struct, frozen=True):
    """A reviewer's signature: `hash` is the `digest` of the determination that was before them.

    `seal` is a keyed signature over `signed_bytes`, where the decision was signed with a key; whoever keeps the keys
    makes and checks it.
    """

    reviewer: Reviewer
    signed_on: date
    hash: str
    seal: str = ""

    def __post_init__(self) -> None:
        _refuse_unless_digest(self.hash)


class Decision(Struct, frozen=True):
    """What a person decided of one determination (`determination` is its `digest`, `on` the day it was made as of).

    `reason` is the specific reason in one or two sentences, `provision` the part of the plan or policy it rests on,
    `rationale` the clinical judgement of this patient, `criteria` a reason for each criterion that bears on it,
    `granted` what a partial decision grants, `appeal` how to appeal where the plan's own words are to be used.
    """

    determination: str
    on: date
    outcome: DecisionOutcome
    rationale: str = ""
    reason: str = ""
    provision: str = ""
    criteria: tuple[CriterionReason, ...] = ()
    granted: str = ""
    appeal: str = ""
    stage: DecisionStage = DecisionStage.FIRST
    sign_off: SignOff | None = None

    def __post_init__(self) -> None:
        _refuse_unless_digest(self.determination)
        named = [one.criterion for one in self.criteria]
        if len(named) != len(set(named)):
            raise Nonsense("one criterion is given two reasons in a decision")

    @property
    def adverse(self) -> bool:
        """Whether it refuses any of what was asked for."""
        return self.outcome is not DecisionOutcome.APPROVE


class DecisionItem(StrEnum):
    """What a decision must hold before anything is done on it; the value names it."""

    REASON = "reason"
    PROVISION = "provision"
    RATIONALE = "rationale"
    CRITERIA = "criteria"
    GRANTED = "granted"
    SIGNATURE = "sign_off"
    OTHER_DETERMINATION = "sign_off.hash"
    NAME = "sign_off.reviewer.name"
    CREDENTIALS = "sign_off.reviewer.credentials"
    LICENCE = "sign_off.reviewer.licence"
    STATE = "sign_off.reviewer.state"
    SPECIALTY = "sign_off.reviewer.specialty"


def lacking(decision: Decision) -> tuple[DecisionItem, ...]:
    """What is missing before the decision may be acted on, in the order of the items; nothing when it is whole.

    An approval needs a signature by a named, licensed person. An adverse decision needs besides: the specific reason,
    the plan's provision, the clinical rationale, and for every criterion said to be unmet (at least one) why.
    """
    found = [*(_unreasoned(decision) if decision.adverse else ()), *_unsigned(decision)]
    return tuple(item for item in DecisionItem if item in found)


def signed_bytes(decision: Decision) -> bytes:
    """What a seal is made over: everything the decision says and who signed it when, without the seal itself."""
    sign_off = decision.sign_off
    bare = None if sign_off is None else msgspec.structs.replace(sign_off, seal="")
    return msgspec.json.encode(msgspec.structs.replace(decision, sign_off=bare), order="deterministic")


def digest(determination: Determination) -> str:
    """SHA-256, in hex, of a determination: its case, day, release, policy and everything decided from them.

    Flips and supports are left out: they follow from the rest, and are not always looked for. The same determination
    has the same digest in any process.
    """
    fields = {name: getattr(determination, name) for name in Determination.__struct_fields__ if name not in _FOLLOWS}
    return hashlib.sha256(msgspec.json.encode(Determination(**fields), order="deterministic")).hexdigest()


def _unreasoned(decision: Decision) -> list[DecisionItem]:
    unmet = [one for one in decision.criteria if one.verdict is not Verdict.MET]
    told = {
        DecisionItem.REASON: decision.reason,
        DecisionItem.PROVISION: decision.provision,
        DecisionItem.RATIONALE: decision.rationale,
        DecisionItem.CRITERIA: unmet and all(one.reason.strip() for one in unmet),
        DecisionItem.GRANTED: decision.outcome is not DecisionOutcome.PARTIAL or decision.granted,
    }
    return [item for item, said in told.items() if not (said.strip() if isinstance(said, str) else said)]


def _unsigned(decision: Decision) -> list[DecisionItem]:
    if decision.sign_off is None:
        return [DecisionItem.SIGNATURE]
    who = decision.sign_off.reviewer
    told = {
        DecisionItem.NAME: who.name,
        DecisionItem.CREDENTIALS: who.credentials,
        DecisionItem.LICENCE: who.licence,
        DecisionItem.STATE: who.state,
        DecisionItem.SPECIALTY: who.specialty,
    }
    found = [item for item, said in told.items() if not said.strip()]
    other = decision.sign_off.hash != decision.determination
    return [*found, *([DecisionItem.OTHER_DETERMINATION] if other else [])]


def _refuse_unless_digest(text: str) -> None:
    if len(text) != _DIGEST or not _HEX.issuperset(text):
        raise Nonsense("the hash of a determination is 64 hexadecimal digits")
