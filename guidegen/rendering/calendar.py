"""A view as a calendar file: the meeting with an alarm for the pre-read, and the next one.

Whole days, because no hour is known: whoever books the room sets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from guidegen.domain.views import GuideView, PrimerView
from guidegen.domain.workshop import WorkshopView
from guidegen.errors import RenderError
from guidegen.rendering.clean import clean, one_line
from guidegen.rendering.sheet import Sheet

PRE_READ = timedelta(hours=-39)
"""Nine in the morning two days before, counted from the midnight with which a whole day begins."""
REMINDERS = {
    "mentor": "Prepare: twenty minutes with your copy.",
    "executive": "Read the primer: five minutes.",
    "primer": "Read the primer: five minutes.",
    "workshop": "Prepare: twenty minutes with the facilitator's guide.",
}
"""What the alarm says, by whose copy the file was made from; others are reminded of the questions."""


def _days(view: GuideView | PrimerView | WorkshopView, sheet: Sheet) -> Iterator[tuple[date, str, str]]:
    """(day, summary, description) of each meeting that has a date."""
    names = " and ".join(face.name for face in sheet.faces) or sheet.subtitle
    meeting = view if isinstance(view, WorkshopView) else view.session
    length = f"{meeting.minutes} minutes, {sheet.meta[-1]}."
    if meeting.on:
        lines = [length, sheet.question]
        for part in sheet.parts:
            if part.kind == "agenda":
                lines += [f"{slot.clock} {slot.title} ({slot.minutes} min)" for slot in part.slots]
            elif part.kind == "primer" and isinstance(view, PrimerView):
                lines += [f"Bring: {line}" for line in part.bring]
        yield meeting.on, f"{sheet.title}: {names}", "\n".join(lines)
    if isinstance(view, GuideView) and view.next_session.on:
        yield view.next_session.on, f"Next session: {names}", one_line(clean(view.next_session.text))


def to_calendar(view: GuideView | PrimerView | WorkshopView, sheet: Sheet) -> bytes:
    """The calendar file. Raises RenderError when no meeting has a date."""
    from icalendar import Alarm, Calendar, Event, vText

    class Words(vText):
        """Text in which a backslash stays one: the library's own would read ``\\N`` as a line end."""

        def to_ical(self) -> bytes:
            text = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
            return text.replace("\n", "\\n").encode()

    made_on = datetime.combine(date.fromisoformat(sheet.made_on), time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", "-//guidegen//EN")
    calendar.add("version", "2.0")
    days = list(_days(view, sheet))
    if not days:
        raise RenderError(
            "The session has no date yet.", remedy="Give the session a date, then make the file."
        )
    for number, (on, summary, description) in enumerate(days, start=1):
        event = Event()
        event.add("uid", f"{view.provenance.content_id}-{number}@guidegen")
        event.add("dtstamp", made_on)
        event.add("dtstart", on)
        event.add("dtend", on + timedelta(days=1))
        event.add("summary", Words(summary))
        event.add("description", Words(description))
        event.add("transp", "TRANSPARENT")
        if number == 1:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", REMINDERS.get(sheet.audience, "Read the questions: five minutes."))
            alarm.add("trigger", PRE_READ)
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
