"""Reading a corpus: what it gives, every fault at once, and an organisation's own laid over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidegen.errors import CorpusError, Fault
from guidegen.library import read


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _faults(folder: Path, overlay: Path | None = None) -> tuple[Fault, ...]:
    with pytest.raises(CorpusError) as caught:
        read(folder, overlay)
    return caught.value.faults


def test_a_corpus_is_read(corpus: Path) -> None:
    """Topics, items, sources and the shelf come out typed."""
    library = read(corpus)
    tea = library.topics["tea"]
    assert [len(p) for p in (tea.passages, tea.misconceptions, tea.give_backs, tea.questions, tea.terms)] == [1] * 5
    assert tea.passages[0].citations[0].source in library.sources
    assert library.sources["tea-board"].published == "2024"
    assert library.shelf.formats[0].blocks[1].steps[0].text.startswith("{mentor}")
    assert tea.questions[0].follow_ups[0].if_ == "it was long ago"
    assert library.spots["tea/q/last-cup"].line("text") == 6


def test_the_fingerprint_follows_the_text(corpus: Path) -> None:
    """Any changed text changes the fingerprint; reading twice, or elsewhere, does not."""
    first = read(corpus).fingerprint
    assert read(corpus).fingerprint == first == read(Path(__file__).parent.parent / "fixtures" / "corpus").fingerprint
    _edit(corpus / "tea" / "glossary.yaml", "broken on purpose", "broken by hand")
    assert read(corpus).fingerprint != first


def test_every_fault_of_every_file_at_once(corpus: Path) -> None:
    """Faults of several files come in one error, each with file, line and remedy."""
    _edit(corpus / "tea" / "questions.yaml", "stage: open", "stage: opening")
    _edit(corpus / "tea" / "questions.yaml", "depth: 1", "dept: 1")
    _edit(corpus / "tea" / "topic.md", "level: 1,", "level: nine,")
    _edit(corpus / "sources.yaml", "https://", "http://")
    (corpus / "tea" / "outcomes.yaml").unlink()
    (corpus / "_tags.yaml").write_bytes(b"functions: \xff")
    faults = _faults(corpus)
    assert {f.file for f in faults} == {
        "corpus/tea/questions.yaml", "corpus/tea/topic.md", "corpus/sources.yaml", "corpus/tea/outcomes.yaml",
        "corpus/_tags.yaml",
    }
    assert all(f.remedy for f in faults)
    by_field = {f.field: f for f in faults}
    assert by_field["tea/q/last-cup.stage"].line == 8
    assert "'open'" in by_field["tea/q/last-cup.stage"].remedy
    assert by_field["tea/q/last-cup.dept"].remedy == "Did you mean 'depth'?"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("tea/questions.yaml", "[tea/grades]", "[tea/gradez]", "tea/gradez"),
        ("tea/questions.yaml", "functions: [any]", "functions: [finanze]", "finanze"),
        ("tea/questions.yaml", "for: {finance", "for: {any", 'no function "any"'),
        ("tea/questions.yaml", "id: tea/q/last-cup", "id: coffee/q/last-cup", "does not begin with its topic"),
        ("tea/questions.yaml", "the last cup you", "the last {cup} you", "no slot"),
        ("tea/topic.md", "[^tea-board:", "[^tea-bord:", "tea-bord"),
        ("tea/outcomes.yaml", "tea/a/two-cups", "tea/a/three-cups", "three-cups"),
        ("tea/glossary.yaml", "tea/t/whole-leaf", "tea/o/names-sizes", "stands twice"),
        ("tea/topic.md", "id: tea\n", "id: te\n", "folder"),
        ("_phrasing.yaml", "{minutes}", "{minute}", "no slot {minute}"),
        ("_formats/standard.yaml", "Look at {topic}.", "Look at {topik}.", "no slot {topik}"),
        ("_language/bias.yaml", "digital[- ]natives?", '"("', "cannot be read"),
    ],
)
def test_what_items_refer_to_must_be_there(corpus: Path, file: str, old: str, new: str, says: str) -> None:
    """References, tags, slots and patterns that lead nowhere are faults with a line."""
    _edit(corpus / file, old, new)
    hit = [f for f in _faults(corpus) if says in f.problem]
    assert hit
    assert hit[0].line > 0


def test_a_missing_folder_is_one_fault(tmp_path: Path) -> None:
    """A folder that is not there is told as such."""
    assert "no such folder" in _faults(tmp_path / "nowhere")[0].problem


def test_sources_may_lie_in_parts(corpus: Path) -> None:
    """Files in _sources.d are merged; the same source twice is fine, two with one id are not."""
    parts = corpus / "_sources.d"
    parts.mkdir()
    text = (corpus / "sources.yaml").read_text(encoding="utf-8")
    (parts / "tea.yaml").write_text(text, encoding="utf-8")
    assert set(read(corpus).sources) == {"tea-board"}
    (parts / "tea.yaml").write_text(text.replace("How tea", "Why tea"), encoding="utf-8")
    assert "Another source" in _faults(corpus)[0].problem


def test_an_overlay_replaces_and_adds_by_id(corpus: Path, tmp_path: Path) -> None:
    """An organisation's folder replaces items by id, adds others, and changes the fingerprint."""
    over = tmp_path / "ours"
    (over / "tea").mkdir(parents=True)
    (over / "tea" / "glossary.yaml").write_text(
        "- {id: tea/t/whole-leaf, lenses: [craft], level: 0, term: whole leaf, meaning: As we say it.}\n"
        "- {id: tea/t/pot, lenses: [craft], level: 0, term: pot, meaning: The house pot.}\n", encoding="utf-8",
    )
    (over / "_phrasing.yaml").write_text("- {id: why/ours, section: primer.why, text: 'Ours.'}\n", encoding="utf-8")
    library = read(corpus, over)
    assert [t.meaning for t in library.topics["tea"].terms] == ["As we say it.", "The house pot."]
    assert [p.id for p in library.shelf.phrases] == ["why/words", "why/always", "why/ours"]
    assert library.topics["tea"].questions == read(corpus).topics["tea"].questions
    assert library.fingerprint != read(corpus).fingerprint


def test_an_overlay_replaces_a_whole_topic(corpus: Path, tmp_path: Path) -> None:
    """A topic with front matter takes the place of the one with its id, items and all."""
    over = tmp_path / "ours"
    (over / "tea").mkdir(parents=True)
    for file in (corpus / "tea").iterdir():
        (over / "tea" / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    _edit(over / "tea" / "topic.md", "title: Tea at work", "title: Our tea")
    (over / "tea" / "glossary.yaml").write_text("[]\n", encoding="utf-8")
    tea = read(corpus, over).topics["tea"]
    assert (tea.title, tea.terms) == ("Our tea", ())


def test_an_overlay_cannot_add_to_nothing(corpus: Path, tmp_path: Path) -> None:
    """Items for a topic that is not there are a fault."""
    over = tmp_path / "ours"
    (over / "coffee").mkdir(parents=True)
    (over / "coffee" / "glossary.yaml").write_text("[]\n", encoding="utf-8")
    assert "coffee" in _faults(corpus, over)[0].problem
