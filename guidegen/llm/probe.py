"""Doctor's probe: one tiny call per mode says what an endpoint honours."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Literal, NamedTuple

from guidegen.domain.chat import MODES, ChatRequest, Deadline, Message, Mode
from guidegen.domain.ports import ChatModel
from guidegen.errors import ModelAnswer, ModelAnswerCut, ModelError, ModelNoJson

_WORD = "lantern"
_SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string", "enum": [_WORD]}},
    "required": ["word"],
    "additionalProperties": False,
}
# A question whose own answer is no "lantern": a schema that is passed over shows at once.
_ASKED = (
    Message(role="system", text="You answer with one JSON object and nothing else."),
    Message(role="user", text="Which planet is nearest to the sun? Answer as JSON with the key planet."),
)
_LONGEST = 400
"""Tokens: enough for a model that thinks before so small an answer."""


class Honoured(NamedTuple):
    """What came of one mode."""

    mode: Mode
    state: Literal["enforced", "works", "ignored", "failed"]
    says: str
    code: str = ""
    tokens: int = 0


def probe(model: ChatModel, deadline: Callable[[], Deadline]) -> tuple[Honoured, ...]:
    """One call per mode, strictest first; ``deadline`` gives each call its own.

    A fault that is not about the mode (no connection, a wrong key) ends the probe: the last finding
    carries its code.
    """
    found: list[Honoured] = []
    for mode in MODES:
        found.append(_tried(model, mode, deadline()))
        if found[-1].state == "failed" and found[-1].code != "model-request":
            break
    return tuple(found)


def strictest(found: tuple[Honoured, ...]) -> Mode | None:
    """The strictest mode worth using, the one to give to the adapter; None when none works."""
    return next((one.mode for one in found if one.state in ("enforced", "works")), None)


def _tried(model: ChatModel, mode: Mode, deadline: Deadline) -> Honoured:
    request = ChatRequest(
        messages=_ASKED,
        answer_schema=_SCHEMA,
        schema_name="probe",
        max_tokens=_LONGEST,
        temperature=0,
        mode=mode,
    )
    try:
        answer = model.complete(request, deadline)
    except (ModelNoJson, ModelAnswer, ModelAnswerCut) as error:
        return Honoured(mode, "ignored", "it answers, but not with JSON", error.code)
    except ModelError as error:
        return Honoured(mode, "failed", str(error), error.code)
    tokens = answer.tokens_in + answer.tokens_out
    if mode != "json_schema":
        return Honoured(mode, "works", "answers with JSON", tokens=tokens)
    if json.loads(answer.text) == {"word": _WORD}:
        return Honoured(mode, "enforced", "answers fit the schema", tokens=tokens)
    return Honoured(mode, "ignored", "takes a schema and passes over it", tokens=tokens)
