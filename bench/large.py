"""A corpus of any size, made in memory from the real one: its kinds of items, its words, in new orders."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from guidegen.domain.formats import Shelf
from guidegen.domain.ports import Library, Matrix
from guidegen.domain.topic import Item, Source, Topic

PARTS: Mapping[str, tuple[str, str]] = {
    "Passage": ("passages", "text"),
    "Misconception": ("misconceptions", "correction"),
    "GiveBack": ("give_backs", "text"),
    "Question": ("questions", "why"),
    "Activity": ("activities", "setup"),
    "Decision": ("decisions", "bridge"),
    "Outcome": ("outcomes", "evidence_of_learning"),
    "Term": ("terms", "meaning"),
}
"""Kind of item to its place in a topic, and to the text that is written anew."""


class RandomEmbedder:
    """Unit vectors without any order, 384 wide: the hardest case for a search index, and no model."""

    name = "random-384"

    def passages(self, texts: Sequence[str]) -> Matrix:
        """The same text always has the same vector, shape (len(texts), 384)."""
        rows = np.zeros((len(texts), 384), np.float32)
        for row, text in zip(rows, texts, strict=True):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            row[:] = np.random.default_rng(seed).standard_normal(384)
        lengths: Matrix = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.divide(rows, lengths)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """The same as ``passages``."""
        return self.passages(texts)


@dataclass(frozen=True)
class LargeLibrary:
    """Implements ``Library``."""

    fingerprint: str
    topics: Mapping[str, Topic]
    sources: Mapping[str, Source]
    shelf: Shelf


def large_library(real: Library, items: int, topics: int = 30, seed: int = 1) -> LargeLibrary:
    """A library of ``items`` items in ``topics`` topics, cut from the same cloth as ``real``."""
    chance = random.Random(seed)
    templates: list[Item] = [item for topic in real.topics.values() for item in topic.items()]
    words = sorted({w for t in real.topics.values() for p in t.passages for w in p.text.split()})
    first = next(iter(real.topics.values()))
    made: dict[str, Topic] = {}
    for number in range(topics):
        name = f"topic-{number:02d}"
        parts: dict[str, list[Item]] = defaultdict(list)
        for n in range(number, items, topics):
            template = templates[(n // topics) % len(templates)]
            part, field = PARTS[type(template).__name__]
            text = " ".join(chance.choices(words, k=chance.randint(30, 90)))
            parts[part].append(template.model_copy(update={"id": f"{name}/x/{n}", field: text}))
        whole = {part: tuple(parts.get(part, ())) for part, _ in PARTS.values()}
        made[name] = first.model_copy(update={"id": name, "title": f"Topic {number}", "aliases": (), **whole})
    return LargeLibrary(f"large-{items}-{topics}-{seed}", made, real.sources, real.shelf)
