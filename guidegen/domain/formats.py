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

    id: str = Field(description="stable; items name it")
    label: str = Field(description="how it is named in print: finance, to decide")
    cues: tuple[str, ...] = Field((), description="words and short phrases that point to it")
    examples: tuple[str, ...] = Field((), description="whole examples: what the cue words are tested on")


class IntentTag(Tag):
    """What a person wants from the topic: to decide, to try it, to oversee it."""

    question: str = Field(description="the question behind it, as an executive would put it")
    emphasis: dict[BlockKind, float] = Field(
        default_factory=dict, description="block kind to a factor on its share of the minutes"
    )


class Tags(Frozen):
    """The three closed lists of ``_tags.yaml``."""

    functions: tuple[Tag, ...] = Field(description="parts of an organisation, read from role and department")
    intents: tuple[IntentTag, ...] = Field(description="what a person wants, read from goals")
    lenses: tuple[Tag, ...] = Field(description="what an item looks at")


class When(Frozen):
    """When a framing line fits; an empty field fits always."""

    intent: str | None = Field(None, description="the leading intent, or that of the goal at hand")
    function: str | None = Field(None, description="one of the executive's functions")
    gap: Literal["wide", "near", "none"] | None = Field(
        None, description="mentor's level minus executive's: none 0 or less, wide 2+ where the executive is at 0 or 1, else near"
    )
    session: Literal["first", "later"] | None = Field(None, description="the first meeting, or any later one")
    place: Place | None = Field(None, description="where the two meet")


class Phrase(Frozen):
    """One framing line of a composed guide."""

    id: str = Field(description="the section and a name of its own")
    section: str = Field(description="where it may stand; the list is in corpus/README.md")
    about: Role = Field("executive", description="whose name, goals and pronouns its slots mean")
    when: When = Field(When(), description="the line with most conditions met comes first")
    text: str = Field(description="one or two whole sentences, with slots")


class Step(Frozen):
    """One thing to do in a block."""

    text: str = Field(description="one thing to do, with slots")
    place: Place | None = Field(None, description="only when the two meet there")
    from_minutes: int = Field(0, description="only in sessions of at least this length")


class Block(Frozen):
    """One part of a session (R12)."""

    id: str = Field(description="stable within the format")
    title: str = Field(description="its heading")
    kind: BlockKind = Field(description="what it is for the planner")
    share: float = Field(ge=0, description="its part of what is left once every minimum is given")
    min_minutes: int = Field(ge=1, description="never shorter than this")
    max_minutes: int | None = Field(None, description="no more than this; empty: takes what is left")
    from_minutes: int = Field(0, description="left out of shorter sessions")
    lead: Who = Field(description="who leads it")
    setting: Literal["all", "groups", "alone"] | None = Field(None, description="workshops: how people sit")
    purpose: str = Field(description="what it is for, one sentence")
    steps: tuple[Step, ...] = Field((), description="what to do, in order")
    say: tuple[str, ...] = Field((), description="lines one can read out")


class AgreementText(Frozen):
    """One point of the working agreement (R6-R8)."""

    id: str = Field(description="stable")
    title: str = Field(description="what it is about")
    text: str = Field(description="what is agreed, with slots")
    options: tuple[str, ...] = Field((), description="what to tick or fill in")


class RepairLine(Frozen):
    """What to say when it goes wrong (R18)."""

    id: str = Field(description="stable")
    when: str = Field(description="what has happened")
    say: str = Field(description="what one can say")
    for_: Who = Field("both", alias="for", description="whose brief it stands in")


class PulseItem(Frozen):
    """One question of the one-minute pulse (R17)."""

    id: str = Field(description="stable")
    text: str = Field(description="the question")
    scale: str = Field(description="how it is answered")


class Message(Frozen):
    """A message to send, with slots."""

    subject: str = Field(description="its subject")
    text: str = Field(description="the message, with slots")


class Format(Frozen):
    """A kind of session: its blocks, and the texts that belong to it."""

    id: str = Field(description="stable; chosen by it")
    title: str = Field(description="as printed")
    kinds: tuple[SessionKind, ...] = Field(
        (), description="the session kinds it serves; empty: only chosen by name"
    )
    hands_on: bool = Field(
        False, description="built around one activity: the longest to try oneself that leaves the rest its minimum"
    )
    blocks: tuple[Block, ...] = Field(min_length=2, description="in order")
    agreement: tuple[AgreementText, ...] = Field((), description="the working agreement (R6-R8)")
    repair_lines: tuple[RepairLine, ...] = Field((), description="what to say when it goes wrong (R18)")
    pulse: tuple[PulseItem, ...] = Field((), description="the one-minute pulse (R17)")
    send_ahead: Message | None = Field(None, description="the message to send with the questions (R13)")
    behave: tuple[str, ...] = Field((), description="how the executive makes it work, for the primer (R29)")


class EverydayObject(Frozen):
    """Something every building has, for the round of a workshop in which it is promoted."""

    id: str = Field(description="stable")
    name: str = Field(pattern=r"^an? \S", description="with its article: an umbrella")
    daily: str = Field(description="who uses it daily; a noun phrase")
    decide: str = Field(description="who decides about it; a noun phrase")

    @property
    def thing(self) -> str:
        """The name without its article."""
        return self.name.partition(" ")[2]


class Worksheet(Frozen):
    """One sheet a group fills in; ``___`` marks a blank."""

    title: str = Field(description="its heading")
    intro: str = Field(description="how to use it")
    lines: tuple[str, ...] = Field(min_length=2, description="what to fill in, with blanks")


class Aim(Frozen):
    """What one side can be seen to do at the end of a workshop, whatever its topic."""

    id: str = Field(description="stable")
    who: Who = Field(description="executive: those who are learning the topic; mentor: those who know it")
    text: str = Field(description="starts with an observable verb, with slots")
    evidence_of_learning: str = Field(description="how the others can tell")


class WorkshopFormat(Format):
    """The workshop for 6 to 24 people: blocks and texts of a format, and what a facilitator needs.

    Its slots: ``{topic}`` ``{minutes}`` ``{participants}`` ``{groups}`` (a number in words) ``{sizes}``
    (three groups of four) ``{object}`` (an umbrella) ``{thing}`` (umbrella) ``{daily}`` ``{decide}``,
    ``{time}`` (minutes of this block) and ``{each}`` (minutes each group has to show its work).
    """

    prepare: tuple[str, ...] = Field(min_length=1, description="the facilitator's preparation, with minutes")
    materials: tuple[str, ...] = Field(min_length=1, description="what to have ready")
    aims: tuple[Aim, ...] = Field(min_length=2, description="what each side learns from the other")
    task: Worksheet = Field(description="what each group fills in about the object")
    harvest: Worksheet = Field(description="the insight log: what may leave the room (R26)")
    objects: tuple[EverydayObject, ...] = Field(min_length=12, description="what may be promoted")


class BiasEntry(Frozen):
    """One entry of the lexicon of bias: a pattern, why it hurts, what to say instead."""

    id: str = Field(description="stable")
    pattern: str = Field(description="a regular expression, matched on word boundaries, any case")
    why: str = Field(description="why it hurts or misleads")
    say_instead: str = Field(description="what to write in its place")
    allow: tuple[str, ...] = Field((), description="phrases in which it is fine")


class Shelf(Frozen):
    """Everything of the corpus that belongs to no topic."""

    tags: Tags
    phrases: tuple[Phrase, ...]
    formats: tuple[Format, ...]
    bias: tuple[BiasEntry, ...]
    give_backs: tuple[GiveBack, ...]
    arrangements: tuple[Tag, ...]
    workshop: WorkshopFormat | None = None
