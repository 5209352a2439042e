"""The tables as they are now; ``migrations/`` says how a store comes to have them."""

from __future__ import annotations

from sqlalchemy import CHAR, BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text

REVISION = "0001"
"""The newest migration; a store that has it needs none, and Alembic is then not even imported."""

metadata = MetaData()

answers = Table(
    "answers",
    metadata,
    # Grows with every answer kept, so that the smallest is the oldest and no clock is needed.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("key", CHAR(64), nullable=False, unique=True),
    Column("answer", Text, nullable=False),
    Column("size", Integer, nullable=False),
    sqlite_autoincrement=True,
)

answer_people = Table(
    "answer_people",
    metadata,
    Column("key", CHAR(64), ForeignKey("answers.key", ondelete="CASCADE"), primary_key=True),
    Column("person", CHAR(64), primary_key=True),
    Index("answer_people_person", "person"),
)
