"""What a mixed group gets from a topic, with nobody in particular to aim at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guidegen.domain.plan import Evidence
from guidegen.domain.topic import Passage, Question
from guidegen.planning.workshop import plan_workshop
from guidegen.retrieval.workshop import MAX_SENSITIVITY, gather_workshop
from tests.conftest import TODAY

TOPICS = ["crypto", "inclusion", "social-media"]


def gathered(parts: Any, topic: str, on: date | None = None) -> Evidence:
    plan = plan_workshop(parts.library.shelf.workshop, topic, participants=12, minutes=90, seed=1, on=on)
    return gather_workshop(plan, parts.library.topics[topic], parts.index, TODAY)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_direction_has_questions(parts: Any, topic: str) -> None:
    """Those who learn ask, those who know ask, all are asked, and those who decide are asked in return."""
    evidence = gathered(parts, topic)
    for request in ("questions/learning", "questions/knowing"):
        assert len(evidence.chosen(request)) == 2
    assert evidence.chosen("questions/everyone")
    assert len(evidence.chosen("turn")) == 2
    assert len(evidence.chosen("facts")) == 4
    assert all(evidence.chosen(f"outcomes/{side}") for side in ("learning", "knowing"))


@pytest.mark.parametrize("topic", TOPICS)
def test_what_is_personal_is_left_to_a_pair(parts: Any, topic: str) -> None:
    """No question is deep, needs more than a first idea, or is above the sensitivity a group can carry."""
    usual = parts.library.topics[topic].sensitivity
    for request in ("questions/learning", "questions/knowing", "questions/everyone"):
        for scored in gathered(parts, topic).chosen(request):
            item = scored.item
            assert isinstance(item, Question)
            assert (usual if item.sensitivity is None else item.sensitivity) <= MAX_SENSITIVITY
            assert item.depth <= 2
            assert item.level <= 1
            assert item.stage != "try"


def test_what_is_for_everybody_comes_first(parts: Any) -> None:
    """Questions for any function are taken before those for one."""
    for topic in TOPICS:
        general = ["any" in s.item.functions for s in gathered(parts, topic).chosen("questions/learning")]
        assert general == sorted(general, reverse=True)


def test_old_and_contested_facts_are_told(parts: Any) -> None:
    """A fact past its time on the day is a warning, and so is one that is argued about."""
    later = gathered(parts, "inclusion", date(2040, 1, 1))
    codes = {warning.code for warning in later.warnings}
    assert "stale" in codes
    facts = [s.item for s in later.chosen("facts") if isinstance(s.item, Passage)]
    assert ("contested" in codes) == any(f.contested for f in facts)


def test_the_same_plan_gathers_the_same(parts: Any) -> None:
    """Two runs choose the same items in the same order."""
    assert gathered(parts, "crypto") == gathered(parts, "crypto")
