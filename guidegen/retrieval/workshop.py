"""Gathering for a workshop: what suits a mixed group, with no person to aim at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from guidegen.domain.guide import Warning
from guidegen.domain.plan import Evidence, EvidenceRequest, PersonReading, Picks, Scored
from guidegen.domain.ports import Index
from guidegen.domain.topic import GiveBack, Item, Outcome, Passage, Question, Topic
from guidegen.domain.workshop import WorkshopPlan
from guidegen.retrieval.scoring import ranked, score_items
from guidegen.retrieval.select import choose

MAX_SENSITIVITY = 1
"""People in a workshop did not choose each other: what is more personal is left to a pair."""
MAX_DEPTH = 2
MAX_LEVEL = 1
"""The level a question may need; an outcome may reach one more."""
A_TABLE = PersonReading(who="executive", functions=("any",), level=1, goals=())
"""Whom the items are scored for: people of any function, most of whom are aware of the topic."""
TURN = "How an idea or a plan is decided here: who has to say yes, what they ask first, and where it gets stuck."
"""What those who know how things get decided are asked about when the direction turns round (R15)."""
ONE_WAY_STAGES = ("open", "explore")
BOTH_STAGES = ("open", "explore", "challenge", "reflect")
"""What is tried belongs to an activity, and what a pair looks back on would mean nothing here."""


def _suits(topic: Topic) -> dict[str, Callable[[Item], bool]]:
    """Which items may answer each request."""

    def mild(item: Item) -> bool:
        return (topic.sensitivity if item.sensitivity is None else item.sensitivity) <= MAX_SENSITIVITY

    def question(direction: str, stages: Sequence[str]) -> Callable[[Item], bool]:
        return lambda item: (
            isinstance(item, Question)
            and item.direction == direction
            and item.stage in stages
            and item.depth <= MAX_DEPTH
            and item.level <= MAX_LEVEL
            and mild(item)
        )

    def outcome(who: str) -> Callable[[Item], bool]:
        return lambda item: (
            isinstance(item, Outcome) and item.who == who and item.level <= MAX_LEVEL + 1 and mild(item)
        )

    return {
        "facts": lambda item: isinstance(item, Passage),
        "questions/learning": question("executive_asks", ONE_WAY_STAGES),
        "questions/knowing": question("mentor_asks", ONE_WAY_STAGES),
        "questions/everyone": question("both", BOTH_STAGES),
        "turn": lambda item: isinstance(item, GiveBack) and mild(item),
        "outcomes/learning": outcome("executive"),
        "outcomes/knowing": outcome("mentor"),
    }


def gather_workshop(plan: WorkshopPlan, topic: Topic, index: Index, today: date) -> Evidence:
    """The evidence for ``plan``: what is for everybody first, then what is nearest to the topic's question."""
    on = plan.on or today
    similarity = index.inside(topic.id, [topic.leadership_question, TURN])
    column = {item.id: n for n, item in enumerate(similarity.items)}
    about_topic, about_deciding = (
        ranked(score_items(similarity.items, similarity.scores[row : row + 1], A_TABLE, topic, on)) for row in (0, 1)
    )
    suits = _suits(topic)

    def vector(item_id: str) -> np.ndarray:
        row: np.ndarray = similarity.vectors[column[item_id]]
        return row

    def picks(request: EvidenceRequest) -> Picks:
        pool = [s for s in (about_deciding if request.id == "turn" else about_topic) if suits[request.id](s.item)]
        if request.id == "turn":
            return Picks(chosen=tuple(choose(pool, request.count, vector)))
        if request.kind == "outcome":
            # What a first meeting with a topic can show comes before what needs practice.
            early = sorted(pool, key=lambda s: (s.item.level, "any" not in s.item.functions))
            return Picks(chosen=tuple(early[: request.count]))
        general = [s for s in pool if "any" in s.item.functions]
        chosen = choose(general, request.count, vector)
        rest = [s for s in pool if s not in general]
        return Picks(chosen=(*chosen, *choose(rest, request.count - len(chosen), vector)))

    found = {request.id: picks(request) for request in plan.requests}
    return Evidence(picks=found, warnings=_warnings(topic, found["facts"].chosen, on))


def _warnings(topic: Topic, facts: Sequence[Scored], on: date) -> tuple[Warning, ...]:
    passages = [s.item for s in facts if isinstance(s.item, Passage)]
    found = []
    if any((due := p.due(topic)) and due < on for p in passages):
        found.append(("stale", "A fact here is due for a new look on the day; its date stands beside it. Say so aloud."))
    if any(p.contested for p in passages):
        found.append(("contested", "What is marked contested is argued about in good faith. Let the tables argue, too."))
    return tuple(Warning(code=code, text=text, to=("coordinator",)) for code, text in found)
