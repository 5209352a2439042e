"""What frames the meeting: agreement, message to send ahead, commitments, next date, pulse."""

from __future__ import annotations

from datetime import date, timedelta

from guidegen.domain.formats import Format
from guidegen.domain.guide import (
    Agreement,
    AgreementItem,
    Commitment,
    NextSession,
    PrintedQuestion,
    PulseQuestion,
    SendAhead,
)
from guidegen.language.grammar import fill
from guidegen.writing.composing.desk import Desk

DAYS_TO_NEXT = 28
"""Monthly by default (docs/practice.md, programme shape)."""


def standard_format(desk: Desk) -> Format:
    """The format that holds what every session shares, where the session's own does not."""
    return next((f for f in desk.brief.shelf.formats if f.id == "standard"), desk.brief.plan.format)


def compose_agreement(desk: Desk) -> Agreement | None:
    """The working agreement of a first session (R6-R8); None in later ones."""
    texts = desk.brief.plan.format.agreement
    if not texts:
        return None
    slots = desk.slots()
    return Agreement(
        items=tuple(
            AgreementItem(
                id=f"agreement/{a.id}", title=a.title, text=fill(a.text, slots) or a.text, options=a.options
            )
            for a in texts
        )
    )


def compose_send_ahead(desk: Desk, questions: tuple[PrintedQuestion, ...]) -> SendAhead:
    """The message with the questions, so that nobody meets them cold (R13)."""
    message = desk.brief.plan.format.send_ahead or standard_format(desk).send_ahead
    slots = desk.slots()
    subject = (fill(message.subject, slots) if message else None) or f"Our session on {desk.brief.topic.title}"
    body = (fill(message.text, slots) if message else None) or "These are the questions I would like to start from."
    greeting = desk.line("send-ahead.greeting", "send-ahead/greeting")
    asked = [q for q in questions if not q.if_time]
    listed = "\n\n".join(f"{n}. {q.text}" for n, q in enumerate(asked, start=1))
    text = "\n\n".join(part for part in (greeting.text if greeting else None, body, listed) if part)
    return SendAhead(id="send-ahead", subject=subject, text=text)


def compose_commitments(desk: Desk) -> tuple[Commitment, ...]:
    """One action for each before next time (R16); the executive's is the one that is checked."""
    found = []
    for role in ("executive", "mentor"):
        line = desk.line(f"commitment.{role}", f"commitment/{role}")
        if line:
            found.append(Commitment(id=line.id, text=line.text, who="executive" if role == "executive" else "mentor"))
    return tuple(found)


def next_date(on: date | None) -> date | None:
    """Four weeks on, moved to Monday when a weekend comes out."""
    if on is None:
        return None
    day = on + timedelta(days=DAYS_TO_NEXT)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


def compose_next(desk: Desk) -> NextSession:
    """The next date: cancelled meetings are the first cause of failure (R30)."""
    line = desk.line("next-session", "next-session")
    return NextSession(
        id="next-session",
        text=line.text if line else "Book the next date before you leave.",
        on=next_date(desk.brief.plan.session.on),
    )


def compose_pulse(desk: Desk) -> tuple[PulseQuestion, ...]:
    """The one-minute pulse (R17)."""
    items = desk.brief.plan.format.pulse or standard_format(desk).pulse
    slots = desk.slots()
    return tuple(
        PulseQuestion(id=f"pulse/{i.id}", text=fill(i.text, slots) or i.text, scale=i.scale) for i in items
    )
