"""The parts of a guide's sheet, each made by the method named after it, in the order of ``ORDER``.

Nothing else decides the order. Who may see what was decided before, when the view was cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from guidegen.domain.guide import AgendaBlock, Brief, Fact, Primer, PrintedQuestion
from guidegen.domain.views import GuideView
from guidegen.rendering import sheet as s
from guidegen.rendering.citing import Numbers
from guidegen.rendering.clean import one_line, paragraphs
from guidegen.rendering.words import TITLES, Names, clock, day, listed

ORDER: dict[str, tuple[str, ...]] = {
    "mentor": (
        "brief", "objectives", "agenda", "questions", "artefact", "activity", "checklist", "give_back",
        "rescue", "send_ahead", "commitments", "next", "facts",
    ),
    "executive": (
        "primer", "brief", "objectives", "agenda", "questions", "artefact", "checklist", "rescue", "commitments",
        "next",
    ),
    "shared": (
        "objectives", "agenda", "questions", "artefact", "activity", "checklist", "agreement", "commitments",
        "next", "pulse",
    ),
    "full": (
        "objectives", "fit_notes", "primer", "brief", "agenda", "questions", "artefact", "activity",
        "checklist", "give_back", "agreement", "rescue", "send_ahead", "commitments", "next", "pulse",
    ),
}  # fmt: skip
"""Which parts each copy has, in order. The three copies are read side by side: what lies on the table
(the page to fill in, the agreement, the pulse) is in the shared copy only."""
LEFT_OUT: dict[str, frozenset[str]] = {
    "mentor": frozenset({"blanks"}),
    "executive": frozenset({"blanks", "bridge", "steps", "say", "why", "follow_ups", "how"}),
    "shared": frozenset({"say", "why", "follow_ups", "trade_offs", "bridge"}),
    "full": frozenset(),
}
"""What a copy does not need of a part: who leads needs the steps, who reads before needs the reasons.
Four pages are what people read before a meeting; a copy that says everything is not read at all."""
_BLANK = re.compile(r"_{2,}")


def blank_line(text: str, example: str | None = None, *, always: bool = False) -> s.Blank:
    """A text cut at its blanks; ``always`` puts one at the end of a text that has none."""
    pieces = tuple(one_line(piece) for piece in _BLANK.split(text))
    if always and len(pieces) == 1:
        pieces = (*pieces, "")
    return s.Blank(pieces=pieces, example=one_line(example) if example else None)


def _lines(items: Iterable[Any]) -> tuple[str, ...]:
    return tuple(one_line(item if isinstance(item, str) else item.text) for item in items)


def fact_line(fact: Fact, numbers: Numbers) -> s.Line:
    """A fact with its date and its marks."""
    marks = []
    if fact.as_of:
        marks.append(s.Mark(kind="as-of", text=f"as of {day(fact.as_of)}"))
    if fact.contested:
        marks.append(s.Mark(kind="contested", text="contested"))
    if fact.stale:
        marks.append(s.Mark(kind="stale", text="due for a new look"))
    return s.Line(text=one_line(fact.text), cites=numbers.of(fact.evidence), marks=tuple(marks))


def primer_part(primer: Primer, numbers: Numbers, title: str) -> s.PrimerPart:
    """The one page before the meeting; its citations are numbered as they come."""
    return s.PrimerPart(
        title=title,
        why=_lines(primer.why),
        facts=tuple(fact_line(fact, numbers) for fact in primer.facts),
        terms=tuple(
            s.Pairing(first=one_line(t.term), second=one_line(t.text), cites=numbers.of(t.evidence))
            for t in primer.terms
        ),
        misconceptions=tuple(
            s.Pairing(first=one_line(m.claim), second=one_line(m.text), cites=numbers.of(m.evidence))
            for m in primer.misconceptions
        ),
        bring=_lines(primer.bring),
        behave=_lines(primer.behave),
        avoid=one_line(primer.avoid.text),
        self_check=_lines(primer.self_check),
    )


class Parts:
    """Builds the parts of one view, each by the method named like the part."""

    def __init__(self, view: GuideView) -> None:
        self.view = view
        self.names = Names(view.pair.mentor.name, view.pair.executive.name)
        self.numbers = Numbers(view.sources)
        main = [q for q in view.questions if not q.if_time]
        later = [q for q in view.questions if q.if_time]
        self.main, self.later = main, later
        self.left_out = LEFT_OUT[view.view]
        self.question_number = {q.id: n for n, q in enumerate([*main, *later], start=1)}

    def all(self) -> tuple[s.Part, ...]:
        """The parts that have something in them, in the audience's order."""
        found: list[s.Part] = []
        for kind in ORDER[self.view.view]:
            make: Callable[[], s.Part | Sequence[s.Part] | None] = getattr(self, f"_{kind}")
            part = make()
            if isinstance(part, tuple | list):
                found.extend(part)
            elif part is not None:
                found.append(part)  # type: ignore[arg-type]
        return tuple(found)

    def _objectives(self) -> s.AimsPart | None:
        aims = tuple(
            s.Aim(
                # A text that begins with the name needs it once only.
                name="" if o.text.startswith(self.names.of_who(o.who)) else self.names.of_who(o.who),
                text=one_line(o.text),
                quote=one_line(o.goal) if o.goal else None,
                quoted="You wrote" if o.who == self.view.view else f"{self.names.of_who(o.who)} wrote",
                note="There is little in the library for this goal." if o.status == "thin" else None,
            )
            for o in self.view.objectives
        )
        return s.AimsPart(title=TITLES["objectives"], items=aims) if aims else None

    def _brief(self) -> list[s.Part]:
        own = [self.view.brief] if self.view.brief else []
        return [self._one_brief(brief) for brief in (*own, *self.view.briefs)]

    def _one_brief(self, brief: Brief) -> s.BriefPart:
        name = self.names.of_who(brief.for_)
        return s.BriefPart(
            title=f"Brief for {name}" if self.view.view == "full" else f"Your brief, {name}",
            parts=tuple(
                s.Titled(title=one_line(part.title), lines=_lines(part.lines)) for part in brief.parts
            ),
        )

    def _primer(self) -> s.PrimerPart:
        return primer_part(self.view.primer, self.numbers, f"{TITLES['primer']} {self.names.mentor}")

    def _facts(self) -> s.FactsPart | None:
        facts = tuple(fact_line(fact, self.numbers) for fact in self.view.primer.facts)
        return s.FactsPart(title=TITLES["facts"], items=facts) if facts else None

    def _slot(self, block: AgendaBlock) -> s.Slot:
        numbers = sorted(self.question_number[q] for q in block.questions if q in self.question_number)
        asks = f"Question{'s' if len(numbers) > 1 else ''} {listed([str(n) for n in numbers])}"
        # The pointer leads to the part below, so it stands only where that part does.
        activity = self.view.activity if block.activity and "activity" in ORDER[self.view.view] else None
        # A block whose steps name the activity already points to it.
        named = activity and any(activity.text in step for step in block.steps)
        return s.Slot(
            clock=clock(block.start),
            minutes=block.minutes,
            title=one_line(block.title),
            lead=self.names.leads(block.lead),
            purpose=one_line(block.purpose),
            steps=_lines(block.steps[:1] if "steps" in self.left_out else block.steps),
            say=() if "say" in self.left_out else _lines(block.say),
            asks=asks if numbers else None,
            activity=one_line(activity.text) if activity and not named else None,
        )

    def _agenda(self) -> s.AgendaPart:
        agenda = self.view.agenda
        return s.AgendaPart(
            title=TITLES["agenda"], minutes=agenda.minutes, slots=tuple(map(self._slot, agenda.blocks))
        )

    def _ask(self, question: PrintedQuestion) -> s.Ask:
        return s.Ask(
            number=self.question_number[question.id],
            text=one_line(question.text),
            asks=self.names.asks(question.asked_by),
            why="" if "why" in self.left_out else one_line(question.why),
            why_for_you="" if "why" in self.left_out else one_line(question.why_for_you),
            follow_ups=()
            if "follow_ups" in self.left_out
            else tuple(s.Pairing(first=one_line(f.if_), second=one_line(f.ask)) for f in question.follow_ups),
            cites=self.numbers.of(question.evidence),
        )

    def _questions(self) -> s.QuestionsPart | None:
        if not self.view.questions:
            return None
        return s.QuestionsPart(
            title=TITLES["questions"],
            main=tuple(map(self._ask, self.main)),
            if_time=tuple(map(self._ask, self.later)),
        )

    def _artefact(self) -> s.ArtefactPart | None:
        if not (artefact := self.view.artefact):
            return None
        return s.ArtefactPart(
            title=TITLES["artefact"],
            name=one_line(artefact.text),
            decision=one_line(artefact.decision),
            cites=self.numbers.of(artefact.evidence),
            options=tuple(
                s.Pairing(
                    first=one_line(o.text).rstrip("."),
                    second="" if "trade_offs" in self.left_out else one_line(o.trade_off),
                )
                for o in artefact.options
            ),
            check_first=_lines(artefact.check_first),
            bridge="" if "bridge" in self.left_out else one_line(artefact.bridge),
            blanks=()
            if "blanks" in self.left_out
            else tuple(blank_line(line.text, line.example, always=True) for line in artefact.lines),
        )

    def _activity(self) -> s.ActivityPart | None:
        if not (activity := self.view.activity):
            return None
        return s.ActivityPart(
            title=TITLES["activity"],
            name=one_line(activity.text),
            minutes=activity.minutes,
            cites=self.numbers.of(activity.evidence),
            setup=one_line(activity.setup),
            steps=_lines(activity.steps),
            result=one_line(activity.result),
            example=one_line(activity.example) if activity.example else None,
            materials=_lines(activity.materials),
            safety=one_line(activity.safety) if activity.safety else None,
        )

    def _checklist(self) -> s.ChecklistPart | None:
        items = tuple(
            s.Check(
                text=one_line(item.text),
                name=self.names.of_who(item.who),
                how="" if "how" in self.left_out else one_line(item.evidence_of_learning),
                cites=self.numbers.of(item.evidence),
            )
            for item in self.view.checklist
        )
        return s.ChecklistPart(title=TITLES["checklist"], items=items) if items else None

    def _give_back(self) -> s.GiveBackPart | None:
        if not (give := self.view.give_back):
            return None
        return s.GiveBackPart(
            title=TITLES["give_back"],
            name=one_line(give.title),
            minutes=give.minutes,
            text=one_line(give.text),
            cites=self.numbers.of(give.evidence),
            asks=self.names.asks("mentor"),
            ask=one_line(give.ask),
            result=one_line(give.result),
            why_for_you=one_line(give.why_for_you),
        )

    def _agreement(self) -> s.AgreementPart | None:
        if not (agreement := self.view.agreement):
            return None
        points = tuple(
            s.Point(
                title=one_line(item.title),
                text=one_line(item.text),
                options=tuple(blank_line(option) for option in item.options),
            )
            for item in agreement.items
        )
        return s.AgreementPart(title=TITLES["agreement"], items=points)

    def _rescue(self) -> s.RescuePart:
        rescue = self.view.rescue
        return s.RescuePart(
            title=TITLES["rescue"].format(minutes=rescue.minutes),
            text=one_line(rescue.text),
            minutes=rescue.minutes,
            slots=tuple(map(self._slot, rescue.blocks)),
        )

    def _send_ahead(self) -> s.MessagePart:
        message = self.view.send_ahead
        return s.MessagePart(
            title=TITLES["send_ahead"],
            subject=one_line(message.subject),
            paragraphs=paragraphs(message.text),
        )

    def _commitments(self) -> s.CommitmentsPart:
        # With nothing suggested there is still a line for each to write on: R16 wants an action.
        items = tuple(
            s.Pairing(first=self.names.of_who(c.who), second=one_line(c.text)) for c in self.view.commitments
        ) or tuple(s.Pairing(first=name, second="") for name in (self.names.executive, self.names.mentor))
        return s.CommitmentsPart(title=TITLES["commitments"], items=items)

    def _next(self) -> s.NextPart:
        following = self.view.next_session
        return s.NextPart(
            title=TITLES["next"],
            day=day(following.on) if following.on else None,
            text=one_line(following.text),
        )

    def _pulse(self) -> s.PulsePart | None:
        items = tuple(_pulse(one_line(p.text), one_line(p.scale)) for p in self.view.pulse)
        return s.PulsePart(title=TITLES["pulse"], items=items) if items else None

    def _fit_notes(self) -> s.NotesPart | None:
        items = tuple(
            s.Pairing(first=self.names.of_who(n.about), second=one_line(n.text)) for n in self.view.fit_notes
        )
        return s.NotesPart(title=TITLES["fit_notes"], items=items) if items else None


def _pulse(text: str, scale: str) -> s.Pulse:
    """Steps to choose from, when the scale runs from 1 to a number up to 10 or lists a few words."""
    found = re.search(r"\b1\b.*\b(10|[2-9])\b", scale)
    words = [word.strip() for word in scale.split(",")]
    if found:
        steps = tuple(str(n) for n in range(1, int(found[1]) + 1))
    elif 1 < len(words) <= 5 and all(word and len(word) <= 24 for word in words):
        return s.Pulse(text=text, steps=tuple(words), scale="")
    else:
        steps = ()
    # A scale that is only its numbers, or only a blank, needs no words beside the drawing of it.
    alone = re.fullmatch(r"[\d\s,/_–-]*(to[\d\s]+)?", scale)
    return s.Pulse(text=text, steps=steps, scale="" if alone else scale)
