"""Lint of questions and outcomes, and the lexicon of bias."""

from __future__ import annotations

import re

import pytest

from guidegen.domain.formats import BiasEntry
from guidegen.language.lexicon import Lexicon
from guidegen.language.lint import outcome_findings, question_findings


@pytest.mark.parametrize(
    "text",
    [
        "Tell me about the last time you paid by phone.",
        "What did you check before the last contract you signed?",
        "When you last bought online, what made you trust the shop?",
        "Walk me through a payment you approved last week.",
        "How could you tell it was real?",
    ],
)
def test_open_questions_pass(text: str) -> None:
    """Open, experience-based questions have nothing to mend."""
    assert question_findings(text) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Do you use TikTok?", "yes or no"),
        ("When you last paid, did you think of it?", "yes or no"),
        ("You were at the bank. Was it open?", "yes or no"),
        ("What happened? And who knew?", "more than once"),
        ("What do young people want from work?", "speak for a group"),
        ("How does your generation feel about it?", "speak for a group"),
        ("Why didn't you ask for help?", "fault"),
        ("What makes this, surely, a bad idea?", "leads"),
        ("Your thoughts on crypto.", "open a story"),
        ("What do you see, and how would you change it?", "two ideas"),
    ],
)
def test_questions_to_mend(text: str, says: str) -> None:
    """Each fault of a question is told, with a remedy (R14, R23)."""
    assert any(says in f.problem and f.remedy for f in question_findings(text))


def test_outcomes() -> None:
    """An outcome starts with something one can see (R20); an unlisted verb is only advised against."""
    assert outcome_findings("Names three risks.") == [] == outcome_findings("Tries two wallets.")
    assert outcome_findings("Understands crypto.")[0].kind == "error"
    assert outcome_findings("Is aware of risks.")[0].kind == "error"
    assert outcome_findings("Juggles three apps.")[0].kind == "advice"


def test_lexicon() -> None:
    """Patterns match whole words in any case with their position, and not inside an allowed phrase."""
    entry = BiasEntry(id="native", pattern="digital[- ]natives?", why="w", say_instead="s",
                      allow=("the phrase digital native",))
    lexicon = Lexicon([entry])
    text = "A Digital-Native wrote the phrase digital native, not digital nativesque."
    assert [(h.start, h.end, h.text) for h in lexicon.find(text)] == [(2, 16, "Digital-Native")]
    with pytest.raises(re.error):
        Lexicon([entry.model_copy(update={"pattern": "("})])
