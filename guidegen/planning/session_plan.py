"""A session's plan: format, minutes, leading intent, and the evidence each section needs."""

from __future__ import annotations

from guidegen.domain.formats import Format, Shelf
from guidegen.domain.people import Pair
from guidegen.domain.plan import BlockPlan, EvidenceRequest, Gap, Plan
from guidegen.domain.session import MIN_MINUTES, Session, SessionKind
from guidegen.domain.topic import Topic
from guidegen.errors import CorpusError
from guidegen.language.offlimits import touches
from guidegen.planning.fit import fit_notes
from guidegen.planning.minutes import allocate
from guidegen.planning.reading import Nearest, leading_intent, read_person

TALK_MINUTES_PER_QUESTION = 4.5
"""One main question for every four to five minutes of talk (docs/architecture.md)."""
TALK_KINDS = ("topic", "decide", "reflect")


def format_for(shelf: Shelf, kind: SessionKind) -> Format:
    """The format that serves a session kind; the corpus must have one for each kind it offers."""
    for fmt in shelf.formats:
        if kind in fmt.kinds:
            return fmt
    raise CorpusError(
        f"The corpus has no format for a session of kind '{kind}'.",
        remedy=f"Add one in _formats/ whose 'kinds' name {kind}.",
    )


def _gap(mentor: int, executive: int) -> Gap:
    difference = mentor - executive
    return "wide" if difference >= 2 else "near" if difference == 1 else "none"


def _shortest_activity(topic: Topic, session: Session) -> int:
    """Minutes of the shortest activity that can be done where the two meet; 0 when there is none."""
    place = "video" if session.place == "phone" else session.place
    lengths = [a.minutes for a in topic.activities if a.place in (place, "both")]
    return min(lengths, default=0)


def _requests(blocks: tuple[BlockPlan, ...], session: Session) -> tuple[EvidenceRequest, ...]:
    by_kind = {b.block.kind: b.minutes for b in blocks}
    talk = sum(by_kind.get(kind, 0) for kind in TALK_KINDS)
    main = max(2, min(14, round(talk / TALK_MINUTES_PER_QUESTION)))
    checklist = 4 if session.minutes < 40 else 6 if session.minutes <= 90 else 8
    asked = [
        EvidenceRequest(id="decision", kind="decision", count=1),
        EvidenceRequest(id="facts", kind="passage", count=4),
        EvidenceRequest(id="terms", kind="term", count=4),
        EvidenceRequest(id="misconceptions", kind="misconception", count=2),
        EvidenceRequest(id="questions", kind="question", count=main, spares=max(6, main)),
        EvidenceRequest(id="outcomes", kind="outcome", count=checklist, spares=4),
        EvidenceRequest(id="give_back", kind="give_back", count=1, who="mentor"),
    ]
    if "try" in by_kind:
        asked.append(EvidenceRequest(id="activity", kind="activity", count=1, max_minutes=by_kind["try"]))
    return tuple(asked)


def usable_goals(goals: tuple[str, ...], off_limits: tuple[str, ...]) -> tuple[str, ...]:
    """Goals that touch no subject the pair keeps out; the others are printed nowhere."""
    return tuple(g for g in goals if g.strip() and not touches(g, off_limits))


def plan_session(pair: Pair, session: Session, topic: Topic, shelf: Shelf, nearest: Nearest) -> Plan:
    """The plan of one session. Pure but for ``nearest``, which compares goals with tag examples."""
    off_limits = tuple(dict.fromkeys((*pair.mentor.off_limits, *pair.executive.off_limits)))
    mentor, executive = (
        read_person(person, role, topic.id, usable_goals(person.goals, off_limits), shelf.tags, nearest)
        for person, role in ((pair.mentor, "mentor"), (pair.executive, "executive"))
    )
    intent = leading_intent(executive)
    emphasis = next((tag.emphasis for tag in shelf.tags.intents if tag.id == intent), {})
    fmt = format_for(shelf, session.kind)
    blocks = allocate(
        fmt,
        session.minutes,
        emphasis={str(kind): factor for kind, factor in emphasis.items()},
        at_least={"try": _shortest_activity(topic, session) or session.minutes + 1},
    )
    rescue = format_for(shelf, "rescue")
    return Plan(
        topic=topic.id,
        session=session,
        mentor=mentor,
        executive=executive,
        gap=_gap(mentor.level, executive.level),
        intent=intent,
        format=fmt,
        blocks=blocks,
        rescue=rescue,
        rescue_blocks=allocate(rescue, MIN_MINUTES),
        requests=_requests(blocks, session),
        off_limits=off_limits,
        fit_notes=fit_notes(pair, topic),
    )
