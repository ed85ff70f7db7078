"""The tables of the review, as they began."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from indicated.store.base import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "audit_events",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_events")),
    )
    op.create_index(op.f("ix_audit_events_person"), "audit_events", ["person"], unique=False)
    op.create_index(op.f("ix_audit_events_subject"), "audit_events", ["subject"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("received", Moment(), nullable=False),
        sa.Column("opened", Moment(), nullable=False),
        sa.Column("requester", sa.String(length=64), nullable=False),
        sa.Column("asker", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=True),
        sa.Column("us_state", sa.String(length=2), nullable=False),
        sa.Column("urgency", sa.String(length=64), nullable=True),
        sa.Column("electronic", sa.Boolean(), nullable=True),
        sa.Column("policy", sa.String(length=200), nullable=False),
        sa.Column("payer", sa.String(length=200), nullable=False),
        sa.Column("treatment", sa.String(length=200), nullable=False),
        sa.Column("condition", sa.String(length=200), nullable=False),
        sa.Column("age_band", sa.String(length=64), nullable=False),
        sa.Column("sex", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.String(length=64), nullable=True),
        sa.Column("next_step", sa.String(length=64), nullable=True),
        sa.Column("policy_verdict", sa.String(length=64), nullable=True),
        sa.Column("determination", sa.Integer(), nullable=False),
        sa.Column("assigned", sa.Text(), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("due_law", sa.String(length=200), nullable=False),
        sa.Column("due_section", sa.Text(), nullable=False),
        sa.Column("due_says", sa.Text(), nullable=False),
        sa.Column("due_assumed", sa.Text(), nullable=False),
        sa.Column("pended_at", Moment(), nullable=True),
        sa.Column("stopped_at", Moment(), nullable=True),
        sa.Column("stood_still", sa.Integer(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("noticed_at", Moment(), nullable=True),
        sa.Column("appeal_until", Moment(), nullable=True),
        sa.Column("continues_until", sa.Date(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("intake_key", sa.String(length=200), nullable=True),
        sa.Column("intake_hash", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('denied', 'partly_approved') OR decided_at IS NOT NULL",
            name=op.f("ck_cases_adverse_is_decided"),
        ),
        sa.CheckConstraint("level >= 0", name=op.f("ck_cases_level")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_cases_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("requester", "intake_key", name=op.f("uq_cases_requester")),
    )
    op.create_index(op.f("ix_cases_requester"), "cases", ["requester"], unique=False)
    op.create_index("ix_cases_state_due", "cases", ["state", "due_at"], unique=False)
    op.create_table(
        "content_reviews",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("reviewer", sa.String(length=64), nullable=False),
        sa.Column("approved_by", sa.String(length=64), nullable=False),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id", "hash", name=op.f("pk_content_reviews")),
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
    )
    op.create_table(
        "signing_keys",
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("public_key", name=op.f("pk_signing_keys")),
    )
    op.create_index(op.f("ix_signing_keys_person"), "signing_keys", ["person"], unique=False)
    op.create_table(
        "case_documents",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_documents_case_id")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_documents")),
    )
    op.create_table(
        "case_entries",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_entries_case_id")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_entries")),
    )
    op.create_table(
        "case_keys",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_keys_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_keys")),
    )
    op.create_table(
        "decisions",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("opened", Moment(), nullable=False),
        sa.Column("signer", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("credentials", sa.String(length=200), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("licence_state", sa.String(length=64), nullable=False),
        sa.Column("specialty", sa.String(length=200), nullable=False),
        sa.Column("determination", sa.String(length=64), nullable=False),
        sa.Column("next_step", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.String(length=64), nullable=False),
        sa.Column("unmet", sa.Text(), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=128), nullable=False),
        sa.CheckConstraint(
            "licence <> '' AND licence_state <> '' AND specialty <> '' AND credentials <> '' AND signer <> ''",
            name=op.f("ck_decisions_licensed"),
        ),
        sa.CheckConstraint(
            "outcome = 'approve' OR role = 'physician_reviewer'", name=op.f("ck_decisions_adverse_by_physician")
        ),
        sa.CheckConstraint("outcome IN ('approve', 'partial', 'deny')", name=op.f("ck_decisions_outcome")),
        sa.CheckConstraint("length(seal) = 128 AND length(public_key) = 64", name=op.f("ck_decisions_signed")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decisions_case_id")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_decisions")),
        sa.UniqueConstraint("case_id", "level", name=op.f("uq_decisions_case_id")),
    )
    op.create_table(
        "determinations",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("release", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer_hash", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.String(length=64), nullable=False),
        sa.Column("next_step", sa.String(length=64), nullable=False),
        sa.Column("policy_verdict", sa.String(length=64), nullable=True),
        sa.Column("gaps", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_determinations_case_id")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_determinations")),
    )
