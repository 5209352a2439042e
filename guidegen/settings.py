"""The only reader of the environment and of ``guidegen.toml``; also finds corpus/ and prompts/.

A value is taken from the environment, else from ``guidegen.toml`` in the working folder (or where
``GUIDEGEN_CONFIG`` points), else from the default. Every setting is listed in docs/settings.md.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from guidegen.domain.chat import Mode
from guidegen.errors import Fault, SettingsError
from guidegen.strict_yaml import faults_from, from_data

OPENAI = {"base_url": "OPENAI_BASE_URL", "api_key": "OPENAI_API_KEY"}
"""Variables that OpenAI-compatible tools share; they are read once an openai: model was chosen."""
LISTS = ("allowed_hosts", "withhold")
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
    host: str = Field("127.0.0.1", min_length=1, description="address that `guidegen serve` listens on")
    port: int = Field(8000, ge=1, le=65535, description="port that `guidegen serve` listens on")
    allowed_hosts: tuple[str, ...] = Field(
        ("127.0.0.1", "localhost", "[::1]"), description="Host headers the API answers to"
    )
    model: str | None = Field(
        None, pattern=r"^[^:\s]+:\S+$", description="provider:name of a language model; none composes without one"
    )
    base_url: str | None = Field(None, pattern=r"^https?://\S+$", description="address of an OpenAI-compatible server")
    api_key: SecretStr | None = Field(None, description="the model's key; never written anywhere")
    model_mode: Mode | None = Field(None, description="how JSON is asked for, as `guidegen doctor` found it")
    model_seconds: float = Field(300.0, gt=0, le=3600, description="longest time that a guide waits for its model")
    withhold: tuple[str, ...] = Field((), description="profile fields that are kept from a model")
    answers: str | None = Field(None, description="database URL of the answer store; a file in the cache folder if empty")


def variable(field: str) -> str:
    """The environment variable of a setting: ``GUIDEGEN_`` and the name in capitals."""
    return f"GUIDEGEN_{field.upper()}"


def _from_file(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """What a file sets, and the line of each setting."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        found: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{path} is not valid TOML: {error}.", remedy='Write name = "value", one a line, or move the file away.'
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8.", remedy="Save it again as UTF-8.") from error
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read: {error.strerror}.", remedy="Check GUIDEGEN_CONFIG, or leave it unset."
        ) from error
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if named := re.match(r"\s*\[?\s*[\"']?([\w-]+)", line):
            lines.setdefault(named[1], number)
    return found, lines


def load(environ: Mapping[str, str] | None = None, folder: Path | None = None, model: str | None = None) -> Settings:
    """The settings in force; an empty variable counts as unset. ``model`` goes before both.

    Raises SettingsError naming every value that cannot be used, and where it was set.
    """
    env = os.environ if environ is None else environ
    named = env.get("GUIDEGEN_CONFIG")
    path = Path(named) if named else (folder or Path.cwd()) / CONFIG_FILE
    values, lines = _from_file(path) if named or path.is_file() else ({}, {})
    for field in Settings.model_fields:
        if text := env.get(variable(field), "").strip():
            values[field] = [part.strip() for part in text.split(",")] if field in LISTS else text
    if model:
        values["model"] = model
    for field, name in OPENAI.items():  # a key or an address chooses no model: it is read only for one that was chosen
        if str(values.get("model", "")).startswith("openai:") and (text := env.get(name, "").strip()):
            values.setdefault(field, text)
    loaded = from_data(values, "")
    found: Settings | None = None
    faults = [*loaded.faults, *_misspelt(env)]
    try:
        found = Settings.model_validate(loaded.data)
    except ValidationError as error:
        faults += faults_from(error, loaded, Settings)
    faults += _folders(found or values)
    if found is None or faults:
        where = {variable(field): field for field in Settings.model_fields if env.get(variable(field), "").strip()}
        raise SettingsError(
            "Some settings cannot be used; nothing was done:",
            remedy="docs/settings.md lists every setting.",
            faults=[_placed(fault, where, path, lines) for fault in faults],
        )
    return found


def _misspelt(env: Mapping[str, str]) -> list[Fault]:
    """Variables that look like ours and set nothing."""
    known = ("GUIDEGEN_CONFIG", *(variable(field) for field in Settings.model_fields))
    names = (name for name in env if name.startswith("GUIDEGEN_") and name not in known)
    fields = ("config", *Settings.model_fields)
    found = []
    for name in names:
        close = difflib.get_close_matches(name.removeprefix("GUIDEGEN_").lower(), fields, n=1)
        remedy = f"Did you mean {variable(close[0])}?" if close else "Unset it."
        found.append(Fault(name, 0, "", "There is no such setting.", remedy))
    return found


def _folders(values: Settings | Mapping[str, Any]) -> list[Fault]:
    """What stands on the disk where a folder should be."""
    faults = []
    for field in ("corpus", "overlay", "cache"):
        value = values.get(field) if isinstance(values, Mapping) else getattr(values, field)
        if not isinstance(value, str | Path):
            continue  # unset, or told already
        if field == "cache":
            if any(part.exists() and not part.is_dir() for part in (Path(value), *Path(value).parents)):
                faults.append(Fault("", 0, field, f"{value} is or lies in a file.", "Give a folder; it is made if need be."))
        elif not Path(value).is_dir():
            faults.append(Fault("", 0, field, f"There is no folder {value}.", "Check the path."))
    return faults


def _placed(fault: Fault, env: Mapping[str, str], path: Path, lines: Mapping[str, int]) -> Fault:
    """``fault`` with the variable that set the value, or else the file and its line."""
    field = fault.field.partition("[")[0].partition(".")[0]
    if fault.file:
        return fault
    for name, set_by in env.items():
        if set_by == field:
            return replace(fault, file=name, field="")
    return replace(fault, file=str(path), line=lines.get(field, 0))
