"""Answers, and whom each is about as hashes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes both tables."""
    op.create_table(
        "answers",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("key", sa.CHAR(64), nullable=False, unique=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "answer_people",
        sa.Column("key", sa.CHAR(64), sa.ForeignKey("answers.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("person", sa.CHAR(64), primary_key=True),
    )
    op.create_index("answer_people_person", "answer_people", ["person"])


def downgrade() -> None:
    """Drops both tables, and every answer with them."""
    op.drop_table("answer_people")
    op.drop_table("answers")
