"""The workshop's file: read as what it is, checked like every text, and replaced by an overlay."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guidegen.library import check, read

REAL = Path(__file__).resolve().parents[2] / "corpus/_formats"


@pytest.fixture
def held(corpus: Path) -> Path:
    """The small corpus, with the real workshop."""
    shutil.copy(REAL / "workshop.yaml", corpus / "_formats")
    return corpus


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_workshop_is_no_format_for_pairs(held: Path, corpus: Path) -> None:
    """It stands apart on the shelf, and a corpus without one is sound too."""
    shelf = read(held).shelf
    assert shelf.workshop is not None
    assert "workshop" not in [fmt.id for fmt in shelf.formats]
    (corpus / "_formats/workshop.yaml").unlink()
    assert read(corpus).shelf.workshop is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Put the {thing} where", "Put the {gadget} where", "no slot {gadget}"),
        ("daily: those who walk in", "daily: digital natives who walk in", "year of birth"),
        ("text: Names who would", "text: Understands who would", "cannot be seen"),
        ("id: mug, name: a mug", "id: mug, name: mug", "name"),
    ],
)
def test_its_texts_are_checked(held: Path, old: str, new: str, says: str) -> None:
    """An unknown slot, a biased word, an outcome one cannot see and an object without article are faults."""
    _edit(held / "_formats/workshop.yaml", old, new)
    found = [f for f in check(held, complete=False).faults if "workshop.yaml" in f.file]
    assert any(says in f"{f.field} {f.problem}" for f in found)
    assert all(f.line and f.remedy for f in found)


def test_an_overlay_brings_its_own(held: Path, tmp_path: Path) -> None:
    """An organisation's workshop replaces the one that ships."""
    own = tmp_path / "own/_formats"
    own.mkdir(parents=True)
    shutil.copy(REAL / "workshop.yaml", own)
    _edit(own / "workshop.yaml", "title: Workshop", "title: Open afternoon")
    workshop = read(held, tmp_path / "own").shelf.workshop
    assert workshop is not None
    assert workshop.title == "Open afternoon"


def test_a_format_chosen_by_name_may_ask_for_an_hour(corpus: Path) -> None:
    """Only formats that serve a kind of session have to work from 15 minutes on."""
    shutil.copy(REAL / "sprint-day.yaml", corpus / "_formats")
    assert check(corpus, complete=False).faults == ()
    _edit(corpus / "_formats/sprint-day.yaml", "kinds: []", "kinds: [standard]")
    assert any("minimums" in f.problem for f in check(corpus, complete=False).faults)
