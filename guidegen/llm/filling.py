"""A value that fits a JSON schema, with words of one's own in it: what the fakes answer with. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Schema = Mapping[str, Any]


def filled(schema: Schema, words: Callable[[str], str], limit: int = 100) -> Any:
    """A value for the schema; ``words`` gives the text of a free string, by the name of its field.

    An array whose items carry an enum (a slot's id, a source's id) gets one item for each of its
    values, at most ``limit``: whoever asks for slots gets every slot.
    """
    return _value(schema, schema, "", words, limit)


def _value(schema: Schema, root: Schema, name: str, words: Callable[[str], str], limit: int) -> Any:
    schema = _resolved(schema, root)
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type", "object" if "properties" in schema else "string")
    kind = next((k for k in kind if k != "null"), "null") if isinstance(kind, list) else kind
    if kind == "object":
        return {
            key: _value(part, root, key, words, limit) for key, part in schema.get("properties", {}).items()
        }
    if kind == "array":
        return _items(schema, root, name, words, limit)
    if kind == "string":
        return words(name)
    return {
        "integer": int(schema.get("minimum", 0)),
        "number": float(schema.get("minimum", 0)),
        "boolean": False,
    }.get(kind)


def _items(schema: Schema, root: Schema, name: str, words: Callable[[str], str], limit: int) -> list[Any]:
    item = _resolved(schema.get("items", {}), root)
    most = min(limit, schema.get("maxItems", limit))
    for key, part in item.get("properties", {}).items():
        choices = _resolved(part, root).get("enum")
        if choices:
            one = _value(item, root, name, words, limit)
            return [{**one, key: choice} for choice in choices[:most]]
    count = max(1, schema.get("minItems", 1))
    return [_value(item, root, name, words, limit) for _ in range(min(count, most))]


def _resolved(schema: Schema, root: Schema) -> Schema:
    """The schema itself behind a reference, or the first of its alternatives that is not null."""
    for _ in range(20):
        if "$ref" in schema:
            target: Any = root
            for step in str(schema["$ref"]).removeprefix("#/").split("/"):
                target = target[step]
            schema = target
            continue
        options = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
        if not options:
            break
        schema = next((o for o in options if o.get("type") != "null"), options[0])
    return schema
