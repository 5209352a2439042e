"""Gathering: a plan's evidence requests to chosen items, with warnings. One query to the index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from guidegen.domain.frozen import Role
from guidegen.domain.guide import Warning
from guidegen.domain.people import Pair
from guidegen.domain.plan import Evidence, EvidenceRequest, PersonReading, Picks, Plan, Scored
from guidegen.domain.ports import Index, Similarity
from guidegen.domain.topic import (
    Activity,
    Decision,
    GiveBack,
    Item,
    Misconception,
    Outcome,
    Passage,
    Question,
    Term,
    Topic,
)
from guidegen.language.offlimits import touches
from guidegen.retrieval.scoring import ranked, score_items
from guidegen.retrieval.select import choose, choose_gifts, choose_questions

KINDS: dict[str, type[Item]] = {
    "passage": Passage,
    "misconception": Misconception,
    "give_back": GiveBack,
    "question": Question,
    "activity": Activity,
    "decision": Decision,
    "outcome": Outcome,
    "term": Term,
}
MIN_FACTS = 3
FACT_NEAR_GOAL = 0.55
"""Below this similarity to every goal a fact is padding; three are printed all the same (R29)."""
MIN_TERMS = 2
"""Words that belong to no passage of the decision come in only up to this many."""
THIN_COSINE = 0.60
"""A goal whose best item stays below this raw cosine is called thin (tests/retrieval/test_gather.py)."""


def _words(item: Item) -> str:
    """All the text of an item, for matching off-limits subjects."""
    return " ".join(str(value) for value in item.model_dump(exclude={"id"}).values())


def _allowed(item: Item, plan: Plan, topic: Topic, level: int) -> bool:
    """The hard filters: sensitivity, off-limits, already used, place, and the level needed."""
    sensitivity = topic.sensitivity if item.sensitivity is None else item.sensitivity
    if sensitivity > plan.max_sensitivity or item.id in plan.session.history.used:
        return False
    if isinstance(item, Activity):
        here = "room" if plan.session.place == "room" else "video"
        if item.place not in (here, "both"):
            return False
    # A question and an activity need a level; an outcome reaches one. A fact can be explained.
    if isinstance(item, Question | Activity) and item.level > level + 1:
        return False
    if isinstance(item, Outcome) and item.level > level + 2:
        return False
    return not (plan.off_limits and touches(_words(item), plan.off_limits))


class Gatherer:
    """One guide's search: the texts, the one query, and the picks for each request."""

    def __init__(self, plan: Plan, pair: Pair, topic: Topic, index: Index, today: date) -> None:
        self.plan = plan
        self.topic = topic
        self.on = plan.session.on or today
        texts = [*self._texts(plan.executive, pair), *self._texts(plan.mentor, pair)]
        rows = len(self._texts(plan.executive, pair))
        self.rows = {"executive": slice(0, rows), "mentor": slice(rows, len(texts))}
        self.context: dict[Role, int] = {}
        roles: tuple[Role, ...] = ("executive", "mentor")
        for role in roles:
            if context := pair.person(role).context:
                self.context[role] = len(texts)
                texts.append(context)
        self.similarity: Similarity = index.inside(topic.id, texts)
        self.column = {item.id: n for n, item in enumerate(self.similarity.items)}

    def _texts(self, reader: PersonReading, pair: Pair) -> list[str]:
        """A person's goals; without goals, their work and the topic's leadership question."""
        if reader.goals:
            return [goal.text for goal in reader.goals]
        person = pair.person(reader.who)
        work = " ".join(part for part in (person.role, person.department) if part)
        return [f"{self.topic.leadership_question} {work}".strip()]

    def vector(self, item_id: str) -> np.ndarray:
        """The unit vector of an item, shape (dimensions,)."""
        row: np.ndarray = self.similarity.vectors[self.column[item_id]]
        return row

    def pool(self, request: EvidenceRequest) -> list[Scored]:
        """Every item that may answer ``request``, scored for the person it is for, best first."""
        reader = self.plan.mentor if request.who == "mentor" else self.plan.executive
        columns = [
            n
            for n, item in enumerate(self.similarity.items)
            if isinstance(item, KINDS[request.kind]) and _allowed(item, self.plan, self.topic, reader.level)
        ]
        if request.max_minutes is not None:
            columns = [n for n in columns if getattr(self.similarity.items[n], "minutes", 0) <= request.max_minutes]
        columns = [n for n in columns if self.similarity.items[n].id in request.prefer] or columns
        if not columns:
            return []
        items = [self.similarity.items[n] for n in columns]
        part = self.similarity.scores[self.rows[request.who]][:, columns]
        scored = score_items(items, part, self._aimed(reader), self.topic, self.on)
        if request.kind == "outcome":
            scored = self._for_the_mentor(scored, items, columns)
        return ranked(scored)

    def _aimed(self, reader: PersonReading) -> PersonReading:
        """What is given back comes from the executive's work, aimed at the mentor's goals."""
        if reader.who == "executive":
            return reader
        return reader.model_copy(update={"functions": self.plan.executive.functions})

    def _for_the_mentor(self, scored: list[Scored], items: Sequence[Item], columns: Sequence[int]) -> list[Scored]:
        """Outcomes of the mentor's own are judged by what the mentor wants, not by what the executive wants."""
        mine = [n for n, item in enumerate(items) if isinstance(item, Outcome) and item.who == "mentor"]
        part = self.similarity.scores[self.rows["mentor"]][:, [columns[n] for n in mine]]
        reader = self._aimed(self.plan.mentor)
        judged = score_items([items[n] for n in mine], part, reader, self.topic, self.on)
        return [dict(zip(mine, judged, strict=True)).get(n, s) for n, s in enumerate(scored)]

    def picks(self, request: EvidenceRequest, decision: Decision | None, activity: str | None = None) -> Picks:
        """The answer to one request."""
        pool, everything = self._own_first(request)
        goals = [g.id for g in (self.plan.mentor if request.who == "mentor" else self.plan.executive).goals]
        if request.kind == "passage" and decision is not None:
            # What the decision rests on, in its author's order, comes before what is merely near.
            order = {passage: n for n, passage in enumerate(decision.evidence)}
            backing = sorted((s for s in pool if s.item.id in order), key=lambda s: order[s.item.id])
            chosen = backing[: request.count - 1]
            ids = {s.item.id for s in chosen}
            rest = [s for s in pool if s.item.id not in ids]
            near = [s for s in rest if max(s.by_goal.values(), default=1.0) >= FACT_NEAR_GOAL]
            chosen += choose(near, request.count - len(chosen), self.vector, goals)
            ids = {s.item.id for s in chosen}
            rest = [s for s in rest if s.item.id not in ids]
            short = MIN_FACTS - len(chosen)
            # The decision's own passages serve the first goal; what is short goes to the later ones.
            chosen += choose(rest, short, self.vector, goals[-short:]) if short > 0 else []
        elif request.kind == "term" and decision is not None:
            chosen = self._terms(pool, request.count, decision)
        elif request.kind == "question":
            chosen = choose_questions(pool, request.count, self.vector, goals, self.topic.sensitivity)
        elif request.kind == "give_back":
            chosen = choose_gifts(pool, request.count, self.vector, goals)
        elif request.kind == "outcome":
            chosen = self._outcomes(pool, request.count, goals, activity)
        else:
            chosen = choose(pool, request.count, self.vector, goals)
        ids = {s.item.id for s in chosen}
        left = [s for s in pool if s.item.id not in ids]
        if len(left) < request.spares:
            left = [s for s in everything if s.item.id not in ids]
        spares = choose(left, request.spares, self.vector)
        return Picks(chosen=tuple(chosen), spares=tuple(spares))

    def _own_first(self, request: EvidenceRequest) -> tuple[list[Scored], list[Scored]]:
        """The pool without what is written for other functions only, and the whole pool. The first is
        the whole one as well where it would otherwise be too small to choose from."""
        pool = self.pool(request)
        # What is given back follows the mentor's wish, whatever the executive's function.
        own = [s for s in pool if s.parts["function"] > 0 or request.kind == "give_back"]
        return (own if len(own) >= request.count else pool), pool

    def _terms(self, pool: Sequence[Scored], count: int, decision: Decision) -> list[Scored]:
        """Words one will meet: those of the passages the decision rests on, then the nearest."""
        met = [s for s in pool if isinstance(s.item, Term) and set(s.item.evidence) & set(decision.evidence)]
        chosen = choose(met, count, self.vector)
        ids = {s.item.id for s in chosen}
        return chosen + choose([s for s in pool if s.item.id not in ids], MIN_TERMS - len(chosen), self.vector)

    def own_question(self, role: Role, questions: Picks) -> str | None:
        """Of the questions that will be printed, the one nearest to what this person wrote of their situation."""
        if role not in self.context or not questions.chosen:
            return None
        row = self.similarity.scores[self.context[role]]
        asks = ("mentor_asks", "both") if role == "mentor" else ("executive_asks", "both")
        theirs = [s for s in questions.chosen if isinstance(s.item, Question) and s.item.direction in asks]
        best = max(theirs or questions.chosen, key=lambda s: (float(row[self.column[s.item.id]]), s.item.id))
        return best.item.id

    def _outcomes(
        self, pool: Sequence[Scored], count: int, goals: Sequence[str], activity: str | None
    ) -> list[Scored]:
        """Outcomes for both: a third is the mentor's (two-way by design, R15), and what the two do
        together shows in one of the others."""
        def mentors(s: Scored) -> bool:
            return isinstance(s.item, Outcome) and s.item.who == "mentor"

        theirs = choose([s for s in pool if mentors(s)], max(1, count // 3), self.vector)
        rest = [s for s in pool if not mentors(s)]
        done = [s for s in rest if isinstance(s.item, Outcome) and activity in s.item.activities][:1]
        rest = [s for s in rest if s not in done]
        others = choose(rest, count - len(theirs) - len(done), self.vector, goals)
        return [*others, *done, *theirs]


def _thin_goals(plan: Plan, similarity: Similarity, rows: slice) -> tuple[str, ...]:
    """Goals for which the topic holds nothing close, by raw cosine."""
    best = similarity.cosine[rows].max(axis=1, initial=0.0)
    return tuple(
        goal.id for goal, cosine in zip(plan.executive.goals, best, strict=False) if float(cosine) < THIN_COSINE
    )


def gather(plan: Plan, pair: Pair, topic: Topic, index: Index, today: date) -> Evidence:
    """The evidence for ``plan``: one query to ``index``, then scoring and choosing in memory."""
    search = Gatherer(plan, pair, topic, index, today)
    picks: dict[str, Picks] = {}
    decision: Decision | None = None
    activity: str | None = None
    first = ("decision", "activity")
    for request in sorted(plan.requests, key=lambda r: first.index(r.id) if r.id in first else len(first)):
        picks[request.id] = search.picks(request, decision, activity)
        if request.id == "activity" and picks["activity"].chosen:
            activity = picks["activity"].chosen[0].item.id
        if request.id == "decision" and picks["decision"].chosen:
            found = picks["decision"].chosen[0].item
            decision = found if isinstance(found, Decision) else None
    own = {role: search.own_question(role, picks["questions"]) for role in search.context}
    return Evidence(
        picks=picks,
        own_question={role: question for role, question in own.items() if question},
        thin_goals=_thin_goals(plan, search.similarity, search.rows["executive"]),
        warnings=_warnings(plan, topic, picks, search.on),
    )


def _warnings(plan: Plan, topic: Topic, picks: dict[str, Picks], on: date) -> tuple[Warning, ...]:
    facts = [s.item for s in picks["facts"].chosen if isinstance(s.item, Passage)]
    found: list[Warning] = []
    stale = [p for p in facts if (due := p.due(topic)) and due < on]
    if stale:
        found.append(
            Warning(
                code="stale",
                text=f"{_count(len(stale), 'fact')} in this guide will be due for a new look on the day "
                "of the session; every fact carries its date.",
                to=("mentor", "executive", "coordinator"),
            )
        )
    if plan.session.on and (on - topic.reviewed_on).days > 2 * topic.half_life_days:
        found.append(
            Warning(
                code="review-due",
                text=f"The topic was last reviewed on {topic.reviewed_on.isoformat()}; check what has changed.",
                to=("mentor", "coordinator"),
            )
        )
    if not picks["decision"].chosen:
        found.append(
            Warning(
                code="thin-topic",
                text="The corpus holds no decision that fits this pair, so the guide has no artefact to fill in.",
                to=("mentor", "coordinator"),
            )
        )
    return tuple(found)


def _count(n: int, noun: str) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five")
    return f"{words[n] if n < len(words) else n} {noun}{'' if n == 1 else 's'}"


