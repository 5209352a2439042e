"""Subjects kept out: matched by stem, whole words, and a topic's other names."""

from __future__ import annotations

from datetime import date

import pytest

from guidegen.domain.topic import Topic
from guidegen.language.offlimits import expanded, touches


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("He was made redundant last year", "redundancies"),
        ("After the divorce", "no questions about my divorce, please"),
        ("The health of the mind and mental strain", "mental health"),
        ("pay and promotion", "salary / pay"),
        ("What does your Family think?", "family"),
        ("关于薪水的问题", "薪水"),
        ("a manager's bonus", "bonuses"),
    ],
)
def test_touches(text: str, limit: str) -> None:
    """Forms of the same word touch, and filling words around the subject do not hide it."""
    assert touches(text, [limit])


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Embrace the change", "race"), ("Mental arithmetic. Health comes later in this text", "mental health"),
        ("What happened in that person's life at work?", "personal finances"), ("anything", ""), ("", "family"),
        ("any question at all", "   "),
    ],
)
def test_leaves_alone(text: str, limit: str) -> None:
    """Parts of words, words far apart and empty limits touch nothing."""
    assert not touches(text, [limit])


def test_a_topic_is_known_by_its_other_names() -> None:
    """Who keeps a topic out by its name keeps its other words out too."""
    topic = Topic(
        id="crypto", title="Crypto at work", aliases=("bitcoin", "stablecoins"), summary="s", leadership_question="q",
        half_life_days=1, reviewed_on=date(2026, 1, 1), avoid="a",
    )
    limits = expanded(["crypto", "family"], [topic])
    assert touches("the price of a stablecoin", limits)
    assert not touches("the price of a stablecoin", ["crypto"])
    assert expanded(["family"], [topic]) == ("family",)
