"""The workshop: a facilitator's guide for 6 to 24 people, and the plan it is made from.

There is no pair here. People are sorted by experience of the topic alone, and a side is what
somebody does at the moment: learn the topic, or know it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from guidegen.domain.formats import EverydayObject
from guidegen.domain.frozen import Frozen
from guidegen.domain.guide import (
    AgreementItem,
    Fact,
    Printed,
    PrintedFollowUp,
    Provenance,
    PulseQuestion,
    SendAhead,
    SourceCard,
    TopicCard,
    Warning,
)
from guidegen.domain.plan import BlockPlan, EvidenceRequest

MIN_PEOPLE = 6
MAX_PEOPLE = 24
COMING_AND_GOING = 2
"""Minutes of the block in which the groups show their work that belong to no group."""
Side = Literal["learning", "knowing", "deciding", "everyone"]
"""Whose something is: of those learning the topic, of those who know it, of those who know how things
get decided here, or of all."""


class WorkshopPlan(Frozen):
    """What is settled before any search: groups, minutes, the object, and the evidence needed."""

    topic: str = Field(description="the topic's id")
    on: date | None = Field(description="the day; staleness of facts is judged on it")
    participants: int = Field(description="how many people")
    minutes: int = Field(description="how long")
    groups: tuple[int, ...] = Field(description="sizes, largest first")
    object: EverydayObject = Field(description="what is promoted")
    blocks: tuple[BlockPlan, ...] = Field(description="with their place in time")
    requests: tuple[EvidenceRequest, ...] = Field(description="what is asked of the corpus")


class WorkshopBlock(Frozen):
    """One part of the workshop; ``start`` counts minutes from the beginning."""

    id: str = Field(description="stable")
    start: int = Field(ge=0, description="minutes from the beginning")
    minutes: int = Field(ge=1, description="how long it lasts")
    title: str = Field(description="its heading")
    setting: Literal["all", "groups", "alone"] | None = Field(description="how people sit")
    purpose: str = Field(description="what it is for")
    steps: tuple[str, ...] = Field(description="what the facilitator does, in order")
    say: tuple[str, ...] = Field(description="the facilitator's script, to be read out")
    questions: tuple[str, ...] = Field((), description="ids in questions[] asked here")


class WorkshopQuestion(Printed):
    """One question for the tables."""

    side: Side = Field(description="who asks it; with deciding, who answers")
    follow_ups: tuple[PrintedFollowUp, ...] = Field((), description="what to ask next")


class WorkshopOutcome(Printed):
    """What one side can be seen to have learnt."""

    side: Side = Field(description="whose it is")
    evidence_of_learning: str = Field(description="how the others can tell")


class Sheet(Frozen):
    """One sheet for a group to fill in; ``___`` marks a blank."""

    id: str = Field(description="task or harvest")
    title: str = Field(description="its heading")
    intro: str = Field(description="how to use it")
    lines: tuple[Printed, ...] = Field(description="what to fill in")


class Trouble(Frozen):
    """Something that can go wrong, and what to say then (R18)."""

    id: str = Field(description="stable")
    when: str = Field(description="what has happened")
    say: str = Field(description="what one can say")


class WorkshopView(Frozen):
    """The facilitator's guide: the JSON contract, and what every renderer takes."""

    schema_version: Literal["1"] = Field("1", description="of this contract")
    view: Literal["workshop"] = Field("workshop", description="what this document is")
    topic: TopicCard = Field(description="the topic as printed")
    title: str = Field(description="as printed")
    on: date | None = Field(None, description="the day")
    participants: int = Field(ge=MIN_PEOPLE, le=MAX_PEOPLE, description="how many people")
    groups: tuple[int, ...] = Field(description="sizes; mixed by experience, never by age")
    minutes: int = Field(description="how long; the blocks add up to it")
    object: EverydayObject = Field(description="what is promoted")
    prepare: tuple[Printed, ...] = Field(description="the facilitator's twenty minutes")
    materials: tuple[Printed, ...] = Field(description="what to have ready")
    house_rules: tuple[AgreementItem, ...] = Field(description="read out at the beginning (R6-R8)")
    facts: tuple[Fact, ...] = Field(description="cited and dated, for the tables")
    agenda: tuple[WorkshopBlock, ...] = Field(description="the time-boxed plan (R12)")
    questions: tuple[WorkshopQuestion, ...] = Field(description="in every direction")
    outcomes: tuple[WorkshopOutcome, ...] = Field(description="what each side learns")
    troubles: tuple[Trouble, ...] = Field(description="what can go wrong, and what to say (R18)")
    task: Sheet = Field(description="what each group fills in about the object")
    harvest: Sheet = Field(description="the insight log (R26)")
    invitation: SendAhead = Field(description="the message to send to participants")
    pulse: tuple[PulseQuestion, ...] = Field(description="the one-minute pulse (R17)")
    sources: tuple[SourceCard, ...] = Field(description="what the facts and questions rest on")
    warnings: tuple[Warning, ...] = Field(description="what the facilitator should know about this guide")
    provenance: Provenance = Field(description="where it came from")
