"""Fit notes: what a coordinator should look at before a pair meets (R2). People decide.

Nobody is scored or ranked. A note about the mentor's own preparation also reaches the mentor,
in kinder words.
"""

from __future__ import annotations

from guidegen.domain.guide import FitNote
from guidegen.domain.people import Pair
from guidegen.domain.topic import Topic


def _same(a: str | None, b: str | None) -> bool:
    return bool(a and b and a.strip().casefold() == b.strip().casefold())


def fit_notes(pair: Pair, topic: Topic) -> tuple[FitNote, ...]:
    """Notes on reporting line, department, and the mentor's level and experience."""
    mentor, executive = pair.mentor, pair.executive
    notes = []
    line = any(
        _same(mentor.reports_to, who) for who in (executive.id, executive.name)
    ) or any(_same(executive.reports_to, who) for who in (mentor.id, mentor.name))
    if line:
        notes.append(
            FitNote(
                code="reporting-line",
                about="both",
                text=f"{mentor.name} and {executive.name} are on one reporting line. "
                "What is said in the room may reach a pay or promotion talk; pair them across lines.",
            )
        )
    if _same(mentor.department, executive.department):
        notes.append(
            FitNote(
                code="same-department",
                about="both",
                text=f"Both work in {mentor.department}. Pairs across departments speak more freely.",
            )
        )
    held, known = mentor.skill_in(topic.id, "mentor"), executive.skill_in(topic.id, "executive")
    if topic.id not in mentor.teaches:
        notes.append(
            FitNote(
                code="not-offered",
                about="mentor",
                text=f"{mentor.name} does not list {topic.title} among the topics they teach.",
                to_mentor=f"{topic.title} is not on your list of topics. You may say so and choose another.",
            )
        )
    elif held.level <= known.level:
        notes.append(
            FitNote(
                code="level",
                about="mentor",
                text=f"{mentor.name} and {executive.name} are about equally far with {topic.title}; "
                "a session of peers, or another pair.",
                to_mentor="You two may know about equally much here. Trade cases instead of explaining.",
            )
        )
    if held.experience == "personal":
        notes.append(
            FitNote(
                code="personal-experience",
                about="mentor",
                text=f"{mentor.name} knows {topic.title} from personal use, not from work.",
                to_mentor="You know this from your own use. Say so early: it makes your examples honest, "
                "and work questions can be looked up together.",
            )
        )
    return tuple(notes)
