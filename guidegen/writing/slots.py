"""The slots of a draft: which texts a model may change, and the draft with those changed.

One walk over the draft does both, so what can be read is what can be written. Minutes, ids, order,
who leads, who asks, sources and everything that has no slot pass through untouched: facts of the two
people's work, the agreement, lines for hard moments (R18), dates, whatever somebody wrote for
themselves, and every line that quotes a question or a title which has its own slot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from guidegen.domain.frozen import Who
from guidegen.domain.guide import (
    AgendaBlock,
    Brief,
    BriefPart,
    ChecklistItem,
    Cited,
    Draft,
    FillIn,
    Primer,
    Printed,
    PrintedArtefact,
    PrintedQuestion,
)
from guidegen.domain.plan import WritingBrief
from guidegen.domain.topic import Direction, Stage
from guidegen.writing.model_checks import SlotKind
from guidegen.writing.prompts import Section

PrintedT = TypeVar("PrintedT", bound=Printed)
CitedT = TypeVar("CitedT", bound=Cited)
OPEN_KINDS = ("topic", "decide", "try", "give-back")
"""Kinds of blocks whose words may change; the others carry what must be said as it is (R6-R8, R16, R17)."""
NEW_QUESTIONS: tuple[tuple[Who, Direction, Stage], ...] = (
    ("executive", "executive_asks", "explore"),
    ("mentor", "mentor_asks", "explore"),
)
NEW_WHY = "It comes from the goals the two of you wrote down."
MAX_SOURCES = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for words. ``own``: the one passage it must rest on; ``cites``: it must name one."""

    id: str
    section: Section
    kind: SlotKind
    text: str
    note: str = ""
    own: str | None = None
    cites: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """A text that may stand, with the passages it rests on; names are back in it."""

    text: str
    evidence: tuple[str, ...] = ()


@dataclass
class _Pen:
    """Goes over the draft: notes every slot, and puts an accepted text in its place."""

    accepted: Mapping[str, Accepted]
    sources: Mapping[str, tuple[str, ...]]
    slots: list[Slot] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)

    def write(
        self, section: Section, slot_id: str, kind: SlotKind, text: str, note: str = "", *, own: str | None = None, cites: bool = False
    ) -> str:
        """The text that stands in this slot from now on."""
        self.slots.append(Slot(slot_id, section, kind, text, note, own, cites))
        found = self.accepted.get(slot_id)
        return found.text if found else text

    def printed(self, section: Section, slot_id: str, kind: SlotKind, item: PrintedT, note: str = "", *, own: str | None = None) -> PrintedT:
        """A printed item with what stands in its slot."""
        text = self.write(section, slot_id, kind, item.text, note, own=own)
        return item if text == item.text else item.model_copy(update={"text": text, "origin": "model"})

    def cited(self, slot_id: str, item: CitedT) -> CitedT:
        """The item with the leading source of each passage newly cited for it; none ever goes."""
        found = self.accepted.get(slot_id)
        more = self.of(found.evidence) if found else ()
        both = tuple(dict.fromkeys((*item.evidence, *more)))
        return item.model_copy(update={"evidence": both}) if both != item.evidence else item

    def of(self, passages: Iterable[str]) -> tuple[str, ...]:
        """The leading source of each passage."""
        return tuple(dict.fromkeys(s for p in passages for s in self.sources.get(p, ())[:1]))[:MAX_SOURCES]


def slots_of(draft: Draft, brief: WritingBrief) -> tuple[Slot, ...]:
    """Every slot of the draft, in reading order."""
    pen = _Pen({}, {})
    _walk(draft, brief, pen)
    return tuple(pen.slots)


def apply(draft: Draft, brief: WritingBrief, accepted: Mapping[str, Accepted]) -> Draft:
    """The draft with the accepted texts in their slots; unknown ids change nothing."""
    sources = {p.id: tuple(c.source for c in p.citations) for p in brief.topic.passages}
    sources |= {m.id: tuple(c.source for c in m.citations) for m in brief.topic.misconceptions}
    pen = _Pen(accepted, sources)
    return _carried(_walk(draft, brief, pen), pen.moved)


def _walk(draft: Draft, brief: WritingBrief, pen: _Pen) -> Draft:
    quoted = _quoted(draft)
    return draft.model_copy(
        update={
            "primer": _primer(draft.primer, pen),
            "agenda": draft.agenda.model_copy(update={"blocks": _blocks(draft, brief, pen, quoted)}),
            "questions": _questions(draft, pen),
            "artefact": _artefact(draft.artefact, pen) if draft.artefact else None,
            "activity": draft.activity,
            "checklist": tuple(_outcome(item, pen) for item in draft.checklist),
            "mentor_brief": _brief(draft.mentor_brief, "mentor_brief", pen, quoted),
            "executive_brief": _brief(draft.executive_brief, "executive_brief", pen, quoted),
        }
    )


def _quoted(draft: Draft) -> tuple[str, ...]:
    """Texts that stand in other texts as quotes: such a line would go astray when one of them changes."""
    found = [q.text for q in draft.questions]
    found += [draft.artefact.decision, draft.artefact.text] if draft.artefact else []
    found += [draft.activity.text] if draft.activity else []
    found += [draft.give_back.ask, draft.give_back.text] if draft.give_back else []
    return tuple(found)


def _primer(primer: Primer, pen: _Pen) -> Primer:
    s: Section = "primer"
    why = tuple(
        line if line.id == "primer/why/work" else pen.printed(s, line.id, "line", line, "why this meeting") for line in primer.why
    )
    for before, after in zip(primer.why, why, strict=True):
        if before.id == "primer/why/bridge" and after.text != before.text:
            pen.moved[before.text] = after.text  # the page the two fill in prints it as well
    return primer.model_copy(
        update={
            "why": why,
            "facts": tuple(pen.printed(s, f"fact/{f.id}", "fact", f, f"cite {f.id}", own=f.id) for f in primer.facts),
            "misconceptions": tuple(
                pen.printed(s, f"correction/{m.id}", "correction", m, f"what is true instead of “{m.claim}”; cite {m.id}", own=m.id)
                for m in primer.misconceptions
            ),
            "self_check": tuple(pen.printed(s, c.id, "line", c, "to ask oneself before") for c in primer.self_check),
        }
    )


def _blocks(draft: Draft, brief: WritingBrief, pen: _Pen, quoted: tuple[str, ...]) -> tuple[AgendaBlock, ...]:
    kinds = {b.block.id: b.block.kind for b in brief.plan.blocks}
    found = []
    for block in draft.agenda.blocks:
        if kinds.get(block.id) not in OPEN_KINDS:
            found.append(block)
            continue
        at = f"agenda/{block.id}"
        purpose = pen.write("session", f"{at}/purpose", "line", block.purpose, f"purpose of “{block.title}”")
        steps = tuple(
            step if any(q in step for q in quoted) else pen.write("session", f"{at}/step/{n}", "step", step)
            for n, step in enumerate(block.steps, start=1)
        )
        say = tuple(
            line if any(q in line for q in quoted) else pen.write("session", f"{at}/say/{n}", "say", line)
            for n, line in enumerate(block.say, start=1)
        )
        new = block.model_copy(update={"purpose": purpose, "steps": steps, "say": say})
        found.append(new if new == block else new.model_copy(update={"origin": "model"}))
    return tuple(found)


def _questions(draft: Draft, pen: _Pen) -> tuple[PrintedQuestion, ...]:
    found = []
    for q in draft.questions:
        asks = f"asked by {q.asked_by.upper()}" if q.asked_by != "both" else "asked by both"
        new = pen.printed("session", f"question/{q.id}", "question", q, asks)
        if new.text != q.text:
            pen.moved[q.text] = new.text
        why = pen.write("session", f"why/{q.id}", "line", q.why_for_you, "why for these two")
        if why != q.why_for_you:
            new = new.model_copy(update={"why_for_you": why, "origin": "model"})
        found.append(pen.cited(f"question/{q.id}", new))
    for n, (who, direction, stage) in enumerate(NEW_QUESTIONS, start=1):
        asked = f"new/{n}"
        text = pen.write("session", asked, "question", "", f"a new question, asked by {who.upper()}", cites=True)
        why = pen.write("session", f"{asked}/why", "line", "", f"why {asked} for these two")
        evidence = pen.of(pen.accepted[asked].evidence) if asked in pen.accepted else ()
        if text and why and evidence:
            found.append(
                PrintedQuestion(
                    id=f"question/{asked}", text=text, origin="model", direction=direction, stage=stage, asked_by=who,
                    why=NEW_WHY, why_for_you=why, if_time=True, evidence=evidence,
                )
            )
    return tuple(found)


def _artefact(page: PrintedArtefact, pen: _Pen) -> PrintedArtefact:
    lines = tuple(_example(line, n, pen) for n, line in enumerate(page.lines, start=1))
    return page if lines == page.lines else page.model_copy(update={"lines": lines, "origin": "model"})


def _example(line: FillIn, number: int, pen: _Pen) -> FillIn:
    if line.example is None:
        return line
    text = pen.write("session", f"page/{number}/example", "line", line.example, f"example for “{line.text}”")
    return line.model_copy(update={"example": text})


def _outcome(item: ChecklistItem, pen: _Pen) -> ChecklistItem:
    new = pen.printed("session", f"outcome/{item.id}", "outcome", item, f"shown by {item.who.upper()}")
    sign = pen.write("session", f"sign/{item.id}", "line", item.evidence_of_learning, "how the other can tell")
    if sign != item.evidence_of_learning:
        new = new.model_copy(update={"evidence_of_learning": sign, "origin": "model"})
    return pen.cited(f"outcome/{item.id}", new)


FIXED_PARTS = ("goals", "repair", "own")
FIXED_LINES = ("/work", "/prepare/facts")


def _brief(whole: Brief, section: Section, pen: _Pen, quoted: tuple[str, ...]) -> Brief:
    prefix = f"brief/{whole.for_}"
    parts = []
    for part in whole.parts:
        name = part.id.removeprefix(f"{prefix}/")
        if name in FIXED_PARTS:
            parts.append(part)
            continue
        lines = [
            line
            if line.id.endswith(FIXED_LINES) or "/fit/" in line.id or any(q in line.text for q in quoted)
            else pen.printed(section, line.id, "line", line, f"under “{part.title}”")
            for line in part.lines
        ]
        if name == "prepare":
            lines += _new_line(section, f"{prefix}/prepare/new", part, pen)
        parts.append(part.model_copy(update={"lines": tuple(lines)}))
    return whole.model_copy(update={"parts": tuple(parts)})


def _new_line(section: Section, slot_id: str, part: BriefPart, pen: _Pen) -> list[Printed]:
    text = pen.write(section, slot_id, "line", "", f"one more line under “{part.title}”")
    return [Printed(id=slot_id, text=text, origin="model")] if text else []


def _carried(draft: Draft, moved: Mapping[str, str]) -> Draft:
    """The draft in which every quote of a changed text says what the text now says."""
    if not moved:
        return draft

    def now(item: PrintedT) -> PrintedT:
        text = item.text
        for before, after in moved.items():
            text = text.replace(before, after)
        return item if text == item.text else item.model_copy(update={"text": text, "origin": "model"})

    def brief(whole: Brief) -> Brief:
        parts = (p.model_copy(update={"lines": tuple(map(now, p.lines))}) for p in whole.parts)
        return whole.model_copy(update={"parts": tuple(parts)})

    page = draft.artefact
    if page and page.bridge in moved:
        page = page.model_copy(update={"bridge": moved[page.bridge], "origin": "model"})
    return draft.model_copy(
        update={
            "primer": draft.primer.model_copy(update={"bring": tuple(map(now, draft.primer.bring))}),
            "artefact": page,
            "send_ahead": now(draft.send_ahead),
            "mentor_brief": brief(draft.mentor_brief),
            "executive_brief": brief(draft.executive_brief),
        }
    )
