"""The format chosen by name: built around one activity, the longest to try oneself that fits."""

from __future__ import annotations

from typing import Any

import pytest

from guidegen.domain.plan import Plan
from guidegen.domain.session import MAX_MINUTES, Session
from guidegen.errors import SessionError
from guidegen.people import pair_from
from guidegen.planning import plan_session
from tests.ten_pairs import EXECUTIVES, pair_data


def planned(parts: Any, key: str = "procurement", topic: str = "crypto", **session: Any) -> Plan:
    values = {"kind": "standard", "number": 2, "format": "sprint-day", **session}
    library = parts.library
    pair = pair_from(pair_data(key), key)
    return plan_session(pair, Session.model_validate(values), library.topics[topic], library.shelf)


@pytest.mark.parametrize("topic", ["crypto", "inclusion", "social-media"])
def test_every_length_from_an_hour_on(parts: Any, topic: str) -> None:
    """From 60 to 180 minutes the blocks add up, and at least half an hour is for building."""
    for minutes in range(60, MAX_MINUTES + 1):
        blocks = planned(parts, topic=topic, minutes=minutes).blocks
        assert sum(b.minutes for b in blocks) == minutes
        by_kind = {b.block.kind: b.minutes for b in blocks}
        assert by_kind["try"] >= 30
        assert by_kind["try"] == max(by_kind.values())


def test_an_hour_is_the_least(parts: Any) -> None:
    """The error of a shorter session says how many minutes the format needs."""
    with pytest.raises(SessionError, match="at least 60 minutes"):
        planned(parts, minutes=59)


def test_the_blocks_come_in_the_order_of_a_start(parts: Any) -> None:
    """Pick, sketch, build, show, give back, decide, then commit and book."""
    kinds = [b.block.kind for b in planned(parts, minutes=90).blocks]
    wanted = ["topic", "sketch", "try", "show", "give-back", "decide", "commit", "book"]
    assert [kind for kind in kinds if kind in wanted] == wanted


@pytest.mark.parametrize("key", sorted(EXECUTIVES))
def test_the_build_is_the_longest_activity_to_try_oneself(parts: Any, key: str) -> None:
    """Of the topic's activities to try oneself, one that fits and than which none is longer for this work."""
    plan = planned(parts, key, minutes=90)
    prefer = next(r.prefer for r in plan.requests if r.id == "activity")
    activities = {a.id: a for a in parts.library.topics["crypto"].activities}
    assert prefer
    for activity in (activities[i] for i in prefer):
        assert "try-myself" in activity.intents
        block = plan.block("try")
        assert block is not None
        assert activity.minutes <= block.minutes
    assert activities[prefer[0]].minutes == 40


def test_an_unknown_format_names_the_known_ones(parts: Any) -> None:
    """The remedy lists what there is; the workshop, which is for no pair, is not among it."""
    with pytest.raises(SessionError) as caught:
        planned(parts, format="sprint")
    assert "sprint-day" in str(caught.value)
    assert "standard" in str(caught.value)
    assert "workshop" not in str(caught.value)


def test_any_format_can_be_chosen_by_name(parts: Any) -> None:
    """A standard session can be held in the format of a first one."""
    assert planned(parts, format="first-session", minutes=60).format.id == "first-session"
    assert planned(parts, format=None, minutes=60).format.id == "standard"
