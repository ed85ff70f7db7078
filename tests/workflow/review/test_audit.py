"""Any change of what was written is found, by whichever hand it was made; erasing is no such change."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sqlalchemy import text as sql

from indicated.store.base import open_store
from indicated.store.errors import CannotOpen, NotForTheLog
from indicated.workflow.review import audit, cases, decide, retention, work
from indicated.workflow.review.errors import Erased, Incomplete, NotNow, Refused
from indicated.workflow.review.states import CaseState
from tests.databases import address
from tests.workflow.review.conftest import ADMIN, AUDITOR, CLINIC, DOCTOR, KEY, NOW, NURSE, OTHER_CLINIC
from tests.workflow.review.test_decide import deny
from tests.workflow.review.test_work import triaged

TAMPERINGS = {
    "an event says another person": "UPDATE audit_events SET person = 'nora' WHERE seq = 1",
    "an event says another time": "UPDATE audit_events SET at = '2020-01-01 00:00:00' WHERE seq = 2",
    "an event is gone": "DELETE FROM audit_events WHERE seq = 2",
    "the last event is gone": "DELETE FROM audit_events WHERE seq = (SELECT max(seq) FROM audit_events)",
    "a case is of another plan": "UPDATE cases SET plan = 'chip'",
    "a clock was moved": "UPDATE cases SET due_at = opened",
    "a case is gone": "DELETE FROM cases",
    "an entry is gone": "DELETE FROM case_entries WHERE number = 1",
    "an entry is somebody else's": "UPDATE case_entries SET person = 'omar' WHERE number = 1",
    "the words of an entry are others": "UPDATE case_entries SET body = (SELECT sealed FROM case_keys)",
    "a document is another": "UPDATE case_documents SET body = (SELECT sealed FROM case_keys) WHERE number = 1",
    "a document was emptied": "UPDATE case_documents SET body = hash_nothing",
    "an answer is another": "UPDATE determinations SET next_step = 'approvable'",
    "a decision says otherwise": "UPDATE decisions SET outcome = 'approve'",
    "a decision is gone": "DELETE FROM decisions",
    "a key is another's": "UPDATE signing_keys SET person = 'omar'",
}


def lower_the_walls(store):
    """As somebody can who owns the database."""
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "sqlite":
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
            for name in names:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")


def tamper(store, statement):
    lite = store.engine.dialect.name == "sqlite"
    statement = statement.replace("hash_nothing", "x''" if lite else "''")
    if lite:
        lower_the_walls(store)
    connection = store.engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF" if lite else "SET session_replication_role = replica")
    cursor.execute(statement)
    connection.commit()
    connection.detach()
    connection.close()


def test_a_log_that_nobody_touched_is_whole(store):
    file = deny(store, DOCTOR, triaged(store))
    cases.case(store, AUDITOR, file.head.id, now=NOW)
    found = audit.verify(store)
    assert found.problems == ()
    assert found.events == 4
    assert found.head.startswith("4:")
    work.note(store, NURSE, file.head.id, text="more", now=NOW)
    assert audit.verify(store, expect=found.head).problems == ()


@pytest.mark.parametrize("how", TAMPERINGS, ids=[one.replace(" ", "-") for one in TAMPERINGS])
def test_any_change_is_found(store, how):
    deny(store, DOCTOR, triaged(store))
    tamper(store, TAMPERINGS[how])
    assert audit.verify(store).problems


def test_a_log_that_was_cut_and_made_to_fit_is_found_by_an_earlier_check_and_by_the_mark(store):
    file = triaged(store)
    head = audit.verify(store).head
    work.note(store, NURSE, file.head.id, text="more", now=NOW)
    for statement in (
        "DELETE FROM audit_events WHERE seq = 3",
        "DELETE FROM case_entries WHERE number = 4",
        "UPDATE cases SET version = 3, digest = (SELECT after FROM audit_events WHERE seq = 2)",
        "UPDATE audit_head SET seq = 2, hash = (SELECT hash FROM audit_events WHERE seq = 2)",
    ):
        tamper(store, statement)
    assert any("master key" in one for one in audit.verify(store).problems)
    assert audit.verify(store, expect=head).problems
    assert audit.verify(store, expect="3:" + "0" * 64).problems


@pytest.mark.parametrize("statement", ["UPDATE audit_events SET person = 'x'", "DELETE FROM audit_events"])
def test_the_database_refuses_to_change_the_log(store, statement):
    triaged(store)
    with pytest.raises(Exception, match="what was written stays"), store.writing() as session:
        session.execute(sql(statement))
    assert audit.verify(store).problems == ()


def test_postgresql_refuses_to_empty_the_log(tmp_path):
    store = open_store(address("postgresql", tmp_path), upgrade=True)
    triaged(store)
    with pytest.raises(Exception, match="what was written stays"), store.writing() as session:
        session.execute(sql("TRUNCATE audit_events"))
    store.close()


def test_the_log_is_read_by_auditors_and_says_so(store):
    file = triaged(store)
    found = audit.events(store, AUDITOR, now=NOW, subject=f"case:{file.head.id}")
    assert [(one.person, one.action) for one in found] == [("clea", "intake"), ("nora", "triage")]
    assert found[1].before == found[0].after
    assert audit.events(store, AUDITOR, now=NOW, by="aida")[0].action == "audit"
    assert [one.seq for one in audit.events(store, AUDITOR, now=NOW, after=1, limit=1)] == [2]
    with pytest.raises(Refused):
        audit.events(store, NURSE, now=NOW)


def test_no_words_get_into_the_log(lite):
    from indicated.store import audit as log

    with pytest.raises(NotForTheLog), lite.writing() as session:
        log.append(session, lite.vault, at=NOW, person="x", action="read", subject="Jane Doe, 14 years")


def test_erased_contents_are_gone_and_the_chain_holds(tmp_path):
    url = address("sqlite", tmp_path)
    for keys in ("", KEY):
        store = open_store(url, keys=keys)
        file = triaged(store, text="Zyzzyva, a 14-year-old girl. Request: IVIG 2 g/kg for juvenile dermatomyositis.")
        with pytest.raises(NotNow):
            retention.erase(store, ADMIN, file.head.id, reason="asked_for", now=NOW)
        file = work.withdraw(store, CLINIC, file.head.id, file.head.version, reason="moved", now=NOW)
        with pytest.raises(Refused):
            retention.erase(store, NURSE, file.head.id, reason="asked_for", now=NOW)
        with pytest.raises(Incomplete):
            retention.erase(store, ADMIN, file.head.id, reason="Zyzzyva asked", now=NOW)
        retention.erase(store, ADMIN, file.head.id, reason="asked_for", now=NOW)
        with pytest.raises(Erased):
            cases.case(store, NURSE, file.head.id, now=NOW)
        assert cases.queue(store, NURSE, now=NOW).cases[0].state is CaseState.ERASED
        assert audit.verify(store).problems == ()
        store.close()
        assert b"Zyzzyva" not in b"".join(one.read_bytes() for one in tmp_path.iterdir())


def test_without_its_key_a_store_can_be_checked_and_not_read(tmp_path):
    url = address("sqlite", tmp_path)
    store = open_store(url, keys=KEY)
    file = triaged(store)
    store.close()
    bare = open_store(url)
    assert audit.verify(bare).problems == ()
    with pytest.raises(CannotOpen, match="key that is not given"):
        cases.case(bare, NURSE, file.head.id, now=NOW)
    bare.close()
    with suppress(CannotOpen):
        assert decide.barred(file, OTHER_CLINIC) == ""
