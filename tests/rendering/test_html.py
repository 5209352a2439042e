"""One page that stands alone, says everything and runs nothing."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from guidegen.domain.guide import Guide
from guidegen.domain.views import AUDIENCES, GuideView, PrimerView, cut
from guidegen.rendering import render, render_body, stylesheet

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}",
    "{% raw %}",
    "R&D <angle> & *x*",
)
UNPRINTED = {
    "id", "origin", "evidence", "questions", "activity", "kind", "who", "for", "direction", "stage", "asked_by",
    "code", "to", "status", "language", "place", "lead", "view", "schema_version", "summary", "spares", "provenance",
    "goals", "about", "to_mentor", "scale", "on", "as_of", "read", "reviewed_on",
}  # fmt: skip


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            assert not name.startswith("on")
            if name in ("href", "src"):
                self.addresses.append(value or "")
            if name == "id":
                self.ids.append(value or "")


def _page(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    return page


def _texts(value: Any, key: str = "") -> list[str]:
    if isinstance(value, dict):
        return [
            t for k, item in value.items() if k not in UNPRINTED or k in ("goal",) for t in _texts(item, k)
        ]
    if isinstance(value, list):
        return [t for item in value for t in _texts(item, key)]
    return [value] if isinstance(value, str) else []


def _shown(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_it_stands_alone(guide: Guide, audience: str) -> None:
    """No script and nothing fetched: every address is an anchor in the page or a link to a source."""
    text = render(cut(guide, audience), "html").decode()  # type: ignore[arg-type]
    page = _page(text)
    assert not page.tags & {"script", "link", "img", "iframe", "object", "form"}
    assert all(a.startswith(("#", "https://www.example.org/")) for a in page.addresses)
    assert {a[1:] for a in page.addresses if a.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "url(" not in stylesheet()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_headings_never_skip_a_level(guide: Guide, audience: str) -> None:
    """One h1, and each heading at most one level below the one before."""
    levels = _page(render_body(cut(guide, audience))).headings  # type: ignore[arg-type]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_nothing_is_lost(guide: Guide) -> None:
    """Every sentence of the full guide is in its page."""
    view = cut(guide, "full")
    data = view.model_dump(mode="json", by_alias=True)
    data["sources"] = [s for s in data["sources"] if "never" not in s["id"]]
    data["questions_"] = data.pop("questions")  # the top list is printed, the blocks' lists are ids
    data["activity_"] = data.pop("activity")
    shown = _shown(render_body(view))
    bare = re.sub(r"\W+", "", shown)
    for text in _texts(data):
        for piece in re.split(r"_{2,}|\n+", text):
            assert re.sub(r"\W+", "", piece) in bare, piece


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_is_only_ever_text(guide: Guide, payload: str) -> None:
    """Markup and template code in any field comes out as the words it is made of."""
    data = cut(guide, "full").model_dump(mode="json", by_alias=True)

    def spoil(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: spoil(item, k) for k, item in value.items()}
        if isinstance(value, list):
            return [spoil(item, key) for item in value]
        return (
            payload
            if isinstance(value, str)
            and key in {"text", "title", "why", "purpose", "steps", "name", "goal", "ask", "if", "term"}
            else value
        )

    view = GuideView.model_validate(spoil(data))
    text = render(view, "html").decode()
    page = _page(text)
    assert not page.tags & {"script", "img", "angle"}
    assert _shown(payload.replace("<", "‹")).replace("‹", "<") in html.unescape(text)


def test_the_language_is_said(primer: PrimerView) -> None:
    """The page says its language and reads from the right where that language does."""
    session = primer.session.model_copy(update={"language": "ar"})
    text = render(primer.model_copy(update={"session": session}), "html").decode()
    assert '<html lang="ar" dir="rtl">' in text
