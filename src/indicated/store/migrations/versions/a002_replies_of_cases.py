"""Kept replies know which case they are about, so that they are erased with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "a002"
down_revision = "a001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Replies of before say of no case, and are let go: within a day they would be gone anyway."""
    op.execute("DELETE FROM api_replies")
    op.add_column("api_replies", sa.Column("case_id", sa.String(length=64), nullable=False, server_default=""))
    op.create_index("ix_api_replies_case_id", "api_replies", ["case_id"])
