"""Vectors kept by what they are vectors of, so that a text is embedded once and never again.

A file (numpy's npz, no compression) holds the embedder's name, the sorted keys and the vectors as
float16: half the size, and no cosine moves by more than 1e-3 (measured: 1e-5). Vectors are rounded
before their first use, so a text has the same vector whether it was embedded now or read.
The built-in corpus's vectors ship as ``corpus/_vectors.npz``; others are kept in a cache folder.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import threading
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guidegen.domain.fingerprint import fingerprint
from guidegen.domain.ports import Embedder, Library, Matrix
from guidegen.errors import RetrievalError
from guidegen.retrieval.chunks import corpus_windows
from guidegen.retrieval.embedder import unit
from guidegen.retrieval.routing import other_subjects, topic_names

Half = NDArray[np.float16]


class VectorStore:
    """Passages' vectors: from the shipped file, from the cache folder, else embedded and kept there.

    ``shipped`` is only read. Without ``cache`` new vectors live as long as this object. A file that
    is missing, damaged, or made by another embedder counts as empty, and the cache is written anew.
    Raises RetrievalError when the cache folder cannot be written.
    """

    def __init__(self, embedder: Embedder, shipped: Path | None = None, cache: Path | None = None) -> None:
        self._embedder = embedder
        self._shipped = shipped
        self._cache = cache / f"vectors-{fingerprint(embedder.name)}.npz" if cache is not None else None
        self._known: dict[bytes, Half] | None = None
        self._own: dict[bytes, Half] = {}
        self._lock = threading.Lock()

    def vectors(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of these texts, in this order, shape (len(texts), dimensions), float32."""
        keys = [_key(self._embedder, text) for text in texts]
        with self._lock:
            known = self._read()
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            if missing:
                rows = self._embedder.passages(list(missing.values())).astype(np.float16)
                new = dict(zip(missing, rows, strict=True))
                known.update(new)
                self._own.update(new)
                if self._cache is not None:
                    # Another process may have added its own meanwhile; what is lost is embedded again.
                    _write(
                        self._cache, self._embedder.name, {**_load(self._cache, self._embedder), **self._own}
                    )
        if not keys:
            return self._embedder.passages([])
        return unit(np.stack([known[key] for key in keys]).astype(np.float32))

    def _read(self) -> dict[bytes, Half]:
        if self._known is None:
            self._own = _load(self._cache, self._embedder)
            self._known = {**_load(self._shipped, self._embedder), **self._own}
        return self._known


class QueryVectors:
    """Queries' vectors, remembered in this process: one guide asks with the same goals several times.

    All that is new in a call is embedded in one batch. Holds the last ``size`` texts.
    """

    def __init__(self, embedder: Embedder, size: int = 4_096) -> None:
        self._embedder = embedder
        self._size = size
        self._known: dict[str, Matrix] = {}
        self._lock = threading.Lock()

    def vectors(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of these queries, in this order, shape (len(texts), dimensions), float32."""
        if not texts:
            return self._embedder.queries([])
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        new = dict(zip(missing, self._embedder.queries(missing), strict=True)) if missing else {}
        with self._lock:
            self._known.update(new)
            while len(self._known) > self._size:
                del self._known[next(iter(self._known))]
        return np.stack([known[text] if text in known else new[text] for text in texts])


def build_vectors(library: Library, embedder: Embedder, path: Path) -> int:
    """Write the vectors of a corpus to ``path`` and return how many there are.

    Holds every window, topic name and other subject, and nothing else. What the file already has is
    kept, the rest embedded; the same corpus and embedder give the same bytes.
    """
    texts = [window.text for window in corpus_windows(library)]
    texts += [name for topic in library.topics.values() for name in topic_names(topic)]
    texts += other_subjects(library)
    store = VectorStore(embedder, shipped=path)
    rows = store.vectors(texts).astype(np.float16)
    _write(path, embedder.name, {_key(embedder, text): row for text, row in zip(texts, rows, strict=True)})
    return len(set(texts))


def _key(embedder: Embedder, text: str) -> bytes:
    return hashlib.sha256(f"{embedder.name}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _load(path: Path | None, embedder: Embedder) -> dict[bytes, Half]:
    """What a file holds; nothing when it is missing, damaged, or another embedder's."""
    if path is None:
        return {}
    try:
        with np.load(path, allow_pickle=False) as file:
            name, keys, vectors = file["embedder"], file["keys"], file["vectors"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    sound = (
        str(name) == embedder.name
        and keys.dtype == np.uint8
        and vectors.dtype == np.float16
        and keys.ndim == vectors.ndim == 2
        and keys.shape[1] == hashlib.sha256().digest_size
        and len(keys) == len(vectors)
    )
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)} if sound else {}


def _write(path: Path, embedder: str, vectors: Mapping[bytes, Half]) -> None:
    keys = sorted(vectors)
    arrays = {
        "embedder": np.array(embedder),
        "keys": np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), -1)
        if keys
        else np.zeros((0, 32), np.uint8),
        "vectors": np.stack([vectors[key] for key in keys]) if keys else np.zeros((0, 0), np.float16),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, _npz(arrays.items()))
    except OSError as error:
        raise RetrievalError(
            f"The vectors cannot be kept in {path}: {error.strerror or error}.",
            remedy="Choose a cache folder that can be written to, or free some space.",
        ) from error


def _npz(arrays: Iterable[tuple[str, NDArray[np.generic]]]) -> bytes:
    """As ``numpy.savez`` writes it, except that the time in the archive is always the same."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays:
            member = io.BytesIO()
            np.lib.format.write_array(member, array, version=(1, 0), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), member.getvalue())
    return content.getvalue()


def _replace(path: Path, content: bytes) -> None:
    """Put a whole file in place at once: a reader sees the old one or the new one, never a part."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    finally:  # also when the reader presses Ctrl-C; after replacing there is nothing to remove
        Path(name).unlink(missing_ok=True)
