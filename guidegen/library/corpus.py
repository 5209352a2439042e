"""The corpus as read: what ``guidegen.domain.ports.Library`` asks for, and where each item stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guidegen.domain.formats import Shelf
from guidegen.domain.topic import Source, Topic
from guidegen.strict_yaml import Loaded, Path


@dataclass(frozen=True)
class Spot:
    """Where an item stands: its file, and the lines of its fields."""

    loaded: Loaded
    at: Path = ()
    heading: int = 0

    @property
    def file(self) -> str:
        """The file's path, as faults name it."""
        return self.loaded.file

    def line(self, *field_path: str | int) -> int:
        """The line of a field, or of the item when the field has none of its own."""
        whole = (*self.at, *field_path)
        if field_path and whole not in self.loaded.lines and self.heading:
            return self.heading
        return self.loaded.line(whole)


@dataclass(frozen=True)
class CorpusLibrary:
    """The corpus, read and validated; see ``guidegen.domain.ports.Library``."""

    fingerprint: str
    topics: Mapping[str, Topic]
    sources: Mapping[str, Source]
    shelf: Shelf
    spots: Mapping[str, Spot] = field(default_factory=dict, repr=False, compare=False)
