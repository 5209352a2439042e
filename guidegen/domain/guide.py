"""The guide: what is made once for a pair and a session, before anyone's view is cut from it.

Every printed item has ``id`` and ``origin``. ``evidence`` holds ids of ``sources``. The same
models, less what is private to the other side, make the views (views.py), whose JSON is the
contract in ``examples/``.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from guidegen.domain.frozen import Frozen, Origin, Role, Who
from guidegen.domain.session import Place, SessionKind
from guidegen.domain.topic import Direction, Stage


class PersonCard(Frozen):
    """What both sides may see of a person."""

    id: str
    name: str
    pronouns: str
    role: str | None = None
    department: str | None = None
    goals: tuple[str, ...] = ()


class PairCard(Frozen):
    """The two people, and the arrangements that make the room work for them."""

    id: str
    mentor: PersonCard
    executive: PersonCard
    arrangements: tuple[str, ...] = Field(
        (), description="such as large print; never whose, never why"
    )


class TopicCard(Frozen):
    """The topic as printed."""

    id: str
    title: str
    summary: str
    leadership_question: str
    content_label: str | None = Field(None, description="when a session touches hard subjects (R28)")
    support: str | None = Field(None, description="where to turn (R25)")
    advice_note: str | None = Field(None, description="information, not advice (R22)")
    reviewed_on: date


class SessionCard(Frozen):
    """The meeting as printed."""

    kind: SessionKind
    number: int
    on: date | None
    place: Place
    minutes: int
    language: str
    title: str


class Printed(Frozen):
    """One printed piece of text."""

    id: str
    text: str
    origin: Origin = "composed"


class Cited(Printed):
    """One printed piece of text that rests on sources."""

    evidence: tuple[str, ...] = Field((), description="ids in sources[]")


class Objective(Printed):
    """What one of the two wants, and what this session does for it (R1)."""

    who: Who
    goal: str | None = Field(None, description="the person's own words")
    status: Literal["served", "thin"] = Field(
        "served", description="thin: the corpus has little for this goal, and the guide says so"
    )


class Fact(Cited):
    """One cited, dated statement for the primer (R21, R29)."""

    as_of: date | None = None
    contested: bool = False
    stale: bool = Field(False, description="past its half-life on the session's day")


class PrimerTerm(Cited):
    """A word and its meaning; ``text`` is the meaning."""

    term: str


class Correction(Cited):
    """Something often said (``claim``), and what is true instead (``text``)."""

    claim: str


class Primer(Frozen):
    """One page for the executive before the meeting (R29)."""

    why: tuple[Printed, ...]
    facts: tuple[Fact, ...]
    terms: tuple[PrimerTerm, ...]
    misconceptions: tuple[Correction, ...]
    bring: tuple[Printed, ...] = Field(description="questions to bring")
    behave: tuple[Printed, ...]
    avoid: Printed
    self_check: tuple[Printed, ...]


class AgendaBlock(Frozen):
    """One part of the session; ``start`` counts minutes from the beginning."""

    id: str
    start: int = Field(ge=0)
    minutes: int = Field(ge=1)
    title: str
    lead: Who
    purpose: str
    steps: tuple[str, ...]
    say: tuple[str, ...] = ()
    questions: tuple[str, ...] = Field((), description="ids in questions[] asked here")
    activity: str | None = Field(None, description="id of activity, when it happens here")
    origin: Origin = "composed"


class Agenda(Frozen):
    """The time-boxed plan; the blocks' minutes add up to the session's, exactly (R12)."""

    blocks: tuple[AgendaBlock, ...] = Field(min_length=1)

    @property
    def minutes(self) -> int:
        """The sum of the blocks' minutes."""
        return sum(block.minutes for block in self.blocks)


class PrintedFollowUp(Frozen):
    """What to ask next when the answer goes a certain way."""

    if_: str = Field(alias="if")
    ask: str


class PrintedQuestion(Cited):
    """One starter question, with why it is worth asking and why by these two."""

    direction: Direction
    stage: Stage
    asked_by: Who
    why: str
    why_for_you: str
    follow_ups: tuple[PrintedFollowUp, ...] = ()
    if_time: bool = Field(False, description="only if there is time")


class PrintedActivity(Cited):
    """What the two do together; ``text`` is the title."""

    minutes: int
    setup: str
    steps: tuple[str, ...]
    result: str
    example: str | None = None
    materials: tuple[str, ...] = ()
    safety: str | None = None


class Choice(Frozen):
    """One option of the decision and what it costs."""

    text: str
    trade_off: str


class FillIn(Frozen):
    """One line to fill in; ``___`` marks the blank."""

    text: str
    example: str | None = None


class PrintedArtefact(Cited):
    """What the two leave the room with; ``text`` is its title."""

    decision: str
    options: tuple[Choice, ...]
    check_first: tuple[str, ...]
    bridge: str
    lines: tuple[FillIn, ...]


class ChecklistItem(Cited):
    """One outcome one can observe."""

    who: Who
    evidence_of_learning: str


class PrintedGiveBack(Cited):
    """The segment in which the executive gives something back (R15); ``text`` says how."""

    title: str
    ask: str
    result: str
    minutes: int
    why_for_you: str


class Rescue(Frozen):
    """The 15-minute version for the day it cannot be longer (R30)."""

    minutes: int
    text: str
    blocks: tuple[AgendaBlock, ...]


class AgreementItem(Printed):
    """One point of the working agreement, with what to tick or fill in."""

    title: str
    options: tuple[str, ...] = ()


class Agreement(Frozen):
    """The working agreement of a first session (R6-R8)."""

    items: tuple[AgreementItem, ...]


class BriefPart(Frozen):
    """A titled part of a brief."""

    id: str
    title: str
    lines: tuple[Printed, ...]


class Brief(Frozen):
    """What only one side reads: how to prepare and what to watch (R3)."""

    for_: Role = Field(alias="for")
    parts: tuple[BriefPart, ...]


class SendAhead(Printed):
    """A message to send with the questions, before the meeting (R13)."""

    subject: str


class Commitment(Printed):
    """One thing one of the two does before next time (R16)."""

    who: Who


class NextSession(Printed):
    """When to meet next (R30)."""

    on: date | None = None


class PulseQuestion(Printed):
    """One question of the one-minute pulse (R17)."""

    scale: str


class SourceCard(Frozen):
    """A page that was read. ``as_of`` is the newest date a cited statement holds for."""

    id: str
    title: str
    publisher: str
    url: str
    as_of: date | None
    read: date


class Warning(Frozen):
    """Something the reader should know about this guide."""

    code: str = Field(description="stale, contested, thin-goal, thin-topic, reporting-line, ...")
    text: str
    to: tuple[Literal["mentor", "executive", "coordinator"], ...]


class Provenance(Frozen):
    """Where the guide came from; two guides with one content_id were made from the same things."""

    request_id: str
    content_id: str
    corpus: str = Field(description="fingerprint of the corpus")
    rules: str = Field(description="version of our own rules")
    writer: str
    made_on: date
    edited: tuple[str, ...] = Field((), description="what was changed by hand since")


class Spares(Frozen):
    """What was found and not used, so that an item can be swapped without making the guide anew."""

    questions: tuple[PrintedQuestion, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    pinned: tuple[str, ...] = ()


class FitNote(Frozen):
    """Something about the pair a person should judge (R2); never a score."""

    code: str
    text: str
    about: Who
    to_mentor: str | None = Field(None, description="the same, kindly, where it is the mentor's own")


class Draft(Frozen):
    """What a writer returns: every section's words, before sources and provenance are drawn up."""

    objectives: tuple[Objective, ...]
    artefact: PrintedArtefact | None
    activity: PrintedActivity | None
    primer: Primer
    agenda: Agenda
    questions: tuple[PrintedQuestion, ...]
    checklist: tuple[ChecklistItem, ...]
    give_back: PrintedGiveBack | None
    rescue: Rescue
    agreement: Agreement | None
    mentor_brief: Brief
    executive_brief: Brief
    send_ahead: SendAhead
    commitments: tuple[Commitment, ...]
    next_session: NextSession
    pulse: tuple[PulseQuestion, ...]
    spares: Spares
    framing: tuple[str, ...] = Field((), description="ids of the framing lines used")


class Guide(Draft):
    """The whole guide. Never printed as it is: a view is cut from it first (views.py)."""

    pair: PairCard
    topic: TopicCard
    session: SessionCard
    sources: tuple[SourceCard, ...]
    warnings: tuple[Warning, ...]
    fit_notes: tuple[FitNote, ...]
    provenance: Provenance
