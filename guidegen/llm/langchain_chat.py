"""Any model that langchain knows, behind our port: the one file that names langchain.

How the time is kept: each call runs in a thread of its own, on a line (a client with its connection)
that no other call uses meanwhile. At the deadline the caller leaves and the line is closed, so that a
server that sends one byte a second holds nobody; the thread ends with its socket. Lines that served
well are used again. The number of bytes read is bounded while reading, for endpoints of the OpenAI
kind; for other vendors once the answer is here.

What is switched off on purpose: the libraries' own retries (``PatientChat`` owns them), tracing to a
third party (switched on by an environment variable, it would copy every prompt), redirects (they
would carry the prompt elsewhere), compressed answers (they hide their size), the vendors' logs below
warnings (they would hold prompts).
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Protocol

from guidegen import errors
from guidegen.domain.chat import MODES, ChatAnswer, ChatRequest, Deadline, Mode
from guidegen.errors import ModelError, ModelSetup
from guidegen.llm.extraction import object_in, readable, without_thoughts
from guidegen.llm.faults import fault, translated

OPENAI_URL = "https://api.openai.com/v1"
_FINISHED: dict[str, type[ModelError]] = {
    "length": errors.ModelAnswerCut,
    "max_tokens": errors.ModelAnswerCut,
    "content_filter": errors.ModelFiltered,
    "safety": errors.ModelFiltered,
    "refusal": errors.ModelRefusal,
}


class _Chat(Protocol):
    """As much of a langchain chat model as is used."""

    def bind(self, **kwargs: Any) -> Any: ...


class _Outcome:
    """What a call in another thread came to. Whatever it raised is carried over, to be read by type."""

    value: Any = None
    error: BaseException | None = None

    def __enter__(self) -> _Outcome:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> bool:
        self.error = error
        return isinstance(error, Exception)


class _Line:
    """A chat model with a connection of its own, used by one call at a time."""

    def __init__(self, max_bytes: int) -> None:
        self.chat: _Chat | None = None
        self.http: Any = None
        self._max_bytes = max_bytes

    def capped(self, response: Any) -> None:
        """Replaces a response's stream by one that stops reading at the cap."""
        if response.headers.get("content-encoding", "identity") != "identity":
            raise fault(errors.ModelAnswer, detail="compressed, though asked not to be")
        response.stream = _capped_stream(response.stream, self._max_bytes)

    def close(self) -> None:
        """Closes the socket under a call that nobody waits for any more."""
        if self.http is not None:
            self.http.close()


def _capped_stream(stream: Any, most: int) -> Any:
    import httpx2

    class Capped(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            read = 0
            for chunk in stream:
                read += len(chunk)
                if read > most:
                    raise fault(errors.ModelAnswerLarge, detail=f"over {most} bytes")
                yield chunk

        def close(self) -> None:
            stream.close()

    return Capped()


class LangchainChat:
    """One model at one endpoint; one call over the network per ``complete``, but for the ladder.

    ``model`` is ``provider:name`` (openai:…, anthropic:…, ollama:…). ``base_url`` and ``api_key`` come
    from the settings; without them a vendor's library may look for its own key, and for OpenAI the
    public address is used. ``mode`` is what doctor's probe found; without it the strictest is tried
    first. What an endpoint says it does not take (a schema, a temperature, ``max_tokens`` by that name)
    is left out from then on. Raises ModelSetup when the model cannot be made.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        mode: Mode | None = None,
        connect_seconds: float = 10.0,
        silent_seconds: float = 120.0,
        max_bytes: int = 1_000_000,
    ) -> None:
        self._provider, _, self._model = model.partition(":")
        self._base_url = base_url
        self._api_key = api_key
        self._connect_seconds = connect_seconds
        self._silent_seconds = silent_seconds
        self._max_bytes = max_bytes
        self._mode: Mode = mode or MODES[0]
        self._left_out: set[str] = set()
        self._tls: Any = None
        self._lines: list[_Line] = []
        if not self._provider or not self._model:
            raise ModelSetup(
                f"'{model}' names no model.", remedy="Write provider:name, such as openai:gpt-…."
            )
        if self._is_openai and not (api_key or base_url):
            raise ModelSetup("There is no key for OpenAI.", remedy="Set OPENAI_API_KEY, or OPENAI_BASE_URL.")
        self._lines.append(self._new_line())

    @property
    def name(self) -> str:
        """``provider:name``; an endpoint of one's own adds a short hash of its address."""
        where = hashlib.sha256(self._base_url.encode()).hexdigest()[:8] if self._base_url else ""
        return f"{self._provider}:{self._model}" + (f"@{where}" if where else "")

    @property
    def mode(self) -> Mode:
        """The strictest mode that this endpoint has not refused so far."""
        return self._mode

    @property
    def _is_openai(self) -> bool:
        return self._provider == "openai"

    def complete(self, request: ChatRequest, deadline: Deadline) -> ChatAnswer:
        """One answer. Raises a ModelError by the deadline for everything else."""
        calls = 0
        while True:
            mode = (request.mode or self._mode) if request.answer_schema else "text"
            calls += 1
            came, refuses = self._once(request, mode, deadline)
            if isinstance(came, ChatAnswer):
                return came.model_copy(update={"attempts": calls})
            came.attempts = calls
            if not self._learns(refuses, mode, fixed=request.mode is not None):
                raise came

    def _learns(self, refuses: str, mode: Mode, *, fixed: bool) -> bool:
        """Whether another call, without what the endpoint does not take, may go better."""
        if refuses == "response_format" and not fixed and mode != MODES[-1]:
            below = MODES[MODES.index(mode) + 1]
            self._mode = max(self._mode, below, key=MODES.index)
            return True
        if refuses in ("temperature", "max_tokens") and refuses not in self._left_out:
            self._left_out.add(refuses)
            return True
        return False

    def _once(
        self, request: ChatRequest, mode: Mode, deadline: Deadline
    ) -> tuple[ChatAnswer | ModelError, str]:
        """An answer, or our error and what the endpoint says it does not take."""
        line = self._lines.pop() if self._lines else self._new_line()
        outcome = self._within(lambda: self._call(line, request, mode, deadline), deadline)
        if outcome is None:
            line.close()
            return fault(errors.ModelTimeout), ""
        self._lines.append(line)
        if outcome.error is not None:
            return translated(outcome.error)
        try:
            return _read(outcome.value, request, self._max_bytes), ""
        except ModelError as error:
            return error, ""

    def _within(self, work: Callable[[], Any], deadline: Deadline) -> _Outcome | None:
        """Runs ``work`` in a thread of its own; None when the deadline comes first."""
        outcome, done = _Outcome(), threading.Event()

        def run() -> None:
            with outcome:
                outcome.value = work()
            done.set()

        left = deadline.left
        if left <= 0:
            return None
        # A daemon: a call that nobody waits for must not keep the process from ending.
        threading.Thread(target=run, name="model-call", daemon=True).start()
        return outcome if done.wait(left) else None

    def _call(self, line: _Line, request: ChatRequest, mode: Mode, deadline: Deadline) -> Any:
        from langsmith import tracing_context

        assert line.chat is not None
        messages = [(message.role, message.text) for message in request.messages]
        with tracing_context(enabled=False):
            return line.chat.bind(**self._options(request, mode, deadline)).invoke(messages)

    def _options(self, request: ChatRequest, mode: Mode, deadline: Deadline) -> dict[str, Any]:
        options: dict[str, Any] = {}
        shape = _shape(request, mode)
        if "temperature" not in self._left_out:
            options["temperature"] = request.temperature
        if not self._is_openai:
            if "max_tokens" not in self._left_out:
                options["max_tokens"] = request.max_tokens
            return options | shape
        import httpx2

        # As a part of the body, not as an argument: given a response_format, the library parses the
        # answer itself and trips over whatever it did not foresee.
        body: dict[str, Any] = dict(shape)
        # langchain renames max_tokens to the newer max_completion_tokens, which many compatible servers
        # pass over in silence; they get the older name until one of them refuses it.
        if self._base_url and "max_tokens" not in self._left_out:
            body["max_tokens"] = request.max_tokens
        else:
            options["max_tokens"] = request.max_tokens
        left = max(0.05, deadline.left)
        connect = min(self._connect_seconds, left)
        timeout = httpx2.Timeout(min(self._silent_seconds, left), connect=connect)
        return options | {"extra_body": body, "timeout": timeout}

    def _new_line(self) -> _Line:
        line = _Line(self._max_bytes)
        outcome = _Outcome()
        with outcome:
            line.chat = self._make(line)
        if isinstance(outcome.error, ImportError):
            package = f"langchain-{self._provider.replace('_', '-')}"
            named = next((w for w in str(outcome.error).split() if w.startswith("langchain-")), package)
            raise ModelSetup(
                f"Models of '{self._provider}' need a package that is not installed.",
                remedy=f"Run `pip install {named.strip('`.')}`.",
            )
        if outcome.error is not None:
            raise ModelSetup(
                f"The model '{self._provider}:{self._model}' cannot be made ({type(outcome.error).__name__}).",
                remedy="Check the provider's name, the model's name and the provider's key.",
            )
        return line

    def _make(self, line: _Line) -> _Chat:
        from langchain.chat_models import init_chat_model

        for vendor in (self._provider, "httpx2", "httpcore2"):
            logging.getLogger(vendor).setLevel(logging.WARNING)
        if not self._is_openai:
            options = {"api_key": self._api_key, "base_url": self._base_url}
            given: dict[str, Any] = {key: value for key, value in options.items() if value}
            given["model_provider"] = self._provider
            try:
                made: _Chat = init_chat_model(
                    self._model, timeout=self._silent_seconds, max_retries=0, **given
                )
            except (TypeError, ValueError):  # this vendor's class has no such options
                made = init_chat_model(self._model, **given)
            return made
        import httpx2

        self._tls = self._tls or httpx2.create_ssl_context()  # reading the certificates takes 0.1 s
        line.http = httpx2.Client(
            verify=self._tls,
            follow_redirects=False,
            headers={"Accept-Encoding": "identity"},
            event_hooks={"response": [line.capped]},
        )
        # An address and a key are always given: left out, the library would take them from variables
        # of the environment, and with some variables set send everything through a third party.
        openai: _Chat = init_chat_model(
            self._model,
            model_provider="openai",
            base_url=self._base_url or OPENAI_URL,
            api_key=self._api_key or "none",
            http_client=line.http,
            timeout=self._silent_seconds,
            max_retries=0,
            use_responses_api=False,
        )
        return openai


def _shape(request: ChatRequest, mode: Mode) -> dict[str, Any]:
    """How the endpoint is asked for JSON; strict, so that it enforces the schema or says that it cannot."""
    if mode == "json_schema":
        schema = {"name": request.schema_name, "schema": request.answer_schema, "strict": True}
        return {"response_format": {"type": mode, "json_schema": schema}}
    return {"response_format": {"type": mode}} if mode == "json_object" else {}


def _read(message: Any, request: ChatRequest, max_bytes: int) -> ChatAnswer:
    """The answer in a langchain message. Raises a ModelError when it is cut, refused or unreadable."""
    about = message.response_metadata or {}
    finish = str(about.get("finish_reason") or about.get("stop_reason") or about.get("done_reason") or "stop")
    if finish.lower() in _FINISHED:
        raise fault(_FINISHED[finish.lower()])
    if message.additional_kwargs.get("refusal"):
        raise fault(errors.ModelRefusal)
    text = str(message.text)
    if len(text.encode("utf-8", "replace")) > max_bytes:
        raise fault(errors.ModelAnswerLarge, detail=f"over {max_bytes} bytes")
    if request.answer_schema:
        text = object_in(text, request.answer_schema.get("required", ()))
    else:
        text = readable(without_thoughts(text))
    usage = message.usage_metadata or {}
    return ChatAnswer(
        text=text,
        tokens_in=_count(usage.get("input_tokens")),
        tokens_out=_count(usage.get("output_tokens")),
        finish=_word(finish),
        model=_word(about.get("model_name") or about.get("model") or ""),
    )


def _count(value: Any) -> int:
    return max(0, value) if isinstance(value, int) else 0


def _word(value: Any) -> str:
    return str(value).encode("ascii", "replace").decode()[:100]
