"""People at work in their browsers, and a program beside each: what they ask for, in what shares, how long it took."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

QUESTIONS = ("what is missing?", "why?", "would it be approved if CRP was 40?", "what else was tried?")
NOTE = (
    "A 12-year-old, 40 kg, with dermatomyositis. Methotrexate failed. Request: IVIG 2 g/kg over 2 days every 4 weeks."
)
SHARES = {
    "queue page": 20, "case page": 30, "question page": 8, "question by API": 6, "what-if page": 10,
    "determination by API": 8, "note by API": 18, "bare FastAPI route": 20,
}  # fmt: skip
"""How often each is asked for, of their sum. The bare route is the peer: its own process, asked by the same users."""
_MARK = re.compile(r'name="form_mark" value="([0-9a-f]+)"')
_WAIT = 60.0


@dataclass(frozen=True)
class Took:
    """One request: what it was, whether it was answered as it should be, and the seconds it took."""

    kind: str
    right: bool
    seconds: float
    told: str = ""


@dataclass(frozen=True)
class Place:
    """Where they work: the addresses of the server and of the bare route, the queue page, the cases."""

    server: str
    bare: str
    queue: str
    cases: tuple[str, ...]


class User:
    """One person with a session, from which pages and API both know them."""

    def __init__(self, place: Place, session: str, number: int, think: float) -> None:
        self._place, self._think = place, think
        self._drawn = random.Random(number)  # noqa: S311 - the same users at every run
        self._bearer = {"Authorization": f"Bearer {session}"}
        self._pages = httpx.AsyncClient(
            base_url=place.server, cookies={"indicated_session": session}, timeout=_WAIT, trust_env=False
        )
        self._plain = httpx.AsyncClient(timeout=_WAIT, trust_env=False)
        self._mark = ""

    async def work(self, seconds: float) -> list[Took]:
        """Ask for one thing after another until the time is over."""
        loop, taken = asyncio.get_running_loop(), list[Took]()
        async with self._pages, self._plain:
            found = _MARK.search((await self._pages.get("/")).text)
            self._mark = found.group(1) if found else ""
            await asyncio.sleep(self._drawn.uniform(0, self._think))  # nobody begins with all others
            until = loop.time() + seconds
            while loop.time() < until:
                kind = self._drawn.choices(list(SHARES), list(SHARES.values()))[0]
                taken.append(await self._timed(kind))
                await asyncio.sleep(self._drawn.uniform(0, 2 * self._think))
        return taken

    async def _timed(self, kind: str) -> Took:
        began = time.perf_counter()
        try:
            answer = await self._asked(kind, self._drawn.choice(self._place.cases))
        except httpx.HTTPError as error:
            return Took(kind, right=False, seconds=time.perf_counter() - began, told=type(error).__name__)
        took = time.perf_counter() - began
        return Took(kind, answer.is_success, took, "" if answer.is_success else str(answer.status_code))

    async def _asked(self, kind: str, case: str) -> httpx.Response:
        question = self._drawn.choice(QUESTIONS)
        match kind:
            case "queue page":
                return await self._pages.get(self._place.queue)
            case "case page":
                return await self._pages.get(f"/case/{case}")
            case "question page":
                return await self._form(f"/case/{case}/ask", {"question": question})
            case "what-if page":
                return await self._form(f"/case/{case}/what-if", {"suppose": str(self._drawn.randrange(3))})
            case "question by API":
                return await self._api(f"/cases/{case}/ask", {"question": question})
            case "determination by API":
                return await self._api("/determinations", {"documents": [{"text": NOTE}]})
            case "note by API":
                return await self._api(f"/cases/{case}/notes", {"text": "Called the clinic; they look for the EMG."})
            case _:
                return await self._plain.get(self._place.bare)

    async def _form(self, path: str, fields: dict[str, str]) -> httpx.Response:
        return await self._pages.post(path, data={"form_mark": self._mark, **fields}, headers={"HX-Request": "true"})

    async def _api(self, path: str, body: object) -> httpx.Response:
        return await self._plain.post(f"{self._place.server}/api/v1{path}", json=body, headers=self._bearer)


def at_work(place: Place, sessions: Sequence[str], seconds: float, think: float) -> list[Took]:
    """All users at once for so many seconds, each with a pause of `think` seconds on average after each answer."""

    async def all_of_them() -> list[Took]:
        users = [User(place, session, number, think) for number, session in enumerate(sessions)]
        each = await asyncio.gather(*(user.work(seconds) for user in users))
        return [one for taken in each for one in taken]

    return asyncio.run(all_of_them())
