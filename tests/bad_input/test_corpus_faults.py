"""A corpus with faults: each named with file and line, all at once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from guidegen.errors import CorpusError
from guidegen.library import check, read
from tests.bad_input.conftest import Cli, refused

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "corpus"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two topics, tea and coffee, that a test may break."""
    folder = Path(shutil.copytree(FIXTURE, tmp_path / "corpus"))
    shutil.copytree(folder / "tea", folder / "coffee")
    for path in (folder / "coffee").iterdir():
        path.write_text(path.read_text().replace("tea/", "coffee/").replace("id: tea\n", "id: coffee\n"))
    assert check(folder, complete=False).faults == ()
    return folder


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def _break(corpus: Path) -> None:
    """One fault of each kind, in nine files of two topics."""
    _edit(corpus / "tea" / "topic.md", "id: tea\n", "id: tea\nprerequisites: [coffee]\n")
    _edit(corpus / "tea" / "topic.md", "reviewed_on: 2026-11-01", "reviewed_on: 2026-13-01")
    _edit(corpus / "tea" / "topic.md", "[^tea-board:", "[^tea-bord:")
    _edit(corpus / "tea" / "questions.yaml", "functions: [any]", "functions: [finanze]")
    _edit(corpus / "tea" / "glossary.yaml", "tea/t/whole-leaf", "tea/o/names-sizes")
    _edit(corpus / "coffee" / "topic.md", "id: coffee\n", "id: coffee\nprerequisites: [tea]\n")
    text = re.sub(r"\[\^tea-board:[^\]]*\]", "", (corpus / "coffee" / "topic.md").read_text())
    (corpus / "coffee" / "topic.md").write_text(text + "\n## Broken\n<!-- {id: coffee/x, level: -->\nText.\n\n## Bare\nText.\n")
    (corpus / "coffee" / "outcomes.yaml").unlink()
    _edit(corpus / "coffee" / "activities.yaml", "minutes:", "minute:")
    (corpus / "coffee" / "decisions.yaml").write_bytes(b"- id: x\n  question: \xff\n")


EXPECTED = [
    "corpus/coffee/activities.yaml:5: coffee/a/two-cups.minute: This field is not known.",
    "corpus/coffee/decisions.yaml:2: A letter here is not UTF-8.",
    "corpus/coffee/outcomes.yaml: The file is missing.",
    "corpus/coffee/topic.md:3: coffee.prerequisites: It needs itself first: coffee → tea → coffee.",
    "corpus/coffee/topic.md:13: Grades say little of taste: The passage has no citation.",
    "corpus/coffee/topic.md:34: A value is missing.",
    "corpus/coffee/topic.md:36: Bare: The heading has no comment with its fields.",
    "corpus/tea/glossary.yaml:1: tea/o/names-sizes: This id stands twice.",
    'corpus/tea/questions.yaml:2: tea/q/last-cup.functions: There is no function "finanze".',
    "corpus/tea/topic.md:3: tea.prerequisites: It needs itself first: tea → coffee → tea.",
    'corpus/tea/topic.md:9: tea.reviewed_on: "2026-13-01" is not a date.',
    'corpus/tea/topic.md:14: tea/grades: There is no source "tea-bord". Did you mean \'tea-board\'?',
]


def test_a_dozen_faults_of_a_dozen_kinds_at_once(corpus: Path) -> None:
    """One check names every one of them with file and line, and nothing that merely follows from them."""
    _break(corpus)
    told = [str(fault) for fault in check(corpus).faults if "This field is missing" not in fault.problem]
    for start in EXPECTED:
        assert any(line.startswith(start) for line in told), (start, told)
    assert len(told) == len(EXPECTED), told


def test_the_command_prints_them_and_guides_are_refused(corpus: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check ends with 1 after a line each; a guide ends in one error that lists what keeps it from being made."""
    _break(corpus)
    answer = cli("corpus", "check", corpus)
    assert answer.code == 1
    for start in EXPECTED:
        assert f"fault:  {start}" in answer.out
    monkeypatch.setenv("GUIDEGEN_CORPUS", str(corpus))
    refused(cli("topics"), "[corpus]", "corpus/tea/topic.md:14", "corpus/tea/questions.yaml:2", code=1)


def test_what_may_stand_in_a_broken_file_is_not_told_as_missing(corpus: Path) -> None:
    """With the tags, the sources or the passages unread, references to them are not called wrong."""
    (corpus / "_tags.yaml").write_text("functions: [\n")
    (corpus / "sources.yaml").write_text("")
    with pytest.raises(CorpusError) as caught:
        read(corpus)
    assert {fault.file for fault in caught.value.faults} == {"corpus/_tags.yaml", "corpus/sources.yaml"}


def test_a_folder_that_is_no_corpus(cli: Cli, here: Path) -> None:
    """A wrong folder and a missing one are told as what they are."""
    answer = cli("corpus", "check", "nowhere")
    assert (answer.code, answer.out.splitlines()[0]) == (
        1, "fault:  nowhere: There is no such folder. Give the folder that holds _tags.yaml.",
    )
    answer = cli("corpus", "check", ".")
    assert f"fault:  {here.name}/_tags.yaml: The file is missing." in answer.out
    (here / "file").write_text("")
    refused(cli("corpus", "schema", "file"), "[output]", "The schemas cannot be written", code=1)
