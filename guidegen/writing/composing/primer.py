"""The primer: one page for the executive, read before the meeting (R29)."""

from __future__ import annotations

from guidegen.domain.guide import Correction, Fact, Primer, PrimerTerm, Printed, PrintedQuestion
from guidegen.domain.topic import Misconception, Outcome, Passage, Term
from guidegen.writing.composing.desk import Desk


def _facts(desk: Desk) -> tuple[Fact, ...]:
    on, topic = desk.brief.plan.session.on, desk.brief.topic
    return tuple(
        Fact(
            id=passage.id,
            text=passage.in_short,
            evidence=tuple(dict.fromkeys(c.source for c in passage.citations)),
            as_of=passage.as_of,
            contested=passage.contested,
            stale=bool(on and (due := passage.due(topic)) and due < on),
        )
        for passage in desk.chosen("facts", Passage)
    )


KNOWS_FROM = {
    "work": "daily work",
    "personal": "personal experience",
    "both": "work and from personal experience",
}


def _mentor_in_a_line(desk: Desk) -> Printed | None:
    """Why this mentor, in plain facts: what they do, and where their skill comes from."""
    mentor = desk.brief.pair.mentor
    name = desk.names["mentor"]
    work = ", ".join(part for part in (mentor.role, mentor.department) if part)
    knows = KNOWS_FROM.get(mentor.skill_in(desk.brief.topic.id, "mentor").experience or "")
    if knows:
        text = f"{name}{f' ({work})' if work else ''} knows the subject from {knows}."
    elif work:
        text = f"{name}: {work}."
    else:
        return None
    return Printed(id="primer/why/work", text=text)


def compose_primer(desk: Desk, questions: tuple[PrintedQuestion, ...]) -> Primer:
    """Why this topic and this mentor, facts, words, misconceptions, questions to bring, and how to be."""
    why = [desk.line("primer.why.topic", "primer/why/topic")]
    if desk.decision:
        why.append(Printed(id="primer/why/bridge", text=desk.decision.bridge))
    why += [_mentor_in_a_line(desk), desk.line("primer.why.mentor", "primer/why/mentor")]
    bring = [q for q in questions if q.asked_by != "mentor" and not q.if_time]
    late = [q for q in questions if q.asked_by != "mentor" and q.if_time]
    checks = [o for o in desk.chosen("outcomes", Outcome) if o.who != "mentor" and o.self_check]
    return Primer(
        why=tuple(line for line in why if line),
        facts=_facts(desk),
        terms=tuple(
            PrimerTerm(id=t.id, term=t.term, text=t.meaning, evidence=desk.cite(t.evidence))
            for t in desk.chosen("terms", Term)
        ),
        misconceptions=tuple(
            Correction(
                id=m.id,
                claim=m.claim,
                text=m.correction,
                evidence=tuple(dict.fromkeys(c.source for c in m.citations)),
            )
            for m in desk.chosen("misconceptions", Misconception)
        ),
        bring=tuple(Printed(id=q.id, text=q.text) for q in (*bring, *late)[:3]),
        behave=tuple(
            Printed(id=f"primer/behave/{n}", text=text)
            for n, text in enumerate(desk.brief.plan.format.behave, start=1)
        ),
        avoid=Printed(id="primer/avoid", text=desk.brief.topic.avoid),
        self_check=tuple(
            Printed(id=f"primer/check/{o.id}", text=o.self_check) for o in checks[:3] if o.self_check
        ),
    )
