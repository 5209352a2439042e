"""How well an item fits a person: one frozen record of weights, one weighted sum.

score = goal .40 + intent .20 + function .15 + lens .10 + level .10 + freshness .05, each part in 0-1
(docs/architecture.md, "How a composed guide comes to feel made for two people", step 4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from guidegen.domain.plan import PersonReading, Scored
from guidegen.domain.topic import Decision, Item, Outcome, Passage, Topic


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts; they add up to 1."""

    goal: float = 0.40
    intent: float = 0.20
    function: float = 0.15
    lens: float = 0.10
    level: float = 0.10
    freshness: float = 0.05


WEIGHTS = Weights()
ANY = 0.5
"""What a tag of ``any`` is worth: it fits everyone, so it fits nobody in particular."""
LENS_OF_FUNCTION: Mapping[str, tuple[str, ...]] = {
    "finance": ("money", "risk"),
    "sales": ("customers", "money"),
    "marketing": ("customers", "strategy"),
    "operations": ("craft", "risk"),
    "people": ("people", "strategy"),
    "technology": ("craft", "strategy"),
    "legal": ("risk", "people"),
    "risk": ("risk", "money"),
    "board": ("strategy", "risk"),
}
LENS_OF_INTENT: Mapping[str, tuple[str, ...]] = {
    "understand": ("strategy", "self"),
    "decide": ("strategy", "money", "risk"),
    "oversee": ("risk", "strategy"),
    "try-myself": ("self", "craft"),
    "talk-with-proposers": ("people", "craft"),
    "keep-people": ("people",),
    "change-a-policy": ("people", "risk"),
}


SECOND = 0.6
"""What a person's second function or intent is worth beside the first."""


def overlap(wanted: Sequence[str], carried: Sequence[str]) -> float:
    """1 when the first of ``wanted`` is carried, 0.6 when a later one is, 0.5 for any, else 0."""
    for rank, tag in enumerate(wanted):
        if tag != "any" and tag in carried:
            return SECOND if rank else 1.0
    return ANY if "any" in wanted or "any" in carried else 0.0


def _level_fit(item: Item, held: int) -> float:
    """Best when an item needs what is held, or an outcome reaches one step more."""
    target = held + 1 if isinstance(item, Outcome) else held
    return max(0.0, 1.0 - abs(item.level - target) / 3)


def freshness(item: Item, topic: Topic, on: date) -> float:
    """1 on the day a statement holds for, 0.5 after one half-life; 1 for what states no day."""
    if not isinstance(item, Passage) or item.as_of is None:
        return 1.0
    age = max(0, (on - item.as_of).days)
    return float(0.5 ** (age / (item.half_life_days or topic.half_life_days)))


def _wanted_lenses(reader: PersonReading, intents: Sequence[str]) -> set[str]:
    wanted = {lens for f in reader.functions for lens in LENS_OF_FUNCTION.get(f, ())}
    return wanted.union(*(LENS_OF_INTENT.get(intent, ()) for intent in intents))


def _lens_fit(item: Item, wanted: set[str]) -> float:
    if not wanted:
        return ANY
    return sum(lens in wanted for lens in item.lenses) / len(item.lenses)


def score_items(
    items: Sequence[Item],
    similarity: np.ndarray,
    reader: PersonReading,
    topic: Topic,
    on: date,
    weights: Weights = WEIGHTS,
) -> list[Scored]:
    """Scores of ``items`` for ``reader``, in the items' order.

    ``similarity`` has shape (max(1, goals), items), values in 0-1. An item is judged against each
    goal, and keeps the goal that suits it best.
    """
    goals = reader.goals
    count = similarity.shape[0]
    intents = [goals[row].intents if goals else ("any",) for row in range(count)]
    lenses = [_wanted_lenses(reader, wanted) for wanted in intents]
    closeness = similarity.tolist()
    scored = []
    for column, item in enumerate(items):
        level = _level_fit(item, reader.level)
        function = overlap(reader.functions, item.functions)
        fresh = freshness(item, topic, on)
        # Whoever wants to understand or to oversee also ends at a decision.
        least = ANY if isinstance(item, Decision) else 0.0
        best, score, intent, lens = 0, -1.0, 0.0, 0.0
        for row in range(count):
            its_intent = max(overlap(intents[row], item.intents), least)
            its_lens = _lens_fit(item, lenses[row])
            total = (
                weights.goal * closeness[row][column]
                + weights.intent * its_intent
                + weights.function * function
                + weights.lens * its_lens
                + weights.level * level
                + weights.freshness * fresh
            )
            if total > score + 1e-9:
                best, score, intent, lens = row, round(total, 6), its_intent, its_lens
        scored.append(
            Scored(
                item=item,
                score=score,
                parts={
                    "goal": round(closeness[best][column], 4),
                    "intent": intent,
                    "function": function,
                    "lens": round(lens, 4),
                    "level": round(level, 4),
                    "freshness": round(fresh, 4),
                },
                goal=goals[best].id if goals else None,
                by_goal={goal.id: round(closeness[row][column], 4) for row, goal in enumerate(goals)},
            )
        )
    return scored


def ranked(scored: Sequence[Scored], keep: Callable[[Scored], bool] = lambda _: True) -> list[Scored]:
    """Best first, ties by id: the same order on every machine."""
    return sorted((s for s in scored if keep(s)), key=lambda s: (-s.score, s.item.id))
