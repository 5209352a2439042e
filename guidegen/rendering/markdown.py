"""A sheet as Markdown that also reads well as plain text; boxes are GitHub's ``- [ ]``."""

from __future__ import annotations

import re

from guidegen.rendering.flow import Block, Run, flow
from guidegen.rendering.sheet import Sheet

_BLANK = "…" * 12
_LISTED = {"bullet", "number", "check", "source"}
_ANYWHERE = re.compile(r"([\\`*\[\]]|~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])|&(?=#|[A-Za-z][A-Za-z0-9]*;))")
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ANY_MARK = re.compile(r"[\\`*\[\]~<&_$]")
_FIRST = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|[-=]+$|:(?=\s)|\|)")
_FIRST_NUMBER = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")


def escape(text: str, *, first: bool = False) -> str:
    """``text`` so that Markdown shows it as it is; ``first`` when a line begins with it."""
    # Most texts hold no mark at all, and looking once is cheaper than replacing twice.
    if _ANY_MARK.search(text):
        text = _EDGE_UNDERSCORE.sub(r"\_", _ANYWHERE.sub(r"\\\1", text))
        if text.count("$") > 1:
            text = text.replace("$", r"\$")  # two of them would be set as a formula on some sites
    if first:
        text = _FIRST_NUMBER.sub(r"\1\\\2", _FIRST.sub(r"\1\\\2", text))
    return text


def _wrapped(text: str, mark: str) -> str:
    """Emphasis must hug its words, so the spaces at both ends stay outside."""
    core = text.strip()
    if not core:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{mark}{core}{mark}{tail}"


def _run(run: Run, *, first: bool) -> str:
    if run.style == "blank":
        return _BLANK
    if run.style == "cite":
        return run.text
    text = escape(run.text, first=first and run.style == "plain")
    if run.link:
        address = run.link.replace("(", "%28").replace(")", "%29")
        return f"[{text}]({address})"
    mark = {"strong": "**", "quiet": "*"}.get(run.style)
    return _wrapped(text, mark) if mark else text


def _line(block: Block) -> str:
    text = "".join(_run(run, first=index == 0) for index, run in enumerate(block.runs))
    text = " ".join(text.split("\n")).strip()
    marks = {
        "title": "# ", "part": "## ", "section": "### ", "bullet": "- ", "check": "- [ ] ", "quote": "> ",
        "number": f"{block.number}. ", "source": f"{block.number}. ",
    }  # fmt: skip
    return marks.get(block.style, "") + text


def to_markdown(sheet: Sheet) -> str:
    """The whole sheet; blocks are apart by an empty line, items of one list are not."""
    lines: list[str] = []
    before = ""
    for block in flow(sheet):
        if lines and not (block.style == before and block.style in _LISTED):
            lines.append(">" if block.style == before == "quote" else "")
        lines.append(_line(block))
        before = block.style
    return "\n".join(lines) + "\n"
