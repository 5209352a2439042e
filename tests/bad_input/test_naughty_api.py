"""Awkward texts through the page's form and through JSON, as a browser and a program send them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from api.form import DEFAULTS
from api.main import create_app
from guidegen.domain.guide import PairCard
from guidegen.guides import Parts
from guidegen.settings import Settings
from tests.bad_input.naughty import SIXTY, Page, may_be_a_name, pairs, post_of, same_people, shown
from tests.conftest import TODAY

TYPED = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://127.0.0.1"}


@pytest.fixture(scope="module")
def client(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The app over the real corpus, on a fixed day."""
    app: Any = create_app(lambda _: parts, Settings(cache=tmp_path_factory.mktemp("cache"), threads=1), lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as found:
        app.state.desk.readiness.parts(60)
        yield found


def _faces_are(page: Page, pair: dict[str, Any]) -> None:
    people = (pair["executive"], pair["mentor"])
    names = page.all("strong")
    first = names.index(shown(people[0]["name"]))
    assert names[first : first + 2] == [shown(person["name"]) for person in people]
    assert page.all("span.post") == [post for post in map(post_of, people) if post]
    # Only the page's own file may run, and nothing is fetched from elsewhere.
    assert not {tag[0] for tag in page.shape} & {"angle", "b", "img", "iframe", "svg", "math", "base"}
    assert not any(does.startswith("on") for tag in page.shape for does in tag[1:])
    assert all("src=/" in does for tag in page.shape if tag[0] == "script" for does in tag if does.startswith("src"))


def test_sixty_through_json(client: TestClient) -> None:
    """The answer's JSON holds each text as it was sent; as HTML it is text and nothing else."""
    for n, pair in enumerate(pairs(SIXTY)):
        body = json.dumps({"pair": pair, "topic": "crypto", "session": {"minutes": 45, "on": "2027-01-14"}})
        kind = "application/json" if n % 2 else "text/html"
        answer = client.post("/v1/guides", content=body, headers={"Content-Type": "application/json", "Accept": kind})
        assert answer.status_code == 200, answer.text
        if n % 2:
            same_people(PairCard.model_validate(answer.json()["pair"]), pair)
        else:
            _faces_are(Page(answer.text), pair)


def test_sixty_through_the_form(client: TestClient) -> None:
    """The page shows each text as it was typed, and runs nothing of it."""
    # A browser sends no half of a surrogate pair, and the form has no ids to tell equal names apart.
    typed = [text for text in SIXTY if text.isprintable() or "\n" in text or "\r" in text]
    for pair in pairs(typed):
        fields = {**DEFAULTS, "topic": "crypto", "minutes": "45", "on": "2027-01-14"}
        for role in ("mentor", "executive"):
            given = pair[role]
            fields |= {f"{role}_{key}": given[key] or "" for key in ("name", "role", "department")}
            fields[f"{role}_goals"] = "\r\n".join(given["goals"])
        answer = client.post("/guide", content=urlencode(fields), headers=TYPED)
        assert answer.status_code == 200, answer.text
        _faces_are(Page(answer.text), pair)


def test_faults_give_the_form_back_as_it_was(client: TestClient) -> None:
    """With a fault elsewhere the form comes back with each text in its field, drawn as for any plain name."""

    def form(text: str) -> str:
        fields = {**DEFAULTS, "topic": "crypto", "mentor_name": text, "executive_goals": text, "minutes": "never"}
        fields["executive_name"] = "Bo"
        answer = client.post("/guide", content=urlencode(fields, errors="replace"), headers=TYPED)
        assert answer.status_code == 422
        return answer.text

    plain = Page(form("Ana")).shape
    for text in filter(may_be_a_name, SIXTY):
        assert Page(form(text)).shape == plain, text
