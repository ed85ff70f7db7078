"""Deciding a case: a decision is prepared for somebody else, or signed by a licensed person who proves who they are.

Nothing is filled in beforehand but the words of somebody's proposal, where they are asked for, and never the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.model.decision import CriterionReason, Decision, DecisionItem, DecisionOutcome, lacking
from indicated.model.errors import IndicatedError
from indicated.model.verdict import Verdict
from indicated.web import forms
from indicated.web.case import Shown, look
from indicated.web.changes_view import criteria_in_words
from indicated.web.errors import status_of
from indicated.web.history_view import Entry
from indicated.web.pages import SEE_OTHER, page
from indicated.web.person import current_person
from indicated.web.proving import prove
from indicated.web.site import Site
from indicated.web.words import Words, book
from indicated.web.work.page import head_of_page, since
from indicated.web.work.signing import May, may
from indicated.workflow.accounts.errors import TooManyAttempts
from indicated.workflow.assess import a_day, current, now
from indicated.workflow.errors import BadDate
from indicated.workflow.review import cases, decide
from indicated.workflow.review.asked import criteria, exclusions
from indicated.workflow.review.errors import Conflict, Incomplete, NotNow, SignInAgain
from indicated.workflow.review.people import Person
from indicated.workflow.review.states import CaseState
from indicated.workflow.review.values import CaseFile, Proposed

router = APIRouter()

WORDS = ("reason", "provision", "rationale", "granted", "appeal")
"""What a decision says in words."""
_FIELDS = ("outcome", *WORDS, "until")


class _At(Struct, frozen=True):
    """Who asks, and of which case."""

    request: Request
    person: Person
    case: str

    @property
    def site(self) -> Site:
        """What the pages stand on."""
        found: Site = self.request.app.state.site
        return found


class Judged(Struct, frozen=True):
    """One criterion of the form: its id, its words, the mark of what was found and whether that speaks for the request,
    what the reviewer says of it and why.
    """

    id: str
    words: str
    mark: str
    clear: bool
    verdict: str = ""
    why: str = ""


class Typed(Struct, frozen=True):
    """What the form holds, what is wrong with which field, and what others did since it was opened."""

    values: dict[str, str]
    said: dict[str, tuple[str, str]]
    wrong: str = ""
    at_field: dict[str, str] = {}
    since: tuple[Entry, ...] = ()


@router.get("/work/{case_id}/decision")
async def form_of(request: Request, case_id: str) -> Response:
    """The form; `?from=proposal` takes over the words of the decision that was prepared, without its outcome."""
    at = _At(request, current_person(request), case_id)
    shown, signs = await run_in_threadpool(_read, at)
    prepared = proposed(shown.file)
    taken = prepared if prepared is not None and request.query_params.get("from") == "proposal" else None
    return _page(at, shown, signs, _begins(taken))


@router.post("/work/{case_id}/decision")
async def send(request: Request, case_id: str) -> Response:
    """Prepare the decision, or sign it; the form again, with what was typed, where that is refused."""
    at = _At(request, current_person(request), case_id)
    form = await forms.posted(request)
    version, signing = forms.number(form, "version"), forms.text(form, "do") == "sign"
    proof = (forms.text(form, "password"), forms.text(form, "code").strip())
    typed = _typed(form)
    try:
        await run_in_threadpool(_do, at, version, typed, proof if signing else None)
    except IndicatedError as error:
        return await _again(at, version, typed, error)
    return RedirectResponse(f"/work/{case_id}?done={'decide' if signing else 'propose'}", SEE_OTHER)


def proposed(file: CaseFile) -> Decision | None:
    """The decision that somebody prepared and nobody signed yet."""
    if file.head.state is not CaseState.PROPOSED:
        return None
    return next((one.said.decision for one in reversed(file.history) if isinstance(one.said, Proposed)), None)


def _do(at: _At, version: int, typed: Typed, proof: tuple[str, str] | None) -> None:
    """Sign the decision that was typed, with the proof of the person; without one it is prepared."""
    store, when = at.site.store, now()
    file = cases.case(store, at.person, at.case, now=when)
    decision, until = _decision(file, typed)
    if proof is None:
        decide.propose(store, at.person, at.case, version, decision=decision, now=when)
        return
    decide.refuse_unless_may(file, at.person, decision.outcome, cases.today(when))
    if decision.adverse and _left_out(decision):
        raise Incomplete(book().words("web.decision.lacks"))
    fresh = prove(at.site, at.person, at.case, proof, when)
    decide.decide(store, at.person, at.case, version, decision=decision, fresh=fresh, now=when, until=until)


def _left_out(decision: Decision) -> list[DecisionItem]:
    """What the form leaves out of an adverse decision."""
    asked = {DecisionItem.CRITERIA, *(item for item in DecisionItem if item.value in WORDS)}
    return [item for item in lacking(decision) if item in asked]


def _typed(form: FormData) -> Typed:
    values = {name: forms.text(form, name).strip() for name in _FIELDS}
    ids = [name.removeprefix("verdict-") for name in form if name.startswith("verdict-")]
    said = {one: (forms.text(form, f"verdict-{one}"), forms.text(form, f"why-{one}").strip()) for one in ids}
    return Typed(values, said)


def _begins(taken: Decision | None) -> Typed:
    if taken is None:
        return Typed(dict.fromkeys(_FIELDS, ""), {})
    values = {"outcome": "", "until": "", **{name: getattr(taken, name) for name in WORDS}}
    return Typed(values, {one.criterion: (one.verdict.value, one.reason) for one in taken.criteria})


def _decision(file: CaseFile, typed: Typed) -> tuple[Decision, date | None]:
    """The decision that the form says, and the last day of what is approved. Incomplete without an outcome."""
    v = typed.values
    if v["outcome"] not in set(DecisionOutcome):
        raise Incomplete(book().words("web.decision.no_outcome"))
    if file.determination is None:
        raise NotNow("nothing could be determined of this case, so there is nothing to decide on; correct it first")
    decision = Decision(
        file.determination.digest,
        file.determination.on,
        DecisionOutcome(v["outcome"]),
        criteria=tuple(_reasons(typed.said.items())),
        reason=v["reason"],
        provision=v["provision"],
        rationale=v["rationale"],
        granted=v["granted"],
        appeal=v["appeal"],
    )
    return decision, a_day(v["until"]) if v["until"] else None


def _reasons(said: Iterable[tuple[str, tuple[str, str]]]) -> Iterator[CriterionReason]:
    for criterion, (verdict, why) in said:
        if verdict in set(Verdict):
            yield CriterionReason(criterion, Verdict(verdict), why)


async def _again(at: _At, version: int, typed: Typed, error: IndicatedError) -> Response:
    """The form with what was typed, the refusal, and the fields that it is about."""
    shown, signs = await run_in_threadpool(_read, at)
    later = since(shown.file, version) if isinstance(error, Conflict) else ()
    told = Typed(typed.values, typed.said, str(error), _at_field(shown.file, typed, error), later)
    return _page(at, shown, signs, told, status_of(error))


def _at_field(file: CaseFile, typed: Typed, error: IndicatedError) -> dict[str, str]:
    """Which fields a refusal is about, with a line for each."""
    t = Words(book())
    if isinstance(error, SignInAgain | TooManyAttempts):
        return {"password": str(error)}
    if isinstance(error, BadDate):
        return {"until": str(error)}
    if not isinstance(error, Incomplete):
        return {}
    if typed.values["outcome"] not in set(DecisionOutcome):
        return {"outcome": str(error)}
    decision, _ = _decision(file, typed)
    return {item.value: t(f"decision.lacks.{item}") for item in _left_out(decision)} if decision.adverse else {}


def _read(at: _At) -> tuple[Shown, May]:
    shown = look(at.site, at.request.app.state.kept, at.person, at.case, "reviewer")
    return shown, may(at.site, at.person, shown.file, now())


def _page(at: _At, shown: Shown, signs: May, typed: Typed, status: int = 200) -> Response:
    listed = tuple(_judged(shown, typed))
    return page(
        at.request,
        "work/decision.html",
        status=status,
        audience="reviewer",
        typed=typed,
        v=typed.values,
        signs=signs,
        signer=at.person,
        open_ones=[one for one in listed if not one.clear],
        met_ones=[one for one in listed if one.clear],
        verdicts=tuple(Verdict),
        proposal=proposed(shown.file),
        **head_of_page(shown, at.person),
    )


def _judged(shown: Shown, typed: Typed) -> Iterator[Judged]:
    """Every criterion that the decision can speak to, in order."""
    stands = shown.file.determination
    if stands is None:
        return
    named = dict(criteria_in_words(shown.assessment, current().knowledge)) if shown.assessment is not None else {}
    words = {id_: said for (_, id_), said in reversed(list(named.items()))}
    excluded = exclusions(shown.assessment.policy) if shown.assessment is not None else frozenset()
    for id_, found in criteria(stands.answer).items():
        verdict, why = typed.said.get(id_, ("", ""))
        if id_ in excluded and found is not Verdict.UNKNOWN:
            mark, clear = ("applies", False) if found is Verdict.MET else ("applies_not", True)
        else:
            mark, clear = found.value, found is Verdict.MET
        yield Judged(id_, words.get(id_, id_), mark, clear, verdict, why)
