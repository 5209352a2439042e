"""What every request passes: Host, Origin, size; and what every response carries."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.guard import MAX_BODY, Guard, host_name
from tests.api.conftest import is_problem


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:99", "[::1]", "[::1]:8000", "localhost."]
)
def test_known_hosts_are_answered(client: TestClient, host: str) -> None:
    """Ports, capitals and a final dot do not matter, and an IPv6 literal is a name."""
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost@evil.example", "127.0.0.1:80:80",
     "[::1].evil.example", "::1", "local host", "localhost/", "xn--localhost"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/healthz", "/v1/topics", "/static/page.css", "/nowhere"])
def test_other_hosts_are_refused(client: TestClient, host: str, path: str) -> None:
    """A name that points here but is not ours gets nothing, on any address: DNS rebinding ends here."""
    is_problem(client.get(path, headers={"Host": host}), 421, "host-unknown")


def _raw(app: Any, headers: list[tuple[bytes, bytes]]) -> int:
    """The status of GET /healthz with exactly these headers."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": "/healthz", "raw_path": b"/healthz", "root_path": "", "scheme": "http",
        "query_string": b"", "headers": headers, "http_version": "1.1", "client": None, "server": ("127.0.0.1", 80),
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return int(sent[0]["status"])


def test_a_host_is_named_exactly_once(app: FastAPI) -> None:
    """No Host header, an empty one, or two of them are refused."""
    assert _raw(app, []) == 400
    assert _raw(app, [(b"host", b" ")]) == 400
    assert _raw(app, [(b"host", b"localhost"), (b"host", b"evil.example")]) == 400
    assert _raw(app, [(b"host", b"localhost")]) == 200


def test_settings_may_write_hosts_with_ports_and_bare_ipv6() -> None:
    """Whoever sets allowed_hosts need not know how a Host header is written."""
    guard = Guard(lambda *_: None, allowed_hosts=["Guides.Example.org:443", "::1"])  # type: ignore[arg-type,return-value]
    assert guard.hosts == {"guides.example.org", "[::1]"}


@given(st.text(max_size=60))
def test_any_host_text_is_a_name_or_none(host: str) -> None:
    """Nothing in a Host header raises, and a name holds no slash, at sign or space."""
    name = host_name(host)
    assert name is None or not set("/@ ") & set(name)


@pytest.mark.parametrize("path", ["/guide", "/v1/guides", "/v1/primers"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "127.0.0.1"},
        {"Origin": "file://127.0.0.1"},
        {"Origin": "http://[broken"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_posts_from_other_sites_are_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    """A page elsewhere, another port included, cannot post here."""
    is_problem(client.post(path, headers=headers), 403, "origin")


def test_posts_from_our_own_page_and_from_programs_pass(client: TestClient, order: dict[str, Any]) -> None:
    """The same host in Origin, with or without the scheme's own port, or no Origin at all."""
    for headers in (
        {},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://127.0.0.1:80"},
        {"Sec-Fetch-Site": "same-origin"},
    ):
        assert client.post("/v1/guides", json=order, headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/guide", "/v1/guides", "/v1/primers", "/nowhere"])
def test_a_large_body_is_refused(client: TestClient, path: str) -> None:
    """Over the cap nothing is parsed, whether the length is announced or not."""
    is_problem(client.post(path, content=b"x" * (MAX_BODY + 1)), 413, "body-too-large")
    is_problem(client.post(path, content=iter([b"x" * 600_000] * 3)), 413, "body-too-large")
    is_problem(client.post(path, content=b"x", headers={"Content-Length": "9" * 18}), 413, "body-too-large")


@pytest.mark.parametrize(
    "path", ["/", "/guide.css", "/static/page.js", "/v1/topics", "/healthz", "/nowhere", "/openapi.json"]
)
def test_every_response_carries_the_safety_headers(client: TestClient, path: str) -> None:
    """Errors too."""
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "cache-control" in headers


def test_guides_are_never_cached(client: TestClient, order: dict[str, Any]) -> None:
    """What is about people stays out of caches, and an HTML guide may run nothing and load nothing."""
    answer = client.post("/v1/guides", json=order, headers={"Accept": "text/html"})
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith(
        "default-src 'none'; style-src 'unsafe-inline'"
    )
    assert "script-src" not in answer.headers["content-security-policy"]


def test_head_is_answered_like_get(client: TestClient) -> None:
    """Who asks for headers alone gets them."""
    assert client.head("/healthz").status_code == 200
    assert client.head("/nowhere").status_code == 404
