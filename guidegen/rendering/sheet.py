"""The sheet: one document, laid out for one audience, before any format.

Everything is decided here: order, names, numbers of citations and questions, dates in words. A
format only draws. All text is plain text; ``cites`` are numbers into ``Sheet.sources``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from guidegen.domain.frozen import Frozen

Cites = tuple[int, ...]
MarkKind = Literal["as-of", "contested", "stale"]


class Mark(Frozen):
    """A visible mark on a statement: as of 14 August 2026, contested, due for a new look."""

    kind: MarkKind
    text: str


class Line(Frozen):
    """One piece of text; ``marks`` only on facts."""

    text: str
    cites: Cites = ()
    marks: tuple[Mark, ...] = ()


class Pairing(Frozen):
    """Two texts that belong together: a term and its meaning, a claim and its correction."""

    first: str
    second: str
    cites: Cites = ()


class Aim(Frozen):
    """One objective, with the words of the person it is for and a note when it is thin."""

    name: str
    text: str
    quote: str | None
    quoted: str = Field(description="who speaks: You wrote, Helena wrote")
    note: str | None


class AimsPart(Frozen):
    """What the session is for."""

    kind: Literal["objectives"] = "objectives"
    title: str
    items: tuple[Aim, ...]


class Titled(Frozen):
    """A titled group of lines."""

    title: str
    lines: tuple[str, ...]


class BriefPart(Frozen):
    """One side's brief."""

    kind: Literal["brief"] = "brief"
    title: str
    parts: tuple[Titled, ...]


class PrimerPart(Frozen):
    """The one page before the meeting (R29)."""

    kind: Literal["primer"] = "primer"
    title: str
    why: tuple[str, ...]
    facts: tuple[Line, ...]
    terms: tuple[Pairing, ...]
    misconceptions: tuple[Pairing, ...]
    bring: tuple[str, ...]
    behave: tuple[str, ...]
    avoid: str
    self_check: tuple[str, ...]


class FactsPart(Frozen):
    """The primer's facts, for the one who answers."""

    kind: Literal["facts"] = "facts"
    title: str
    items: tuple[Line, ...]


class Slot(Frozen):
    """One block on the time rail."""

    clock: str
    minutes: int
    title: str
    lead: str
    purpose: str
    steps: tuple[str, ...]
    say: tuple[str, ...]
    asks: str | None = Field(description="Questions 1 and 2")
    activity: str | None


class AgendaPart(Frozen):
    """The time-boxed plan."""

    kind: Literal["agenda"] = "agenda"
    title: str
    minutes: int
    slots: tuple[Slot, ...]


class Ask(Frozen):
    """One question; ``follow_ups`` are pairs of what is heard and what to ask."""

    number: int
    text: str
    asks: str
    why: str
    why_for_you: str
    follow_ups: tuple[Pairing, ...]
    cites: Cites = ()


class QuestionsPart(Frozen):
    """The main questions, and apart from them those for which there may be time."""

    kind: Literal["questions"] = "questions"
    title: str
    main: tuple[Ask, ...]
    if_time: tuple[Ask, ...]


class Blank(Frozen):
    """A line to fill in: text pieces with a blank between each two."""

    pieces: tuple[str, ...]
    example: str | None = None


class ArtefactPart(Frozen):
    """What the two leave with: the decision and the page to fill in."""

    kind: Literal["artefact"] = "artefact"
    title: str
    name: str
    decision: str
    cites: Cites
    options: tuple[Pairing, ...]
    check_first: tuple[str, ...]
    bridge: str
    blanks: tuple[Blank, ...]


class ActivityPart(Frozen):
    """What the two do together."""

    kind: Literal["activity"] = "activity"
    title: str
    name: str
    minutes: int
    cites: Cites
    setup: str
    steps: tuple[str, ...]
    result: str
    example: str | None
    materials: tuple[str, ...]
    safety: str | None


class Check(Frozen):
    """One box to tick."""

    text: str
    name: str
    how: str
    cites: Cites = ()


class ChecklistPart(Frozen):
    """Outcomes one can see."""

    kind: Literal["checklist"] = "checklist"
    title: str
    items: tuple[Check, ...]


class GiveBackPart(Frozen):
    """What is given in return (R15)."""

    kind: Literal["give_back"] = "give_back"
    title: str
    name: str
    minutes: int
    text: str
    cites: Cites
    asks: str
    ask: str
    result: str
    why_for_you: str


class Point(Frozen):
    """One point of the agreement, with options to tick or fill in."""

    title: str
    text: str
    options: tuple[Blank, ...]


class AgreementPart(Frozen):
    """The working agreement (R6-R8)."""

    kind: Literal["agreement"] = "agreement"
    title: str
    items: tuple[Point, ...]


class RescuePart(Frozen):
    """The short version (R30)."""

    kind: Literal["rescue"] = "rescue"
    title: str
    text: str
    minutes: int
    slots: tuple[Slot, ...]


class MessagePart(Frozen):
    """The message to send ahead (R13)."""

    kind: Literal["send_ahead"] = "send_ahead"
    title: str
    subject: str
    paragraphs: tuple[str, ...]


class CommitmentsPart(Frozen):
    """What each does before next time; an empty text is a line to write on."""

    kind: Literal["commitments"] = "commitments"
    title: str
    items: tuple[Pairing, ...]


class NextPart(Frozen):
    """The next date."""

    kind: Literal["next"] = "next"
    title: str
    day: str | None
    text: str


class Pulse(Frozen):
    """One question of the pulse: steps to circle, or a blank to write on when there are none."""

    text: str
    steps: tuple[str, ...]
    scale: str


class PulsePart(Frozen):
    """The one-minute pulse (R17)."""

    kind: Literal["pulse"] = "pulse"
    title: str
    items: tuple[Pulse, ...]


class NotesPart(Frozen):
    """Notes on the pair, for the coordinator: what about whom."""

    kind: Literal["fit_notes"] = "fit_notes"
    title: str
    items: tuple[Pairing, ...]


class Round(Frozen):
    """The questions of one block, as they lie on the table."""

    title: str
    asks: tuple[Ask, ...]


class Worksheet(Frozen):
    """What a group fills in."""

    name: str
    intro: str
    blanks: tuple[Blank, ...]


class HandoutPart(Frozen):
    """One page for every table of a workshop: its questions, its facts, and what it fills in."""

    kind: Literal["handout"] = "handout"
    title: str
    note: str
    rounds: tuple[Round, ...]
    facts: tuple[Line, ...]
    facts_title: str
    sheets: tuple[Worksheet, ...]


Part = Annotated[
    AimsPart | BriefPart | PrimerPart | FactsPart | AgendaPart | QuestionsPart | ArtefactPart
    | ActivityPart | ChecklistPart | GiveBackPart | AgreementPart | RescuePart | MessagePart
    | CommitmentsPart | NextPart | PulsePart | NotesPart | HandoutPart,
    Field(discriminator="kind"),
]  # fmt: skip


class Cited(Frozen):
    """A source as it is listed; ``link`` only for http and https addresses."""

    number: int
    title: str
    publisher: str
    url: str
    link: str | None
    dates: str = Field(description="as of 14 August 2026, read 2 September 2026")


class Face(Frozen):
    """One person in the title block."""

    name: str
    pronouns: str
    post: str


class Sheet(Frozen):
    """The whole document, in print order."""

    lang: str
    direction: Literal["ltr", "rtl"]
    audience: Literal["shared", "mentor", "executive", "full", "primer", "workshop"]
    title: str
    kicker: str = Field(description="whose document it is: For Aiko Tan")
    meta: tuple[str, ...] = Field(description="session, length, place, day")
    faces: tuple[Face, ...]
    subtitle: str = Field(description="the session's own title")
    question: str = Field(description="the leadership question (R19)")
    notes: tuple[str, ...] = Field(description="content label, advice note, support, arrangements")
    warnings: tuple[str, ...]
    parts: tuple[Part, ...]
    sources: tuple[Cited, ...]
    sources_title: str
    footer: str
    colophon: str
    made_on: str = Field(description="ISO date, for a format's metadata")
    large_print: bool
