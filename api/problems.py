"""Everything that can go wrong at the door, in one shape: application/problem+json (RFC 9457).

``KINDS`` is the one table from an error's code to its HTTP status. Nothing else decides a status.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from guidegen.errors import Fault, GuidegenError

MEDIA_TYPE = "application/problem+json"
_TOPICS = "GET /v1/topics lists them all."
log = logging.getLogger("api")


class Kind(NamedTuple):
    """What a code means at this door; ``remedy`` replaces the error's own, which speaks of commands."""

    status: int
    title: str
    remedy: str = ""


KINDS: Mapping[str, Kind] = {
    # What was asked cannot be done as asked.
    "input": Kind(422, "The request cannot be used as it is"),
    "people": Kind(422, "The profiles have faults"),
    "session": Kind(422, "The session cannot be planned"),
    "topic-unknown": Kind(404, "No topic fits", _TOPICS),
    "topic-off-limits": Kind(
        422, "The topic is outside what this pair agreed to", f"Choose another. {_TOPICS}"
    ),
    "guide-file": Kind(422, "The guide cannot be read back"),
    # What is wrong on this side. The log says more; the answer does not.
    "guidegen": Kind(500, "Something went wrong on this side"),
    "settings": Kind(500, "A setting of this server cannot be used"),
    "render": Kind(500, "The document could not be made"),
    "output": Kind(500, "A file could not be written on this server"),
    "internal": Kind(500, "Something went wrong on this side"),
    "corpus": Kind(503, "The library of topics has faults"),
    "retrieval": Kind(503, "The search index cannot be used"),
    "not-ready": Kind(503, "The library of topics is still being read"),
    # What a language model's endpoint did; a guide never fails for it, it is composed then.
    "model": Kind(502, "The language model gave nothing that can be used"),
    "model-setup": Kind(500, "The language model is not set up"),
    "model-unreachable": Kind(502, "The language model cannot be reached"),
    "model-dropped": Kind(502, "The connection to the language model broke"),
    "model-timeout": Kind(504, "The language model took too long"),
    "model-busy": Kind(503, "The language model takes no more calls just now"),
    "model-quota": Kind(502, "The language model's account is spent"),
    "model-denied": Kind(502, "The language model refuses the key"),
    "model-not-found": Kind(502, "The language model is not known at its endpoint"),
    "model-request": Kind(502, "The language model does not take the request"),
    "model-context": Kind(502, "The prompt is too long for the language model"),
    "model-filtered": Kind(502, "A content filter stopped the language model"),
    "model-refusal": Kind(502, "The language model declined to answer"),
    "model-server": Kind(502, "The language model failed on its own side"),
    "model-answer-cut": Kind(502, "The language model's answer was cut off"),
    "model-answer-large": Kind(502, "The language model's answer is too large"),
    "model-no-json": Kind(502, "The language model did not answer with JSON"),
    "model-answer": Kind(502, "The language model's answer cannot be read"),
    # What the door itself refuses.
    "bad-json": Kind(400, "The body is not JSON that can be used"),
    "bad-request": Kind(400, "The request cannot be read"),
    "host-missing": Kind(400, "The request names no host"),
    "origin": Kind(403, "The request comes from another site"),
    "not-found": Kind(404, "There is nothing at this address"),
    "method": Kind(405, "This address does not take this method"),
    "not-acceptable": Kind(406, "None of the formats asked for can be made"),
    "body-too-large": Kind(413, "The body is too large"),
    "media-type": Kind(415, "The body is of a kind that is not read here"),
    "host-unknown": Kind(421, "This server does not answer to that host"),
}
_BY_STATUS = {404: "not-found", 405: "method", 413: "body-too-large", 415: "media-type", 422: "input"}
_LOG_SAYS = "Nothing you sent is at fault. Try again in a moment; the server's log says what happened."


class ProblemFault(BaseModel):
    """One thing that is wrong with the request, where it is, and what to do about it."""

    model_config = ConfigDict(frozen=True)

    file: str = Field(description="body, or the part of the request that is meant")
    line: int = Field(description="1-based line of the body; 0 when unknown or when the whole is meant")
    field: str = Field(description="dotted path, such as pair.mentor.goals[0]")
    problem: str = Field(description="what is wrong")
    remedy: str = Field(description="what to do about it; may be empty")


class Problem(BaseModel):
    """The one shape of every error."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(description="urn:guidegen:problem: and the code")
    title: str = Field(description="the kind of problem; the same words for the same code")
    status: int = Field(description="the HTTP status")
    detail: str = Field(description="what happened this time")
    code: str = Field(description="stable; branch on this")
    faults: tuple[ProblemFault, ...] = Field((), description="everything wrong with the request, at once")
    nearest: tuple[str, ...] = Field((), description="topic ids worth trying, best first")


class Refused(GuidegenError):
    """The door says no before the core is asked; ``kind`` is a code of ``KINDS``."""

    def __init__(
        self,
        kind: str,
        message: str,
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message, faults=faults)
        self.kind = kind
        self.headers = dict(headers or {})


def code_of(error: GuidegenError) -> str:
    """The error's code in ``KINDS``; an error class not listed counts as its nearest parent."""
    if isinstance(error, Refused):
        return error.kind
    codes = (getattr(parent, "code", "") for parent in type(error).__mro__)
    return next(code for code in codes if code in KINDS)


def problem_of(error: GuidegenError) -> Problem:
    """The problem that an error of ours is. What happened on this side is logged, never told."""
    code = code_of(error)
    kind = KINDS[code]
    if kind.status >= 500 and code != "not-ready":
        log.error("%s: %s", code, error)
        return problem(code, _LOG_SAYS)
    return problem(
        code,
        f"{error.message} {kind.remedy or error.remedy}".strip(),
        faults=error.faults,
        nearest=getattr(error, "nearest", ()),
    )


def problem(code: str, detail: str, *, faults: Sequence[Fault] = (), nearest: Sequence[str] = ()) -> Problem:
    """A problem of a kind in ``KINDS``."""
    return Problem(
        type=f"urn:guidegen:problem:{code}",
        title=KINDS[code].title,
        status=KINDS[code].status,
        detail=detail,
        code=code,
        faults=tuple(
            ProblemFault(file=f.file, line=f.line, field=f.field, problem=f.problem, remedy=f.remedy)
            for f in faults
        ),
        nearest=tuple(nearest),
    )


def internal() -> Problem:
    """The answer to a fault nobody foresaw: no path, no stack, no value."""
    return problem("internal", _LOG_SAYS)


def respond(found: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem as a response."""
    return JSONResponse(
        found.model_dump(mode="json"),
        status_code=found.status,
        media_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )


def _ours(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, GuidegenError)
    headers = error.headers if isinstance(error, Refused) else {}
    if code_of(error) == "not-ready":
        headers = {"Retry-After": "2", **headers}
    return respond(problem_of(error), headers)


def _frameworks(request: Request, error: Exception) -> JSONResponse:
    """What the framework raises itself: no such address, a wrong method, a static file not there."""
    assert isinstance(error, HTTPException)
    if error.status_code >= 500:
        log.error("%s %s: %s", request.method, request.url.path, error.detail)
        return respond(internal())
    code = _BY_STATUS.get(error.status_code, "bad-request")
    details = {
        "not-found": "Check the address; /openapi.json lists them all.",
        "method": "The Allow header names the methods that this address takes.",
    }
    return respond(problem(code, details.get(code, KINDS[code].title + ".")), error.headers)


def _parameters(_: Request, error: Exception) -> JSONResponse:
    """Parameters of the address that do not fit their declaration."""
    assert isinstance(error, RequestValidationError)
    faults = [_fault(item) for item in error.errors()]
    return respond(problem("input", "Some parameters cannot be used.", faults=faults))


def _fault(item: Mapping[str, Any]) -> Fault:
    where, *path = [str(step) for step in item["loc"]] or ["request"]
    said = str(item["msg"]).rstrip(".") + "."
    return Fault(where, 0, ".".join(path), said, "Add it." if item["type"] == "missing" else "")


def last_resort(app: ASGIApp) -> ASGIApp:
    """``app``, in which a fault nobody foresaw is logged and answered like any other problem."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def out(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await app(scope, receive, out)
        except Exception:
            if started:
                raise
            log.exception("%s %s", scope["method"], scope["path"])
            await respond(internal())(scope, receive, send)

    return answered


def install(app: FastAPI) -> None:
    """Gives every error that the app raises on purpose the one shape."""
    app.add_exception_handler(GuidegenError, _ours)
    app.add_exception_handler(HTTPException, _frameworks)
    app.add_exception_handler(RequestValidationError, _parameters)
