"""Numbers, shares, money and dates of a text, in one form whatever way they are written.

``1,000``, ``1000``, ``1 000`` and ``a thousand`` are one; so are ``10 %``, ``ten per cent`` and ``one in
ten``, ``82 cents`` and ``$0.82``, ``13 March 2023`` and ``2023-03-13``. Words for numbers and
fractions are read in English, words for months, per cent and millions in seven languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from guidegen.language.stems import word_set

Kind = Literal["number", "share", "money", "date", "time"]
_SPACES = " \u00a0\u202f\u2009"
_MONTHS: dict[str, int] = {}
for _names in (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
):
    _MONTHS |= {name: n for n, name in enumerate(_names.split(), start=1) if _MONTHS.setdefault(name, n) == n}
_SCALES = {
    **dict.fromkeys(word_set("thousand tausend mille mil mila duizend k"), 1e3),
    **dict.fromkeys(word_set("million millions mio mn millionen millones milioni miljoen milhões milhão millón milione m"), 1e6),
    **dict.fromkeys(word_set("billion billions bn milliarden milliarde mrd milliards milliard miliardi miljard bilhões b"), 1e9),
    **dict.fromkeys(word_set("trillion trillions billionen biljoen trn"), 1e12),
}
_CURRENCIES = {
    "$": "usd", "us$": "usd", "usd": "usd", "dollar": "usd", "dollars": "usd", "dólares": "usd", "dollari": "usd",
    "€": "eur", "eur": "eur", "euro": "eur", "euros": "eur", "£": "gbp", "gbp": "gbp", "pound": "gbp", "pounds": "gbp",
    "¥": "jpy", "yen": "jpy", "chf": "chf", "franc": "chf", "francs": "chf", "franken": "chf", "cent": "", "cents": "", "pence": "gbp",
}
_SMALL = {w: n for n, w in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"])}
_TENS = {w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)}
_BIG = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_UNITS = word_set("""
    second seconds minute minutes hour hours day days week weeks month months year years time times percent
    people employees firms companies users customers dollars euros pounds points fold
""")
SMALL_COUNT = 12
"""Up to here a plain count ("three of them") is what an instruction may say without a source."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: ``values`` are the readings it may have (``1.000`` may be a thousand), ``written`` how it stands."""

    kind: Kind
    written: str
    values: frozenset[float] = frozenset()
    currency: str = ""
    date: tuple[int | None, int | None, int | None] = (None, None, None)
    counts: bool = False

    def within(self, known: Iterable[Quantity]) -> bool:
        """Whether one of ``known`` says the same, or more exactly the same."""
        return any(self._same(other) for other in known)

    def _same(self, other: Quantity) -> bool:
        if self.kind == "date":
            if other.kind == "date":
                return all(a is None or a == b for a, b in zip(self.date, other.date, strict=True))
            return other.kind == "number" and self.date[1:] == (None, None) and self.date[0] in other.values
        if self.kind == "number" and other.kind == "date":
            return other.date[1:] == (None, None) and other.date[0] in self.values
        if not any(abs(a - b) <= 1e-9 * max(1.0, abs(a)) for a in self.values for b in other.values):
            return False
        if self.kind == "money":
            return other.kind == "money" and (not self.currency or not other.currency or self.currency == other.currency)
        return self.kind == other.kind or (self.kind == "number" and other.kind == "money")


_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_DATES = tuple(re.compile(p, re.IGNORECASE) for p in (
    rf"\b(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)\b",
    rf"\b(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./](?P<y>{_YEAR})\b",
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s(?:of\s|de\s)?(?P<month>{_MONTH})\b\.?,?(?:\s(?:de\s)?(?P<y>{_YEAR})\b)?",
    rf"\b(?P<month>{_MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?%)(?:,?\s(?P<y>{_YEAR})\b)?",
    rf"\b(?P<month>{_MONTH})\b\.?,?\s(?:of\s|de\s)?(?P<y>{_YEAR})\b",
    r"\b(?:in|since|by|until|from|before|after|during|late|early|mid|that|next|last|im|seit|bis|en|depuis|desde)\s(?P<month>(?-i:[A-ZÀ-Þ])\w+)\b",
))
_NUMERAL = rf"\d{{1,3}}(?:[,.’'{_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_NUMBER_WORD = "|".join(sorted([*_SMALL, *_TENS, "hundred", "thousand", "million", "billion", "trillion", "dozen"], key=len, reverse=True))
_WORDS = rf"(?:{_NUMBER_WORD})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{_NUMBER_WORD}))*"
_CURRENCY = r"US\$|[$€£¥]|USD|EUR|GBP|CHF"
_SCALE = "|".join(sorted((s for s in _SCALES if len(s) > 1), key=len, reverse=True))
_SHARE = r"%|per\s?cent\b|percent\b|prozent\b|pour\s?cent\b|por\s?cient[oa]?\b|per\s?cento\b|procent\b|por\s?cento\b"
_TOKEN = re.compile(
    rf"(?P<before>(?:{_CURRENCY})\s?)?(?<![\w])(?:(?P<digits>(?<![\d][.,])(?:{_NUMERAL}))(?P<ordinal>(?:st|nd|rd|th)\b)?|(?P<words>\b{_WORDS}\b))"
    rf"(?:[\s-]?(?P<scale>(?:{_SCALE})\b)|(?P<short>[kmb]n?\b))?"
    rf"(?:\s?(?P<share>{_SHARE})|\s?(?P<after>[$€£¥]|(?:USD|EUR|GBP|CHF|{'|'.join(w for w in _CURRENCIES if w.isalpha() and len(w) > 3)})\b))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:to|and|or|bis|à|[–—-])\s?", re.IGNORECASE)
_FRACTIONS = (
    (re.compile(r"\bhalf\b(?![ -](?:an? |the )?(?:hour|day|way|year|time|page|minute))", re.IGNORECASE), 50.0),
    (re.compile(r"\b(?:one|a) quarter (?:of|fewer|more|less|lower|higher)\b", re.IGNORECASE), 25.0),
    (re.compile(r"\bthree[ -]quarters\b", re.IGNORECASE), 75.0),
    (re.compile(r"\b(?:one|a) third (?:of|fewer|more|less|lower|higher)\b", re.IGNORECASE), 100 / 3),
    (re.compile(r"\btwo[ -]thirds\b", re.IGNORECASE), 200 / 3),
    (re.compile(r"\b(?:one|a) fifth (?:of|fewer|more|less|lower|higher)\b", re.IGNORECASE), 20.0),
    (re.compile(r"\b(?:one|a) tenth (?:of|fewer|more|less|lower|higher)\b", re.IGNORECASE), 10.0),
)
_ONE_IN = re.compile(rf"\b(?:one|1) in (?P<n>{_WORDS}|\d+)\b(?! (?:the|place))", re.IGNORECASE)
_CLOCK = re.compile(r"\b(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?=\s?(?:a\.?m|p\.?m|o'clock|uhr|h)\b)|\b(?P<h2>[01]?\d|2[0-3]):(?P<m2>[0-5]\d)\b", re.IGNORECASE)
_LISTED = re.compile(r"(?m)^\s*\d{1,2}[.)]\s")


def quantities(text: str, language: str = "en") -> list[Quantity]:
    """Every quantity of a text. ``one`` and the numbers of a list are none; ordinals in words neither."""
    text = _LISTED.sub(lambda m: " " * len(m[0]), text)
    found: list[Quantity] = []
    for pattern in _DATES:
        text = pattern.sub(lambda m: _dated(m, found), text)
    for pattern, share in _FRACTIONS:
        text = pattern.sub(lambda m, share=share: _kept(m, found, Quantity("share", m[0], frozenset({share}))), text)  # type: ignore[misc]
    text = _ONE_IN.sub(lambda m: _one_in(m, found), text)
    text = _CLOCK.sub(lambda m: _kept(m, found, Quantity("time", m[0], frozenset({int(m["h"] or m["h2"]) * 60.0 + int(m["m"] or m["m2"])}))), text)
    tokens = list(_TOKEN.finditer(text))
    for n, token in enumerate(tokens):
        ahead = tokens[n + 1] if n + 1 < len(tokens) and _RANGE.fullmatch(text[token.end() : tokens[n + 1].start()]) else None
        found += _read(token, ahead, language)
    return found


def _kept(match: re.Match[str], found: list[Quantity], quantity: Quantity) -> str:
    found.append(quantity)
    return " " + "," * (len(match[0]) - 2) + " "


def _dated(match: re.Match[str], found: list[Quantity]) -> str:
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else _MONTHS.get((parts.get("month") or "").casefold().rstrip("."))
    if month is None or not 1 <= month <= 12:
        return match[0]
    day = int(parts["d"]) if parts.get("d") else None
    year = int(parts["y"]) if parts.get("y") else None
    return _kept(match, found, Quantity("date", match[0].strip(" ,."), date=(year, month, day)))


def _one_in(match: re.Match[str], found: list[Quantity]) -> str:
    n = float(match["n"]) if match["n"].isdigit() else _worded(match["n"])
    return _kept(match, found, Quantity("share", match[0], frozenset({100 / n}))) if n > 1 else match[0]


def _numeral(written: str, language: str) -> frozenset[float]:
    bare = re.sub(rf"[’'{_SPACES}](?=\d{{3}})", "", written)
    values = set()
    english = language.split("-")[0].lower() == "en"
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        values.add(float(bare.replace(",", "")))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", bare) and (not english or bare.count(".") > 1):
        values.add(float(bare.replace(".", "").replace(",", ".")))
    if re.fullmatch(r"\d+\.\d+|\d+", bare):
        values.add(float(bare))
    if re.fullmatch(r"\d+,\d+", bare) and not (english and values):
        values.add(float(bare.replace(",", ".")))
    return frozenset(values)


def _worded(written: str) -> float:
    total = now = 0.0
    for word in re.split(r"[\s-]+", written.casefold()):
        if word in _SMALL:
            now += _SMALL[word]
        elif word in _TENS:
            now += _TENS[word]
        elif word == "dozen":
            now = max(now, 1.0) * 12
        elif word == "hundred":
            now = max(now, 1.0) * 100
        elif word in _BIG:
            total, now = total + max(now, 1.0) * _BIG[word], 0.0
    return total + now


def _read(token: re.Match[str], ahead: re.Match[str] | None, language: str) -> list[Quantity]:
    written = token[0].strip()
    values = _numeral(token["digits"], language) if token["digits"] else frozenset({_worded(token["words"])})
    if not values:  # "12.03.44" or the like: no reading, so nothing can vouch for it
        values = frozenset({-1.0})
    follows = token.string[token.end() :]
    if token["digits"] and not token["short"] and re.match(r"[^\W\d_]", follows):
        return []  # "5G", "3D": a name
    scale = token["scale"] or token["short"] or (ahead["scale"] if ahead else None)
    money = token["before"] or token["after"] or (ahead and (ahead["after"] or (ahead["before"] if token["before"] else None)))
    share = token["share"] or (ahead["share"] if ahead and not money else None)
    if token["words"] and values == {1.0} and not (scale or share):  # also "one dollar coin"
        return []
    if scale and not (token["words"] and token["words"].casefold().endswith(scale.casefold())):
        values = frozenset(v * _SCALES.get(scale.casefold(), 1.0) for v in values)
    if share:
        return [Quantity("share", written, values)]
    if money:
        name = money.strip().casefold()
        if name in ("cent", "cents", "pence"):
            values = frozenset(v / 100 for v in values)
        return [Quantity("money", written, values, currency=_CURRENCIES.get(name, ""))]
    if token["digits"] and re.fullmatch(_YEAR, token["digits"]) and not scale and not token["ordinal"]:
        return [Quantity("date", written, date=(int(token["digits"]), None, None))]
    unit = re.match(r"[\s-]?([^\W\d_]+)", follows)
    counts = not scale and max(values) <= SMALL_COUNT and not (unit and unit[1].casefold() in _UNITS)
    return [Quantity("number", written, values, counts=counts)]
