"""Ages leave free text; counts stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.language.ages import mentions_age, without_ages


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I am 54 and run procurement", "I run procurement"),
        ("I'm fifty-four and keen", "I'm keen"),
        ("I am 54 years old, and I lead sales.", "I lead sales."),
        ("a 54-year-old engineer", "an engineer"),
        ("As a 54-year-old I wonder", "As a person I wonder"),
        ("Ana (54) leads sales", "Ana leads sales"),
        ("She, aged 54, leads sales", "She leads sales"),
        ("I was born in 1971 and grew up in Leeds", "I grew up in Leeds"),
        ("At 54 I feel late", "I feel late"),
        ("I'm in my fifties and curious", "I'm curious"),
        ("Head of sales, 58", "Head of sales"),
        ("born 12 March 1971, engineer", "engineer"),
        ("I just turned 54, so I want to know", "I want to know"),
        ("DOB: 12.03.1971", ""),
    ],
)
def test_ages_go(text: str, left: str) -> None:
    """What is left still reads as a sentence."""
    assert without_ages(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "54 suppliers", "12 years of experience", "Section 54", "Section (54) of the Act", "I am 54 suppliers short",
        "We have 54 people in 3 offices", "I am 20 minutes late", "I am 100% sure", "We turned 40 shops into one",
        "grew by 54% in 2024", "a budget of 1,954", "I am 3rd in line", "since 2019 I have led sales",
    ],
)
def test_counts_stay(text: str) -> None:
    """Numbers that are no person's age stay, to the letter."""
    assert without_ages(text) == text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.integers(18, 99), st.text(max_size=60))
def test_no_stated_age_comes_out(before: str, age: int, after: str) -> None:
    """An age stated plainly is gone, whatever stands around it, and nothing raises."""
    left = without_ages(f"{before}. I am {age} years old. {after}")
    assert not re.search(rf"\bI am {age}\b", left)
    assert isinstance(mentions_age(after), bool)
