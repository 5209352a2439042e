"""The plan of a session: what it is for, how its minutes run, and what evidence it needs.

Made before any search: an ``EvidenceRequest`` says what is needed, in nouns, so that planning
imports no retrieval. ``Evidence`` is the answer.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guidegen.domain.formats import Block, Format, Shelf
from guidegen.domain.frozen import Frozen, Role
from guidegen.domain.guide import FitNote, Warning
from guidegen.domain.people import Pair
from guidegen.domain.session import Session
from guidegen.domain.topic import Item, ItemKind, Topic

Gap = Literal["wide", "near", "none"]


class GoalReading(Frozen):
    """One goal, and the intents read from it."""

    id: str = Field(description="executive/1, mentor/2")
    who: Role
    text: str
    intents: tuple[str, ...] = Field(description="tag ids, or any when unsure")


class PersonReading(Frozen):
    """What the tags say of a person, read from role, department and goals."""

    who: Role
    functions: tuple[str, ...]
    level: int
    goals: tuple[GoalReading, ...]


class BlockPlan(Frozen):
    """A block of the format with its place in time."""

    block: Block
    start: int
    minutes: int


class EvidenceRequest(Frozen):
    """What one section needs from the corpus, before anything is searched."""

    id: str
    kind: ItemKind
    who: Role = Field("executive", description="whose goals, functions and level decide")
    count: int = Field(ge=0, description="how many are printed")
    spares: int = Field(0, ge=0, description="how many more are kept for swapping")
    max_minutes: int | None = Field(None, description="for an activity: what its block has")
    prefer: tuple[str, ...] = Field((), description="ids to choose among, where one of them may be used")


class Plan(Frozen):
    """A session's plan."""

    topic: str
    session: Session
    mentor: PersonReading
    executive: PersonReading
    gap: Gap
    intent: str = Field(description="the leading intent, or any")
    format: Format
    blocks: tuple[BlockPlan, ...]
    rescue: Format
    rescue_blocks: tuple[BlockPlan, ...]
    requests: tuple[EvidenceRequest, ...]
    off_limits: tuple[str, ...] = Field((), description="both lists in one; whose is not kept")
    max_sensitivity: int = 3
    fit_notes: tuple[FitNote, ...] = ()

    def block(self, kind: str) -> BlockPlan | None:
        """The first block of this kind, if the session has one."""
        return next((b for b in self.blocks if b.block.kind == kind), None)


class Scored(Frozen):
    """An item, its score, and what the score was made of."""

    item: Item
    score: float
    parts: dict[str, float]
    goal: str | None = Field(None, description="id of the goal it serves best")
    by_goal: dict[str, float] = Field(default_factory=dict, description="goal id to similarity, 0-1")


class Picks(Frozen):
    """The answer to one request: what is printed, and what is kept for swapping."""

    chosen: tuple[Scored, ...] = ()
    spares: tuple[Scored, ...] = ()


class Evidence(Frozen):
    """What was gathered for a plan."""

    picks: dict[str, Picks]
    thin_goals: tuple[str, ...] = Field((), description="ids of goals the topic has little for")
    own_question: dict[Role, str] = Field(
        default_factory=dict,
        description="the chosen question nearest to what a person wrote about their situation; own brief only",
    )
    warnings: tuple[Warning, ...] = ()

    def chosen(self, request: str) -> tuple[Scored, ...]:
        """What is printed for a request; empty when it found nothing."""
        return self.picks[request].chosen if request in self.picks else ()

    def spare(self, request: str) -> tuple[Scored, ...]:
        """What is kept for swapping."""
        return self.picks[request].spares if request in self.picks else ()


class WritingBrief(Frozen):
    """Everything a writer may use; nothing else reaches the words."""

    pair: Pair
    topic: Topic
    shelf: Shelf
    plan: Plan
    evidence: Evidence
