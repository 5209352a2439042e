"""Four pages: what people read before a meeting. With the real corpus, on both papers."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from guidegen.domain.session import Session
from guidegen.domain.views import cut, cut_primer
from guidegen.guides import make_guide
from guidegen.people import pair_from
from guidegen.rendering import render_pdf
from tests.conftest import TODAY
from tests.ten_pairs import pair_data

CASES = [
    ("procurement", "crypto", "first", 60, "a4"),
    ("people", "crypto", "standard", 90, "letter"),
    ("marketing", "social-media", "first", 90, "a4"),
    ("legal", "inclusion", "standard", 60, "letter"),
]


@pytest.mark.parametrize(("key", "topic", "kind", "minutes", "paper"), CASES)
def test_each_copy_has_at_most_four_pages_and_the_primer_one(
    parts: Any, key: str, topic: str, kind: str, minutes: int, paper: str
) -> None:
    """Up to 90 minutes each copy is four pages at most, the primer exactly one, and all are tagged."""
    session = Session.model_validate(
        {"kind": kind, "number": 1 if kind == "first" else 2, "minutes": minutes, "on": date(2027, 1, 14)}
    )
    guide = make_guide(parts, pair_from(pair_data(key), key), topic, session, today=TODAY)
    for view in (cut(guide, "shared"), cut(guide, "mentor"), cut(guide, "executive"), cut_primer(guide)):
        content, notes = render_pdf(view, "letter" if paper == "letter" else "a4")
        assert notes == []
        reader = PdfReader(io.BytesIO(content))
        pages = len(reader.pages)
        assert pages == 1 if view.view == "primer" else pages <= 4
        assert "/StructTreeRoot" in reader.trailer["/Root"]
