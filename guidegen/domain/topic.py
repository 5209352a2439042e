"""The corpus' nouns: a topic and its items. The fields are the corpus schema (corpus/README.md).

``guidegen corpus schema`` writes these models as JSON Schema, so every description here is read
by the people who write topics.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from guidegen.domain.frozen import Frozen, Level, Who

Stage = Literal["open", "explore", "try", "challenge", "reflect"]
Direction = Literal["executive_asks", "mentor_asks", "both"]
ItemKind = Literal[
    "passage", "misconception", "give_back", "question", "activity", "decision", "outcome", "term"
]


class Item(Frozen):
    """What every corpus item carries, so that it can be matched to a person."""

    id: str = Field(
        pattern=r"^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)+$",
        description="stable, readable, unique: crypto/q/who-signs",
    )
    functions: tuple[str, ...] = Field(("any",), min_length=1, description="ids from _tags.yaml, or any")
    intents: tuple[str, ...] = Field(("any",), min_length=1, description="ids from _tags.yaml, or any")
    lenses: tuple[str, ...] = Field(min_length=1, description="ids from _tags.yaml")
    level: Level = Field(description="level needed (0-3), or for an outcome the level reached (1-4)")
    sensitivity: int | None = Field(None, ge=0, le=3, description="only where it differs from the topic's")


class Citation(Frozen):
    """Where a passage's statement was read: ``[^source: locator — what it says]``."""

    source: str = Field(description="an id from sources.yaml")
    locator: str = Field(description="where on the page: a heading, section or article")
    says: str = Field(description="what it says, in our words, 25 words at most")


class Passage(Item):
    """One idea of the briefing, 60 to 140 words, cited."""

    title: str = Field(description="the ## heading")
    text: str = Field(description="the prose, without citation marks")
    in_short: str = Field(description="one sentence that stands alone, 35 words at most, for the primer")
    citations: tuple[Citation, ...] = Field(min_length=1, description="in the order they stand")
    as_of: date | None = Field(None, description="when it states a number or a state of the world")
    contested: bool = Field(False, description="both sides are given, and the guide says so (R21)")
    half_life_days: int | None = Field(
        None, gt=0, description="where this fact ages slower or faster than the topic's others"
    )

    def due(self, topic: Topic) -> date | None:
        """The day from which this statement deserves a new look (R21); None when it states no day."""
        return self.as_of + timedelta(days=self.half_life_days or topic.half_life_days) if self.as_of else None


class Misconception(Item):
    """Something often said, and what is true instead."""

    claim: str = Field(description="the ### heading: what people say")
    correction: str = Field(description="the text under it: what is true instead")
    citations: tuple[Citation, ...] = Field((), description="in the order they stand")


class GiveBack(Item):
    """What an executive can give the mentor in return (R15)."""

    title: str = Field(description="what is given, as a noun phrase: how a budget is really decided")
    text: str = Field(description="how to give it in ten minutes; {executive} and {mentor} may stand in it")
    ask: str = Field(description="the question the mentor asks to open it")
    result: str = Field(description="what the mentor leaves with; starts with an observable verb")


class FollowUp(Frozen):
    """What to ask next when the answer goes a certain way."""

    if_: str = Field(alias="if", description="what you hear, such as: they have never paid with it")
    ask: str = Field(description="what to ask then")


class Question(Item):
    """One starter question: open, one idea, answerable from experience (R14)."""

    text: str = Field(description="the question, whole and as asked")
    direction: Direction = Field(description="who can ask it")
    stage: Stage = Field(description="where in a session it belongs")
    depth: int = Field(ge=1, le=3, description="1 light, 3 deep; sensitive ones come late")
    why: str = Field(description="why it is worth asking, one sentence")
    follow_ups: tuple[FollowUp, ...] = Field((), description="what to ask next")
    for_: dict[str, str] = Field(
        default_factory=dict, alias="for", description="function to a whole alternative sentence"
    )
    evidence: tuple[str, ...] = Field((), description="ids of passages that back it")


class Activity(Item):
    """Something to do together, with a result one can see (R20)."""

    title: str = Field(description="what the two do, as a verb phrase")
    minutes: int = Field(ge=3, le=90, description="how long it takes, honestly")
    setup: str = Field(description="what to have ready, one sentence")
    steps: tuple[str, ...] = Field(
        min_length=2, max_length=7, description="in order, each something one does"
    )
    result: str = Field(description="observable: what exists at the end that did not before")
    place: Literal["room", "video", "both"] = Field("both", description="where it can be done")
    materials: tuple[str, ...] = Field((), description="what to bring")
    safety: str | None = Field(None, description="what not to do, such as never with real money")
    example_for: dict[str, str] = Field(
        default_factory=dict, description="function to one whole sentence that makes it concrete"
    )
    evidence: tuple[str, ...] = Field((), description="ids of passages it rests on")


class Option(Frozen):
    """One way to decide, and what it costs."""

    text: str = Field(description="the option")
    trade_off: str = Field(description="what it costs")


class ArtefactLine(Frozen):
    """One line to fill in together; ``___`` marks the blank."""

    text: str = Field(description="the line; ___ marks the blank")
    example: str | None = Field(None, description="one filled-in example, marked as such in print")


class Artefact(Frozen):
    """What the two leave the room with."""

    title: str = Field(description="what the page is called")
    lines: tuple[ArtefactLine, ...] = Field(min_length=2, max_length=7, description="what is filled in")


class Decision(Item):
    """The real decision behind a goal, for some functions."""

    question: str = Field(description="the decision in one sentence, as the executive would put it")
    options: tuple[Option, ...] = Field(
        min_length=2, max_length=5, description="ways to decide, with what each costs"
    )
    check_first: tuple[str, ...] = Field(min_length=3, max_length=7, description="in this order")
    bridge: str = Field(description="what this function already knows that it resembles")
    artefact: Artefact = Field(description="the page to fill in")
    evidence: tuple[str, ...] = Field((), description="ids of passages it rests on")


class Outcome(Item):
    """Something one can see that shows learning (R20)."""

    text: str = Field(description="starts with an observable verb: Names ..., Explains ..., Sends ...")
    who: Who = Field(description="who shows it")
    evidence_of_learning: str = Field(description="how the other one can tell")
    self_check: str | None = Field(None, description="the same as a question to oneself, for the primer")
    activities: tuple[str, ...] = Field((), description="ids of activities that practise it")
    evidence: tuple[str, ...] = Field((), description="ids of passages it rests on")


class Term(Item):
    """A word worth knowing, in one plain sentence."""

    term: str = Field(description="the word")
    meaning: str = Field(description="35 words at most")
    evidence: tuple[str, ...] = Field((), description="ids of passages where one meets it")


class Source(Frozen):
    """A page that was read, at its publisher's own address."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="what citations name")
    title: str = Field(description="the page's title, as it stands there")
    publisher: str = Field(description="who published it")
    url: str = Field(pattern=r"^https://", description="the publisher's own address")
    kind: Literal["primary", "secondary"] = Field(
        description="primary: a regulator, a standard, official statistics, a law, research, a maker's own pages"
    )
    published: date | str | None = Field(None, description="a date, a year, or none if the page does not say")
    accessed: date = Field(description="the day it was read")


class Topic(Frozen):
    """One topic: its front matter and its items."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="the folder's name")
    title: str = Field(description="as printed")
    aliases: tuple[str, ...] = Field((), description="other words people use for it; also off-limits words")
    summary: str = Field(description="one or two sentences: what this topic answers")
    leadership_question: str = Field(description="the business question it serves (R19)")
    prerequisites: tuple[str, ...] = Field((), description="ids of topics to have met first")
    related: tuple[str, ...] = Field((), description="ids of topics nearby, written or not")
    sensitivity: int = Field(0, ge=0, le=3, description="0 everyday, 3 needs preparation and a label (R28)")
    half_life_days: int = Field(gt=0, description="after this many days a fact is due for a new look (R21)")
    reviewed_on: date = Field(description="the day the whole topic was last read through")
    support: str | None = Field(None, description="a signpost, where the subject may hurt (R25)")
    advice_note: str | None = Field(None, description="information, not advice (R22)")
    avoid: str = Field(description="the one thing the executive had better not do in this session (R29)")
    passages: tuple[Passage, ...] = Field((), description="from topic.md")
    misconceptions: tuple[Misconception, ...] = Field((), description="from topic.md")
    give_backs: tuple[GiveBack, ...] = Field((), description="from topic.md")
    questions: tuple[Question, ...] = Field((), description="from questions.yaml")
    activities: tuple[Activity, ...] = Field((), description="from activities.yaml")
    decisions: tuple[Decision, ...] = Field((), description="from decisions.yaml")
    outcomes: tuple[Outcome, ...] = Field((), description="from outcomes.yaml")
    terms: tuple[Term, ...] = Field((), description="from glossary.yaml")

    def items(self) -> tuple[Item, ...]:
        """Every item of the topic, in file order."""
        return (
            *self.passages,
            *self.misconceptions,
            *self.give_backs,
            *self.questions,
            *self.activities,
            *self.decisions,
            *self.outcomes,
            *self.terms,
        )
