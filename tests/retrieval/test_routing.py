"""Routing: people's own words to a topic, or to none."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from guidegen.library import survey
from guidegen.retrieval.embedder import OnnxEmbedder
from guidegen.retrieval.index import ChromaIndex
from guidegen.retrieval.routing import OTHER_SUBJECTS, THRESHOLD, nearest, other_subjects, route

CORPUS = Path(__file__).parents[2] / "corpus"
LABELLED = Path(__file__).with_name("routing.jsonl")


@pytest.mark.parametrize(
    "text", ["crypto", "Crypto ", "CRYPTO, coins & custody", "stablecoin", "Digital-Assets"]
)
def test_a_topics_own_name_is_that_topic(real: ChromaIndex, library: Any, text: str) -> None:
    """Id, title or alias, in any spelling, is certain."""
    routing = route(real, library, text)
    assert routing.answered
    assert routing.topics[0] == ("crypto", 1.0)
    assert {topic for topic, _ in routing.topics} == set(library.topics)


@pytest.mark.parametrize("text", ["", "  ", "???", "12345", "__"])
def test_a_text_without_words_fits_nothing(real: ChromaIndex, library: Any, text: str) -> None:
    """No letters, no topic, and no error."""
    assert not route(real, library, text).answered


def test_nothing_fits_comes_with_the_nearest(real: ChromaIndex, library: Any) -> None:
    """Gardening is not answered, and every topic stands there with its score, best first."""
    routing = route(real, library, "How do I prune roses in autumn?")
    scores = [score for _, score in routing.topics]
    assert not routing.answered
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert scores[0] < THRESHOLD


def test_no_topics_no_answer(real: ChromaIndex, library: Any) -> None:
    """An empty library routes nothing anywhere."""
    routing = route(real, type(library)({}, library.shelf, {}), "crypto")
    assert (routing.answered, routing.topics) == (False, ())


def test_a_written_topic_no_longer_counts_against(library: Any) -> None:
    """Once there is a topic on a subject, it is not another subject any more."""
    topic = library.topics["crypto"].model_copy(update={"id": "wellbeing"})
    more = type(library)({**library.topics, "wellbeing": topic}, library.shelf, {})
    assert len(other_subjects(library)) == len(OTHER_SUBJECTS)
    assert len(other_subjects(more)) == len(OTHER_SUBJECTS) - 1


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("crpyto", "crypto"),
        ("social_media", "social-media"),
        ("bitcoins", "crypto"),
        ("diversty", "inclusion"),
    ],
)
def test_nearest_ids_for_a_slip(library: Any, wanted: str, expected: str) -> None:
    """A misspelt id, or an alias in its place, leads to the topic."""
    assert nearest(library, wanted)[0] == expected


@pytest.mark.parametrize("wanted", ["gardening", "", "x"])
def test_nearest_may_be_nothing(library: Any, wanted: str) -> None:
    """A word like none of the names leads nowhere."""
    assert nearest(library, wanted) == ()


def test_error_rates_on_labelled_texts(onnx: OnnxEmbedder, tmp_path: Path) -> None:
    """On the real corpus the error rates stay near those in the docstring of routing.py.

    A row with ``fits`` belongs to a topic that is not written yet, and is left out once it is.
    """
    library, _ = survey(CORPUS)
    index = ChromaIndex(library, onnx, tmp_path, shipped=CORPUS / "_vectors.npz")
    counts: Counter[tuple[str, str]] = Counter()
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("fits") in library.topics:
            continue
        routing = route(index, library, row["text"])
        if row["topic"] is None:
            outcome = "answered in error" if routing.answered else "rightly unanswered"
        elif not routing.answered:
            outcome = "unanswered"
        else:
            outcome = "right" if routing.topics[0][0] == row["topic"] else "wrong topic"
        counts[row["part"], outcome] += 1

    def rate(part: str, outcome: str, among: tuple[str, ...]) -> float:
        return counts[part, outcome] / sum(counts[part, name] for name in among)

    fits, not_fits = ("right", "wrong topic", "unanswered"), ("answered in error", "rightly unanswered")
    assert rate("tune", "unanswered", fits) <= 0.11
    assert rate("tune", "answered in error", not_fits) <= 0.09
    assert rate("held-out", "unanswered", fits) <= 0.48
    assert rate("held-out", "answered in error", not_fits) <= 0.17
    for part in ("tune", "held-out"):
        assert rate(part, "wrong topic", fits) <= 0.03
