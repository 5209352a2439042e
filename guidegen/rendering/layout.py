"""A view to a sheet: what stands where for whom, and the numbers of citations and questions.

The order per audience is the table ``ORDER``; nothing else decides it. Who may see what was
decided before, when the view was cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from guidegen.domain.guide import AgendaBlock, Brief, Fact, Primer, PrintedQuestion, SourceCard
from guidegen.domain.views import GuideView, PrimerView
from guidegen.errors import RenderError
from guidegen.rendering import sheet as s
from guidegen.rendering.clean import clean_all, one_line, paragraphs
from guidegen.rendering.words import PLACES, RIGHT_TO_LEFT, TITLES, Names, clock, day, listed

ORDER: dict[str, tuple[str, ...]] = {
    "mentor": (
        "objectives", "brief", "agenda", "questions", "artefact", "activity", "checklist", "give_back",
        "agreement", "rescue", "send_ahead", "commitments", "next", "pulse", "facts",
    ),
    "executive": (
        "primer", "objectives", "brief", "agenda", "questions", "artefact", "activity", "checklist",
        "give_back", "agreement", "rescue", "commitments", "next", "pulse",
    ),
    "shared": (
        "objectives", "agenda", "questions", "artefact", "activity", "checklist", "agreement",
        "commitments", "send_ahead", "next", "pulse",
    ),
    "full": (
        "objectives", "fit_notes", "primer", "brief", "agenda", "questions", "artefact", "activity",
        "checklist", "give_back", "agreement", "rescue", "send_ahead", "commitments", "next", "pulse",
    ),
}  # fmt: skip
_BLANK = re.compile(r"_{2,}")


class Numbers:
    """Numbers of sources, given in order of first appearance."""

    def __init__(self, sources: Sequence[SourceCard]) -> None:
        self._cards = {card.id: card for card in sources}
        self._given: dict[str, int] = {}

    def of(self, evidence: Iterable[str]) -> s.Cites:
        """The numbers of these source ids; an id without a source is a fault, never dropped."""
        for source in evidence:
            if source not in self._cards:
                raise RenderError(
                    f"The guide cites {source!r}, which is not among its sources.",
                    remedy="Add the source to sources[], or take the id out of evidence.",
                )
            self._given.setdefault(source, len(self._given) + 1)
        return tuple(sorted({self._given[source] for source in evidence}))

    def cited(self) -> tuple[s.Cited, ...]:
        """The sources that were cited, in the order of their numbers."""
        return tuple(_cited(number, self._cards[source]) for source, number in self._given.items())


def _cited(number: int, card: SourceCard) -> s.Cited:
    as_of = f"as of {day(card.as_of)}, " if card.as_of else ""
    return s.Cited(
        number=number,
        title=one_line(card.title),
        publisher=one_line(card.publisher),
        url=one_line(card.url),
        link=card.url if re.match(r"https?://[^\s<>\"'\\]+$", card.url) else None,
        dates=f"{as_of}read {day(card.read)}",
    )


def blank_line(text: str, example: str | None = None, *, always: bool = False) -> s.Blank:
    """A text cut at its blanks; ``always`` puts one at the end of a text that has none."""
    pieces = tuple(one_line(piece) for piece in _BLANK.split(text))
    if always and len(pieces) == 1:
        pieces = (*pieces, "")
    return s.Blank(pieces=pieces, example=one_line(example) if example else None)


def _lines(items: Iterable[Any]) -> tuple[str, ...]:
    return tuple(one_line(item if isinstance(item, str) else item.text) for item in items)


def _fact(fact: Fact, numbers: Numbers) -> s.Line:
    marks = []
    if fact.as_of:
        marks.append(s.Mark(kind="as-of", text=f"as of {day(fact.as_of)}"))
    if fact.contested:
        marks.append(s.Mark(kind="contested", text="contested"))
    if fact.stale:
        marks.append(s.Mark(kind="stale", text="due for a new look"))
    return s.Line(text=one_line(fact.text), cites=numbers.of(fact.evidence), marks=tuple(marks))


def _primer(primer: Primer, numbers: Numbers, title: str) -> s.PrimerPart:
    return s.PrimerPart(
        title=title,
        why=_lines(primer.why),
        facts=tuple(_fact(fact, numbers) for fact in primer.facts),
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


class _Builder:
    """Builds the parts of one view, each by the method named like the part."""

    def __init__(self, view: GuideView) -> None:
        self.view = view
        self.names = Names.of(view.pair)
        self.numbers = Numbers(view.sources)
        main = [q for q in view.questions if not q.if_time]
        later = [q for q in view.questions if q.if_time]
        self.main, self.later = main, later
        self.question_number = {q.id: n for n, q in enumerate([*main, *later], start=1)}

    def parts(self) -> tuple[s.Part, ...]:
        """The parts that have something in them, in the audience's order."""
        found: list[s.Part] = []
        for kind in ORDER[self.view.view]:
            make: Callable[[], s.Part | Sequence[s.Part] | None] = getattr(self, kind)
            part = make()
            if isinstance(part, tuple | list):
                found.extend(part)
            elif part is not None:
                found.append(part)  # type: ignore[arg-type]
        return tuple(found)

    def objectives(self) -> s.AimsPart | None:
        aims = tuple(
            s.Aim(
                name=self.names.of_who(o.who),
                text=one_line(o.text),
                quote=one_line(o.goal) if o.goal else None,
                quoted="You wrote" if o.who == self.view.view else f"{self.names.of_who(o.who)} wrote",
                note="There is little in the library for this goal." if o.status == "thin" else None,
            )
            for o in self.view.objectives
        )
        return s.AimsPart(title=TITLES["objectives"], items=aims) if aims else None

    def brief(self) -> list[s.Part]:
        own = [self.view.brief] if self.view.brief else []
        return [self._brief(brief) for brief in (*own, *self.view.briefs)]

    def _brief(self, brief: Brief) -> s.BriefPart:
        name = self.names.of_who(brief.for_)
        return s.BriefPart(
            title=f"Brief for {name}" if self.view.view == "full" else f"Your brief, {name}",
            parts=tuple(
                s.Titled(title=one_line(part.title), lines=_lines(part.lines)) for part in brief.parts
            ),
        )

    def primer(self) -> s.PrimerPart:
        return _primer(self.view.primer, self.numbers, f"{TITLES['primer']} {self.names.mentor}")

    def facts(self) -> s.FactsPart | None:
        facts = tuple(_fact(fact, self.numbers) for fact in self.view.primer.facts)
        return s.FactsPart(title=TITLES["facts"], items=facts) if facts else None

    def _slot(self, block: AgendaBlock) -> s.Slot:
        numbers = sorted(self.question_number[q] for q in block.questions if q in self.question_number)
        asks = f"Question{'s' if len(numbers) > 1 else ''} {listed([str(n) for n in numbers])}"
        here = self.view.activity and block.activity == self.view.activity.id
        return s.Slot(
            clock=clock(block.start),
            minutes=block.minutes,
            title=one_line(block.title),
            lead=self.names.leads(block.lead),
            purpose=one_line(block.purpose),
            steps=_lines(block.steps),
            say=_lines(block.say),
            asks=asks if numbers else None,
            activity=one_line(self.view.activity.text) if here and self.view.activity else None,
        )

    def agenda(self) -> s.AgendaPart:
        agenda = self.view.agenda
        return s.AgendaPart(
            title=TITLES["agenda"], minutes=agenda.minutes, slots=tuple(map(self._slot, agenda.blocks))
        )

    def _ask(self, question: PrintedQuestion) -> s.Ask:
        return s.Ask(
            number=self.question_number[question.id],
            text=one_line(question.text),
            asks=self.names.asks(question.asked_by),
            why=one_line(question.why),
            why_for_you=one_line(question.why_for_you),
            follow_ups=tuple(
                s.Pairing(first=one_line(f.if_), second=one_line(f.ask)) for f in question.follow_ups
            ),
            cites=self.numbers.of(question.evidence),
        )

    def questions(self) -> s.QuestionsPart | None:
        if not self.view.questions:
            return None
        return s.QuestionsPart(
            title=TITLES["questions"],
            main=tuple(map(self._ask, self.main)),
            if_time=tuple(map(self._ask, self.later)),
        )

    def artefact(self) -> s.ArtefactPart | None:
        if not (artefact := self.view.artefact):
            return None
        return s.ArtefactPart(
            title=TITLES["artefact"],
            name=one_line(artefact.text),
            decision=one_line(artefact.decision),
            cites=self.numbers.of(artefact.evidence),
            options=tuple(
                s.Pairing(first=one_line(o.text), second=one_line(o.trade_off)) for o in artefact.options
            ),
            check_first=_lines(artefact.check_first),
            bridge=one_line(artefact.bridge),
            blanks=tuple(blank_line(line.text, line.example, always=True) for line in artefact.lines),
        )

    def activity(self) -> s.ActivityPart | None:
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

    def checklist(self) -> s.ChecklistPart | None:
        items = tuple(
            s.Check(
                text=one_line(item.text),
                name=self.names.of_who(item.who),
                how=one_line(item.evidence_of_learning),
                cites=self.numbers.of(item.evidence),
            )
            for item in self.view.checklist
        )
        return s.ChecklistPart(title=TITLES["checklist"], items=items) if items else None

    def give_back(self) -> s.GiveBackPart | None:
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

    def agreement(self) -> s.AgreementPart | None:
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

    def rescue(self) -> s.RescuePart:
        rescue = self.view.rescue
        return s.RescuePart(
            title=TITLES["rescue"].format(minutes=rescue.minutes),
            text=one_line(rescue.text),
            minutes=rescue.minutes,
            slots=tuple(map(self._slot, rescue.blocks)),
        )

    def send_ahead(self) -> s.MessagePart:
        message = self.view.send_ahead
        return s.MessagePart(
            title=TITLES["send_ahead"],
            subject=one_line(message.subject),
            paragraphs=paragraphs(message.text),
        )

    def commitments(self) -> s.CommitmentsPart:
        # With nothing suggested there is still a line for each to write on: R16 wants an action.
        items = tuple(
            s.Pairing(first=self.names.of_who(c.who), second=one_line(c.text)) for c in self.view.commitments
        ) or tuple(s.Pairing(first=name, second="") for name in (self.names.executive, self.names.mentor))
        return s.CommitmentsPart(title=TITLES["commitments"], items=items)

    def next(self) -> s.NextPart:
        following = self.view.next_session
        return s.NextPart(
            title=TITLES["next"],
            day=day(following.on) if following.on else None,
            text=one_line(following.text),
        )

    def pulse(self) -> s.PulsePart | None:
        items = tuple(_pulse(one_line(p.text), one_line(p.scale)) for p in self.view.pulse)
        return s.PulsePart(title=TITLES["pulse"], items=items) if items else None

    def fit_notes(self) -> s.NotesPart | None:
        items = tuple(
            s.Pairing(first=self.names.of_who(n.about), second=one_line(n.text)) for n in self.view.fit_notes
        )
        return s.NotesPart(title=TITLES["fit_notes"], items=items) if items else None


def _pulse(text: str, scale: str) -> s.Pulse:
    """Steps to circle when the scale runs from 1 to a number up to 10."""
    found = re.search(r"\b1\b.*\b(10|[2-9])\b", scale)
    steps = tuple(str(n) for n in range(1, int(found[1]) + 1)) if found else ()
    # A scale that is only its numbers, or only a blank, needs no words beside the drawing of it.
    words = "" if re.fullmatch(r"[\d\s,/_–-]*(to[\d\s]+)?", scale) else scale
    return s.Pulse(text=text, steps=steps, scale=words)


def _meta(view: GuideView | PrimerView) -> tuple[str, ...]:
    card = view.session
    kinds = {"first": "First session", "review": "Review session", "final": "Last session"}
    name = kinds.get(card.kind, f"Session {card.number}")
    when = day(card.on) if card.on else "date to be agreed"
    return (when, name, f"{card.minutes} minutes", PLACES[card.place])


def _notes(view: GuideView | PrimerView) -> tuple[str, ...]:
    topic = view.topic
    notes = [one_line(note) for note in (topic.content_label, topic.advice_note, topic.support) if note]
    if isinstance(view, GuideView) and view.pair.arrangements:
        notes.append(f"Arranged: {listed(_lines(view.pair.arrangements))}.")
    return tuple(notes)


def _written_by_model(value: Any) -> int:
    """How many printed items a language model wrote."""
    if isinstance(value, dict):
        own = int(value.get("origin") == "model")
        return own + sum(_written_by_model(item) for key, item in value.items() if key != "spares")
    return sum(map(_written_by_model, value)) if isinstance(value, list) else 0


def _colophon(view: GuideView | PrimerView) -> str:
    made = view.provenance
    count = _written_by_model(view.model_dump(mode="json"))
    words = [
        f"Made on {day(made.made_on)}",
        f"guide {made.content_id}, library {made.corpus}, rules {made.rules}",
        "composed from the library" if not count else f"{count} of its items written by {made.writer}",
        f"topic reviewed on {day(view.topic.reviewed_on)}",
    ]
    if made.edited:
        words.append(f"changed by hand since: {listed(made.edited)}")
    return one_line("; ".join(words) + ".")


def _face(name: str, pronouns: str = "", *post: str | None) -> s.Face:
    return s.Face(name=one_line(name), pronouns=one_line(pronouns), post=", ".join(one_line(p) for p in post if p))


def lay_out(view: GuideView | PrimerView) -> s.Sheet:
    """The sheet of a view. Raises RenderError when an item cites a source the view does not have."""
    view = type(view).model_validate(clean_all(view.model_dump(by_alias=True)))
    language = view.session.language
    if isinstance(view, GuideView):
        builder = _Builder(view)
        parts, numbers = builder.parts(), builder.numbers
        people = (view.pair.executive, view.pair.mentor)
        faces = tuple(_face(p.name, p.pronouns, p.role, p.department) for p in people)
        own = {"mentor": f"For {faces[1].name}", "executive": f"For {faces[0].name}", "shared": "For both of you"}
        kicker = own.get(view.view, "Everything, for the coordinator")
        large = any("large print" in a.casefold() for a in view.pair.arrangements)
    else:
        numbers, large = Numbers(view.sources), False
        title = f"{TITLES['primer']} {Names(view.mentor, view.executive).mentor}" if view.mentor else TITLES["primer"]
        parts = (_primer(view.primer, numbers, title),)
        faces = tuple(_face(name) for name in (view.executive, view.mentor) if name)
        kicker = f"For {faces[0].name}"
    title = one_line(view.session.title)
    return s.Sheet(
        lang=language,
        direction="rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr",
        audience=view.view,
        title=title,
        kicker=kicker,
        meta=_meta(view),
        faces=faces,
        topic=one_line(view.topic.title),
        question=one_line(view.topic.leadership_question),
        notes=_notes(view),
        warnings=tuple(one_line(w.text) for w in view.warnings),
        parts=parts,
        sources=numbers.cited(),
        sources_title=TITLES["sources"],
        footer=" · ".join([title, listed([face.name for face in faces])]),
        colophon=_colophon(view),
        made_on=view.provenance.made_on.isoformat(),
        large_print=large,
    )
