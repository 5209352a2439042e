"""The prompts' one environment: templates in ``prompts/``, what they may see, and the lock of their versions.

Sandboxed and strict. Everything filled in passes ``harmless``: foreign text cannot close a fence, begin
a line of its own or be read as a template, since only text of the templates themselves holds ``<``.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from guidegen.domain.fingerprint import fingerprint
from guidegen.errors import SettingsError
from guidegen.writing.placeholders import Outgoing

Section = Literal["primer", "session", "mentor_brief", "executive_brief"]
SECTIONS: tuple[Section, ...] = ("primer", "session", "mentor_brief", "executive_brief")
LOCK = "prompts.lock"
AGAIN = "shared/again"
LONGEST = 3_000
"""Characters of one value filled in; longer ones are cut."""


@dataclass(frozen=True, slots=True)
class Line:
    """One passage with its id, or one finding's words with its slot's."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One slot as it is offered; every text is masked."""

    id: str
    kind: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class TopicLines:
    """The topic, the same for every pair."""

    title: str
    summary: str
    leadership_question: str


@dataclass(frozen=True, slots=True)
class MeetingLines:
    """The meeting in plain facts."""

    title: str
    minutes: int
    place: str


@dataclass(frozen=True, slots=True)
class SectionContext:
    """What the templates of a section see: these fields and no others. The first three are the shared part."""

    language: str
    topic: TopicLines
    evidence: tuple[Line, ...]
    mentor: Outgoing
    executive: Outgoing
    session: MeetingLines
    decision: str | None
    arrangements: tuple[str, ...]
    avoid: tuple[str, ...]
    near: tuple[Line, ...]
    slots: tuple[SlotLine, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What is wrong with one slot."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class AgainContext:
    """What the template that asks once more sees: findings, or one problem with the whole answer."""

    findings: tuple[FindingLine, ...]
    problem: str | None


@dataclass(frozen=True, slots=True)
class Locked:
    """One line of the lock."""

    name: str
    version: int
    fingerprint: str


def harmless(value: Any) -> str:
    """Any value as text that stays inside its fence and on its line."""
    text = "" if value is None else unicodedata.normalize("NFC", str(value))
    text = text.translate(_FENCES)
    kept = (c if c.isprintable() else " " for c in text)
    return " ".join("".join(kept).split())[:LONGEST]


_FENCES = str.maketrans({"<": "‹", ">": "›", "\u2028": " ", "\u2029": " "})


class Prompts:
    """The templates in a folder. Raises SettingsError when one is missing or cannot be filled in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def _environment(self) -> Any:
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        class Plain(ImmutableSandboxedEnvironment):
            """Nothing but values: what a template may call is what Jinja itself brings."""

        return Plain(
            loader=FileSystemLoader(self.folder),
            undefined=StrictUndefined,
            finalize=harmless,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def names(self) -> tuple[str, ...]:
        """Every template that is sent: two for a section, and the one that asks again."""
        return (*(f"{section}/{part}" for section in SECTIONS for part in ("system", "user")), AGAIN)

    def source(self, name: str) -> str:
        """A template's own text. Raises SettingsError when there is none of this name."""
        path = self.folder / f"{name.removesuffix('.md.j2')}.md.j2"
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"There is no readable prompt {path}.", remedy="Install guidegen again, or restore prompts/.") from error

    def parts(self, name: str) -> tuple[str, ...]:
        """The template and everything it includes, each once, in reading order."""
        return tuple(dict.fromkeys(self._walk(name.removesuffix(".md.j2"))))

    def _walk(self, name: str) -> Iterator[str]:
        from jinja2 import meta

        yield name
        for other in meta.find_referenced_templates(self._parsed(name)):
            if other is not None:
                yield from self._walk(other.removesuffix(".md.j2"))

    def _parsed(self, name: str) -> Any:
        from jinja2 import TemplateSyntaxError

        try:
            return self._environment.parse(self.source(name))
        except TemplateSyntaxError as error:
            raise SettingsError(f"The prompt {name} cannot be read: line {error.lineno}: {error.message}.", remedy="Mend it, or restore it.") from error

    def variables(self, name: str) -> frozenset[str]:
        """The fields a template and its parts use."""
        from jinja2 import meta

        return frozenset(v for part in self.parts(name) for v in meta.find_undeclared_variables(self._parsed(part)))

    def render(self, name: str, context: SectionContext | AgainContext) -> str:
        """The prompt, filled in. Raises SettingsError when the template asks for what is not there."""
        from jinja2 import TemplateError

        values: Mapping[str, Any] = {field: getattr(context, field) for field in context.__dataclass_fields__}
        try:
            text: str = self._environment.get_template(f"{name}.md.j2").render(values)
        except TemplateError as error:
            raise SettingsError(f"The prompt {name} cannot be filled in: {error}.", remedy="Mend it, or restore it.") from error
        return text.strip() + "\n"

    def fingerprint(self, name: str) -> str:
        """Moves whenever the text of the template or of anything it includes moves."""
        return fingerprint([(part, self.source(part)) for part in self.parts(name)], length=12)

    @property
    def whole(self) -> str:
        """One fingerprint for all of them."""
        return fingerprint([self.fingerprint(name) for name in self.names()], length=8)

    def locked(self) -> tuple[Locked, ...]:
        """What the lock says; nothing when there is none. Raises SettingsError when it cannot be read."""
        path = self.folder / LOCK
        if not path.is_file():
            return ()
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            return tuple(Locked(name, int(line["version"]), str(line["fingerprint"])) for name, line in found.items())
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            raise SettingsError(f"{path} cannot be read.", remedy="Run `guidegen prompts lock`.") from error

    def current(self) -> tuple[Locked, ...]:
        """What the lock should say: a version one higher where the fingerprint moved."""
        before = {line.name: line for line in self.locked()}
        lines = []
        for name in self.names():
            now, old = self.fingerprint(name), before.get(name)
            version = 1 if old is None else old.version + (old.fingerprint != now)
            lines.append(Locked(name, version, now))
        return tuple(lines)

    def lock_text(self) -> str:
        """The lock as it should be written."""
        lines = {line.name: {"version": line.version, "fingerprint": line.fingerprint} for line in self.current()}
        return json.dumps(lines, indent=1) + "\n"

    def versions(self) -> tuple[str, ...]:
        """Name, version and fingerprint of each, for provenance: ``primer/system 1 0f3a…``."""
        return tuple(f"{line.name} {line.version} {line.fingerprint}" for line in self.current())

