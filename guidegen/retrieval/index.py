"""The index: one topic scored whole in numpy, the whole corpus searched in chromadb.

Why one topic is read whole and scored in numpy: a guide scores every item of its topic. The topic's
vectors are taken from the vector store once in a process; after that every answer is exact, the same
each time, and costs under a millisecond, where a filtered query costs 12 (130 at 20,000 items). So a
guide never imports chromadb, which costs more than everything else a guide does (docs/decisions/0008).

Search across topics has one chromadb folder for each state of the corpus, built on its first use.
Why a new folder each time: a process that has opened a chromadb folder never sees what another
process adds to it, so a folder is written once, under a lock, and only read from then on. It is
built beside its place and moved there whole.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from guidegen.domain.fingerprint import fingerprint
from guidegen.domain.ports import Embedder, Library, Matrix
from guidegen.domain.topic import Item
from guidegen.errors import RetrievalError, TopicUnknown
from guidegen.retrieval.chunks import (
    GENERAL_GIVE_BACKS,
    Window,
    corpus_items,
    corpus_windows,
    item_text,
    windows,
)
from guidegen.retrieval.embedder import unit
from guidegen.retrieval.fusion import Lexicon, fused
from guidegen.retrieval.vectors import QueryVectors, VectorStore

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

COLLECTION = "windows"
DATABASE = "chroma.sqlite3"
SEAL = "lengths.txt"
KEPT = 3
"""How many folders stay: going back to yesterday's corpus should not build again."""

LOCK_SECONDS = 600
"""How long to wait for another process that builds: far more than 20,000 items need."""

CANDIDATES = 100
"""How many windows, and how many items by words, ``search`` fuses at least."""

_REMEDY = "Check that the cache folder can be written to and has space, or delete it: it is built again."


class Hit(NamedTuple):
    """One item that ``search`` found; ``topic`` is "_give-back" for a general give-back."""

    topic: str
    item: Item
    score: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Found:
    """How close each item is to each text: implements ``Similarity``."""

    items: tuple[Item, ...]
    scores: Matrix
    cosine: Matrix
    vectors: Matrix


@dataclass(frozen=True, slots=True)
class _Room:
    """One topic, ready to be scored: windows stand in the order of their items."""

    items: tuple[Item, ...]
    windows: Matrix
    starts: list[int]
    vectors: Matrix
    lexicon: Lexicon


class ChromaIndex:
    """Search over a corpus: implements ``Index``. Nothing is opened before the first question, and
    chromadb not before the first ``search`` across topics.

    ``cache`` is a folder for what can be made again: the index and vectors that did not ship.
    ``shipped`` is the built-in corpus's vector file. Threads may share one object. Raises
    RetrievalError when the cache cannot be used or the embedding model fails.
    """

    def __init__(
        self, library: Library, embedder: Embedder, cache: Path, shipped: Path | None = None
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._root = cache / "index"
        self._store = VectorStore(embedder, shipped, cache)
        self._rooms: dict[str, _Room] = {}
        self._lock = threading.RLock()
        self._client: Client | None = None
        self._queries = QueryVectors(embedder)

    def inside(self, topic: str, texts: Sequence[str]) -> Found:
        """How close every item of ``topic``, and every general give-back, is to each text.

        Scores are words and meaning fused, 0-1, scaled per text; ``cosine`` is meaning alone. Items
        stand in file order, the topic's first. Raises TopicUnknown.
        """
        room = self._room(topic)
        if not room.items:
            empty = np.zeros((len(texts), 0), np.float32)
            return Found((), empty, empty, room.vectors)
        by_window = self.queries(texts) @ room.windows.T
        cosine = np.maximum.reduceat(by_window, room.starts, axis=1).astype(np.float32)
        return Found(room.items, fused(cosine, room.lexicon.scores(texts)), cosine, room.vectors)

    def cosines(self, texts: Sequence[str], passages: Sequence[str]) -> Matrix:
        """Cosine of each text, as a query, with each passage, shape (texts, passages).

        The passages' vectors are kept, so this is for texts of the corpus, not of people.
        """
        if not texts or not passages:
            return np.zeros((len(texts), len(passages)), np.float32)
        return (self.queries(texts) @ self._store.vectors(passages).T).astype(np.float32)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of what people ask, remembered in this process, shape (texts, dimensions)."""
        return self._queries.vectors(texts)

    def search(self, text: str, k: int = 10, topic: str | None = None) -> list[Hit]:
        """The ``k`` items closest to a text, best first, in one topic or in all. Raises TopicUnknown."""
        if topic is not None:
            found = self.inside(topic, [text])
            hits = [
                Hit(topic if position < self._own_items(topic) else GENERAL_GIVE_BACKS, item, score, cosine)
                for position, (item, score, cosine) in enumerate(
                    zip(found.items, found.scores[0].tolist(), found.cosine[0].tolist(), strict=True)
                )
            ]
        else:
            with _vendor_errors():
                hits = self._everywhere(text, max(CANDIDATES, 5 * k))
        return sorted(hits, key=lambda hit: (-hit.score, hit.item.id))[:k]

    def close(self) -> None:
        """Let go of the folder's files; the next question opens them again."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None
                self.__dict__.pop("_collection", None)

    def _own_items(self, topic: str) -> int:
        return len(self._library.topics[topic].items())

    def _everywhere(self, text: str, wide: int) -> list[Hit]:
        """Candidates by meaning (the index) and by words, fused over both."""
        with self._lock:
            collection, (pairs, starts, lexicon) = self._collection, self._all
        if not pairs:
            return []
        query = self.queries([text])
        near = collection.query(
            query_embeddings=query, n_results=min(wide, starts[-1]), include=["distances"]
        )
        lexical = lexicon.scores([text])
        by_words = [int(n) for n in np.argsort(-lexical[0], kind="stable")[:wide] if lexical[0, n] > 0]
        owners = np.searchsorted(starts, [int(key) for key in near["ids"][0]], side="right") - 1
        chosen = sorted({*by_words, *map(int, owners)})
        ids = [_window_id(window) for n in chosen for window in range(starts[n], starts[n + 1])]
        vectors = _by_id(collection.get(ids=ids, include=["embeddings"]))
        firsts = np.cumsum([0, *(starts[n + 1] - starts[n] for n in chosen)])[:-1]
        by_window = query @ np.stack([vectors[key] for key in ids]).T
        cosine = np.maximum.reduceat(by_window, firsts, axis=1).astype(np.float32)
        scores = fused(cosine, lexical[:, chosen])
        return [Hit(*pairs[n], float(scores[0, m]), float(cosine[0, m])) for m, n in enumerate(chosen)]

    @cached_property
    def _windows(self) -> list[Window]:
        return corpus_windows(self._library)

    @cached_property
    def _all(self) -> tuple[list[tuple[str, Item]], list[int], Lexicon]:
        """Every item with its topic, where its windows start (and where the last ends), and all words."""
        pairs = corpus_items(self._library)
        starts = [n for n, w in enumerate(self._windows) if n == 0 or w[:2] != self._windows[n - 1][:2]]
        return pairs, [*starts, len(self._windows)], Lexicon([" ".join(item_text(item)) for _, item in pairs])

    def _room(self, topic: str) -> _Room:
        with self._lock:
            if topic not in self._rooms:
                if topic not in self._library.topics:
                    raise TopicUnknown(f"There is no topic {topic!r}.")
                self._rooms[topic] = self._read_room(topic)
            return self._rooms[topic]

    def _read_room(self, topic: str) -> _Room:
        items = (*self._library.topics[topic].items(), *self._library.shelf.give_backs)
        if not items:
            nothing = self._embedder.passages([])
            return _Room((), nothing, [], nothing, Lexicon([]))
        parts = [windows(item) for item in items]
        starts = [0, *accumulate(map(len, parts[:-1]))]
        vectors = self._store.vectors([text for part in parts for text in part])
        lexicon = Lexicon([" ".join(item_text(item)) for item in items])
        return _Room(items, vectors, starts, unit(np.add.reduceat(vectors, starts, axis=0)), lexicon)

    @cached_property
    def _collection(self) -> Collection:
        """The open collection, built first if it is not there, incomplete or damaged."""
        folder = self._root / fingerprint(self._embedder.name, [tuple(window) for window in self._windows])
        self._root.mkdir(parents=True, exist_ok=True)
        with _lock(self._root / "lock"):
            collection = self._opened(folder) if _sound(folder) else None
            if collection is None:
                self._build(folder)
                collection = self._opened(folder)
            if collection is None:
                raise RetrievalError(f"The index in {folder} cannot be read back.", remedy=_REMEDY)
            os.utime(folder)
            _prune(self._root)
            return collection

    def _opened(self, folder: Path) -> Collection | None:
        from chromadb.errors import ChromaError

        client: Client | None = None
        try:
            client = _client(folder)
            collection = client.get_collection(COLLECTION, embedding_function=None)
            whole = collection.count() == len(self._windows)
        except ChromaError:
            whole = False
        if not whole:
            if client is not None:
                client.close()
            return None
        self._client = client
        return collection

    def _build(self, folder: Path) -> None:
        building = folder.with_name(f".building-{folder.name}")
        # The lock is held, so what stands here was left by a process that was killed.
        for left in (*self._root.glob(".building-*"), folder):
            shutil.rmtree(left, ignore_errors=True)
        vectors = self._store.vectors([window.text for window in self._windows])
        client = _client(building)
        try:
            collection = client.create_collection(
                COLLECTION,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}},
            )
            step = client.get_max_batch_size()
            for start in range(0, len(self._windows), step):
                part = self._windows[start : start + step]
                collection.add(
                    ids=[_window_id(start + n) for n in range(len(part))],
                    embeddings=vectors[start : start + step],
                    metadatas=[{"topic": window.topic, "item": window.item} for window in part],
                )
        finally:
            client.close()
        (building / SEAL).write_text(_seal(building), encoding="utf-8")
        for path in building.rglob("*"):
            if path.is_file():
                _flush(path)
        os.replace(building, folder)


def _window_id(position: int) -> str:
    return f"{position:07d}"


def _by_id(answer: Any) -> dict[str, Matrix]:
    return dict(zip(answer["ids"], np.asarray(answer["embeddings"], np.float32), strict=True))


def _client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    # Without _env_file=None the vendor reads a .env in the current folder, whoever wrote it.
    settings = Settings(anonymized_telemetry=False, _env_file=None)
    # Declared as an interface that lacks close(); what comes is always a Client.
    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))


@contextmanager
def _vendor_errors() -> Iterator[None]:
    """What chromadb and the file system raise, as RetrievalError."""
    try:
        # The import itself reads the environment and a .env file, and fails on values it dislikes.
        from chromadb.errors import ChromaError
    except ValueError as error:
        raise RetrievalError(
            "chromadb does not accept a setting it found in the environment or in a .env file.",
            remedy=f"Look at: {error}",
        ) from error
    try:
        yield
    except (ChromaError, OSError) as error:
        raise RetrievalError(f"The search index cannot be used: {error}", remedy=_REMEDY) from error


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """One process at a time; a lock left by a killed process is free."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(path, timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise RetrievalError(
            f"Another process has been building the search index for {LOCK_SECONDS} seconds.",
            remedy="Wait for it or end it, then try again.",
        ) from error


def _sound(folder: Path) -> bool:
    """Whether the folder is there, its database whole and its other files as long as they were written.

    Looked at beforehand, and not by trying: the vendor, once shown a damaged folder, fails on that path
    for as long as the process lives, or answers wrongly from a file cut short. Checksums would not do: it
    changes a few bytes of its files each time it opens them.
    """
    database = (folder / DATABASE).resolve()
    try:
        if (folder / SEAL).read_text(encoding="utf-8") != _seal(folder):
            return False
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except (sqlite3.Error, OSError, UnicodeDecodeError):
        return False


def _seal(folder: Path) -> str:
    """The length of each file beside the database, one a line."""
    kept = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != SEAL and not p.name.startswith(DATABASE))
    return "".join(f"{p.stat().st_size} {p.relative_to(folder).as_posix()}\n" for p in kept)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _prune(root: Path) -> None:
    """Only the folders used last stay. One that another process still reads may go: its files stay open."""
    folders = [path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")]
    for old in sorted(folders, key=lambda path: (-path.stat().st_mtime_ns, path.name))[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
