"""What shapes every guide, whatever its topic: tags, framing lines, session formats, the lexicon.

Text with slots is written with braces. Slots: ``{mentor}`` ``{executive}`` (names), ``{topic}``,
``{minutes}``, ``{artefact}``, and in framing lines ``{name}`` (the person the line is about),
``{other}``, ``{they}`` ``{them}`` ``{their}`` with ``{has|have}`` for agreement (singular pronouns
take the first form, they/them the second), ``{goal_quote}``, ``{goal_to}``, ``{role}``, ``{dept}``.
A line with a slot that has no value is not used.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guidegen.domain.frozen import Frozen, Role, Who
from guidegen.domain.session import Place, SessionKind
from guidegen.domain.topic import GiveBack

BlockKind = Literal[
    "check-in", "introductions", "agreement", "last-actions", "topic", "decide", "sketch", "try",
    "show", "give-back", "break", "reflect", "commit", "book",
]


class Tag(Frozen):
    """One entry of a closed list."""

    id: str
    label: str = Field(description="how it is named in print: finance, to decide")
    cues: tuple[str, ...] = Field((), description="words and short phrases that point to it")
    examples: tuple[str, ...] = Field((), description="whole examples, for when no cue word occurs")


class IntentTag(Tag):
    """What a person wants from the topic: to decide, to try it, to oversee it."""

    question: str = Field(description="the question behind it, as an executive would put it")
    emphasis: dict[BlockKind, float] = Field(
        default_factory=dict, description="block kind to a factor on its share of the minutes"
    )


class Tags(Frozen):
    """The three closed lists of ``_tags.yaml``."""

    functions: tuple[Tag, ...]
    intents: tuple[IntentTag, ...]
    lenses: tuple[Tag, ...]


class When(Frozen):
    """When a framing line fits; an empty field fits always."""

    intent: str | None = None
    function: str | None = None
    gap: Literal["wide", "near", "none"] | None = Field(
        None, description="mentor's level minus executive's: wide 2+, near 1, none 0 or less"
    )
    session: Literal["first", "later"] | None = None
    place: Place | None = None


class Phrase(Frozen):
    """One framing line of a composed guide."""

    id: str
    section: str = Field(description="where it may stand; the list is in corpus/README.md")
    about: Role = Field("executive", description="whose name, goals and pronouns its slots mean")
    when: When = When()
    text: str


class Step(Frozen):
    """One thing to do in a block."""

    text: str
    place: Place | None = Field(None, description="only when the two meet there")
    from_minutes: int = Field(0, description="only in sessions of at least this length")


class Block(Frozen):
    """One part of a session (R12)."""

    id: str
    title: str
    kind: BlockKind
    share: float = Field(ge=0, description="its part of what is left once every minimum is given")
    min_minutes: int = Field(ge=1)
    max_minutes: int | None = Field(None, description="no more than this; empty: takes what is left")
    from_minutes: int = Field(0, description="left out of shorter sessions")
    lead: Who
    purpose: str
    steps: tuple[Step, ...] = ()
    say: tuple[str, ...] = Field((), description="lines one can read out")


class AgreementText(Frozen):
    """One point of the working agreement (R6-R8)."""

    id: str
    title: str
    text: str
    options: tuple[str, ...] = Field((), description="what to tick or fill in")


class RepairLine(Frozen):
    """What to say when it goes wrong (R18)."""

    id: str
    when: str
    say: str
    for_: Who = Field("both", alias="for")


class PulseItem(Frozen):
    """One question of the one-minute pulse (R17)."""

    id: str
    text: str
    scale: str


class Message(Frozen):
    """A message to send, with slots."""

    subject: str
    text: str


class Format(Frozen):
    """A kind of session: its blocks, and the texts that belong to it."""

    id: str
    title: str
    kinds: tuple[SessionKind, ...] = Field(
        (), description="the session kinds it serves; empty: only chosen by name"
    )
    hands_on: bool = Field(
        False, description="built around one activity: the longest to try oneself that leaves the rest its minimum"
    )
    blocks: tuple[Block, ...] = Field(min_length=2)
    agreement: tuple[AgreementText, ...] = ()
    repair_lines: tuple[RepairLine, ...] = ()
    pulse: tuple[PulseItem, ...] = ()
    send_ahead: Message | None = None
    behave: tuple[str, ...] = Field((), description="how the executive makes it work, for the primer (R29)")


class BiasEntry(Frozen):
    """One entry of the lexicon of bias: a pattern, why it hurts, what to say instead."""

    id: str
    pattern: str = Field(description="a regular expression, matched on word boundaries, any case")
    why: str
    say_instead: str
    allow: tuple[str, ...] = Field((), description="phrases in which it is fine")


class Shelf(Frozen):
    """Everything of the corpus that belongs to no topic."""

    tags: Tags
    phrases: tuple[Phrase, ...]
    formats: tuple[Format, ...]
    bias: tuple[BiasEntry, ...]
    give_backs: tuple[GiveBack, ...]
    arrangements: tuple[Tag, ...]
