"""What the database itself refuses, whoever writes to it: to change the log, to lose history, and to deny a case
without a signed decision of a licensed physician beside it.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEPT = ("audit_events", "decisions")
_BODIES = ("case_documents", "case_entries", "determinations")
_UNSIGNED = """NEW.state IN ('denied', 'partly_approved') AND NOT EXISTS (
    SELECT 1 FROM decisions WHERE decisions.case_id = NEW.id AND decisions.level = NEW.level
    AND decisions.role = 'physician_reviewer'
    AND decisions.outcome = CASE NEW.state WHEN 'denied' THEN 'deny' ELSE 'partial' END)"""
_BORN_ADVERSE = "NEW.state IN ('denied', 'partly_approved')"

_WALLS = (
    *((f"{table}_are_not_changed", table, "UPDATE", "1 = 1", "what was written stays") for table in _KEPT),
    *((f"{table}_stay", table, "DELETE", "1 = 1", "what was written stays") for table in (*_KEPT, *_BODIES, "cases")),
    *(
        (f"{table}_are_only_erased", table, "UPDATE", "length(NEW.body) <> 0", "a body is only erased")
        for table in _BODIES
    ),
    ("cases_need_a_signature", "cases", "UPDATE", _UNSIGNED, "an adverse state needs a signed decision"),
    ("cases_begin_open", "cases", "INSERT", _BORN_ADVERSE, "an adverse state needs a signed decision"),
)


def upgrade() -> None:
    """Put the walls up."""
    lite = op.get_bind().dialect.name == "sqlite"
    for name, table, deed, when, says in _WALLS:
        for statement in (_sqlite if lite else _postgres)(name, table, deed, when, says):
            op.execute(statement)
    if not lite:
        for table in (*_KEPT, *_BODIES, "cases"):
            op.execute(
                f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {_KEPT[0]}_stay_refused()"
            )


def _sqlite(name: str, table: str, deed: str, when: str, says: str) -> tuple[str, ...]:
    on = f"BEFORE {deed} ON {table} FOR EACH ROW WHEN {when}"
    return (f"CREATE TRIGGER {name} {on} BEGIN SELECT RAISE(ABORT, '{says}'); END",)


def _postgres(name: str, table: str, deed: str, when: str, says: str) -> tuple[str, ...]:
    """The condition stands in the function, for one of a trigger may not look into another table."""
    kept = "OLD" if deed == "DELETE" else "NEW"
    guard = "" if when == "1 = 1" else f"IF NOT ({when}) THEN RETURN {kept}; END IF; "
    body = f"$$ BEGIN {guard}RAISE EXCEPTION '{says}'; END $$"
    return (
        f"CREATE FUNCTION {name}_refused() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}_refused()",
    )
