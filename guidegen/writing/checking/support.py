"""Whether a claim rests on what it cites: weighted containment of its words in the passage.

The measure: of the claim's content stems (names of the two people and words of their profiles left
out), how much weight stands in the best window of three sentences of a cited passage. A stem weighs
its inverse frequency over the corpus' passages; one the corpus does not have weighs most.

See ``THRESHOLD`` for what was measured and for what this cannot see.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from guidegen.language.stems import stems

THRESHOLD = 0.5
WINDOW = 3
_SENTENCE_END = re.compile(r"(?<=[.!?:;])[\"”’)]*\s+|\n+")
_STOP = frozenset(stems("""
    a about after again all also always an and another any are as at be because been before being both but by can could
    did do does doing done each either else even every few for from get gets give given go goes had has have he her here
    hers him his how i if in into is it its itself just keep know less let like made make many may me might more most
    much must my need never no nor not now of off often on once one only or other others our out over own people person
    put rather s said same say says see she should so some somebody something such than that the their them then there
    these they thing things this those though through to too under until up upon us use very want was we were what when
    where whether which while who whom whose why will with without would yet you your yourself mentor executive company
"""))


def sentences(text: str) -> list[str]:
    """The sentences of a text, trimmed; a colon and a semicolon end one too."""
    return [s.strip() for s in _SENTENCE_END.split(text) if s.strip()]


def content(text: str) -> list[str]:
    """The content stems of a text, each once, in order; numbers are checked elsewhere."""
    return [s for s in dict.fromkeys(stems(text)) if s not in _STOP and not s[0].isdigit()]


@dataclass(frozen=True)
class Weights:
    """How much each stem says: its inverse frequency over the texts of the corpus."""

    idf: dict[str, float]
    unseen: float

    @classmethod
    def of(cls, texts: Iterable[str]) -> Weights:
        """The weights over ``texts``, one passage each."""
        counts: Counter[str] = Counter()
        n = 0
        for n, text in enumerate(texts, start=1):  # noqa: B007 - the count of texts is used below
            counts.update(set(content(text)))
        return cls({s: math.log((n + 1) / (c + 0.5)) for s, c in counts.items()}, math.log((n + 1) / 0.5))

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
