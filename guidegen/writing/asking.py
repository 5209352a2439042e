"""What each section's call says and what its answer is judged against: everything but the call itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guidegen.domain.chat import ChatRequest, Message
from guidegen.domain.guide import Draft
from guidegen.domain.plan import WritingBrief
from guidegen.domain.topic import Topic
from guidegen.language.lexicon import Lexicon
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
    def of(cls, topics: Iterable[Topic]) -> Ground:
        """The ground of a corpus."""
        texts: list[str] = []
        rest: list[str] = []
        for topic in topics:
            texts += evidence_texts((*topic.passages, *topic.misconceptions, *topic.terms)).values()
            rest += [q.text for q in topic.questions] + [o.text for o in topic.outcomes]
        return cls(Weights.of(texts), word_stock([*texts, *rest]))


@dataclass(frozen=True)
class Job:
    """One section's call, and the closed sets its answer is judged against."""

    section: Section
    request: ChatRequest
    asked: Asked
    slots: Mapping[str, Slot]
    mask: Mask

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
    passages = evidence_texts((*topic.passages, *topic.misconceptions))
    request = ChatRequest(
        messages=(
            Message(role="system", text=prompts.render(f"{section}/system", context)),
            Message(role="user", text=prompts.render(f"{section}/user", context)),
        ),
        answer_schema=answer_schema([s.id for s in slots], tuple(passages)),
        schema_name=section,
        max_tokens=MAX_TOKENS[section],
    )
    instructions = "\n".join(prompts.source(part) for part in prompts.parts(f"{section}/system"))
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
    return Job(section, request, asked, {s.id: s for s in slots}, mask)


def _context(section: Section, slots: Sequence[Slot], masked: Mapping[str, str], brief: WritingBrief, mask: Mask) -> SectionContext:
    topic, session = brief.topic, brief.plan.session
    decision = next((d for s in brief.evidence.chosen("decision") if (d := getattr(s.item, "question", None))), None)
    return SectionContext(
        language=session.language,
        topic=TopicLines(topic.title, topic.summary, topic.leadership_question),
        evidence=_evidence(section, topic),
        mentor=mask.person("mentor", topic.id, own=section == "mentor_brief"),
        executive=mask.person("executive", topic.id, own=section == "executive_brief"),
        session=MeetingLines(mask.hide(brief.plan.format.title), session.minutes, session.place),
        decision=mask.hide(decision) if decision else None,
        arrangements=mask.arrangements(brief.shelf.arrangements),
        avoid=mask.subjects_to_avoid(),
        slots=tuple(SlotLine(s.id, s.kind, masked[s.id], _note(s, mask)) for s in slots),
    )


def _evidence(section: Section, topic: Topic) -> tuple[Line, ...]:
    """The topic's passages, the same for every pair: whole for the primer, which states facts, else in short."""
    lines = [Line(p.id, f"{p.title}. {p.text if section == 'primer' else p.in_short}") for p in topic.passages]
    return (*lines, *(Line(m.id, f"Often said: “{m.claim}”. {m.correction}") for m in topic.misconceptions))


def _note(slot: Slot, mask: Mask) -> str:
    return _QUOTED.sub(lambda found: f"“{mask.hide(found[1])}”", slot.note)


def _known(context: SectionContext) -> tuple[str, ...]:
    """Everything personal that was said to the model: its names and numbers need no passage."""

    def of(one: Outgoing) -> list[str]:
        return [one.placeholder, *filter(None, (one.role, one.department, one.context)), *one.goals, *one.preferences]

    topic, session = context.topic, context.session
    said = [topic.title, topic.summary, topic.leadership_question, session.title, f"{session.minutes} minutes"]
    return (*of(context.mentor), *of(context.executive), *said, *((context.decision,) if context.decision else ()))
