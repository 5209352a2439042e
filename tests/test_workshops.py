"""Making one workshop, from a topic to a facilitator's guide, with the real corpus."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guidegen.domain.workshop import WorkshopView
from guidegen.errors import CorpusError, SessionError, TopicUnknown
from guidegen.guides import Parts
from guidegen.language.lexicon import Lexicon
from guidegen.workshops import make_workshop
from guidegen.writing.checks import texts
from tests.conftest import TODAY

TOPICS = ["crypto", "inclusion", "social-media"]


def made(parts: Parts, topic: str = "crypto", people: int = 12, minutes: int = 90, seed: int = 3) -> WorkshopView:
    return make_workshop(parts, topic, people, minutes, seed, TODAY)


@pytest.mark.parametrize("topic", TOPICS)
def test_everything_a_facilitator_needs_is_there(parts: Parts, topic: str) -> None:
    """Twenty minutes of preparation, rules, script, task, harvest, trouble, pulse and sources."""
    view = made(parts, topic)
    assert sum(int(found[1]) for p in view.prepare if (found := re.match(r"(\d+) minutes", p.text))) == 20
    assert sum(b.minutes for b in view.agenda) == 90
    assert all(b.say or b.id == "break" for b in view.agenda)
    assert len(view.house_rules) >= 4
    assert len(view.troubles) >= 8
    assert len(view.pulse) == 3
    assert {o.side for o in view.outcomes} == {"learning", "knowing", "everyone"}
    assert {q.side for q in view.questions} == {"learning", "knowing", "deciding", "everyone"}
    assert len(view.task.lines) >= 5
    assert len(view.harvest.lines) >= 5
    assert view.invitation.text


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize(("people", "minutes"), [(6, 60), (12, 90), (24, 180)])
def test_no_slot_is_left_and_no_line_offends(parts: Parts, topic: str, people: int, minutes: int) -> None:
    """Every slot is filled, no line matches the lexicon of bias, and nobody is called by a role of the pair."""
    lexicon = Lexicon(parts.library.shelf.bias)
    for text in texts(made(parts, topic, people, minutes)):
        assert not re.search(r"[{}]", text), text
        assert not lexicon.find(text), text
        assert not re.search(r"\b(mentee|the executive|the mentor)\b", text, re.I), text


@pytest.mark.parametrize("seed", range(0, 31, 3))
def test_the_object_stands_where_it_is_used(parts: Parts, seed: int) -> None:
    """The same thing is to be found, promoted and written about, with its article."""
    view = made(parts, seed=seed)
    assert view.object.name in view.materials[0].text
    assert view.object.thing in view.task.title
    promote = next(b for b in view.agenda if b.id == "promote")
    assert any(view.object.daily in step and view.object.decide in step for step in promote.steps)
    assert f"{promote.minutes} minutes" in promote.say[0]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_fact_is_cited_and_every_question_has_its_round(parts: Parts, topic: str) -> None:
    """Facts name sources that are listed; each question is asked in one block."""
    view = made(parts, topic)
    known = {source.id for source in view.sources}
    assert all(fact.evidence and set(fact.evidence) <= known for fact in view.facts)
    assert sorted(q for b in view.agenda for q in b.questions) == sorted(q.id for q in view.questions)


def test_a_hard_subject_carries_its_label_and_the_right_to_pass(parts: Parts) -> None:
    """Inclusion comes with a content label, a signpost and the right to pass; crypto needs no label."""
    view = made(parts, "inclusion")
    assert view.topic.content_label is not None
    assert "pass" in view.topic.content_label
    assert view.topic.support
    assert any("pass" in line for line in view.agenda[0].say)
    assert made(parts, "crypto").topic.content_label is None


def test_a_hint_of_the_groups_reaches_the_words(parts: Parts) -> None:
    """Ten people are one group of four and two of three, and the sheets are printed three times."""
    view = made(parts, people=10)
    assert view.groups == (4, 3, 3)
    assert any("one group of four and two of three" in step for b in view.agenda for step in b.steps)
    assert any("three copies" in m.text for m in view.materials)


def test_the_same_request_gives_the_same_workshop(parts: Parts) -> None:
    """Same bytes and keys twice; another seed, size or length is another request."""
    one = made(parts)
    assert one.model_dump_json() == made(parts).model_dump_json()
    ids = {v.provenance.request_id for v in (one, made(parts, seed=4), made(parts, people=13), made(parts, minutes=91))}
    assert len(ids) == 4


def test_facts_are_judged_on_the_day(parts: Parts) -> None:
    """A day far ahead marks what is due for a new look, and says so."""
    view = make_workshop(parts, "inclusion", 12, 90, 1, TODAY, on=date(2040, 1, 1))
    assert any(fact.stale for fact in view.facts)
    assert "stale" in {w.code for w in view.warnings}


def test_what_cannot_be_held_is_refused(parts: Parts) -> None:
    """Too few people, no such topic, and a corpus without a workshop are errors of their own."""
    with pytest.raises(SessionError):
        made(parts, people=5)
    with pytest.raises(TopicUnknown):
        made(parts, "crpyto")
    shelf: Any = parts.library.shelf.model_copy(update={"workshop": None})
    bare = replace(parts, library=replace(parts.library, shelf=shelf))  # type: ignore[type-var]
    with pytest.raises(CorpusError, match="no workshop"):
        made(bare)
