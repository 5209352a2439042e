"""Strict YAML and JSON: text in, data with line numbers out, and every fault in plain words.

Stricter than YAML on purpose. Aliases, anchors and tags are refused (a few aliases can grow into
gigabytes), a field may stand once (YAML keeps the last one silently), nesting ends at 40 levels,
and a text over 2 MB is not read. Every scalar stays text, so that ``NO`` is Norway's code and not
false; models type it afterwards. Nothing here touches a file.
"""

from __future__ import annotations

import difflib
import json
import re
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from guidegen.errors import Fault
from guidegen.json_places import places, plain_words

MAX_DEPTH = 40
MAX_CHARS = 2_000_000
Path = tuple[str | int, ...]

# Control characters cut documents short later on; lone surrogates cannot be written to a file.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast
_QUOTE_IT = "Put the text in double quotes, or write it as a block after >-."
_IN_PLAIN_WORDS = (
    ("mapping values are not allowed", "A colon stands where no field name can.", _QUOTE_IT),
    ("cannot start any token", "A tab or a special sign stands where a value begins.",
     "Indent with spaces only; put texts that begin with @, ` or % in double quotes."),
    ("could not find expected ':'", "A line has no colon, or a text runs over its line.", _QUOTE_IT),
    ("did not find expected key", "The indentation or a quotation mark does not fit.",
     "Line up the field names, and write a quotation mark inside quotes as \\\"."),
    ("did not find expected '-'", "A list is indented unevenly.", "Line up the dashes of one list."),
    ("did not find expected node content", "A value is missing.", "Write it, or remove its field name."),
    ("did not find expected ','", "A bracket, a comma or a quotation mark is missing.",
     "Close every [ and {, and put texts inside them in double quotes."),
    ("unexpected end of stream", "A quotation mark is never closed.", "Close it."),
    ("unknown escape", "A backslash stands in a double-quoted text.", "Use single quotes there."),
)


@dataclass(frozen=True)
class Loaded:
    """What a text held: data of dict, list, str and None; the line of each path; its faults.

    ``broken`` says that reading stopped, so ``data`` is None and not worth validating.
    """

    file: str
    data: Any
    lines: Mapping[Path, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    broken: bool = False

    def line(self, path: Path = ()) -> int:
        """The 1-based line of ``path`` or of its nearest parent; 0 when unknown."""
        return next((self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), 0)


def clean(text: str) -> str:
    """``text`` without control characters (tab and line breaks stay), lone surrogates or a BOM."""
    return _UNPRINTABLE.sub("", text).removeprefix("\ufeff")


def load(text: str, file: str, *, max_chars: int = MAX_CHARS) -> Loaded:
    """Reads JSON when ``file`` ends in .json, else YAML. ``file`` is only named in faults."""
    read = load_json if file.lower().endswith(".json") else load_yaml
    return read(text, file, max_chars=max_chars)


def _broken(file: str, line: int, problem: str, remedy: str, faults: Iterable[Fault] = ()) -> Loaded:
    return Loaded(file, None, {}, (*faults, Fault(file, line, "", problem, remedy)), broken=True)


def _too_long(text: str, file: str, max_chars: int) -> Loaded | None:
    if len(text) <= max_chars:
        return None
    return _broken(file, 0, f"The text has {len(text):,} characters.", f"Keep it under {max_chars:,}.")


def _too_deep(file: str, line: int, faults: Iterable[Fault] = ()) -> Loaded:
    problem = f"The text is nested more than {MAX_DEPTH} levels deep."
    return _broken(file, line, problem, "Write it flatter.", faults)


# --- YAML -----------------------------------------------------------------------------------


@dataclass
class _Frame:
    value: dict[str, Any] | list[Any]
    path: Path | None  # None: inside something already refused, lines are not kept
    key: str | None = None  # the field name waiting for its value
    refused: bool = False  # the waiting value belongs to a refused field name


class _Builder:
    """Builds data from parser events with a stack of its own, so that depth costs no recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.stack: list[_Frame] = []

    def fault(self, line: int, problem: str, remedy: str) -> None:
        path = self.stack[-1].path if self.stack else ()
        self.faults.append(Fault(self.file, line, dotted(path or ()), problem, remedy))

    def put(self, value: Any, line: int, raw: str | None = None) -> Path | None:
        """Places ``value``; ``raw`` is its text when it is a scalar. Returns where it stands."""
        if not self.stack:
            self.root, self.lines[()] = value, line
            return ()
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
            return self._keep(frame, len(frame.value) - 1, line)
        if frame.key is None:
            self._name(frame, raw, line)
            return None
        key, frame.key = frame.key, None
        if frame.refused:
            frame.refused = False
            return None
        frame.value[key] = value
        return None if frame.path is None else (*frame.path, key)

    def _keep(self, frame: _Frame, step: str | int, line: int) -> Path | None:
        if frame.path is None:
            return None
        self.lines[(*frame.path, step)] = line
        return (*frame.path, step)

    def _name(self, frame: _Frame, raw: str | None, line: int) -> None:
        frame.key = raw or ""
        if not raw:
            frame.refused = True
            self.fault(line, "A field name is empty or not plain text.", "Write name: value.")
        elif raw in frame.value:
            frame.refused = True
            self.fault(line, f"The field {raw!r} stands twice.", "Keep one of the two.")
        else:
            self._keep(frame, raw, line)

    def node(self, event: yaml.NodeEvent, line: int) -> None:
        """Takes a scalar, the opening of a list or mapping, or an alias."""
        if isinstance(event, yaml.AliasEvent):
            self.fault(line, f"*{event.anchor} refers to another place.",
                       "Write the value out; put a text that begins with * in double quotes.")
            self.put(None, line)
            return
        if event.anchor:
            self.fault(line, f"&{event.anchor} names this place.",
                       "Remove it; put a text that begins with & in double quotes.")
        if tag := getattr(event, "tag", None):
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self.fault(line, f"The tag {written} is not allowed.",
                       "Remove it; put a text that begins with ! in double quotes.")
        if isinstance(event, yaml.ScalarEvent):
            raw = clean(event.value)
            plain = bool(event.implicit[0]) and not event.style
            self.put(None if plain and raw in _NULLS else raw, line, raw)
            return
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.stack.append(_Frame(value, self.put(value, line)))


def load_yaml(text: str, file: str, *, first_line: int = 1, max_chars: int = MAX_CHARS) -> Loaded:
    """Reads one YAML document; ``first_line`` is where ``text`` begins in its file. Never raises."""
    if long := _too_long(text, file, max_chars):
        return long
    builder = _Builder(file)
    documents = 0
    try:
        for event in yaml.parse(clean(text), Loader=_LOADER):
            line = (event.start_mark.line if event.start_mark else 0) + first_line
            if isinstance(event, yaml.NodeEvent):
                builder.node(event, line)
                if len(builder.stack) > MAX_DEPTH:
                    return _too_deep(file, line, builder.faults)
            elif isinstance(event, yaml.CollectionEndEvent):
                builder.stack.pop()
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    builder.fault(line, "A second document starts here.", "Keep one document in a file.")
                    break
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = (mark.line if mark is not None else 0) + first_line
        said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
        problem, remedy = next(
            ((p, r) for cue, p, r in _IN_PLAIN_WORDS if cue in said),
            (f"This is not valid YAML: {said}.", "Check the indentation and the quotation marks."),
        )
        return _broken(file, line, problem, remedy, builder.faults)
    return Loaded(file, builder.root, builder.lines, tuple(builder.faults))


# --- JSON, and data that is already in memory ------------------------------------------------

_JSON_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|-?\b(?:NaN|Infinity)\b', re.DOTALL)


def load_json(text: str, file: str, *, max_chars: int = MAX_CHARS) -> Loaded:
    """Reads JSON into the same data as YAML, with the same lines and faults. Never raises."""
    if long := _too_long(text, file, max_chars):
        return long
    text = clean(text)
    depth = 0
    faults: list[Fault] = []
    for mark in _JSON_MARKS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark[0], 0)
        if depth > MAX_DEPTH:
            return _too_deep(file, text.count("\n", 0, mark.start()) + 1)
        if mark[0].endswith(("NaN", "Infinity")):
            line = text.count("\n", 0, mark.start()) + 1
            faults.append(Fault(file, line, "", f"{mark[0]} is not a value.", "Write a number, or remove the field."))
    try:
        data = json.loads(text, object_pairs_hook=_first, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        return _broken(file, error.lineno, *plain_words(error), faults)
    lines: dict[Path, int] = {}
    twice: Path = ()
    for raw, line in places(text):
        path = tuple(clean(step) if isinstance(step, str) else step for step in raw)
        if twice and len(path) > len(twice) and path[: len(twice)] == twice:
            continue  # inside what stands twice
        twice = path if path in lines else ()
        if twice:
            name = f"The field {path[-1]!r} stands twice."
            faults.append(Fault(file, line, dotted(path[:-1]), name, "Keep one of the two."))
        lines.setdefault(path, line)
    loaded = from_data(data, file)
    return Loaded(file, loaded.data, lines, (*faults, *loaded.faults), loaded.broken)


def _first(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {**dict(pairs), **dict(reversed(pairs))}  # in the order of the text


def from_data(data: Any, name: str) -> Loaded:
    """The same strict data from values already in memory; ``name`` stands for the file in faults."""
    try:
        return Loaded(name, _as_text(data, 0))
    except _TooDeep:
        return _too_deep(name, 0)


class _TooDeep(Exception):
    """Ends the walk through data nested too deeply; never leaves this module."""


def _as_text(value: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise _TooDeep
    if isinstance(value, Mapping):
        return {clean(str(name)): _as_text(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(item, depth + 1) for item in value]
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else clean(str(value))


def filled(data: Any) -> Any:
    """``data`` without fields left empty: a field without a value is as if it were not there."""
    if isinstance(data, dict):
        return {name: filled(item) for name, item in data.items() if item is not None}
    return [filled(item) for item in data] if isinstance(data, list) else data


# --- what pydantic says, in plain words --------------------------------------------------------


def dotted(path: Path) -> str:
    """A path as people read it: ``follow_ups[0].ask``."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like ``word``, as a remedy: ``Did you mean 'role'?``; else the list."""
    names = sorted(known)
    close = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else f"Known are: {', '.join(names)}."


def faults_from(
    error: ValidationError, loaded: Loaded, model: type[BaseModel], *, at: Path = (), label: str = ""
) -> list[Fault]:
    """pydantic's complaints about the value at ``at`` in ``loaded``, with line and remedy.

    ``label`` stands before the field's name, such as an item's id. A complaint on a line that
    already has a fault is left out: it is a consequence of it.
    """
    known = {fault.line for fault in loaded.faults if fault.line}
    found = []
    for item in error.errors(include_url=False):
        place: Path = tuple(item["loc"])
        line = loaded.line((*at, *place))
        if line in known:
            continue
        problem, remedy = _plain_words(item, _model_at(model, place[:-1]))
        name = dotted((label, *place) if label else (*at, *place))
        found.append(Fault(loaded.file, line, name, problem, remedy))
    return found


def _model_at(model: type[BaseModel], place: Path) -> type[BaseModel]:
    for step in place:
        for name, info in model.model_fields.items():
            if step in (name, info.alias):
                model = next(_models_in(info.annotation), model)
                break
    return model


def _models_in(annotation: Any) -> typing.Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _models_in(part)


def _unknown(item: Mapping[str, Any], model: type[BaseModel]) -> tuple[str, str]:
    names = [info.alias or name for name, info in model.model_fields.items()]
    return "This field is not known.", nearest(str(item["loc"][-1]), names)


def _missing(item: Mapping[str, Any], model: type[BaseModel]) -> tuple[str, str]:
    last = item["loc"][-1]
    means = next((f.description for n, f in model.model_fields.items() if last in (n, f.alias)), None)
    return "This field is missing or empty.", f"Add it: {means}." if means else "Add it."


def _choice(item: Mapping[str, Any], _model: type[BaseModel]) -> tuple[str, str]:
    allowed = re.findall(r"'([^']*)'", str(item["ctx"]["expected"]))
    close = difflib.get_close_matches(str(item["input"]).lower(), allowed, n=1, cutoff=0.6)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    return f"{_shown(item)} is not one of the allowed values.", f"Use one of: {', '.join(allowed)}.{hint}"


def _own_words(item: Mapping[str, Any], _model: type[BaseModel]) -> tuple[str, str]:
    said = str(item.get("ctx", {}).get("error", item["msg"]))
    return said[:1].upper() + said[1:] + ("" if said.endswith(".") else "."), ""


def _shown(item: Mapping[str, Any]) -> str:
    value = item["input"]
    text = value if isinstance(value, str) else type(value).__name__
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


_SAYINGS: dict[str, Callable[[Mapping[str, Any], type[BaseModel]], tuple[str, str]]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "literal_error": _choice,
    "value_error": _own_words,
}
_SHORT: Sequence[tuple[str, str, str]] = (
    ("int_parsing", "{input} is not a whole number.", "Write digits only, such as 2."),
    ("float_parsing", "{input} is not a number.", "Write a number such as 0.5."),
    ("bool_parsing", "{input} is neither yes nor no.", "Write true or false."),
    ("date", "{input} is not a date.", "Write it as 2026-11-21."),
    ("greater_than_equal", "{input} is too small.", "Use {ge} or more."),
    ("greater_than", "{input} is too small.", "Use more than {gt}."),
    ("less_than_equal", "{input} is too large.", "Use {le} or less."),
    ("too_short", "The list has {actual_length} entries.", "Give at least {min_length}."),
    ("too_long", "The list has {actual_length} entries.", "Give at most {max_length}."),
    ("tuple_type", "This must be a list.", "Write [one, two], or one entry a line after a dash."),
    ("dict_type", "This must be a set of fields.", "Write name: value, one a line."),
    ("model", "This must be a set of fields.", "Write name: value, one a line."),
    ("string_pattern_mismatch", "{input} has the wrong form.", "It must fit {pattern}."),
    ("path_type", "This must be a path.", "Write one text, in double quotes."),
    ("string_type", "This must be a text.", "Write one text, in double quotes if it holds : or #."),
)


def _plain_words(item: Mapping[str, Any], model: type[BaseModel]) -> tuple[str, str]:
    kind = str(item["type"])
    if kind in _SAYINGS:
        return _SAYINGS[kind](item, model)
    for cue, problem, remedy in _SHORT:
        if kind.startswith(cue):
            words = {**item.get("ctx", {}), "input": _shown(item)}
            return problem.format_map(words), remedy.format_map(words)
    return str(item["msg"]).rstrip(".") + ".", ""
