"""Access needs come out as arrangements, never as reasons."""

from __future__ import annotations

import pytest

from guidegen.domain.formats import Tag
from guidegen.language.arrangements import UNNAMED, arrangements

TAGS = (
    Tag(id="large-print", label="large print", cues=("bigger font", "low vision")),
    Tag(id="breaks", label="a short break every half an hour", cues=("breaks",)),
)


@pytest.mark.parametrize(
    ("need", "printed"),
    [
        ("I need bigger fonts because of my eyes", "large print"),
        ("Low vision", "large print"),
        ("a chair with armrests, due to back pain", "a chair with armrests"),
        ("I would like a seat by the door as I panic", "a seat by the door"),
        ("tea at ten (diabetes)", "tea at ten"),
        ("BSL on screen", "BSL on screen"),
        ("ADHD", UNNAMED),
        ("Because of my dyslexia, extra time", UNNAMED),
        ("sit on my left", UNNAMED),
        ("room near my clinic", UNNAMED),
        ("x" * 200, UNNAMED),
    ],
)
def test_reasons_stay_out(need: str, printed: str) -> None:
    """A known need prints its label; an unknown one is cut before its reason, or named by nobody."""
    assert arrangements([need], TAGS) == (printed,)


def test_each_once_and_in_order() -> None:
    """Two people with the same need make one arrangement; empty needs make none."""
    assert arrangements(["bigger font", "regular breaks and large print", ""], TAGS) == (
        "large print", "a short break every half an hour",
    )
