"""A model's fields as rows of a table: name, type in words, default, bounds, description."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

Model = type[BaseModel]
_WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    date: "day",
    Path: "path",
}


class Row(NamedTuple):
    """One field, as a page shows it."""

    name: str
    kind: str
    default: str
    about: str


def key(name: str, field: FieldInfo) -> str:
    """How files write the field."""
    return field.alias or name


def own_name(model: Model) -> str:
    """The model's name as a heading: PrintedQuestion."""
    return model.__name__


def parts_of(annotation: Any) -> Iterator[Any]:
    """The annotation and everything inside it."""
    yield annotation
    for inside in typing.get_args(annotation):
        if not isinstance(inside, str | int):
            yield from parts_of(inside)


def models_in(annotation: Any) -> Iterator[Model]:
    """The models that an annotation names, in order."""
    for part in parts_of(annotation):
        if isinstance(part, type) and not typing.get_args(part) and issubclass(part, BaseModel):
            yield part


def reached_from(*roots: Model) -> list[Model]:
    """Every model that a file of these may hold, each once, in the order a reader meets them."""
    found: list[Model] = []
    waiting = list(roots)
    while waiting:
        model = waiting.pop(0)
        if model in found:
            continue
        found.append(model)
        inner = [m for f in model.model_fields.values() for m in models_in(f.annotation)]
        waiting = inner + waiting
    return found


def _choices(annotation: Any) -> str:
    values = [f"`{value}`" for value in typing.get_args(annotation)]
    return values[0] if len(values) == 1 else f"one of {', '.join(values)}"


def in_words(annotation: Any, *, links: bool = True) -> str:
    """The type as a reader needs it: list of text, day or null, `a`, `b`."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return in_words(typing.get_args(annotation)[0], links=links)
    if origin is typing.Literal:
        return _choices(annotation)
    if origin is tuple:
        return f"list of {in_words(typing.get_args(annotation)[0], links=links)}"
    if origin is dict:
        name, value = (in_words(part, links=links) for part in typing.get_args(annotation))
        return f"{name} to {value}"
    if origin in (typing.Union, types.UnionType):
        options = [part for part in typing.get_args(annotation) if part is not type(None)]
        words = " or ".join(in_words(part, links=links) for part in options)
        return f"{words} or null" if links and len(options) < len(typing.get_args(annotation)) else words
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        name = own_name(annotation)
        return f"[{name}](#{name.lower()})" if links else name
    return _WORDS[annotation]


def _bounds(field: FieldInfo) -> str:
    """Limits that the model itself holds, in words."""
    low: Any = None
    high: Any = None
    unit = ""
    metadata = [*field.metadata]
    if typing.get_origin(field.annotation) is typing.Annotated:
        metadata += typing.get_args(field.annotation)[1:]
    for limit in metadata:
        if isinstance(limit, annotated_types.Ge):
            low = limit.ge
        elif isinstance(limit, annotated_types.Gt):
            low = f"above {limit.gt}"
        elif isinstance(limit, annotated_types.Le):
            high = limit.le
        elif isinstance(limit, annotated_types.MinLen):
            low, unit = limit.min_length, " entries"
        elif isinstance(limit, annotated_types.MaxLen):
            high, unit = limit.max_length, " entries"
    if low is not None and high is not None:
        return f"{low} to {high}{unit}"
    if isinstance(low, str):
        return low
    if low:
        return f"{low}{' entry' if low == 1 and unit else unit} or more"
    return f"at most {high}{unit}" if high is not None else ""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=False)
    if value is None or value == () or value == "" or isinstance(value, BaseModel | dict) or field.default_factory:
        return ""
    if isinstance(value, tuple):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def rows(model: Model, *, links: bool = True, without: tuple[str, ...] = ()) -> list[Row]:
    """The fields of a model, less ``without``, in their declared order."""
    return [
        Row(
            key(name, field),
            "; ".join(part for part in (in_words(field.annotation, links=links), _bounds(field)) if part),
            _default(field),
            field.description or "",
        )
        for name, field in model.model_fields.items()
        if name not in without
    ]


def table(found: list[Row], *, defaults: bool = True) -> str:
    """The rows as a Markdown table."""
    head = "| key | holds | default | what it is |\n|---|---|---|---|" if defaults else "| field | holds | what it is |\n|---|---|---|"
    lines = [head]
    for row in found:
        cells = [f"`{row.name}`", row.kind, *([row.default] if defaults else []), row.about.replace("|", "\\|")]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def about(model: Model) -> str:
    """The first paragraph of a model's docstring, on one line."""
    return " ".join((model.__doc__ or "").strip().split("\n\n")[0].split())
