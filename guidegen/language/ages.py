"""Ages and birth years of persons, taken out of free text: they are not used, by design.

Counts stay: ``54 suppliers``, ``12 years of experience``, ``Section 54``. In doubt a number that
could be an age goes, since a lost count does less harm than a printed age.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES = "(?:one|two|three|four|five|six|seven|eight|nine)"
_WORDS = rf"(?:sixteen|seventeen|eighteen|nineteen|{_TENS}(?:[- ]{_ONES})?)"
_N = rf"(?:(?<!\d)(?:1[0-9]|[2-9][0-9]|10[0-9])(?![\d%])(?!\.\d)|{_WORDS})"
_YEAR = r"(?:19\d\d|20[0-2]\d)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?[ .]+)?(?:{_MONTH},?[ ]+)?(?:\d{{1,2}}(?:st|nd|rd|th)?,?[ ]+)?{_YEAR}s?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|the (?:19)?\d0'?s|'?\d\d\b)"
)
_OLD = r"(?:[ -]*(?:years?|yrs?)[ -]+(?:old|young|of[ -]age)|[ -]?y/?o\b|-?ish|-something)"
_NEARLY = (
    r"(?:(?:now|just|already|only|nearly|almost|about|around|over|under|soon|currently|still|roughly|"
    r"not yet|turning|going to be|about to (?:be|turn)|past|well|aged?|a|of|the age of) )*"
)
_BE = r"(?:['’]m| am|['’]s| is|['’]re| are| was| were|['’]ll be| will be| have been|['’]ve been)"
_TURN = r"(?:(?: have|['’]ve| has)?(?: just| recently)? (?:turned|reached|hit)| turn)"
_STOP = (
    r"(?=\s*(?:$|[;:!?)\n–—]|[.,](?!\d)|\s-|(?:and|but|so|now|this|next|last|with|who|or|today|already|"
    r"when|while|as|in|at|on|since|then|yet|because|I|i)\b))"
)
_CLAUSE = re.compile(
    rf"\b(?P<who>I|he|she|they|you|who)(?:(?:{_BE} {_NEARLY}|{_TURN} ){_N}(?:{_OLD}\b|{_STOP})"
    rf"|(?:{_BE} (?:born|b\.) (?:in |on |around )?{_DATE}))"
    r"(?P<after>,?\s*(?:and|but|so)\b\s*|\s*[,;]\s*|\s*[.!?](?=\s|$)\s*|\s*)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:I|he|she|they|you|we|my|our|his|her|their|it)\b", re.IGNORECASE)
_NOUN_FOLLOWS = r"(?=\s+(?!(?:I|he|she|they|you|we|who|and|but|or|in|with|at|of|from|is|was|to|on|for)\b)[^\W\d_])"
_NOT_A_PERSON = r"(?:section|article|clause|rule|chapter|page|step|item|figure|table|paragraph|annex|version|no|number)"


def _clause(found: re.Match[str]) -> str:
    """Drops ``I am 54 and``; keeps the subject where what follows has none of its own."""
    rest, after = found.string[found.end():], found["after"].strip()
    if found["who"].lower() == "who":
        return " " if after in ("and", "but", "so", "") else f"{after} "
    if not rest or after[:1] in (".", "!", "?") or _SUBJECT.match(rest):
        return ""
    return f"{found['who']} " if after.lstrip(", ") in ("and", "but") or after[:1] == "," else ""


def _article(found: re.Match[str]) -> str:
    word = found["noun"]
    return f"{found['a'][0]}{'n' if word[0].lower() in 'aeiou' else ''} {word}"


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_CLAUSE, _clause),
    (re.compile(rf"\b(?P<a>an?) {_N}[- ]years?[- ]old {'(?P<noun>[a-z]+)'}(?<!\bwho)(?<!\bin)(?<!\bwith)\b",
                re.IGNORECASE), _article),
    (re.compile(rf"\b(an?) {_N}[- ]years?[- ]olds?\b", re.IGNORECASE), "a person"),
    (re.compile(rf"\b{_N}[- ]years?[- ]olds?\b{_NOUN_FOLLOWS}", re.IGNORECASE), ""),
    (re.compile(rf"\b{_N}[- ]years?[- ]olds\b", re.IGNORECASE), "people"),
    (re.compile(rf",?\s*\b(?:at|from|by|before|after|since|of)?\s*(?:the |an |my |his |her )?\bage[ds]?"
                rf"(?: of| is|:| =)?\s*{_NEARLY}{_N}\b(?:{_OLD})?", re.IGNORECASE), ""),
    (re.compile(rf"\b(?:being |turned |turning |i am |who (?:is|am|are|was) )?{_N}{_OLD}(?!\w)", re.IGNORECASE), ""),
    (re.compile(rf"\b(?:being |turned |turning ){_N}\b{_STOP}", re.IGNORECASE), ""),
    (re.compile(rf"\bat {_N},? (?=(?:I|he|she|they|you)\b)", re.IGNORECASE), ""),
    (re.compile(rf"\bin (?:my|his|her|their|your) (?:(?:early|mid|late|middle)[- ])?"
                r"(?:\d0['’]?s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|teens)\b", re.IGNORECASE), ""),
    (re.compile(rf"(?<!\b{_NOT_A_PERSON})" if False else rf"(?P<before>\b\w+)?\s*[(\[]\s*{_N}\s*[)\]]",
                re.IGNORECASE), lambda m: m[0] if re.fullmatch(_NOT_A_PERSON, m["before"] or "", re.I)
     else (m["before"] or "")),
    (re.compile(rf",?\s*\b(?:born|b\.)\s*(?:in |on |around |:)?\s*{_DATE}", re.IGNORECASE), ""),
    (re.compile(rf",?\s*\b(?:(?:my )?(?:year|date|day) of birth|birth ?(?:year|date|day)|dob)\b"
                rf"(?: is| was|:| =)?\s*{_DATE}", re.IGNORECASE), ""),
)
