"""The two private briefs: how each side prepares and what to watch for (R3)."""

from __future__ import annotations

from collections.abc import Iterable

from guidegen.domain.frozen import Role
from guidegen.domain.guide import Brief, BriefPart, Primer, Printed, PrintedQuestion
from guidegen.domain.topic import GiveBack
from guidegen.language.ages import without_ages
from guidegen.language.grammar import fill
from guidegen.writing.composing.closing import standard_format
from guidegen.writing.composing.desk import Desk
from guidegen.writing.framing import in_sentence


def _part(part_id: str, title: str, lines: Iterable[Printed | None]) -> BriefPart | None:
    kept = tuple(line for line in lines if line is not None)
    return BriefPart(id=part_id, title=title, lines=kept) if kept else None


def _own(desk: Desk, role: Role, questions: tuple[PrintedQuestion, ...], prefix: str) -> list[Printed]:
    """What the person wrote for themselves, and where in the session it belongs; nobody else reads it."""
    person = desk.brief.pair.person(role)
    asked = next((q.text for q in questions if q.id == desk.brief.evidence.own_question.get(role)), None)
    found = []
    if person.context:
        found.append(("context", f"What is going on: {without_ages(person.context)}"))
        if asked:
            found.append(("context/ask", f"The question closest to that is “{asked}” If another is closer, take that one."))
    if person.preferences:
        found.append(("preferences", f"How you like to work: {'; '.join(person.preferences)}"))
        found.append(("preferences/say", "Only your copy shows this. If it matters for today, say it in the first minutes."))
    if person.private_notes:
        found.append(("notes", f"Your own notes: {without_ages(person.private_notes)}"))
    return [Printed(id=f"{prefix}/own/{key}", text=text) for key, text in found]


def _about(desk: Desk, role: Role, prefix: str) -> list[Printed]:
    """The other person's work, as it was written: no article to get wrong. Goals stand in the objectives."""
    person = desk.brief.pair.person(role)
    work = ", ".join(part for part in (person.role, person.department) if part)
    return [Printed(id=f"{prefix}/work", text=f"{desk.names[role]}: {work}.")] if work else []


def _repair(desk: Desk, role: Role, prefix: str) -> list[Printed]:
    """Lines for when it goes wrong (R18), those for this side and for both."""
    slots = desk.slots()
    found = []
    own = desk.brief.plan.format.repair_lines
    for line in own or standard_format(desk).repair_lines:
        if line.for_ in (role, "both"):
            say = fill(line.say, slots)
            when = fill(line.when, slots)
            if say and when:
                found.append(Printed(id=f"{prefix}/repair/{line.id}", text=f"{when.rstrip('.')}: “{say}”"))
    return found


def _own_goals(desk: Desk, prefix: str) -> list[Printed]:
    """For each of the mentor's goals, the question that opens it: today's segment, then for later."""
    found = []
    for n, scored in enumerate(desk.brief.evidence.chosen("give_back")):
        if isinstance(scored.item, GiveBack):
            when = "Today" if n == 0 else "Another day"
            found.append(Printed(id=f"{prefix}/goals/{scored.item.id}", text=f"{when}, {in_sentence(scored.item.title)}: “{scored.item.ask}”"))
    return found


def compose_mentor_brief(desk: Desk, questions: tuple[PrintedQuestion, ...], primer: Primer) -> Brief:
    """The mentor's pack: twenty minutes of preparation, the first sentence, what to say if it goes wrong."""
    p = "brief/mentor"
    prepare: list[Printed | None] = [desk.line("brief.mentor.prepare", f"{p}/prepare/lead")]
    if primer.facts:
        prepare.append(
            Printed(id=f"{p}/prepare/facts", text=f"5 minutes: read the {len(primer.facts)} facts aloud once, with their dates.")
        )
    first = next((q for q in questions if q.asked_by != "executive"), None)
    if first:
        prepare.append(Printed(id=f"{p}/prepare/first", text=f"5 minutes: say the first question aloud until it sounds like you: “{first.text}”"))
    if desk.activity:
        prepare.append(
            Printed(id=f"{p}/prepare/try", text=f"5 minutes: try “{desk.activity.title}” once on your own. {desk.activity.setup}")
        )
    if desk.decision:
        prepare.append(
            Printed(
                id=f"{p}/prepare/page",
                text=f"5 minutes: read the page “{desk.decision.artefact.title}” and guess which line will be the hardest.",
            )
        )
    notes = [
        Printed(id=f"{p}/fit/{n.code}", text=n.to_mentor) for n in desk.brief.plan.fit_notes if n.to_mentor
    ]
    parts = (
        _part(f"{p}/prepare", "Your twenty minutes", prepare),
        _part(f"{p}/about", f"Who you meet: {desk.names['executive']}", [
            *_about(desk, "executive", f"{p}/about"),
            *desk.lines(p, "brief.mentor.gap", "brief.mentor.function"),
            *notes,
        ]),
        _part(f"{p}/goals", "What you want from it", _own_goals(desk, p)),
        _part(f"{p}/open", "How to open", desk.lines(p, "brief.mentor.opening", "brief.mentor.nerves", "brief.mentor.place")),
        _part(f"{p}/repair", "If it gets hard", _repair(desk, "mentor", p)),
        _part(f"{p}/own", "What you wrote for yourself", _own(desk, "mentor", questions, p)),
    )
    return Brief.model_validate({"for": "mentor", "parts": [part for part in parts if part]})


def compose_executive_brief(desk: Desk, questions: tuple[PrintedQuestion, ...]) -> Brief:
    """The executive's pack: how to prepare, how to listen, what to give."""
    p = "brief/executive"
    give: list[Printed | None] = [*desk.lines(p, "brief.executive.give")]
    if desk.give_back:
        give.append(
            Printed(id=f"{p}/give/what", text=f"You lead: {desk.give_back.title}. It stands in full further down.")
        )
    parts = (
        _part(f"{p}/prepare", "Before you meet", desk.lines(p, "brief.executive.opening", "brief.executive.prepare")),
        _part(f"{p}/about", f"Who you meet: {desk.names['mentor']}", _about(desk, "mentor", f"{p}/about")),
        _part(f"{p}/listen", "While you listen", desk.lines(p, "brief.executive.listen", "brief.executive.function")),
        _part(f"{p}/give", "What you give back", give),
        _part(f"{p}/repair", "If it gets hard", _repair(desk, "executive", p)),
        _part(f"{p}/own", "What you wrote for yourself", _own(desk, "executive", questions, p)),
    )
    return Brief.model_validate({"for": "executive", "parts": [part for part in parts if part]})
