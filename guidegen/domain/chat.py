"""What is said to a language model and what comes back: plain nouns, no vendor's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from guidegen.domain.fingerprint import fingerprint
from guidegen.domain.frozen import Frozen

Mode = Literal["json_schema", "json_object", "text"]
"""How an answer's shape is asked for: the endpoint enforces a schema, enforces JSON, or nothing."""

MODES: tuple[Mode, ...] = ("json_schema", "json_object", "text")
"""The ladder, strictest first."""


class Message(Frozen):
    """One turn of what is said; ``text`` leaves the house exactly as it stands here."""

    role: Literal["system", "user", "assistant"] = Field(description="who speaks")
    text: str = Field(description="the words, whole")


class ChatRequest(Frozen):
    """One call. Nothing is added to the messages on the way: what a preview prints is what is sent."""

    messages: tuple[Message, ...] = Field(description="in order; what many calls share stands first")
    answer_schema: dict[str, Any] | None = Field(
        None, description="JSON schema of the answer, an object; none asks for plain text"
    )
    schema_name: str = Field("answer", pattern=r"^[A-Za-z0-9_-]{1,64}$", description="the schema's name")
    max_tokens: int = Field(2048, ge=1, description="most tokens the answer may have")
    temperature: float = Field(0.3, ge=0, le=2, description="0 is the most likely words")
    mode: Mode | None = Field(
        None, description="exactly this mode; none lets the adapter use the strictest that works"
    )


class ChatAnswer(Frozen):
    """What came back, whole and readable: anything less was raised as a ModelError.

    With an ``answer_schema`` the text is one JSON object: fences, prose and thinking around it are
    gone. That it fits the schema is for the caller to check.
    """

    text: str = Field(description="the JSON object asked for, else the plain text")
    tokens_in: int = Field(0, ge=0, description="tokens of the prompt, as the endpoint counts; 0 unknown")
    tokens_out: int = Field(0, ge=0, description="tokens of the answer, as the endpoint counts; 0 unknown")
    finish: str = Field("stop", description="why the model stopped, in the endpoint's word")
    model: str = Field("", description="the model's name, as the endpoint gives it")
    attempts: int = Field(1, ge=1, description="calls over the network that this answer took")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which all is done: one is made for a guide and handed down to every call.

    ``end`` is in seconds on ``clock``, a monotonic clock handed in by wiring (a fake one in tests).
    """

    end: float
    clock: Callable[[], float]

    @classmethod
    def after(cls, seconds: float, clock: Callable[[], float]) -> Deadline:
        """The deadline ``seconds`` from now."""
        return cls(clock() + seconds, clock)

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.end - self.clock())

    def within(self, seconds: float) -> Deadline:
        """This deadline or the one ``seconds`` from now, whichever comes first."""
        return Deadline(min(self.end, self.clock() + seconds), self.clock)


def answer_key(model: str, request: ChatRequest, take: int = 1) -> str:
    """The key an answer is kept under: who was asked, what was asked, and which try is wanted."""
    return fingerprint("answer", model, request, take, length=64)
