"""Reads topic.md: front matter, the passages of the briefing, misconceptions and give-backs.

    ---
    id: crypto
    ---
    ## A passage's title
    <!-- {id: crypto/custody, functions: [finance], …, in_short: "One sentence."} -->
    Prose.[^source-id: where on the page — what it says there]

    ## Misconceptions
    ### What people say
    <!-- {…} -->
    ## What the executive can give back
    ### What is given
    <!-- {…} -->

Pure: text in, raw items with their lines out; models are made in reading.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from guidegen.errors import Fault
from guidegen.strict_yaml import Loaded, clean, load_yaml

MISCONCEPTIONS = "Misconceptions"
GIVE_BACKS = "What the executive can give back"

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$")
_COMMENT = re.compile(r"\s*<!--(.*?)-->", re.DOTALL)
_CITATION = re.compile(r"[ \t]*\[\^([^\]:\s]+):\s*([^\[\]]*)\]")
_SAYS = re.compile(r"\s+[—–]\s+|\s+--\s+")


@dataclass(frozen=True)
class RawItem:
    """One item of topic.md: its fields, and where the field lines are."""

    fields: dict[str, Any]
    loaded: Loaded
    line: int


@dataclass
class RawTopic:
    """What a topic.md held; ``front`` is None when it has no front matter."""

    front: Loaded | None = None
    passages: list[RawItem] = field(default_factory=list)
    misconceptions: list[RawItem] = field(default_factory=list)
    give_backs: list[RawItem] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class _Section:
    depth: int
    title: str
    line: int
    body: str


def parse(text: str, file: str) -> RawTopic:
    """Reads one topic.md; faults are collected, never raised."""
    topic = RawTopic()
    lines = clean(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = _front_matter(lines, file, topic)
    holder = ""
    for section in _sections(lines, start):
        if section.depth == 0:
            if section.body.strip():
                _fault(topic, file, section, "Text stands before the first heading.", "Move it under a ## heading.")
        elif section.depth == 1:
            if section.body.strip():
                _fault(topic, file, section, "Text stands under a # heading.", "Use ## for every passage.")
        elif section.depth == 2 and section.title in (MISCONCEPTIONS, GIVE_BACKS):
            holder = section.title
            if section.body.strip():
                _fault(topic, file, section, "Text stands before the first ### heading.", "Move it under one.")
        elif section.depth == 2:
            holder = ""
            _passage(section, file, topic)
        elif section.depth == 3 and holder == MISCONCEPTIONS:
            _misconception(section, file, topic)
        elif section.depth == 3 and holder == GIVE_BACKS:
            _give_back(section, file, topic)
        else:
            _fault(topic, file, section, "This heading is too deep.", "A passage is one idea, under one ## heading.")
    return topic


def _fault(topic: RawTopic, file: str, section: _Section, problem: str, remedy: str) -> None:
    topic.faults.append(Fault(file, section.line, section.title, problem, remedy))


def _front_matter(lines: list[str], file: str, topic: RawTopic) -> int:
    """Takes what stands between the two --- lines; returns where the rest begins (0-based)."""
    if not lines or lines[0].strip() != "---":
        return 0
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.strip() == "---"), None)
    if end is None:
        topic.faults.append(Fault(file, 1, "", "The front matter is never closed.", "End it with a line ---."))
        return len(lines)
    topic.front = load_yaml("\n".join(lines[1:end]), file, first_line=2)
    topic.faults.extend(topic.front.faults)
    return end + 1


def _sections(lines: list[str], start: int) -> Iterator[_Section]:
    depth, title, line, body = 0, "", start + 1, list[str]()
    inside_comment = False
    for number, text in enumerate(lines[start:], start=start + 1):
        heading = None if inside_comment else _HEADING.match(text)
        if heading:
            yield _Section(depth, title, line, "\n".join(body))
            depth, title, line, body = len(heading[1]), heading[2].strip(), number, []
            continue
        body.append(text)
        inside_comment = text.rfind("<!--") > text.rfind("-->") or (inside_comment and "-->" not in text)
    yield _Section(depth, title, line, "\n".join(body))


def _item(section: _Section, file: str, topic: RawTopic) -> tuple[Loaded, dict[str, Any], str] | None:
    """The comment mapping under a heading and the prose after it."""
    comment = _COMMENT.match(section.body)
    if comment is None:
        _fault(topic, file, section, "The heading has no comment with its fields.",
               "Add <!-- {id: …, functions: [any], intents: [any], lenses: […], level: 0} --> under it.")
        return None
    first = section.line + 1 + section.body.count("\n", 0, comment.start(1))
    loaded = load_yaml(comment[1].strip("\n \t"), file, first_line=first + _leading_breaks(comment[1]))
    topic.faults.extend(loaded.faults)
    if loaded.broken:
        return None
    if not isinstance(loaded.data, dict):
        _fault(topic, file, section, "The comment is not a set of fields.", "Write {id: …, level: …} in it.")
        return None
    return loaded, dict(loaded.data), section.body[comment.end():]


def _leading_breaks(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def _cited(prose: str, section: _Section, file: str, topic: RawTopic) -> tuple[str, list[dict[str, str]]]:
    """The prose without citation marks, and the citations in the order they stand."""
    citations: list[dict[str, str]] = []
    for mark in _CITATION.finditer(prose):
        parts = _SAYS.split(" ".join(mark[2].split()), maxsplit=1)
        if len(parts) < 2 or not all(part.strip() for part in parts):
            _fault(topic, file, section, f"The citation of {mark[1]} does not say where and what.",
                   f"Write [^{mark[1]}: where on the page — what it says there].")
            continue
        citations.append({"source": mark[1], "locator": parts[0].strip(), "says": parts[1].strip()})
    bare = _CITATION.sub("", prose)
    if "[^" in bare:
        _fault(topic, file, section, "A citation is not in the right form.",
               "Write [^source-id: where on the page — what it says there], without brackets inside.")
    if "<!--" in bare:
        _fault(topic, file, section, "A second comment stands in the text.", "Keep one, under the heading.")
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", bare))
    return "\n\n".join(part for part in paragraphs if part), citations


def _passage(section: _Section, file: str, topic: RawTopic) -> None:
    if found := _item(section, file, topic):
        loaded, fields, prose = found
        before = len(topic.faults)
        text, citations = _cited(prose, section, file, topic)
        if text and not citations and len(topic.faults) == before:
            _fault(topic, file, section, "The passage has no citation.",
                   "Say where it was read: [^source-id: where on the page — what it says there].")
        own = {"title": section.title, "text": text, "citations": citations}
        _keep(topic.passages, section, file, topic, loaded, fields, own)


def _misconception(section: _Section, file: str, topic: RawTopic) -> None:
    if found := _item(section, file, topic):
        loaded, fields, prose = found
        text, citations = _cited(prose, section, file, topic)
        own = {"claim": section.title, "correction": text, "citations": citations}
        _keep(topic.misconceptions, section, file, topic, loaded, fields, own)


def _give_back(section: _Section, file: str, topic: RawTopic) -> None:
    if found := _item(section, file, topic):
        loaded, fields, prose = found
        text, citations = _cited(prose, section, file, topic)
        if citations:
            _fault(topic, file, section, "A give-back carries a citation.", "Move the fact into a passage.")
        _keep(topic.give_backs, section, file, topic, loaded, fields, {"title": section.title, "text": text})


def _keep(
    into: list[RawItem], section: _Section, file: str, topic: RawTopic,
    loaded: Loaded, fields: dict[str, Any], own: dict[str, Any],
) -> None:
    for name in own.keys() & fields.keys():
        _fault(topic, file, section, f"The field {name} stands in the comment.",
               "Leave it out: it is taken from the heading and the text.")
    if not own.get("text", own.get("correction", "")):
        _fault(topic, file, section, "There is no text under the heading.", "Write it after the comment.")
        return
    into.append(RawItem({**fields, **own}, loaded, section.line))
