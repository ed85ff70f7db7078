"""`/design`: every part of the pages at once, with the words of a real answer, to look at while building."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from indicated.model.determination import Finding, NextStep
from indicated.model.verdict import Verdict
from indicated.web.answer_view import Answer, answer_view
from indicated.web.examples import examples
from indicated.web.pages import page
from indicated.workflow.assess import assess, current, read, today
from indicated.workflow.policies import from_text

router = APIRouter()


@router.get("/design")
async def design(request: Request) -> Response:
    """The page."""
    answer = await run_in_threadpool(_answer)
    return page(
        request,
        "design/design.html",
        answer=answer,
        marks=(*Verdict, "applies", "applies_not"),
        findings=tuple(Finding),
        steps=tuple(NextStep),
    )


def _answer() -> Answer:
    example = next(one for one in examples() if one.policy)
    case = read(example.documents)
    release = current()
    return answer_view(assess(case, from_text(example.policy, release), today()), release)
