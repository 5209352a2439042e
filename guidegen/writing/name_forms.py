"""The forms in which a name may stand in a text: as patterns over folded text.

Folded means without diacritics, invisible characters and full-width forms, in the case as written.
In scripts that join words (Han, Kana, Hangul, Thai, Arabic, Hebrew and others) a name is looked for
anywhere; elsewhere it must stand as a word of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guidegen.language.names import TITLES
from guidegen.language.stems import word_set

_PLAIN = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ı": "i", "İ": "I", "ħ": "h", "Ħ": "H",
    "’": "'", "ʼ": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "\u00a0": " ", "\u202f": " ",
}
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa", "ø": "oe"})
_PARTICLES = word_set("""
    van von vom zu zum zur de der den des di da do dos das del della du la le les el al bin ibn bint abu ben y e i
    ter ten te af av jr sr ii iii iv phd mba obe mbe cbe md
""")
# What means something else as well: hidden only in the case the name has.
COMMON = word_set("""
    ai it hr vr ar pr an he she so do in is my us me we to on as at be by go no or of am oh ok the and one two
    will may mark grace hope joy faith bill rose art june april august summer dawn chase page price young long king
    case cash rich frank grant drew pat sue rob don jack ray gene dean max miles guy major sunny crystal ruby amber
    pearl jade ivy lily violet olive iris heather hazel holly daisy poppy angel christian prudence patience charity
    harmony melody carol robin martin wade cliff heath glen dale brook rivers stone wood woods hill field fields
    banks bush moss reed marsh frost snow winter winters spring day weeks noon north west east south storm gray grey
    white black brown green gold silver love loving sweet good best better bright sharp smart wise swift strong power
    powers law laws judge bishop pope abbot knight noble duke earl baron prince queen lord lady page pages fox wolf
    bird hawk crane swan drake lamb bull buck hart stag bear fish pike bass cook baker butler carter cooper farmer
    fisher gardener hunter mason miller parker porter potter sawyer shepherd smith tailor taylor turner walker weaver
    booth bond bell ball bolt bow box book boot bar bay beach berry blue burn burns camp care chance church clay close
    cole cross cruise cover day denim dollar early edge fair ford forest foster free french friend gate gates glass
    golden hall hand harbour hardy harm head high holder home house hurt hook horn joiner jolly keen key keys kind lane
    land last lean light little link links lock low lucky manner march marsh mead mill mine money moody moon more most
    new newman night nice noise page paint park parks peace penny pitt place plant plum point pool poor post pound
    proud pride quick rain read record rider ring rock root roots rush sage sand savage seal sell sewell share
    sharp shore short sing small song speed spark sparks stack star start state steel street summers sun sung target
    temper temple thorn tide till tower town trade tree trip true trust vale valentine vance vine wall walls ward
    warm waters way webb well wells wild win window wing wish worth wright yard apple amazon orange shell visa next
    boots gap square stripe block circle meta alphabet oracle sage unity slack zoom uber bolt lime monday notion figma
    ten li lee ma su he yes min kim ali sam sol mina van eve ada era ore nova mars venus delta alpha beta omega echo
    bank group first national united general royal city global digital health energy media capital partners company
    executive mentor person email team board
""")
_MONTHS = word_set("april may june august march")
_TERMS = word_set("AI IT HR VR AR PR")
# Words that begin sentences: left where they do, unless another part of the name follows.
_OPENERS = word_set("an he she so do in is my us me we to on as at be by go no or of am oh ok the and one two new")
_VERB_NEXT = re.compile(r"\s+(?:we|you|the|it|this|these|those|they|i|he|she|there|a|an|my|our|that|your)\b", re.IGNORECASE)
_MONTH_BEFORE = re.compile(r"(?:\d(?:st|nd|rd|th)?|\b(?:in|until|till|during|early|mid|late|end of|next|last|this|throughout))[\s-]*$", re.I)
_MONTH_AFTER = re.compile(r"[\s,]*\d")
_SENTENCE = re.compile(r"(?:^|[.!?:;\n]|[.!?]['\"”’)])\s*['\"“‘(*-]*\s*$")
_LEGAL = word_set("ltd limited gmbh ag se inc incorporated plc llc llp corp corporation co sa sas sarl bv nv ab as oy spa srl kg pty kk")
_GENERIC = word_set("bank university institute ministry department council agency association foundation society group trust of")

LETTER_BEFORE, LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_GAP = r"[\s._-]*"


def joined_script(text: str) -> bool:
    """Whether the text has letters of a script in which words join: no boundary is asked for then."""
    return any(0x590 <= (n := ord(c)) <= 0x10FF or (n >= 0x1780 and not 0x1E00 <= n <= 0x2E7F) for c in text if c.isalpha())


def _cyrillic(text: str) -> bool:
    return any(0x370 <= ord(c) <= 0x52F for c in text)


def _plain(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char < "\x80":
        return char
    if unicodedata.category(char) == "Cf":
        return ""
    if ord(char) >= 0x2E80 and not 0xFB00 <= ord(char) <= 0xFFEF:
        return char
    return "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))


def fold(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters where it stands in ``text`` (and, last, the end)."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        plain = _plain(char)
        out.append(plain)
        places += [place] * len(plain)
    places.append(len(text))
    return "".join(out), places


def folded(text: str) -> str:
    """The folded text alone."""
    return fold(text)[0]


def _pattern(form: str) -> str:
    """One form as a pattern: its apostrophes and hyphens may be missing, blank or written otherwise."""
    return "".join("[' ]?" if c == "'" else _GAP if c in " -_." else re.escape(c) for c in form)


def bounded(pattern: str, form: str) -> str:
    """``pattern`` between word boundaries where the script of ``form`` has them."""
    if joined_script(form):
        return f"(?:{pattern})"
    if _cyrillic(form):  # names bend there: Ольга, Ольги, Ольгой
        return rf"{LETTER_BEFORE}(?:{pattern})[^\W\d_]{{0,3}}{LETTER_AFTER}"
    return rf"{LETTER_BEFORE}(?:{pattern})(?:(?=s{LETTER_AFTER})|{LETTER_AFTER})"


def alternatives(forms: Iterable[str]) -> str:
    """One pattern for several forms, the longest first."""
    found = sorted({f for f in forms if f.strip()}, key=lambda f: (-len(f), f))
    return "|".join(bounded(_pattern(_stem(f)), f) for f in found)


def _stem(form: str) -> str:
    return form[:-1] if _cyrillic(form) and len(form) > 4 and form[-1].lower() in "аяоеийьыуюσςαη" else form


@dataclass(frozen=True, slots=True)
class NameForms:
    """What a person's name is made of: ``parts`` that may stand alone, ``whole`` forms, ``initials``."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]
    initials: tuple[str, ...]


def spellings(name: str) -> tuple[str, ...]:
    """The name folded, and folded after ä → ae and the like."""
    return tuple(dict.fromkeys((folded(name), folded(name.translate(_GERMAN)))))


def _words(name: str) -> list[str]:
    words = re.findall(r"[^\s,()\[\]\"“”„«»/]+", name)
    return [w.strip(".'") for w in words if w.strip(".'") and w.strip(".'").casefold() not in TITLES | _PARTICLES]


def person_forms(name: str) -> NameForms:
    """Every form of a person's name worth hiding; single letters are so only beside another part."""
    whole: list[str] = []
    parts: list[str] = []
    initials: list[str] = []
    for spelling in spellings(name):
        words = _words(spelling)
        whole.append(spelling.strip())
        if joined_script(spelling):
            whole += [w for w in words if len(w) > 1]
            parts += [p for w in words if joined_script(w) for p in _unspaced(w)]
        if len(words) > 1:
            first, last = words[0], words[-1]
            whole += [" ".join(words), f"{first} {last}", f"{last} {first}", f"{last}, {first}", f"{first}_{last}"]
            if len(first) > 1 and len(last) > 2:
                whole += [f"{first[0]}{last}", f"{first[0]}. {last}", f"{last} {first[0]}."]
                whole += [f"{first} {last[0]}."]
            initials.append(r"\.?[ -]?".join(re.escape(w[0]) for w in words) + r"\.")
        for word in words:
            pieces = [word, *(p for p in re.split(r"[-.]", word) if len(p) > 2)]
            parts += [p for p in pieces if len(p) > 1 and not joined_script(p)]
    return NameForms(tuple(dict.fromkeys(whole)), tuple(dict.fromkeys(parts)), tuple(dict.fromkeys(initials)))


def _unspaced(word: str) -> list[str]:
    """Family and given name of a name that is written without a space, as far as one can tell."""
    if len(word) == 4:
        return [word[:2], word[2:]]
    return [word[1:]] if len(word) == 3 else [word] if len(word) > 1 else []


def organisation_forms(name: str) -> tuple[str, ...]:
    """An organisation's name with and without its legal form, its first word and its initials."""
    found: list[str] = []
    for spelling in spellings(name):
        words = re.findall(r"[^\s,()]+", spelling)
        kept = [w for w in words if w.strip(".").casefold() not in _LEGAL] or words
        found += [spelling.strip(), " ".join(kept)]
        if len(kept) > 1:
            first = kept[0]
            if len(first) > 3 and first.casefold() not in COMMON | _GENERIC and not joined_script(first):
                found.append(first)
            capitals = "".join(w[0] for w in kept if w[0].isupper())
            if len(capitals) > 2:
                found.append(capitals)
    return tuple(dict.fromkeys(f for f in found if len(f) > 1))


def is_word_here(text: str, start: int, end: int, forms: Sequence[str]) -> bool:
    """Whether what stands at ``start``–``end`` of folded text is an ordinary word and not the name.

    In doubt it is the name. ``forms``: the folded forms of the name, in the case it is written in.
    """
    found = text[start:end]
    low = found.casefold()
    if low not in COMMON and (len(found) > 2 or joined_script(found)):
        return False
    capital = any(form == found for form in forms)
    if not capital:  # "will", "WILL" in a heading: the word; a short name is not looked for in another case
        return True
    if found in _TERMS:
        return True
    if low in ("will", "may") and _VERB_NEXT.match(text, end):
        return True
    if low in _MONTHS and (_MONTH_BEFORE.search(text[:start][-24:]) or _MONTH_AFTER.match(text, end)):
        return True
    return low in _OPENERS and bool(_SENTENCE.search(text[:start][-6:] if start > 6 else text[:start]))
