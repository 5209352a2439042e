"""Items to texts: all of the item, its title in front, in windows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.domain.topic import Item, Passage
from guidegen.retrieval.chunks import (
    GENERAL_GIVE_BACKS,
    WINDOW,
    corpus_windows,
    item_text,
    windows,
)


def _passage(title: str, text: str) -> Passage:
    return Passage(
        id="a/b",
        title=title,
        text=text,
        in_short="x",
        citations=({"source": "s", "locator": "l", "says": "s"},),
        lenses=("risk",),
        level=0,
    )  # type: ignore[arg-type]


def test_every_kind_of_item_has_a_text(library: Any) -> None:
    """No kind of item is left out, and no slot or blank stays in the text."""
    kinds = set()
    for topic in library.topics.values():
        for item in topic.items():
            kinds.add(type(item).__name__)
            title, body = item_text(item)
            assert title
            assert body
            assert not set("{}_") & set(body)
    assert len(kinds) == 8


def test_an_unknown_kind_is_a_fault_of_ours() -> None:
    """A kind without a text is not indexed as nothing by mistake."""
    with pytest.raises(TypeError):
        item_text(Item(id="a/b", lenses=("risk",), level=0))


@given(st.text(max_size=4_000), st.integers(min_value=20, max_value=500))
def test_windows_lose_and_reorder_nothing(text: str, size: int) -> None:
    """Joined again, the windows hold every word once, in order, and none is too long."""
    found = windows(_passage("Title", text), size)
    bodies = [window.removeprefix("Title").removeprefix(". ") for window in found]
    assert " ".join(bodies).split() == text.split()
    longest = max((len(word) for word in text.split()), default=0)
    assert all(len(body) <= max(size, longest) for body in bodies)
    assert len(found) >= 1


def test_a_long_item_has_several_windows_each_with_its_title() -> None:
    """Beyond a thousand characters the title stands in front of every part."""
    found = windows(_passage("Custody", "A wallet keeps keys, not coins. " * 80))
    assert len(found) == 3
    assert all(window.startswith("Custody. ") and len(window) <= WINDOW + 9 for window in found)


def test_corpus_windows_cover_everything_in_order(library: Any) -> None:
    """Topics come in id order, general give-backs last, under their own name."""
    found = corpus_windows(library)
    assert [w.topic for w in found] == sorted(
        (w.topic for w in found), key=lambda t: (t == GENERAL_GIVE_BACKS, t)
    )
    items = {item.id for topic in library.topics.values() for item in topic.items()}
    assert {w.item for w in found} == items | {"general/give/budget"}
