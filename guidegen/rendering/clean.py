"""Text as it may be printed: no control characters, no unpaired surrogates, no hidden direction."""

from __future__ import annotations

import re
from typing import Any

# C0 but tab and line feed, DEL and C1, bidirectional embeddings, overrides and isolates, the byte
# order mark, and code points XML forbids. They cut DOCX files short, break PDF/UA or disguise text.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """``text`` without what cannot be printed; line ends become line feeds."""
    if text.isprintable():
        return text
    text = _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))
    return _SURROGATE.sub("\ufffd", text)


def clean_all(value: Any) -> Any:
    """The same for every string in JSON-like data."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: clean_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_all(item) for item in value]
    return value


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space."""
    return " ".join(text.split())


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a longer text; single line feeds stay inside."""
    found = (re.sub(r"[ \t]+", " ", part).strip() for part in re.split(r"\n\s*\n", text))
    return tuple(part for part in found if part)
