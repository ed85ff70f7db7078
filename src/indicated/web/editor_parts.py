"""What is edited of a draft: its head, a criterion, the rules of coverage, golden cases, release notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.model.errors import IndicatedError
from indicated.model.policy import Coverage, Origin, Policy
from indicated.model.verdict import Verdict
from indicated.web import forms
from indicated.web.concepts import concept_named
from indicated.web.editor import Open, draft_page, lines_of, opened
from indicated.web.pages import SEE_OTHER, page
from indicated.web.rule_forms import KINDS, OUTCOMES, RESULTS, Typed, typed_of, yaml_of
from indicated.web.words import Words, book
from indicated.workflow.assess import a_day, current, today
from indicated.workflow.authoring.words import RuleWords
from indicated.workflow.drafts import check, edit, files
from indicated.workflow.drafts.errors import BadDraft, DraftChanged
from indicated.workflow.drafts.files import Draft
from indicated.workflow.review.people import Action, require

router = APIRouter()

_WORDED = ("id", "section", "paraphrase", "quote", "ask", "plain")
_COVERED = ("start", "continuation", "limits", "exclusions")


@router.get("/editor/{payer}/{name}/criterion")
async def criterion(request: Request, payer: str, name: str) -> Response:
    """The form of a criterion: `?id=`, or of a new one."""
    of = await run_in_threadpool(opened, request, payer, name)
    was = request.query_params.get("id", "")
    found = next((one for one in of.policy.criteria if one.id == was), None)
    if was and found is None:
        raise BadDraft(f"this draft has no criterion {was[:40]!r}; open it from the page of the draft")
    words = {field: getattr(found, field) if found is not None else "" for field in _WORDED}
    typed = typed_of(found.rule) if found is not None else Typed()
    return await _criterion_page(request, of, was, words, typed)


@router.post("/editor/{payer}/{name}/criterion")
async def keep_criterion(request: Request, payer: str, name: str) -> Response:
    """Keep it, or take it out; back to the form, with what was typed, where it cannot stand."""
    form = await forms.posted(request)
    of = await run_in_threadpool(opened, request, payer, name)
    was, words, typed = forms.text(form, "was"), _worded(form), rule_typed(form)
    try:
        one = None if forms.text(form, "act") == "remove" else edit.criterion_from(words, yaml_of(typed))
        kept = edit.with_policy(of.draft, edit.with_criterion(of.policy, was, one))
        await run_in_threadpool(_save, of, kept, forms.text(form, "mark"))
    except IndicatedError as error:
        return await _criterion_page(request, of, was, words, typed, wrong=str(error), mark=forms.text(form, "mark"))
    where = f"#c-{one.id}" if one is not None else "#criteria"
    return RedirectResponse(f"/editor/{of.draft.id}{where}", SEE_OTHER)


@router.post("/editor/{payer}/{name}/rule")
async def say_rule(request: Request, payer: str, name: str) -> Response:
    """What a rule that is being typed comes to, in words; or the line that says what is wrong with it."""
    form = await forms.posted(request)
    await run_in_threadpool(opened, request, payer, name)
    try:
        rule = edit.rule_from(yaml_of(rule_typed(form)))
    except IndicatedError as error:
        return page(request, "editor/rule.html", lines=(), wrong=str(error))
    return page(request, "editor/rule.html", lines=tuple(RuleWords(current()).tree(rule)), wrong="")


@router.post("/editor/{payer}/{name}/head")
async def head(request: Request, payer: str, name: str) -> Response:
    """Keep what the policy says of itself."""
    return await _keep(request, payer, name, "head", lambda of, form: edit.with_policy(of.draft, _headed(of, form)))


@router.post("/editor/{payer}/{name}/coverage")
async def coverage(request: Request, payer: str, name: str) -> Response:
    """Keep the conditions and the rules of coverage."""
    return await _keep(
        request, payer, name, "coverage", lambda of, form: edit.with_policy(of.draft, _covering(of.policy, form))
    )


@router.post("/editor/{payer}/{name}/notes")
async def notes(request: Request, payer: str, name: str) -> Response:
    """Keep the release notes."""
    return await _keep(
        request, payer, name, "notes", lambda of, form: replace(of.draft, notes=forms.text(form, "notes"))
    )


@router.post("/editor/{payer}/{name}/case")
async def case(request: Request, payer: str, name: str) -> Response:
    """Add a golden case told in words, or take one out."""
    return await _keep(request, payer, name, "cases", _with_case)


@router.post("/editor/{payer}/{name}/limits")
async def limits(request: Request, payer: str, name: str) -> Response:
    """Make the cases at the limits that none holds yet."""

    def made(of: Open, form: FormData) -> Draft:
        del form
        draft, count = check.with_boundaries(of.root, of.draft, today(), edit.cases_of(of.draft))
        if not count:
            raise BadDraft(
                "no case could be made: every limit has its cases, or the check refuses something else first"
            )
        return draft

    return await _keep(request, payer, name, "cases", made)


async def _keep(
    request: Request, payer: str, name: str, where: str, change: Callable[[Open, FormData], Draft]
) -> Response:
    form = await forms.posted(request)
    of = await run_in_threadpool(opened, request, payer, name)
    try:
        kept = await run_in_threadpool(change, of, form)
        await run_in_threadpool(_save, of, kept, forms.text(form, "mark"))
    except IndicatedError as error:
        typed = {key: value for key, value in form.items() if isinstance(value, str)}
        return await draft_page(request, of, wrong=str(error), wrong_in=where, **_retyped(where, typed))
    return RedirectResponse(f"/editor/{of.draft.id}#{where}", SEE_OTHER)


def _retyped(where: str, typed: dict[str, str]) -> dict[str, Any]:
    """What was typed, in the place of what is kept."""
    if where == "coverage":
        return {"rules": {one: typed.get(one, "") for one in _COVERED}, "conditions": typed.get("conditions", "")}
    return {"typed_case": typed} if where == "cases" else {}


def _save(of: Open, draft: Draft, was: str) -> None:
    require(of.person, Action.SUBMIT_CONTENT)
    if not of.may_edit:
        raise DraftChanged(f"{of.draft.id} is under review and stays as it is; the reviewer gives it back first")
    files.save(of.root, draft, was)


async def _criterion_page(  # noqa: PLR0913 - what was typed comes back whole
    request: Request, of: Open, was: str, words: dict[str, str], typed: Typed, *, wrong: str = "", mark: str = ""
) -> Response:
    lines = await run_in_threadpool(lines_of, of.draft)
    t = Words(book())
    return page(
        request, "editor/criterion.html", status=422 if wrong else 200, of=of, was=was, words=words, typed=typed,
        wrong=wrong, mark=mark or of.draft.mark, kinds=[(kind, t(f"editor.rule.{kind}")) for kind in KINDS],
        outcomes=OUTCOMES, results=RESULTS, lines=lines.get(was, ()) if was else (),
    )  # fmt: skip


def _worded(form: FormData) -> dict[str, str]:
    return {field: " ".join(forms.text(form, field).split()) for field in _WORDED}


def rule_typed(form: FormData) -> Typed:
    """The rule as it stands in a form."""
    kind = forms.text(form, "kind")
    return Typed(
        kind if kind in KINDS else KINDS[0],
        concept=forms.text(form, "concept"),
        limit=forms.text(form, "limit"),
        within=forms.text(form, "within"),
        longest=forms.text(form, "longest"),
        outcomes=tuple(one for one in forms.texts(form, "outcomes") if one in map(str, OUTCOMES)),
        results=tuple(one for one in forms.texts(form, "results") if one in map(str, RESULTS)),
        codes=forms.text(form, "codes"),
        question=forms.text(form, "question"),
        other=forms.text(form, "other"),
    )


def _headed(of: Open, form: FormData) -> Policy:
    told = {name: " ".join(forms.text(form, name).split()) for name in ("title", "payer", "version", "origin", "url")}
    missing = [name for name in ("title", "payer", "version") if not told[name]]
    if missing:
        raise BadDraft(f"a policy has a {missing[0]}; the field was left empty")
    was = of.policy.origin
    return replace(
        of.policy,
        title=told["title"],
        payer=told["payer"],
        version=told["version"],
        origin=Origin(told["origin"] or told["title"], told["url"], was.retrieved or today(), was.via),
        effective_from=_day(form, "effective_from"),
        effective_to=_day(form, "effective_to"),
        review_due=_day(form, "review_due"),
        authors=tuple(one.strip() for one in forms.text(form, "authors").split(",") if one.strip()),
    )  # fmt: skip


def _covering(policy: Policy, form: FormData) -> Policy:
    known = current().knowledge
    lines = [one.strip() for one in forms.text(form, "conditions").splitlines() if one.strip()]
    conditions = tuple(concept_named(one, known) for one in lines)
    told = {name: forms.text(form, name).strip() for name in _COVERED}
    if not told["start"]:
        raise BadDraft("say what has to be met to start; the simplest is 'ref: ' and the name of a criterion")
    rules = {name: edit.rule_from(text) if text else None for name, text in told.items()}
    first = Coverage(conditions, **rules)  # type: ignore[arg-type]
    return replace(policy, coverages=(first, *policy.coverages[1:]))


def _with_case(of: Open, form: FormData) -> Draft:
    cases = edit.cases_of(of.draft)
    gone = forms.text(form, "remove")
    if gone:
        return edit.with_cases(of.draft, [one for one in cases if one.case != gone])
    name = " ".join(forms.text(form, "case").split())
    if not name or any(one.case == name for one in cases):
        raise BadDraft("give the case a name that no other case has")
    verdicts = {one.id: told for one in of.policy.criteria if (told := forms.text(form, f"v-{one.id}")) in [*Verdict]}
    expected = forms.text(form, "expect")
    expect = ({"policy": expected} if expected else {}) | ({"verdicts": verdicts} if verdicts else {})
    keys: dict[str, Any] = {
        "case": name,
        "says": " ".join(forms.text(form, "says").split()) or name,
        "on": (_day(form, "on") or of.policy.effective_from or today()).isoformat(),
        **_told(of.policy, forms.text(form, "text"), forms.text(form, "facts")),
        "expect": expect,
    }
    return edit.with_cases(of.draft, (*cases, edit.case_from(keys)))


def _told(policy: Policy, text: str, facts: str) -> dict[str, Any]:
    """A case told in words, or in facts a line each; `no` says that something is absent."""
    if text.strip():
        return {"text": text}
    conditions = [one for each in policy.coverages for one in each.conditions]
    request = {"treatment": policy.treatment, "indications": conditions[:1], "phase": "initial"}
    return {"request": request, "facts": [_fact(one) for one in facts.splitlines() if one.strip()]}


def _fact(line: str) -> dict[str, Any]:
    name, _, said = (part.strip() for part in line.partition(":"))
    concept = concept_named(name, current().knowledge)
    if said.lower() in ("", "yes"):
        return {"concept": concept}
    if said.lower() == "no":
        return {"concept": concept, "present": False}
    key = "result" if said.lower() in map(str, RESULTS) else "value"
    return {"concept": concept, key: said.lower() if key == "result" else said}


def _day(form: FormData, name: str) -> date | None:
    told = forms.text(form, name).strip()
    return a_day(told) if told else None
