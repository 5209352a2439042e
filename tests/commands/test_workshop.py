"""``guidegen workshop`` and ``guidegen guide --as``: options in, files and a summary out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from guidegen import wiring
from guidegen.cli import app
from guidegen.errors import SessionError

PAIR = str(Path(__file__).resolve().parents[2] / "examples/procurement-stablecoin.yaml")


@pytest.fixture
def run(parts: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command with the parts that other tests share."""
    monkeypatch.setattr(wiring, "parts", lambda: parts)

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return call


def test_a_workshop_is_written_in_every_format_asked_for(run: Any, tmp_path: Path) -> None:
    """One file a format, named after topic and size, and a summary with the seed that brings it back."""
    result = run("workshop", "--topic", "crypto", "--people", "10", "--seed", "3", "--format", "md,json", "--out", str(tmp_path))
    assert result.exit_code == 0
    assert {p.name for p in tmp_path.iterdir()} == {"workshop-crypto-10-people.md", "workshop-crypto-10-people.json"}
    assert "groups of 4, 3, 3" in result.stdout
    assert "--seed 3" in result.stdout


def test_all_options_that_are_off_are_told_at_once(run: Any) -> None:
    """Too few people and too many minutes are two findings of one error."""
    error = run("workshop", "--topic", "crypto", "--people", "5", "--minutes", "500").exception
    assert isinstance(error, SessionError)
    assert "--people" in str(error)
    assert "--minutes" in str(error)


def test_a_guide_can_be_made_as_a_sprint_day(run: Any, tmp_path: Path) -> None:
    """--as takes a format by its id, and the copies say so."""
    result = run(
        "guide", PAIR, "--topic", "crypto", "--as", "sprint-day", "--minutes", "75", "--view", "shared", "--out", str(tmp_path)
    )
    assert result.exit_code == 0
    assert "Sprint day, 75 minutes" in result.stdout
    text = next(tmp_path.iterdir()).read_text(encoding="utf-8")
    assert "Show it to one real person" in text
    assert "Working agreement" in text


def test_an_unknown_format_is_refused(run: Any) -> None:
    """The error lists the formats there are."""
    error = run("guide", PAIR, "--topic", "crypto", "--as", "nonsense").exception
    assert isinstance(error, SessionError)
    assert "sprint-day" in str(error)
