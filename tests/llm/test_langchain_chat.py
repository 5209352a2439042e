"""The adapter: what is sent, what is learnt of an endpoint, and what never happens behind one's back."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import pytest

from guidegen.domain.chat import ChatRequest, Deadline, Message
from guidegen.errors import ModelError, ModelRequest, ModelSetup, ModelTimeout
from guidegen.llm.langchain_chat import LangchainChat
from guidegen.llm.loopback import FAULTS, Loopback, Reply, answer, dutiful, error

SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string"}},
    "required": ["word"],
    "additionalProperties": False,
}
ASKED = ChatRequest(
    messages=(Message(role="system", text="Answer as JSON."), Message(role="user", text="A word.\n\n  ✓")),
    answer_schema=SCHEMA,
    schema_name="one_word",
    max_tokens=77,
    temperature=0.5,
)


def _soon() -> Deadline:
    return Deadline.after(20, time.monotonic)


def test_what_is_sent_is_what_was_said() -> None:
    """Messages, schema, tokens and temperature leave as they are; nothing is added."""
    with Loopback() as server:
        answered = LangchainChat("openai:some-model", base_url=server.url).complete(ASKED, _soon())
    sent = server.calls[0]
    assert sent["messages"] == [
        {"role": "system", "content": "Answer as JSON."},
        {"role": "user", "content": "A word.\n\n  ✓"},
    ]
    assert sent["response_format"]["json_schema"] == {"name": "one_word", "schema": SCHEMA, "strict": True}
    assert (sent["model"], sent["temperature"], sent["max_tokens"]) == ("some-model", 0.5, 77)
    assert set(sent) <= {"messages", "model", "response_format", "temperature", "max_tokens", "stream"}
    assert (answered.text, answered.tokens_in, answered.tokens_out) == ('{"word": "A word on word."}', 10, 5)
    assert (answered.finish, answered.model, answered.attempts) == ("stop", "loopback", 1)


def _picky(*, takes: tuple[str, ...] = (), refuses: tuple[str, ...] = ()) -> Any:
    def reply(body: dict[str, Any]) -> Reply:
        kind = (body.get("response_format") or {}).get("type", "text")
        if kind not in takes:
            return error(400, f"'response_format' of type '{kind}' is not supported", param="response_format")
        for name in refuses:
            if name in body:
                return error(400, f"Unsupported parameter: '{name}'", code="unsupported_parameter", param=name)
        return answer('Here you are:\n```json\n{"word": "yes"}\n```')

    return reply


@pytest.mark.parametrize("takes", ["json_schema", "json_object", "text"])
def test_the_ladder_goes_down_once_and_is_remembered(takes: str) -> None:
    """An endpoint that refuses a mode is asked for the next; the second call starts there."""
    with Loopback(then=_picky(takes=(takes,))) as server:
        model = LangchainChat("openai:any", base_url=server.url)
        first, second = model.complete(ASKED, _soon()), model.complete(ASKED, _soon())
    assert first.text == second.text == '{"word": "yes"}'
    assert first.attempts == 1 + ("json_schema", "json_object", "text").index(takes)
    assert (second.attempts, model.mode) == (1, takes)


def test_a_mode_asked_for_is_not_changed() -> None:
    """The probe wants to know: no ladder then."""
    with Loopback(then=_picky(takes=("text",))) as server:
        model = LangchainChat("openai:any", base_url=server.url)
        with pytest.raises(ModelRequest):
            model.complete(ASKED.model_copy(update={"mode": "json_object"}), _soon())
    assert len(server.calls) == 1
    assert model.mode == "json_schema"


def test_what_an_endpoint_does_not_take_is_left_out() -> None:
    """Reasoning models refuse a temperature and the older name of the token limit."""
    with Loopback(then=_picky(takes=("json_schema",), refuses=("temperature", "max_tokens"))) as server:
        model = LangchainChat("openai:any", base_url=server.url)
        assert model.complete(ASKED, _soon()).attempts == 3
        assert model.complete(ASKED, _soon()).attempts == 1
    assert "temperature" not in server.calls[-1]
    assert server.calls[-1]["max_completion_tokens"] == 77


def test_text_asked_for_is_text() -> None:
    """Without a schema nothing is extracted; thoughts are left out all the same."""
    with Loopback([answer("<think>{}</think>Good day.")]) as server:
        asked = ChatRequest(messages=ASKED.messages)
        assert LangchainChat("openai:any", base_url=server.url).complete(asked, _soon()).text == "Good day."
    assert "response_format" not in server.calls[0]


def test_the_environment_sends_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that would redirect calls or copy prompts to a tracing service have no say."""
    from langchain_core.tracers.langchain import LangChainTracer

    traced: list[object] = []
    monkeypatch.setattr(LangChainTracer, "__init__", lambda *_, **__: traced.append(1))
    with Loopback() as elsewhere, Loopback() as server:
        for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "LANGSMITH_ENDPOINT"):
            monkeypatch.setenv(name, elsewhere.url)
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_GATEWAY"):
            monkeypatch.setenv(name, "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        LangchainChat("openai:any", base_url=server.url).complete(ASKED, _soon())
    assert (len(server.calls), elsewhere.calls, traced) == (1, [], [])


def test_no_log_holds_a_prompt_or_a_key(caplog: pytest.LogCaptureFixture) -> None:
    """Not even with everything logged that there is."""
    caplog.set_level(logging.DEBUG)
    with Loopback([FAULTS["401"]]) as server:
        model = LangchainChat("openai:any", base_url=server.url, api_key="key-canary")
        with pytest.raises(ModelError):
            model.complete(ASKED, _soon())
        model.complete(ASKED, _soon())
    assert "A word" not in caplog.text
    assert "key-canary" not in caplog.text


def test_the_environments_key_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key lying in the environment alone makes no model."""
    monkeypatch.setenv("OPENAI_API_KEY", "lying-around")
    with pytest.raises(ModelSetup):
        LangchainChat("openai:any")


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ("anthropic:claude", "pip install langchain-anthropic"),
        ("google_genai:gemini", "pip install langchain-google-genai"),
        ("bedrock:any", "pip install langchain-aws"),
        ("nobody:any", "provider"),
        ("gpt", "provider:name"),
        (":x", "provider:name"),
        ("openai:", "provider:name"),
    ],
)
def test_a_model_that_cannot_be_made_says_what_is_missing(model: str, says: str) -> None:
    """A package by its name, or how a model is named."""
    with pytest.raises(ModelSetup) as caught:
        LangchainChat(model, api_key="x")
    assert says in str(caught.value)


def test_the_name_tells_endpoints_apart_without_naming_them() -> None:
    """The name goes into provenance: an internal address does not stand in it."""
    ours = LangchainChat("openai:m", base_url="http://gateway.internal/v1").name
    assert ours.startswith("openai:m@")
    assert "internal" not in ours
    assert ours != LangchainChat("openai:m", base_url="http://other.internal/v1").name
    assert LangchainChat("openai:m", api_key="x").name == "openai:m"


@pytest.mark.parametrize("fault", ["read stall", "one byte a second", "headers one byte a second"])
def test_an_abandoned_call_ends_with_its_line(fault: str) -> None:
    """At the deadline the caller goes on, the socket is closed, and no thread stays behind."""
    before = set(threading.enumerate())
    with Loopback([FAULTS[fault]]) as server:
        model = LangchainChat("openai:any", base_url=server.url)
        with pytest.raises(ModelTimeout):
            model.complete(ASKED, Deadline.after(0.3, time.monotonic))
        for thread in set(threading.enumerate()) - before:
            if thread.name == "model-call":
                thread.join(15)
                assert not thread.is_alive()
        assert model.complete(ASKED, _soon()).text
    assert len(server.calls) == 2


def test_one_slow_call_does_not_disturb_the_others() -> None:
    """Closing the line of an abandoned call leaves the calls beside it alone."""
    slow = Reply(answer('{"word": "late"}').body, wait=1.0)
    with Loopback([slow], then=dutiful) as server:
        model = LangchainChat("openai:any", base_url=server.url)
        late: list[str] = []
        thread = threading.Thread(target=lambda: late.append(model.complete(ASKED, _soon()).text))
        thread.start()
        while not server.calls:
            time.sleep(0.01)
        server.play(FAULTS["read stall"])
        with pytest.raises(ModelError):
            model.complete(ASKED, Deadline.after(0.2, time.monotonic))
        thread.join()
    assert late == ['{"word": "late"}']
