"""Pages that take signing in, and those who work there."""

from __future__ import annotations

from indicated.web import signed_in
from indicated.workflow.accounts import manage, own
from indicated.workflow.accounts.values import Licence
from indicated.workflow.assess import now
from indicated.workflow.review.people import Role
from tests.web.site import MARK, TestClient, Visitor
from tests.workflow.accounts.conftest import PASSWORD

LICENSED = Licence(number="TX-1234", state="TX", specialty="rheumatology", credentials="MD")
NURSE, PHYSICIAN = (Role.NURSE_REVIEWER,), (Role.PHYSICIAN_REVIEWER,)


class Team(Visitor):
    """A visitor of pages that take signing in."""

    def __init__(self, **more):
        given = {"sign_in_rate": 1_000_000, **more}
        super().__init__(accounts=True, single=False, who=signed_in.person, public="http://127.0.0.1", **given)

    def add(self, login, *roles):
        account, code = manage.add(
            self.site.store, manage.CONSOLE, login=login, name=login.title(), roles=roles, now=now()
        )
        own.set_password(self.site.store, code, PASSWORD, now=now())
        return account

    def send(self, path, fields=None, *, at="/sign-in", follow=True, **more):
        mark = MARK.search(self.client.get(at).text).group(1)
        return self.client.post(path, data={"form_mark": mark, **(fields or {})}, follow_redirects=follow, **more)

    def sign_in(self, login, password=PASSWORD):
        return self.send("/sign-in", {"login": login, "password": password})

    def license(self, account, licence=LICENSED):
        return manage.set_licence(self.site.store, manage.CONSOLE, account.id, 1, licence=licence, now=now())

    def another(self):
        """The same pages in a browser of somebody else."""
        made = object.__new__(Team)
        made.site = self.site
        made.client = TestClient(self.client.app, base_url="http://127.0.0.1", follow_redirects=True)
        return made


def people(team):
    """A nurse, two physicians and a requester with accounts; the physicians are licensed."""
    found = {
        name: team.add(name, *roles)
        for name, roles in (
            ("nora", NURSE),
            ("dora", PHYSICIAN),
            ("omar", PHYSICIAN),
            ("clea", (Role.REQUESTER,)),
        )
    }
    for name in ("dora", "omar"):
        team.license(found[name])
    return found
