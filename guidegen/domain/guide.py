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

    id: str = Field(description="the profile's id")
    name: str = Field(description="as printed")
    pronouns: str = Field(description="such as she/her")
    role: str | None = Field(None, description="what the person does")
    department: str | None = Field(None, description="the part of the organisation")
    goals: tuple[str, ...] = Field((), description="in their own words, less what the pair keeps out")


class PairCard(Frozen):
    """The two people, and the arrangements that make the room work for them."""

    id: str = Field(description="the pair's id")
    mentor: PersonCard = Field(description="the one who knows the topic")
    executive: PersonCard = Field(description="the one who learns it")
    arrangements: tuple[str, ...] = Field(
        (), description="such as large print; never whose, never why"
    )


class TopicCard(Frozen):
    """The topic as printed."""

    id: str = Field(description="the topic's id in the corpus")
    title: str = Field(description="as printed")
    summary: str = Field(description="what the topic answers")
    leadership_question: str = Field(description="the business question it serves (R19)")
    content_label: str | None = Field(None, description="when a session touches hard subjects (R28)")
    support: str | None = Field(None, description="where to turn (R25)")
    advice_note: str | None = Field(None, description="information, not advice (R22)")
    reviewed_on: date = Field(description="the day the whole topic was last reviewed")


class SessionCard(Frozen):
    """The meeting as printed."""

    kind: SessionKind = Field(description="which meeting of the series it is")
    number: int = Field(description="1 for the first meeting")
    on: date | None = Field(description="the day, when one is set")
    place: Place = Field(description="where the two meet")
    minutes: int = Field(description="its length; the agenda adds up to it")
    language: str = Field(description="BCP 47 code")
    title: str = Field(description="the session's name in print")


class Printed(Frozen):
    """One printed piece of text."""

    id: str = Field(description="stable: an item of the corpus, or a place in the guide")
    text: str = Field(description="what is printed")
    origin: Origin = Field("composed", description="who put the words there")


class Cited(Printed):
    """One printed piece of text that rests on sources."""

    evidence: tuple[str, ...] = Field((), description="ids in sources[]")


class Objective(Printed):
    """What one of the two wants, and what this session does for it (R1)."""

    who: Who = Field(description="whose objective it is")
    goal: str | None = Field(None, description="the person's own words")
    status: Literal["served", "thin"] = Field(
        "served", description="thin: the corpus has little for this goal, and the guide says so"
    )


class Fact(Cited):
    """One cited, dated statement for the primer (R21, R29)."""

    as_of: date | None = Field(None, description="the day the statement holds for")
    contested: bool = Field(False, description="argued about in good faith")
    stale: bool = Field(False, description="past its half-life on the session's day")


class PrimerTerm(Cited):
    """A word and its meaning; ``text`` is the meaning."""

    term: str = Field(description="the word")


class Correction(Cited):
    """Something often said (``claim``), and what is true instead (``text``)."""

    claim: str = Field(description="what is often said")


class Primer(Frozen):
    """One page for the executive before the meeting (R29)."""

    why: tuple[Printed, ...] = Field(description="why this topic, this meeting and this mentor")
    facts: tuple[Fact, ...] = Field(description="three to five, cited and dated")
    terms: tuple[PrimerTerm, ...] = Field(description="words worth knowing")
    misconceptions: tuple[Correction, ...] = Field(description="what is often said, and what is true")
    bring: tuple[Printed, ...] = Field(description="questions to bring")
    behave: tuple[Printed, ...] = Field(description="how to make it work")
    avoid: Printed = Field(description="the one thing not to do")
    self_check: tuple[Printed, ...] = Field(description="questions to ask oneself before going in")


class AgendaBlock(Frozen):
    """One part of the session; ``start`` counts minutes from the beginning."""

    id: str = Field(description="the block's id in its format")
    start: int = Field(ge=0, description="minutes from the beginning")
    minutes: int = Field(ge=1, description="its length")
    title: str = Field(description="its heading")
    lead: Who = Field(description="who leads it")
    purpose: str = Field(description="what it is for, one sentence")
    steps: tuple[str, ...] = Field(description="what to do, in order")
    say: tuple[str, ...] = Field((), description="lines one can read out")
    questions: tuple[str, ...] = Field((), description="ids in questions[] asked here")
    activity: str | None = Field(None, description="id of activity, when it happens here")
    origin: Origin = Field("composed", description="who put the words there")


class Agenda(Frozen):
    """The time-boxed plan; the blocks' minutes add up to the session's, exactly (R12)."""

    blocks: tuple[AgendaBlock, ...] = Field(min_length=1, description="in order, without gaps")

    @property
    def minutes(self) -> int:
        """The sum of the blocks' minutes."""
        return sum(block.minutes for block in self.blocks)


class PrintedFollowUp(Frozen):
    """What to ask next when the answer goes a certain way."""

    if_: str = Field(alias="if", description="what one hears")
    ask: str = Field(description="what to ask then")


class PrintedQuestion(Cited):
    """One starter question, with why it is worth asking and why by these two."""

    direction: Direction = Field(description="whose question it can be")
    stage: Stage = Field(description="where in a session it belongs")
    asked_by: Who = Field(description="who asks it in this one")
    why: str = Field(description="why it is worth asking")
    why_for_you: str = Field(description="why it is worth asking for these two")
    follow_ups: tuple[PrintedFollowUp, ...] = Field((), description="what to ask next")
    if_time: bool = Field(False, description="only if there is time")


class PrintedActivity(Cited):
    """What the two do together; ``text`` is the title."""

    minutes: int = Field(description="how long it takes")
    setup: str = Field(description="what to have ready")
    steps: tuple[str, ...] = Field(description="in order")
    result: str = Field(description="what exists at the end that did not before")
    example: str | None = Field(None, description="the same in this executive's own work")
    materials: tuple[str, ...] = Field((), description="what to bring")
    safety: str | None = Field(None, description="what not to do")


class Choice(Frozen):
    """One option of the decision and what it costs."""

    text: str = Field(description="the option")
    trade_off: str = Field(description="what it costs")


class FillIn(Frozen):
    """One line to fill in; ``___`` marks the blank."""

    text: str = Field(description="the line; ___ marks the blank")
    example: str | None = Field(None, description="one filled-in example")


class PrintedArtefact(Cited):
    """What the two leave the room with; ``text`` is its title."""

    decision: str = Field(description="the real decision behind the goal")
    options: tuple[Choice, ...] = Field(description="ways to decide")
    check_first: tuple[str, ...] = Field(description="what to check, in this order")
    bridge: str = Field(description="what the executive already knows that it resembles")
    lines: tuple[FillIn, ...] = Field(description="the page to fill in together")


class ChecklistItem(Cited):
    """One outcome one can observe."""

    who: Who = Field(description="who does it")
    evidence_of_learning: str = Field(description="how the other one can tell")


class PrintedGiveBack(Cited):
    """The segment in which the executive gives something back (R15); ``text`` says how."""

    title: str = Field(description="what is given")
    ask: str = Field(description="the question the mentor opens it with")
    result: str = Field(description="what the mentor leaves with")
    minutes: int = Field(description="how long it has in the agenda")
    why_for_you: str = Field(description="why it suits this mentor")


class Rescue(Frozen):
    """The 15-minute version for the day it cannot be longer (R30)."""

    minutes: int = Field(description="its length")
    text: str = Field(description="when to use it")
    blocks: tuple[AgendaBlock, ...] = Field(description="a small agenda of its own")


class AgreementItem(Printed):
    """One point of the working agreement, with what to tick or fill in."""

    title: str = Field(description="what it is about")
    options: tuple[str, ...] = Field((), description="lines to tick or to fill in; ___ marks a blank")


class Agreement(Frozen):
    """The working agreement of a first session (R6-R8)."""

    items: tuple[AgreementItem, ...] = Field(description="its points, in order")


class BriefPart(Frozen):
    """A titled part of a brief."""

    id: str = Field(description="its place in the guide")
    title: str = Field(description="its heading")
    lines: tuple[Printed, ...] = Field(description="what it says")


class Brief(Frozen):
    """What only one side reads: how to prepare and what to watch (R3)."""

    for_: Role = Field(alias="for", description="whose brief it is")
    parts: tuple[BriefPart, ...] = Field(description="in reading order")


class SendAhead(Printed):
    """A message to send with the questions, before the meeting (R13)."""

    subject: str = Field(description="the message's subject; text is the message")


class Commitment(Printed):
    """One thing one of the two does before next time (R16)."""

    who: Who = Field(description="who does it")


class NextSession(Printed):
    """When to meet next (R30)."""

    on: date | None = Field(None, description="the proposed day; null when this session has none")


class PulseQuestion(Printed):
    """One question of the one-minute pulse (R17)."""

    scale: str = Field(description="how it is answered, such as 1 (not at all) to 5 (very)")


class SourceCard(Frozen):
    """A page that was read. ``as_of`` is the newest date a cited statement holds for."""

    id: str = Field(description="what evidence points to")
    title: str = Field(description="the page's title")
    publisher: str = Field(description="who published it")
    url: str = Field(pattern=r"^https://", description="at the publisher's own address")
    as_of: date | None = Field(description="the newest date a cited statement holds for")
    read: date = Field(description="the day the page was read")


class Warning(Frozen):
    """Something the reader should know about this guide."""

    code: str = Field(description="stale, contested, thin-goal, thin-topic, reporting-line, ...")
    text: str = Field(description="one or two sentences for the reader")
    to: tuple[Literal["mentor", "executive", "coordinator"], ...] = Field(description="who should read it")


class ModelWork(Frozen):
    """What a language model did for a guide. Findings name a place and a code, never words."""

    model: str = Field(description="who was asked")
    take: int = Field(1, description="which try this is")
    prompts: tuple[str, ...] = Field((), description="name, version and fingerprint of each prompt")
    changed: int = Field(0, description="how many texts of the model's stand in the guide")
    tokens_in: int = Field(0, description="tokens of all prompts, as the endpoint counts")
    tokens_out: int = Field(0, description="tokens of all answers, as the endpoint counts")
    attempts: int = Field(0, description="calls over the network that the answers took when they were new")
    findings: tuple[str, ...] = Field((), description="what stayed composed, and the code that says why")


class Provenance(Frozen):
    """Where the guide came from; two guides with one content_id were made from the same things."""

    request_id: str = Field(description="hash of what was asked")
    content_id: str = Field(description="hash of what was used")
    corpus: str = Field(description="fingerprint of the corpus")
    rules: str = Field(description="version of our own rules")
    writer: str = Field(description="who wrote it")
    made_on: date = Field(description="the day it was made")
    edited: tuple[str, ...] = Field((), description="what was changed by hand since")
    work: ModelWork | None = Field(
        None,
        description="what a language model did; left out of a guide composed without one",
        exclude_if=lambda work: work is None,
    )


class Spares(Frozen):
    """What was found and not used, so that an item can be swapped without making the guide anew."""

    questions: tuple[PrintedQuestion, ...] = Field((), description="best first")
    checklist: tuple[ChecklistItem, ...] = Field((), description="best first")
    pinned: tuple[str, ...] = Field((), description="ids that are not swapped away")


class FitNote(Frozen):
    """Something about the pair a person should judge (R2); never a score."""

    code: str = Field(description="stable; docs/for-coordinators.md lists them")
    text: str = Field(description="for the coordinator")
    about: Who = Field(description="whom it is about")
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


class WrittenDraft(Draft):
    """A draft that a language model worked on, and what it did."""

    work: ModelWork = Field(description="goes into provenance, and into no fingerprint")


class Guide(Draft):
    """The whole guide. Never printed as it is: a view is cut from it first (views.py)."""

    pair: PairCard
    topic: TopicCard
    session: SessionCard
    sources: tuple[SourceCard, ...]
    warnings: tuple[Warning, ...]
    fit_notes: tuple[FitNote, ...]
    provenance: Provenance
