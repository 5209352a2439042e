"""The composition root: the only place that reads settings and names concrete classes.

Heavy libraries are imported inside these functions, so that ``--help`` stays quick.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidegen.domain.ports import Index, Library
    from guidegen.guides import Parts
    from guidegen.library import CorpusLibrary
    from guidegen.settings import Settings

VECTORS_FILE = "_vectors.npz"


def settings() -> Settings:
    """The settings in force now."""
    from guidegen.settings import load

    return load()


def library(chosen: Settings) -> CorpusLibrary:
    """The corpus with its overlay. Raises CorpusError with every fault."""
    from guidegen.library import read

    return read(chosen.corpus, chosen.overlay)


def index(chosen: Settings, books: Library) -> Index:
    """The search index over ``books``, built on first use and kept in the cache folder."""
    from guidegen.retrieval.embedder import OnnxEmbedder
    from guidegen.retrieval.index import ChromaIndex

    return ChromaIndex(
        books,
        OnnxEmbedder(threads=chosen.threads),
        cache=chosen.cache,
        shipped=chosen.corpus / VECTORS_FILE,
    )


def write_vectors() -> int:
    """Bring the corpus' shipped vectors up to date; returns how many texts have one."""
    from guidegen.retrieval.embedder import OnnxEmbedder
    from guidegen.retrieval.vectors import build_vectors

    chosen = settings()
    return build_vectors(library(chosen), OnnxEmbedder(threads=chosen.threads), chosen.corpus / VECTORS_FILE)


@lru_cache(maxsize=4)
def _parts(chosen: Settings) -> Parts:
    from guidegen.guides import Parts
    from guidegen.writing.composed import ComposedWriter

    books = library(chosen)
    return Parts(library=books, index=index(chosen, books), writer=ComposedWriter())


def parts(chosen: Settings | None = None) -> Parts:
    """What a guide is made with; built once per settings."""
    return _parts(chosen or settings())


def today() -> date:
    """The day, read from the clock here and nowhere else."""
    return date.today()
