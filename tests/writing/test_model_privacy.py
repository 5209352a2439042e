"""Nothing that must stay here leaves: names, addresses, the organisation, private notes, ages, withheld fields."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from guidegen.domain.chat import Deadline
from guidegen.domain.people import Pair
from guidegen.domain.session import Session
from guidegen.errors import ModelError
from guidegen.guides import Parts, make_guide
from guidegen.llm.fakes import ObedientModel, ScriptedModel
from guidegen.llm.langchain_chat import LangchainChat
from guidegen.llm.loopback import Loopback, answer
from guidegen.people import pair_from
from guidegen.storage import SqlAnswerStore
from guidegen.writing.model import ModelWriter
from guidegen.writing.prompts import SECTIONS
from tests.conftest import TODAY
from tests.ten_pairs import pair_data
from tests.writing.model_making import ON, PROMPTS, everywhere, ground, offered, outbound, slots, with_model

NAMES = ("Quillonia", "Vexforth", "Brambleson", "Ophirasta", "Zyntriq", "Kestrelmoor")
NOTES = ("wombat clause", "narwhal audit")
MAIL = ("q.vexforth@zyntriq.example", "ophi@zyntriq.example")


def secret_pair() -> Pair:
    """Two people whose names, addresses and notes are found nowhere else."""
    data = pair_data("procurement")
    executive: dict[str, Any] = {
        **data["executive"], "name": "Quillonia Vexforth", "email": MAIL[0], "organisation": "Zyntriq",
        "private_notes": "The wombat clause worries me.", "reports_to": "Kestrelmoor Dane",
        "goals": ["Decide with Ophirasta whether Zyntriq pays in coins; I am 58 years old and new to it", "Write to q.vexforth@zyntriq.example less often"],
        "context": "Quillonia Vexforth was asked by Kestrelmoor Dane to report on this.",
    }
    mentor: dict[str, Any] = {
        **data["mentor"], "name": "Ophirasta Brambleson", "email": MAIL[1], "organisation": "Zyntriq",
        "private_notes": "Nobody may hear of the narwhal audit.", "goals": ["Learn from Quillonia Vexforth how a supplier contract is negotiated"],
    }
    return pair_from({"executive": executive, "mentor": mentor}, "secret")


def clean(said: str) -> None:
    """None of it, in any case or spelling of the text."""
    low = said.casefold()
    for secret in (*NAMES, *NOTES, *MAIL):
        assert secret.casefold() not in low, secret
    assert "58 years" not in said


def make(parts: Parts) -> Any:
    return make_guide(parts, secret_pair(), "crypto", Session(on=ON), today=TODAY)


def test_no_request_carries_what_must_stay(parts: Parts) -> None:
    """First and second requests of all sections are clean, and speak of the two by placeholder."""
    model = ScriptedModel(everywhere(lambda r: slots((offered(r)[0], "Ask MENTOR about 4711 things at once.", []))))
    make(with_model(parts, model))
    assert len(model.history) == 2 * len(SECTIONS)
    for request in model.history:
        clean(outbound(request))
        assert "EXECUTIVE" in outbound(request)


def test_nothing_is_left_in_bodies_rows_logs_or_provenance(parts: Parts, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Over a socket, with a store on disk and every log line caught, only placeholders are seen outside the guide."""
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "answers.sqlite"
    store = SqlAnswerStore(f"sqlite:///{file}")
    with Loopback(then=lambda _: answer('{"slots": [{"slot_id": "primer/why/topic", "text": "MENTOR and EXECUTIVE look at what COMPANY pays to suppliers today.", "evidence": []}]}')) as server:
        chat = LangchainChat("openai:any", base_url=server.url, api_key="sk-canary", mode="json_object")
        writer = ModelWriter(chat, PROMPTS, ground(parts), store_for=store.about)
        guide = make(Parts(parts.library, parts.index, writer, lambda: Deadline.after(20, time.monotonic)))
        bodies = json.dumps(list(server.calls), ensure_ascii=False)
    clean(bodies)
    clean(caplog.text)
    assert "sk-canary" not in caplog.text
    clean(guide.provenance.model_dump_json())
    assert guide.primer.why[0].text == "Ophirasta and Quillonia look at what Zyntriq pays to suppliers today."
    rows = "\n".join(sqlite3.connect(file).iterdump())
    assert "MENTOR" in rows
    clean(rows)
    assert "secret" not in rows
    assert store.erase(secret_pair().executive.id)
    assert store.count() == 0


@pytest.mark.parametrize("field", ["goals", "role", "department"])
def test_withheld_fields_do_not_leave(parts: Parts, field: str) -> None:
    """A field that the programme keeps from models is in no request, nor in a composed text that is sent."""
    data = pair_data("finance")
    told: Any = ["See how the quokka ledger closes at night"] if field == "goals" else "Quokka ledger wardens"
    pair = pair_from({**data, "executive": {**data["executive"], field: told}}, "x")
    model = ScriptedModel(everywhere(slots()))
    make_guide(with_model(parts, model, withheld=(field,)), pair, "crypto", Session(on=ON), today=TODAY)
    for request in model.history:
        assert "quokka" not in outbound(request).casefold()
    other = ScriptedModel(everywhere(slots()))
    make_guide(with_model(parts, other), pair, "crypto", Session(on=ON), today=TODAY)
    assert any("quokka" in outbound(request).casefold() for request in other.history)


def test_private_notes_stay_with_their_owner_even_if_a_model_obeys(parts: Parts) -> None:
    """An obedient model cannot give away what it never saw: notes stand in their owner's brief and nowhere else."""
    guide = make(with_model(parts, ObedientModel()))
    shared = guide.model_dump_json(exclude={"mentor_brief", "executive_brief"})
    for note in NOTES:
        assert note not in shared
    assert "narwhal" not in guide.executive_brief.model_dump_json()
    assert "wombat" not in guide.mentor_brief.model_dump_json()


def test_a_store_that_fails_costs_no_guide(parts: Parts, tmp_path: Path) -> None:
    """With a store that cannot be opened the answers still stand."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    model = ScriptedModel(everywhere(slots()))
    guide = make(with_model(parts, model, SqlAnswerStore(f"sqlite:///{blocked}/answers.sqlite")))
    assert guide.provenance.work is not None
    assert guide.provenance.work.findings == ()


def test_findings_never_repeat_what_was_written(parts: Parts) -> None:
    """Provenance names places and codes: neither the model's words nor the endpoint's reach it."""
    model = ScriptedModel({**everywhere(slots(("evil words of mine", "Zbigniew says it is so.", ["made-up"]))), "primer": [ModelError("endpoint words")] * 2})
    said = make(with_model(parts, model)).provenance.model_dump_json()
    for never in ("evil words", "Zbigniew", "made-up", "endpoint words"):
        assert never not in said
