"""The index: right, the same each time, and safe against kills, damage and company."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guidegen.errors import RetrievalError, TopicUnknown
from guidegen.retrieval.chunks import windows
from guidegen.retrieval.embedder import HashEmbedder, OnnxEmbedder
from guidegen.retrieval.index import DATABASE, KEPT, ChromaIndex
from guidegen.retrieval.vectors import VectorStore

GOALS = ["who can sign for the coins", "pay our suppliers", "learn how budgets are decided"]


def folders(cache: Path) -> list[Path]:
    return [path for path in (cache / "index").iterdir() if path.is_dir()]


def test_a_goal_finds_its_item(real: ChromaIndex) -> None:
    """The best item of each goal is the one about it; a general give-back can be it."""
    found = real.inside("crypto", GOALS)
    best = [found.items[n].id for n in found.scores.argmax(axis=1)]
    assert best == ["crypto/custody", "crypto/d/pay-supplier", "general/give/budget"]


def test_shapes_and_ranges(real: ChromaIndex, library: Any) -> None:
    """Items stand in file order, general give-backs last; scores lie in 0-1, vectors have length 1."""
    found = real.inside("crypto", GOALS)
    assert found.items == (*library.topics["crypto"].items(), *library.shelf.give_backs)
    assert found.scores.shape == found.cosine.shape == (3, len(found.items))
    assert found.scores.dtype == found.cosine.dtype == found.vectors.dtype == np.float32
    assert found.scores.min() >= 0
    assert found.scores.max() <= 1
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-5)


def test_cosine_is_that_of_the_best_window(real: ChromaIndex, onnx: OnnxEmbedder) -> None:
    """The index's answer equals the plain product of query and window vectors, the highest of an item's."""
    found = real.inside("crypto", GOALS)
    for column, item in enumerate(found.items):
        exact = (onnx.queries(GOALS) @ VectorStore(onnx).vectors(windows(item)).T).max(axis=1)
        assert np.allclose(found.cosine[:, column], exact, atol=1e-5)


def test_no_texts_and_unknown_topics(hashed: ChromaIndex) -> None:
    """No text gives no rows; an unknown topic is the asker's error."""
    assert hashed.inside("crypto", []).scores.shape[0] == 0
    with pytest.raises(TopicUnknown):
        hashed.inside("nowhere", ["x"])


def test_two_builds_give_the_same_numbers(library: Any, tmp_path: Path) -> None:
    """Built twice in different places, everything is equal to the bit."""
    one, two = (ChromaIndex(library, HashEmbedder(), tmp_path / name) for name in "ab")
    for topic in library.topics:
        first, second = one.inside(topic, GOALS), two.inside(topic, GOALS)
        assert np.array_equal(first.scores, second.scores)
        assert np.array_equal(first.vectors, second.vectors)
    assert one.search("who signs") == two.search("who signs")


def test_search_covers_all_topics_and_is_sorted(real: ChromaIndex) -> None:
    """The best item of the whole corpus comes first, with its topic and its cosine."""
    hits = real.search("speaking time in meetings", k=3)
    assert [(hits[0].topic, hits[0].item.id)] == [("inclusion", "inclusion/meetings")]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert 0.5 < hits[0].cosine <= 1


def test_search_can_stay_in_a_topic(real: ChromaIndex) -> None:
    """Asked for one topic, it names that topic, or the general give-backs."""
    hits = real.search("how a budget is decided", k=50, topic="crypto")
    assert hits[0][0] == "_give-back"
    assert {hit.topic for hit in hits} == {"crypto", "_give-back"}

def test_a_second_start_builds_nothing(library: Any, tmp_path: Path) -> None:
    """The folder of the first start is used again, untouched."""
    ChromaIndex(library, HashEmbedder(), tmp_path).search(GOALS[0])
    (folder,) = folders(tmp_path)
    before = (folder / DATABASE).stat().st_ino
    ChromaIndex(library, HashEmbedder(), tmp_path).search(GOALS[0])
    assert folders(tmp_path) == [folder]
    assert (folder / DATABASE).stat().st_ino == before


@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "junk", "killed"])
def test_a_half_written_index_is_built_again(library: Any, tmp_path: Path, damage: str) -> None:
    """Whatever a kill or a full disk leaves behind, the next start answers the same."""
    index = ChromaIndex(library, HashEmbedder(), tmp_path)
    expected = index.search(GOALS[0])
    index.close()
    (folder,) = folders(tmp_path)
    database = folder / DATABASE
    if damage == "gone":
        database.unlink()
    elif damage == "empty":
        database.write_bytes(b"")
    elif damage == "cut":
        database.write_bytes(database.read_bytes()[:10_000])
    elif damage == "junk":
        content = database.read_bytes()
        database.write_bytes(b"junk" * 1_000 + content[4_000:])
    else:
        folder.rename(folder.with_name(f".building-{folder.name}"))
    again = ChromaIndex(library, HashEmbedder(), tmp_path)
    assert again.search(GOALS[0]) == expected
    assert folders(tmp_path) == [folder]
    again.close()


def test_another_corpus_gets_another_folder_and_old_ones_go(library: Any, tmp_path: Path) -> None:
    """A changed text makes a new folder; only the last few stay."""
    for number in range(KEPT + 2):
        topic = library.topics["inclusion"].model_copy(
            update={
                "passages": (
                    library.topics["inclusion"].passages[0].model_copy(update={"text": f"Version {number}."}),
                )
            }
        )
        changed = type(library)({**library.topics, "inclusion": topic}, library.shelf, {})
        found = ChromaIndex(changed, HashEmbedder(), tmp_path).search(f"version {number}")
        assert found[0].item.text == f"Version {number}."  # type: ignore[attr-defined]
        assert len(folders(tmp_path)) == min(number + 1, KEPT)


def test_a_change_that_touches_no_text_builds_nothing(library: Any, tmp_path: Path) -> None:
    """A new review date leaves the index as it is."""
    ChromaIndex(library, HashEmbedder(), tmp_path).search(GOALS[0])
    topic = library.topics["crypto"].model_copy(update={"half_life_days": 7})
    ChromaIndex(
        type(library)({**library.topics, "crypto": topic}, library.shelf, {}), HashEmbedder(), tmp_path
    ).search(GOALS[0])
    assert len(folders(tmp_path)) == 1


def test_threads_share_one_index(hashed: ChromaIndex) -> None:
    """Asked from eight threads at once before anything is built, every answer is the same."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: hashed.inside("crypto", GOALS).scores, range(16)))
        hits = list(pool.map(lambda n: hashed.search(GOALS[0]), range(16)))
    assert all(np.array_equal(answers[0], answer) for answer in answers)
    assert all(hits[0] == hit for hit in hits)


def test_two_processes_at_once(tmp_path: Path) -> None:
    """Two processes that start on an empty cache both answer, and leave one whole folder."""
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from pathlib import Path\n"
        "from conftest import crypto, make_library\n"
        "from guidegen.retrieval.embedder import HashEmbedder\n"
        "from guidegen.retrieval.index import ChromaIndex\n"
        f"index = ChromaIndex(make_library(crypto()), HashEmbedder(), Path({str(tmp_path)!r}))\n"
        "print(index.inside('crypto', ['who signs']).scores.sum(), sum(h.score for h in index.search('who signs')))\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    printed = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert printed[0] == printed[1] != ""
    assert len(folders(tmp_path)) == 1


def test_an_unusable_cache_is_an_error_with_a_remedy(library: Any, tmp_path: Path) -> None:
    """A file in the folder's place is named, not a stack of the vendor's."""
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(RetrievalError) as caught:
        ChromaIndex(library, HashEmbedder(), tmp_path / "cache").inside("crypto", GOALS)
    assert "cache folder" in str(caught.value)
    with pytest.raises(RetrievalError) as caught:
        ChromaIndex(library, HashEmbedder(), tmp_path / "cache").search(GOALS[0])
    assert "cache folder" in str(caught.value)


def test_an_env_file_in_the_current_folder_is_not_read(
    library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody's .env cannot change or break the index once the vendor is loaded."""
    import chromadb  # noqa: F401 - loading it reads a .env file; opening a folder must not
    (tmp_path / ".env").write_text("is_persistent=perhaps\nallow_reset=perhaps\n")
    monkeypatch.chdir(tmp_path)
    assert ChromaIndex(library, HashEmbedder(), tmp_path).search(GOALS[0])


def test_one_topic_is_searched_without_chromadb(tmp_path: Path) -> None:
    """What a guide asks for loads no chromadb and builds no index; search across topics does both."""
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from pathlib import Path\n"
        "from conftest import crypto, make_library\n"
        "from guidegen.retrieval.embedder import HashEmbedder\n"
        "from guidegen.retrieval.index import ChromaIndex\n"
        f"index = ChromaIndex(make_library(crypto()), HashEmbedder(), Path({str(tmp_path)!r}))\n"
        "index.inside('crypto', ['who signs']), index.cosines(['who signs'], ['coins'])\n"
        "print('chromadb' in sys.modules)\n"
        "index.search('who signs')\n"
        "print('chromadb' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]
