"""topic.md: passages, citations, misconceptions and give-backs, with their lines."""

from __future__ import annotations

import pytest

from guidegen.library.markdown import parse

_COMMENT = "<!-- {id: x/y, level: 0} -->\n"


def test_a_passage_loses_its_citation_marks() -> None:
    """Marks leave the prose, which stays tidy; source, locator and what it says are kept."""
    topic = parse(f"## One\n{_COMMENT}A fact.[^src-1: section 2,\nline 3 — what it says] More — of it.\n\nEnd.\n", "t.md")
    passage = topic.passages[0]
    assert passage.fields["text"] == "A fact. More — of it.\n\nEnd."
    assert passage.fields["citations"] == [{"source": "src-1", "locator": "section 2, line 3", "says": "what it says"}]
    assert topic.faults == []


def test_lines_count_from_the_top_of_the_file() -> None:
    """A comment over several lines gives every field its own line in the file."""
    topic = parse("---\nid: x\n---\n\n## One\n<!-- {id: x/y,\nlevel: 0,\nas_of: 2026-01-01} -->\nText.\n", "t.md")
    loaded = topic.passages[0].loaded
    assert (loaded.line(("id",)), loaded.line(("as_of",)), topic.passages[0].line) == (6, 8, 5)
    assert topic.front is not None
    assert topic.front.line(("id",)) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("## One\nNo comment.\n", "no comment"),
        (f"## One\n{_COMMENT}", "no text"),
        (f"## One\n{_COMMENT}Text.[^src]\n", "not in the right form"),
        (f"## One\n{_COMMENT}Text.[^src: only where]\n", "where and what"),
        (f"## One\n{_COMMENT}Text. <!-- again -->\n", "second comment"),
        (f"## One\n{_COMMENT}Text.\n### Deeper\n", "too deep"),
        ("Text first.\n## One\n", "before the first heading"),
        ("---\nid: x\n", "never closed"),
        ("## One\n<!-- {id: x/y, id: x/z} -->\nText.\n", "stands twice"),
        ("## One\n<!-- {id: x/y, title: T} -->\nText.\n", "stands in the comment"),
        ("## One\n<!-- just words -->\nText.\n", "not a set of fields"),
        (f"## What the executive can give back\n### G\n{_COMMENT}Text.[^s: a — b]\n", "carries a citation"),
    ],
)
def test_slips_are_told(text: str, says: str) -> None:
    """Every slip of form is a fault with a remedy."""
    assert any(says in f.problem and f.remedy for f in parse(text, "t.md").faults)


def test_headings_inside_a_comment_are_none() -> None:
    """A line that begins with # inside a comment is part of the comment."""
    topic = parse('## One\n<!-- {id: x/y,\n## not a heading\nlevel: 0} -->\nText.\n', "t.md")
    assert [item.fields["title"] for item in topic.passages] in ([], ["One"])
