"""What each section's call says and what its answer is judged against: everything but the call itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guidegen.domain.chat import ChatRequest, Message
from guidegen.domain.formats import Shelf
from guidegen.domain.guide import Draft
from guidegen.domain.plan import WritingBrief
from guidegen.domain.topic import Topic
from guidegen.language.lexicon import Lexicon
from guidegen.writing.checking.foreign import runs
from guidegen.writing.checking.support import Weights
from guidegen.writing.model_checks import Asked, SlotAsked, evidence_texts, word_stock
from guidegen.writing.placeholders import Mask, Outgoing
from guidegen.writing.prompts import (
    SECTIONS,
    Line,
    MeetingLines,
    Prompts,
    Section,
    SectionContext,
    SlotLine,
    TopicLines,
)
from guidegen.writing.slots import Slot, slots_of

MAX_TOKENS: Mapping[Section, int] = {"primer": 4_000, "session": 8_000, "mentor_brief": 4_000, "executive_brief": 4_000}
"""Room for a model that thinks before it answers; the prompts ask for much less."""
_QUOTED = re.compile(r"“(.*)”")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the checks weigh words with; made once from the whole corpus."""

    weights: Weights
    words: frozenset[str]

    @classmethod
    def of(cls, topics: Iterable[Topic], shelf: Shelf) -> Ground:
        """The ground of a corpus: weights from what can be cited, words from everything that is written."""
        passages: list[str] = []
        rest: list[str] = list(_strings(shelf.model_dump()))
        for topic in topics:
            passages += evidence_texts((*topic.passages, *topic.misconceptions, *topic.terms)).values()
            rest += _strings(topic.model_dump())
        return cls(Weights.of(passages), word_stock(rest))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


@dataclass(frozen=True)
class Job:
    """One section's call, and the closed sets its answer is judged against."""

    section: Section
    request: ChatRequest
    asked: Asked
    slots: Mapping[str, Slot]
    mask: Mask
    personal: frozenset[tuple[str, ...]]
    """What the two wrote, in runs of words: it is written about, and not copied."""

    def schema(self, slot_ids: Sequence[str]) -> dict[str, Any]:
        """The answer's schema for these slots: ids of slots and of evidence are closed sets."""
        return answer_schema(slot_ids, tuple(self.asked.passages))


def answer_schema(slot_ids: Sequence[str], evidence_ids: Sequence[str]) -> dict[str, Any]:
    """A flat list of slots, as strict endpoints want it: every key required, none beside them."""
    slot = {
        "type": "object",
        "properties": {
            "slot_id": {"type": "string", "enum": list(slot_ids)},
            "text": {"type": "string"},
            "evidence": {"type": "array", "items": {"type": "string", "enum": list(evidence_ids)}},
        },
        "required": ["slot_id", "text", "evidence"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"slots": {"type": "array", "items": slot}},
        "required": ["slots"],
        "additionalProperties": False,
    }


def jobs_of(draft: Draft, brief: WritingBrief, prompts: Prompts, ground: Ground, withheld: Sequence[str] = ()) -> tuple[Job, ...]:
    """The calls a composed draft asks for, one a section; nothing is sent here.

    Raises SettingsError when a prompt is missing or broken.
    """
    mask = Mask.of(brief.pair, withheld)
    slots = [slot for slot in slots_of(draft, brief) if mask.sendable(slot.text)]
    masked = {slot.id: mask.hide(slot.text) for slot in slots}
    return tuple(_job(s, [x for x in slots if x.section == s], masked, brief, prompts, ground, mask) for s in SECTIONS)


def _job(
    section: Section, slots: Sequence[Slot], masked: Mapping[str, str], brief: WritingBrief, prompts: Prompts, ground: Ground, mask: Mask
) -> Job:
    topic = brief.topic
    context = _context(section, slots, masked, brief, mask)
    own = {slot.own for slot in slots}
    passages = evidence_texts((*topic.passages, *(m for m in topic.misconceptions if m.id in own)))
    request = ChatRequest(
        messages=(
            Message(role="system", text=prompts.render(f"{section}/system", context)),
            Message(role="user", text=prompts.render(f"{section}/user", context)),
        ),
        answer_schema=answer_schema([s.id for s in slots], tuple(passages)),
        schema_name=section,
        max_tokens=MAX_TOKENS[section],
    )
    ours = dict.fromkeys(part for kind in ("system", "user") for part in prompts.parts(f"{section}/{kind}"))
    instructions = "\n".join(map(prompts.source, ours))
    asked = Asked(
        slots={s.id: SlotAsked(s.id, s.kind, masked[s.id]) for s in slots},
        passages=passages,
        profiles=_known(context),
        language=context.language,
        off_limits=brief.plan.off_limits,
        lexicon=Lexicon(brief.shelf.bias),
        instructions=instructions,
        standing=dict(masked),
        weights=ground.weights,
        words=ground.words,
    )
    wrote = [t for one in (context.mentor, context.executive) for t in _texts(one)]
    personal = frozenset(run for text in wrote for run in runs(text))
    return Job(section, request, asked, {s.id: s for s in slots}, mask, personal)


def _context(section: Section, slots: Sequence[Slot], masked: Mapping[str, str], brief: WritingBrief, mask: Mask) -> SectionContext:
    topic, session = brief.topic, brief.plan.session
    decision = next((d for s in brief.evidence.chosen("decision") if (d := getattr(s.item, "question", None))), None)
    return SectionContext(
        language=session.language,
        topic=TopicLines(topic.title, topic.summary, topic.leadership_question),
        evidence=tuple(Line(p.id, f"{p.title}. {p.in_short}") for p in topic.passages),
        mentor=mask.person("mentor", topic.id, own=section == "mentor_brief"),
        executive=mask.person("executive", topic.id, own=section == "executive_brief"),
        session=MeetingLines(mask.hide(brief.plan.format.title), session.minutes, session.place),
        decision=mask.hide(decision) if decision else None,
        arrangements=mask.arrangements(brief.shelf.arrangements),
        avoid=mask.subjects_to_avoid(),
        near=_near(slots, topic),
        slots=tuple(SlotLine(s.id, s.kind, masked[s.id], _note(s, mask)) for s in slots),
    )


def _near(slots: Sequence[Slot], topic: Topic) -> tuple[Line, ...]:
    """The whole text of each passage that a slot must rest on; corrections stand in their slots already."""
    own = {slot.own for slot in slots}
    return tuple(Line(p.id, p.text) for p in topic.passages if p.id in own)


def _note(slot: Slot, mask: Mask) -> str:
    return _QUOTED.sub(lambda found: f"“{mask.hide(found[1])}”", slot.note)


def _known(context: SectionContext) -> tuple[str, ...]:
    """Everything personal that was said to the model: its names and numbers need no passage."""

    topic, session = context.topic, context.session
    said = [topic.title, topic.summary, topic.leadership_question, session.title, f"{session.minutes} minutes"]
    people = [t for one in (context.mentor, context.executive) for t in (one.placeholder, *_texts(one))]
    return (*people, *said, *((context.decision,) if context.decision else ()))


def _texts(one: Outgoing) -> list[str]:
    """What a profile says in free words."""
    return [*filter(None, (one.role, one.department, one.context)), *one.goals, *one.preferences]
