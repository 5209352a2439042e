"""Placeholders in what a model wrote become names again, whatever their case and markup, or the text is refused.

``MENTOR``, ``**MENTOR**``, ``[Mentor]``, ``Mentor's`` and ``MENTOR:`` are the person; ``your mentor`` and
``Chief Executive`` are words. Whatever looks like a placeholder and is none refuses the whole text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from guidegen.writing.checking.finding import Finding

_WORD = "mentor|executive|company|person|email"
_TOKEN = re.compile(
    rf"(?<!\w)(?P<open>[*_`\[{{<%$@#«]{{0,6}})(?P<word>(?i:{_WORD}))(?P<num>[_-]?\d+|(?<=PERSON) \d+)?"
    r"(?P<shut>(?P<in>['’]s)?[*_`\]}>%»]{0,6})(?P<tail>['’]?[^\W\d_]*)"
)
# Near misses and words that models make up for a person: none of them may be printed.
_BROKEN = re.compile(
    r"(?<![A-Z0-9_])[A-Z0-9_]*(?:MENTOR|EXECUTIV|COMPANY|PERSON_|EMAIL)[A-Z0-9_]*|\b(?:MENT[O0]R?E?|MENTEE|M[E3]NT[O0]R|EXECUTVE|EXEC|EXECUTIVE?|"
    r"C[O0]MPANY|COMPNAY|COMAPNY|MENTRO|PERS[O0]N|ORGANI[SZ]ATION|EMPLOYEE|EMPLOYER|USER|NAME|NAMES|LEADER)\b(?:_\w+)?"
    r"|\bperson_\w+|\b[A-Z]{2,}_[A-Z0-9_]+\b"
)
_BRACKET = re.compile(r"[\[{<][^\]}>\n]{0,60}[\]}>]|[{}]")
_ARTICLE = re.compile(r"\b(?:the|a|an|your|our|my|his|her|their|this|each|every|another)\s+[\"“*]*$", re.IGNORECASE)
_POSSESSED = re.compile(r"\b(?:a|an|your|our|my|his|her|their)\s+[\"“*]*$", re.IGNORECASE)
_ROLE_NEXT = re.compile(r"\s+(?:[A-Z]|summary|sponsor|team|board|committee|pay|order|search|level|director|education|coach)")
# Letters of other scripts that look like ours: a placeholder written with them would slip through.
_TWINS = str.maketrans("АВЕЅІЈКМНОРСТУХаеорсухіѕЕΑΒΕΖΗΙΚΜΝΟΡΤΥΧоν", "ABESIJKMHOPCTYXaeopcyxisEABEZHIKMNOPTYXov")


_LOOK = 40
"""So far back the words before a placeholder are looked at; more would make long texts slow."""


def _finding(code: str, problem: str, remedy: str) -> Finding:
    return Finding(f"placeholder-{code}", problem, remedy)


_UNKNOWN = _finding(
    "unknown", "It holds a placeholder that does not exist here.", "Use only the placeholders given, exactly as they are written."
)
_BROKEN_FINDING = _finding(
    "broken", "A placeholder in it is broken.", "Write MENTOR, EXECUTIVE or COMPANY whole, in capitals, without brackets."
)


def shown(text: str, values: Mapping[str, str]) -> str | Finding:
    """``text`` with every placeholder of ``values`` replaced; a Finding when one is unknown, broken or in doubt."""
    if _tokens(text) != _tokens(unicodedata.normalize("NFKC", _visible(text)).translate(_TWINS)):
        return _BROKEN_FINDING
    out: list[str] = []
    done = 0
    for found in _TOKEN.finditer(text):
        new = _resolved(found, values)
        if isinstance(new, Finding):
            return new
        if new is None:
            continue
        between = text[done : found.start()]
        if _BROKEN.search(between) or _BRACKET.search(between):
            return _UNKNOWN
        out += [between, new]
        done = found.end()
    if _BROKEN.search(text[done:]) or _BRACKET.search(text[done:]):
        return _UNKNOWN
    return "".join([*out, text[done:]])


def _visible(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def _tokens(text: str) -> list[str]:
    return [found.casefold() for found in re.findall(rf"(?i)(?:{_WORD})[_-]?\d*", text)]


def _resolved(found: re.Match[str], values: Mapping[str, str]) -> str | Finding | None:
    """What a candidate stands for; None when it is an ordinary word."""
    word, text = found["word"], found.string
    marks = found["open"] + (found["shut"] or "").replace(found["in"] or "", "", 1)
    bracketed = bool(re.search(r"[\[{<%$«`]", marks))
    upper, title = word.isupper(), word.istitle()
    if not (upper or bracketed or title or found["num"]):
        return None
    genitive = found["in"] or (found["tail"] if found["tail"] in ("'s", "’s", "s", "'", "’") else "")
    rest = "" if genitive == found["tail"] or (found["in"] and not found["tail"]) else found["tail"]
    if rest and rest not in ("'", "’"):
        return _BROKEN_FINDING if upper or bracketed else None
    if word.casefold() == "email":
        return _finding("email", "It holds an e-mail address.", "Leave addresses out.") if upper or bracketed else None
    number = (found["num"] or "").strip("_- ")
    if word.casefold() == "person" and not number:
        return _UNKNOWN if upper or bracketed else None
    if not upper and not bracketed and not number and not _meant(found, genitive, marks):
        return None
    key = word.upper() + (f"_{number}" if number else "")
    if key not in values:
        if not upper and not bracketed and word.casefold() == "person":
            return None if "_" not in (found["num"] or "") else _UNKNOWN
        return _UNKNOWN
    before = text[max(0, found.start() - 12) : found.start()]
    article = _POSSESSED if key.startswith("COMPANY") else _ARTICLE
    if article.search(before) and not genitive:
        return _finding("article", f"{key} stands for a name, and has an article before it.",
                        f"Write {key} as you would write a name, without the, a or your.")
    if not upper and not bracketed and not number and _begins(text, found.start()) and not (genitive or marks or text[found.end() :][:1] == ":"):
        return _finding("case", f"“{word}” may mean the person or anybody.", f"Write {key} in capitals for the person.")
    return values[key] + genitive


def _begins(text: str, start: int) -> bool:
    return not re.search(r"[^\s.!?:;\"“‘(*-]\s*[\"“‘(*-]*$", text[max(0, start - _LOOK) : start])


def _meant(found: re.Match[str], genitive: str, marks: str) -> bool:
    """Whether ``Mentor`` in this spelling means the person; ``your mentor`` never does."""
    text, end = found.string, found.end()
    if _ARTICLE.search(text[max(0, found.start() - 12) : found.start()]) or _ROLE_NEXT.match(text, end) or genitive == "s":
        return False
    if genitive or marks or text[end : end + 1] == ":":
        return True
    if found["word"].casefold() == "company":
        return False
    before = text[max(0, found.start() - _LOOK) : found.start()].rstrip("\"“‘(* ")
    post = re.search(r"[-/&]$" if found["word"].casefold() == "mentor" else r"[A-Z][\w-]*$|[-/&]$", before)
    return _begins(text, found.start()) or not post  # "Chief Executive", "non-Executive" are posts
