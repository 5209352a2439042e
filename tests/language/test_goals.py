"""Goals as the rest of a sentence: what is turned, what is left to be quoted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.language.goals import goal_to


@pytest.mark.parametrize(
    ("goal", "turned"),
    [
        ("To decide whether we should pay suppliers in stablecoins.",
         "decide whether you should pay suppliers in stablecoins"),
        ("I want to understand how my team uses AI", "understand how your team uses AI"),
        ("I’d like to know why I'm losing people", "know why you're losing people"),
        ("I'd like to know if I am ready", "know if you are ready"),
        ("decide whether our board and I are ready", "decide whether your board and you are ready"),
        ("Understand what I was told wrong", "understand what you were told wrong"),
        ("Plan the R&D budget with our US team", "plan the R&D budget with your US team"),
        ("Decide on a Q3 budget of $5m, 20% of it mine to spend", None),
        ("My goal is to explain Web3 to my board", "explain Web3 to your board"),
        ("Be able to explain crypto to my board", "be able to explain crypto to your board"),
        ("We want to teach ourselves, not wait", "teach yourselves, not wait"),
        ("To keep 9 am calls short for us", "keep 9 am calls short for you"),
        ("Talk to McKinsey about what we've built", "talk to McKinsey about what you've built"),
        ("to better understand ourselves", "better understand yourselves"),
    ],
)
def test_infinitives_are_turned(goal: str, turned: str | None) -> None:
    """A sure infinitive becomes second person; names and acronyms keep their capitals."""
    assert goal_to(goal) == turned


@pytest.mark.parametrize(
    "goal",
    [
        "", "   ", "understand", "Use AI", "Understanding how crypto works", "How do we pay?", "Do we need a coin",
        "Have we lost touch", "Show me how TikTok works", "Help us see the point", "Teach me to post",
        "Design reviews for my team", "Market share in my region", "Lead generation for our brand", "Tier I capital",
        "To assess Tier I capital", "to understand I/O", "to keep the ME markets we have", "To Decide Whether We Pay",
        "TO DECIDE WHETHER WE PAY", "I want my team to decide", "I want us to decide", "To decide. Then to act",
        "To decide what is mine", "I am 54 and want to learn AI", "To see, at 54, what I missed",
        "To learn “the basics” of AI", "To learn (finally) what NFTs are", "to find out: what works for me",
        "Entender cómo funciona la IA", "Decide, aber schnell, ob wir zahlen", "решить, платить ли нам", "决定我们是否付款",
        "to understand what I said was wrong", "to work out what I never was told", "To ask you what you see in us",
        "to see what We Co built", "to decide " + "very " * 20 + "soon", "Let's decide how to pay", "to go & see / do",
        "to understand how our_team works", "Please explain how we pay", "not to lose touch with people",
        "To be honest I want to learn AI", "To help me decide how we pay",
        "to see where I slow us down",
        "to be or not to be paid in tokens",
        "Learn learn learn",
        "Understand wallets , and keys",
        "Understand wallets and keys and",
        "Understand wallets\nDecide on custody",
        "Learn about crypto 🚀",
    ],
)
def test_what_is_unsure_is_left(goal: str) -> None:
    """Questions, orders to the mentor, nouns, numerals, ages, quotes and other languages are not turned."""
    assert goal_to(goal) is None


_FIRST = re.compile(r"(?<![^\W\d_])(?:i|me|my|mine|myself|we|us|our|ours|ourselves|i'm|we're)(?![^\W\d_])", re.I)
_TRICKY = """
    to I i we We my My our us US me ME am was were myself ourselves decide understand whether how Tier I'm we've I’d
    our, I, us. US, AI R&D mine 9 54 the team our-own my's U.S. 'us' we/us Our be able want would like and
"""
_WORDS = st.sampled_from(_TRICKY.split())


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.lists(_WORDS, max_size=14).map(" ".join)
       | st.lists(_WORDS, max_size=10).map(lambda w: "I want to decide " + " ".join(w)))
def test_nothing_of_the_first_person_is_left(goal: str) -> None:
    """Whatever is written, nothing raises and no first-person word comes out (US is a country)."""
    turned = goal_to(goal)
    if turned is not None:
        assert not _FIRST.search(re.sub(r"(?<!\w)US(?!\w)", "", turned))
        assert turned == turned.strip()
        assert len(turned.split()) <= 22
