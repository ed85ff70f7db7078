"""The places of the application, in the order of the bar. A page family adds its line here and nowhere else."""

from __future__ import annotations

from msgspec import Struct

from indicated.workflow.review.people import Action


class Place(Struct, frozen=True):
    """One entry of the bar: its phrase (`web.nav.<name>`), address, and the right that it takes (None: everybody).
    `team` ones are there only where people sign in.
    """

    name: str
    path: str
    needs: Action | None = None
    team: bool = False


PLACES: tuple[Place, ...] = (
    Place("ask", "/"),
    Place("work", "/work", Action.QUEUE),
    Place("library", "/library"),
    Place("editor", "/editor", Action.REVIEW_CONTENT),
    Place("dashboard", "/dashboard", Action.DASHBOARD),
    Place("audit", "/audit", Action.AUDIT),
    Place("retention", "/retention", Action.ERASE),
    Place("accounts", "/accounts", Action.MANAGE_ACCOUNTS, team=True),
    Place("me", "/me", team=True),
)
