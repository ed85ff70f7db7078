"""A store on each database, and the people who work at it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indicated.model.text import Document
from indicated.store.base import open_store
from indicated.workflow.review import cases
from indicated.workflow.review.people import Person, Role
from indicated.workflow.review.values import Intake, PolicyChoice
from tests.databases import KINDS, address
from tests.prepared import empty_store

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
TEXT = """A 14-year-old girl, 42 kg, with juvenile dermatomyositis, treated with methotrexate and prednisone.
Request: IVIG 2 g/kg every 4 weeks."""
RASH = "Request: IVIG 2 g/kg monthly for a 30-year-old man, 70 kg, with dermatomyositis. Azathioprine failed in 2025."


def person(name, *roles, **more):
    return Person(name.lower(), name, frozenset(roles), **more)


LICENCE = {"licence": "TX-1234", "licence_state": "TX", "specialty": "rheumatology", "credentials": "MD"}
NURSE = person("Nora", Role.NURSE_REVIEWER, licence="RN-9", licence_state="TX", specialty="review", credentials="RN")
DOCTOR = person("Dora", Role.PHYSICIAN_REVIEWER, **LICENCE)
OTHER_DOCTOR = person("Omar", Role.PHYSICIAN_REVIEWER, **LICENCE)
CLINIC = person("Clea", Role.REQUESTER)
OTHER_CLINIC = person("Cleo", Role.REQUESTER)
AUDITOR = person("Aida", Role.AUDITOR)
ADMIN = person("Adam", Role.ADMINISTRATOR)
AUTHOR = person("Paul", Role.POLICY_AUTHOR)


def document(text=TEXT, name="note.txt"):
    return Document(name, text)


def given(text=TEXT, **more):
    return Intake(documents=(document(text),), **more)


@pytest.fixture(params=KINDS)
def store(request, tmp_path):
    """An empty store with a master key."""
    found = open_store(address(request.param, tmp_path), keys=KEY, upgrade=True)
    yield found
    found.close()


@pytest.fixture
def lite():
    """An empty store in memory, without a key."""
    found = empty_store()
    yield found
    found.close()


KEY = "c2VjcmV0IG9mIHRoZSB0ZXN0cywgMzIgYnl0ZXMgbG8="


def taken_in(store, text=TEXT, by=CLINIC, now=NOW, **more):
    policy = more.pop("policy", PolicyChoice())
    return cases.intake(store, by, given(text, policy=policy, **more), now=now)
