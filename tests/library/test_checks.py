"""The corpus standard as a check: rules, amounts, schemas, staleness."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from guidegen.library import check, read, schema, stale
from guidegen.library.schemas import schemas

ROOT = Path(__file__).resolve().parent.parent.parent


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_small_corpus_is_sound_but_not_complete(corpus: Path) -> None:
    """Amounts are faults for a complete corpus and advice while one is growing."""
    growing = check(corpus, complete=False)
    assert growing.faults == ()
    assert any("Questions: 1 of 30" in f.problem for f in growing.advice)
    assert {f.problem for f in check(corpus).faults} >= {"Terms: 1 of 12.", "Primary sources: 1 of 2."}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("tea/topic.md", "Leaves are sorted by size, and the letters on a packet", "Letters", "words"),
        ("tea/topic.md", "A grade tells", "A grade " + "really " * 40 + "tells", "words"),
        ("tea/topic.md", "letters name leaf", "letters " + "really " * 25 + "name leaf", "words"),
        ("tea/glossary.yaml", "Leaves that", "Leaves " + "really " * 40 + "that", "words"),
        ("tea/questions.yaml", "Tell me about the last cup you enjoyed", "Do you enjoy a cup", "yes or no"),
        ("tea/questions.yaml", "What did the last round of tea cost", "Did the last round of tea cost", "yes or no"),
        ("tea/outcomes.yaml", "Names three", "Understands three", "cannot be seen"),
        ("tea/outcomes.yaml", "  self_check: Which three sizes can I name?\n", "", "self_check"),
        ("tea/activities.yaml", "Taste both.", "Taste as digital natives do.", "year of birth"),
        ("tea/topic.md", "reviewed_on", "sensitivity: 3\nreviewed_on", "signpost"),
        ("tea/topic.md", "reviewed_on", "prerequisites: [coffee]\nreviewed_on", "no topic"),
        ("tea/topic.md", "reviewed_on", "prerequisites: [tea]\nreviewed_on", "names itself"),
        ("tea/glossary.yaml", "tea/t/whole-leaf", "tea/whole-leaf", "its kind"),
        ("_phrasing.yaml", "{name} has {minutes} minutes.", "{name} of {dept}.", "always fits"),
        ("_formats/standard.yaml", "min_minutes: 5", "min_minutes: 20", "minimums need 22 of 15"),
        ("_formats/standard.yaml", "min_minutes: 5", "min_minutes: 5\n    max_minutes: 20", "leave minutes over"),
        ("_give-back.yaml", "Draws the path", "Knows the path", "cannot be seen"),
    ],
)
def test_rules(corpus: Path, file: str, old: str, new: str, says: str) -> None:
    """Each rule of the standard is told with a file, a line and a remedy."""
    _edit(corpus / file, old, new)
    faults = [f for f in check(corpus, complete=False).faults if says in f.problem]
    assert faults
    assert all(f.file and f.line and f.remedy for f in faults)


def test_a_number_wants_a_date(corpus: Path) -> None:
    """A passage that states a number says as of when; one without numbers need not."""
    _edit(corpus / "tea" / "topic.md", "as_of: 2026-01-01, ", "")
    _edit(corpus / "tea" / "topic.md", "Whole leaves are costly", "In 2025 some 40% of whole leaves were costly")
    assert any("without a date" in f.problem for f in check(corpus, complete=False).faults)


def test_prerequisites_run_in_no_circle(corpus: Path) -> None:
    """Two topics that need each other first are both told."""
    text = (corpus / "tea" / "topic.md").read_text(encoding="utf-8")
    (corpus / "tea" / "topic.md").write_text(
        text.replace("reviewed_on", "prerequisites: [milk]\nreviewed_on", 1), encoding="utf-8"
    )
    (corpus / "milk").mkdir()
    for file in (corpus / "tea").iterdir():
        own = file.read_text(encoding="utf-8").replace("tea/", "milk/").replace("id: tea\n", "id: milk\n")
        (corpus / "milk" / file.name).write_text(own.replace("[milk]", "[tea]"), encoding="utf-8")
    circles = [f.problem for f in check(corpus, complete=False).faults if "needs itself" in f.problem]
    assert circles == ["It needs itself first: milk → tea → milk.", "It needs itself first: tea → milk → tea."]


def test_misconceptions_may_quote_what_people_say(corpus: Path) -> None:
    """The claim is quoted as it is said; the lexicon holds for everything else."""
    _edit(corpus / "tea" / "topic.md", "### Green tea has no caffeine", "### Digital natives drink no tea")
    assert check(corpus, complete=False).faults == ()


def test_stale_is_a_report(corpus: Path) -> None:
    """What is older than its topic's half-life is due, the longest due first, on the day asked."""
    library = read(corpus)
    assert stale(library, date(2026, 4, 10)) == []
    assert [row.item for row in stale(library, date(2026, 4, 11))] == ["tea/grades"]
    rows = stale(library, date(2027, 3, 1))
    assert [row.item for row in rows] == ["tea/grades", "tea"]
    assert str(rows[0]).startswith("corpus/tea/topic.md:")


def test_schemas_are_written(corpus: Path) -> None:
    """One schema a kind of file; files that are lists get an array; fields keep their words."""
    names = {path.stem for path in schema(corpus)}
    assert names >= {"question", "activity", "decision", "outcome", "term", "source", "front-matter", "tags", "phrase",
                     "format", "give_back", "bias"}
    made = json.loads((corpus / "_schemas" / "question.json").read_text(encoding="utf-8"))
    assert made["type"] == "array"
    assert "if" in made["$defs"]["FollowUp"]["properties"]


def test_the_shipped_schemas_are_up_to_date() -> None:
    """corpus/_schemas holds what the models say today."""
    folder = ROOT / "corpus" / "_schemas"
    assert {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in folder.glob("*.json")} == schemas()
