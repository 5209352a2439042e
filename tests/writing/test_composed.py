"""What the composed writer prints: framing lines, own words, wording."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from guidegen.domain.session import Session
from guidegen.domain.views import cut
from guidegen.guides import make_guide
from guidegen.people import pair_from
from guidegen.writing.checks import texts
from tests.conftest import TODAY
from tests.ten_pairs import EXECUTIVES, pair_data


def guide_for(parts: Any, key: str, **session: Any) -> Any:
    return make_guide(parts, pair_from(pair_data(key), key), "crypto", Session(**session), today=TODAY)


@pytest.mark.parametrize("key", sorted(EXECUTIVES))
def test_no_framing_line_twice_and_no_slot_left(parts: Any, key: str) -> None:
    """Every framing line stands once, and no brace of a slot is left anywhere."""
    guide = guide_for(parts, key)
    assert len(guide.framing) == len(set(guide.framing))
    for text in texts(guide):
        assert not re.search(r"\{[a-z_|]+\}", text), text


@pytest.mark.parametrize("key", sorted(EXECUTIVES))
def test_own_words_come_back_at_most_twice(parts: Any, key: str) -> None:
    """A goal is quoted at most twice in one reader's copy, beside the card that names it."""
    guide = guide_for(parts, key)
    for audience in ("mentor", "executive"):
        view = cut(guide, audience).model_copy(update={"warnings": ()})
        printed = [*texts(view, skip=("id", "evidence", "origin", "goals", "spares"))]
        for goal in EXECUTIVES[key]["goals"]:
            assert sum(goal[:60] in text for text in printed) <= 2


def test_printed_text_uses_names_never_role_labels(parts: Any) -> None:
    """No line calls a person "the executive" or "the mentee"."""
    for key in EXECUTIVES:
        guide = guide_for(parts, key)
        for text in texts(guide):
            assert not re.search(r"\b(the executive|the mentee)\b", text, re.I), text


def test_variants_follow_the_function(parts: Any) -> None:
    """A question with a variant for the executive's function is asked in that variant."""
    guide = guide_for(parts, "procurement")
    items = {q.id: q for q in parts.library.topics["crypto"].questions}
    varied = [q for q in guide.questions if "operations" in items[q.id].for_]
    assert varied
    assert all(q.text == items[q.id].for_["operations"] for q in varied)


def test_a_private_context_points_to_a_question_in_its_owners_copy_only(parts: Any) -> None:
    """What the executive wrote of their situation leads to the nearest question, in their own brief alone."""
    data = pair_data("procurement")
    data["executive"] = {**data["executive"], "context": "The supplier offers a discount if we pay within a day."}
    guide = make_guide(parts, pair_from(data, "p"), "crypto", Session(), today=TODAY)
    assert "The question closest to that" in cut(guide, "executive").model_dump_json()
    for audience in ("shared", "mentor"):
        view = cut(guide, audience).model_dump_json()
        assert "discount if we pay" not in view
        assert "The question closest to that" not in view


def test_every_printed_item_says_who_wrote_it(parts: Any) -> None:
    """Every object with an id and a text in the JSON carries its origin."""

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if "id" in value and "text" in value:
                assert value["origin"] in ("composed", "model"), value
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(json.loads(cut(guide_for(parts, "people"), "full").model_dump_json()))


def test_every_section_of_framing_lines_is_asked_for(parts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No framing line waits for a section that no guide asks for, and no guide asks for one without lines."""
    from guidegen.writing.framing import Framing

    asked: set[str] = set()
    line = Framing.line

    def listening(self: Framing, section: str, **more: Any) -> str | None:
        asked.add(section)
        return line(self, section, **more)

    monkeypatch.setattr(Framing, "line", listening)
    for key in EXECUTIVES:
        guide_for(parts, key)
    sections = {phrase.section for phrase in parts.library.shelf.phrases}
    assert asked - {"thin-goal"} <= sections
    intents = {f"question.why.{tag.id}" for tag in parts.library.shelf.tags.intents}
    assert sections - asked - intents == {"thin-goal"} - asked
