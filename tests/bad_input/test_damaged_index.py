"""What a kill, a full disk or a tidy colleague leaves of the cache: the next answer is the same, or clear."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guidegen.errors import RetrievalError
from guidegen.retrieval.embedder import HashEmbedder
from guidegen.retrieval.index import ChromaIndex
from tests.bad_input.conftest import ROOT
from tests.retrieval.conftest import crypto, inclusion, make_library, passage, social_media

ASKED = "who signs for the coins"


def _many() -> Any:
    """So many passages that the vendor writes its own files beside the database."""
    texts = (passage(f"crypto/p{n}", f"Thing {n}", f"About thing {n}, word{n % 97} and word{n % 13}.") for n in range(1_050))
    return make_library(crypto().model_copy(update={"passages": tuple(texts)}))


def test_an_index_cut_short_is_built_again(tmp_path: Path) -> None:
    """Every other file of the index cut to ten bytes, or gone: the answer is that of an index never harmed."""
    library = _many()
    index = ChromaIndex(library, HashEmbedder(), tmp_path)
    best = index.search("thing number 77", k=1)
    index.close()
    (folder,) = (p for p in (tmp_path / "index").iterdir() if p.is_dir())
    names = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file() and p.stat().st_size > 10)
    assert len(names) > 4
    for number, name in enumerate(names[::2]):
        copied = tmp_path / f"copy-{number}"
        shutil.copytree(tmp_path / "index", copied / "index")
        shutil.copy(next(tmp_path.glob("vectors-*.npz")), copied)
        harmed = copied / "index" / folder.name / name
        harmed.write_bytes(harmed.read_bytes()[:10]) if number % 2 else harmed.unlink()
        again = ChromaIndex(library, HashEmbedder(), copied)
        assert again.search("thing number 77", k=1) == best, name
        again.close()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
def test_a_truncated_vector_cache_is_made_anew(tmp_path: Path, share: float) -> None:
    """Vectors cut short count as none: they are embedded again, and the file ends as it was."""
    library = make_library(crypto(), social_media())
    index = ChromaIndex(library, HashEmbedder(), tmp_path)
    expected = index.inside("crypto", [ASKED]).scores
    (file,) = tmp_path.glob("vectors-*.npz")
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    again = ChromaIndex(library, HashEmbedder(), tmp_path)
    assert np.array_equal(again.inside("crypto", [ASKED]).scores, expected)
    assert file.read_bytes() == whole


def test_a_cache_deleted_while_in_use(tmp_path: Path) -> None:
    """With the folder gone under it, an open index still serves guides, a search across topics answers
    or says what to do, and a new index builds anew."""
    library = make_library(crypto(), social_media(), inclusion())
    index = ChromaIndex(library, HashEmbedder(), tmp_path / "cache")
    scores, hits = index.inside("crypto", [ASKED]).scores, index.search(ASKED)
    shutil.rmtree(tmp_path / "cache")
    assert np.array_equal(index.inside("crypto", [ASKED]).scores, scores)
    assert index.inside("inclusion", [ASKED]).scores.any()
    try:
        assert index.search(ASKED) == hits
    except RetrievalError as error:
        # Whether the vendor still holds the file open is a matter of timing.
        assert "built again" in error.remedy  # noqa: PT017 - both outcomes are right
    index.close()
    assert ChromaIndex(library, HashEmbedder(), tmp_path / "cache").search(ASKED) == hits


def test_a_full_disk_while_the_cache_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No room for the vectors is an error with a remedy, the old file whole and no scrap beside it."""
    index = ChromaIndex(make_library(crypto()), HashEmbedder(), tmp_path)
    index.inside("crypto", [ASKED])
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RetrievalError, match="No space left") as caught:
        ChromaIndex(make_library(inclusion()), HashEmbedder(), tmp_path).inside("inclusion", [ASKED])
    assert "free some space" in caught.value.remedy
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_two_processes_build_one_index_at_once(tmp_path: Path) -> None:
    """Both succeed, agree to the last digit, and leave one whole folder and no scraps."""
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.retrieval.conftest import crypto, inclusion, make_library\n"
        "from guidegen.retrieval.embedder import HashEmbedder\n"
        "from guidegen.retrieval.index import ChromaIndex\n"
        "index = ChromaIndex(make_library(crypto(), inclusion()), HashEmbedder(), Path(sys.argv[1]))\n"
        f"print([(h.item.id, h.score) for h in index.search({ASKED!r})], index.inside('crypto', [{ASKED!r}]).scores.tolist())\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)
    ]
    said = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    assert said[0][0] == said[1][0] != ""
    assert len([p for p in (tmp_path / "index").iterdir() if p.is_dir()]) == 1
    assert not [p for p in tmp_path.rglob(".*") if p.name != "lock"]
