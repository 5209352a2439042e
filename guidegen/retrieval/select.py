"""Choosing from scored items: near-repeats held back, every goal heard, stages in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from guidegen.domain.plan import Scored
from guidegen.domain.topic import Question, Stage
from guidegen.retrieval.scoring import ranked

MMR_RELEVANCE = 0.75
"""The part of a choice that is fit; the rest is being unlike what is already chosen."""
GOAL_AGAIN = 0.3
"""What closeness to one named goal adds, when an item is sought for that goal alone."""
OTHER_GOALS = 0.1
"""What closeness to each further goal adds, where one single item has to serve them all."""
STAGE_ORDER: tuple[Stage, ...] = ("open", "explore", "try", "challenge", "reflect")
MIN_MENTOR_ASKS = 2


class Chooser:
    """Picks items one by one by maximal marginal relevance over unit vectors.

    ``vector`` maps an item id to its unit vector, shape (dimensions,).
    """

    def __init__(self, vector: Callable[[str], np.ndarray], taken: Sequence[Scored] = ()) -> None:
        self._vector = vector
        self.taken = list(taken)

    def _value(self, candidate: Scored) -> float:
        mine = self._vector(candidate.item.id)
        near = max((float(mine @ self._vector(t.item.id)) for t in self.taken), default=0.0)
        return MMR_RELEVANCE * candidate.score - (1 - MMR_RELEVANCE) * near

    def take_for(
        self,
        goal: str,
        pool: Sequence[Scored],
        keep: Callable[[Scored], bool] = lambda _: True,
        weight: float = GOAL_AGAIN,
    ) -> Scored | None:
        """The best item for one goal: its score, and ``weight`` times how close it is to that goal."""
        ids = {t.item.id for t in self.taken}
        fit = [s for s in ranked(pool) if s.item.id not in ids and keep(s)]
        if not fit:
            return None
        best = max(fit, key=lambda s: s.score + weight * s.by_goal.get(goal, 0.0))
        self.taken.append(best.model_copy(update={"goal": goal}))
        return best

    def take(self, pool: Sequence[Scored], keep: Callable[[Scored], bool] = lambda _: True) -> Scored | None:
        """The best of ``pool`` that passes ``keep`` and is not taken; None when there is none."""
        ids = {t.item.id for t in self.taken}
        fit = [s for s in pool if s.item.id not in ids and keep(s)]
        if not fit:
            return None
        best = min(fit, key=lambda s: (-self._value(s), s.item.id))
        self.taken.append(best)
        return best


def choose(
    pool: Sequence[Scored], count: int, vector: Callable[[str], np.ndarray], goals: Sequence[str] = ()
) -> list[Scored]:
    """``count`` items of ``pool`` (or all there are), one for each goal first, best first."""
    chooser = Chooser(vector)
    if count == 1 and goals:
        return _serving_all(pool, goals)
    for goal in list(goals)[:count]:
        chooser.take_for(goal, pool)
    while len(chooser.taken) < count and chooser.take(pool):
        pass
    return sorted(chooser.taken, key=lambda s: (-s.score, s.item.id))


def choose_gifts(
    pool: Sequence[Scored], count: int, vector: Callable[[str], np.ndarray], goals: Sequence[str]
) -> list[Scored]:
    """What the executive gives, in the order of the mentor's goals: the first is today's (R15).

    The wish decides, before what the executive's function suggests.
    """
    chooser = Chooser(vector)
    for goal in list(goals)[:count]:
        chooser.take_for(goal, pool, weight=1.0)
    while len(chooser.taken) < count and chooser.take(pool):
        pass
    return chooser.taken


def _serving_all(pool: Sequence[Scored], goals: Sequence[str]) -> list[Scored]:
    """The one item that serves the first goal best, the others counting a little: a decision that only
    the first goal touches gives way to one as good for it that the second touches too."""
    def worth(s: Scored) -> float:
        others = sum(s.by_goal.get(goal, 0.0) for goal in goals[1:])
        return s.score + GOAL_AGAIN * s.by_goal.get(goals[0], 0.0) + OTHER_GOALS * others

    best = max(ranked(pool), key=worth, default=None)
    return [best.model_copy(update={"goal": goals[0]})] if best else []


def stage_counts(count: int) -> dict[Stage, int]:
    """How many main questions each stage gets; ``explore`` takes what the others leave."""
    wanted: dict[Stage, int] = {
        "open": 1 if count < 9 else 2,
        "try": 1 if count >= 5 else 0,
        "challenge": 0 if count < 3 else 1 if count < 7 else 2,
        "reflect": 1 if count >= 4 else 0,
    }
    wanted["explore"] = max(0, count - sum(wanted.values()))
    return wanted


def _as_question(scored: Scored) -> Question:
    assert isinstance(scored.item, Question)
    return scored.item


def _mentor_asks(scored: Scored) -> bool:
    return _as_question(scored).direction != "executive_asks"


def choose_questions(
    pool: Sequence[Scored],
    count: int,
    vector: Callable[[str], np.ndarray],
    goals: Sequence[str],
    topic_sensitivity: int,
) -> list[Scored]:
    """Main questions in the order they are asked: by stage, then depth; never a sensitive one first.

    The mentor asks before telling (R10): the first question is the mentor's or for both. At least
    two are the mentor's to ask, and every goal has one where the pool allows.
    """
    def stage_is(*stages: Stage) -> Callable[[Scored], bool]:
        return lambda s: _as_question(s).stage in stages

    def light(s: Scored) -> bool:
        q = _as_question(s)
        sensitivity = topic_sensitivity if q.sensitivity is None else q.sensitivity
        return sensitivity <= 1 and q.depth <= 2

    wanted = stage_counts(count)
    chooser = Chooser(vector)
    opener = lambda s: stage_is("open")(s) and light(s) and _mentor_asks(s)  # noqa: E731 - read once, below
    if chooser.take(pool, opener) or chooser.take(pool, stage_is("open")):
        wanted["open"] -= 1
    for goal in goals:
        if len(chooser.taken) < count:
            hit = chooser.take_for(goal, pool, stage_is("explore", "challenge"))
            if hit:
                wanted[_as_question(hit).stage] -= 1
    for stage in STAGE_ORDER:
        while wanted[stage] > 0 and len(chooser.taken) < count and chooser.take(pool, stage_is(stage)):
            wanted[stage] -= 1
    while len(chooser.taken) < count and chooser.take(pool):
        pass
    taken = chooser.taken
    short = MIN_MENTOR_ASKS - sum(map(_mentor_asks, taken))
    for _ in range(max(0, short)):
        _trade_for_mentor(chooser, pool)
    return sorted(
        chooser.taken,
        key=lambda s: (
            STAGE_ORDER.index(_as_question(s).stage),
            not (_mentor_asks(s) and light(s)),
            _as_question(s).depth,
            -s.score,
            s.item.id,
        ),
    )


def _trade_for_mentor(chooser: Chooser, pool: Sequence[Scored]) -> None:
    """Give up the weakest question the executive asks for the best the mentor asks."""
    theirs = [s for s in chooser.taken if not _mentor_asks(s)]
    if len(theirs) < 2:
        return
    weakest = max(theirs, key=lambda s: (-s.score, s.item.id))
    chooser.taken.remove(weakest)
    if chooser.take(pool, lambda s: _mentor_asks(s) and s.item.id != weakest.item.id) is None:
        chooser.taken.append(weakest)
