"""The one JSON object in what a model wrote, whatever it wrote around it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from guidegen.errors import ModelAnswer, ModelNoJson

MAX_STARTS = 200
"""Most braces tried as the start of an object: enough for prose, a bound for garbage."""

_THOUGHT = re.compile(r"(?is)<(think|thinking|reasoning)>.*?</\1>")
_THOUGHT_END = re.compile(r"(?i)</(?:think|thinking|reasoning)>")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def without_thoughts(text: str) -> str:
    """The text after a model's thinking aloud; some chat templates swallow the opening tag."""
    return _THOUGHT_END.split(_THOUGHT.sub("", text))[-1].strip()


def readable(text: str) -> str:
    """The text itself. Raises ModelAnswer when it is empty or has characters no file can hold."""
    if not text.strip():
        raise ModelAnswer("The model's answer is empty.")
    if "\0" in text or _SURROGATE.search(text):
        raise ModelAnswer("The model's answer has broken characters.")
    return text


def object_in(text: str, keys: Collection[str] = ()) -> str:
    """The JSON object in a model's answer, as JSON text in one spelling.

    ``keys`` are those the object should have: an object that has them is taken before one that has
    not (an echoed schema, a draft), then the longest, then the last. Raises ModelNoJson when there is
    no whole object, ModelAnswer when nothing is there or a string in it has broken characters.
    """
    readable(text)
    found = list(_candidates(text))
    if not found:
        raise ModelNoJson("The model's answer holds no whole JSON object.")
    _, value = max(
        enumerate(found), key=lambda item: (set(keys) <= set(item[1]), len(json.dumps(item[1])), item[0])
    )
    for string in _strings(value):
        if string.strip():
            readable(string)
    return json.dumps(value, ensure_ascii=False)


def _candidates(text: str) -> Iterator[dict[str, Any]]:
    """Objects at the top of the text: the whole of it, else those among prose and fences."""
    bare = text.lstrip("\ufeff").strip()
    value, end = _decoded(bare, 0)
    if value is not None and end == len(bare):
        yield value
        return
    said = without_thoughts(bare)
    at = said.find("{")
    for _ in range(MAX_STARTS):
        if at < 0:
            return
        value, end = _decoded(said, at)
        if value is not None:
            yield value
        at = said.find("{", end if value is not None else at + 1)


def _decoded(text: str, at: int) -> tuple[dict[str, Any] | None, int]:
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, at
    return (value, end) if isinstance(value, dict) else (None, at)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
