"""The command line as a person meets it: arguments in; exit code, output and files out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAIR = ROOT / "examples" / "procurement-stablecoin.yaml"


class Answer(NamedTuple):
    """What a command left behind."""

    code: object
    out: str
    err: str
    files: tuple[str, ...]


Cli = Callable[..., Answer]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all commands, so that vectors are made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> Path:
    """An empty working folder, and settings that touch nothing outside the tests."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GUIDEGEN_CACHE", str(cache))
    return folder


@pytest.fixture
def cli(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs ``guidegen`` through its outermost door; ``files`` is everything in the folder ``out``."""
    from guidegen.cli import main

    def run(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["guidegen", *map(str, arguments)])
        capsys.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        printed = capsys.readouterr()
        out = here / "out"
        files = tuple(sorted(p.name for p in out.iterdir())) if out.is_dir() else ()
        return Answer(code, printed.out, printed.err, files)

    return run


def refused(answer: Answer, *says: str, code: int = 2) -> None:
    """The command said what was wrong on standard error, and left nothing behind."""
    assert answer.code == code, answer
    assert answer.err.startswith("error ["), answer.err
    assert "Traceback" not in answer.err
    assert answer.out == ""
    assert answer.files == ()
    for part in says:
        assert part in answer.err, answer.err
