"""A view as an HTTP response, in one of the formats that rendering knows."""

from __future__ import annotations

from typing import get_args
from urllib.parse import quote

from fastapi import Response

from api.guard import DOCUMENT_POLICY
from api.negotiation import choose
from api.problems import Refused
from guidegen.domain.views import GuideView, PrimerView
from guidegen.errors import Fault, InputError, SessionError
from guidegen.people import slug
from guidegen.rendering import FORMATS, Paper, render, render_pdf

View = GuideView | PrimerView
PREFERENCE = ("json", "md", "html", "pdf", "docx", "ics", "txt", "zip")
"""Who asks for anything gets the first; formats that rendering does not have are skipped."""

NAMES = {
    "pdf": "PDF",
    "docx": "Word",
    "md": "Markdown",
    "ics": "Calendar",
    "json": "JSON",
    "zip": "All (ZIP)",
}
"""What the page calls the formats it offers, in its order."""

_SAVED = frozenset({"pdf", "docx", "ics", "zip"})


def formats() -> tuple[str, ...]:
    """The formats a view can become, in our order of preference."""
    return tuple(name for name in PREFERENCE if name in FORMATS)


def has_day(view: View) -> bool:
    """Whether a calendar entry can be made of it."""
    return bool(view.session.on or (isinstance(view, GuideView) and view.next_session.on))


def media_type(name: str) -> str:
    """The bare media type of a format."""
    return FORMATS[name].media_type.partition(";")[0].strip()


def negotiated(accept: str | None) -> str:
    """The format that an Accept header asks for. Raises Refused: not-acceptable."""
    offers = [media_type(name) for name in formats()]
    chosen = choose(accept, offers)
    if chosen is None:
        raise Refused("not-acceptable", f"Ask for one of {', '.join(offers)}.")
    return formats()[offers.index(chosen)]


def checked_paper(paper: str) -> Paper:
    """The paper, if there is such a one. Raises InputError."""
    for known in get_args(Paper):
        if paper == known:
            found: Paper = known
            return found
    raise InputError(f"There is no paper '{paper[:20]}'.", remedy="Use a4 or letter.")


def stem(view: View) -> str:
    """The file's name without its ending: plain letters in every script, and whose copy it is."""
    people = slug(view.executive) if isinstance(view, PrimerView) else slug(view.pair.id)
    return f"{people}-{view.topic.id}-{view.view}"


def document(view: View, name: str, paper: Paper, *, save: bool = False) -> Response:
    """``view`` as a file of format ``name``; ``save`` asks the browser to keep it.

    Raises SessionError for a calendar entry without a day, and RenderError.
    """
    if name == "ics" and not has_day(view):
        problem, remedy = "A calendar entry needs the day of the meeting.", "Give a day, such as 2027-01-14."
        raise SessionError(problem, faults=[Fault("body", 0, "on", problem, remedy)])
    notes: list[str] = []
    if name == "pdf":
        content, notes = render_pdf(view, paper)
    else:
        content = render(view, name, paper=paper)
    headers = {"Vary": "Accept"}
    if notes:
        headers["Guidegen-Notes"] = quote(" ".join(notes))
    if save or name in _SAVED:
        file = f"{stem(view)}.{FORMATS[name].suffix.lstrip('.')}"
        headers["Content-Disposition"] = f'attachment; filename="{file}"'
    if name == "html":
        headers["Content-Security-Policy"] = DOCUMENT_POLICY
    return Response(content, media_type=FORMATS[name].media_type, headers=headers)
