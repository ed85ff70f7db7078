"""The places of the application, in the order of the bar. A page family adds its line here and nowhere else."""

from __future__ import annotations

from msgspec import Struct

from indicated.workflow.review.people import Action


class Place(Struct, frozen=True):
    """One entry of the bar: its phrase (`web.nav.<name>`), address, and the right that it takes (None: everybody).
    `team` ones are there only where people sign in. Pages below `under` are of the place too.
    """

    name: str
    path: str
    needs: Action | None = None
    team: bool = False
    under: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a page is of this place."""
        return path == self.path or any(
            path.startswith(f"{one}/") for one in (self.path, *self.under) if one.strip("/")
        )


PLACES: tuple[Place, ...] = (
    Place("ask", "/"),
    Place("compare", "/compare"),
    Place("work", "/work", Action.QUEUE, under=("/case",)),
    Place("library", "/library"),
    Place("editor", "/editor", Action.REVIEW_CONTENT),
    Place("dashboard", "/dashboard", Action.DASHBOARD),
    Place("audit", "/audit", Action.AUDIT),
    Place("retention", "/retention", Action.ERASE),
    Place("accounts", "/accounts", Action.MANAGE_ACCOUNTS, team=True),
    Place("me", "/me", team=True),
)
