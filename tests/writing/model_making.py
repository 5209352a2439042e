"""What the tests of the model writer share: a writer over scripted models, and good answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from guidegen.domain.chat import ChatAnswer, ChatRequest, Deadline
from guidegen.domain.guide import Guide
from guidegen.domain.ports import AnswerStore, ChatModel
from guidegen.domain.session import Session
from guidegen.guides import Parts, brief_for, make_guide
from guidegen.people import pair_from
from guidegen.writing.asking import Ground, Job, jobs_of
from guidegen.writing.composed import ComposedWriter
from guidegen.writing.model import ModelWriter
from guidegen.writing.prompts import SECTIONS, Prompts
from tests.conftest import ROOT, TODAY
from tests.ten_pairs import pair_data

PROMPTS = Prompts(ROOT / "prompts")
ON = date(2027, 1, 14)
GROUND: list[Ground] = []


def ground(parts: Parts) -> Ground:
    """The ground of the corpus, made once in a process."""
    if not GROUND:
        GROUND.append(Ground.of(parts.library.topics.values(), parts.library.shelf))
    return GROUND[0]


class Memory:
    """An answer store in memory that notes what was put and in which order."""

    def __init__(self) -> None:
        self.rows: dict[str, ChatAnswer] = {}

    def get(self, key: str) -> ChatAnswer | None:
        return self.rows.get(key)

    def put(self, key: str, request: ChatRequest, answer: ChatAnswer) -> None:
        self.rows[key] = answer


def with_model(parts: Parts, chat: ChatModel, store: AnswerStore | None = None, **more: Any) -> Parts:
    """The parts with a model that writes; 60 seconds for a guide on a clock that stands still."""
    writer = ModelWriter(chat, PROMPTS, ground(parts), store_for=(lambda _: store) if store else None, **more)
    return Parts(parts.library, parts.index, writer, lambda: Deadline(60.0, lambda: 0.0))


def guide_of(parts: Parts, key: str = "procurement", changes: dict[str, Any] | None = None, **session: Any) -> Guide:
    """A guide for one of the ten pairs; ``changes`` are fields of the executive."""
    data = pair_data(key)
    pair = pair_from({**data, "executive": {**data["executive"], **(changes or {})}}, key)
    return make_guide(parts, pair, "crypto", Session.model_validate({"on": ON, **session}), today=TODAY)


def jobs(parts: Parts, key: str = "procurement", **session: Any) -> dict[str, Job]:
    """The calls for one of the ten pairs, by section."""
    pair = pair_from(pair_data(key), key)
    brief = brief_for(parts, pair, "crypto", Session.model_validate({"on": ON, **session}), today=TODAY)
    return {job.section: job for job in jobs_of(ComposedWriter().write(brief), brief, PROMPTS, ground(parts))}


def slots(*rows: tuple[str, str, list[str]]) -> str:
    """An answer with these slots: id, text, evidence."""
    return json.dumps({"slots": [{"slot_id": i, "text": t, "evidence": e} for i, t, e in rows]})


def offered(request: ChatRequest) -> list[str]:
    """The slot ids that a request allows."""
    assert request.answer_schema is not None
    found = request.answer_schema["properties"]["slots"]["items"]["properties"]["slot_id"]["enum"]
    return [str(slot) for slot in found]


def everywhere(line: Any, times: int = 4) -> dict[str, Iterable[Any]]:
    """The same script for every section."""
    return {section: [line] * times for section in SECTIONS}


def first_of(request: ChatRequest, start: str) -> str:
    """The first slot of a request whose id begins so."""
    return next(s for s in offered(request) if s.startswith(start))


def outbound(request: ChatRequest) -> str:
    """Everything of a request that leaves the house."""
    return request.model_dump_json()


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


QUESTION = "Think of your electronics supplier in Vietnam: what happens between their invoice and their money?"
NEW = "What would you put to treasury first if the request stood on your desk today?"
ROWS: dict[str, list[tuple[str, str, list[str]]]] = {
    "primer": [
        ("primer/why/topic", "Your electronics supplier in Vietnam has asked to be paid in a stablecoin. After this meeting you can say which of three answers you give, and what treasury and legal must see first.", []),
        ("primer/why/mentor", "MENTOR wants to learn how a supplier contract is really negotiated, so this supplier's request is a case for both of you.", []),
        ("fact/crypto/stablecoins", "A stablecoin rests on a reserve and the right to swap the coin back; in March 2023 one of them briefly fell to 82 cents on some exchanges.", ["crypto/stablecoins"]),
    ],
    "session": [
        ("agenda/decide/purpose", "Say what your supplier in Vietnam asks for, and which answer you lean towards today.", []),
        ("question/", QUESTION, []),
        ("why/", "EXECUTIVE sees which of those steps the supplier's request would change, and MENTOR learns how the contract came to have them.", []),
        ("new/1", NEW, ["crypto/paying-and-being-paid"]),
        ("new/1/why", "EXECUTIVE wants to know what to ask treasury before answering the supplier.", []),
    ],
    "mentor_brief": [
        ("brief/mentor/prepare/new", "Look at one payment you follow at work from invoice to arrival, without the customer's name: EXECUTIVE approves suppliers and will go along with it step by step.", []),
        ("brief/mentor/gap", "EXECUTIVE has to answer a supplier, not to explain a ledger. Begin with the payment and leave out how the chain works until it is asked for.", []),
    ],
    "executive_brief": [
        ("brief/executive/prepare/new", "Bring one invoice of your supplier in Vietnam with the names covered, so that you can both put a finger on the same line.", []),
    ],
}


def good(request: ChatRequest) -> str:
    """What a strong model writes for the procurement pair, in the slots that its guide has today."""
    rows = []
    for start, text, evidence in ROWS[request.schema_name]:
        found = [s for s in offered(request) if s == start or (start.endswith("/") and s.startswith(start))]
        rows += [(found[0], text, evidence)] if found else []
    return slots(*rows)


GOOD: dict[str, Callable[[ChatRequest], str]] = dict.fromkeys(SECTIONS, good)
"""Answers as a strong model writes them for the procurement pair."""
