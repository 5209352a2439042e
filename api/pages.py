"""The page: a form, the guide it makes, and the guide's files. It works without a script."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from api.documents import NAMES, checked_paper, document, formats, has_day
from api.form import DEFAULTS, EXAMPLE, LABELS, LEVELS, fault_at, filled_in, order_from, read_form
from api.problems import Refused, problem_of
from api.readiness import Desk, desk
from guidegen import guides
from guidegen.domain.views import GuideView, cut
from guidegen.errors import GuidegenError, InputError
from guidegen.guides import Parts
from guidegen.language.names import called
from guidegen.rendering import render_body, stylesheet

router = APIRouter(tags=["page"])
TheDesk = Annotated[Desk, Depends(desk)]

PAGE_WAIT_SECONDS = 3.0
"""How long the page waits for the corpus before it says so and looks again by itself."""


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("api", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(template: str, status: int = 200, **context: Any) -> HTMLResponse:
    return HTMLResponse(_templates().get_template(template).render(**context), status_code=status)


class Typed(NamedTuple):
    """A body of the form and its content type; it is taken apart in the request's own thread."""

    body: bytes
    content_type: str


async def typed_form(request: Request) -> Typed:
    """The form as it was sent."""
    return Typed(await request.body(), request.headers.get("content-type", ""))


@router.get("/", summary="The page", response_class=HTMLResponse)
def home(at: TheDesk, example: bool = False) -> Response:
    """The form, empty or with the example filled in; while the corpus is read, a page that waits."""
    try:
        parts = at.readiness.parts(PAGE_WAIT_SECONDS)
    except Refused as error:
        if error.kind != "not-ready":
            raise
        return _page("waiting.html.j2", title="One moment")
    values = dict(EXAMPLE if example else DEFAULTS)
    if values["topic"] not in parts.library.topics:
        values["topic"] = next(iter(parts.library.topics), "") if example else ""
    return _form(parts, values, fresh=not example)


@router.get("/guide", include_in_schema=True, summary="Back to the form", response_class=RedirectResponse)
def back_home() -> Response:
    """A guide has no address of its own, since nothing is stored: this leads to the form."""
    return RedirectResponse("/", status_code=303)


@router.get("/guide.css", summary="The style of a guide", response_class=Response)
def guide_style() -> Response:
    """The style sheet that guides are drawn with, on the page and in files."""
    return Response(stylesheet(), media_type="text/css", headers={"Cache-Control": "no-cache"})


@router.post(
    "/guide",
    summary="Make a guide from the form",
    response_class=HTMLResponse,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            name: {"type": "string", "default": d} for name, d in DEFAULTS.items()
                        },
                    }
                }
            },
        }
    },
)
def guide(at: TheDesk, sent: Annotated[Typed, Depends(typed_form)]) -> Response:
    """The guide as a page, or as a file to keep; with faults, the form again with everything in it."""
    typed = read_form(sent.body, sent.content_type)
    values = filled_in(typed)
    wanted = typed.get("format", "page")
    parts = at.parts()
    if wanted == "form":
        return _form(parts, values, fresh=False)
    try:
        if wanted != "page" and wanted not in set(NAMES) & set(formats()):
            raise InputError("There is no such format.", remedy=f"There are {', '.join(NAMES.values())}.")
        paper = checked_paper(typed.get("paper", "a4"))
        order = order_from(values, parts)
        made = guides.make_guide(parts, order.pair, order.topic, order.session, today=at.today())
        view = cut(made, order.view)
        if wanted != "page":
            return document(view, wanted, paper, save=True)
        return _result(view, values)
    except GuidegenError as error:
        return _form(parts, values, fresh=False, error=error)


def _form(
    parts: Parts, values: dict[str, str], *, fresh: bool, error: GuidegenError | None = None
) -> Response:
    found = problem_of(error) if error else None
    topics = parts.library.topics
    remedy = "" if error is None or error.faults else found.detail if found else ""
    return _page(
        "form.html.j2",
        found.status if found else 200,
        title="Make a guide",
        values=values,
        topics=list(topics.values()),
        labels=LABELS,
        levels=LEVELS,
        fresh=fresh,
        failed=error is not None,
        detail=remedy,
        faults=fault_at(error) if error else {},
        nearest=[topics[t] for t in getattr(error, "nearest", ()) if t in topics],
    )


def _result(view: GuideView, values: dict[str, str]) -> Response:
    mentor, executive = called(view.pair.mentor.name, view.pair.executive.name)
    offered = [name for name in NAMES if name in formats() and (name != "ics" or has_day(view))]
    return _page(
        "result.html.j2",
        title=f"{view.topic.title}: {mentor} and {executive}",
        view=view.view,
        mentor=mentor,
        executive=executive,
        body=Markup(render_body(view)),  # noqa: S704 - made by rendering from an escaped template
        values=values,
        formats=[(name, NAMES[name]) for name in offered],
    )
