"""The embedding model: found without importing its package, checked, deterministic."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from guidegen.errors import RetrievalError
from guidegen.retrieval.embedder import FOLDER, HashEmbedder, OnnxEmbedder

TEXTS = ["Who holds the keys?", "A feed is ranked. " * 60, "", "Grüße, 東京 \ud800", "word " * 3_000]


def test_vectors_are_unit_rows(onnx: OnnxEmbedder) -> None:
    """Every text, empty, foreign, broken or far too long, becomes one row of length 1."""
    vectors = onnx.passages(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_does_not_depend_on_its_company_or_on_threads(onnx: OnnxEmbedder) -> None:
    """A text alone, among others, in another order or on one thread has the very same vector."""
    together = onnx.passages(TEXTS)
    assert np.array_equal(together, np.vstack([onnx.passages([text]) for text in TEXTS]))
    assert np.array_equal(together[::-1], OnnxEmbedder(threads=1).passages(TEXTS[::-1]))


def test_meaning_is_seen_without_shared_words(onnx: OnnxEmbedder) -> None:
    """A question is closer to the passage that answers it than to another one."""
    passages = onnx.passages(
        ["Whoever can sign can move the coins.", "A feed is ranked by a guess of what you watch."]
    )
    close, far = onnx.queries(["Who controls our cryptocurrency?"])[0] @ passages.T
    assert close > far + 0.1


def test_queries_carry_the_instruction(onnx: OnnxEmbedder) -> None:
    """The same words as a query and as a passage have different vectors."""
    assert not np.allclose(onnx.queries(["custody"]), onnx.passages(["custody"]))


def test_nothing_in_nothing_out(onnx: OnnxEmbedder) -> None:
    """No texts make no rows, with the right width."""
    assert onnx.passages([]).shape == onnx.queries([]).shape == (0, 384)


def test_missing_files_are_an_error_with_a_remedy(tmp_path: Path) -> None:
    """A folder without the model says so at once, and what to do."""
    with pytest.raises(RetrievalError, match="missing") as caught:
        OnnxEmbedder(tmp_path)
    assert "Install" in str(caught.value)


def test_a_wrong_size_is_noticed_at_once(tmp_path: Path) -> None:
    """A model of another size is refused before it is read."""
    (tmp_path / "model.onnx").write_bytes(b"short")
    with pytest.raises(RetrievalError, match="5 bytes"):
        OnnxEmbedder(tmp_path)


def test_a_damaged_file_is_noticed_before_use(tmp_path: Path) -> None:
    """A file of the right size and the wrong content is refused when the model is first needed."""
    for name, size in (("model.onnx", 34_015_106), ("tokenizer.json", 711_396)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    embedder = OnnxEmbedder(tmp_path)
    with pytest.raises(RetrievalError, match="damaged or of another version"):
        embedder.passages(["anything"])


def test_the_carrying_package_is_never_imported() -> None:
    """Embedding works without one line of the model's package being run."""
    code = (
        "import sys; from guidegen.retrieval.embedder import OnnxEmbedder; OnnxEmbedder().passages(['a']);"
        f"sys.exit(any(name.startswith({FOLDER.split('/')[0]!r}) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_fake_is_deterministic_and_sees_shared_words() -> None:
    """The fake's vectors are unit rows, equal each time, and closer when words are shared."""
    fake = HashEmbedder()
    vectors = fake.passages(["who signs the coins", "who signs the bills", "roses in autumn", ""])
    assert np.array_equal(
        vectors, HashEmbedder().queries(["who signs the coins", "who signs the bills", "roses in autumn", ""])
    )
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert fake.passages([]).shape == (0, 256)
