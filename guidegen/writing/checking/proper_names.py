"""Proper names in a text: capitalised words and letter-digit names, each of which must come from somewhere.

English, French, Spanish, Italian, Dutch and Portuguese write other words small, so a capital inside a
sentence tells a name; the first word of a sentence is one when the corpus does not know it as a word.
German writes every noun with a capital: there, only abbreviations and mixed forms (USDC, MiCA) count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from guidegen.language.stems import stem, word_set
from guidegen.writing.checking.quantities import quantities
from guidegen.writing.checking.support import STOP

_WORD = re.compile(r"[^\W_]+(?:[’'&.-][^\W_]+)*")
# A new sentence begins after its end, a colon, a dash, an opening quote or bracket, or on a new line.
_BEGINS = re.compile(r"(?:^|[.!?:;…]|[.!?][\"”’')\]]+|\n\s*(?:[-*•–]|\d+[.)])?|\s[–—-]|[\"“„«‘(\[])\s*[\"“„«‘(\[*]*\s*$")
ALLOWED = word_set("""
    I I'm I'd I've I'll OK CEO CFO CTO COO CIO CHRO HR IT PR PDF Q&A R&D FAQ KPI ID TV PC vs AM PM
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December English Sie Ihr Ihre Ihnen Ihrem Ihren Ihrer
""")
_SHORT = {"us": {"united", "states"}, "usa": {"united", "states"}, "uk": {"united", "kingdom"}, "un": {"united", "nations"}, "eu": {"european", "union"}}
_PLACEHOLDER = re.compile(r"\b(?:PERSON_\d+|MENTORs?|EXECUTIVEs?|COMPANY(?:_2)?)\b(?:['’]s)?")
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
    text = _PLACEHOLDER.sub(lambda m: "x" * len(m[0]), text)
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = _bare(match[0])
        if not word or word == word.lower() or word in ALLOWED:
            continue
        parts = [p for p in re.split(r"[-&.]", word) if p]
        if _SHORT.get(word.casefold(), {""}) <= set(names):
            continue
        if word.casefold() in names or all(p.casefold() in names or p == p.lower() or p in ALLOWED for p in parts):
            continue
        mixed = bool(_MIXED.fullmatch(word))
        if german and not mixed:
            continue
        if not mixed and _BEGINS.search(text[max(0, match.start() - 12) : match.start()] if match.start() > 12 else text[: match.start()]):
            first = parts[0] if parts else word
            if not words or {stem(first), stem(word)} & (STOP | frozenset(words)) or quantities(word):
                continue
        found.append(match[0])
    return list(dict.fromkeys(found))
