"""Markdown shows text as it is, whatever is in it."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guidegen.domain.views import GuideView
from guidegen.rendering.clean import clean, one_line
from guidegen.rendering.layout import lay_out
from guidegen.rendering.markdown import escape, to_markdown

PARSER = MarkdownIt("commonmark").enable(["strikethrough", "table"])
AWKWARD = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="*_`~[]()<>#&;!\\|-+=.:1a é\n$\"'", max_size=40),
    st.sampled_from(
        ["R&D <angle>", "# head", "1. one", "- [ ] x", "***", "&amp;", "<b>", "snake_case_", "a | b"]
    ),
)


def _shown(markdown: str) -> str:
    rendered = PARSER.render(markdown)
    return html.unescape(re.sub(r"<(/?(p|ul|ol|li)|strong|em)>", "", rendered)).strip()


@given(AWKWARD)
def test_text_comes_out_as_it_went_in(text: str) -> None:
    """A parser shows the escaped text exactly as the text was, alone and as a list item."""
    plain = one_line(clean(text))
    assert one_line(_shown(escape(plain, first=True))) == plain
    assert one_line(_shown(f"- {escape(plain, first=True)}")) == plain


def test_plain_words_are_not_escaped() -> None:
    """What needs no escape stays readable as plain text."""
    text = "R&D asks (twice): is 5 < 7, at $5, for snake_case - or not?"
    assert escape(text, first=True) == text


def test_it_reads_as_a_document(mentor: GuideView) -> None:
    """Title, parts, boxes to tick and numbered sources are all there."""
    text = to_markdown(lay_out(mentor))
    assert text.startswith("*For Aiko Tan")
    assert "\n# Crypto, stablecoins and custody\n" in text
    assert "\n## Your brief, Aiko\n" in text
    assert text.count("- [ ] ") >= 8
    assert "### 0:17 · What is asked of us (10 min)" in text
    assert re.search(r"^1\. .*\]\(https://www\.example\.org/", text, re.M)


def test_an_empty_line_never_opens_a_list_within_a_list(mentor: GuideView) -> None:
    """Items of one list stand together, so that no renderer spaces them out."""
    assert "\n\n\n" not in to_markdown(lay_out(mentor))
