"""Words and meaning: stems, BM25, scaling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from guidegen.retrieval.fusion import Lexicon, fused, scaled, terms


def test_terms_are_stems_without_stop_words() -> None:
    """Plurals and capitals do not matter, small words do not count."""
    assert terms(["Who are the Suppliers?", "the supplier", "and of the"]) == [["supplier"], ["supplier"], []]


def test_the_text_with_the_rare_word_wins() -> None:
    """A word that few texts have counts, and a text without any shared word gets nothing."""
    scores = Lexicon(["keys and coins", "coins and banks", "roses"]).scores(
        ["who holds the key", "", "zebra"]
    )
    assert scores.shape == (3, 3)
    assert scores[0].argmax() == 0
    assert scores[0, 2] == 0
    assert not scores[1:].any()


@pytest.mark.parametrize("texts", [[], [""], ["the"]])
def test_a_lexicon_of_nothing_scores_nothing(texts: list[str]) -> None:
    """Texts without words are no error."""
    assert not Lexicon(texts).scores(["keys"]).any()


@given(
    arrays.arrays(
        np.float32, st.tuples(st.integers(0, 4), st.integers(0, 6)), elements=st.floats(-10, 10, width=32)
    )
)
def test_scaling_keeps_order_and_stays_in_range(scores: np.ndarray) -> None:
    """Scaled scores lie in 0-1 and never turn two items round."""
    result = scaled(scores)
    assert result.shape == scores.shape
    assert ((result >= 0) & (result <= 1)).all()
    for before, after in zip(scores, result, strict=True):
        assert (np.diff(after[np.argsort(before, kind="stable")]) >= 0).all()


def test_fusion_is_half_and_half() -> None:
    """Best by both is 1, best by one alone is one half."""
    cosine, lexical = np.array([[0.2, 0.8]], np.float32), np.array([[3.0, 0.0]], np.float32)
    assert fused(cosine, lexical).tolist() == [[0.5, 0.5]]
    assert fused(cosine, cosine).tolist() == [[0.0, 1.0]]
