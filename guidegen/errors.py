"""Every error guidegen raises on purpose, in one tree.

    GuidegenError                 guidegen
    ├── InputError                input            what was asked cannot be done as asked
    │   ├── PeopleError           people           a profile or pair file has faults
    │   ├── SessionError          session          minutes, date, place or kind is out of range
    │   ├── TopicUnknown          topic-unknown    no such topic; carries the nearest ones
    │   ├── TopicOffLimits        topic-off-limits the topic is outside what this pair agreed to
    │   └── GuideFileError        guide-file       a guide's JSON cannot be read back
    ├── CorpusError               corpus           the corpus has faults
    ├── SettingsError             settings         a setting has a value that cannot be used
    ├── RetrievalError            retrieval        the index or the embedding model cannot be used
    ├── RenderError               render           a document could not be made
    └── OutputError               output           a file could not be written

Each class has a stable ``code`` (second column): it reaches the CLI's exit message, the API's
problem+json and the docs. A door (CLI or API) turns an error into words with ``str(error)``;
nobody parses messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a file, where it is, and what to do about it.

    ``line`` is 1-based and 0 when the whole file is meant; ``field`` is a dotted path.
    """

    file: str
    line: int
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        field = f" {self.field}:" if self.field else ""
        return f"{where}:{field} {self.problem} {self.remedy}".rstrip()


class GuidegenError(Exception):
    """The root of the tree. ``message`` says what was wrong, ``remedy`` what to do."""

    code: ClassVar[str] = "guidegen"

    def __init__(self, message: str, *, remedy: str = "", faults: Sequence[Fault] = ()) -> None:
        self.message = message
        self.remedy = remedy
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(message)

    def __str__(self) -> str:
        lines = [self.message, *(f"  {fault}" for fault in self.faults)]
        if self.remedy:
            lines.append(self.remedy)
        return "\n".join(lines)


class InputError(GuidegenError):
    """What was asked cannot be done as asked."""

    code = "input"


class PeopleError(InputError):
    """A profile or a pair file has faults; all of them are listed and nothing was loaded."""

    code = "people"


class SessionError(InputError):
    """The session's minutes, date, place, kind or language is out of range."""

    code = "session"


class TopicUnknown(InputError):
    """No topic has this id; ``nearest`` holds ids worth trying, best first."""

    code = "topic-unknown"

    def __init__(self, message: str, *, nearest: Sequence[str] = (), remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.nearest: tuple[str, ...] = tuple(nearest)


class TopicOffLimits(InputError):
    """The topic touches a subject this pair keeps out. It never says whose limit it is."""

    code = "topic-off-limits"


class GuideFileError(InputError):
    """A guide's JSON cannot be read back: not JSON, a wrong schema version, or a bad field."""

    code = "guide-file"


class CorpusError(GuidegenError):
    """The corpus has faults; all of them are listed with file, line and remedy."""

    code = "corpus"


class SettingsError(GuidegenError):
    """A setting, from the environment or guidegen.toml, has a value that cannot be used."""

    code = "settings"


class RetrievalError(GuidegenError):
    """The index or the embedding model's files are missing, damaged or of another version."""

    code = "retrieval"


class RenderError(GuidegenError):
    """A document could not be made from a view."""

    code = "render"


class OutputError(GuidegenError):
    """A file could not be written: no permission, no space, or not a folder."""

    code = "output"
