"""Whether a claim rests on what it cites: weighted containment of its words in the passage.

The measure: of the claim's content stems (names of the two people and words of their profiles left
out), how much weight stands in the best window of three sentences of a cited passage. A stem weighs
its inverse frequency over the corpus' passages; one the corpus does not have weighs most.

Measured on 311 labelled pairs of our own (tests/writing/support_pairs.jsonl), split by passage; the
thresholds were chosen on the tuning half, the figures are those of the held half:

* supported claims rejected: 0 of 57 that stay near the passage's words, 2 of 16 free paraphrases;
* unsupported claims let through: 1 of 19 plausible but absent, 0 of 19 that cite another passage;
* swapped numbers: all 18 pass here, and are for ``quantities`` to find;
* a passage's own words put together wrongly ("the custodian insures the key"): all 11 pass. No
  counting of words can see that; it is the known hole of this check.

Negation is invisible to containment: all 19 negated claims pass. ``reverses`` looks at words of
negation alone, in claims that otherwise restate one sentence: it finds 13 of those 19, at the price
of 6 false alarms on the 73 supported ones. What says the opposite in other words ("fell" for "rose",
"legal" for "illegal") stays invisible.

Containment reads English only: the corpus is English, so a claim in another language is not measured.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from guidegen.language.stems import stems

THRESHOLD = 0.45
"""Least containment of a supported claim."""

RESTATES = 0.6
"""From this containment in one sentence on, the claim is taken to restate it."""

WINDOW = 3
_NEAR = 0.1
_NEGATION = re.compile(r"\b(?:not|no|never|nobody|none|nor|neither|cannot|nothing|without|\w+n['’]t)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?;])[\"”’)]*\s+|\n+")
STOP = frozenset(stems("""
    a about after again all also always an and another any are as at be because been before being both but by can could
    did do does doing done each either else even every few for from get gets give given go goes had has have he her here
    hers him his how i if in into is it its itself just keep know less let like made make many may me might more most
    much must my need never no nor not now of off often on once one only or other others our out over own people person
    put rather s said same say says see she should so some somebody something such than that the their them then there
    these they thing things this those though through to too under until up upon us use very want was we were what when
    where whether which while who whom whose why will with without would yet you your yourself mentor executive company
"""))


def sentences(text: str) -> list[str]:
    """The sentences of a text, trimmed; a semicolon ends one too."""
    return [s.strip() for s in _SENTENCE_END.split(text) if s.strip()]


def content(text: str) -> list[str]:
    """The content stems of a text, each once, in order; numbers are checked elsewhere."""
    return [s for s in dict.fromkeys(stems(text)) if s not in STOP and not s[0].isdigit()]


@dataclass(frozen=True)
class Weights:
    """How much each stem says: its inverse frequency over the texts of the corpus."""

    idf: dict[str, float]
    unseen: float

    @classmethod
    def of(cls, texts: Iterable[str]) -> Weights:
        """The weights over ``texts``, one passage each."""
        found = [content(text) for text in texts]
        counts = Counter(stem for text in found for stem in text)
        n = len(found) + 1
        return cls({s: math.log(n / (c + 0.5)) for s, c in counts.items()}, math.log(n / 0.5))

    def __getitem__(self, stem: str) -> float:
        return self.idf.get(stem, self.unseen)


def containment(claim: str, passages: Iterable[str], weights: Weights, known: Collection[str] = ()) -> float:
    """The share (0-1) of the claim's weight that stands in the best window of the passages.

    ``known``: stems that need no passage (of the profiles). A claim with no content of its own has 1.
    """
    wanted = {s: weights[s] for s in content(claim) if s not in known}
    total = sum(wanted.values())
    if not total:
        return 1.0
    best = 0.0
    for passage in passages:
        found = [set(stems(s)) for s in sentences(passage)]
        for n in range(max(1, len(found) - WINDOW + 1)):
            window = set().union(*found[n : n + WINDOW])
            best = max(best, sum(w for s, w in wanted.items() if s in window))
    return best / total


def reverses(claim: str, passages: Iterable[str], weights: Weights, known: Collection[str] = ()) -> bool:
    """Whether the claim restates a sentence, but negates where the sentence does not, or the reverse."""
    scored = [(containment(claim, [s], weights, known), s) for p in passages for s in sentences(p)]
    top = max((score for score, _ in scored), default=0.0)
    if top < RESTATES or not content(claim):
        return False
    near = {bool(_NEGATION.search(s)) for score, s in scored if score >= top - _NEAR}
    return near == {not _NEGATION.search(claim)}
