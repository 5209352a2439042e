"""A person's goal as the rest of a sentence: ``goal_to`` for "you want to …". Strict on purpose.

Only what is surely an English infinitive is turned; everything else is quoted as it was written,
which always reads well. A wrong sentence about a person costs more than ten quotes.
"""

from __future__ import annotations

import re
import unicodedata

from guidegen.language.ages import mentions_age
from guidegen.language.stems import word_set

MAX_WORDS = 22

_VERBS = word_set("""
    accept achieve adapt adopt advise agree allow apply argue arrange ask assess avoid bring build buy catch choose
    clarify collect combine communicate compare connect consider convince cope create decide define delegate deliver
    describe determine develop discover discuss earn embed encourage ensure evaluate examine expand explain explore
    express find fix follow gain generate get give grow handle hear identify implement improve include increase inform
    integrate introduce invest invite involve keep know learn listen maintain make manage meet modernise motivate
    navigate negotiate notice organise oversee persuade prepare prevent prioritise protect prove provide raise read
    rebuild recognise reconsider reduce reflect rethink retain send simplify solve speak spend strengthen talk teach
    tell think translate understand unlearn write
""")
# These are nouns, adjectives or questions as well ("Design reviews for my team", "Have we lost
# touch"): without "to" before them, a word must follow that shows the verb.
_DOUBTFUL = word_set("""
    act answer approach balance be become book brief budget calm challenge change check coach control cut deal design
    do draft gauge grasp guide have help hire hold judge launch lead limit lower market measure move open pay pick plan
    post practise present process produce question reach record report review roll run save say see sell set shape
    share show spot start stay steer stop study support take test train trust try update use value visit watch weigh
    win work
""")
_SHOWS_VERB = word_set("""
    a an another each every her his how if it its more my one our people some that the their them these this those
    three two what when where whether which who why
""")
_ADVERBS = word_set("better finally really properly actually just confidently quickly fully")
_LEAD = re.compile(
    r"^(?:(?:i|we)(?: really| just)? (?:want|wish|hope|need|plan|aim|intend|would like|would love|"
    r"am hoping|are hoping|am trying|are trying)"
    r"|(?:i|we)'d (?:really )?(?:like|love)|(?:i'm|we're) (?:hoping|trying|here)"
    r"|(?:my|our|the|one) (?:main )?(?:goal|aim|wish|hope|objective) (?:here )?is) to |^to ",
    re.IGNORECASE,
)
_SECOND = {
    "i": "you", "we": "you", "me": "you", "us": "you", "my": "your", "our": "your", "ours": "yours",
    "myself": "yourself", "ourselves": "yourselves", "i'm": "you're", "we're": "you're", "i've": "you've",
    "we've": "you've", "i'd": "you'd", "we'd": "you'd", "i'll": "you'll", "we'll": "you'll",
}
_FIRST = re.compile(
    r"(?<![^\W\d_])(?:i|me|my|mine|myself|we|us|our|ours|ourself|ourselves|am|ain)(?![^\W\d_])", re.IGNORECASE
)
_ADDRESS = word_set("you your yours yourself yourselves please thanks thank hello hi let let's lets mine")
_NUMBERED = word_set("""
    phase part tier type class level stage volume war act book title schedule category series grade annex chapter
    article section group step
""")
_REFUSED = re.compile(r"[?!:;()\[\]{}<>\"“”„«»‘`*_#@\\/|…–—]|\.\.|\.\s|\s[-,.]|[-,]\s?-|-\s|,,|https?|www\.")
_UNFINISHED = word_set("a an and because but if my or our the then")
_NO_OBJECT = word_set("but nor not or then")


def goal_to(goal: str) -> str | None:
    """``I want to see how we decide`` → ``see how you decide``: a bare infinitive to follow "to",
    in the second person. None whenever anything is unsure; then quote the goal instead."""
    if re.search(r"\n\s*[^\W\da-z]", goal):
        return None  # a second line with a capital is a second goal
    text = " ".join(unicodedata.normalize("NFC", goal).split())
    text = text[:-1].rstrip() if text.endswith(".") and not text.endswith("..") else text
    if not _plain(text):
        return None
    text = text.replace("’", "'")
    lead = _LEAD.match(text)
    words = (text[lead.end() :] if lead else text).split()
    if not _is_infinitive(words, led=lead is not None):
        return None
    words[0] = words[0].lower()
    turned = _turned(words)
    # Nothing of the first person may be left: whatever slipped through the table ends here.
    if turned is None or _FIRST.search(re.sub(r"(?<!\w)US(?!\w)|\d\s?am\b", "", turned)):
        return None
    return turned


def _plain(text: str) -> bool:
    """One English sentence in Latin letters, neither shouted nor in title case, with no age in it."""
    words = text.split()
    if not 3 <= len(words) <= MAX_WORDS or _REFUSED.search(text) or mentions_age(text):
        return False
    if any(c.isalpha() and not unicodedata.name(c, "").startswith("LATIN") for c in text):
        return False
    if any(not c.isprintable() or unicodedata.category(c) == "So" for c in text):
        return False  # emoji read well in a quote and badly in our own sentence
    capital = [w for w in words[1:] if w[:1].isupper() and w not in ("I", "I'm", "I’m", "I'd", "I've")]
    return len(capital) * 2 <= len(words)


def _is_infinitive(words: list[str], *, led: bool) -> bool:
    low = [_core(w).lower() for w in words]
    if low[:3] == ["be", "able", "to"]:
        low, led = low[3:], True
    elif low and low[0] in _ADVERBS:
        low = low[1:]
    if len(low) < 2 or low[0] not in _VERBS | _DOUBTFUL or not low[1][:1].isalnum():
        return False
    if low[1] in ("me", "us") or low[:2] in (["be", "honest"], ["be", "fair"], ["be", "frank"], ["be", "clear"]):
        return False  # "to help me see", "to be honest, …"
    if low[1] in _NO_OBJECT or low[1] == low[0] or low[-1] in _UNFINISHED:
        return False  # "to be or not to be", "learn learn learn", a list that breaks off
    if words[0].endswith(",") or words[0] not in (words[0].lower(), words[0].capitalize()):
        return False  # an aside, or an acronym that happens to spell a verb
    if led:
        return True
    if low[1] in ("i", "we", "he", "she", "they") or (low[0] in _DOUBTFUL and low[1] not in _SHOWS_VERB):
        return False
    # "Show me how …" asks the mentor for something; it is no goal of one's own.
    return not any(_core(w) != "US" and _core(w).lower() in ("me", "us") for w in words)


def _core(word: str) -> str:
    return word.rstrip(",")


def _turned(words: list[str]) -> str | None:
    """First person to second, word by word; None when a word could mean something else."""
    low = [_core(w).lower() for w in words]
    if _ADDRESS & set(low) or {"i", "us"} <= set(low) or low[-1] == "i":
        return None  # "where I slow us down" has two of us in it, and both would become "you"
    done: list[str] = []
    for n, word in enumerate(words):
        before, core, comma = low[n - 1] if n else "", _core(word), word[len(_core(word)) :]
        beside_i = before == "i" or low[n + 1 : n + 2] == ["i"]
        new = _SECOND.get(low[n])
        if core == "US":
            new = None  # the country
        elif low[n] == "am" and not before[-1:].isdigit():
            if not beside_i:
                return None
            new = "are"
        elif low[n] in ("was", "wasn't") and "i" in low[max(0, n - 4) : n + 2]:
            if not beside_i:
                return None  # "what I said was": who the verb belongs to is not sure
            new = low[n].replace("was", "were")
        elif new is not None and n and not _surely_a_pronoun(core, words[n - 1]):
            return None
        done.append(word if new is None else new + comma)
    return " ".join(done)


def _surely_a_pronoun(word: str, before: str) -> bool:
    """``I`` after a capital may be a numeral (Tier I); ``Our`` or ``ME`` may be part of a name."""
    if word[0] in "Ii":
        plain = before.replace("'", "").replace("-", "")
        return plain.isalpha() and before.islower() and before not in _NUMBERED
    return word.islower()
