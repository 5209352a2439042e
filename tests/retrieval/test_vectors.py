"""Vectors by content: embedded once, kept safely, shipped reproducibly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guidegen.domain.ports import Matrix
from guidegen.errors import RetrievalError
from guidegen.retrieval.chunks import corpus_windows
from guidegen.retrieval.embedder import HashEmbedder, OnnxEmbedder
from guidegen.retrieval.vectors import QueryVectors, VectorStore, build_vectors


class Counting(HashEmbedder):
    """The fake, remembering what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> Matrix:
        self.asked += texts
        return super().passages(texts)


def test_a_text_is_embedded_once_and_kept(tmp_path: Path) -> None:
    """Repeats are free, within a call, in a later call and in a later process; only new texts cost."""
    first, second = Counting(), Counting()
    VectorStore(first, cache=tmp_path).vectors(["a", "b", "a"])
    assert first.asked == ["a", "b"]
    again = VectorStore(second, cache=tmp_path).vectors(["b", "c"])
    assert second.asked == ["c"]
    assert np.allclose(again, HashEmbedder().passages(["b", "c"]), atol=1e-3)


def test_vectors_are_the_same_embedded_or_read(tmp_path: Path, onnx: OnnxEmbedder) -> None:
    """Rounded before first use: a cold cache and a warm one give the same bits, near the exact ones."""
    texts = ["Whoever holds the keys holds the coins.", "A feed is ranked."]
    cold = VectorStore(onnx, cache=tmp_path).vectors(texts)
    warm = VectorStore(onnx, cache=tmp_path).vectors(texts)
    assert np.array_equal(cold, warm)
    assert np.abs(cold @ cold.T - onnx.passages(texts) @ onnx.passages(texts).T).max() < 1e-3


def test_without_a_cache_nothing_is_written_and_repeats_are_free() -> None:
    """The store works in memory alone."""
    embedder = Counting()
    store = VectorStore(embedder)
    store.vectors(["a"])
    store.vectors(["a"])
    assert embedder.asked == ["a"]
    assert store.vectors([]).shape == (0, 256)


@pytest.mark.parametrize("keep", [0, 1, 200, -1])
def test_a_damaged_cache_is_made_again(tmp_path: Path, keep: int) -> None:
    """A file cut anywhere counts as empty: vectors are right, and the file is whole afterwards."""
    VectorStore(HashEmbedder(), cache=tmp_path).vectors(["a", "b"])
    (file,) = tmp_path.glob("*.npz")
    file.write_bytes(file.read_bytes()[:keep])
    embedder = Counting()
    VectorStore(embedder, cache=tmp_path).vectors(["a"])
    assert embedder.asked == ["a"]
    VectorStore(embedder, cache=tmp_path).vectors(["a"])
    assert embedder.asked == ["a"]


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """A changed byte among the vectors is caught by the archive's checksum."""
    VectorStore(HashEmbedder(), cache=tmp_path).vectors(["a", "b"])
    (file,) = tmp_path.glob("*.npz")
    content = bytearray(file.read_bytes())
    content[content.index(b"vectors.npy") + 400] ^= 1
    file.write_bytes(content)
    embedder = Counting()
    VectorStore(embedder, cache=tmp_path).vectors(["a"])
    assert embedder.asked == ["a"]


def test_another_embedders_file_is_not_used(tmp_path: Path) -> None:
    """Vectors of an embedder with another name never mix with these."""
    VectorStore(HashEmbedder(), cache=tmp_path).vectors(["a"])
    (file,) = tmp_path.glob("*.npz")
    other = Counting()
    other.name = "another"
    VectorStore(other, shipped=file, cache=tmp_path).vectors(["a"])
    assert other.asked == ["a"]
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_a_cache_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A file where the folder should be is reported with a remedy."""
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(RetrievalError, match="cannot be kept"):
        VectorStore(HashEmbedder(), cache=tmp_path / "cache").vectors(["a"])


def test_the_shipped_file_is_reproducible_and_complete(tmp_path: Path, library: Any) -> None:
    """The same corpus gives the same bytes, from nothing or from an older file, and covers all it should."""
    count = build_vectors(library, HashEmbedder(), tmp_path / "one.npz")
    (tmp_path / "two.npz").write_bytes(b"old and broken")
    build_vectors(library, HashEmbedder(), tmp_path / "two.npz")
    build_vectors(library, HashEmbedder(), tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    embedder = Counting()
    texts = [w.text for w in corpus_windows(library)]
    VectorStore(embedder, shipped=tmp_path / "one.npz").vectors(texts)
    assert embedder.asked == []
    assert count > len(set(texts))


def test_queries_are_remembered_up_to_a_size() -> None:
    """One call embeds only what is new; order and repeats do not matter; old ones make room."""
    queries = QueryVectors(HashEmbedder(), size=2)
    texts = ["a", "b", "a", "c"]
    assert np.array_equal(queries.vectors(texts), HashEmbedder().queries(texts))
    assert np.array_equal(queries.vectors(["c", "a"]), HashEmbedder().queries(["c", "a"]))
    assert len(queries._known) == 2
