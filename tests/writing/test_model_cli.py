"""The command line with a model: preview sends nothing, a chosen model writes, an impossible one is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from guidegen import wiring
from guidegen.cli import app
from guidegen.errors import ModelSetup, SessionError, SettingsError
from guidegen.guides import Parts
from guidegen.llm.fakes import ScriptedModel
from guidegen.writing.prompts import SECTIONS
from tests.conftest import ROOT
from tests.writing.model_making import GOOD, ground

PAIR = str(ROOT / "examples/procurement-stablecoin.yaml")
WORDS = ("guide", PAIR, "--topic", "crypto", "--on", "2027-01-14")


@pytest.fixture
def run(parts: Parts, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Runs a command in an empty folder, with the corpus that other tests share and a scripted model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUIDEGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-lies-around")
    monkeypatch.setattr(wiring, "_shared", lambda _: parts)
    monkeypatch.setattr(wiring, "_ground", lambda _: ground(parts))
    wiring._writer.cache_clear()

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return call


def test_preview_prints_what_would_be_sent_and_writes_nothing(run: Any, tmp_path: Path) -> None:
    """Four calls with their prompts and schemas, no file, no name."""
    done = run(*WORDS, "--preview")
    assert done.exit_code == 0, done.exception
    assert done.stdout.count(": schema of the answer") == 4
    assert "MENTOR" in done.stdout
    assert "Helena" not in done.stdout
    assert not (tmp_path / "out").exists()


def test_a_key_alone_chooses_no_model(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With OPENAI_API_KEY lying around the guide is composed, and no model is made."""
    monkeypatch.setattr(wiring, "chat", lambda _: pytest.fail("nobody chose a model"))
    done = run(*WORDS)
    assert done.exit_code == 0, done.exception
    assert "adapted" not in done.stdout


@pytest.mark.parametrize("how", ["flag", "variable", "file"])
def test_a_chosen_model_writes(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str) -> None:
    """By flag, by variable or in the file; the summary says what it did, and a second run calls nobody."""
    model = ScriptedModel({section: [text] for section, text in GOOD.items()})
    monkeypatch.setattr(wiring, "chat", lambda _: model)
    if how == "variable":
        monkeypatch.setenv("GUIDEGEN_MODEL", "openai:m")
    if how == "file":
        Path("guidegen.toml").write_text('model = "openai:m"\n')
    words = (*WORDS, "--model", "openai:m") if how == "flag" else WORDS
    for _ in range(2):
        done = run(*words)
        assert done.exit_code == 0, done.exception
        assert "texts adapted" in done.stdout
    assert len(model.history) == len(SECTIONS)
    assert (tmp_path / "cache/answers.sqlite").is_file()


def test_what_cannot_be_is_told(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name without provider, a missing package, a take of none and a language that is no code."""
    assert isinstance(run(*WORDS, "--model", "gpt").exception, SettingsError)
    missing = run(*WORDS, "--model", "mistralai:x").exception
    assert isinstance(missing, ModelSetup)
    assert "langchain-mistralai" in str(missing)
    assert isinstance(run(*WORDS, "--take", "0").exception, SessionError)
    assert isinstance(run(*WORDS, "--language", "klingon!").exception, SessionError)


def test_prompts_are_shown_and_listed(run: Any) -> None:
    """The list has every prompt with its version; a section is shown with its parts; a wrong name is told."""
    listed = run("prompts", "show")
    assert listed.stdout.count("version") == 9
    shown = run("prompts", "show", "session")
    assert "--- shared/rules.md.j2" in shown.stdout
    assert run("prompts", "show", "nonsense").exit_code != 0


def test_doctor_tries_a_chosen_model(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line for each mode, and what a guide costs."""
    monkeypatch.setenv("GUIDEGEN_MODEL", "openai:m")
    monkeypatch.setattr(wiring, "parts", lambda *_: wiring._shared(None))  # type: ignore[arg-type]
    monkeypatch.setattr(wiring, "chat", lambda _: ScriptedModel(['{"word": "lantern"}', '{"planet": "Mercury"}', '{"planet": "Mercury"}']))
    said = run("doctor").stdout
    assert "model, json_schema: enforced" in said
    assert "set model_mode to json_schema" in said
    assert "tokens" in said
