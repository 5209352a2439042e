"""What is due for a new look: a report, never a failing check (R21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from guidegen.library.corpus import CorpusLibrary


@dataclass(frozen=True, slots=True)
class Due:
    """One passage, or a whole topic, whose date is older than its topic's half-life."""

    topic: str
    item: str
    as_of: date
    due: date
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.item} is as of {self.as_of}, was due for a new look on {self.due}"


def stale(library: CorpusLibrary, on: date) -> list[Due]:
    """Everything that is due on a day, the longest due first."""
    found: list[Due] = []
    for topic in library.topics.values():
        reviewed = topic.reviewed_on
        dated = [(f"topic:{topic.id}", topic.id, reviewed, reviewed + timedelta(days=topic.half_life_days))]
        dated += [(p.id, p.id, p.as_of, due) for p in topic.passages if p.as_of and (due := p.due(topic))]
        for key, name, as_of, due in dated:
            if due <= on:
                spot = library.spots.get(key)
                file, line = (spot.file, spot.line()) if spot else ("", 0)
                found.append(Due(topic.id, name, as_of, due, file, line))
    return sorted(found, key=lambda row: (row.due, row.item))
