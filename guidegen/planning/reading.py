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


def read_person(
    person: Person,
    role: Role,
    topic: str,
    goals: Sequence[str],
    tags: Tags,
) -> PersonReading:
    """What the tags say of ``person``; ``goals`` are those that may be used (off-limits ones are out)."""
    work = " ".join(part for part in (person.role, person.department) if part)
    functions = by_cues(work, tags.functions)
    return PersonReading(
        who=role,
        functions=functions[:3] or ("any",),
        level=person.skill_in(topic, role).level,
        goals=tuple(
            GoalReading(id=f"{role}/{n}", who=role, text=goal, intents=by_cues(goal, tags.intents)[:3] or ("any",))
            for n, goal in enumerate(goals, start=1)
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
