"""The words a document is labelled with, and how dates, times and names are said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guidegen.domain.frozen import Who
from guidegen.language.names import called

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
PLACES = {"room": "in person", "video": "by video", "phone": "by phone"}
TITLES = {
    "objectives": "What this session is for",
    "primer": "Before you meet",
    "agenda": "Agenda",
    "questions": "Questions",
    "artefact": "What you leave with",
    "activity": "To do together",
    "checklist": "What you can see at the end",
    "give_back": "Something in return",
    "agreement": "Working agreement",
    "rescue": "The {minutes}-minute version",
    "send_ahead": "Message to send ahead",
    "commitments": "Before next time",
    "next": "Next date",
    "pulse": "One-minute pulse",
    "facts": "Facts to stand on",
    "fit_notes": "Notes on the pair",
    "sources": "Sources",
    "prepare": "Your twenty minutes",
    "sides": "What each side learns",
    "at_hand": "To have at hand",
    "handout": "Table sheet",
}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})


def day(on: date) -> str:
    """A date in words: 14 January 2027."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def clock(minutes: int) -> str:
    """Minutes from the beginning as h:mm: 0:05, 1:30."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def listed(items: Sequence[str]) -> str:
    """Items in a sentence: a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


class Names:
    """What the two people are called in running text; never a role label."""

    def __init__(self, mentor: str, executive: str) -> None:
        self.mentor, self.executive = called(mentor, executive)

    def of_who(self, who: Who) -> str:
        """The name, or both names."""
        return {"mentor": self.mentor, "executive": self.executive}.get(
            who, f"{self.mentor} and {self.executive}"
        )

    def asks(self, who: Who) -> str:
        """Who asks a question: Helena asks."""
        return "Either of you asks" if who == "both" else f"{self.of_who(who)} asks"

    def leads(self, who: Who) -> str:
        """Who leads a block: Led by Aiko."""
        return "Led by both" if who == "both" else f"Led by {self.of_who(who)}"
