"""A command line's options, looked at together: every one that is off is told at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from guidegen.domain.session import MAX_MINUTES, MIN_MINUTES, Place, Session, SessionKind
from guidegen.errors import Fault, InputError, PeopleError, SessionError
from guidegen.strict_yaml import clean

T = TypeVar("T")
FIRST_YEAR, LAST_YEAR = 2000, 2100
MAX_QUESTION = 500


class Asked:
    """What one command was asked: values are taken one by one, ``settle`` raises what was off.

    A value that is off is replaced by a harmless one, which no caller sees: ``settle`` comes first.
    """

    def __init__(self) -> None:
        self._faults: list[tuple[type[InputError], Fault]] = []

    def off(self, option: str, problem: str, remedy: str, kind: type[InputError] = InputError) -> None:
        """Notes that an option cannot be used."""
        self._faults.append((kind, Fault(option, 0, "", problem, remedy)))

    def whole(self, option: str, text: str, least: int, most: int | None, usual: int) -> int:
        """A whole number from ``least`` to ``most``."""
        span = f"from {least} to {most}" if most else f"from {least} on"
        try:
            number = int(text)
        except ValueError:
            self.off(option, f"{_quoted(text)} is not a whole number.", f"Give one {span}, such as {usual}.", SessionError)
            return usual
        if number < least or (most is not None and number > most):
            problem = f"{_quoted(text)} is too {'small' if number < least else 'large'}."
            self.off(option, problem, f"Give a number {span}.", SessionError)
            return usual
        return number

    def day(self, option: str, text: str | None) -> date | None:
        """A day of the calendar, or none."""
        if text is None:
            return None
        try:
            day = date.fromisoformat(text.strip())
        except ValueError:
            self.off(option, f"{_quoted(text)} is not a day of the calendar.", "Write it as 2027-01-14.", SessionError)
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.off(option, f"The year {day.year} is too far away.", f"Give one from {FIRST_YEAR} to {LAST_YEAR}.", SessionError)
            return None
        return day

    def one(self, option: str, text: str, known: Iterable[str], kind: type[InputError] = InputError) -> str:
        """One of a closed list."""
        names = tuple(known)
        if text.strip() not in names:
            self.off(option, f"{_quoted(text)} is not known.", _choose(text, names), kind)
            return names[0]
        return text.strip()

    def many(self, option: str, text: str, known: Iterable[str]) -> list[str]:
        """Some of a closed list, with commas between them, each once."""
        names = tuple(known)
        found = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        for part in found or [text]:
            if part not in names:
                self.off(option, f"{_quoted(part)} is not known.", _choose(part, names))
        return found

    def paper(self, text: str) -> Literal["a4", "letter"]:
        """The paper of a PDF."""
        return "letter" if self.one("--paper", text, ("a4", "letter")) == "letter" else "a4"

    def text(self, option: str, text: str) -> str:
        """A topic's id or a question, without control characters."""
        asked = clean(text).strip()
        if not asked:
            self.off(option, "It is empty.", "Write a topic's id or a question; `guidegen topics` lists the topics.")
        elif len(asked) > MAX_QUESTION:
            self.off(option, f"It has {len(asked):,} characters.", f"Ask in {MAX_QUESTION} or fewer.")
        return asked

    def language(self, option: str, text: str) -> str:
        """A language's code; whether a model writes it well is seen in the guide."""
        code = text.strip()
        if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", code):
            self.off(option, f"{_quoted(text)} is not a language's code.", "Write it as en, de or pt-BR.", SessionError)
            return "en"
        return code

    def session(self, kind: str, number: str, minutes: str, on: str | None, place: str) -> Session:
        """The meeting that the options describe."""
        values: dict[str, Any] = {
            "kind": self.one("--session", kind, get_args(SessionKind), SessionError),
            "number": self.whole("--number", number, 1, None, 1),
            "minutes": self.whole("--minutes", minutes, MIN_MINUTES, MAX_MINUTES, 60),
            "on": self.day("--on", on),
            "place": self.one("--place", place, get_args(Place), SessionError),
        }
        return Session.model_validate(values)

    def file(self, reader: Callable[[Path], T], path: Path) -> T | None:
        """What ``reader`` finds in a file of people; its faults join the others. None only if it has some."""
        try:
            return reader(path)
        except PeopleError as error:
            self._faults += [(PeopleError, fault) for fault in error.faults]
            return None

    def settle(self) -> None:
        """Raises SessionError, PeopleError or InputError with every fault noted so far."""
        if not self._faults:
            return
        kinds = {kind for kind, _ in self._faults}
        raised = kinds.pop() if len(kinds) == 1 else InputError
        raise raised("This cannot be done as asked; nothing was made:", faults=[fault for _, fault in self._faults])


def _quoted(text: str) -> str:
    short = text if len(text) <= 60 else f"{text[:60]}…"
    return f'"{short}"' if text.strip() else "An empty text"


def _choose(text: str, names: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(text.strip().lower(), names, n=1, cutoff=0.6)
    return (f"Did you mean {close[0]}? " if close else "") + f"Choose from {', '.join(names)}."
