"""Checks over a draft: each finds the fault it is for."""

from __future__ import annotations

from typing import Any

import pytest

from guidegen.domain.session import Session
from guidegen.guides import make_guide
from guidegen.people import pair_from
from guidegen.writing import checks
from tests.conftest import TODAY
from tests.ten_pairs import pair_data


@pytest.fixture(scope="module")
def guide(parts: Any) -> Any:
    """A sound guide to break."""
    return make_guide(parts, pair_from(pair_data("people"), "p"), "crypto", Session(), today=TODAY)


def test_a_lost_minute_is_found(guide: Any) -> None:
    """A block that is a minute short is a finding, and so is the gap after it."""
    blocks = guide.agenda.blocks
    short = blocks[0].model_copy(update={"minutes": blocks[0].minutes + 1})
    broken = guide.model_copy(update={"agenda": guide.agenda.model_copy(update={"blocks": (short, *blocks[1:])})})
    assert len(checks.minutes_add_up(broken, 60)) >= 2


def test_an_unknown_source_is_found(guide: Any) -> None:
    """A citation of a source that the corpus does not have is a finding."""
    fact = guide.primer.facts[0].model_copy(update={"evidence": ("made-up",)})
    primer = guide.primer.model_copy(update={"facts": (fact, *guide.primer.facts[1:])})
    found = checks.sources_known(guide.model_copy(update={"primer": primer}), ["real"])
    assert any("made-up" in line for line in found)


def test_a_question_nobody_asks_is_found(guide: Any) -> None:
    """A main question that stands in no block is a finding."""
    extra = guide.questions[0].model_copy(update={"id": "crypto/q/nobody"})
    assert checks.questions_placed(guide.model_copy(update={"questions": (*guide.questions, extra)}))


def test_a_one_way_guide_is_found(guide: Any) -> None:
    """A guide in which the mentor asks nothing and gets nothing has two findings."""
    one_way = tuple(q.model_copy(update={"asked_by": "executive"}) for q in guide.questions)
    assert len(checks.two_way(guide.model_copy(update={"questions": one_way, "give_back": None}))) == 2


def test_a_repeated_sentence_is_found(guide: Any) -> None:
    """The same sentence in two questions is a finding."""
    twice = tuple(q.model_copy(update={"why": "This sentence is long enough to be noticed twice."}) for q in guide.questions[:2])
    assert checks.no_sentence_twice(guide.model_copy(update={"questions": twice}))


def test_a_stereotype_is_found(guide: Any, parts: Any) -> None:
    """A line that calls people digital natives is a finding."""
    question = guide.questions[0].model_copy(update={"why": "Digital natives know this."})
    assert checks.no_bias(guide.model_copy(update={"questions": (question,)}), parts.library.shelf.bias)


def test_a_kept_out_subject_is_found_and_not_named(guide: Any) -> None:
    """A line that touches a kept-out subject is a finding."""
    assert checks.boundaries_kept(guide, ["tokens"])
    assert checks.boundaries_kept(guide, ["beekeeping"]) == []
