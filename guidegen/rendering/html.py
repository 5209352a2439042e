"""A sheet as HTML: one self-contained page, or its inside for the web pages. No script anywhere."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from guidegen.rendering.sheet import Sheet

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("guidegen.rendering", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)


def _ids(sheet: Sheet) -> list[str]:
    """An anchor for every part; a second part of one kind gets a number."""
    seen: dict[str, int] = {}
    ids = []
    for part in sheet.parts:
        seen[part.kind] = seen.get(part.kind, 0) + 1
        ids.append(f"part-{part.kind}" + (f"-{seen[part.kind]}" if seen[part.kind] > 1 else ""))
    return ids


def stylesheet() -> str:
    """The style sheet that belongs to the body."""
    return files("guidegen.rendering").joinpath("templates/guide.css").read_text(encoding="utf-8")


def to_body(sheet: Sheet) -> str:
    """The inside of the page: one article, without html, head or style."""
    return _environment().get_template("body.html.j2").render(sheet=sheet, ids=_ids(sheet))


def to_html(sheet: Sheet) -> str:
    """A whole page with its style inside and nothing fetched from elsewhere."""
    from markupsafe import Markup

    # Both are ours: the body was escaped while it was made, the style sheet ships with the package.
    return (
        _environment()
        .get_template("page.html.j2")
        .render(sheet=sheet, body=Markup(to_body(sheet)), css=Markup(stylesheet()))  # noqa: S704 - escaped while made, or shipped
    )
