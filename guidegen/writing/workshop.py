"""A workshop in words: the format's texts filled in, the topic's items printed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from guidegen.domain.formats import Worksheet, WorkshopFormat
from guidegen.domain.guide import (
    AgreementItem,
    Fact,
    Printed,
    PrintedFollowUp,
    Provenance,
    PulseQuestion,
    SendAhead,
)
from guidegen.domain.plan import BlockPlan, Evidence
from guidegen.domain.topic import GiveBack, Outcome, Passage, Question, Source, Topic
from guidegen.domain.workshop import (
    COMING_AND_GOING,
    Sheet,
    Side,
    Trouble,
    WorkshopBlock,
    WorkshopOutcome,
    WorkshopPlan,
    WorkshopQuestion,
    WorkshopView,
)
from guidegen.language.counting import group_sizes_in_words, in_words
from guidegen.language.grammar import fill
from guidegen.writing.finish import source_cards, topic_card
from guidegen.writing.framing import in_sentence

CONTENT_LABEL = (
    "This workshop touches subjects that can be painful. Anybody may pass on any question, sit out any round, or "
    "leave the room, without giving a reason."
)
SIDES: Mapping[str, Side] = {"executive": "learning", "mentor": "knowing", "both": "everyone"}
ASKED_BY: Mapping[str, Side] = {"executive_asks": "learning", "mentor_asks": "knowing", "both": "everyone"}


class _Text:
    """Fills the format's slots for one plan."""

    def __init__(self, topic: Topic, plan: WorkshopPlan) -> None:
        minutes = {b.block.kind: b.minutes for b in plan.blocks}
        self.slots: dict[str, str | None] = {
            "topic": in_sentence(topic.title),
            "minutes": str(plan.minutes),
            "participants": str(plan.participants),
            "groups": in_words(len(plan.groups)),
            "sizes": group_sizes_in_words(plan.groups),
            "object": plan.object.name,
            "thing": plan.object.thing,
            "daily": plan.object.daily,
            "decide": plan.object.decide,
            "time": str(minutes.get("try", plan.minutes)),
            "each": in_words((minutes.get("show", 0) - COMING_AND_GOING) // len(plan.groups)),
        }

    def __call__(self, text: str, **more: str) -> str:
        return fill(text, {**self.slots, **more}) or text

    def all(self, texts: Iterable[str], **more: str) -> tuple[str, ...]:
        return tuple(self(text, **more) for text in texts)


def _facts(evidence: Evidence, topic: Topic, on: date) -> tuple[Fact, ...]:
    order = {p.id: n for n, p in enumerate(topic.passages)}
    chosen = [s.item for s in evidence.chosen("facts") if isinstance(s.item, Passage)]
    return tuple(
        Fact(
            id=p.id,
            text=p.in_short,
            evidence=tuple(dict.fromkeys(c.source for c in p.citations)),
            as_of=p.as_of,
            contested=p.contested,
            stale=bool((due := p.due(topic)) and due < on),
        )
        for p in sorted(chosen, key=lambda p: order[p.id])
    )


def _questions(evidence: Evidence, request: str) -> list[WorkshopQuestion]:
    found = []
    for item in (s.item for s in evidence.chosen(request)):
        if isinstance(item, Question):
            follow_ups = tuple(PrintedFollowUp.model_validate(f.model_dump(by_alias=True)) for f in item.follow_ups)
            found.append(
                WorkshopQuestion(id=item.id, text=item.text, side=ASKED_BY[item.direction], follow_ups=follow_ups)
            )
        elif isinstance(item, GiveBack):
            found.append(WorkshopQuestion(id=item.id, text=item.ask, side="deciding"))
    return found


def _placed(evidence: Evidence) -> dict[str, list[WorkshopQuestion]]:
    """Block kind to the questions asked there, in the order in which the tables meet them."""
    stages = {s.item.id: s.item.stage for s in evidence.chosen("questions/everyone") if isinstance(s.item, Question)}
    everyone = _questions(evidence, "questions/everyone")
    first = [q for q in everyone if stages[q.id] != "reflect"]
    return {
        "topic": [*first, *_questions(evidence, "questions/learning"), *_questions(evidence, "questions/knowing")],
        "give-back": _questions(evidence, "turn"),
        "reflect": [q for q in everyone if q not in first],
    }


def _outcomes(fmt: WorkshopFormat, evidence: Evidence, text: _Text) -> tuple[WorkshopOutcome, ...]:
    """What each side learns: from this topic, then what holds for every workshop."""
    found = [
        WorkshopOutcome(id=o.id, text=o.text, side=SIDES[o.who], evidence_of_learning=o.evidence_of_learning)
        for request in ("outcomes/learning", "outcomes/knowing")
        for o in (s.item for s in evidence.chosen(request))
        if isinstance(o, Outcome)
    ]
    found += [
        WorkshopOutcome(
            id=f"aim/{a.id}", text=text(a.text), side=SIDES[a.who], evidence_of_learning=text(a.evidence_of_learning)
        )
        for a in fmt.aims
    ]
    order = tuple(SIDES.values())
    return tuple(sorted(found, key=lambda o: order.index(o.side)))


def _block(planned: BlockPlan, plan: WorkshopPlan, text: _Text, asked: Sequence[WorkshopQuestion]) -> WorkshopBlock:
    block = planned.block
    here = {"time": str(planned.minutes)}
    return WorkshopBlock(
        id=block.id,
        start=planned.start,
        minutes=planned.minutes,
        title=text(block.title),
        setting=block.setting,
        purpose=text(block.purpose),
        steps=text.all((s.text for s in block.steps if s.from_minutes <= plan.minutes), **here),
        say=text.all(block.say, **here),
        questions=tuple(q.id for q in asked),
    )


def _printed(prefix: str, texts: Iterable[str]) -> tuple[Printed, ...]:
    return tuple(Printed(id=f"{prefix}/{n}", text=text) for n, text in enumerate(texts, start=1))


def _sheet(name: str, sheet: Worksheet, text: _Text) -> Sheet:
    return Sheet(
        id=name, title=text(sheet.title), intro=text(sheet.intro), lines=_printed(name, text.all(sheet.lines))
    )


def compose_workshop(
    fmt: WorkshopFormat,
    topic: Topic,
    plan: WorkshopPlan,
    evidence: Evidence,
    sources: Mapping[str, Source],
    provenance: Provenance,
) -> WorkshopView:
    """The facilitator's guide, whole."""
    text = _Text(topic, plan)
    placed = _placed(evidence)
    facts = _facts(evidence, topic, plan.on or provenance.made_on)
    message = fmt.send_ahead
    return WorkshopView(
        topic=topic_card(topic, CONTENT_LABEL),
        title=f"{text(fmt.title)} for {plan.participants} people",
        on=plan.on,
        participants=plan.participants,
        groups=plan.groups,
        minutes=plan.minutes,
        object=plan.object,
        prepare=_printed("prepare", text.all(fmt.prepare)),
        materials=_printed("materials", text.all(fmt.materials)),
        house_rules=tuple(
            AgreementItem(id=f"rule/{a.id}", title=text(a.title), text=text(a.text), options=a.options)
            for a in fmt.agreement
        ),
        facts=facts,
        agenda=tuple(_block(b, plan, text, placed.get(b.block.kind, ())) for b in plan.blocks),
        questions=tuple(q for kind in ("topic", "give-back", "reflect") for q in placed[kind]),
        outcomes=_outcomes(fmt, evidence, text),
        troubles=tuple(
            Trouble(id=f"trouble/{r.id}", when=text(r.when), say=text(r.say)) for r in fmt.repair_lines
        ),
        task=_sheet("task", fmt.task, text),
        harvest=_sheet("harvest", fmt.harvest, text),
        invitation=SendAhead(
            id="invitation",
            subject=text(message.subject) if message else f"Workshop: {topic.title}",
            text=text(message.text) if message else topic.summary,
        ),
        pulse=tuple(PulseQuestion(id=f"pulse/{p.id}", text=text(p.text), scale=p.scale) for p in fmt.pulse),
        sources=source_cards((e for fact in facts for e in fact.evidence), topic, sources),
        warnings=evidence.warnings,
        provenance=provenance,
    )
