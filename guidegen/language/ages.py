"""Ages and birth years of persons, taken out of free text: they are not used, by design.

Counts stay: ``54 suppliers``, ``12 years of experience``, ``Section 54``. In doubt a number that
could be an age goes, since a lost count does less harm than a printed age.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES = "(?:one|two|three|four|five|six|seven|eight|nine)"
_NUMBER = (
    rf"(?:(?<![\d.,])(?:1[0-9]|[2-9][0-9]|10[0-9])(?![\d%])(?![.,]\d)"
    rf"|(?:sixteen|seventeen|eighteen|nineteen|{_TENS}(?:[- ]{_ONES})?)(?!\w))"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:the )?(?:(?:\d{{1,2}}(?:st|nd|rd|th)?[ .]+)?(?:{_MONTH},? )?(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?"
    r"(?:19|20)\d\d(?:['’]?s)?(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|['’]?\d0['’]?s|['’]\d\d\b)"
)
_OLD = r"(?:[ -]*(?:years?|yrs?)(?:[ -]+(?:old|young)| of age)s?\b|[ -]?y/?o\b|-?ish\b|-something\b)"
_NEARLY = (
    r"(?:(?:now|just|already|only|nearly|almost|about|around|over|under|soon|currently|still|roughly|well|"
    r"past|turning|going to be|about to (?:be|turn)|not yet|aged?|the age of) )*"
)
_BE = r"(?:['’](?:m|s|re|ll be|ve been)| am| is| are| was| were| will be| have been| has been)"
_DECADE = (
    r"in (?:my|his|her|their|your) (?:(?:early|mid|late|middle)[- ])?"
    r"(?:\d0['’]?s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|teens)\b"
)
_TURN = r"(?:(?: have|['’]ve| has)?(?: just| recently)? (?:turned|reached|hit)| turn)"
# An age stands at the end of its clause: "I am 54 and", never "I am 54 suppliers short".
_END = (
    r"(?=\s*(?:$|[;:!?)\n–—]|[.,](?!\d)|\s-|(?:and|but|so|now|this|next|last|with|who|or|today|already|when|"
    r"while|as|in|at|on|since|then|yet|because|I)\b))"
)
_NOT_PERSONS = re.compile(
    r"(?:sections?|articles?|clauses?|rules?|chapters?|pages?|steps?|items?|figures?|tables?|paragraphs?|"
    r"annex|version|no|number|regulations?|standards?|notes?|IAS|ISO|IFRS)", re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:I|he|she|they|you|we|my|our|his|her|their|it)\b", re.IGNORECASE)
# After "I am 54 and …" these go on with "am", anything else is a verb of its own.
_STATE = re.compile(
    r"(?:an?|the|in|at|on|not|still|now|also|about|\w+ing|\w+ful|head|keen|curious|new|ready|responsible|tired|"
    r"afraid|happy|proud|sure|unsure|nervous|interested|worried|based|used|due|fit|well|busy|eager|open|aware|very|"
    r"quite|rather|a bit)\b", re.IGNORECASE,
)

Found = re.Match[str]


def _clause(found: Found) -> str:
    """Drops ``I am 54 and``; the subject stays where what follows has none of its own."""
    after, rest = found["after"].strip(), found.string[found.end() :]
    joined = after.lstrip(", ").lower() in ("and", "but")
    if joined and rest and not _SUBJECT.match(rest):
        return f"{found['who']}{found['be'] or ''} " if _STATE.match(rest) and found["be"] else f"{found['who']} "
    return f"{after} " if after and found["who"].lower() == "who" else ""


def _noun(found: Found) -> str:
    """``a 54-year-old engineer`` → ``an engineer``; with no noun after it, ``a person``."""
    noun = found["noun"]
    if noun is None:
        return f"{found['a']} person" if found["a"].lower() == "a" else f"{found['a'][0]} person"
    return f"{found['a'][0]}{'n' if noun[0].lower() in 'aeio' else ''} {noun}"


def _brackets(found: Found) -> str:
    before = found["before"] or ""
    return found[0] if _NOT_PERSONS.fullmatch(before) else before


def _rule(pattern: str, by: str | Callable[[Found], str]) -> tuple[re.Pattern[str], str | Callable[[Found], str]]:
    return re.compile(pattern, re.IGNORECASE), by


_RULES = (
    _rule(rf"\b(?P<who>I|he|she|they|you|who)(?:(?P<be>{_BE}) {_NEARLY}(?:{_NUMBER}(?:{_OLD}|{_END})|{_DECADE})"
          rf"|{_TURN} {_NEARLY}{_NUMBER}(?:{_OLD}|{_END})|{_BE} (?:born|b\.) (?:in |on |around )?{_DATE})"
          r"(?P<after>,?\s*(?:and|but|so)\b\s*|\s*[,;]\s*|\s*[.!?](?=\s|$)\s*|\s*)", _clause),
    _rule(rf"\b(?P<a>an?) {_NUMBER}[- ]years?[- ]olds?\b"
          r"(?: (?!(?:I|he|she|they|you|we|who|and|but|or|in|with|at|of|from|is|was|to|on|for)\b)(?P<noun>[a-z]+))?",
          _noun),
    _rule(rf"\b{_NUMBER}[- ]years?[- ]olds\b", "people"),
    _rule(r",?\s{0,2}\b(?:(?:at|from|by|before|after|since|of) )?(?:(?:the|an|my|his|her|their) )?\bage[ds]?"
          rf"(?: of| is|:| =)?\s*{_NEARLY}{_NUMBER}(?:{_OLD})?,?", ""),
    _rule(rf"\b(?:(?:being|turned|turning|who (?:is|was|am|are)) )?{_NUMBER}{_OLD}", ""),
    _rule(rf"\b(?:being|turned|turning) {_NEARLY}{_NUMBER}{_END}", ""),
    _rule(rf",\s*at {_NUMBER}(?=,)", ""),
    _rule(rf"\bat {_NUMBER},? (?=(?:I|he|she|they|you)\b)", ""),
    _rule(rf"^\s*at {_NUMBER},\s+(?!\d)", ""),
    _rule(rf"\b{_DECADE}", ""),
    _rule(rf"(?<!\d),\s*{_NUMBER}\s*(?=$|,(?!\s*\d)|\.\s*$)", ""),
    _rule(rf"^\s*{_NUMBER},\s+(?!\d)", ""),
    _rule(rf"(?P<before>\b\w+)?\s{{0,2}}[(\[]\s*{_NUMBER}\s*[)\]]", _brackets),
    _rule(rf",?\s{{0,2}}\b(?:born|b\.)\s*(?:in |on |around |: ?)?{_DATE}", ""),
    _rule(r",?\s{0,2}\b(?:my )?(?:(?:year|date|day) of birth|birth[- ]?(?:year|date|day)|dob)"
          rf"(?: is| was|:| =)?\s*{_DATE}", ""),
)


_ANY_NUMBER = re.compile(r"\d|teen|[efhnrx]t(?:y|ies)", re.IGNORECASE)
"""What every rule needs: a digit, or a piece of sixteen to ninety and of the twenties to the nineties."""


def without_ages(text: str) -> str:
    """``text`` without ages and birth years of persons, and tidy after it; else unchanged."""
    if not _ANY_NUMBER.search(text):
        return text
    found = text
    for _ in range(8):  # taking one out can bring another into sight; eight rounds end any real text
        before = found
        for pattern, by in _RULES:
            found = pattern.sub(by, found)
        if found == before:
            break
    return text if found == text else _tidy(found)


def mentions_age(text: str) -> bool:
    """Whether ``without_ages`` would take something out."""
    return without_ages(text) != text


def _tidy(text: str) -> str:
    text = re.sub(r"[ \t]{2,}", " ", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r",(\s*[,.;:!?])", r"\1", text)
    text = re.sub(r"^[\s,;:.\-–—]+(?=\S)", "", text)
    text = re.sub(r"(?<=[.!?]) (?:and|but|so) (?=\w)", " ", text)
    return text.strip()
