"""The names of those who work on cases."""

from __future__ import annotations

from indicated.web.site import Site
from indicated.workflow.accounts.colleagues import colleagues
from indicated.workflow.review.people import Action, Person


def names_of(site: Site, person: Person) -> dict[str, str]:
    """Ids and names of those whom a case can be given to; for those who give none to anybody, their own."""
    return colleagues(site.store, person) if person.may(Action.ASSIGN) else {person.id: person.name}
