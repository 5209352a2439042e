"""Documents: a view in, bytes out. Rendering takes views and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from guidegen.domain.views import GuideView, PrimerView
from guidegen.domain.workshop import WorkshopView
from guidegen.errors import RenderError
from guidegen.rendering.archive import packed
from guidegen.rendering.html import stylesheet, to_body, to_html
from guidegen.rendering.layout import lay_out
from guidegen.rendering.markdown import to_markdown
from guidegen.rendering.plain import to_text
from guidegen.rendering.reading import read_view, to_json
from guidegen.rendering.sheet import Sheet
from guidegen.rendering.workshop import lay_out_workshop

__all__ = [
    "FORMATS",
    "Format",
    "Paper",
    "read_view",
    "render",
    "render_body",
    "render_pdf",
    "stylesheet",
]

Paper = Literal["a4", "letter"]
View = GuideView | PrimerView | WorkshopView


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file a view can become."""

    suffix: str
    media_type: str
    make: Callable[[View, Paper], bytes]


def _sheet(view: View) -> Sheet:
    return lay_out_workshop(view) if isinstance(view, WorkshopView) else lay_out(view)


def render_body(view: View) -> str:
    """The inside of the HTML page, for pages that have their own frame and use ``stylesheet()``."""
    return to_body(_sheet(view))


def render_pdf(view: View, paper: Paper = "a4") -> tuple[bytes, list[str]]:
    """The PDF, and warnings: characters that no shipped font has, a primer that needed a second page."""
    from guidegen.rendering.pdf import to_pdf

    return to_pdf(_sheet(view), paper)


def _markdown(view: View, _paper: Paper) -> bytes:
    return to_markdown(_sheet(view)).encode()


def _html(view: View, _paper: Paper) -> bytes:
    return to_html(_sheet(view)).encode()


def _pdf(view: View, paper: Paper) -> bytes:
    return render_pdf(view, paper)[0]


def _json(view: View, _paper: Paper) -> bytes:
    return to_json(view).encode()


def _word(view: View, paper: Paper) -> bytes:
    from guidegen.rendering.word import to_word

    return to_word(_sheet(view), paper)


def _calendar(view: View, _paper: Paper) -> bytes:
    from guidegen.rendering.calendar import to_calendar

    return to_calendar(view, _sheet(view))


def _text(view: View, _paper: Paper) -> bytes:
    return to_text(_sheet(view)).encode()


def _zip(view: View, paper: Paper) -> bytes:
    if isinstance(view, WorkshopView):
        dated = view.on
    else:
        dated = view.session.on or (view.next_session.on if isinstance(view, GuideView) else None)
    kinds = [kind for kind in FORMATS if kind != "zip" and (kind != "ics" or dated)]
    members = [(view.view + FORMATS[kind].suffix, FORMATS[kind].make(view, paper)) for kind in kinds]
    return packed(members, view.provenance.made_on.isoformat())


FORMATS: dict[str, Format] = {
    "md": Format(".md", "text/markdown; charset=utf-8", _markdown),
    "html": Format(".html", "text/html; charset=utf-8", _html),
    "pdf": Format(".pdf", "application/pdf", _pdf),
    "docx": Format(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word),
    "txt": Format(".txt", "text/plain; charset=utf-8", _text),
    "ics": Format(".ics", "text/calendar; charset=utf-8", _calendar),
    "json": Format(".json", "application/json", _json),
    "zip": Format(".zip", "application/zip", _zip),
}
"""Every kind of file; ``zip`` holds one of each of the others, ``ics`` only when there is a date."""


def render(view: View, format: str, *, paper: Paper = "a4") -> bytes:
    """``view`` as a file of ``format`` (a key of FORMATS). Raises RenderError."""
    if format not in FORMATS:
        raise RenderError(f"There is no format {format!r}.", remedy=f"Use one of: {', '.join(FORMATS)}.")
    return FORMATS[format].make(view, paper)
