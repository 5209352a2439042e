"""Words and their English stems, for matching subjects in free text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def word_set(text: str) -> frozenset[str]:
    """The words of a text written for this: parted by spaces and line breaks."""
    return frozenset(text.split())


@cache
def _stemmer() -> Any:
    import Stemmer  # imported late: a C library that few commands need

    return Stemmer.Stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The snowball stem of one word in small letters, without ``'s``."""
    word = unicodedata.normalize("NFC", word.replace("’", "'").casefold()).removesuffix("'s")
    return str(_stemmer().stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in _WORD.findall(text)]
