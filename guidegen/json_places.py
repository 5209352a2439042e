"""Where things stand in a JSON text, and what is wrong with one: what ``json`` itself does not tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+', re.DOTALL)
_PLAIN = (
    ("Unterminated string", "A text is never closed.", 'End it with ".'),
    ("Expecting ',' delimiter", "A comma is missing.", "Put one between two fields or two entries."),
    ("Expecting ':' delimiter", "A field name has no colon.", 'Write "name": "value".'),
    ("Extra data", "Something stands after the end.", "Remove it; a file holds one value."),
    ("Invalid control character", "A text runs over its line.", "Write \\n for a line break inside a text."),
    ("Invalid \\", "A backslash stands alone in a text.", "Write it twice."),
    ("Expecting property name", "A field name is missing or has no double quotes.", 'Write "name": "value".'),
    ("Expecting value", "A value is missing or has no double quotes.", "Put every text in double quotes."),
)


def places(text: str) -> Iterator[tuple[Path, int]]:
    """Every field and entry with its 1-based line, in the order of the text, which must be valid JSON.

    A field name that stands twice comes twice.
    """
    line, last = 1, 0
    steps: list[str | int] = []  # where we are: a field name or a position for each open { and [
    named: list[bool] = []  # for each open bracket: a { whose next text is a value, or a [
    yielded_root = False
    for token in _TOKEN.finditer(text):
        line, last = line + text.count("\n", last, token.start()), token.start()
        mark = token[0]
        if not yielded_root:
            yielded_root = True
            yield (), line
        if mark in "]}":
            steps.pop()
            named.pop()
        elif mark == ",":
            inside = steps[-1]
            if isinstance(inside, int):
                steps[-1] = inside + 1
            else:
                named[-1] = False
        elif mark != ":":
            if steps and not named[-1]:
                steps[-1], named[-1] = str(json.loads(mark, strict=False)), True
                yield tuple(steps), line
                continue
            if steps and isinstance(steps[-1], int):
                yield tuple(steps), line
            if mark == "{":
                steps.append("")
                named.append(False)
            elif mark == "[":
                steps.append(0)
                named.append(True)


def plain_words(error: json.JSONDecodeError) -> tuple[str, str]:
    """What is wrong with the text, and what to do about it, without the words of a parser."""
    if not error.doc.strip():
        return "The file is empty.", "Write it, or give another file."
    near = error.doc[: error.pos + 1].rstrip("]} \t\r\n")
    if "trailing comma" in error.msg or (near.endswith(",") and error.doc[error.pos : error.pos + 1] in ("]", "}")):
        return "A comma stands before a closing bracket.", "Remove the comma."
    known = (words for cue, *words in _PLAIN if error.msg.startswith(cue))
    problem, remedy = next(known, (f"This is not valid JSON: {error.msg}.", "Check commas and quotes."))
    return problem, remedy
