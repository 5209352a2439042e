"""Small numbers in words, as they stand in running text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def in_words(number: int) -> str:
    """A number up to twelve as a word, a larger one in figures."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


def group_sizes_in_words(groups: Sequence[int]) -> str:
    """``(4, 3, 3)`` as one group of four and two of three."""
    (size, count), *rest = sorted(Counter(groups).items(), reverse=True)
    first = f"{in_words(count)} group{'s' if count > 1 else ''} of {in_words(size)}"
    return " and ".join([first, *(f"{in_words(n)} of {in_words(s)}" for s, n in rest)])
