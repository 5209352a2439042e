"""A session's plan: format, minutes, leading intent, and the evidence each section needs."""

from __future__ import annotations

from guidegen.domain.formats import Format, Shelf
from guidegen.domain.frozen import Role
from guidegen.domain.people import Pair
from guidegen.domain.plan import BlockPlan, EvidenceRequest, Gap, PersonReading, Plan
from guidegen.domain.session import MIN_MINUTES, Session, SessionKind
from guidegen.domain.topic import Activity, Topic
from guidegen.errors import CorpusError, SessionError
from guidegen.language.offlimits import touches
from guidegen.planning.fit import fit_notes
from guidegen.planning.minutes import allocate
from guidegen.planning.reading import leading_intent, read_person

TALK_MINUTES_PER_QUESTION = 4.5
"""One main question for every four to five minutes of talk (docs/architecture.md)."""
TALK_KINDS = ("topic", "decide", "reflect")
TRY_SHARE = 0.34
FIRST_TRY_SHARE = 0.25
HANDS_ON_SHARE = 0.42
"""How much of a session one activity may take: less in a first one, where two people begin to talk;
most for someone who wants to try it themselves."""
TALK_ABOUT_IT = 4
"""Minutes beyond the activity's own, for what was harder than expected."""
HANDS_ON_INTENT = "try-myself"


def format_for(shelf: Shelf, kind: SessionKind, chosen: str | None = None) -> Format:
    """The format ``chosen`` by id, else the one that serves a session kind.

    Raises SessionError for an unknown id; the corpus must have a format for each kind it offers.
    """
    if chosen is not None:
        known = {fmt.id: fmt for fmt in shelf.formats}
        if chosen not in known:
            raise SessionError(
                f"There is no session format '{chosen[:80]}'.", remedy=f"Choose from {', '.join(sorted(known))}."
            )
        return known[chosen]
    for fmt in shelf.formats:
        if kind in fmt.kinds:
            return fmt
    raise CorpusError(
        f"The corpus has no format for a session of kind '{kind}'.",
        remedy=f"Add one in _formats/ whose 'kinds' name {kind}.",
    )


def _gap(mentor: int, executive: int) -> Gap:
    difference = mentor - executive
    # Someone who already does it with help (2) is not met as a newcomer, however far the mentor is.
    return "none" if difference <= 0 else "wide" if difference >= 2 and executive <= 1 else "near"


def _here(topic: Topic, session: Session) -> tuple[Activity, ...]:
    """The activities that can be done where the two meet."""
    place = "room" if session.place == "room" else "video"
    return tuple(a for a in topic.activities if a.place in (place, "both"))


def _try_minutes(topic: Topic, session: Session, reader: PersonReading, intent: str) -> tuple[int, ...]:
    """Minutes worth giving to the hands-on block, best first: the longest activity for this person's
    work that leaves the session room to talk, then the shortest of all; empty when there is none."""
    here = _here(topic, session)
    own = [a.minutes for a in here if set(a.functions) & {*reader.functions, "any"}]
    share = FIRST_TRY_SHARE if session.kind == "first" else TRY_SHARE
    room = int(session.minutes * (HANDS_ON_SHARE if intent == HANDS_ON_INTENT else share))
    fitting = [minutes for minutes in own if minutes <= room]
    shortest = min((a.minutes for a in here), default=0)
    return tuple(m for m in (max(fitting, default=0), shortest) if m)


def _to_build(fmt: Format, topic: Topic, session: Session, reader: PersonReading) -> tuple[Activity, ...]:
    """For a hands-on format: of the activities to try oneself, the longest that leave every other block
    its minimum, those for this person's work first; empty when none fits."""
    others = (b for b in fmt.blocks if b.kind != "try" and b.from_minutes <= session.minutes)
    room = session.minutes - sum(b.min_minutes for b in others)
    fitting = [a for a in _here(topic, session) if a.minutes <= room and a.level <= reader.level + 1]
    fitting = [a for a in fitting if HANDS_ON_INTENT in a.intents] or fitting
    fitting = [a for a in fitting if set(a.functions) & {*reader.functions, "any"}] or fitting
    longest = max((a.minutes for a in fitting), default=0)
    return tuple(a for a in fitting if a.minutes == longest)


def _blocks(
    fmt: Format, session: Session, emphasis: dict[str, float], lengths: tuple[int, ...]
) -> tuple[BlockPlan, ...]:
    """The blocks, with a hands-on part where one of ``lengths`` fits."""
    if fmt.hands_on:
        least = max(lengths, default=0)
        return allocate(fmt, session.minutes, bounds={"try": (least, session.minutes)})
    blocks: tuple[BlockPlan, ...] = ()
    for minutes in (*lengths, session.minutes + 1):
        blocks = allocate(fmt, session.minutes, emphasis=emphasis, bounds={"try": (minutes, minutes + TALK_ABOUT_IT)})
        if any(b.block.kind == "try" for b in blocks):
            break
    return blocks


def _requests(blocks: tuple[BlockPlan, ...], session: Session, build: tuple[Activity, ...]) -> tuple[EvidenceRequest, ...]:
    by_kind: dict[str, int] = {b.block.kind: b.minutes for b in blocks}
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
        EvidenceRequest(id="give_back", kind="give_back", count=2, who="mentor"),
    ]
    if "try" in by_kind:
        ids = tuple(a.id for a in build)
        asked.append(EvidenceRequest(id="activity", kind="activity", count=1, max_minutes=by_kind["try"], prefer=ids))
    return tuple(asked)


def usable_goals(goals: tuple[str, ...], off_limits: tuple[str, ...]) -> tuple[str, ...]:
    """Goals that touch no subject the pair keeps out; the others are printed nowhere."""
    return tuple(g for g in goals if g.strip() and not touches(g, off_limits))


def _read(pair: Pair, role: Role, topic: Topic, off_limits: tuple[str, ...], shelf: Shelf) -> PersonReading:
    person = pair.person(role)
    return read_person(person, role, topic.id, usable_goals(person.goals, off_limits), shelf.tags)


def _emphasis(shelf: Shelf, intent: str) -> dict[str, float]:
    found = next((tag.emphasis for tag in shelf.tags.intents if tag.id == intent), {})
    return {str(kind): factor for kind, factor in found.items()}


def retimed(plan: Plan, activity_minutes: int, shelf: Shelf) -> Plan:
    """The plan with the hands-on block cut to the activity that was found; what is left over goes to the talk.

    A plan is made before anything is searched, so its block has room for the longest activity that fits;
    the one that suits these two best may be shorter.
    """
    block = plan.block("try")
    if block is None or plan.format.hands_on or block.minutes <= activity_minutes + TALK_ABOUT_IT:
        return plan
    blocks = _blocks(plan.format, plan.session, _emphasis(shelf, plan.intent), (activity_minutes,))
    return plan.model_copy(update={"blocks": blocks, "requests": _requests(blocks, plan.session, ())})


def plan_session(
    pair: Pair, session: Session, topic: Topic, shelf: Shelf, *, off_limits: tuple[str, ...] = ()
) -> Plan:
    """The plan of one session. Pure.

    ``off_limits`` holds both people's limits in one list; whose they are is not kept.
    """
    mentor = _read(pair, "mentor", topic, off_limits, shelf)
    executive = _read(pair, "executive", topic, off_limits, shelf)
    intent = leading_intent(executive)
    fmt = format_for(shelf, session.kind, session.format)
    build = _to_build(fmt, topic, session, executive) if fmt.hands_on else ()
    lengths = tuple(a.minutes for a in build) if fmt.hands_on else _try_minutes(topic, session, executive, intent)
    blocks = _blocks(fmt, session, _emphasis(shelf, intent), lengths)
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
        requests=_requests(blocks, session, build),
        off_limits=off_limits,
        fit_notes=fit_notes(pair, topic),
    )
