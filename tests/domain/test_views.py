"""Who sees what: the table of docs/architecture.md, held for every private field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from guidegen.domain.session import Session
from guidegen.domain.views import AUDIENCES, GuideView, cut
from guidegen.guides import make_guide
from guidegen.people import pair_from
from tests.conftest import TODAY
from tests.ten_pairs import pair_data

SECRETS = {
    ("mentor", "email"): "mentor.canary@example.org",
    ("executive", "email"): "executive.canary@example.org",
    ("mentor", "context"): "Canary-context-of-the-mentor",
    ("executive", "context"): "Canary-context-of-the-executive",
    ("mentor", "private_notes"): "Canary-notes-of-the-mentor",
    ("executive", "private_notes"): "Canary-notes-of-the-executive",
    ("mentor", "preferences"): "Canary-preference-of-the-mentor",
    ("executive", "preferences"): "Canary-preference-of-the-executive",
    ("mentor", "off_limits"): "canarylimitone",
    ("executive", "off_limits"): "canarylimittwo",
}


@pytest.fixture(scope="module")
def views(parts: Any) -> dict[str, str]:
    """Each view's JSON, of a pair in which every private field holds a canary."""
    data = {role: dict(profile) for role, profile in pair_data("procurement").items()}
    for (role, field), text in SECRETS.items():
        data[role][field] = text
    data["executive"]["access_needs"] = ["large print because I am losing my sight"]
    data["mentor"]["reports_to"] = "Helena Brandt"
    guide = make_guide(parts, pair_from(data, "p"), "crypto", Session(), today=TODAY)
    return {audience: cut(guide, audience).model_dump_json(by_alias=True) for audience in AUDIENCES}


@pytest.mark.parametrize(("role", "field"), sorted(SECRETS))
def test_private_fields_reach_their_owner_and_the_coordinator_only(
    views: dict[str, str], role: str, field: str
) -> None:
    """E-mail and limits are printed nowhere; context and preferences in the owner's own brief and the
    full view; private notes in the owner's brief alone."""
    canary = SECRETS[(role, field)]
    shown = {audience for audience, text in views.items() if canary in text}
    wanted = {"email": set(), "off_limits": set(), "private_notes": {role}}
    assert shown == wanted.get(field, {role, "full"})
    assert "There are private notes." in views["full"]


def test_access_needs_come_out_as_arrangements(views: dict[str, str]) -> None:
    """Both sides read the arrangement; nobody reads the reason."""
    for text in views.values():
        assert "large print" in text.lower()
        assert "sight" not in json.loads(text)["pair"]["arrangements"][0]
        assert "losing my sight" not in text


def test_fit_notes_are_the_coordinators(views: dict[str, str]) -> None:
    """Notes on the pair stand in the full view; the mentor reads only those about their own preparation."""
    assert [n["code"] for n in json.loads(views["full"])["fit_notes"]] == ["reporting-line"]
    for audience in ("shared", "mentor", "executive"):
        assert json.loads(views[audience])["fit_notes"] == []
        assert "reporting line" not in views[audience]


def test_briefs_are_kept_apart(views: dict[str, str]) -> None:
    """Each side reads its own brief, the shared view none, the coordinator both (R3)."""
    brief = {audience: json.loads(text)["brief"] for audience, text in views.items()}
    assert brief["mentor"]["for"] == "mentor"
    assert brief["executive"]["for"] == "executive"
    assert brief["shared"] is None
    assert [b["for"] for b in json.loads(views["full"])["briefs"]] == ["mentor", "executive"]


def test_a_view_reads_back(views: dict[str, str]) -> None:
    """The JSON of a view validates as that view, field for field."""
    for text in views.values():
        assert GuideView.model_validate_json(text).model_dump_json(by_alias=True) == text


CONTRACT = {
    "schema_version", "view", "pair", "topic", "session", "objectives", "artefact", "primer", "agenda", "questions",
    "checklist", "give_back", "rescue", "agreement", "brief", "send_ahead", "commitments", "next_session", "pulse",
    "sources", "warnings", "provenance",
}


def test_the_contract_has_its_fields(views: dict[str, str]) -> None:
    """Every section of the contract is in the JSON under its own name, and every item names its origin."""
    data = json.loads(views["shared"])
    assert set(data) >= CONTRACT
    assert set(data["primer"]) == {
        "why", "facts", "terms", "misconceptions", "bring", "behave", "avoid", "self_check",
    }
    assert set(data["agenda"]["blocks"][0]) >= {"id", "start", "minutes", "title", "lead", "purpose", "steps", "origin"}
    assert set(data["questions"][0]) >= {
        "id", "text", "direction", "stage", "why", "why_for_you", "follow_ups", "evidence", "origin",
    }
    assert set(data["questions"][0]["follow_ups"][0]) == {"if", "ask"}
    assert set(data["checklist"][0]) >= {"id", "text", "who", "evidence_of_learning", "evidence", "origin"}
    assert set(data["sources"][0]) == {"id", "title", "publisher", "url", "as_of", "read"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"view": "shared"}, "briefs"),
        ({"briefs": [], "fit_notes": [], "view": "mentor", "brief": "executive"}, "brief is for the executive"),
    ],
)
def test_a_relabelled_copy_is_refused(views: dict[str, str], change: dict[str, Any], words: str) -> None:
    """A full view edited into another reader's copy is refused, so that nothing private slips through."""
    data = json.loads(views["full"])
    if change.get("brief"):
        change = {**change, "brief": data["briefs"][1]}
    with pytest.raises(ValueError, match=words):
        GuideView.model_validate({**data, **change})
