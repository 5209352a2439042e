"""How much a topic needs before it can carry a programme (corpus/README.md, "How much, per topic")."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Sequence

from guidegen.domain.topic import Item, Source, Stage, Topic

STAGES: tuple[str, ...] = typing.get_args(Stage)
Want = tuple[str, int, int, str]  # what, how many there are, how many it takes, remedy


def short_of(topic: Topic, sources: dict[str, Source]) -> list[tuple[str, str]]:
    """(problem, remedy) for everything the topic has too little of."""
    return [
        (f"{what}: {have} of {need}.", remedy) for what, have, need, remedy in _wants(topic, sources) if have < need
    ]


def _wants(topic: Topic, sources: dict[str, Source]) -> Iterator[Want]:
    yield "Passages", len(topic.passages), 10, "Write passages on what is still missing."
    yield "Misconceptions", len(topic.misconceptions), 3, "Add what people often say, and correct it."
    yield "Give-backs", len(topic.give_backs), 3, "Add what an executive can give the mentor (R15)."
    yield from _questions(topic)
    short = [a for a in topic.activities if a.minutes <= 15]
    yield "Activities", len(topic.activities), 6, "Add some."
    yield "Activities of 15 minutes or less", len(short), 2, "Add a short one."
    yield "Activities of 30 minutes or more", len([a for a in topic.activities if a.minutes >= 30]), 2, "Add a long one."
    for activity in topic.activities:
        yield f"Functions in example_for of {activity.id}", len(activity.example_for), 3, "Add examples."
    yield "Decisions", len(topic.decisions), 8, "Add the real decisions of more functions."
    yield "Functions with a decision", len(_held(topic.decisions, "functions")), 6, "Add decisions for the others."
    theirs = [o for o in topic.outcomes if o.who != "executive"]
    yield "Outcomes", len(topic.outcomes), 12, "Add outcomes."
    yield "Levels of outcomes", len({o.level for o in topic.outcomes}), 3, "Spread them over three levels."
    yield "Outcomes of the mentor", 3 * len(theirs), len(topic.outcomes), "Make a third the mentor's, or both's."
    yield "Terms", len(topic.terms), 12, "Add words one meets in the passages."
    cited = {c.source for p in topic.passages for c in p.citations}
    cited |= {c.source for m in topic.misconceptions for c in m.citations}
    known = [sources[name] for name in cited if name in sources]
    yield "Sources", len(known), 6, "Rest it on more pages that were read."
    primary = len([s for s in known if s.kind == "primary"])
    yield "Primary sources", primary, 2, "Add a regulator, a standard, statistics, a law or a maker's own pages."


def _questions(topic: Topic) -> Iterator[Want]:
    asked = topic.questions
    yield "Questions", len(asked), 30, "Add questions."
    other_way = [q for q in asked if q.direction != "executive_asks"]
    yield "Questions of the mentor or both", len(other_way), 10, "Add what the mentor can ask."
    yield "Stages with a question", len({q.stage for q in asked}), len(STAGES), f"Cover {', '.join(STAGES)}."
    yield "Lenses with a question", len(_held(asked, "lenses")), 5, "Ask through other lenses too."
    varied = [q for q in asked if len(q.for_) >= 4]
    yield "Questions with variants for four functions", len(varied), 8, "Write whole sentences under for:."


def _held(items: Sequence[Item], field: str) -> set[str]:
    return {name for item in items for name in getattr(item, field)} - {"any"}
