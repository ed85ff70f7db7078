"""The way of a draft into force: begun, handed in, reviewed and signed by a second person, put in force.

The states are those of `workflow.review.content_review`, by the hash of what the draft says: whoever changes a word of
it makes it a draft again.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from indicated.model.policy import Policy
from indicated.model.standard import ContentStatus
from indicated.store.base import Store
from indicated.workflow.assess import current, renew
from indicated.workflow.authoring import importing, sign
from indicated.workflow.drafts import edit, files
from indicated.workflow.drafts.check import checked
from indicated.workflow.drafts.errors import DraftHasProblems, DraftTaken
from indicated.workflow.drafts.files import Draft
from indicated.workflow.errors import CannotSign
from indicated.workflow.policies import from_text
from indicated.workflow.review import content_review
from indicated.workflow.review.content_review import ContentReview
from indicated.workflow.review.errors import SamePerson
from indicated.workflow.review.people import Action, Person, Reauthenticated, require

_UNTIL_REVIEW = timedelta(days=365)


def from_words(person: Person, root: Path, text: str, named: importing.Named) -> Draft:
    """A draft from a payer's text: each criterion that was understood, each that a person has to judge."""
    require(person, Action.SUBMIT_CONTENT)
    _refuse_taken(root, named.id)
    made = importing.files(from_text(text, current(), named.source), named)
    folder = f"policies/{named.id}"
    draft = Draft(named.id, made[f"{folder}/policy.yaml"], made[f"{folder}/cases/first.yaml"], text)
    told = replace(
        edit.policy_of(draft), authors=(person.name,), review_due=named.on + _UNTIL_REVIEW, effective_from=named.on
    )
    return files.begin(root, edit.with_cases(edit.with_policy(draft, told), edit.cases_of(draft)))


def from_policy(  # noqa: PLR0913 - what a person says of the new one is told once
    person: Person, root: Path, policy: Policy, *, new_id: str, payer: str, on: date
) -> Draft:
    """A draft from a policy of the release, or the next version of one of the site's own."""
    require(person, Action.SUBMIT_CONTENT)
    own = files.in_force(root, new_id)
    if own is None:
        _refuse_taken(root, new_id)
    draft = own or Draft(new_id, "")
    told = edit.policy_of(own) if own is not None else policy
    version = told.version if own is None else on.isoformat()
    changed = replace(
        told, id=new_id, payer=payer.strip() or told.payer, version=version, authors=(person.name,),
        review_due=on + _UNTIL_REVIEW,
    )  # fmt: skip
    return files.begin(root, replace(edit.with_policy(draft, changed), notes=""))


def hand_in(store: Store, person: Person, root: Path, draft: Draft, *, now: datetime) -> ContentReview:
    """Hand the draft in for review. DraftHasProblems unless the check finds nothing to refuse."""
    _refuse_problems(root, draft, now.date())
    return content_review.submit(store, person, draft.id, now=now, document=edit.policy_of(draft))


def approve(  # noqa: PLR0913 - a signature names what it is over, by whom, and the proof of the person
    store: Store, person: Person, root: Path, draft: Draft, *, fresh: Reauthenticated | None, now: datetime
) -> ContentReview:
    """A second person, who proved just now who they are, signs what the draft says; the signature is written into it as
    well.
    """
    policy = edit.policy_of(draft)
    if person.name.strip().lower() in {name.strip().lower() for name in policy.authors}:
        raise SamePerson(f"{draft.id} is reviewed and signed by somebody else than its authors")
    _refuse_problems(root, draft, now.date())
    done = content_review.approve(store, person, draft.id, fresh=fresh, now=now, document=policy)
    role = ", ".join(sorted(role.value.replace("_", " ") for role in person.roles))
    text = sign.signed(draft.policy, policy, person.name, role, now.date())
    files.save(root, replace(draft, policy=text), draft.mark)
    return done


def put_in_force(store: Store, person: Person, root: Path, draft: Draft, *, now: datetime) -> ContentReview:
    """Make an approved draft the site's policy, from the day that it says, for every case decided from now on.
    DraftHasProblems where the content as a whole would then be refused, and nothing is changed.
    """
    policy = edit.policy_of(draft)
    if not policy.signatures:
        raise CannotSign(f"{draft.id} has no signature of a second person; it is handed in and approved first")
    active = replace(draft, policy=sign.in_force(draft.policy, policy))
    _refuse_problems(root, active, now.date())
    done = content_review.put_in_force(store, person, policy, now=now)
    files.put(root, active)
    renew()
    return done


def state(store: Store, draft: Draft) -> ContentReview:
    """Where the draft stands."""
    return content_review.state_of(store, draft.id, replace(edit.policy_of(draft), status=ContentStatus.DRAFT))


def _refuse_taken(root: Path, name: str) -> None:
    if name in current().knowledge.policy_ids and files.in_force(root, name) is None:
        raise DraftTaken(f"the built-in content has a policy {name} already; give this one an id of your own")


def _refuse_problems(root: Path, draft: Draft, on: date) -> None:
    found = checked(root, draft, on).problems
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise DraftHasProblems(f"the check refuses this draft: {found[0]}{more}")
