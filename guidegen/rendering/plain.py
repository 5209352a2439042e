"""A sheet as plain text; a primer as the text of a mail."""

from __future__ import annotations

import textwrap

from guidegen.rendering.flow import Block, flow
from guidegen.rendering.sheet import Sheet

WIDTH = 76
_MARKS = {"bullet": "- ", "check": "[ ] ", "quote": "| "}


def _block(block: Block) -> list[str]:
    text = "".join("." * 12 if run.style == "blank" else run.text for run in block.runs).strip()
    if block.style in ("title", "part"):
        return [
            "",
            text.upper() if block.style == "title" else text,
            ("=" if block.style == "title" else "-") * min(len(text), WIDTH),
            "",
        ]
    if block.style == "section":
        return ["", text]
    mark = f"{block.number}. " if block.style in ("number", "source") else _MARKS.get(block.style, "")
    later = "| " if block.style == "quote" else " " * len(mark)
    link = next((run.link for run in block.runs if run.link), None)
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [*lines, *([f"{later}{link}"] if link else []), *([""] if block.style == "text" else [])]


def _mail(sheet: Sheet) -> list[str]:
    """Subject and greeting; the title block says the rest."""
    title = next(part.title for part in sheet.parts)
    return [
        f"Subject: {title}: {sheet.title} ({sheet.meta[0]})",
        "",
        f"Dear {sheet.faces[0].name},",
        "",
        "this is the page to read before you meet. It takes five to ten minutes.",
        "",
    ]


def to_text(sheet: Sheet) -> str:
    """The sheet in lines of at most 76 characters, addresses excepted."""
    lines = _mail(sheet) if sheet.audience == "primer" else []
    for block in flow(sheet):
        lines += _block(block)
    tidy = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(tidy).strip() + "\n"
