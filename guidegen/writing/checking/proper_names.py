"""Proper names in a text: capitalised words and letter-digit names, each of which must come from somewhere.

English, French, Spanish, Italian, Dutch and Portuguese write other words small, so a capital inside a
sentence tells a name; the first word of a sentence is one when the corpus does not know it as a word.
German writes every noun with a capital: there, only abbreviations and mixed forms (USDC, MiCA) count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from guidegen.language.stems import stem, word_set

_WORD = re.compile(r"[^\W_]+(?:[’'&.-][^\W_]+)*")
# A new sentence begins after its end, a colon, a dash, an opening quote or bracket, or on a new line.
_BEGINS = re.compile(r"(?:^|[.!?:;…]|[.!?][\"”’')\]]+|\n\s*(?:[-*•–]|\d+[.)])?|\s[–—-]|[\"“„«‘(\[])\s*[\"“„«‘(\[*]*\s*$")
ALLOWED = word_set("""
    I I'm I'd I've I'll OK CEO CFO CTO COO CIO CHRO HR IT PR PDF Q&A R&D FAQ KPI ID TV PC vs AM PM
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December English MENTOR EXECUTIVE COMPANY COMPANY_2 Sie Ihr Ihre Ihnen Ihrem Ihren Ihrer
""")
_PLACEHOLDER = re.compile(r"PERSON_\d+|MENTORs?|EXECUTIVEs?|COMPANY(?:_2)?")
_MIXED = re.compile(r"(?=.*[^\W\d_])(?:.*[A-ZÀ-Þ].*[A-ZÀ-Þ].*|.*\d.*|[^\W_]+[A-ZÀ-Þ].*)")


def _bare(word: str) -> str:
    return re.sub(r"(?:['’]s|['’])$", "", word).strip(".-")


def known_names(texts: Iterable[str]) -> frozenset[str]:
    """Every word of ``texts`` that has a capital or a digit, in small letters."""
    found = (_bare(w) for text in texts for w in _WORD.findall(text))
    return frozenset(p.casefold() for w in found for p in (w, *re.split(r"[-&.]", w)) if (p and p != p.lower()) or any(map(str.isdigit, p)))


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """The stems of every small word of ``texts``: what may begin a sentence with a capital."""
    return frozenset(stem(_bare(w)) for text in texts for w in _WORD.findall(text) if w == w.lower())


def strangers(text: str, names: Collection[str], words: Collection[str], language: str = "en") -> list[str]:
    """The proper names of ``text`` that are not in ``names``, as written; ``words`` may begin a sentence."""
    german = language.split("-")[0].lower() == "de"
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = _bare(match[0])
        if not word or word == word.lower() or word in ALLOWED or _PLACEHOLDER.fullmatch(word):
            continue
        parts = [p for p in re.split(r"[-&.]", word) if p]
        if word.casefold() in names or all(p.casefold() in names or p == p.lower() or p in ALLOWED for p in parts):
            continue
        mixed = bool(_MIXED.fullmatch(word))
        if german and not mixed:
            continue
        if not mixed and _BEGINS.search(text[max(0, match.start() - 12) : match.start()] if match.start() > 12 else text[: match.start()]):
            first = parts[0] if parts else word
            if not words or stem(first) in words or stem(word) in words:
                continue
        found.append(match[0])
    return list(dict.fromkeys(found))
