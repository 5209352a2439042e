"""Opening a store: the engine, its settings, its migrations; and moving a damaged file out of the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from guidegen.errors import SettingsError
from guidegen.storage.tables import REVISION

BUSY_SECONDS = 10.0
"""How long a process waits for another one that writes."""


def engine_for(url: str) -> Engine:
    """The engine for a database URL. Raises SettingsError for one that cannot be used at all."""
    sqlite = url.startswith("sqlite")
    try:
        # A connection a time: none is left open on a file that another process may move away.
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS}) if sqlite else create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": int(BUSY_SECONDS)}
        )
    except (ArgumentError, NoSuchModuleError) as error:
        raise SettingsError(
            "The address of the answer store is no database URL.", remedy="Write sqlite:///path/to/answers.sqlite, or postgresql+psycopg://…"
        ) from error
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"The answer store's database needs the package {error.name}, which is not installed.",
            remedy=f"Install {error.name}, or use a sqlite:/// address.",
        ) from error
    if sqlite:
        event.listen(engine, "connect", _configure)
    return engine


def _configure(connection: Any, _record: Any) -> None:
    """Foreign keys, and erased means overwritten; both hold for one connection only."""
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")


def file_of(engine: Engine) -> Path | None:
    """The file a SQLite engine works on; None for another database, for memory and for file: URIs."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name.startswith((":", "file:")):
        return None
    return Path(name)


def prepare(engine: Engine) -> None:
    """Makes the file (for its owner alone) and brings the tables up to date; quick when nothing is to do.

    Raises OSError, ``Timeout`` or a SQLAlchemy error; the store turns each into a warning.
    """
    path = file_of(engine)
    if path is None:
        _migrate(engine)
        return
    if path.exists() and _current(engine):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock", timeout=BUSY_SECONDS):
        path.touch(mode=0o600, exist_ok=True)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        _migrate(engine)


def _current(engine: Engine) -> bool:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == REVISION


def _migrate(engine: Engine) -> None:
    if _current(engine):
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":  # its driver opens no transaction for DDL: all tables or none
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def move_aside(engine: Engine) -> Path | None:
    """Moves a damaged file to ``….damaged-1`` and returns where it is; None when it was not to be moved.

    Looks again under the lock first: another process may have moved it and begun anew.
    """
    path = file_of(engine)
    if path is None:
        return None
    with FileLock(f"{path}.lock", timeout=BUSY_SECONDS):
        if not path.exists() or _sound(engine):
            return None
        n = next(n for n in range(1, 10_000) if not path.with_name(f"{path.name}.damaged-{n}").exists())
        aside = path.with_name(f"{path.name}.damaged-{n}")
        path.rename(aside)
        for tail in ("-wal", "-shm"):  # they belong to the damaged file and would damage a new one
            path.with_name(path.name + tail).unlink(missing_ok=True)
        return aside


def _sound(engine: Engine) -> bool:
    from sqlalchemy.exc import DatabaseError

    try:
        with engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
    except DatabaseError:
        return False


__all__ = ["Timeout", "engine_for", "file_of", "move_aside", "prepare"]
