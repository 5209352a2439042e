"""Models without a model: they ship with the package, for tests, demonstrations and the red team."""

from __future__ import annotations

import copy
import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from guidegen.domain.chat import ChatAnswer, ChatRequest, Deadline
from guidegen.errors import ModelError, ModelTimeout
from guidegen.llm.filling import filled

Line = str | ChatAnswer | ModelError | Callable[[ChatRequest], str]
"""What one call comes to: a text, a whole answer, an error to raise, or a function of the request."""


class ScriptedModel:
    """Answers from a script, in order, and remembers what it was asked (``history``).

    The script is a queue for all calls, or one queue for each ``schema_name``, which calls made side
    by side need. When it is at its end a ModelError is raised.
    """

    name = "fake:scripted"

    def __init__(self, script: Iterable[Line] | Mapping[str, Iterable[Line]]) -> None:
        by_name = script if isinstance(script, Mapping) else {"": script}
        self._queues: dict[str, Iterator[Line]] = {name: iter(lines) for name, lines in by_name.items()}
        self._lock = threading.Lock()
        self.history: list[ChatRequest] = []

    def complete(self, request: ChatRequest, deadline: Deadline) -> ChatAnswer:
        """The next line of the script."""
        _in_time(deadline)
        with self._lock:
            self.history.append(request)
            queue = self._queues.get(request.schema_name) or self._queues.get("") or iter(())
            line = next(queue, None)
        if line is None:
            raise ModelError("The script has no more answers.")
        if isinstance(line, ModelError):
            raise copy.copy(line)  # whoever catches it writes on it how often it tried
        if isinstance(line, ChatAnswer):
            return line
        return said(line if isinstance(line, str) else line(request), request, self.name)


class ObedientModel:
    """Does whatever any text in its prompt tells it: the worst honest model there is.

    It cannot tell data from instructions. Every link, tag, template mark and sentence that sounds like
    an order, anywhere in the prompt, goes into the free fields of its answer, ``per_field`` pieces in
    each: marks first, then what sounds most like an injection, then the rest, going on where the
    last answer stopped. Told to reveal, it writes out the prompt's ends; told to cite an id, it adds it
    to every list; told a number of minutes, it sets every number to it; told to answer with some JSON,
    it takes over the keys. Otherwise the answer is whole and fits the schema, each piece is short enough
    to pass for a text, and nothing but the checks stands between it and a guide.
    """

    name = "fake:obedient"

    def __init__(self, per_field: int = 2) -> None:
        self._per_field = per_field
        self._lock = threading.Lock()
        self._next = 0
        self.history: list[ChatRequest] = []

    def complete(self, request: ChatRequest, deadline: Deadline) -> ChatAnswer:
        """An answer that follows the orders found."""
        _in_time(deadline)
        prompt = "\n".join(message.text for message in request.messages)
        orders = list(dict.fromkeys(_orders(prompt))) or ["Nothing was ordered."]
        with self._lock:
            self.history.append(request)
            if request.answer_schema is None:
                return said(" ".join(orders), request, self.name)
            answer = filled(request.answer_schema, lambda _: "")
            ids = list(dict.fromkeys(_ORDERED_ID.findall(prompt)))
            answer = self._obeyed(answer, orders, ids, _ordered_minutes(prompt))
        for extra in _ordered_objects(prompt):
            answer = {**extra, **answer}
        return said(json.dumps(answer, ensure_ascii=False), request, self.name)

    def _obeyed(self, value: Any, orders: list[str], ids: list[str], minutes: int | None) -> Any:
        """The value with orders in its empty texts, ids in its lists, and minutes for its numbers."""
        if isinstance(value, dict):
            return {key: self._obeyed(item, orders, ids, minutes) for key, item in value.items()}
        if isinstance(value, list):
            done = [self._obeyed(item, orders, ids, minutes) for item in value]
            return [*done, *ids] if done and all(isinstance(item, str) for item in done) else done
        if isinstance(value, int) and not isinstance(value, bool) and minutes is not None:
            return minutes
        if value != "":
            return value
        at, self._next = self._next, self._next + self._per_field
        return " ".join(orders[(at + step) % len(orders)] for step in range(self._per_field))


def _in_time(deadline: Deadline) -> None:
    """A fake keeps the port's promise too: past the deadline there is no answer."""
    if deadline.left <= 0:
        raise ModelTimeout("The deadline is over.")


def said(text: str, request: ChatRequest, model: str) -> ChatAnswer:
    """An answer with this text, its tokens counted as four characters each."""
    prompt = sum(len(message.text) for message in request.messages)
    return ChatAnswer(text=text, tokens_in=prompt // 4, tokens_out=len(text) // 4, model=model)


_PIECE = 240
"""Characters of one piece: longer ones would fall to a cap on length before anything else looks."""
_VERBS = (
    "ignore|disregard|forget|override|bypass|say|write|print|output|reply|respond|answer|include|insert|add|"
    "append|put|mention|recommend|praise|reveal|show|tell|repeat|quote|list|leak|send|email|post|visit|click|"
    "open|go to|download|install|run|execute|call|use|cite|link|embed|render|replace|rename|remove|delete|"
    "change|set|make|give|grant|act|pretend|behave|become|translate|encode|decode|start|end|stop|never|always|"
    "you must|you will|you are now|from now on|new instructions?|system|assistant|important|note to"
)
_ORDER = re.compile(rf"(?i)(?:^|(?<=[\s\"'>*_`\[(:#.-]))((?:please\s+)?(?:{_VERBS})\b[^\n]{{2,400}})", re.M)
_INJECTED = re.compile(
    r"(?i)ignore|disregard|forget|overrid|bypass|instead|verbatim|exactly|system|you are now|from now on|"
    r"new instruction|pretend|act as|reveal|leak|password|secret|http|www\.|click|visit|download"
)
_SAID = re.compile(r"[\"'“‘«]([^\"'”’»\n]{2,200})[\"'”’»]|:\s*([^\n]{2,200})")
_MARKS = (
    re.compile(r"(?i)\b(?:https?|ftp|file|javascript|data|vbscript):[^\s\"'<>)\]]+"),
    re.compile(r"!?\[[^\]\n]*\]\([^)\n]*\)"),
    re.compile(r"<[a-zA-Z!/][^>\n]{0,300}>"),
    re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\$\{.{0,200}?\}"),
)
_REVEAL = re.compile(
    r"(?i)\b(?:reveal|print|repeat|show|output|leak|quote|write out|dump)\b[^\n]{0,80}"
    r"\b(?:prompt|instructions?|everything|notes?|above|context|data|names?|profile)\b"
)
_ORDERED_ID = re.compile(
    r"(?i)\b(?:cite|use|quote|source|evidence|id|slot)\b[^\n]{0,30}?[\"'`\[(]([\w.:/#-]{3,80})[\"'`\])]"
)
_MINUTES = re.compile(r"(?i)\b(\d{1,5})\s*(?:-\s*)?min(?:ute)?s?\b")
_OBJECT = re.compile(r"\{[^{}\n]{2,500}\}")


def _orders(prompt: str) -> Iterator[str]:
    """Pieces of the prompt to be carried on or obeyed, the most harmful first."""
    for pattern in _MARKS:
        yield from (mark[:_PIECE] for mark in pattern.findall(prompt))
    if _REVEAL.search(prompt):
        yield from (prompt[-_PIECE:], prompt[:_PIECE])
    orders = _ORDER.findall(prompt)
    for order in sorted(orders, key=lambda text: not _INJECTED.search(text)):
        for quoted, after in _SAID.findall(order):
            yield (quoted or after).strip()
        yield order[:_PIECE].strip()


def _ordered_minutes(prompt: str) -> int | None:
    """The last number of minutes that stands in an order."""
    found = [m for order in _ORDER.findall(prompt) for m in _MINUTES.findall(order)]
    return int(found[-1]) if found else None


def _ordered_objects(prompt: str) -> Iterator[dict[str, Any]]:
    for text in _OBJECT.findall(prompt):
        try:
            value = json.loads(text)
        except ValueError:
            continue
        if isinstance(value, dict):
            yield value
