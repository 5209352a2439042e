"""An OpenAI-compatible server on 127.0.0.1 that plays faults by script: for tests and benchmarks.

    with Loopback([FAULTS["reset mid-body"], answer('{"ok": true}')]) as server:
        model = LangchainChat("openai:any", base_url=server.url)

Standard library only, one thread per connection. It counts calls, bytes and how many ran at once.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from guidegen.llm.filling import filled

Body = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the server does with one call.

    ``wait`` is seconds before the first byte, ``drip`` seconds between single bytes (0 sends all at
    once). ``cut`` sends only so many bytes of the body; ``reset`` then breaks the connection hard,
    else it is closed politely. ``drop`` breaks it before any header; ``slow_headers`` drips those too.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    wait: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    reset: bool = False
    drop: bool = False
    chunked: bool = False
    slow_headers: bool = False


def answer(text: str | None, *, finish: str = "stop", usage: Body | None = None, **more: Any) -> Reply:
    """A whole answer with this text; ``more`` joins the message (a refusal, …)."""
    message = {"role": "assistant", "content": text, **more}
    return _json(
        {
            "id": "loopback",
            "object": "chat.completion",
            "created": 0,
            "model": "loopback",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": usage or {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        }
    )


def error(
    status: int, message: str = "no", *, headers: Mapping[str, str] | None = None, **more: Any
) -> Reply:
    """An error as such endpoints write it; ``more`` are its code, type, param."""
    return replace(_json({"error": {"message": message, **more}}), status=status, headers=headers or {})


def dutiful(body: Body) -> Reply:
    """What is asked for: a value that fits the schema, an object where JSON is asked for, else a word."""
    wanted = body.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        return answer(json.dumps(filled(wanted["json_schema"]["schema"], lambda name: f"A word on {name}.")))
    return answer('{"ok": true}' if wanted.get("type") == "json_object" else "ok")


def _json(value: Any) -> Reply:
    return Reply(json.dumps(value).encode())


_FINE = '{"ok": true}'
_LONG = "The model's maximum context length is 4096 tokens, however you requested 9000 tokens."
_DATES = {"Date": "Sat, 21 Nov 2026 10:00:00 GMT", "Retry-After": "Sat, 21 Nov 2026 10:00:01 GMT"}

FAULTS: Mapping[str, Reply] = {
    "read stall": replace(answer(_FINE), wait=30.0),
    "one byte a second": replace(answer(_FINE), drip=1.0),
    "headers one byte a second": replace(answer(_FINE), drip=1.0, slow_headers=True),
    "429 retry after 1": error(429, headers={"Retry-After": "1"}),
    "429 retry after 150": error(429, headers={"Retry-After": "150"}),
    "429 retry after a date": error(429, headers=_DATES),
    "429 retry after a negative": error(429, headers={"Retry-After": "-5"}),
    "429 quota": error(429, "You exceeded your current quota.", code="insufficient_quota"),
    "400 context length": error(400, _LONG, code="context_length_exceeded"),
    "400 context length in words only": error(400, _LONG),
    "400 content filter": error(400, "The response was filtered.", code="content_filter"),
    "400": error(400, "no such thing", code="invalid_request"),
    **{str(status): error(status) for status in (401, 403, 404, 408, 409, 413, 422, 500, 502, 503, 529)},
    "502 in HTML": Reply(b"<html><h1>Bad gateway</h1></html>", status=502, kind="text/html"),
    "redirect": Reply(status=307, headers={"Location": "http://127.0.0.1:9/elsewhere"}),
    "reset before headers": Reply(drop=True, reset=True),
    "closed before headers": Reply(drop=True),
    "reset mid-body": replace(answer(_FINE), cut=40, reset=True),
    "closed mid-body": replace(answer(_FINE), cut=40),
    "reset mid-stream": replace(answer(_FINE), cut=40, reset=True, chunked=True),
    "closed mid-stream": replace(answer(_FINE), cut=40, chunked=True),
    "empty body": Reply(),
    "truncated JSON": Reply(answer(_FINE).body[:-30]),
    "HTML": Reply(b"<html><body>Please sign in</body></html>", kind="text/html"),
    "HTML said to be JSON": Reply(b"<html><body>Please sign in</body></html>"),
    "not HTTP": Reply(b"\x15\x03\x01\x00\x02\x02\x50" * 9, drop=True, cut=63),
    "error object": _json({"error": {"message": "overloaded", "code": 503}}),
    "a list": _json([1, 2]),
    "a string": _json("hello"),
    "null": _json(None),
    "choices missing": _json({"id": "x", "object": "chat.completion"}),
    "choices null": _json({"choices": None}),
    "choices empty": _json({"choices": []}),
    "message null": _json({"choices": [{"index": 0, "message": None, "finish_reason": "stop"}]}),
    "content null": answer(None),
    "content empty": answer(""),
    "content of a wrong type": _json({"choices": [{"message": {"role": "assistant", "content": 7}}]}),
    "usage of a wrong type": answer(_FINE, usage={"prompt_tokens": "many", "completion_tokens": None}),
    "invalid UTF-8": Reply(answer('{"ok": "@"}').body.replace(b"@", b"\xff\xfe")),
    "lone surrogate": answer('{"ok": "\ud800"}'),
    "lone surrogate escaped": answer('{"ok": "\\ud800"}'),
    "NUL": answer('{"ok": "a\\u0000b"}'),
    "NUL outside": answer("\0\0\0"),
    "finish length": answer('{"ok": tr', finish="length"),
    "finish content filter": answer("", finish="content_filter"),
    "refusal": answer(None, refusal="I cannot help with that."),
    "broken JSON": answer('{"ok": tru'),
    "deep JSON": answer('{"a":' * 50_000),
    "10 MB": answer("x" * 10_000_000),
    "10 MB in chunks": replace(answer("x" * 10_000_000), chunked=True),
    "compressed": Reply(b"\x1f\x8b\x08", headers={"Content-Encoding": "gzip"}),
}
"""Faults by name. Two are none in the end: a usage that cannot be read may still come with an answer."""


class Loopback:
    """The server; a context manager. The script is a queue; at its end ``then`` answers every call.

    ``calls`` holds the requests' bodies in order of arrival, ``connections`` how many were opened,
    ``most_at_once`` the highest number of calls in work together, ``bytes_in`` and ``bytes_out`` the sizes of the bodies read and sent.
    """

    def __init__(self, script: Iterable[Reply] = (), then: Callable[[Body], Reply] = dutiful) -> None:
        self._script = deque(script)
        self._then = then
        self._lock = threading.Lock()
        self._at_once = 0
        self._over = threading.Event()
        self.calls: list[Body] = []
        self.connections = 0
        self.most_at_once = 0
        self.bytes_in = 0
        self.bytes_out = 0
        self._server = _Server(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        """The base address to give to a client."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def play(self, *replies: Reply) -> None:
        """Puts replies at the end of the script."""
        with self._lock:
            self._script.extend(replies)

    def __enter__(self) -> Loopback:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                with loopback._lock:
                    loopback.connections += 1

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                reply = loopback._arrived(raw)
                try:
                    loopback._play(self, reply)
                except OSError:  # the client has gone: that is its right
                    self.close_connection = True
                finally:
                    loopback._left()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler

    def _arrived(self, raw: bytes) -> Reply:
        body = json.loads(raw)
        with self._lock:
            self.calls.append(body)
            self.bytes_in += len(raw)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            reply = self._script.popleft() if self._script else None
        return reply if reply is not None else self._then(body)

    def _left(self) -> None:
        with self._lock:
            self._at_once -= 1

    def _play(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        self._over.wait(reply.wait)
        body = reply.body if reply.cut is None else reply.body[: reply.cut]
        if not reply.drop:
            self._send(handler, _head(reply), reply.drip if reply.slow_headers else 0)
        if reply.chunked:
            body = b"%x\r\n%s\r\n" % (len(body), body) + (b"" if reply.cut is not None else b"0\r\n\r\n")
        self._send(handler, body, reply.drip)
        if reply.reset:
            _reset(handler.connection)
        if reply.drop or reply.cut is not None:
            handler.close_connection = True

    def _send(self, handler: BaseHTTPRequestHandler, data: bytes, drip: float) -> None:
        pieces = [data[i : i + 1] for i in range(len(data))] if drip else [data]
        for piece in pieces:
            if self._over.is_set():
                return
            handler.wfile.write(piece)
            with self._lock:
                self.bytes_out += len(piece)
            if drip:
                self._over.wait(drip)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away in the middle is no news."""


def _head(reply: Reply) -> bytes:
    length = {"Transfer-Encoding": "chunked"} if reply.chunked else {"Content-Length": str(len(reply.body))}
    headers = {"Content-Type": reply.kind, **length, **reply.headers}
    lines = [f"HTTP/1.1 {reply.status} Scripted", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _reset(connection: socket.socket) -> None:
    """Closes with RST: the other side reads "connection reset by peer"."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
