"""Framing lines: which one stands where, filled in, and never the same one twice.

A line is chosen by how closely its ``when`` fits, then by a hash of the pair and the section, so
that two pairs rarely read the same words and one pair always gets the same guide. A person's own
words come back at most twice (docs/architecture.md, step 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guidegen.domain.fingerprint import fingerprint
from guidegen.domain.formats import Phrase, When
from guidegen.domain.frozen import Role
from guidegen.domain.people import Pair
from guidegen.domain.plan import GoalReading, Plan
from guidegen.domain.topic import Topic
from guidegen.language.ages import without_ages
from guidegen.language.goals import goal_to
from guidegen.language.grammar import fill, pronouns, quote
from guidegen.language.names import called

MAX_OWN_WORDS = 1
"""How often framing lines return one goal; the objectives quote it once more, which makes two."""


_CONDITIONS = tuple(When.model_fields)
OWN_WORDS_RANK = 2
"""What a line with the person's own words is worth in conditions met: without it none would be chosen."""


def pair_key(pair: Pair) -> str:
    """A hash of what two people want and do, without names, pronouns or ids (counterfactual)."""
    hidden = {"id", "name", "pronouns", "email", "organisation", "reports_to"}
    return fingerprint(
        pair.mentor.model_dump(mode="json", exclude=hidden),
        pair.executive.model_dump(mode="json", exclude=hidden),
    )


def in_sentence(title: str) -> str:
    """A title as it stands in the middle of a sentence: small first letter, unless it is an acronym."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


class Framing:
    """Hands out framing lines for one guide and remembers which were used."""

    def __init__(self, phrases: Sequence[Phrase], pair: Pair, topic: Topic, plan: Plan) -> None:
        self._sections: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            self._sections.setdefault(phrase.section, []).append(phrase)
        self._plan = plan
        self._held: dict[str, tuple[str, ...]] = {
            "function": plan.executive.functions,
            "gap": (plan.gap,),
            "session": ("first" if plan.session.number == 1 else "later",),
            "place": (plan.session.place,),
        }
        self._key = pair_key(pair)
        self._said: dict[str, int] = {}
        self._words: dict[str, tuple[str | None, str | None]] = {}
        self.used: list[str] = []
        self._spent = set(plan.session.history.phrases)
        names = called(pair.mentor.name, pair.executive.name)
        self.names: dict[Role, str] = {"mentor": names[0], "executive": names[1]}
        self._people = {
            "mentor": (pair.mentor, plan.mentor),
            "executive": (pair.executive, plan.executive),
        }
        self.common = {
            "mentor": self.names["mentor"],
            "executive": self.names["executive"],
            "topic": in_sentence(topic.title),
            "minutes": str(plan.session.minutes),
        }

    def slots(self, about: Role, goal: GoalReading | None) -> dict[str, str | None]:
        """Every slot's value for a line about one of the two; None where there is none."""
        person, reading = self._people[about]
        own = goal or (reading.goals[0] if reading.goals else None)
        may_quote = own is not None and self._said.get(own.id, 0) < MAX_OWN_WORDS
        goal_quote, returned = self._own_words(own) if own is not None and may_quote else (None, None)
        other: Role = "executive" if about == "mentor" else "mentor"
        return {
            **self.common,
            **pronouns(person.pronouns).slots(),
            "name": self.names[about],
            "other": self.names[other],
            "goal_quote": goal_quote,
            "goal_to": returned,
            "role": person.role,
            "dept": person.department,
        }

    def _own_words(self, goal: GoalReading) -> tuple[str | None, str | None]:
        """A goal as a quote and as an infinitive; read once, for every line of the guide asks."""
        if goal.id not in self._words:
            text = without_ages(goal.text)
            self._words[goal.id] = (quote(text), goal_to(text)) if text else (None, None)
        return self._words[goal.id]

    def _rank(self, phrase: Phrase, intent: str) -> int | None:
        """How closely a line fits: conditions of ``when`` met, and two more for a person's own words.

        None when a condition is not met.
        """
        met = 0
        for field in _CONDITIONS:
            wanted = getattr(phrase.when, field)
            if wanted is None:
                continue
            if wanted not in ((intent,) if field == "intent" else self._held[field]):
                return None
            met += 1
        return met + (OWN_WORDS_RANK if "{goal_" in phrase.text else 0)

    def line(
        self,
        section: str,
        *,
        goal: GoalReading | None = None,
        extra: dict[str, str | None] | None = None,
        intent: str | None = None,
    ) -> str | None:
        """The next line for ``section``, filled; None when none is left (it is then left out)."""
        lead = intent or (goal.intents[0] if goal else self._plan.intent)
        ranked: dict[int, list[Phrase]] = {}
        for phrase in self._sections.get(section, ()):
            if phrase.id in self.used or phrase.id in self._spent:
                continue
            rank = self._rank(phrase, lead)
            if rank is not None:
                ranked.setdefault(rank, []).append(phrase)
        for phrase in self._in_turn(section, ranked):
            slots = {**self.slots(phrase.about, goal), **(extra or {})}
            text = fill(phrase.text, slots, plural=pronouns(self._people[phrase.about][0].pronouns).plural)
            if text is None:
                continue
            if "{goal_quote}" in phrase.text or "{goal_to}" in phrase.text:
                own = goal or next(iter(self._people[phrase.about][1].goals))
                self._said[own.id] = self._said.get(own.id, 0) + 1
            self.used.append(phrase.id)
            return text
        return None

    def _in_turn(self, section: str, ranked: dict[int, list[Phrase]]) -> Iterator[Phrase]:
        """The closest fits first, then by hash: mostly the first is taken, so later hashes are not made."""
        for _, phrases in sorted(ranked.items(), reverse=True):
            yield from sorted(phrases, key=lambda phrase: fingerprint(self._key, section, phrase.id))
