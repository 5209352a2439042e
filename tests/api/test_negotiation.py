"""Which format an Accept header asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.negotiation import choose

OFFERS = ("application/json", "text/markdown", "text/html", "application/pdf")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "text/html"),
        ("TEXT/HTML; charset=utf-8", "text/html"),
        ("text/*", "text/markdown"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/pdf;q=0.4, text/markdown;q=0.9", "text/markdown"),
        ("application/pdf;q=0.4, application/json;q=0.1", "application/pdf"),
        ("*/*, application/json;q=0", "text/markdown"),
        ("text/html;q=0, text/*;q=0.5", "text/markdown"),
        ("image/png", None),
        ("application/json;q=0", None),
        ("application/pdf;q=nonsense", "application/pdf"),
        ("nonsense", "application/json"),
    ],
)
def test_the_best_offer_is_chosen(accept: str | None, chosen: str | None) -> None:
    """Exact ranges beat wide ones, q decides, and ties go to our own order."""
    assert choose(accept, OFFERS) == chosen


@given(st.text(max_size=80))
def test_any_header_gives_an_offer_or_none(accept: str) -> None:
    """No header, however broken, raises or invents a type."""
    assert choose(accept, OFFERS) in (*OFFERS, None)


@given(st.permutations(["text/html;q=0.7", "application/pdf;q=0.9", "*/*;q=0.1"]))
def test_order_in_the_header_does_not_matter(parts: list[str]) -> None:
    """Only weights count, not who is named first."""
    assert choose(",".join(parts), OFFERS) == "application/pdf"
