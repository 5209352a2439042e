"""Migrations make the tables that the code expects, from nothing and from half-way, and ship with the package."""

from __future__ import annotations

import re
import sqlite3
import tomllib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from guidegen.storage.opening import engine_for, prepare
from guidegen.storage.tables import REVISION, metadata

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = ROOT / "guidegen" / "storage" / "migrations"


def test_the_migrations_make_the_tables(tmp_path: Path) -> None:
    """A migrated store has exactly the tables of the code."""
    engine = engine_for(f"sqlite:///{tmp_path / 'a.sqlite'}")
    prepare(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_the_newest_revision_is_named() -> None:
    """What the code takes for the newest migration is the newest, and there is one head."""
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [REVISION]


def test_a_migration_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """A store with a file and no tables, as a kill at the wrong moment leaves it, is migrated the next time."""
    path = tmp_path / "a.sqlite"
    sqlite3.connect(path).close()
    path.touch()
    engine = engine_for(f"sqlite:///{path}")
    prepare(engine)
    prepare(engine)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (0,)


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """With one of the tables in the way the other one is not made either."""
    path = tmp_path / "a.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE answer_people (x)")
    engine = engine_for(f"sqlite:///{path}")
    with pytest.raises(OperationalError, match="already exists"):
        prepare(engine)
    with sqlite3.connect(path) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "answers" not in names


def test_migrations_ship_in_the_wheel() -> None:
    """They lie inside the package, which the wheel takes whole."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "guidegen" in wheel["only-include"]
    assert not [rule for rule in wheel.get("exclude", []) if "migrations" in rule or ".mako" in rule]


def test_sql_stands_in_storage_only() -> None:
    """No other room writes SQL or imports SQLAlchemy; the index only asks whether its own file is whole."""
    found = [
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("guidegen/**/*.py"), *ROOT.glob("api/**/*.py")]
        if "storage" not in path.parts and path.name != "index.py" and re.search(r"\bsqlalchemy\b|\bimport sqlite3\b|\bSELECT .+ FROM\b", path.read_text())
    ]
    assert found == []
