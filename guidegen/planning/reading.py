"""Reading a person: functions from role and department, intents from each goal.

Cue words decide; where none occurs, the nearest example does; where that is far, the answer is
``any``. Several are allowed. A reading is shown to people as "why this for you" and never scored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from guidegen.domain.formats import Tag, Tags
from guidegen.domain.frozen import Role
from guidegen.domain.people import Person
from guidegen.domain.plan import GoalReading, PersonReading

Nearest = Callable[[Sequence[str], Sequence[str]], list[tuple[int, float]]]
"""For each text, the position of the closest example and its cosine similarity."""

NEAR_ENOUGH = 0.72
"""Cosine from which an example's intent is believed (see tests/planning/test_reading.py)."""


@lru_cache(maxsize=8192)
def _cue_pattern(cue: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(cue.lower())}(?:s|es|ing|ed)?(?!\w)")


def by_cues(text: str, tags: Sequence[Tag]) -> tuple[str, ...]:
    """Ids of tags with a cue word in ``text``: most cue words first, then the longest one."""
    folded = " ".join(text.lower().split())
    found: dict[str, tuple[int, int]] = {}
    for tag in tags:
        hits = [len(cue) for cue in tag.cues if _cue_pattern(cue).search(folded)]
        if hits:
            found[tag.id] = (len(hits), max(hits))
    return tuple(sorted(found, key=lambda tag_id: (*(-n for n in found[tag_id]), tag_id)))


def _intents(goals: Sequence[str], tags: Tags, nearest: Nearest) -> list[tuple[str, ...]]:
    """Intents of each goal; one call to ``nearest`` for all goals without a cue word."""
    found = [by_cues(goal, tags.intents)[:3] for goal in goals]
    unsure = [i for i, intents in enumerate(found) if not intents]
    examples = [(tag.id, example) for tag in tags.intents for example in tag.examples]
    if unsure and examples:
        answers = nearest([goals[i] for i in unsure], [example for _, example in examples])
        for i, (position, cosine) in zip(unsure, answers, strict=True):
            if cosine >= NEAR_ENOUGH:
                found[i] = (examples[position][0],)
    return [intents or ("any",) for intents in found]


def read_person(
    person: Person,
    role: Role,
    topic: str,
    goals: Sequence[str],
    tags: Tags,
    nearest: Nearest,
) -> PersonReading:
    """What the tags say of ``person``; ``goals`` are those that may be used (off-limits ones are out)."""
    work = " ".join(part for part in (person.role, person.department) if part)
    functions = by_cues(work, tags.functions)
    if not functions and work:
        examples = [(tag.id, example) for tag in tags.functions for example in tag.examples]
        if examples:
            position, cosine = nearest([work], [example for _, example in examples])[0]
            functions = (examples[position][0],) if cosine >= NEAR_ENOUGH else ()
    intents = _intents(goals, tags, nearest)
    return PersonReading(
        who=role,
        functions=functions[:3] or ("any",),
        level=person.skill_in(topic, role).level,
        goals=tuple(
            GoalReading(id=f"{role}/{n}", who=role, text=goal, intents=found)
            for n, (goal, found) in enumerate(zip(goals, intents, strict=True), start=1)
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
