"""Every error guidegen raises on purpose, in one tree.

    GuidegenError                 guidegen
    ├── InputError                input            what was asked cannot be done as asked
    │   ├── PeopleError           people           a profile or pair file has faults
    │   ├── SessionError          session          minutes, date, place or kind is out of range
    │   ├── TopicUnknown          topic-unknown    no such topic; carries the nearest ones
    │   ├── TopicOffLimits        topic-off-limits the topic is outside what this pair agreed to
    │   └── GuideFileError        guide-file       a guide's JSON cannot be read back
    ├── CorpusError               corpus           the corpus has faults
    ├── SettingsError             settings         a setting has a value that cannot be used
    ├── RetrievalError            retrieval        the index or the embedding model cannot be used
    ├── RenderError               render           a document could not be made
    ├── OutputError               output           a file could not be written
    └── ModelError                model            a language model gave nothing that can be used
        ├── ModelSetup            model-setup      its package, its key or its name is missing or wrong
        ├── ModelUnreachable      model-unreachable  nobody answers: refused, no such host, no TLS
        ├── ModelDropped          model-dropped    the connection broke before the answer was whole
        ├── ModelTimeout          model-timeout    no whole answer before the deadline
        ├── ModelBusy             model-busy       too many calls just now: try later
        ├── ModelQuota            model-quota      the account has nothing left to spend
        ├── ModelDenied           model-denied     the key is wrong, or may not do this
        ├── ModelNotFound         model-not-found  no such model or address at the endpoint
        ├── ModelRequest          model-request    the endpoint does not take the request as it is
        ├── ModelContext          model-context    the prompt is longer than the model can read
        ├── ModelFiltered         model-filtered   a content filter stopped the prompt or the answer
        ├── ModelRefusal          model-refusal    the model declined to answer
        ├── ModelServer           model-server     the endpoint failed on its own side
        ├── ModelAnswerCut        model-answer-cut    the answer ran into its limit of tokens
        ├── ModelAnswerLarge      model-answer-large  the answer is larger than is read
        ├── ModelNoJson           model-no-json    the model answered, but not with a JSON object
        └── ModelAnswer           model-answer     what came back is not an answer: empty, HTML, broken

Each class has a stable ``code`` (second column): it reaches the CLI's exit message, the API's
problem+json and the docs. A door (CLI or API) turns an error into words with ``str(error)``;
nobody parses messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a file, where it is, and what to do about it.

    ``line`` is 1-based and 0 when the whole file is meant; ``field`` is a dotted path.
    """

    file: str
    line: int
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        field = f" {self.field}:" if self.field else ""
        return f"{where}:{field} {self.problem} {self.remedy}".rstrip()


class GuidegenError(Exception):
    """The root of the tree. ``message`` says what was wrong, ``remedy`` what to do."""

    code: ClassVar[str] = "guidegen"

    def __init__(self, message: str, *, remedy: str = "", faults: Sequence[Fault] = ()) -> None:
        self.message = message
        self.remedy = remedy
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(message)

    def __str__(self) -> str:
        lines = [self.message, *(f"  {fault}" for fault in self.faults)]
        if self.remedy:
            lines.append(self.remedy)
        return "\n".join(lines)


class InputError(GuidegenError):
    """What was asked cannot be done as asked."""

    code = "input"


class PeopleError(InputError):
    """A profile or a pair file has faults; all of them are listed and nothing was loaded."""

    code = "people"


class SessionError(InputError):
    """The session's minutes, date, place, kind or language is out of range."""

    code = "session"


class TopicUnknown(InputError):
    """No topic has this id; ``nearest`` holds ids worth trying, best first."""

    code = "topic-unknown"

    def __init__(self, message: str, *, nearest: Sequence[str] = (), remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.nearest: tuple[str, ...] = tuple(nearest)


class TopicOffLimits(InputError):
    """The topic touches a subject this pair keeps out. It never says whose limit it is."""

    code = "topic-off-limits"


class GuideFileError(InputError):
    """A guide's JSON cannot be read back: not JSON, a wrong schema version, or a bad field."""

    code = "guide-file"


class CorpusError(GuidegenError):
    """The corpus has faults; all of them are listed with file, line and remedy."""

    code = "corpus"


class SettingsError(GuidegenError):
    """A setting, from the environment or guidegen.toml, has a value that cannot be used."""

    code = "settings"


class RetrievalError(GuidegenError):
    """The index or the embedding model's files are missing, damaged or of another version."""

    code = "retrieval"


class RenderError(GuidegenError):
    """A document could not be made from a view."""

    code = "render"


class OutputError(GuidegenError):
    """A file could not be written: no permission, no space, or not a folder."""

    code = "output"


class ModelError(GuidegenError):
    """A language model gave nothing that can be used; the subclass says why.

    ``status`` is the HTTP status, 0 without one. ``retry_after`` is how many seconds the endpoint
    asks to wait, None when it does not say. ``attempts`` counts the calls that were made. ``again``
    says whether the same call may go better next time. Messages carry nothing the endpoint wrote
    beyond its short error code: it may echo the prompt or the key.
    """

    code = "model"
    again: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        remedy: str = "",
        status: int = 0,
        retry_after: float | None = None,
        attempts: int = 1,
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.status = status
        self.retry_after = retry_after
        self.attempts = attempts


class ModelSetup(ModelError):
    """The model cannot be made: its package is not installed, its name is unknown, a key is missing."""

    code = "model-setup"


class ModelUnreachable(ModelError):
    """Nobody answers at the endpoint: the connection is refused, the host unknown, TLS fails."""

    code = "model-unreachable"
    again = True


class ModelDropped(ModelError):
    """The connection broke before the answer was whole."""

    code = "model-dropped"
    again = True


class ModelTimeout(ModelError):
    """No whole answer came in time: the endpoint stalls, drips, or says so itself (408, 504)."""

    code = "model-timeout"
    again = True


class ModelBusy(ModelError):
    """The endpoint takes no more calls just now (429, 529), or ours are all taken."""

    code = "model-busy"
    again = True


class ModelQuota(ModelError):
    """The account has nothing left to spend: waiting does not help."""

    code = "model-quota"


class ModelDenied(ModelError):
    """The key is missing or wrong (401), or may not do this (403)."""

    code = "model-denied"


class ModelNotFound(ModelError):
    """The endpoint knows no such model, or nothing answers at its address (404)."""

    code = "model-not-found"


class ModelRequest(ModelError):
    """The endpoint does not take the request as it is (400, 422 and their kin)."""

    code = "model-request"


class ModelContext(ModelError):
    """The prompt is longer than the model can read, or than the endpoint takes (413)."""

    code = "model-context"


class ModelFiltered(ModelError):
    """A content filter stopped the prompt or the answer."""

    code = "model-filtered"


class ModelRefusal(ModelError):
    """The model declined to answer."""

    code = "model-refusal"


class ModelServer(ModelError):
    """The endpoint failed on its own side (5xx, 409)."""

    code = "model-server"
    again = True


class ModelAnswerCut(ModelError):
    """The answer ran into its limit of tokens and ends in the middle."""

    code = "model-answer-cut"


class ModelAnswerLarge(ModelError):
    """The answer has more bytes than are read; reading stopped there."""

    code = "model-answer-large"


class ModelNoJson(ModelError):
    """The model answered, but no whole JSON object is in its words: asking again must say so."""

    code = "model-no-json"


class ModelAnswer(ModelError):
    """What came back is not an answer: empty, HTML, an error object, broken characters."""

    code = "model-answer"
    again = True
