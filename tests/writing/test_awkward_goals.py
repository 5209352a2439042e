"""Grammar over more than 200 awkward goals: what people write must never break what we write."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from guidegen.domain.guide import Guide
from guidegen.domain.session import Session
from guidegen.domain.views import cut
from guidegen.guides import make_guide
from guidegen.language.ages import mentions_age, without_ages
from guidegen.language.goals import goal_to
from guidegen.language.grammar import fill, quote, slots_in
from guidegen.people import pair_from
from tests.conftest import TODAY
from tests.ten_pairs import EXECUTIVES, pair_data

GOALS = [
    line.replace("\\n", "\n").replace("\\t", "\t")
    for line in (Path(__file__).parent / "awkward_goals.txt").read_text("utf-8").splitlines()
    if not line.startswith(("# --", "# Goals"))
]
A_GUIDE = 4
"""Goals in one guide: three of the executive's, one of the mentor's."""
DOUBLED = re.compile(r"\.\.|,,| [,.;:!?](?!\w)|[?!]{2}|“”|: \.|  |”\.”|[?!…]”\.|[{}]")
SAID = ("pair", "objectives", "mentor_brief", "executive_brief", "give_back", "warnings")
"""Where people's own words may stand in a view."""
CLASHES = re.compile(r"\bto to\b|\byou wants\b|\b(\w+) \1\b")
OUTSIDE = re.compile(r"“[^“”]*”")
FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours|myself|ourselves)\b")
WRONG_ARTICLE = re.compile(r"\b[Aa] (?=[aeio])(?!one\b|once\b|eu)|\b[Aa]n (?=[bcdfgjkpqtvwxyz])", re.ASCII)


def made(parts: Any, goals: list[str], n: int) -> Guide:
    key = sorted(EXECUTIVES)[n % len(EXECUTIVES)]
    data = pair_data(key)
    mine, theirs = goals[: A_GUIDE - 1], goals[A_GUIDE - 1 :]
    pair = pair_from(
        {"mentor": {**data["mentor"], "goals": theirs}, "executive": {**data["executive"], "goals": mine}}, key
    )
    later = Session(kind="standard", number=2, minutes=60)
    return make_guide(parts, pair, "crypto", Session() if n % 2 else later, today=TODAY)


@pytest.fixture(scope="module")
def guides(parts: Any) -> list[Guide]:
    """All goals through whole guides, four at a time; every kind of goal comes first in some guide."""
    return [made(parts, GOALS[at : at + A_GUIDE], n) for n, at in enumerate(range(0, len(GOALS), A_GUIDE))]


def framed(guide: Guide) -> list[str]:
    """The sentences that framing lines became: who this is for, why, and what to do."""
    lines = [
        *(line.text for line in (*guide.primer.why, *guide.objectives, *guide.commitments)),
        *(line.text for brief in (guide.mentor_brief, guide.executive_brief) for p in brief.parts for line in p.lines),
        *(q.why_for_you for q in guide.questions),
        guide.next_session.text,
        guide.rescue.text,
    ]
    return lines + ([guide.give_back.why_for_you] if guide.give_back else [])


@pytest.fixture(scope="module")
def spoken(parts: Any) -> list[tuple[str, str]]:
    """(goal, sentence): every framing line that returns a person's own words, filled with every goal."""
    lines = [p.text for p in parts.library.shelf.phrases if {"goal_quote", "goal_to"} & slots_in(p.text)]
    own = {"name": "Aiko", "other": "Tom", "role": "head of sales", "their": "her", "they": "she", "them": "her"}
    filled = (
        (goal, fill(line, {**own, "goal_quote": quote(goal), "goal_to": goal_to(without_ages(goal))}))
        for goal in GOALS
        for line in lines
    )
    return [(goal, text) for goal, text in filled if text]


def test_there_are_enough_goals() -> None:
    """More than 200 goals, none twice."""
    assert len(set(GOALS)) == len(GOALS) >= 200


def test_no_doubled_punctuation_and_no_slots(guides: list[Guide]) -> None:
    """No sentence of ours holds a slot, a doubled sign, or a sign with a space before it."""
    lines = [line for g in guides for line in framed(g)]
    assert [line for line in lines if DOUBLED.search(line) or CLASHES.search(OUTSIDE.sub("“”", line))] == []


def test_sentences_begin_and_end_well(guides: list[Guide]) -> None:
    """A line begins with a capital, a quote or an uncased sign, and ends as a sentence does."""
    bad = [line for g in guides for line in framed(g) if line[0].islower() or line[-1] not in ".?!”…)"]
    assert bad == []


def test_quotation_marks_pair(guides: list[Guide]) -> None:
    """Every “ has its ”, and none stands inside another."""
    for line in (line for g in guides for line in framed(g)):
        assert re.sub(r"[^“”]", "", line) in ("“”" * line.count("“"),)


def test_no_first_person_is_put_into_our_mouth(spoken: list[tuple[str, str]]) -> None:
    """A goal taken into our own sentence says nothing in the first person any more."""
    turned = [goal for goal in GOALS if goal_to(goal)]
    assert len(turned) >= 25
    assert [text for _, text in spoken if FIRST_PERSON.search(OUTSIDE.sub("", text).replace(" US ", ""))] == []


def test_lines_with_own_words_hold_for_every_goal(spoken: list[tuple[str, str]]) -> None:
    """Whatever is quoted or turned, the sentence round it keeps its signs, its capital and its pairs."""
    assert len({goal for goal, _ in spoken}) >= 240
    for _, text in spoken:
        assert not DOUBLED.search(text), text
        assert not CLASHES.search(OUTSIDE.sub("“”", text)), text
        assert text[0].isupper(), text
        assert text[-1] in ".?!”", text
        assert re.sub(r"[^“”]", "", text) == "“”" * text.count("“"), text
        assert not mentions_age(text), text


def test_articles_agree(guides: list[Guide]) -> None:
    """A stands before a consonant and an before a vowel, outside people's own words."""
    bare = (OUTSIDE.sub("", line) for g in guides for line in framed(g))
    assert [line for line in bare if WRONG_ARTICLE.search(line)] == []


def test_ages_never_come_out(guides: list[Guide]) -> None:
    """No age or birth year that a goal mentions stands anywhere in any view of a guide."""
    ages = re.compile(r"\b(?:25-year|58|45[ -]year|1966|twenties)\b|aged 24|[Aa]t 61")
    for guide in guides:
        for audience in ("shared", "mentor", "executive", "full"):
            view = cut(guide, audience).model_dump()
            told = str({key: value for key, value in view.items() if key in SAID})
            assert not ages.search(told), ages.search(told)
        assert [line for line in framed(guide) if mentions_age(OUTSIDE.sub("", line))] == []


def test_a_goal_that_says_nothing_comes_back_nowhere(guides: list[Guide]) -> None:
    """A goal without a letter or a digit is in no objective, and no quote is empty."""
    goals = [o.goal for g in guides for o in g.objectives if o.goal is not None]
    assert len(goals) > 180
    assert all(any(c.isalnum() for c in goal) for goal in goals)
