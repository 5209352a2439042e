"""Groups of even size, and minutes that add up for every length and number of people."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.domain.workshop import COMING_AND_GOING, MAX_PEOPLE, MIN_PEOPLE
from guidegen.errors import SessionError
from guidegen.planning.workshop import group_sizes, plan_workshop

PEOPLE = st.integers(MIN_PEOPLE, MAX_PEOPLE)


@given(PEOPLE)
def test_groups_are_small_and_even(participants: int) -> None:
    """Everybody has a group of three to five, and no two groups differ by more than one."""
    sizes = group_sizes(participants)
    assert sum(sizes) == participants
    assert all(3 <= size <= 5 for size in sizes)
    assert max(sizes) - min(sizes) <= 1
    assert list(sizes) == sorted(sizes, reverse=True)


@pytest.mark.parametrize("participants", [-1, 0, 5, 25, 1000])
def test_too_few_or_too_many_people_are_refused(participants: int) -> None:
    """Outside 6 to 24 the error says the range."""
    with pytest.raises(SessionError, match="6 to 24"):
        group_sizes(participants)


@given(PEOPLE, st.integers(65, 180), st.integers(0, 10_000))
def test_minutes_add_up_and_every_group_can_show(parts: Any, participants: int, minutes: int, seed: int) -> None:
    """Blocks follow each other without gap, fill the time exactly, and each group has two to four minutes to show."""
    plan = plan_workshop(parts.library.shelf.workshop, "tea", participants=participants, minutes=minutes, seed=seed)
    start = 0
    for block in plan.blocks:
        assert block.start == start
        start += block.minutes
    assert start == minutes
    show = next(b.minutes for b in plan.blocks if b.block.kind == "show")
    assert 2 <= (show - COMING_AND_GOING) // len(plan.groups) <= 4


def test_a_workshop_too_short_for_its_groups_says_what_it_needs(parts: Any) -> None:
    """Twenty-four people do not fit into an hour, and the error tells the minutes they need."""
    with pytest.raises(SessionError, match="at least 65 minutes"):
        plan_workshop(parts.library.shelf.workshop, "tea", participants=24, minutes=60, seed=1)


@pytest.mark.parametrize("minutes", [0, 14, 181])
def test_minutes_out_of_range_are_refused(parts: Any, minutes: int) -> None:
    """No workshop of no minutes, and none of a whole day."""
    with pytest.raises(SessionError):
        plan_workshop(parts.library.shelf.workshop, "tea", participants=12, minutes=minutes, seed=1)


def test_every_object_can_come_up(parts: Any) -> None:
    """Seeds one after the other go through all objects, and a seed always takes the same one."""
    fmt = parts.library.shelf.workshop

    def object_of(seed: int) -> str:
        return plan_workshop(fmt, "tea", participants=12, minutes=90, seed=seed).object.id

    assert {object_of(seed) for seed in range(len(fmt.objects))} == {thing.id for thing in fmt.objects}
    assert len(fmt.objects) >= 30
    assert object_of(7) == object_of(7)
