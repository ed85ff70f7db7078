"""The pages over a store in memory, and a visitor who fills in their forms."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

from indicated.web.app import create
from indicated.web.site import Site
from indicated.workflow.assess import now
from indicated.workflow.review import cases
from tests.prepared import empty_store

with warnings.catch_warnings():  # it would rather have a library that does not exist on every index
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

EXAMPLES = Path(__file__).parents[2] / "examples"
OVERLAP = (EXAMPLES / "2-overlap-denied.txt").read_text("utf-8")
POLICY = (EXAMPLES / "2-overlap-denied.policy.txt").read_text("utf-8")
MARK = re.compile(r'name="form_mark" value="([0-9a-f]+)"')


class Visitor:
    """Somebody with a browser: keeps cookies, and sends with each form the mark of a page they saw."""

    def __init__(self, **site) -> None:
        self.site = Site(**{"store": empty_store(), "secret": b"only for tests", **site})
        self.client = TestClient(create(self.site), base_url="http://127.0.0.1", follow_redirects=True)

    def see(self, path, **more):
        return self.client.get(path, **more)

    def send(self, path, fields=None, *, files=None, part=False, follow=True):
        mark = MARK.search(self.client.get("/").text).group(1)
        headers = {"HX-Request": "true"} if part else {}
        given = {"form_mark": mark, **(fields or {})}
        return self.client.post(path, data=given, files=files, headers=headers, follow_redirects=follow)

    def ask(self, text=OVERLAP, policy="", pasted=POLICY, asker="clinician", fields=None, **more):
        given = {"text": text, "policy": policy, "policy_text": pasted, "asker": asker, **(fields or {})}
        return self.send("/ask", given, **more)

    def case(self) -> str:
        """The address of a new case."""
        answer = self.ask(follow=False)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def file(self, at):
        return cases.case(self.site.store, self.site.who(None), at.split("/")[2], now=now())
