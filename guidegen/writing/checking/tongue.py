"""Which language a text is in: a vote of small words for seven languages, and the script for others."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from guidegen.language.stems import word_set

_WORDS = {
    "en": word_set("""a the and of to in is that for it with as on be this by are or from at not you your what how which we they have has
        their who was but if when will would can an about more one before after do does where there than them its into so
        had some any all no only other over out up first most through between while because should each such been were"""),
    "de": word_set("""der die das und ist nicht mit ein eine sie zu den von für auf im dem des wie was sich auch es werden wird ihr ihre
        oder als aus bei nach über wenn kann haben hat sind einen einer einem zum zur noch nur aber welche wer vor durch dass"""),
    "fr": word_set("""le la les des et est une un que qui dans pour pas vous votre vos sur avec ce cette sont par plus au aux du de ou
        comment quel quelle quels leur leurs être avez nous ne se il elle mais avant après lorsque où si en ont son ses même"""),
    "es": word_set("""el la los las de que y en un una es se no por con para su sus al del lo como más pero qué cómo cuál usted ustedes
        este esta esto son está ha han o cuando donde antes después sobre entre también ya muy sin hasta quién le les"""),
    "it": word_set("""il lo la gli le di che e è un una uno in per non con si sono da del della dei delle al alla come più ma o anche
        questo questa quale quali cosa chi suo sua loro essere ha hanno prima dopo quando dove nel nella sul sulla dal ed"""),
    "nl": word_set("""de het een en van in is dat op te met voor niet zijn aan er die wat hoe u uw je jouw door als bij ook maar of om
        naar dan nog wel welke wie waar wanneer heeft hebben wordt worden kan kunt deze dit uit over tot tussen zonder"""),
    "pt": word_set("""o a os as de que e em um uma é não por com para se do da dos das no na nos nas ao à como mais mas qual quais seu
        sua você vocês são está foi ou quando onde antes depois sobre também já muito sem até quem lhe ser ter tem pelo pela"""),
}
_SHARED = Counter(word for words in _WORDS.values() for word in words)
_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be"), ("CYRILLIC",)),
    "el": ("GREEK",), "he": ("HEBREW",), "th": ("THAI",), "hi": ("DEVANAGARI",), "mr": ("DEVANAGARI",), "bn": ("BENGALI",), "ta": ("TAMIL",),
    **dict.fromkeys(("ar", "fa", "ur"), ("ARABIC",)),
    "zh": ("CJK",), "ja": ("HIRAGANA", "KATAKANA", "CJK"), "ko": ("HANGUL",),
    "ka": ("GEORGIAN",), "hy": ("ARMENIAN",), "am": ("ETHIOPIC",),
}
_LETTERS = re.compile(r"[^\W\d_]+")
LEAST_LETTERS = 12
LEAST_VOTES = 3.0
"""Sum of votes below which a text is too short to tell; a word counts 1 over the languages that have it."""

MARGIN = 1.6
LEAST_AGAINST = 1.8
"""Votes another language needs, and twice those of the one asked for, before a line is refused."""


def script(text: str) -> str | None:
    """The script of most letters (``LATIN``, ``CYRILLIC``, ``CJK`` …); None with too few letters."""
    found = Counter(unicodedata.name(c, "?").split()[0] for c in text if c.isalpha())
    if sum(found.values()) < (LEAST_LETTERS if found["LATIN"] * 2 > sum(found.values()) else 4):
        return None
    return found.most_common(1)[0][0]


def _votes(text: str) -> dict[str, float]:
    words = [w.casefold() for w in _LETTERS.findall(text)]
    return {code: sum(1 / _SHARED[w] for w in words if w in known) for code, known in _WORDS.items()}


def tongue(text: str) -> str | None:
    """The language of a text in Latin script, one of seven; None when it is short, mixed or another."""
    votes = _votes(text)
    first, second = sorted(votes.values(), reverse=True)[:2]
    if first < LEAST_VOTES or first < MARGIN * second:
        return None
    return max(votes, key=lambda code: votes[code])


def in_language(text: str, asked: str) -> bool:
    """Whether ``text`` may be in the language ``asked`` (BCP 47). In doubt it is: short texts always are."""
    code = asked.split("-")[0].lower()
    found = script(text)
    if found is None:
        return True
    if found != "LATIN" or code in _SCRIPTS:
        return found in _SCRIPTS.get(code, ("LATIN",))
    if code in _WORDS:  # against one language it takes less to tell than among seven
        votes = _votes(text)
        return max(votes.values()) < max(LEAST_AGAINST, 2 * votes[code] + 0.5)
    return tongue(text) is None
