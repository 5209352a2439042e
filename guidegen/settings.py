"""The only reader of the environment and of ``guidegen.toml``; also finds corpus/ and prompts/.

A value is taken from the environment, else from ``guidegen.toml`` in the working folder (or where
``GUIDEGEN_CONFIG`` points), else from the default. Every setting is listed in docs/settings.md.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from guidegen.errors import SettingsError

PACKAGE = Path(__file__).resolve().parent
CONFIG_FILE = "guidegen.toml"


def shipped(name: str) -> Path:
    """The folder ``name`` (corpus, prompts): inside an installed wheel, else beside the checkout."""
    inside = PACKAGE / "shipped" / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def _default_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("guidegen")


class Settings(BaseModel):
    """Everything that can be set from outside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    corpus: Path = Field(default_factory=lambda: shipped("corpus"), description="folder of the corpus")
    overlay: Path | None = Field(None, description="an organisation's own corpus, laid over the built-in one")
    cache: Path = Field(default_factory=_default_cache, description="folder for the index and for vectors")
    threads: int = Field(2, ge=1, le=64, description="threads for the embedding model")
    host: str = Field("127.0.0.1", description="address that `guidegen serve` listens on")
    port: int = Field(8000, ge=1, le=65535, description="port that `guidegen serve` listens on")
    allowed_hosts: tuple[str, ...] = Field(
        ("127.0.0.1", "localhost", "[::1]"), description="Host headers the API answers to"
    )


def variable(field: str) -> str:
    """The environment variable of a setting: ``GUIDEGEN_`` and the name in capitals."""
    return f"GUIDEGEN_{field.upper()}"


def _from_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            found: dict[str, Any] = tomllib.load(stream)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}", remedy="Mend the file, or move it away.") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    return found


def load(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings in force. Raises SettingsError naming every value that cannot be used."""
    env = os.environ if environ is None else environ
    named = env.get("GUIDEGEN_CONFIG")
    path = Path(named) if named else (folder or Path.cwd()) / CONFIG_FILE
    values: dict[str, Any] = _from_file(path) if named or path.is_file() else {}
    for field in Settings.model_fields:
        if variable(field) in env:
            text = env[variable(field)]
            values[field] = text.split(",") if field == "allowed_hosts" else text
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        faults = [
            f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']} (it is {e.get('input')!r})" for e in error.errors()
        ]
        raise SettingsError(
            "Some settings cannot be used:\n  " + "\n  ".join(faults),
            remedy="They come from the environment (GUIDEGEN_…) or from guidegen.toml; docs/settings.md lists them all.",
        ) from error
