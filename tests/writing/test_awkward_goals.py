"""Grammar over more than 200 awkward goals: what people write must never break what we write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guidegen.domain.guide import Guide
from guidegen.domain.session import Session
from guidegen.guides import make_guide
from guidegen.language.ages import mentions_age
from guidegen.language.goals import goal_to
from guidegen.language.grammar import quote
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
DOUBLED = re.compile(r"\.\.|,,| [,.;:!?](?!\w)|[?!]{2}|“”|: \.|  |\bto to\b|you wants|”\.”|[?!…]”\.|[{}]")
OUTSIDE = re.compile(r"“[^“”]*”")
FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours|myself|ourselves)\b")
WRONG_ARTICLE = re.compile(r"\b[Aa] (?=[aeio])(?!one\b|once\b|eu)|\b[Aa]n (?=[bcdfgjkpqtvwxyz])", re.ASCII)


def printed(value: Any) -> Iterator[str]:
    """Every text in a guide's data, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from printed(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from printed(item)


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


def own_words(guide: Guide) -> list[str]:
    """What stands in the guide of the two people's own goals, as we print it."""
    goals = [*guide.pair.executive.goals, *guide.pair.mentor.goals]
    return [said for goal in goals for said in (quote(goal), goal_to(goal)) if said]


def test_there_are_enough_goals() -> None:
    """More than 200 goals, none twice."""
    assert len(set(GOALS)) == len(GOALS) >= 200


def test_no_doubled_punctuation_and_no_slots(guides: list[Guide]) -> None:
    """No sentence of ours holds a slot, a doubled sign, or a sign with a space before it."""
    assert [line for g in guides for line in framed(g) if DOUBLED.search(line)] == []


def test_sentences_begin_and_end_well(guides: list[Guide]) -> None:
    """A line begins with a capital, a quote or an uncased sign, and ends as a sentence does."""
    bad = [line for g in guides for line in framed(g) if line[0].islower() or line[-1] not in ".?!”…)"]
    assert bad == []


def test_quotation_marks_pair(guides: list[Guide]) -> None:
    """Every “ has its ”, and none stands inside another."""
    for line in (line for g in guides for line in framed(g)):
        assert re.sub(r"[^“”]", "", line) in ("“”" * line.count("“"),)


def test_no_first_person_is_put_into_our_mouth(guides: list[Guide]) -> None:
    """Where a goal is taken into our sentence, nothing in it is said in the first person any more."""
    turned = [said for goal in GOALS if (said := goal_to(goal))]
    bare = [OUTSIDE.sub("", line) for g in guides for line in framed(g)]
    used = [line for line in bare if any(said in line for said in turned)]
    assert len(used) >= 10
    assert [line for line in used if FIRST_PERSON.search(line.replace("US ", ""))] == []


def test_articles_agree(guides: list[Guide]) -> None:
    """A stands before a consonant and an before a vowel, outside people's own words."""
    bare = (OUTSIDE.sub("", line) for g in guides for line in framed(g))
    assert [line for line in bare if WRONG_ARTICLE.search(line)] == []


def test_ages_never_come_out(guides: list[Guide]) -> None:
    """No age or birth year that a goal mentions stands anywhere in a guide's own sections."""
    for guide in guides:
        said = [line for line in framed(guide) if mentions_age(OUTSIDE.sub("", line))]
        goals = [o.goal for o in guide.objectives if o.goal]
        quoted = [q for line in framed(guide) for q in OUTSIDE.findall(line)]
        assert said == []
        assert [text for text in (*goals, *quoted) if re.search(r"\b(?:24|25|45|58|61|1966|twenties)\b", text)] == []


def test_a_goal_comes_back_as_a_quote_or_turned(guides: list[Guide]) -> None:
    """Goals come back in most guides, and a goal without a letter or a digit comes back nowhere."""
    said = [any(words in line for line in framed(g) for words in own_words(g)) for g in guides]
    assert sum(said) >= 0.9 * len(guides)
    assert not any(quote(o.goal) == "" for g in guides for o in g.objectives if o.goal is not None)
