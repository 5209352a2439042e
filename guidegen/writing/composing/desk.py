"""What every section's composer has on its desk: the brief, the framing lines, the citations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from guidegen.domain.frozen import Role, Who
from guidegen.domain.guide import Printed
from guidegen.domain.plan import GoalReading, WritingBrief
from guidegen.domain.topic import Activity, Decision, GiveBack, Item, Passage
from guidegen.writing.framing import Framing

MAX_CITED = 3
ItemT = TypeVar("ItemT", bound=Item)


@dataclass
class Desk:
    """One guide in the making."""

    brief: WritingBrief
    framing: Framing

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """The topic's passages by id."""
        return {passage.id: passage for passage in self.brief.topic.passages}

    def cite(self, passage_ids: tuple[str, ...]) -> tuple[str, ...]:
        """The leading source of each of the first passages an item rests on: enough to look it up.

        A passage names its most important source first; a question with twenty numbers behind it
        would only be read past.
        """
        found = (self.passages[p].citations[0].source for p in passage_ids if p in self.passages)
        return tuple(dict.fromkeys(found))[:MAX_CITED]

    def chosen(self, request: str, kind: type[ItemT]) -> list[ItemT]:
        """The items chosen for a request, typed."""
        return [s.item for s in self.brief.evidence.chosen(request) if isinstance(s.item, kind)]

    def one(self, request: str, kind: type[ItemT]) -> ItemT | None:
        """The first item chosen for a request, if any."""
        return next(iter(self.chosen(request, kind)), None)

    @property
    def decision(self) -> Decision | None:
        """The decision this session aims at."""
        return self.one("decision", Decision)

    @property
    def activity(self) -> Activity | None:
        """What the two do together."""
        return self.one("activity", Activity)

    @property
    def give_back(self) -> GiveBack | None:
        """What the executive gives in return."""
        return self.one("give_back", GiveBack)

    @property
    def names(self) -> dict[Role, str]:
        """How the two are called in running text."""
        return self.framing.names

    def name(self, who: Who) -> str:
        """The name, or both names, behind a role."""
        if who == "both":
            return f"{self.names['mentor']} and {self.names['executive']}"
        return self.names[who]

    def goal(self, goal_id: str | None) -> GoalReading | None:
        """The goal with this id, of either person."""
        plan = self.brief.plan
        return next((g for g in (*plan.executive.goals, *plan.mentor.goals) if g.id == goal_id), None)

    def slots(self) -> dict[str, str | None]:
        """Values for slots in formats and give-backs: names, topic, minutes, artefact."""
        decision = self.decision
        return {
            **self.framing.common,
            "artefact": decision.artefact.title if decision else "one page of notes",
            "decision": decision.question if decision else self.brief.topic.leadership_question,
        }

    def line(self, section: str, item_id: str, goal: GoalReading | None = None) -> Printed | None:
        """A framing line as a printed item, or None when the section has none left."""
        extra: dict[str, str | None] = {"artefact": self.slots()["artefact"]}
        text = self.framing.line(section, goal=goal, extra=extra)
        return Printed(id=item_id, text=text) if text else None

    def lines(self, prefix: str, *sections: str) -> tuple[Printed, ...]:
        """One framing line from each of ``sections``, where there is one."""
        found = (self.line(section, f"{prefix}/{section.rsplit('.', 1)[-1]}") for section in sections)
        return tuple(line for line in found if line)
