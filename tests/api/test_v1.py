"""Guides, primers, topics and search over HTTP."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from guidegen.domain.views import AUDIENCES, GuideView, PrimerView
from guidegen.errors import PeopleError
from guidegen.people import pair_from
from guidegen.rendering import FORMATS, read_view
from tests.api.conftest import is_problem


def test_a_guide_comes_back_as_the_view_json(client: TestClient, order: dict[str, Any]) -> None:
    """JSON is the default, it is the shared view, and it can be read back."""
    answer = client.post("/v1/guides", json=order)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    view = read_view(answer.content)
    assert isinstance(view, GuideView)
    assert (view.view, view.session.minutes, view.topic.id) == ("shared", 45, "crypto")
    assert view.provenance.made_on.isoformat() == "2026-11-21"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_view_holds_its_own_brief_only(client: TestClient, order: dict[str, Any], audience: str) -> None:
    """What is private to the other side is not in the answer."""
    view = client.post("/v1/guides", json={**order, "view": audience}).json()
    assert view["view"] == audience
    own = view["brief"]["for"] if view["brief"] else None
    assert own == (audience if audience in ("mentor", "executive") else None)
    assert len(view["briefs"]) == (2 if audience == "full" else 0)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_made(client: TestClient, order: dict[str, Any], name: str) -> None:
    """Accept chooses; files to keep have a plain name that says whose copy it is."""
    wanted = FORMATS[name].media_type.partition(";")[0]
    answer = client.post("/v1/guides?paper=letter", json=order, headers={"Accept": f"{wanted}, */*;q=0.1"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(wanted)
    assert answer.headers["vary"] == "Accept"
    assert len(answer.content) > 200
    if name in ("pdf", "docx", "ics", "zip"):
        assert answer.headers["content-disposition"].endswith(f'-crypto-shared.{name}"')
    if name == "pdf":
        assert answer.content.startswith(b"%PDF-")


def test_a_format_that_is_not_there_is_refused(client: TestClient, order: dict[str, Any]) -> None:
    """406 names what can be had."""
    found = is_problem(
        client.post("/v1/guides", json=order, headers={"Accept": "image/png"}), 406, "not-acceptable"
    )
    assert "application/pdf" in found["detail"]
    is_problem(client.post("/v1/primers", json={}, headers={"Accept": "image/*"}), 406, "not-acceptable")


def test_a_calendar_entry_needs_a_day(client: TestClient, order: dict[str, Any]) -> None:
    """Without one the session is what is wrong, not the server."""
    order["session"].pop("on")
    answer = client.post("/v1/guides", json=order, headers={"Accept": "text/calendar"})
    assert [f["field"] for f in is_problem(answer, 422, "session")["faults"]] == ["on"]


def test_profiles_have_the_same_faults_as_in_files(client: TestClient, order: dict[str, Any]) -> None:
    """Every fault at once, word for word what a people file would be told, at its place in the body."""
    order["pair"]["mentor"] |= {"age": 24, "pronouns": "what?", "rol": "x"}
    order["pair"]["executive"].pop("name")
    found = is_problem(client.post("/v1/guides", json=order), 422, "people")
    with pytest.raises(PeopleError) as told:
        pair_from(order["pair"], "body")
    expected = [(f"pair.{f.field}", f.problem, f.remedy) for f in told.value.faults]
    assert len(expected) == 4
    assert [(f["field"], f["problem"], f["remedy"]) for f in found["faults"]] == expected


def test_all_parts_of_a_body_are_checked_at_once(client: TestClient, order: dict[str, Any]) -> None:
    """Pair, topic, session, view and a field that is not known, in one answer."""
    order |= {
        "topic": " ",
        "view": "secret",
        "veiw": "x",
        "session": {"minutes": 5, "on": "soon", "knd": "first"},
    }
    order["pair"].pop("mentor")
    found = is_problem(client.post("/v1/guides", json=order), 422, "input")
    fields = {f["field"] for f in found["faults"]}
    assert fields == {"pair.mentor", "topic", "view", "veiw", "session.minutes", "session.on", "session.knd"}


def test_a_session_that_is_off_is_its_own_code(client: TestClient, order: dict[str, Any]) -> None:
    """Only the session is wrong, so the code says session."""
    for session in (
        {"minutes": 14},
        {"minutes": 181},
        {"minutes": 60.5},
        {"place": "moon"},
        {"number": 0},
        "first",
    ):
        is_problem(client.post("/v1/guides", json={**order, "session": session}), 422, "session")


def test_a_field_that_stands_twice_is_a_fault(client: TestClient, order: dict[str, Any]) -> None:
    """JSON keeps the last one silently; here it is told."""
    text = json.dumps(order).replace('"topic": "crypto"', '"topic": "crypto", "topic": "web3"')
    answer = client.post("/v1/guides", content=text, headers={"Content-Type": "application/json"})
    assert "stands twice" in is_problem(answer, 422, "input")["faults"][0]["problem"]


def test_a_question_in_own_words_finds_its_topic(client: TestClient, order: dict[str, Any]) -> None:
    """The topic may be free text; nothing fitting is an answer, with the nearest."""
    view = client.post(
        "/v1/guides", json={**order, "topic": "should we pay a supplier in stablecoins?"}
    ).json()
    assert view["topic"]["id"] == "crypto"
    answer = client.post("/v1/guides", json={**order, "topic": "how do I roast a chicken"})
    assert is_problem(answer, 404, "topic-unknown")["nearest"]


def test_an_off_limits_topic_does_not_say_whose(client: TestClient, order: dict[str, Any]) -> None:
    """The answer names neither of the two, nor their words."""
    order["pair"]["executive"]["off_limits"] = ["bitcoin"]
    found = is_problem(client.post("/v1/guides", json=order), 422, "topic-off-limits")
    assert not any(word in found["detail"].lower() for word in ("bitcoin", "executive", "mentor", "helena"))


def test_history_is_handed_in(client: TestClient, order: dict[str, Any]) -> None:
    """What was used is not offered again, and what was promised is asked after."""
    first = client.post("/v1/guides", json=order).json()
    used = [q["id"] for q in first["questions"]]
    history = {
        "used": used,
        "actions": [{"who": "executive", "text": "Ask treasury for the list", "done": None}],
    }
    order["session"] = {"kind": "standard", "number": 2, "minutes": 60, "history": history}
    second = client.post("/v1/guides", json=order)
    assert not {q["id"] for q in second.json()["questions"]} & set(used)
    assert "Ask treasury for the list" in second.text


def test_odd_characters_do_no_harm(client: TestClient, order: dict[str, Any]) -> None:
    """Control characters, half a surrogate pair, markup and right-to-left marks go through every format."""
    order["pair"]["mentor"]["name"] = "Zoë \x00\x1b<b>&\u202e 李"
    text = json.dumps(order).replace("Zo\\u00eb", "Zo\\u00eb\\ud800")
    for name in sorted(FORMATS):
        wanted = FORMATS[name].media_type.partition(";")[0]
        headers = {"Content-Type": "application/json", "Accept": wanted}
        answer = client.post("/v1/guides", content=text, headers=headers)
        assert answer.status_code == 200, name
        assert b"<b>&" not in answer.content or name not in ("html",)


def test_guides_are_made_side_by_side(client: TestClient, order: dict[str, Any]) -> None:
    """Eight at once are the same eight times: threads share the parts and nothing else."""
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: client.post("/v1/guides", json=order).content, range(8)))
    assert len(set(answers)) == 1


def test_a_primer_needs_no_mentor(client: TestClient, order: dict[str, Any]) -> None:
    """One page for the executive, with or without a mentor named."""
    pair = order["pair"]
    alone = client.post(
        "/v1/primers", json={"executive": pair["executive"], "topic": "crypto", "on": "2027-01-14"}
    )
    view = read_view(alone.content)
    assert isinstance(view, PrimerView)
    assert view.mentor is None
    both = client.post("/v1/primers", json={**pair, "topic": "crypto"}).json()
    assert both["mentor"] == pair["mentor"]["name"]
    page = client.post("/v1/primers", json={**pair, "topic": "crypto"}, headers={"Accept": "application/pdf"})
    assert page.content.startswith(b"%PDF-")


def test_a_primer_has_the_same_faults(client: TestClient, order: dict[str, Any]) -> None:
    """Profiles are read like a guide's, and nobody is paired with themselves."""
    executive = order["pair"]["executive"]
    body = {"executive": {**executive, "rol": "x"}, "mentor": {"role": "y"}, "topic": "crypto"}
    found = is_problem(client.post("/v1/primers", json=body), 422, "people")
    assert [f["field"] for f in found["faults"]] == ["executive.rol", "mentor.name"]
    body = {"executive": executive, "mentor": executive, "topic": "crypto"}
    is_problem(client.post("/v1/primers", json=body), 422, "people")
    is_problem(
        client.post("/v1/primers", json={"executive": executive, "topic": "crypto", "on": "x"}),
        422,
        "session",
    )
    is_problem(client.post("/v1/primers", json={"topic": "crypto"}), 422, "people")


def test_topics_are_listed_and_read(client: TestClient, parts: Any) -> None:
    """Each topic in the list can be read in full."""
    listed = client.get("/v1/topics").json()["topics"]
    assert [t["id"] for t in listed] == list(parts.library.topics)
    topic = client.get(f"/v1/topics/{listed[0]['id']}").json()
    assert topic["questions"]
    assert topic["passages"][0]["citations"]


def test_an_unknown_topic_has_near_ones(client: TestClient) -> None:
    """A slip of the finger gets a hint."""
    assert "crypto" in is_problem(client.get("/v1/topics/crypt"), 404, "topic-unknown")["nearest"]
    is_problem(client.get("/v1/search?q=keys&topic=crypt"), 404, "topic-unknown")


def test_search_names_its_items(client: TestClient) -> None:
    """Best first, each with id, topic and text; inside one topic only its own and general items."""
    hits = client.get("/v1/search", params={"q": "who can move the coins", "k": 5}).json()["hits"]
    assert len(hits) == 5
    assert [h["score"] for h in hits] == sorted((h["score"] for h in hits), reverse=True)
    assert all(h["id"] and h["text"] for h in hits)
    inside = client.get("/v1/search", params={"q": "who can move the coins", "topic": "crypto"}).json()[
        "hits"
    ]
    assert {h["topic"] for h in inside} <= {"crypto", "_give-back"}


def test_ready_says_what_it_serves(client: TestClient, parts: Any) -> None:
    """The corpus's fingerprint tells which corpus a server has."""
    answer = client.get("/readyz").json()
    assert answer == {
        "status": "ready",
        "topics": len(parts.library.topics),
        "corpus": parts.library.fingerprint,
    }
