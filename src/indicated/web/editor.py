"""The policy editor: drafts, how one is begun, its page with the check, and its way into force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indicated.content.pasted import LineRead, describe
from indicated.model.errors import IndicatedError
from indicated.model.policy import Policy
from indicated.web import charts, forms
from indicated.web.concepts import concept_named
from indicated.web.library_view import Sheets
from indicated.web.pages import SEE_OTHER, page
from indicated.web.person import current_person
from indicated.web.proving import means, prove
from indicated.web.site import Site
from indicated.web.words import Words, book
from indicated.workflow.accounts.errors import TooManyAttempts
from indicated.workflow.assess import current, now, today
from indicated.workflow.authoring.importing import Named
from indicated.workflow.authoring.skeleton import check_name
from indicated.workflow.authoring.words import RuleWords
from indicated.workflow.drafts import check, edit, files, way
from indicated.workflow.drafts.errors import BadDraft, NoSiteFolder
from indicated.workflow.drafts.files import Draft
from indicated.workflow.intake import opened as documents_in
from indicated.workflow.library.catalogue import Shelf
from indicated.workflow.library.side_by_side import clauses
from indicated.workflow.policies import from_text, from_yaml
from indicated.workflow.review import content_review, past
from indicated.workflow.review.content_review import ContentReview, ContentState
from indicated.workflow.review.errors import SignInAgain
from indicated.workflow.review.people import Action, Person, require

router = APIRouter()

_TITLE = 120
_NAMED = ("id", "payer", "edition", "conditions", "url", "text", "source")


class Open(Struct, frozen=True):
    """A draft as a page needs it: who asks, where it stands, and what of it can be read."""

    person: Person
    root: Path
    draft: Draft
    policy: Policy
    review: ContentReview

    @property
    def may_edit(self) -> bool:
        """Whether they may change it as it now stands: what is under review is changed by nobody."""
        return self.person.may(Action.SUBMIT_CONTENT) and self.review.state is not ContentState.UNDER_REVIEW


def opened(request: Request, payer: str, name: str) -> Open:
    """The draft of an address, for somebody who writes or reviews content."""
    person = current_person(request)
    require(person, Action.REVIEW_CONTENT)
    site: Site = request.app.state.site
    root = files.site_folder()
    draft = files.opened(root, f"{payer}/{name}")
    return Open(person, root, draft, edit.policy_of(draft), way.state(site.store, draft))


@router.get("/editor")
async def editor(request: Request) -> Response:
    """The drafts, and the site's policies that are in force; how to set a folder where none is."""
    person = current_person(request)
    require(person, Action.REVIEW_CONTENT)
    site: Site = request.app.state.site
    try:
        root = files.site_folder()
    except NoSiteFolder as none:
        return page(request, "editor/editor.html", drafts=[], own=[], missing=str(none))
    drafts = [files.opened(root, name) for name in files.listed(root)]
    told = [(one, edit.policy_of(one), way.state(site.store, one)) for one in drafts]
    own = [one for one in current().knowledge.policies if files.in_force(root, one.id) is not None]
    return page(request, "editor/editor.html", drafts=told, own=own, missing="")


@router.get("/editor/new")
async def new(request: Request) -> Response:
    """A form to begin a draft: from a text, a file, or a policy of the library (`?from=KEY`)."""
    require(current_person(request), Action.SUBMIT_CONTENT)
    files.site_folder()
    typed = dict.fromkeys(_NAMED, "") | {"source": request.query_params.get("from", "")[:200]}
    typed["edition"] = today().isoformat()
    source = _source(typed["source"])
    if source is not None:
        typed["payer"] = source.payer
        typed["id"] = source.id if files.in_force(files.site_folder(), source.id) else ""
    return page(request, "editor/new.html", typed=typed, wrong="", source=source)


@router.post("/editor/new")
async def begin(request: Request) -> Response:
    """Begin it; back to the form, with what was typed, where that cannot be."""
    person = current_person(request)
    form = await forms.posted(request)
    typed = {name: forms.text(form, name) for name in _NAMED}
    try:
        given = await _given_text(form)
        draft = await run_in_threadpool(_begun, person, typed, given)
    except IndicatedError as error:
        await form.close()
        source = _source(typed["source"])
        return page(request, "editor/new.html", status=422, typed=typed, wrong=str(error), source=source)
    await form.close()
    return RedirectResponse(f"/editor/{draft.id}", SEE_OTHER)


@router.get("/editor/{payer}/{name}")
async def draft(request: Request, payer: str, name: str) -> Response:
    """The page of a draft."""
    return await draft_page(request, await run_in_threadpool(opened, request, payer, name))


async def draft_page(request: Request, of: Open, **more: Any) -> Response:
    """The page of a draft, with one clear line where something typed could not stand."""
    t = Words(book())
    sheets = Sheets(current().knowledge, RuleWords(current()), t)
    lines = await run_in_threadpool(lines_of, of.draft)
    entries = [(sheets.criterion(one), lines.get(one.id, ())) for one in of.policy.criteria]
    coverage = [part for part in sheets.of(of.policy).parts if part.name == "coverage"]
    label = current().knowledge.vocabulary.label
    values = {
        "of": of,
        "draft": of.draft,
        "policy": of.policy,
        "review": of.review,
        "entries": entries,
        "loose": lines.get("", ()),
        "coverage": coverage,
        "conditions": "\n".join(
            label(one) for one in (of.policy.coverages[0].conditions if of.policy.coverages else ())
        ),
        "rules": rules_of(of.policy),
        "cases": edit.cases_of(of.draft),
        "in_force": files.in_force(of.root, of.draft.id) is not None,
        "typed_case": None,
        "wrong": "",
        "wrong_in": "",
        "signs": await run_in_threadpool(means, request.app.state.site, of.person, of.review.hash, now()),
    }
    return page(request, "editor/draft.html", status=422 if more.get("wrong") else 200, **{**values, **more})


@router.get("/editor/{payer}/{name}/check")
async def checked(request: Request, payer: str, name: str) -> Response:
    """What the check finds, and every golden case as it ran: a part of the page, or a page by itself."""
    of = await run_in_threadpool(opened, request, payer, name)
    found = await run_in_threadpool(check.checked, of.root, of.draft, today())
    template = "editor/check.html" if "hx-request" in request.headers else "editor/check_page.html"
    return page(request, template, of=of, found=found)


@router.get("/editor/{payer}/{name}/effect")
async def effect(request: Request, payer: str, name: str) -> Response:
    """What the draft would make of the cases of this store."""
    of = await run_in_threadpool(opened, request, payer, name)
    site: Site = request.app.state.site
    ready = await run_in_threadpool(_usable, of.draft)
    found = await run_in_threadpool(past.effect, site.store, of.person, ready, now=now())
    t = Words(book())
    chart = charts.bars(
        (t(f"next.{step}"), (("before", was, str(was)), ("after", then, str(then))))
        for step, was, then in found.steps()
    )
    return page(request, "editor/effect.html", of=of, found=found, chart=chart, most=past.MOST)


@router.get("/editor/{payer}/{name}/changes")
async def changes(request: Request, payer: str, name: str) -> Response:
    """The draft beside the policy that it would replace, clause by clause."""
    of = await run_in_threadpool(opened, request, payer, name)
    own = files.in_force(of.root, of.draft.id)
    if own is None:
        raise BadDraft(f"{of.draft.id} replaces no policy of this site; there is nothing to hold it against")
    old = edit.policy_of(own)
    rows = await run_in_threadpool(clauses, old, of.policy, RuleWords(current()))
    differ = sum(one.state != "same" for one in rows)
    return page(request, "editor/changes.html", of=of, old=old, rows=rows, changed=differ)


@router.post("/editor/{payer}/{name}/move")
async def move(request: Request, payer: str, name: str) -> Response:
    """One step on its way: handed in, taken up, given back, approved, put in force, thrown away."""
    form = await forms.posted(request)
    of = await run_in_threadpool(opened, request, payer, name)
    if forms.text(form, "mark") != of.draft.mark:
        return await draft_page(request, of, wrong=Words(book())("editor.other"), wrong_in="move")
    to = forms.text(form, "to")
    proof = (forms.text(form, "password"), forms.text(form, "code").strip())
    try:
        await run_in_threadpool(_moved, request.app.state.site, of, to, forms.text(form, "note"), proof)
    except (SignInAgain, TooManyAttempts) as error:
        return await draft_page(request, of, wrong=str(error), wrong_in="prove")
    except IndicatedError as error:
        return await draft_page(request, of, wrong=str(error), wrong_in="move")
    gone = to in ("in_force", "discard")
    where = f"/library/{Shelf.POLICY.value}/{of.draft.id}" if to == "in_force" else "/editor"
    return RedirectResponse(where if gone else f"/editor/{of.draft.id}", SEE_OTHER)


def _moved(site: Site, of: Open, to: str, note: str, proof: tuple[str, str]) -> None:
    at, person, told = now(), of.person, {"document": of.policy}
    match to:
        case "submitted":
            way.hand_in(site.store, person, of.root, of.draft, now=at)
        case "under_review":
            content_review.take_up(site.store, person, of.draft.id, now=at, **told)
        case "returned":
            content_review.return_to_author(site.store, person, of.draft.id, note=note, now=at, **told)
        case "approved":
            content_review.refuse_unless_may_approve(site.store, person, of.draft.id, of.policy)
            fresh = prove(site, person, of.review.hash, proof, at)
            way.approve(site.store, person, of.root, of.draft, fresh=fresh, now=at)
        case "in_force":
            way.put_in_force(site.store, person, of.root, of.draft, now=at)
        case "discard":
            require(person, Action.SUBMIT_CONTENT)
            files.discard(of.root, of.draft.id)
        case _:
            raise BadDraft("that is no step of a draft; use the buttons of its page")


def lines_of(draft: Draft) -> dict[str, tuple[LineRead, ...]]:
    """The lines of the payer's text, by the criterion that each became; by an empty name those that became none."""
    if not draft.source.strip():
        return {}
    found: dict[str, list[LineRead]] = {}
    for line in describe(from_text(draft.source, current())):
        if line.quote.strip():
            found.setdefault(line.criterion, []).append(line)
    return {name: tuple(lines) for name, lines in found.items()}


def rules_of(policy: Policy) -> dict[str, str]:
    """The rules of the first coverage as text."""
    if not policy.coverages:
        return {}
    coverage = policy.coverages[0]
    named = {one: getattr(coverage, one) for one in ("start", "continuation", "limits", "exclusions")}
    return {name: edit.rule_text(rule) if rule is not None else "" for name, rule in named.items()}


def _usable(draft: Draft) -> Policy:
    """The draft as a policy that cases can be decided under."""
    return from_yaml(draft.policy, files.POLICY, current())


def _source(key: str) -> Policy | None:
    name, _, version = key.partition(" ")
    return next((one for one in current().knowledge.versions(name) if version in ("", one.version)), None)


async def _given_text(form: FormData) -> str:
    text = forms.text(form, "text")
    given = form.get("file")
    if text.strip() or not isinstance(given, UploadFile) or not given.filename:
        return text
    content = await given.read()
    documents = await run_in_threadpool(documents_in, [(given.filename, content)])
    return "\n\n".join(one.text for one in documents)


def _begun(person: Person, typed: dict[str, str], text: str) -> Draft:
    root, name, source = files.site_folder(), typed["id"].strip(), _source(typed["source"])
    check_name("policy", name)
    if source is not None:
        return way.from_policy(person, root, source, new_id=name, payer=typed["payer"], on=today())
    if not text.strip():
        raise BadDraft("there is no text to begin from; paste the payer's criteria, or give a file that holds them")
    known = current().knowledge
    conditions = tuple(concept_named(one, known) for one in typed["conditions"].splitlines() if one.strip())
    payer = typed["payer"].strip() or name.partition("/")[0]
    title = next(one.strip() for one in text.splitlines() if one.strip())[:_TITLE]
    named = Named(payer, name, typed["edition"].strip(), conditions, title, today(), typed["url"].strip())
    return way.from_words(person, root, text, named)
