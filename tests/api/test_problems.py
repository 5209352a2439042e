"""One shape of errors, on every address."""

from __future__ import annotations

import json
import logging
import threading
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.main import create_app
from api.problems import KINDS, Problem, Refused, code_of, problem_of
from guidegen import errors
from guidegen.errors import CorpusError, GuidegenError
from guidegen.settings import Settings
from tests.api.conftest import ORIGIN, is_problem
from tests.conftest import TODAY

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


def _classes() -> list[type[GuidegenError]]:
    found = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, GuidegenError)]
    assert len(found) > 8
    return found


def routes(app: FastAPI) -> list[tuple[str, set[str]]]:
    """Every address of ours with its methods, from the app itself."""
    return [(path, {m.upper() for m in ops}) for path, ops in app.openapi()["paths"].items()]


@pytest.mark.parametrize("error", _classes(), ids=lambda e: e.__name__)
def test_every_error_has_a_status(error: type[GuidegenError]) -> None:
    """A class added to the tree without a line in the table is found here, not by a user."""
    assert error.code in KINDS
    assert code_of(error("no")) == error.code


def test_a_subclass_counts_as_its_parent() -> None:
    """An error class of our own door needs no line of its own."""

    class Odd(errors.SessionError):
        code = "odd"

    assert code_of(Odd("no")) == "session"


def test_what_is_wrong_on_this_side_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    """A path in an error's message reaches the log and nobody else."""
    found = problem_of(CorpusError("/srv/secret/corpus has faults"))
    assert "/srv" not in found.model_dump_json()
    assert "/srv/secret" in caplog.text


def test_no_address_is_left_out(app: FastAPI) -> None:
    """The walk below sees every route that the app has: what is not in OpenAPI cannot be there."""
    documented = {path for path, _ in routes(app)}
    own = {
        "/v1/guides",
        "/v1/primers",
        "/v1/topics",
        "/v1/topics/{id}",
        "/v1/search",
        "/healthz",
        "/readyz",
        "/",
        "/guide",
    }
    assert own <= documented
    found = {r.path for r in app.routes if isinstance(r, APIRoute)}
    assert found <= documented


def test_a_wrong_method_is_a_problem_everywhere(client: TestClient, app: FastAPI) -> None:
    """405 with Allow, in the one shape, for each method that each address does not take."""
    for path, methods in [*routes(app), ("/static/page.js", {"GET"}), ("/openapi.json", {"GET"})]:
        for method in METHODS:
            if method in methods:
                continue
            answer = client.request(method, path.replace("{id}", "crypto"))
            is_problem(answer, 405, "method")


def test_a_bad_body_is_a_problem_everywhere(client: TestClient, app: FastAPI) -> None:
    """Wrong kind, not JSON, not an object, nothing at all."""
    posts = [path for path, methods in routes(app) if "POST" in methods and path != "/guide"]
    assert len(posts) == 2
    as_json = {"Content-Type": "application/json"}
    for path in posts:
        is_problem(client.post(path, content=b"{}"), 415, "media-type")
        is_problem(client.post(path, data={"a": "b"}), 415, "media-type")
        for content in (b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 5_000):
            is_problem(client.post(path, content=content, headers=as_json), 400, "bad-json")
        found = is_problem(client.post(path, content=b"{}", headers=as_json), 422, "input")
        assert {"topic"} < {fault["field"] for fault in found["faults"]}
    is_problem(client.post("/guide", content=b"{}", headers=as_json), 415, "media-type")
    many = {f"field{n}": "x" for n in range(200)}
    is_problem(client.post("/guide", data=many), 400, "bad-request")


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/v1", "/v1/topics/", "/static/none.js", "/static/../main.py", "/docs", "/v1/topics/a/b"],
)
def test_an_unknown_address_is_a_problem(client: TestClient, path: str) -> None:
    """404 in the one shape, static files included."""
    is_problem(client.get(path), 404, "not-found")


def test_parameters_are_checked(client: TestClient) -> None:
    """Each parameter that is off is a fault with its name."""
    found = is_problem(client.get("/v1/search?k=0"), 422, "input")
    assert [(f["file"], f["field"]) for f in found["faults"]] == [("query", "q"), ("query", "k")]
    is_problem(client.get("/v1/search?q="), 422, "input")
    is_problem(client.get("/v1/search?q=%20"), 422, "input")
    is_problem(client.get("/?example=perhaps"), 422, "input")
    is_problem(client.post("/v1/guides?paper=a3", json={}), 422, "input")


def test_a_fault_nobody_foresaw_tells_nothing(
    parts: Any,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    order: dict[str, Any],
) -> None:
    """500 without a stack, a path or a value; the log has the trace, and the headers are there."""
    caplog.set_level(logging.CRITICAL, "api")
    monkeypatch.setattr("guidegen.guides.make_guide", lambda *_, **__: 1 / 0)
    with TestClient(create_app(lambda _: parts, settings, lambda: TODAY), base_url=ORIGIN) as client:
        answer = client.post("/v1/guides", json=order)
    found = is_problem(answer, 500, "internal")
    assert "division" not in json.dumps(found)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_corpus_that_cannot_be_read_is_503(settings: Settings) -> None:
    """Alive but not ready; who asks gets the same answer, and a mended corpus is picked up."""
    broken = threading.Event()
    broken.set()

    def factory(_: Settings) -> Any:
        raise CorpusError("/srv/corpus has 3 faults") if broken.is_set() else Refused("not-ready", "soon")

    with TestClient(create_app(factory, settings), base_url=ORIGIN) as client:
        assert client.get("/healthz").status_code == 200
        is_problem(client.get("/v1/topics"), 503, "corpus")
        is_problem(client.get("/"), 503, "corpus")
        broken.clear()
        is_problem(client.get("/v1/topics"), 503, "not-ready")


def test_while_the_corpus_is_read_ready_says_no_at_once(
    parts: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/readyz never waits; the page waits a little, then says so and looks again by itself."""
    monkeypatch.setattr("api.pages.PAGE_WAIT_SECONDS", 0.01)
    go = threading.Event()

    def factory(_: Settings) -> Any:
        go.wait(30)
        return parts

    app = create_app(factory, settings)
    with TestClient(app, base_url=ORIGIN) as client:
        answer = client.get("/readyz")
        is_problem(answer, 503, "not-ready")
        assert answer.headers["retry-after"] == "2"
        assert client.get("/healthz").json() == {"status": "ok"}
        assert 'http-equiv="refresh"' in client.get("/").text
        go.set()
        app.state.desk.readiness.parts(60)
        assert client.get("/readyz").json()["status"] == "ready"


def test_the_problem_is_documented(app: FastAPI) -> None:
    """Every operation says that its errors are problems, and the shape is in the document."""
    document = app.openapi()
    assert set(document["components"]["schemas"]["Problem"]["properties"]) == set(Problem.model_fields)
    for operations in document["paths"].values():
        for operation in operations.values():
            assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"]
            assert operation["summary"]
