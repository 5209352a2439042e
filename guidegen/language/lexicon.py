"""The lexicon of bias: finds its patterns in a text, honouring the phrases in which they are fine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guidegen.domain.formats import BiasEntry


@dataclass(frozen=True, slots=True)
class BiasHit:
    """One place where an entry matches; ``start`` and ``end`` are positions in the text."""

    entry: BiasEntry
    start: int
    end: int
    text: str


def compiled(entry: BiasEntry) -> re.Pattern[str]:
    """The entry's pattern between word boundaries, any case. Raises re.error if it is none."""
    return re.compile(rf"(?<!\w)(?:{entry.pattern})(?!\w)", re.IGNORECASE)


class Lexicon:
    """The entries, compiled once. Raises re.error on a pattern that is not a regular expression."""

    def __init__(self, entries: Sequence[BiasEntry]) -> None:
        self._entries = [
            (entry, compiled(entry), [re.compile(re.escape(p), re.IGNORECASE) for p in entry.allow if p])
            for entry in entries
        ]

    def find(self, text: str) -> list[BiasHit]:
        """Every hit in ``text``, in the order they stand."""
        straight = text.replace("’", "'").replace("\u2011", "-")  # one for one, so positions hold
        hits = []
        for entry, pattern, allow in self._entries:
            fine = [m.span() for phrase in allow for m in phrase.finditer(straight)]
            for found in pattern.finditer(straight):
                start, end = found.span()
                if start < end and not any(a <= start and end <= b for a, b in fine):
                    hits.append(BiasHit(entry, start, end, text[start:end]))
        return sorted(hits, key=lambda hit: (hit.start, hit.end))
