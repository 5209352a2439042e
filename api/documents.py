"""A view as an HTTP response, in one of the formats that rendering knows."""

from __future__ import annotations

from typing import get_args
from urllib.parse import quote

from fastapi import Response

from api.guard import DOCUMENT_POLICY
from api.negotiation import choose
from api.problems import Refused
from guidegen.domain.views import GuideView, PrimerView
from guidegen.errors import InputError
from guidegen.people import slug
from guidegen.rendering import FORMATS, Paper, render, render_pdf

View = GuideView | PrimerView
PREFERENCE = ("json", "md", "html", "pdf", "docx", "ics", "txt")
"""Who asks for anything gets the first; formats that rendering does not have are skipped."""

NAMES = {
    "pdf": "PDF",
    "docx": "Word",
    "md": "Markdown",
    "ics": "Calendar",
    "txt": "Plain text",
    "json": "JSON",
}
"""What the page calls the formats it offers, in its order."""

_SAVED = frozenset({"pdf", "docx", "ics"})


def formats_for(view_type: type[View]) -> tuple[str, ...]:
    """The formats a view can become, in our order of preference; a primer alone is no calendar entry."""
    return tuple(n for n in PREFERENCE if n in FORMATS and not (n == "ics" and view_type is PrimerView))


def media_type(name: str) -> str:
    """The bare media type of a format."""
    return FORMATS[name].media_type.partition(";")[0].strip()


def negotiated(accept: str | None, view_type: type[View]) -> str:
    """The format that an Accept header asks for. Raises Refused: not-acceptable."""
    by_type = {media_type(name): name for name in reversed(formats_for(view_type))}
    offers = [media_type(name) for name in formats_for(view_type)]
    chosen = choose(accept, offers)
    if chosen is None:
        raise Refused("not-acceptable", f"Ask for one of {', '.join(offers)}.")
    return by_type[chosen]


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
    """``view`` as a file of format ``name``; ``save`` asks the browser to keep it. Raises RenderError."""
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
