"""The built-in vectors are those of the built-in corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guidegen.retrieval.embedder import OnnxEmbedder
from guidegen.retrieval.vectors import build_vectors

ROOT = Path(__file__).resolve().parent.parent


def test_shipped_vectors_are_current(parts: Any, tmp_path: Path) -> None:
    """``make vectors`` would change nothing: every text of the corpus has its vector in the shipped file."""
    shipped = ROOT / "corpus/_vectors.npz"
    copy = tmp_path / "_vectors.npz"
    copy.write_bytes(shipped.read_bytes())
    build_vectors(parts.library, OnnxEmbedder(), copy)
    assert copy.read_bytes() == shipped.read_bytes(), "run `make vectors`"
