"""Who meets: a person's profile, and a pair. Nothing here scores, ranks or matches people."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from guidegen.domain.frozen import Frozen, Level, Role

Seniority = Literal["early", "mid", "senior", "executive"]
Experience = Literal["personal", "work", "both"]


class Skill(Frozen):
    """How far a person is with one topic, and where they learnt it."""

    level: Level
    experience: Experience | None = Field(
        None, description="personal use is not professional use: where the skill comes from"
    )


class Person(Frozen):
    """One profile. Age, birth year, gender and ethnicity are not fields, by design."""

    id: str = Field(description="a stable id; made from the name when the file gives none")
    name: str = Field(description="the name to print")
    pronouns: str = Field("they/them", description="subject/object, such as she/her")
    email: str | None = Field(None, description="used for calendar files only; never printed")
    organisation: str | None = Field(None, description="the employer's name")
    role: str | None = Field(None, description="what the person does, such as head of procurement")
    department: str | None = Field(None, description="the part of the organisation")
    seniority: Seniority | None = Field(None, description="the person's place; says nothing of skill")
    reports_to: str | None = Field(None, description="id or name of the manager, to keep pairs off a line (R2)")
    time_zone: str | None = Field(None, description="an IANA name, such as Europe/Berlin")
    languages: tuple[str, ...] = Field((), description="BCP 47 codes, best first")
    teaches: dict[str, Skill] = Field(default_factory=dict, description="topic id to skill held")
    learns: dict[str, Skill] = Field(default_factory=dict, description="topic id to skill held today")
    goals: tuple[str, ...] = Field((), description="what the person wants from this, in their own words")
    context: str | None = Field(None, description="what is going on at work; seen by its owner and the coordinator")
    off_limits: tuple[str, ...] = Field((), description="subjects kept out; matched, never printed")
    access_needs: tuple[str, ...] = Field((), description="arrangements such as large print")
    preferences: tuple[str, ...] = Field((), description="how the person likes to work; own view only")
    private_notes: str | None = Field(None, description="own view only; never reaches a model")

    def skill_in(self, topic: str, role: Role) -> Skill:
        """The skill held in ``topic``. Who says nothing is taken to work alone as a mentor (3), to be
        new as an executive (0)."""
        first, second = (self.teaches, self.learns) if role == "mentor" else (self.learns, self.teaches)
        return first.get(topic) or second.get(topic) or Skill(level=3 if role == "mentor" else 0, experience=None)


class Pair(Frozen):
    """A mentor and the executive who learns from them."""

    id: str = Field(description="a stable id; made from both people's ids when the file gives none")
    mentor: Person = Field(description="the one who knows the topic")
    executive: Person = Field(description="the one who learns it")

    @model_validator(mode="after")
    def _two_people(self) -> Pair:
        if self.mentor.id == self.executive.id:
            raise ValueError("a person cannot be paired with themselves: mentor and executive have the same id")
        return self

    def person(self, role: Role) -> Person:
        """The person in this role."""
        return self.mentor if role == "mentor" else self.executive
