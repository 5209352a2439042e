"""One owner of retries: how often, how long, and how many at once."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen import errors
from guidegen.domain.chat import ChatAnswer, ChatRequest, Deadline, Message, answer_key
from guidegen.errors import ModelAnswerCut, ModelBusy, ModelError, ModelServer
from guidegen.llm.fakes import ScriptedModel
from guidegen.llm.faults import retry_after, translated
from guidegen.llm.langchain_chat import LangchainChat
from guidegen.llm.loopback import Loopback, answer
from guidegen.llm.transport import LONGEST_PAUSE, PatientChat

ASKED = ChatRequest(messages=(Message(role="user", text="Say ok."),))


class _Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def _patient(script: list[ModelError | str], clock: _Clock, chance: float = 0.5, attempts: int = 3) -> PatientChat:
    return PatientChat(ScriptedModel(script), chance=lambda: chance, sleep=clock.sleep, attempts=attempts)


def test_what_may_go_better_is_tried_again_and_counted() -> None:
    """Two failures and an answer are three attempts, with growing pauses between."""
    clock = _Clock()
    answer = _patient([ModelServer("no"), ModelBusy("no"), "ok"], clock).complete(ASKED, Deadline.after(60, clock))
    assert (answer.text, answer.attempts) == ("ok", 3)
    assert clock.slept == [0.25, 0.5]


def test_what_cannot_go_better_is_not_tried_again() -> None:
    """A cut answer would only be cut again."""
    clock = _Clock()
    with pytest.raises(ModelAnswerCut) as caught:
        _patient([ModelAnswerCut("cut"), "ok"], clock).complete(ASKED, Deadline.after(60, clock))
    assert (caught.value.attempts, clock.slept) == (1, [])


def test_attempts_are_capped() -> None:
    """The last error comes out, with the number of all calls."""
    clock = _Clock()
    with pytest.raises(ModelServer) as caught:
        _patient([ModelServer("no")] * 9, clock, attempts=4).complete(ASKED, Deadline.after(600, clock))
    assert caught.value.attempts == 4


@pytest.mark.parametrize(("asked", "slept"), [(1.0, [1.25]), (0.0, [0.25]), (None, [0.25]), (150.0, [])])
def test_the_endpoint_is_obeyed_within_the_deadline(asked: float | None, slept: list[float]) -> None:
    """Retry-After is waited for; one that outlasts the deadline ends the call at once."""
    clock = _Clock()
    model = _patient([ModelBusy("later", retry_after=asked), "ok"], clock)
    try:
        assert model.complete(ASKED, Deadline.after(60, clock)).text == "ok"
    except ModelBusy:
        assert asked == 150.0
    assert clock.slept == slept


@given(st.integers(1, 12), st.floats(0, 0.999), st.floats(0, 100) | st.none(), st.floats(0, 90))
def test_no_pause_outlasts_the_deadline(attempts: int, chance: float, asked: float | None, seconds: float) -> None:
    """Whatever is asked and thrown, the sleeping ends before the deadline."""
    clock = _Clock()
    model = _patient([ModelBusy("no", retry_after=asked)] * attempts, clock, chance, attempts)
    with pytest.raises(ModelError):
        model.complete(ASKED, Deadline.after(seconds, clock))
    assert clock.now <= 100 + seconds
    assert all(pause <= LONGEST_PAUSE + (asked or 0) for pause in clock.slept)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "1"}, 1),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "150"}, 150),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Sat, 21 Nov 2026 10:00:07 GMT", "date": "Sat, 21 Nov 2026 10:00:00 GMT"}, 7),
        ({"retry-after": "Sat, 21 Nov 2026 09:00:00 GMT", "date": "Sat, 21 Nov 2026 10:00:00 GMT"}, 0),
        ({"retry-after": "Sat, 21 Nov 2026 10:00:07 GMT"}, None),
        ({"retry-after": "Sat, 21 Nov 2026 10:00:07 GMT", "date": "Sat, 21 Nov 2026 10:00:00"}, None),
    ],
)
def test_retry_after_is_read_in_every_spelling(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, a date against the answer's own date, or nothing that can be used."""
    assert retry_after(headers) == seconds


def test_no_more_run_at_once_than_allowed() -> None:
    """Twelve threads share three places; every one gets its answer, on connections used again."""
    with Loopback(then=lambda _: answer("ok")) as server:
        chat = LangchainChat("openai:any", base_url=server.url)
        model = PatientChat(chat, chance=lambda: 0.0, sleep=time.sleep, at_once=3)
        got: list[ChatAnswer] = []
        deadline = Deadline.after(60, time.monotonic)
        threads = [
            threading.Thread(target=lambda: got.append(model.complete(ASKED, deadline))) for _ in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [one.text for one in got] == ["ok"] * 12
    assert server.most_at_once <= 3
    assert server.connections <= 3


def test_without_a_free_place_the_deadline_still_holds() -> None:
    """A call that waits for its turn is given up at the deadline, and counts as no attempt."""
    held, go = threading.Event(), threading.Event()

    def slow(_: ChatRequest) -> str:
        held.set()
        go.wait(20)
        return "ok"

    model = PatientChat(ScriptedModel([slow]), chance=lambda: 0.0, sleep=time.sleep, at_once=1)
    thread = threading.Thread(target=model.complete, args=(ASKED, Deadline.after(30, time.monotonic)))
    thread.start()
    held.wait(20)
    with pytest.raises(errors.ModelTimeout) as caught:
        model.complete(ASKED, Deadline.after(0.05, time.monotonic))
    go.set()
    thread.join()
    assert caught.value.attempts == 0


def test_an_unknown_fault_says_its_type_only() -> None:
    """A vendor's own error class becomes ours without its words."""

    class OddVendorError(Exception):
        pass

    error, refuses = translated(OddVendorError("secret words"))
    assert (error.code, refuses) == ("model", "")
    assert "OddVendorError" in str(error)
    assert "secret" not in str(error)


@pytest.mark.parametrize("status", range(300, 600))
def test_every_status_has_a_code(status: int) -> None:
    """Any vendor's error with a status is told apart by it."""

    class VendorError(Exception):
        status_code = status

    error, _ = translated(VendorError("x"))
    assert error.status == status
    assert type(error) is not ModelError


def test_the_key_of_an_answer_moves_with_all_that_was_asked() -> None:
    """Another model, another word, another temperature or another take is another key."""
    keys = {
        answer_key("a", ASKED),
        answer_key("b", ASKED),
        answer_key("a", ASKED, take=2),
        answer_key("a", ASKED.model_copy(update={"temperature": 0.0})),
        answer_key("a", ChatRequest(messages=(Message(role="user", text="Say no."),))),
    }
    assert len(keys) == 5
    assert answer_key("a", ASKED) == answer_key("a", ASKED.model_copy())
