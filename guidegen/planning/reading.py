"""Reading a person: functions from role and department, intents from each goal.

Cue words decide; where none occurs the answer is ``any``. (The nearest example by meaning was tried
and was no better than chance: docs/decisions/0007.) Several tags are allowed. A reading is shown to
people as "why this for you" and never scored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from guidegen.domain.formats import Tag, Tags
from guidegen.domain.frozen import Role
from guidegen.domain.people import Person
from guidegen.domain.plan import GoalReading, PersonReading

GAP = " ... "
"""In a cue: up to four words may stand here, as in "hold ... to account"."""
_FEW_WORDS = r"(?: [^\s.?!;]+){0,4} "
_VOWELS = "aeiouy"


def _forms(word: str) -> str:
    """A pattern for a word and its regular endings; short ones ("it", "hr") stand as they are."""
    plain = re.escape(word)
    if len(word) < 3 or not word.isalpha():
        return plain
    if word.endswith("e"):
        return rf"{word[:-1]}(?:e|es|ed|ing)"
    if word.endswith("y") and word[-2] not in _VOWELS:
        return rf"{word[:-1]}(?:y|ies|ied|ying)"
    doubled = f"|{word[-1]}ing|{word[-1]}ed" if word[-1] not in _VOWELS + "wx" and word[-2] in _VOWELS else ""
    return rf"{word}(?:s|es|ing|ed{doubled})?"


def _folded(text: str) -> str:
    """Small letters, hyphens as spaces, so that "first-hand" and "sign off" are written one way."""
    return " ".join(text.lower().replace("’", "'").replace("-", " ").split())


@lru_cache(maxsize=8192)
def _root(cue: str) -> str:
    """The longest piece that every text with this cue must hold. It alone rules out nearly all cues, and
    their patterns are never compiled: compiling them all costs more than the rest of a first guide."""
    words = (word for part in cue.split(GAP) for word in _folded(part).split())
    return max((word[:-1] if word[-1] in "ey" else word for word in words), key=len, default="")


@lru_cache(maxsize=8192)
def _cue_pattern(cue: str) -> re.Pattern[str]:
    parts = (" ".join(map(_forms, _folded(part).split())) for part in cue.split(GAP))
    return re.compile(rf"(?<!\w){_FEW_WORDS.join(parts)}(?!\w)")


def by_cues(text: str, tags: Sequence[Tag]) -> tuple[str, ...]:
    """Ids of tags with a cue in ``text``: those with most cues first, then whichever comes first.

    A cue inside a longer one does not count: "learn to use" is no "learn".
    """
    folded = _folded(text)
    spans = {
        (found.start(), found.end(), tag.id)
        for tag in tags
        for cue in tag.cues
        if _root(cue) in folded
        for found in _cue_pattern(cue).finditer(folded)
    }
    hits: dict[str, list[tuple[int, int]]] = {}
    for start, end, tag_id in sorted(spans):
        longer = (s <= start and end <= e and e - s > end - start for s, e, _ in spans)
        if not any(longer):
            hits.setdefault(tag_id, []).append((start, end))
    return tuple(sorted(hits, key=lambda tag_id: (-len(hits[tag_id]), hits[tag_id][0], tag_id)))


def intents_of(goal: str, tags: Tags) -> tuple[str, ...]:
    """Up to three intents of a goal; empty when no cue occurs. Whoever wants to decide, to oversee or
    to try wants to understand as well, so ``understand`` never stands before another."""
    found = by_cues(goal, tags.intents)
    return tuple(sorted(found, key=lambda intent: intent == "understand"))[:3]


def read_person(
    person: Person,
    role: Role,
    topic: str,
    goals: Sequence[str],
    tags: Tags,
) -> PersonReading:
    """What the tags say of ``person``; ``goals`` are those that may be used (off-limits ones are out).
    One without a letter or a digit ("?", an emoji) says nothing and is passed over."""
    work = " ".join(part for part in (person.role, person.department) if part)
    functions = by_cues(work, tags.functions)
    return PersonReading(
        who=role,
        functions=functions[:3] or ("any",),
        level=person.skill_in(topic, role).level,
        goals=tuple(
            GoalReading(id=f"{role}/{n}", who=role, text=goal, intents=intents_of(goal, tags) or ("any",))
            for n, goal in enumerate((g for g in goals if any(c.isalnum() for c in g)), start=1)
        ),
    )


def leading_intent(reading: PersonReading) -> str:
    """The intent named most often over the goals, earlier goals first; ``any`` when none is."""
    votes: dict[str, float] = {}
    for n, goal in enumerate(reading.goals):
        for rank, intent in enumerate(goal.intents):
            if intent != "any":
                votes[intent] = votes.get(intent, 0.0) + 1.0 / (1 + rank) / (1 + 0.25 * n)
    return max(votes, key=lambda i: (votes[i], i)) if votes else "any"
