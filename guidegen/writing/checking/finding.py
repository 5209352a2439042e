"""What was wrong with a text a model wrote, in words that can be sent back to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. ``code`` is stable and reaches provenance; the words never name a person."""

    code: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}"
