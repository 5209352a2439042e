"""Items to the texts that are indexed: all an item says, its title in front, about 1,000 characters each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from guidegen.domain.ports import Library
from guidegen.domain.topic import (
    Activity,
    Decision,
    GiveBack,
    Item,
    Misconception,
    Outcome,
    Passage,
    Question,
    Term,
)

WINDOW = 1_000
"""Characters of a window, without its title: on five public sets worth more than a bigger model."""

GENERAL_GIVE_BACKS = "_give-back"
"""The pseudo-topic of what any executive can give back. No topic's id can start with an underscore."""

_SLOT = re.compile(r"\{(\w+)\}")


class Window(NamedTuple):
    """One text of one item, as it is embedded."""

    topic: str
    item: str
    text: str


def item_text(item: Item) -> tuple[str, str]:
    """Title and body of an item: all it says about its subject, without citations and bookkeeping.

    Follow-up questions stay out: they say how a talk may turn, not what the question is about.
    """
    match item:
        case Passage():
            return item.title, item.text
        case Misconception():
            return item.claim, item.correction
        case GiveBack():
            return item.title, _joined(item.text, item.ask, item.result)
        case Question():
            return item.text, _joined(item.why, *item.for_.values())
        case Activity():
            return item.title, _joined(item.setup, *item.steps, item.result, *item.example_for.values())
        case Decision():
            lines = (line.text.replace("___", "") for line in item.artefact.lines)
            options = (option.text for option in item.options)
            return item.question, _joined(
                *options, *item.check_first, item.bridge, item.artefact.title, *lines
            )
        case Outcome():
            return item.text, _joined(item.evidence_of_learning, item.self_check or "")
        case Term():
            return item.term, item.meaning
        case _:
            raise TypeError(f"no text is known for {type(item).__name__}")


def windows(item: Item, size: int = WINDOW) -> tuple[str, ...]:
    """The item's texts to embed, at least one; each starts with the title, cut between sentences.

    A single sentence longer than ``size`` is cut between words, and a longer word is left whole.
    """
    title, body = item_text(item)
    return tuple(f"{title}. {part}".strip() if part else title for part in _parts(body, size))


def corpus_items(library: Library) -> list[tuple[str, Item]]:
    """Every item of the corpus with its topic, topics in id order, general give-backs last."""
    inside = [(topic.id, item) for topic in library.topics.values() for item in topic.items()]
    return inside + [(GENERAL_GIVE_BACKS, item) for item in library.shelf.give_backs]


def corpus_windows(library: Library) -> list[Window]:
    """Every window of the corpus, in the order of ``corpus_items``."""
    return [Window(topic, item.id, text) for topic, item in corpus_items(library) for text in windows(item)]


def _parts(body: str, size: int) -> list[str]:
    parts = [""]
    for sentence in re.split(r"(?<=[.!?…])\s+", body.strip()):
        pieces = [sentence] if len(sentence) <= size else sentence.split()
        for piece in pieces:
            if parts[-1] and len(parts[-1]) + 1 + len(piece) > size:
                parts.append("")
            parts[-1] = f"{parts[-1]} {piece}".strip()
    return parts


def _joined(*texts: str) -> str:
    return " ".join(_sentences(texts))


def _sentences(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        # {executive} and {mentor} stand for names: as plain words they keep the sentence whole.
        plain = " ".join(_SLOT.sub(r"\1", text).split())
        if plain:
            yield plain if plain[-1] in ".!?:…" else plain + "."
