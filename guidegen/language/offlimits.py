"""Subjects a person keeps out: whether a text touches one of them. In doubt it does.

A subject is matched by the stems of its words, whole words only: "redundancies" is touched by
"made redundant" but "race" not by "embrace". Several words match when they stand close together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from guidegen.domain.topic import Topic
from guidegen.language.stems import stems

_PARTS = re.compile(r"[,;/|\n]|\b(?:and|or)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"[.;!?\n]+(?=\s|$)")
# Words that say nothing of the subject: "please no questions about my divorce".
_GRAMMAR = frozenset(stems("""
    a an the my our his her their your its of about on in to for with from at any no not never none please avoid all
    do don't want i me we us is are be that this keep out off limits
"""))
_GENERAL = frozenset(stems("""
    anything anyone question questions talk talking discuss discussing discussion mention topic topics subject subjects
    matter matters issue issues thing things stuff everything detail details related regarding around concerning
"""))
# Alone these would touch almost every text, so "personal matters" keeps both its words.
_WIDE = frozenset(stems("personal private"))
# The reach of a subject of several words: this many other words may stand between them.
_BETWEEN = 2


def touches(text: str, limits: Sequence[str]) -> bool:
    """Whether ``text`` touches one of the subjects in ``limits``."""
    subjects = _subjects(tuple(limits))
    if not subjects:
        return False
    folded = text.casefold()
    stemmed = _stemmed(text)
    return any(
        any(word in folded for word in subject)
        if _unspaced(subject)
        else all(f" {word} " in stemmed for word in subject)
        and any(_near(subject, sentence.split()) for sentence in stemmed.split("\n"))
        for subject in subjects
    )


def expanded(limits: Sequence[str], topics: Iterable[Topic]) -> tuple[str, ...]:
    """``limits``, and for each that names a topic (its id or title) the other words for it too."""
    found = list(limits)
    known = list(topics)
    for subject in _subjects(tuple(limits)):
        for topic in known:
            names = (topic.id.replace("-", " "), topic.title)
            if subject in {s for name in names for s in _subjects((name,))}:
                found += [topic.id.replace("-", " "), topic.title, *topic.aliases]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=500)
def _subjects(limits: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    found = set()
    for limit in limits:
        for part in _PARTS.split(limit):
            words = [w for w in dict.fromkeys(stems(part)) if w not in _GRAMMAR]
            telling = [w for w in words if w not in _GENERAL]
            if subject := telling if set(telling) - _WIDE else words:
                found.add(tuple(subject))
    return frozenset(found)


def _unspaced(subject: tuple[str, ...]) -> bool:
    """Whether a script without spaces between words is used, so that only parts can be compared."""
    return any("\u2e80" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" or "\u0e00" <= c <= "\u0e7f"
               for word in subject for c in word)


@lru_cache(maxsize=32_768)
def _stemmed(text: str) -> str:
    """Each sentence's stems between spaces, a sentence a line. Remembered, since every guide on a topic
    looks at the same items; as one string, since 20,000 of them should cost no more than the texts do."""
    return "\n".join(f" {' '.join(found)} " for part in _SENTENCES.split(text) if (found := stems(part)))


def _near(subject: tuple[str, ...], words: list[str]) -> bool:
    wanted = set(subject)
    if not wanted.issubset(words):
        return False
    reach = len(subject) + _BETWEEN
    kept = [w for w in words if w in wanted or w not in _GRAMMAR | _GENERAL]
    return any(wanted <= set(kept[n : n + reach]) for n, word in enumerate(kept) if word in wanted)
