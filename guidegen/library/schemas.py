"""JSON Schemas of the corpus files, for editors that complete and validate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from guidegen.domain.formats import BiasEntry, Format, Phrase, Tag, Tags, WorkshopFormat
from guidegen.domain.topic import (
    Activity,
    Decision,
    GiveBack,
    Outcome,
    Passage,
    Question,
    Source,
    Term,
    Topic,
)
from guidegen.errors import OutputError

_LISTS: dict[str, type[BaseModel]] = {
    "question": Question,
    "activity": Activity,
    "decision": Decision,
    "outcome": Outcome,
    "term": Term,
    "source": Source,
    "phrase": Phrase,
    "give_back": GiveBack,
    "bias": BiasEntry,
    "tag": Tag,
}
_ITEM_FIELDS = (
    "passages", "misconceptions", "give_backs", "questions", "activities", "decisions", "outcomes", "terms"
)


def schema(folder: Path) -> list[Path]:
    """Writes ``_schemas/*.json`` into a corpus folder; returns the files in name order. Raises OutputError."""
    target = folder / "_schemas"
    written = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, made in sorted(schemas().items()):
            path = target / f"{name}.json"
            path.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
            written.append(path)
    except OSError as error:
        raise OutputError(
            f"The schemas cannot be written to {target}: {error.strerror}.", remedy="Give a folder you may write to."
        ) from error
    return written


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by name: lists for the files that are lists, one mapping for the others."""
    made: dict[str, dict[str, Any]] = {
        name: TypeAdapter(tuple[model, ...]).json_schema(by_alias=True)  # type: ignore[valid-type]
        for name, model in _LISTS.items()
    }
    made["tags"] = Tags.model_json_schema(by_alias=True)
    made["format"] = Format.model_json_schema(by_alias=True)
    made["workshop"] = WorkshopFormat.model_json_schema(by_alias=True)
    made["passage"] = _without(Passage, ("title", "text", "citations"))
    made["front-matter"] = _without(Topic, _ITEM_FIELDS)
    return {name: _loose(value) for name, value in made.items()}


def _without(model: type[BaseModel], fields: tuple[str, ...]) -> dict[str, Any]:
    """The schema of a model less the fields that stand elsewhere in topic.md."""
    made = model.model_json_schema(by_alias=True)
    made["properties"] = {k: v for k, v in made["properties"].items() if k not in fields}
    made["required"] = [name for name in made["required"] if name not in fields]
    used = json.dumps(made["properties"])
    if not any(f'"#/$defs/{name}"' in used for name in made.get("$defs", {})):
        made.pop("$defs", None)
    return made


def _loose(value: Any) -> Any:
    """An editor takes an unquoted 2024 for a number; the corpus reads it as the text it is."""
    if isinstance(value, dict):
        loose = {k: _loose(v) for k, v in value.items()}
        options = loose.get("anyOf")
        if isinstance(options, list) and {"type": "string"} in options and any("format" in o for o in options):
            loose["anyOf"] = [*options, {"type": "integer"}]
        return loose
    return [_loose(v) for v in value] if isinstance(value, list) else value
