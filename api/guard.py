"""What every request passes before the app sees it, and every response on its way out.

Loopback alone does not keep other sites out: a page elsewhere can point its own name at 127.0.0.1,
or post a form here. So the Host header is checked, and the Origin of everything that is not a read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem, last_resort, problem, respond

MAX_BODY = 1_000_000
"""Bytes. The largest pair that the profiles' own caps allow is smaller."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DOCUMENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""For a guide that is one HTML file: its style stands inside it, and nothing else may run or load."""

_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: under it browsers post our own form with "Origin: null". Other sites get nothing.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:\[\]@/]+)(?::\d{1,5})?")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_PORTS = {"http": ":80", "https": ":443"}


def host_name(host: str) -> str | None:
    """The name in a Host header, without port, in lower case; an IPv6 literal keeps its brackets."""
    found = _HOST.fullmatch(host.strip().lower())
    return found.group(1).rstrip(".") if found else None


def _allowed(hosts: Iterable[str]) -> frozenset[str]:
    """Settings may write ``::1`` for ``[::1]``, and a port, which does not count."""
    written = (f"[{host}]" if host.count(":") > 1 and "[" not in host else host for host in hosts)
    return frozenset(name for host in written if (name := host_name(host)))


class Guard:
    """The outermost layer: Host, Origin, size of the body, headers."""

    def __init__(self, app: ASGIApp, *, allowed_hosts: Sequence[str], max_body: int = MAX_BODY) -> None:
        self.app, self.hosts, self.max_body = last_resort(app), _allowed(allowed_hosts), max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; anything but HTTP goes straight through (there are no websockets to reach)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refused = self._host(headers) or _origin(scope["method"], headers)
        body: Receive | None = receive
        if refused is None and scope["method"] not in _READS:
            body = await self._body(headers, receive)
        if refused is not None or body is None:
            too_large = problem("body-too-large", f"Keep it under {self.max_body:,} bytes.")
            # What is left of the body is not read, so the connection cannot be used again.
            await respond(refused or too_large, {"Connection": "close"})(scope, receive, out)
            return
        # HEAD is GET without a body; the server drops the body.
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        await self.app(inner, body, out)

    def _host(self, headers: Headers) -> Problem | None:
        named = headers.getlist("host")
        if len(named) != 1 or not named[0].strip():
            return problem("host-missing", "Send exactly one Host header.")
        if host_name(named[0]) not in self.hosts:
            return problem(
                "host-unknown", "The setting allowed_hosts names the hosts that this server answers to."
            )
        return None

    async def _body(self, headers: Headers, receive: Receive) -> Receive | None:
        """Reads the whole body, and hands it on as one message; None when it is too large."""
        length = headers.get("content-length", "0")
        if length.isdecimal() and (len(length) > 15 or int(length) > self.max_body):
            return None
        chunks: list[bytes] = []
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return receive
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
            more = message.get("more_body", False)
            if size > self.max_body:
                return None
        whole: Message = {"type": "http.request", "body": b"".join(chunks), "more_body": False}
        pending = [whole]

        async def replay() -> Message:
            return pending.pop() if pending else await receive()

        return replay


def _origin(method: str, headers: Headers) -> Problem | None:
    """A browser names the site that a post comes from; only this one may."""
    if method in _READS:
        return None
    refusal = problem("origin", "Send the request from this site's own page, or from a program.")
    origin = headers.get("origin")
    if origin is None:
        return None if headers.get("sec-fetch-site", "none") in ("none", "same-origin") else refusal
    try:
        parts = urlsplit(origin.strip().lower())
        port = _PORTS.get(parts.scheme, "")
    except ValueError:
        return refusal
    host = headers["host"].strip().lower()
    same = bool(parts.netloc) and port != "" and parts.netloc.removesuffix(port) == host.removesuffix(port)
    return None if same else refusal
