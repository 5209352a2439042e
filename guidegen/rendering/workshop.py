"""A workshop's view to a sheet, made of the same parts as a guide's, and one page for the tables."""

from __future__ import annotations

from guidegen.domain.workshop import WorkshopBlock, WorkshopQuestion, WorkshopView
from guidegen.language.counting import group_sizes_in_words
from guidegen.rendering import sheet as s
from guidegen.rendering.citing import Numbers
from guidegen.rendering.clean import clean_all, one_line, paragraphs
from guidegen.rendering.layout import colophon
from guidegen.rendering.parts import blank_line, fact_line
from guidegen.rendering.words import TITLES, clock, day, listed

SETTINGS = {"all": "All together", "groups": "At tables", "alone": "Alone, then at tables"}
SIDES = {"learning": "Those who are learning it", "knowing": "Those who know it", "deciding": "Those who decide", "everyone": "Everybody"}
ASKS = {
    "learning": "Asked by those who are learning it",
    "knowing": "Asked by those who know it",
    "deciding": "Asked of those who know how things get decided here",
    "everyone": "For everybody",
}
READ_OUT = "The pulse: read it out; answers go on a card, without a name"
NOTE = "One for each table. Skip what does not fit; passing is always fine."


def _slot(block: WorkshopBlock, numbers: dict[str, int]) -> s.Slot:
    asked = sorted(numbers[q] for q in block.questions if q in numbers)
    asks = f"Question{'s' if len(asked) > 1 else ''} {listed([str(n) for n in asked])}"
    return s.Slot(
        clock=clock(block.start),
        minutes=block.minutes,
        title=one_line(block.title),
        lead=SETTINGS.get(block.setting or "", ""),
        purpose=one_line(block.purpose),
        steps=tuple(one_line(step) for step in block.steps),
        say=tuple(one_line(line) for line in block.say),
        asks=asks if asked else None,
        activity=None,
    )


def _ask(question: WorkshopQuestion, number: int) -> s.Ask:
    return s.Ask(
        number=number,
        text=one_line(question.text),
        asks=ASKS[question.side],
        why="",
        why_for_you="",
        follow_ups=tuple(s.Pairing(first=one_line(f.if_), second=one_line(f.ask)) for f in question.follow_ups),
    )


def _handout(view: WorkshopView, asked: dict[str, int], numbers: Numbers) -> s.HandoutPart:
    questions = {q.id: q for q in view.questions}
    rounds = tuple(
        s.Round(title=one_line(b.title), asks=tuple(_ask(questions[q], asked[q]) for q in b.questions))
        for b in view.agenda
        if b.questions
    )
    return s.HandoutPart(
        title=TITLES["handout"],
        note=NOTE,
        rounds=rounds,
        facts=tuple(fact_line(fact, numbers) for fact in view.facts),
        facts_title=TITLES["facts"],
        sheets=tuple(
            s.Worksheet(
                name=one_line(sheet.title),
                intro=one_line(sheet.intro),
                blanks=tuple(blank_line(one_line(line.text), always=True) for line in sheet.lines),
            )
            for sheet in (view.task, view.harvest)
        ),
    )


def _parts(view: WorkshopView, numbers: Numbers) -> tuple[s.Part, ...]:
    asked = {q.id: n for n, q in enumerate(view.questions, start=1)}
    rules = tuple(f"{one_line(r.title)}. {one_line(r.text)}" for r in view.house_rules)
    prepare = (
        s.Titled(title="Before the day", lines=tuple(one_line(p.text) for p in view.prepare)),
        s.Titled(title="Have ready", lines=tuple(one_line(p.text) for p in view.materials)),
        s.Titled(title="House rules, for the wall", lines=rules),
    )
    learnt = tuple(
        s.Check(text=one_line(o.text), name=SIDES[o.side], how=one_line(o.evidence_of_learning)) for o in view.outcomes
    )
    troubles = tuple(f"{one_line(t.when)}: “{one_line(t.say)}”" for t in view.troubles)
    pulse = tuple(f"{one_line(p.text)} {one_line(p.scale)}" for p in view.pulse)
    return (
        s.BriefPart(title=TITLES["prepare"], parts=prepare),
        s.AgendaPart(
            title=TITLES["agenda"], minutes=view.minutes, slots=tuple(_slot(b, asked) for b in view.agenda)
        ),
        s.ChecklistPart(title=TITLES["sides"], items=learnt),
        s.BriefPart(
            title=TITLES["at_hand"],
            parts=(s.Titled(title="What to say if it gets hard", lines=troubles), s.Titled(title=READ_OUT, lines=pulse)),
        ),
        s.MessagePart(
            title=TITLES["send_ahead"],
            subject=one_line(view.invitation.subject),
            paragraphs=paragraphs(view.invitation.text),
        ),
        _handout(view, asked, numbers),
    )


def lay_out_workshop(view: WorkshopView) -> s.Sheet:
    """The sheet of a workshop. Raises RenderError when a fact cites a source the view does not have."""
    view = WorkshopView.model_validate(clean_all(view.model_dump(by_alias=True)))
    numbers = Numbers(view.sources)
    topic = view.topic
    title, subtitle = one_line(topic.title), one_line(view.title)
    return s.Sheet(
        lang="en",
        direction="ltr",
        audience=view.view,
        title=title,
        kicker="For the facilitator",
        meta=(
            day(view.on) if view.on else "Date to be agreed",
            f"{view.minutes} minutes",
            group_sizes_in_words(view.groups),
            f"with {view.object.name}",
        ),
        faces=(),
        subtitle=subtitle,
        question=one_line(topic.leadership_question),
        notes=tuple(one_line(note) for note in (topic.content_label, topic.advice_note, topic.support) if note),
        warnings=tuple(one_line(w.text) for w in view.warnings),
        parts=_parts(view, numbers),
        sources=numbers.cited(),
        sources_title=TITLES["sources"],
        footer=f"{title} · {subtitle}",
        colophon=colophon(view),
        made_on=view.provenance.made_on.isoformat(),
        large_print=False,
    )
