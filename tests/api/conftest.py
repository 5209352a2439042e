"""The app over the real corpus, on a fixed day."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.main import create_app
from guidegen.settings import Settings
from tests.conftest import TODAY
from tests.ten_pairs import pair_data

ORIGIN = "http://127.0.0.1"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(cache=tmp_path_factory.mktemp("api-cache"), threads=1)


@pytest.fixture(scope="session")
def app(parts: Any, settings: Settings) -> FastAPI:
    return create_app(lambda _: parts, settings, lambda: TODAY)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as found:
        app.state.desk.readiness.parts(60)
        yield found


@pytest.fixture
def order() -> dict[str, Any]:
    """A body of /v1/guides that can be made."""
    return {
        "pair": copy.deepcopy(pair_data("procurement")),
        "topic": "crypto",
        "session": {"minutes": 45, "on": "2027-01-14"},
    }


def is_problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The problem that ``answer`` is; every error has this one shape."""
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert list(found) == ["type", "title", "status", "detail", "code", "faults", "nearest"]
    assert (answer.status_code, found["status"], found["code"]) == (status, status, code), found
    assert found["type"] == f"urn:guidegen:problem:{code}"
    assert found["title"]
    assert found["detail"]
    for fault in found["faults"]:
        assert list(fault) == ["file", "line", "field", "problem", "remedy"]
    assert str(Path.cwd()) not in answer.text
    assert "Traceback" not in answer.text
    return found
