"""A guide feels made for two people: different people get different guides, and one can tell whose it is."""

from __future__ import annotations

import itertools
import re
from datetime import date
from typing import Any

import numpy as np
import pytest

from guidegen.domain.guide import Guide
from guidegen.domain.session import Session
from guidegen.guides import make_guide
from guidegen.people import pair_from
from guidegen.retrieval.embedder import OnnxEmbedder
from guidegen.writing.checks import texts
from tests.conftest import TODAY
from tests.ten_pairs import EXECUTIVES, MENTOR, pair_data

MASK = "somebody"
BEST_PASSAGES = 8


@pytest.fixture(scope="module")
def guides(parts: Any) -> dict[str, Guide]:
    """The guides of ten pairs on one topic."""
    session = Session(on=date(2027, 1, 14))
    return {
        key: make_guide(parts, pair_from(pair_data(key), key), "crypto", session, today=TODAY) for key in EXECUTIVES
    }


def chosen(guide: Guide) -> set[str]:
    """Ids of what the topic gave this guide: main questions, activity, the executive's outcomes."""
    questions = {q.id for q in guide.questions if not q.if_time}
    outcomes = {item.id for item in guide.checklist if item.who != "mentor"}
    return questions | outcomes | ({guide.activity.id} if guide.activity else set())


def test_any_two_guides_share_fewer_than_half(guides: dict[str, Guide]) -> None:
    """Over ten pairs on one topic, no two guides share half of their questions, activities and outcomes."""
    shared = {
        (one, two): len(chosen(guides[one]) & chosen(guides[two]))
        / min(len(chosen(guides[one])), len(chosen(guides[two])))
        for one, two in itertools.combinations(guides, 2)
    }
    assert {pair: part for pair, part in shared.items() if part >= 0.5} == {}


def masked(guide: Guide, profile: dict[str, Any]) -> list[str]:
    """What is printed, without names, roles, departments and people's own words."""
    own = [*profile["goals"], *MENTOR["goals"]]
    hide = [profile["name"], MENTOR["name"], profile["role"], profile["department"], MENTOR["role"], MENTOR["department"]]
    hide += [word for name in (profile["name"], MENTOR["name"]) for word in name.split()]
    found = []
    for text in texts((guide.primer, guide.questions, guide.artefact, guide.activity, guide.checklist, guide.agenda)):
        for words in (*own, *hide):
            text = re.sub(re.escape(words), MASK, text, flags=re.IGNORECASE)
        # A goal comes back in the second person, too; a line that holds any of it is left out whole.
        if not any(w in text for w in ("“somebody", "You wrote", "you want to", "You would like to")) and len(text.split()) > 5:
            found.append(text)
    return found


def test_a_masked_guide_points_to_its_executive(guides: dict[str, Guide]) -> None:
    """With names, roles, departments and quoted goals masked, retrieval over the guide's text finds the
    right one of ten profiles at least 8 times."""
    embedder = OnnxEmbedder(threads=2)
    keys = list(EXECUTIVES)
    asked = [f"{EXECUTIVES[k]['role']}. {' '.join(EXECUTIVES[k]['goals'])}" for k in keys]
    queries = embedder.queries(asked)
    closeness = np.zeros((len(keys), len(keys)), np.float32)
    for row, key in enumerate(keys):
        passages = embedder.passages(masked(guides[key], EXECUTIVES[key]))
        best = np.sort(queries @ passages.T, axis=1)[:, -BEST_PASSAGES:]
        closeness[row] = best.mean(axis=1)
    # Some profiles are near to everything; what counts is being nearer than to the other guides.
    centred = closeness - closeness.mean(axis=0, keepdims=True)
    right = [keys[int(centred[row].argmax())] == key for row, key in enumerate(keys)]
    assert sum(right) >= 8, [key for key, found in zip(keys, right, strict=True) if not found]


def test_every_goal_is_served_or_named_as_thin(guides: dict[str, Guide]) -> None:
    """Each goal of each executive has its objective, served or said to be thin."""
    for key, guide in guides.items():
        found = [o for o in guide.objectives if o.who == "executive"]
        assert len(found) == len(EXECUTIVES[key]["goals"])
        assert all(o.status in ("served", "thin") for o in found)


def test_a_goal_from_another_world_is_named_as_thin(parts: Any) -> None:
    """A goal that the topic holds nothing for is not papered over."""
    data = pair_data("sales")
    data["executive"] = {**data["executive"], "goals": ["Grow better tomatoes in my greenhouse next summer"]}
    guide = make_guide(parts, pair_from(data, "p"), "crypto", Session(on=date(2027, 1, 14)), today=TODAY)
    assert [o.status for o in guide.objectives if o.who == "executive"] == ["thin"]
    assert "thin-goal" in [w.code for w in guide.warnings]
