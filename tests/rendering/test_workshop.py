"""The facilitator's guide in every format, and the page for the tables."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from pypdf import PdfReader

from guidegen.domain.workshop import WorkshopView
from guidegen.errors import GuideFileError, RenderError
from guidegen.rendering import FORMATS, read_view, render, render_pdf
from guidegen.workshops import make_workshop
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def view(parts: Any) -> WorkshopView:
    return make_workshop(parts, "inclusion", 12, 90, 3, TODAY, on=TODAY)


def test_every_format_can_be_made_twice_alike(view: WorkshopView) -> None:
    """All formats take a workshop, calendar included when it has a day."""
    for name in FORMATS:
        assert render(view, name) == render(view, name) != b""


def test_without_a_day_there_is_no_calendar(view: WorkshopView) -> None:
    """The calendar asks for a day; everything else does without."""
    undated = view.model_copy(update={"on": None})
    with pytest.raises(RenderError):
        render(undated, "ics")
    assert render(undated, "zip")


@pytest.mark.parametrize("topic", ["crypto", "inclusion", "social-media"])
def test_four_pages_and_the_table_sheet_on_its_own(parts: Any, topic: str) -> None:
    """Twelve people and ninety minutes fit on four pages, and the last is what each table gets."""
    data, notes = render_pdf(make_workshop(parts, topic, 12, 90, 3, TODAY))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert notes == []
    assert len(pages) <= 4
    assert "Table sheet" in pages[-1]
    assert "Your task" in pages[-1]
    assert "Your harvest" in pages[-1]
    assert "To have at hand" not in pages[-1]


def test_what_is_asked_is_on_the_sheet_once(view: WorkshopView) -> None:
    """Every question and fact stands in the text once, and the agenda points to numbers."""
    text = render(view, "md").decode()
    for question in view.questions:
        assert text.count(question.text) == 1
    assert "**Questions 1, 2" in text
    assert "All together" in text
    assert "At tables" in text


def test_what_was_written_is_read_back(view: WorkshopView) -> None:
    """Reading a workshop's JSON gives the same view."""
    data = render(view, "json")
    assert read_view(data) == view
    assert render(read_view(data), "json") == data


def test_loose_ends_are_faults(view: WorkshopView) -> None:
    """Minutes that do not add up, a lost question and a lost source are each told with their path."""
    data = json.loads(render(view, "json"))
    data["agenda"][-1]["minutes"] += 1
    data["agenda"][1]["questions"] = ["gone"]
    data["facts"][0]["evidence"] = ["nobody"]
    with pytest.raises(GuideFileError) as caught:
        read_view(json.dumps(data))
    assert {f.field for f in caught.value.faults} == {"agenda", "agenda.1.questions", "facts.0.evidence"}


def test_foreign_text_stays_text(view: WorkshopView) -> None:
    """Markup in a line is shown and not obeyed."""
    thing = view.object.model_copy(update={"name": "a <script>alert(1)</script>"})
    page = render(view.model_copy(update={"object": thing}), "html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
