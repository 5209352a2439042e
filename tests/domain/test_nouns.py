"""The nouns are frozen: their fields are a contract, and a change to one is a change to this page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from guidegen.domain import formats, guide, people, plan, session, topic, views
from guidegen.domain.fingerprint import fingerprint

FIELDS: dict[type[BaseModel], str] = {
    people.Person: (
        "id name pronouns email organisation role department seniority reports_to time_zone languages teaches "
        "learns goals context off_limits access_needs preferences private_notes"
    ),
    people.Pair: "id mentor executive",
    people.Skill: "level experience",
    session.Session: "kind number on place minutes language format history",
    session.History: "used actions phrases",
    session.Action: "who text done",
    topic.Topic: (
        "id title aliases summary leadership_question prerequisites related sensitivity half_life_days "
        "reviewed_on support advice_note avoid passages misconceptions give_backs questions activities "
        "decisions outcomes terms"
    ),
    topic.Passage: (
        "id functions intents lenses level sensitivity title text in_short citations as_of contested "
        "half_life_days"
    ),
    topic.Question: (
        "id functions intents lenses level sensitivity text direction stage depth why follow_ups for_ "
        "evidence"
    ),
    topic.Activity: (
        "id functions intents lenses level sensitivity title minutes setup steps result place materials "
        "safety example_for evidence"
    ),
    topic.Decision: "id functions intents lenses level sensitivity question options check_first bridge artefact evidence",
    topic.Outcome: (
        "id functions intents lenses level sensitivity text who evidence_of_learning self_check activities "
        "evidence"
    ),
    topic.Term: "id functions intents lenses level sensitivity term meaning evidence",
    topic.Misconception: "id functions intents lenses level sensitivity claim correction citations",
    topic.GiveBack: "id functions intents lenses level sensitivity title text ask result",
    topic.Source: "id title publisher url kind published accessed",
    formats.Format: "id title kinds hands_on blocks agreement repair_lines pulse send_ahead behave",
    formats.Block: "id title kind share min_minutes max_minutes from_minutes lead setting purpose steps say",
    formats.Phrase: "id section about when text",
    plan.Plan: (
        "topic session mentor executive gap intent format blocks rescue rescue_blocks requests off_limits "
        "max_sensitivity fit_notes"
    ),
    plan.EvidenceRequest: "id kind who count spares max_minutes prefer",
    plan.Evidence: "picks thin_goals own_question warnings",
    guide.Guide: (
        "objectives artefact activity primer agenda questions checklist give_back rescue agreement "
        "mentor_brief executive_brief send_ahead commitments next_session pulse spares framing pair topic "
        "session sources warnings fit_notes provenance"
    ),
    views.GuideView: (
        "schema_version view pair topic session objectives artefact activity primer agenda questions "
        "checklist give_back rescue agreement briefs brief send_ahead commitments next_session pulse sources "
        "warnings fit_notes spares provenance"
    ),
    views.PrimerView: "schema_version view executive mentor topic session primer sources warnings provenance",
}


@pytest.mark.parametrize("noun", FIELDS, ids=lambda noun: noun.__name__)
def test_a_noun_keeps_its_fields(noun: type[BaseModel]) -> None:
    """Each noun has the fields of this page, in this order; those that leave the house say what each is."""
    assert list(noun.model_fields) == FIELDS[noun].split()
    if noun.__module__ != plan.__name__ and noun is not guide.Guide:
        assert [name for name, field in noun.model_fields.items() if not field.description] == []
    assert noun.model_config["frozen"] is True
    assert noun.model_config["extra"] == "forbid"


def test_nouns_do_not_change_and_take_nothing_unknown() -> None:
    """A noun cannot be changed once made, and refuses a field it does not have."""
    person = people.Person(id="a", name="A")
    with pytest.raises(ValidationError):
        person.name = "B"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        people.Person.model_validate({"id": "a", "name": "A", "age": 50})


def test_nobody_is_paired_with_themselves() -> None:
    """A pair needs two people."""
    person = people.Person(id="a", name="A")
    with pytest.raises(ValidationError, match="themselves"):
        people.Pair(id="p", mentor=person, executive=person)


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=5))
def test_a_fingerprint_depends_on_content_alone(data: dict[str, object]) -> None:
    """The order of keys changes nothing; any other change of content does."""
    assert fingerprint(data) == fingerprint(dict(reversed(list(data.items()))))
    assert fingerprint(data) != fingerprint({**data, "another key": 1})
