"""Pronouns, slots and quotes of framing lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.language.grammar import MAX_QUOTE, fill, pronouns, quote, slots_in


@pytest.mark.parametrize(
    ("written", "they", "them", "their", "plural"),
    [
        ("she/her", "she", "her", "her", False),
        ("he/him/his", "he", "him", "his", False),
        ("they/them", "they", "them", "their", True),
        ("she/they", "she", "her", "her", False),
        ("they/she", "they", "them", "their", True),
        ("xe/xem", "xe", "xem", "xyr", False),
        ("sie/hir", "sie", "hir", "", False),
        ("sie/hir/hirs", "sie", "hir", "hirs", False),
        ("", "they", "them", "their", True),
    ],
)
def test_pronouns(written: str, they: str, them: str, their: str, plural: bool) -> None:
    """Known sets are completed; of unknown ones nothing is guessed."""
    assert pronouns(written) == (they, them, their, plural)


def test_agreement() -> None:
    """{has|have} follows the pronoun before it, and a name always takes the first form."""
    line = "{They} {has|have} asked, and {name} {is|are} glad."
    assert fill(line, {**pronouns("they/them").slots(), "name": "Al"}, plural=True) == "They have asked, and Al is glad."
    assert fill(line, {**pronouns("she/her").slots(), "name": "Al"}) == "She has asked, and Al is glad."


def test_a_line_with_an_empty_slot_is_not_used() -> None:
    """No value, an empty one or an unknown slot: no line."""
    assert fill("{role} of {dept}", {"role": "head", "dept": None}) is None
    assert fill("{role}", {"role": ""}) is None
    assert fill("{what}", {}) is None
    assert fill("no slot", {}) == "no slot"


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_values_are_never_read_as_slots(value: str) -> None:
    """Braces in a person's own words stay what they are."""
    assert fill("“{goal_quote}” {x|y}", {"goal_quote": value, "x": "no"}) == f"“{value}” x"


def test_slots_in() -> None:
    """Slots are named in small letters, agreement is none."""
    assert slots_in("{Name} {has|have} {minutes}") == {"name", "minutes"}


@pytest.mark.parametrize(
    ("goal", "quoted"),
    [
        ('  "I want to\n learn." ', "I want to learn"),
        ("“A” and “B”", "‘A’ and ‘B’"),
        ("Why do people leave?", "Why do people leave?"),
        ("Wait...", "Wait…"),
        ("I am 54 and want to see", "I want to see"),
        ("- understand keys\n- decide on custody", "understand keys; decide on custody"),
        ("**Understand** <b>{wallets}</b>", "Understand (wallets)"),
        ("Ask R&D about <angle> and <T>", "Ask R&D about <angle> and <T>"),
        ("<p>Keys<br>and limits</p>", "Keys and limits"),
        ("Who signs???", "Who signs?"),
        ('A 5" screen', "A 5 screen"),
        ("keys , limits, etc.", "keys, limits, etc."),
        ("🚀 !!!", ""),
    ],
)
def test_quote(goal: str, quoted: str) -> None:
    """A quote is tidy, keeps its question mark, and carries no age."""
    assert quote(goal) == quoted


def test_a_question_in_quotes_needs_no_full_stop_after_it() -> None:
    """“Should we?” ends its sentence by itself; a plain quote keeps the line's own full stop."""
    line = "You wrote “{goal_quote}”. It is noted."
    assert fill(line, {"goal_quote": "Should we?"}) == "You wrote “Should we?” It is noted."
    assert fill(line, {"goal_quote": "Wallets"}) == "You wrote “Wallets”. It is noted."


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_quotes_fit(goal: str) -> None:
    """A quote is one line of 140 characters at most, and shortening ends with …"""
    made = quote(goal)
    assert len(made) <= MAX_QUOTE
    assert "\n" not in made
    assert quote("word " * 60).endswith("word…")
