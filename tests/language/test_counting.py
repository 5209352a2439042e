"""Small numbers as words."""

from __future__ import annotations

import pytest

from guidegen.language.counting import group_sizes_in_words, in_words


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ((3, 3), "two groups of three"),
        ((4, 3, 3), "one group of four and two of three"),
        ((4, 4, 4, 4, 4, 3), "five groups of four and one of three"),
    ],
)
def test_sizes_read_as_a_sentence_would(groups: tuple[int, ...], words: str) -> None:
    """Larger groups come first, and one group is singular."""
    assert group_sizes_in_words(groups) == words


def test_large_numbers_stay_figures() -> None:
    """Up to twelve in words, from then on in figures."""
    assert [in_words(n) for n in (2, 12, 13)] == ["two", "twelve", "13"]
