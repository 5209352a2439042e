"""Every fault an endpoint can have ends in one clear error with a code, or in a whole answer."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from guidegen import errors
from guidegen.domain.chat import ChatRequest, Deadline, Message
from guidegen.errors import ModelError
from guidegen.llm.langchain_chat import LangchainChat
from guidegen.llm.loopback import FAULTS, Loopback
from guidegen.llm.transport import PatientChat

SECONDS = 20.0
"""Far more than any fault takes that is not a stall; a stall gets ``SHORT``."""
SHORT = 0.5
STALLS = {"read stall", "one byte a second", "headers one byte a second"}
CANARY = "canary-in-the-prompt"
SCHEMA = {
    "type": "object",
    "properties": {"ok": {"type": "string"}},
    "required": ["ok"],
    "additionalProperties": False,
}
ASKED = ChatRequest(messages=(Message(role="user", text=f"{CANARY}: answer as JSON."),), answer_schema=SCHEMA)

CODES = {
    "read stall": "model-timeout",
    "one byte a second": "model-timeout",
    "headers one byte a second": "model-timeout",
    "429 retry after 1": "model-busy",
    "429 retry after 150": "model-busy",
    "429 retry after a date": "model-busy",
    "429 retry after a negative": "model-busy",
    "429 quota": "model-quota",
    "400 context length": "model-context",
    "400 context length in words only": "model-context",
    "400 content filter": "model-filtered",
    "400": "model-request",
    "401": "model-denied",
    "403": "model-denied",
    "404": "model-not-found",
    "408": "model-timeout",
    "409": "model-server",
    "413": "model-context",
    "422": "model-request",
    "500": "model-server",
    "502": "model-server",
    "503": "model-server",
    "529": "model-busy",
    "502 in HTML": "model-server",
    "redirect": "model-request",
    "reset before headers": "model-dropped",
    "closed before headers": "model-dropped",
    "reset mid-body": "model-dropped",
    "closed mid-body": "model-dropped",
    "reset mid-stream": "model-dropped",
    "closed mid-stream": "model-dropped",
    "not HTTP": "model-dropped",
    "finish length": "model-answer-cut",
    "finish content filter": "model-filtered",
    "refusal": "model-refusal",
    "broken JSON": "model-no-json",
    "deep JSON": "model-no-json",
    "10 MB": "model-answer-large",
    "10 MB in chunks": "model-answer-large",
}
"""Every other fault is an answer that cannot be read: model-answer."""


def _model(url: str, **more: Any) -> PatientChat:
    chat = LangchainChat("openai:any", base_url=url, api_key="key-canary", **more)
    return PatientChat(chat, chance=lambda: 0.01, sleep=lambda _: None, attempts=2)


def _raised(url: str, seconds: float = SECONDS, **more: Any) -> ModelError:
    model = _model(url, **more)
    with pytest.raises(ModelError) as caught:
        model.complete(ASKED, Deadline.after(seconds, time.monotonic))
    return caught.value


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"usage of a wrong type"}))
def test_a_fault_ends_in_one_clear_error(name: str) -> None:
    """The code is the expected one, and nothing of prompt or key is in the message."""
    with Loopback(then=lambda _: FAULTS[name]) as server:
        error = _raised(server.url, seconds=SHORT if name in STALLS else SECONDS)
    assert error.code == CODES.get(name, "model-answer")
    assert type(error) is not ModelError
    assert "canary" not in f"{error} {error!r} {error.__cause__} {error.__context__}"
    assert str(error).strip()
    assert error.attempts == len(server.calls)
    assert len(server.calls) == 1 or error.again


def test_a_usage_that_cannot_be_read_is_the_end_or_no_matter() -> None:
    """Tokens counted in words come to an unreadable answer or to no count, never to a crash."""
    with Loopback(then=lambda _: FAULTS["usage of a wrong type"]) as server:
        model = _model(server.url)
        try:
            tokens = model.complete(ASKED, Deadline.after(SECONDS, time.monotonic)).tokens_in
        except errors.ModelAnswer:
            tokens = 0
    assert tokens == 0


def test_refused_connection() -> None:
    """A port where nobody listens is unreachable, and it is tried again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = _raised(f"http://127.0.0.1:{port}/v1")
    assert (error.code, error.attempts) == ("model-unreachable", 2)


def test_a_host_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that nobody knows is unreachable."""

    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert _raised("http://model.invalid/v1").code == "model-unreachable"


@contextmanager
def _never_accepting() -> Iterator[int]:
    """A port whose queue is full: a further connection hangs."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(door.getsockname())
        yield door.getsockname()[1]
        for one in waiting:
            one.close()


def test_connect_stall() -> None:
    """A connection that is never taken ends at the connect timeout."""
    with _never_accepting() as port:
        assert _raised(f"http://127.0.0.1:{port}/v1", connect_seconds=0.2).code == "model-timeout"


def test_an_address_that_is_none() -> None:
    """An address that cannot be read is an error of ours as well."""
    assert _raised("nonsense").code == "model-unreachable"


def test_a_deadline_already_over_calls_nobody() -> None:
    """Without time left no call is made."""
    with Loopback() as server:
        assert _raised(server.url, seconds=0).code == "model-timeout"
    assert server.calls == []


def test_the_catalogue_and_the_expectations_agree() -> None:
    """Every expectation names a fault of the catalogue, and every code is one of the tree."""
    known = {cls.code for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, ModelError)}
    assert set(CODES) <= set(FAULTS)
    assert set(CODES.values()) <= known
