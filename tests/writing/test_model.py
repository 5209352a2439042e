"""The model writer: good answers make the guide better, and only where a slot allows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from guidegen.domain.chat import ChatAnswer, ChatRequest, Deadline
from guidegen.domain.guide import Guide
from guidegen.errors import ModelNoJson
from guidegen.guides import Parts
from guidegen.llm.fakes import ScriptedModel
from guidegen.writing import checks
from guidegen.writing.model import read_slots
from guidegen.writing.prompts import SECTIONS
from tests.writing.model_making import GOOD, NEW, Memory, good, guide_of, jobs, offered, slots, with_model

NONE = {section: [slots()] for section in SECTIONS}


def bones(guide: Guide) -> Any:
    """What a model may never change: minutes, order, who leads and asks, ids and which sources stand behind what."""
    return (
        [(b.id, b.start, b.minutes, b.lead, b.title, b.questions, b.activity) for b in guide.agenda.blocks],
        [(b.id, b.start, b.minutes, b.questions) for b in guide.rescue.blocks],
        [(f.id, f.evidence, f.as_of, f.contested, f.stale) for f in guide.primer.facts],
        [(m.id, m.claim, m.evidence) for m in guide.primer.misconceptions],
        [(q.id, q.asked_by, q.stage, q.direction, q.if_time) for q in guide.questions if not q.id.startswith("question/new")],
        [(c.id, c.who) for c in guide.checklist],
        [(p.id, [x.id for x in p.lines if not x.id.endswith("/new")]) for b in (guide.mentor_brief, guide.executive_brief) for p in b.parts],
        guide.agreement, guide.next_session, guide.pulse, guide.commitments, guide.pair, guide.topic, guide.fit_notes,
    )


def test_good_answers_stand_in_the_guide(parts: Parts) -> None:
    """Every accepted text is printed with the names back, and says that a model wrote it; the bones stay."""
    model = ScriptedModel({section: [text] for section, text in GOOD.items()})
    composed, guide = guide_of(parts), guide_of(with_model(parts, model))
    work = guide.provenance.work
    assert work is not None
    assert work.findings == ()
    assert (work.model, work.take, work.attempts) == ("fake:scripted", 1, 4)
    assert work.changed == sum(len(json.loads(good(request))["slots"]) for request in model.history) >= 8
    assert work.tokens_in > 0
    assert len(work.prompts) == 9
    assert "Vietnam" in guide.primer.why[0].text
    assert "Aiko wants to learn" in guide.primer.why[-1].text
    assert guide.primer.why[0].origin == "model"
    assert guide.primer.why[1].origin == "composed"
    assert bones(guide) == bones(composed)
    assert checks.sources_known(guide, parts.library.sources) == []
    assert checks.two_way(guide) == []
    assert checks.no_sentence_twice(guide) == []
    assert "MENTOR" not in guide.model_dump_json()


def test_a_changed_question_changes_wherever_it_is_quoted(parts: Parts) -> None:
    """The message sent ahead and both briefs quote the question as it now stands."""
    composed = guide_of(parts)
    guide = guide_of(with_model(parts, ScriptedModel({section: [text] for section, text in GOOD.items()})))
    before, after = composed.questions[0].text, guide.questions[0].text
    assert before != after
    assert before not in guide.model_dump_json()
    assert after in guide.send_ahead.text


def test_a_new_question_has_its_why_and_its_source(parts: Parts) -> None:
    """A new question comes last, only if there is time, and cites; without a why or a source it is left out."""
    model = ScriptedModel({section: [text] for section, text in GOOD.items()})
    new = guide_of(with_model(parts, model)).questions[-1]
    assert (new.id, new.origin, new.if_time, new.asked_by) == ("question/new/1", "model", True, "executive")
    assert new.evidence
    asked = NEW
    for rows in ([("new/1", asked, ["crypto/paying-and-being-paid"])], [("new/1", asked, []), ("new/1/why", "EXECUTIVE asks treasury first.", [])]):
        lone = guide_of(with_model(parts, ScriptedModel({**NONE, "session": [slots(*rows), slots()]})))
        assert not [q for q in lone.questions if q.id.startswith("question/new")]


def test_no_change_is_the_composed_guide(parts: Parts) -> None:
    """A model that changes nothing leaves every word as composed; only provenance differs."""
    composed, guide = guide_of(parts), guide_of(with_model(parts, ScriptedModel(NONE)))
    assert guide.model_dump(exclude={"provenance"}) == composed.model_dump(exclude={"provenance"})
    assert guide.provenance.content_id != composed.provenance.content_id


def test_a_composed_guide_says_nothing_of_models(parts: Parts) -> None:
    """Without a model the JSON is what it always was: no field of a model's work."""
    assert "work" not in json.loads(guide_of(parts).model_dump_json())["provenance"]


def test_what_fails_is_asked_once_more_with_the_findings(parts: Parts) -> None:
    """The second call carries the failed slot, its findings and only its id; a mended text then stands."""
    bad = slots(("primer/why/topic", "Read https://evil.example first.", []))
    good = slots(("primer/why/topic", "Your supplier in Vietnam waits for an answer, and this meeting prepares it.", []))
    model = ScriptedModel({**NONE, "primer": [bad, good]})
    guide = guide_of(with_model(parts, model))
    again = [r for r in model.history if len(r.messages) > 2]
    assert [len(r.messages) for r in again] == [4]
    assert offered(again[0]) == ["primer/why/topic"]
    assert "[primer/why/topic]" in again[0].messages[-1].text
    assert guide.primer.why[0].text.startswith("Your supplier in Vietnam")
    work = guide.provenance.work
    assert work is not None
    assert (work.findings, work.attempts) == ((), 5)


def test_what_fails_twice_stays_composed_and_is_told(parts: Parts) -> None:
    """There is no third try; the finding names the place and a code."""
    bad = slots(("primer/why/topic", "Read https://evil.example first.", []))
    model = ScriptedModel({**NONE, "primer": [bad, bad, bad]})
    guide = guide_of(with_model(parts, model))
    assert guide.primer == guide_of(parts).primer
    assert guide.provenance.work is not None
    assert all(f.startswith("primer: primer/why/topic: ") for f in guide.provenance.work.findings)
    assert len(model.history) == 5


def test_the_same_request_is_paid_for_once(parts: Parts) -> None:
    """With a store the second guide makes no call and is the same; a take or --fresh asks again."""
    store, model = Memory(), ScriptedModel({section: [text] * 3 for section, text in GOOD.items()})
    first = guide_of(with_model(parts, model, store))
    assert guide_of(with_model(parts, model, store)) == first
    assert len(model.history) == 4
    second = guide_of(with_model(parts, model, store, take=2))
    assert len(model.history) == 8
    assert second.provenance.request_id != first.provenance.request_id
    assert second.provenance.content_id != first.provenance.content_id
    guide_of(with_model(parts, model, store, fresh=True))
    assert len(model.history) == 12


def test_killed_between_answer_and_check_a_second_run_pays_nothing(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever dies while judging, the answers are kept already."""
    from guidegen.writing import model as module

    class Killed(BaseException):
        """Nothing catches it, as nothing catches kill -9."""

    def dies(*_: Any) -> None:
        raise Killed

    store, model = Memory(), ScriptedModel({section: [text] for section, text in GOOD.items()})
    with monkeypatch.context() as patched:
        patched.setattr(module, "_judge", dies)
        with pytest.raises(Killed):
            guide_of(with_model(parts, model, store))
    assert len(store.rows) == 4
    guide = guide_of(with_model(parts, model, store))
    assert len(model.history) == 4
    assert guide.provenance.work is not None
    assert guide.provenance.work.findings == ()


def test_every_section_works_under_the_one_deadline(parts: Parts) -> None:
    """All calls see the guide's own deadline."""
    seen: list[Deadline] = []

    class Watch:
        name = "fake:watch"

        def complete(self, request: ChatRequest, deadline: Deadline) -> ChatAnswer:
            seen.append(deadline)
            return ChatAnswer(text=slots())

    guide_of(with_model(parts, Watch()))
    assert len(seen) == 4
    assert {d.end for d in seen} == {60.0}


@pytest.mark.parametrize("session", [{"minutes": 15}, {"minutes": 180}, {"kind": "standard", "number": 2}, {"kind": "rescue", "minutes": 15}, {"place": "video"}])
def test_every_kind_of_session_can_be_asked_for(parts: Parts, session: dict[str, Any]) -> None:
    """Prompts and slots exist for short, long, later and remote sessions alike."""
    guide = guide_of(with_model(parts, ScriptedModel(NONE)), **session)
    assert guide.provenance.work is not None
    assert guide.provenance.work.findings == ()


def test_slots_hold_nothing_that_must_be_said_as_it_is(parts: Parts) -> None:
    """The agreement, hard moments, pulse, dates and what people wrote for themselves have no slot."""
    ids = [slot for job in jobs(parts).values() for slot in job.slots]
    assert len(ids) == len(set(ids))
    assert len(ids) > 40
    for never in ("/repair/", "/own/", "/work", "agreement", "pulse", "next", "commit", "agenda/check-in"):
        assert not [slot for slot in ids if never in slot]


@pytest.mark.parametrize("text", ["[]", "{}", '{"slots": 3}', '{"slots": ["x", 4]}', '{"slots": [{"slot_id": 4}]}'])
def test_an_answer_without_slots_is_asked_for_again(text: str) -> None:
    """What has not the shape asked for is an error of ours with a code."""
    with pytest.raises(ModelNoJson):
        read_slots(text)


def test_a_model_is_chosen_and_never_assumed(tmp_path: Path) -> None:
    """A key or an address in the environment chooses nothing; a flag, a variable or the file does."""
    from guidegen.settings import load

    env = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}
    idle = load(env, tmp_path)
    assert (idle.model, idle.api_key, idle.base_url) == (None, None, None)
    for chosen in (load(env, tmp_path, model="openai:m"), load({**env, "GUIDEGEN_MODEL": "openai:m"}, tmp_path)):
        assert (chosen.model, chosen.base_url) == ("openai:m", "http://127.0.0.1:1/v1")
        assert "sk-x" not in repr(chosen)
    assert load({**env, "GUIDEGEN_MODEL": "ollama:m"}, tmp_path).api_key is None
    (tmp_path / "guidegen.toml").write_text('model = "openai:f"\n')
    assert load({}, tmp_path).model == "openai:f"
