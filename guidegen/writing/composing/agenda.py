"""The agenda: the plan's blocks with their steps, the questions asked in each, and the rescue version."""

from __future__ import annotations

from collections.abc import Sequence

from guidegen.domain.formats import Block
from guidegen.domain.guide import Agenda, AgendaBlock, PrintedQuestion, Rescue
from guidegen.domain.plan import BlockPlan
from guidegen.domain.topic import Stage
from guidegen.language.grammar import fill
from guidegen.writing.composing.desk import Desk

STAGES_OF: dict[str, tuple[Stage, ...]] = {
    "topic": ("open", "explore"),
    "decide": ("challenge",),
    "try": ("try",),
    "reflect": ("reflect",),
}


def _framed(desk: Desk, block: Block) -> list[str]:
    session = desk.brief.plan.session
    steps = [
        step.text
        for step in block.steps
        if step.place in (None, session.place) and step.from_minutes <= session.minutes
    ]
    return [text for text in (fill(step, desk.slots()) for step in steps) if text]


def _steps(desk: Desk, block: Block) -> list[str]:
    """The format's own steps, and what this guide's decision, activity or history adds."""
    steps = _framed(desk, block)
    history = desk.brief.plan.session.history
    if block.kind == "decide" and desk.decision:
        steps.insert(0, f"The decision on the table: {desk.decision.question}")
    elif block.kind == "try" and desk.activity:
        activity = desk.activity
        steps = [f"{activity.title} ({activity.minutes} minutes). {activity.setup}", *steps]
    elif block.kind == "give-back" and desk.give_back:
        steps.insert(0, f"{desk.names['mentor']} asks: {desk.give_back.ask}")
    elif block.kind == "last-actions":
        steps += [f"{desk.name(action.who)}: {action.text}" for action in history.actions]
    return steps


def _block(desk: Desk, planned: BlockPlan, questions: Sequence[str], *, prefix: str = "") -> AgendaBlock:
    block = planned.block
    slots = desk.slots()
    return AgendaBlock(
        id=f"{prefix}{block.id}",
        start=planned.start,
        minutes=planned.minutes,
        title=fill(block.title, slots) or block.title,
        lead=block.lead,
        purpose=fill(block.purpose, slots) or block.purpose,
        steps=tuple(_steps(desk, block)),
        say=tuple(text for text in (fill(line, slots) for line in block.say) if text),
        questions=tuple(questions),
        activity=desk.activity.id if block.kind == "try" and desk.activity else None,
    )


def place_questions(desk: Desk, questions: Sequence[PrintedQuestion]) -> dict[str, list[str]]:
    """Block id to ids of the main questions asked there; what has no block of its own goes to the topic."""
    blocks = desk.brief.plan.blocks
    home = next((b for b in blocks if b.block.kind == "topic"), blocks[0])
    placed: dict[str, list[str]] = {b.block.id: [] for b in blocks}
    for question in questions:
        if question.if_time:
            continue
        kinds = [kind for kind, stages in STAGES_OF.items() if question.stage in stages]
        block = next((b for b in blocks if b.block.kind in kinds), home)
        placed[block.block.id].append(question.id)
    return placed


def compose_agenda(desk: Desk, questions: Sequence[PrintedQuestion]) -> Agenda:
    """The time-boxed plan; minutes come from the plan and are never touched here (R12)."""
    placed = place_questions(desk, questions)
    return Agenda(blocks=tuple(_block(desk, b, placed[b.block.id]) for b in desk.brief.plan.blocks))


def compose_rescue(desk: Desk, questions: Sequence[PrintedQuestion]) -> Rescue:
    """The 15-minute version (R30): the one question that serves the decision, one action, a date."""
    ranks = {s.item.id: s.score for s in desk.brief.evidence.chosen("questions")}
    main = [q for q in questions if not q.if_time]
    deep = [q for q in main if q.stage in ("challenge", "explore")]
    best = max(deep or main, key=lambda q: (ranks.get(q.id, 0.0), q.id), default=None)
    blocks = []
    for planned in desk.brief.plan.rescue_blocks:
        asked = [best.id] if best and planned.block.kind == "topic" else []
        blocks.append(_block(desk, planned, asked, prefix="rescue/"))
    line = desk.line("rescue.intro", "rescue/intro")
    return Rescue(
        minutes=sum(b.minutes for b in blocks),
        text=line.text if line else "When the hour is gone, keep the appointment and use these minutes.",
        blocks=tuple(blocks),
    )
