"""How well support is told, on labelled pairs of our own: the figures in the docstring are held here."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from guidegen.writing.checking.support import THRESHOLD, Weights, containment, reverses
from guidegen.writing.model_checks import Asked, SlotAnswer, SlotAsked, check_slot, evidence_texts

ROOT = Path(__file__).resolve().parents[2]
PAIRS = [json.loads(line) for line in (Path(__file__).parent / "support_pairs.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def passages() -> dict[str, str]:
    from guidegen.library import read

    return evidence_texts(p for topic in read(ROOT / "corpus").topics.values() for p in topic.passages)


@pytest.fixture(scope="module")
def weights(passages: dict[str, str]) -> Weights:
    return Weights.of(passages.values())


def test_the_pairs_are_of_the_real_corpus(passages: dict[str, str]) -> None:
    """There are at least 240 pairs, half to tune and half held, on passages that exist."""
    assert len(PAIRS) >= 240
    assert {p["passage"] for p in PAIRS} <= set(passages)
    halves = Counter(p["half"] for p in PAIRS)
    assert abs(halves["tune"] - halves["held"]) < 20
    assert not {p["passage"] for p in PAIRS if p["half"] == "tune"} & {p["passage"] for p in PAIRS if p["half"] == "held"}


def test_support_is_told_as_well_as_we_say(passages: dict[str, str], weights: Weights) -> None:
    """On the held half: near claims pass, other passages and absent claims fail, free ones mostly pass."""
    rejected, total = Counter[str](), Counter[str]()
    for pair in PAIRS:
        if pair["half"] == "held":
            total[pair["kind"]] += 1
            rejected[pair["kind"]] += containment(pair["claim"], [passages[pair["passage"]]], weights) < THRESHOLD
    assert rejected["close"] <= 1
    assert rejected["free"] <= 4
    assert total["other"] - rejected["other"] <= 1
    assert total["absent"] - rejected["absent"] <= 2


def test_words_of_negation_are_mostly_seen(passages: dict[str, str], weights: Weights) -> None:
    """Two in three negated claims are found, with at most one false alarm in ten supported ones."""
    held = [p for p in PAIRS if p["half"] == "held"]
    found = {id(p): reverses(p["claim"], [passages[p["passage"]]], weights) for p in held}
    negated, supported = [p for p in held if p["kind"] == "negation"], [p for p in held if p["supported"]]
    assert sum(found[id(p)] for p in negated) / len(negated) > 0.6
    assert sum(found[id(p)] for p in supported) / len(supported) < 0.1


def test_swapped_numbers_are_found(passages: dict[str, str], weights: Weights) -> None:
    """Every claim with a swapped number or date, and hardly any supported claim, has a finding for it."""
    codes = {"number", "date", "money"}
    asked = Asked(slots={"s": SlotAsked("s", "fact")}, passages=passages, weights=weights)
    wrong: Counter[tuple[str, bool]] = Counter()
    for pair in PAIRS:
        found = check_slot(SlotAnswer("s", pair["claim"], (pair["passage"],)), asked)
        wrong[pair["kind"], bool(codes & {f.code for f in found})] += 1
    assert wrong["number", False] == 0
    assert wrong["close", True] == 0
    assert wrong["free", True] <= 1
