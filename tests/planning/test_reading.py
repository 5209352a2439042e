"""Reading a person: functions and intents by cue words, else any."""

from __future__ import annotations

from typing import Any

import pytest

from guidegen.domain.people import Person
from guidegen.planning.reading import leading_intent, read_person
from tests.ten_pairs import EXECUTIVES

FUNCTIONS = {
    "procurement": "operations", "people": "people", "finance": "finance", "marketing": "marketing",
    "legal": "legal", "sales": "sales", "technology": "technology", "board": "board",
    "operations": "operations", "risk": "risk",
}


def reading(parts: Any, role: str, department: str | None, *goals: str) -> Any:
    person = Person(id="p", name="P", role=role, department=department, goals=goals)
    return read_person(person, "executive", "crypto", goals, parts.library.shelf.tags)


@pytest.mark.parametrize("key", sorted(EXECUTIVES))
def test_the_first_function_is_the_persons_own(parts: Any, key: str) -> None:
    """Ten roles are read as the function each is in."""
    profile = EXECUTIVES[key]
    assert reading(parts, profile["role"], profile["department"]).functions[0] == FUNCTIONS[key]


@pytest.mark.parametrize(
    ("goal", "intent"),
    [
        ("Decide whether we should accept card payments", "decide"),
        ("Try it myself once", "try-myself"),
        ("Understand what a DAO is", "understand"),
        ("Oversee the pilot without slowing it down", "oversee"),
        ("Talk with the team who propose it", "talk-with-proposers"),
        ("Keep our engineers from leaving", "keep-people"),
        ("Change our policy on side projects", "change-a-policy"),
    ],
)
def test_goals_show_their_intent(parts: Any, goal: str, intent: str) -> None:
    """Each of the seven intents is read from a plain goal."""
    assert intent in reading(parts, "director", None, goal).goals[0].intents


def test_unsure_is_any(parts: Any) -> None:
    """A goal and a role that say nothing are read as any, not guessed."""
    found = reading(parts, "zzz", None, "qwertz")
    assert found.functions == ("any",)
    assert found.goals[0].intents == ("any",)
    assert leading_intent(found) == "any"


def test_no_goals_is_a_reading_too(parts: Any) -> None:
    """A person without goals has no leading intent."""
    assert leading_intent(reading(parts, "head of sales", "Sales")) == "any"
