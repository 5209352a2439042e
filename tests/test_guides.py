"""Making one guide, from profiles to a finished guide, with the real corpus and no model."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from guidegen.domain.guide import Guide
from guidegen.domain.people import Pair
from guidegen.domain.session import MAX_MINUTES, MIN_MINUTES, Action, History, Session
from guidegen.domain.views import cut
from guidegen.errors import TopicOffLimits, TopicUnknown
from guidegen.guides import make_guide, make_primer
from guidegen.people import pair_from
from guidegen.writing import checks
from tests.conftest import TODAY
from tests.ten_pairs import EXECUTIVES, MENTOR, pair_data

ON = date(2027, 1, 14)


def made(parts: Any, key: str = "procurement", **session: Any) -> Guide:
    values = {"on": ON, **session}
    return make_guide(parts, pair_from(pair_data(key), key), "crypto", Session.model_validate(values), today=TODAY)


def changed(key: str, **executive: Any) -> Pair:
    data = pair_data(key)
    return pair_from({**data, "executive": {**data["executive"], **executive}}, key)


@pytest.mark.parametrize("kind", ["first", "standard"])
def test_minutes_are_exact_for_every_length(parts: Any, kind: str) -> None:
    """From 15 to 180 minutes the agenda's blocks add up to the session, and every main question has its place."""
    for minutes in range(MIN_MINUTES, MAX_MINUTES + 1):
        guide = made(parts, kind=kind, number=1 if kind == "first" else 2, minutes=minutes)
        assert checks.minutes_add_up(guide, minutes) == []
        assert checks.questions_placed(guide) == []
        assert sum(b.minutes for b in guide.rescue.blocks) == 15


@pytest.mark.parametrize("key", sorted(EXECUTIVES))
def test_every_guide_passes_the_checks(parts: Any, key: str) -> None:
    """Sources known, two-way, no sentence twice, no bias, for ten different executives."""
    guide = made(parts, key)
    assert checks.sources_known(guide, parts.library.sources) == []
    assert checks.two_way(guide) == []
    assert checks.no_sentence_twice(guide) == []
    assert checks.no_bias(guide, parts.library.shelf.bias) == []


@pytest.mark.parametrize("key", sorted(EXECUTIVES))
def test_every_section_is_there(parts: Any, key: str) -> None:
    """A guide with no model and no key has every section of the contract."""
    guide = made(parts, key)
    assert guide.artefact is not None
    assert guide.give_back is not None
    assert guide.agreement is not None
    assert 3 <= len(guide.primer.facts) <= 5
    assert all(fact.evidence for fact in guide.primer.facts)
    assert len(guide.primer.bring) == 3
    assert len(guide.primer.misconceptions) >= 2
    assert guide.primer.self_check
    assert len(guide.commitments) == 2
    assert guide.next_session.on == ON + timedelta(days=28)
    assert len(guide.pulse) == 3
    assert guide.mentor_brief.parts
    assert guide.executive_brief.parts
    goals = [o.goal for o in guide.objectives if o.who == "executive"]
    assert len(goals) == len(EXECUTIVES[key]["goals"])


def test_the_same_request_gives_the_same_guide(parts: Any) -> None:
    """Two runs give the same bytes and the same two keys."""
    one, two = made(parts), made(parts)
    assert one.model_dump_json() == two.model_dump_json()
    assert one.provenance.request_id == two.provenance.request_id


def test_the_request_id_moves_with_what_was_asked(parts: Any) -> None:
    """Another date, length or goal is another request; an e-mail address is not."""
    base = made(parts).provenance.request_id
    assert made(parts, minutes=45).provenance.request_id != base
    assert made(parts, on=ON + timedelta(days=1)).provenance.request_id != base
    session = Session(on=ON)
    mailed = changed("procurement", email="helena@example.org")
    assert make_guide(parts, mailed, "crypto", session, today=TODAY).provenance.request_id == base


def test_the_mentor_asks_before_telling(parts: Any) -> None:
    """The first question is the mentor's or for both, light, and two or more are the mentor's (R10, R14)."""
    for key in EXECUTIVES:
        main = [q for q in made(parts, key).questions if not q.if_time]
        assert main[0].asked_by != "executive"
        assert sum(q.asked_by != "executive" for q in main) >= 2
        order = ["open", "explore", "try", "challenge", "reflect"]
        assert [order.index(q.stage) for q in main] == sorted(order.index(q.stage) for q in main)


@pytest.mark.parametrize("minutes", [45, 60, 90])
def test_the_hands_on_block_fits_its_activity(parts: Any, minutes: int) -> None:
    """The block has the activity's minutes and a few to talk about it; the rest goes to the talk."""
    for key in EXECUTIVES:
        for kind in ("first", "standard"):
            guide = made(parts, key, minutes=minutes, kind=kind, number=1 if kind == "first" else 2)
            block = next((b for b in guide.agenda.blocks if b.activity), None)
            if block and guide.activity:
                assert guide.activity.minutes <= block.minutes <= guide.activity.minutes + 4


def test_two_pairs_get_two_guides(parts: Any) -> None:
    """Procurement and people share fewer than half of questions and outcomes, and aim at different decisions."""
    one, two = made(parts, "procurement"), made(parts, "people")
    assert one.artefact is not None
    assert two.artefact is not None
    assert one.artefact.id == "crypto/d/pay-supplier-in-stablecoin"
    assert two.artefact.id == "crypto/d/answer-token-offers"
    for field in ("questions", "checklist"):
        ids, others = ({item.id for item in getattr(g, field)} for g in (one, two))
        assert len(ids & others) < min(len(ids), len(others)) / 2


@pytest.mark.parametrize("key", sorted(EXECUTIVES))
def test_names_and_pronouns_change_nothing_else(parts: Any, key: str) -> None:
    """Under another name every printed line is the same but for the name; under other pronouns the same
    items are chosen and the same framing lines are printed."""
    one = made(parts, key)
    name = EXECUTIVES[key]["name"]

    def under(pronouns: str) -> Guide:
        pair = changed(key, name="Kwame Mensah", pronouns=pronouns)
        return make_guide(parts, pair, "crypto", Session(on=ON), today=TODAY)

    same = under(EXECUTIVES[key]["pronouns"]).model_copy(update={"provenance": one.provenance})
    back = [t.replace("Kwame Mensah", name).replace("Kwame", name.split()[0]) for t in checks.texts(same)]
    assert back == list(checks.texts(one))
    other = under("they/them")
    assert one.framing == other.framing
    for field in ("questions", "checklist", "objectives"):
        assert [item.id for item in getattr(one, field)] == [item.id for item in getattr(other, field)]


def test_an_off_limits_topic_is_refused_without_saying_whose_limit_it_is(parts: Any) -> None:
    """A topic that either keeps out is an error, and the error names no person."""
    with pytest.raises(TopicOffLimits) as caught:
        make_guide(parts, changed("procurement", off_limits=["cryptocurrencies"]), "crypto", Session(), today=TODAY)
    assert "Helena" not in str(caught.value)
    assert "Aiko" not in str(caught.value)


def test_off_limits_appear_in_no_view(parts: Any) -> None:
    """Subjects kept out are in no item and in no view, the owner's included; a goal that touches one is not used."""
    pair = changed(
        "procurement",
        off_limits=["sanctions", "scams"],
        goals=["Decide whether we pay our supplier in a stablecoin", "Hear how sanctions screening works"],
    )
    guide = make_guide(parts, pair, "crypto", Session(on=ON), today=TODAY)
    assert checks.boundaries_kept(guide, ["sanctions", "scams"]) == []
    for audience in ("shared", "mentor", "executive", "full"):
        text = cut(guide, audience).model_dump_json().lower()
        assert "sanction" not in text
        assert "scam" not in text
    full = cut(guide, "full")
    assert "goal-kept-out" in [w.code for w in full.warnings]
    assert "goal-kept-out" not in [w.code for w in cut(guide, "executive").warnings]


def test_used_items_and_last_actions_carry_over(parts: Any) -> None:
    """A later session asks nothing again, repeats no framing line, and starts from what was promised."""
    first = made(parts)
    history = History(
        used=tuple(q.id for q in first.questions if not q.if_time),
        actions=(Action(who="executive", text="Call the supplier's finance lead."),),
        phrases=first.framing,
    )
    second = made(parts, kind="standard", number=2, history=history)
    assert not {q.id for q in second.questions} & set(history.used)
    assert not set(first.framing) & set(second.framing)
    assert any("Call the supplier's finance lead." in step for b in second.agenda.blocks for step in b.steps)
    assert second.agreement is None


def test_an_unknown_topic_offers_the_nearest(parts: Any) -> None:
    """A misspelt id is an error that carries the id meant."""
    with pytest.raises(TopicUnknown) as caught:
        make_guide(parts, pair_from(pair_data("procurement"), "p"), "crpyto", Session(), today=TODAY)
    assert "crypto" in caught.value.nearest


def test_free_text_finds_the_topic(parts: Any) -> None:
    """A question in one's own words is routed to its topic."""
    pair = pair_from(pair_data("finance"), "p")
    guide = make_guide(parts, pair, "should we hold bitcoin on the balance sheet", Session(), today=TODAY)
    assert guide.topic.id == "crypto"


def test_a_person_without_goals_still_gets_a_whole_guide(parts: Any) -> None:
    """Empty goals leave every section standing and nothing half-quoted."""
    guide = make_guide(parts, changed("procurement", goals=[]), "crypto", Session(on=ON), today=TODAY)
    assert guide.artefact is not None
    assert guide.objectives
    assert "{" not in guide.model_dump_json().replace("{", "", 0).split('"text":"', 1)[1].split('"')[0]


def test_a_primer_needs_no_mentor(parts: Any) -> None:
    """An executive alone gets the primer, with the sources it cites and no mentor's name."""
    pair = pair_from(pair_data("finance"), "p")
    view = make_primer(parts, pair.executive, "crypto", Session(on=ON), today=TODAY)
    assert view.mentor is None
    assert len(view.primer.facts) >= 3
    cited = {e for f in (*view.primer.facts, *view.primer.terms, *view.primer.misconceptions) for e in f.evidence}
    assert {s.id for s in view.sources} == cited
    assert MENTOR["name"] not in view.model_dump_json()
