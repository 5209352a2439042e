"""Making ONE guide: route, plan, gather, write, finish. CLI, API and programmes call this.

A model's texts are checked while they are written (writing/model.py); what the composed writer makes is
held by the same kind of checks in the tests (writing/checks.py), not anew at every run.

Everything outside is handed in as ``Parts`` by ``wiring``; the day is an argument.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from guidegen.domain.chat import Deadline
from guidegen.domain.fingerprint import fingerprint
from guidegen.domain.guide import Guide
from guidegen.domain.people import Pair, Person, Skill
from guidegen.domain.plan import WritingBrief
from guidegen.domain.ports import Index, Library, Writer
from guidegen.domain.session import Session
from guidegen.domain.topic import Activity, Topic
from guidegen.domain.views import PrimerView, cut_primer
from guidegen.errors import TopicOffLimits, TopicUnknown
from guidegen.language.offlimits import expanded, touches
from guidegen.planning import plan_session, retimed
from guidegen.retrieval.gather import gather
from guidegen.retrieval.routing import nearest, route
from guidegen.writing.composed import ComposedWriter
from guidegen.writing.finish import finish

RULES = "1"
"""The version of our own rules: moves whenever the same inputs would give another guide."""


@dataclass(frozen=True)
class Parts:
    """What a guide is made with; built once by ``wiring`` and shared by threads."""

    library: Library
    index: Index
    writer: Writer
    deadline: Callable[[], Deadline] | None = None
    """Makes the one deadline of a guide; without a model none is needed."""


def find_topic(parts: Parts, asked: str) -> Topic:
    """The topic with this id, or the one that free text is about.

    Raises TopicUnknown with the nearest ids when nothing fits; that is an answer, not a guess.
    """
    topics = parts.library.topics
    if asked in topics:
        return topics[asked]
    routing = route(parts.index, parts.library, asked)
    if routing.answered:
        return topics[routing.topics[0][0]]
    close = nearest(parts.library, asked) or tuple(topic for topic, _ in routing.topics[:3])
    raise TopicUnknown(
        f"No topic fits '{asked[:80]}'.",
        nearest=close,
        remedy=f"Nearest: {', '.join(close)}. `guidegen topics` lists them all." if close else "",
    )


def _off_limits(topic: Topic, pair: Pair, library: Library) -> tuple[str, ...]:
    """What the pair keeps out, with the other words for it. Raises TopicOffLimits if that is the topic."""
    limits = expanded((*pair.mentor.off_limits, *pair.executive.off_limits), library.topics.values())
    names = (topic.id.replace("-", " "), topic.title, *topic.aliases)
    if any(touches(name, limits) for name in names):
        raise TopicOffLimits(
            f"This pair keeps a subject out that '{topic.title}' is about.",
            remedy="Choose another topic; `guidegen topics` lists them.",
        )
    return limits


def request_id(pair: Pair, topic: str, session: Session, parts: Parts) -> str:
    """The hash of what was asked. E-mail and private notes are not part of what may be used."""
    hidden = {"email", "private_notes"}
    return fingerprint(
        pair.id,
        pair.mentor.model_dump(mode="json", exclude=hidden),
        pair.executive.model_dump(mode="json", exclude=hidden),
        topic,
        session,
        parts.library.fingerprint,
        parts.writer.name,
        RULES,
    )


def brief_for(parts: Parts, pair: Pair, topic: str, session: Session, *, today: date) -> WritingBrief:
    """Routed, planned and gathered: everything a writer may use. Raises as ``make_guide`` does."""
    found = find_topic(parts, topic)
    limits = _off_limits(found, pair, parts.library)
    shelf = parts.library.shelf
    plan = plan_session(pair, session, found, shelf, off_limits=limits)
    evidence = gather(plan, pair, found, parts.index, today)
    activity = next((s.item for s in evidence.chosen("activity") if isinstance(s.item, Activity)), None)
    if activity and (tighter := retimed(plan, activity.minutes, shelf)) is not plan:
        plan, evidence = tighter, gather(tighter, pair, found, parts.index, today)
    return WritingBrief(pair=pair, topic=found, shelf=shelf, plan=plan, evidence=evidence)


def make_guide(parts: Parts, pair: Pair, topic: str, session: Session, *, today: date) -> Guide:
    """The guide for ``pair`` on ``topic`` (an id, or free text) in ``session``.

    Raises TopicUnknown, TopicOffLimits or SessionError; never returns part of a guide.
    """
    deadline = parts.deadline() if parts.deadline else None
    brief = brief_for(parts, pair, topic, session, today=today)
    return finish(
        parts.writer.write(brief, deadline),
        brief,
        parts.library.sources,
        request_id=request_id(pair, brief.topic.id, session, parts),
        corpus=parts.library.fingerprint,
        rules=RULES,
        writer=parts.writer.name,
        made_on=today,
    )


def make_primer(
    parts: Parts, executive: Person, topic: str, session: Session, *, today: date, mentor: Person | None = None
) -> PrimerView:
    """The one-page primer for ``executive``, with or without a mentor already named."""
    found = find_topic(parts, topic)
    someone = mentor or Person(id="mentor-to-be-named", name="your mentor", teaches={found.id: Skill(level=3)})
    pair = Pair(id=f"primer-{executive.id}", mentor=someone, executive=executive)
    alone = replace(parts, writer=ComposedWriter(), deadline=None)  # a page on its own is worth no model's calls
    guide = make_guide(alone, pair, found.id, session, today=today)
    return cut_primer(guide, with_mentor=mentor is not None)



