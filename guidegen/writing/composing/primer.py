"""The primer: one page for the executive, read before the meeting (R29)."""

from __future__ import annotations

from guidegen.domain.guide import Correction, Fact, Primer, PrimerTerm, Printed, PrintedQuestion
from guidegen.domain.topic import Misconception, Outcome, Passage, Term
from guidegen.writing.composing.desk import Desk
from guidegen.writing.framing import in_sentence


def _facts(desk: Desk) -> tuple[Fact, ...]:
    on = desk.brief.plan.session.on
    half_life = desk.brief.topic.half_life_days
    return tuple(
        Fact(
            id=passage.id,
            text=passage.in_short,
            evidence=tuple(dict.fromkeys(c.source for c in passage.citations)),
            as_of=passage.as_of,
            contested=passage.contested,
            stale=bool(on and passage.as_of and (on - passage.as_of).days > half_life),
        )
        for passage in desk.chosen("facts", Passage)
    )


KNOWS_FROM = {
    "work": "knows {topic} from daily work",
    "personal": "knows {topic} from own use, and will say so",
    "both": "knows {topic} from work and from own use",
}


def _mentor_in_a_line(desk: Desk) -> Printed | None:
    """Why this mentor, in plain facts: what they do, and where their skill comes from."""
    mentor, topic = desk.brief.pair.mentor, desk.brief.topic
    work = ", ".join(part for part in (mentor.role, mentor.department) if part)
    skill = mentor.skill_in(topic.id, "mentor")
    knows = KNOWS_FROM.get(skill.experience or "")
    if not work and not knows:
        return None
    said = [f"{desk.names['mentor']}: {work}" if work else desk.names["mentor"]]
    if knows:
        said.append(f"{'and ' if work else ''}{knows.format(topic=in_sentence(topic.title))}")
    return Printed(id="primer/why/work", text=f"{'; '.join(said) if work else ' '.join(said)}.")


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
