"""What a vendor's library raises, in our words, told apart by type.

Vendors' libraries derive from a few shapes: an HTTP status on the error, the exception names shared by
httpx and its kin, the operating system's own errors below them, and Python's errors where a strange
payload broke a parser. Types are matched by the names of their classes, so that no vendor is imported.
What the endpoint wrote reaches our message only as its short error code: it may echo the prompt.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from guidegen import errors
from guidegen.errors import ModelError

_SAYS: Mapping[type[ModelError], tuple[str, str]] = {
    errors.ModelUnreachable: (
        "Nobody answers at the model's endpoint.",
        "Check its address and that the server runs; `guidegen doctor` tries it.",
    ),
    errors.ModelDropped: ("The connection to the model broke before the answer was whole.", "Try again."),
    errors.ModelTimeout: ("The model gave no whole answer in time.", "Allow more time, or try again later."),
    errors.ModelBusy: ("The model's endpoint takes no more calls just now.", "Try again later."),
    errors.ModelQuota: ("The model's account has nothing left to spend.", "Look at its plan and billing."),
    errors.ModelDenied: ("The model's endpoint refuses the key.", "Check the key and what it may do."),
    errors.ModelNotFound: ("The endpoint knows no such model.", "Check the model's name and the address."),
    errors.ModelRequest: ("The model's endpoint does not take the request.", "`guidegen doctor` tries it."),
    errors.ModelContext: ("The prompt is longer than the model can read.", "Choose a model that reads more."),
    errors.ModelFiltered: ("A content filter stopped the call.", "Look at what the profiles say."),
    errors.ModelRefusal: ("The model declined to answer.", ""),
    errors.ModelServer: ("The model's endpoint failed on its own side.", "Try again later."),
    errors.ModelAnswerCut: ("The model's answer ran into its limit of tokens.", ""),
    errors.ModelAnswerLarge: ("The model's answer is larger than is read.", ""),
    errors.ModelAnswer: ("What came back from the model is not an answer.", "Try again."),
    ModelError: ("The model's library failed.", ""),
}

_BY_STATUS: Mapping[int, type[ModelError]] = {
    401: errors.ModelDenied,
    402: errors.ModelQuota,
    403: errors.ModelDenied,
    404: errors.ModelNotFound,
    408: errors.ModelTimeout,
    409: errors.ModelServer,
    413: errors.ModelContext,
    429: errors.ModelBusy,
    504: errors.ModelTimeout,
    529: errors.ModelBusy,
}

# Innermost first: an operating system's error says more than the library's wrapping of it.
_BY_NAME: Mapping[str, type[ModelError]] = {
    "gaierror": errors.ModelUnreachable,
    "ConnectionRefusedError": errors.ModelUnreachable,
    "SSLError": errors.ModelUnreachable,
    "ConnectError": errors.ModelUnreachable,
    "ProxyError": errors.ModelUnreachable,
    "UnsupportedProtocol": errors.ModelUnreachable,
    "InvalidURL": errors.ModelUnreachable,
    "LocalProtocolError": errors.ModelRequest,
    "TimeoutException": errors.ModelTimeout,
    "TimeoutError": errors.ModelTimeout,
    "APITimeoutError": errors.ModelTimeout,
    "ModelTimeoutError": errors.ModelTimeout,
    "ConnectionError": errors.ModelDropped,
    "NetworkError": errors.ModelDropped,
    "RemoteProtocolError": errors.ModelDropped,
    "APIConnectionError": errors.ModelDropped,
    "ModelConnectionError": errors.ModelDropped,
    "LengthFinishReasonError": errors.ModelAnswerCut,
    "ContentFilterFinishReasonError": errors.ModelFiltered,
    "OpenAIRefusalError": errors.ModelRefusal,
    "ContextOverflowError": errors.ModelContext,
    "ModelAuthenticationError": errors.ModelDenied,
    "ModelPermissionDeniedError": errors.ModelDenied,
    "ModelNotFoundError": errors.ModelNotFound,
    "ModelRateLimitError": errors.ModelBusy,
    "ModelInvalidRequestError": errors.ModelRequest,
    "ModelAPIError": errors.ModelServer,
}

# A parser that meets a payload it did not foresee raises one of Python's own.
_PAYLOAD = (ValueError, LookupError, TypeError, AttributeError, RecursionError)

_SHORT_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{1,48}")
_QUOTA = re.compile(r"insufficient_quota|billing|quota_exceeded|exceeded your current quota|credit", re.I)
_FILTER = re.compile(r"content[_ ]?(filter|management|policy)|responsible_?ai|safety_violations", re.I)
_CONTEXT = re.compile(
    r"context[_ ]?(length|window|size)|contextwindow|prompt is too long|too many tokens|maximum context"
    r"|string_above_max_length|exceeds? (the )?(available|maximum)",
    re.I,
)
_REFUSES: Mapping[str, re.Pattern[str]] = {
    "response_format": re.compile(
        r"response_?format|json_?schema|json_?object|grammar|guided|structured", re.I
    ),
    "temperature": re.compile(r"temperature", re.I),
    "max_tokens": re.compile(r"max_(completion_)?tokens", re.I),
}


def fault(kind: type[ModelError], *, detail: str = "", **more: Any) -> ModelError:
    """An error of this kind in its own words; ``detail`` is a short code, put in brackets."""
    message, remedy = _SAYS[kind]
    return kind(f"{message[:-1]} ({detail})." if detail else message, remedy=remedy, **more)


def translated(error: BaseException) -> tuple[ModelError, str]:
    """Our error for a library's, and what the endpoint says it does not take.

    The second is "response_format", "temperature", "max_tokens" or "": those can be left out.
    """
    chain = list(_chain(error))
    for link in chain:
        if isinstance(link, ModelError):
            return link, ""
    for link in chain:
        status = _status(link)
        if status >= 300:
            return _from_status(link, status)
    for link in reversed(chain):
        for parent in type(link).__mro__:
            if parent.__name__ in _BY_NAME:
                return fault(_BY_NAME[parent.__name__]), ""
    if isinstance(error, TypeError) and "unexpected keyword argument" in str(error):
        return fault(errors.ModelRequest), _refused(str(error))
    kind = errors.ModelAnswer if isinstance(error, _PAYLOAD) else ModelError
    return fault(kind, detail=type(error).__name__), ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _status(error: BaseException) -> int:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return 0


def _from_status(error: BaseException, status: int) -> tuple[ModelError, str]:
    words = _words(error)
    code = next((w for w in words[:2] if _SHORT_CODE.fullmatch(w)), "")
    said = " ".join(words)
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    kind = _BY_STATUS.get(status) or (errors.ModelServer if status >= 500 else errors.ModelRequest)
    refuses = ""
    if status == 429 and _QUOTA.search(said):
        kind = errors.ModelQuota
    elif kind is errors.ModelRequest:
        if _FILTER.search(said):
            kind = errors.ModelFiltered
        elif _CONTEXT.search(said):
            kind = errors.ModelContext
        else:
            refuses = _refused(said)
    elif kind is errors.ModelServer and _REFUSES["response_format"].search(said):
        refuses = "response_format"  # llama.cpp answers 500 to a schema its grammar cannot hold
    detail = f"{status} {code}".strip()
    return fault(kind, detail=detail, status=status, retry_after=retry_after(headers)), refuses


def _refused(said: str) -> str:
    return next((what for what, pattern in _REFUSES.items() if pattern.search(said)), "")


def _words(error: BaseException) -> list[str]:
    """The endpoint's code, type, parameter and message: read to tell faults apart, never passed on."""
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(inner, dict):
        return ["", "", "", str(inner or "")[:2000]]
    return [str(inner.get(key) or "")[:2000] for key in ("code", "type", "param", "message")]


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a Retry-After header asks to wait, never below 0; None without a usable one.

    A date is measured against the answer's own Date, so that our clock and theirs need not agree.
    """
    value = headers.get("retry-after")
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            then, now = parsedate_to_datetime(value), parsedate_to_datetime(headers.get("date", ""))
            seconds = (then - now).total_seconds()
        except (TypeError, ValueError):  # no date, a broken one, or one of the two without a zone
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
