"""The composition root: the only place that reads settings and names concrete classes.

Heavy libraries are imported inside these functions, so that ``--help`` stays quick.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidegen.domain.chat import ChatRequest, Deadline
    from guidegen.domain.plan import WritingBrief
    from guidegen.domain.ports import ChatModel, Index, Library, Writer
    from guidegen.guides import Parts
    from guidegen.library import CorpusLibrary
    from guidegen.settings import Settings
    from guidegen.writing.asking import Ground
    from guidegen.writing.prompts import Prompts

VECTORS_FILE = "_vectors.npz"
ANSWERS_FILE = "answers.sqlite"


def settings(model: str | None = None) -> Settings:
    """The settings in force now; ``model`` is chosen before any setting."""
    from guidegen.settings import load

    return load(model=model)


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


def prompts() -> Prompts:
    """The prompts that ship with the package."""
    from guidegen.settings import shipped
    from guidegen.writing.prompts import Prompts

    return Prompts(shipped("prompts"))


def chat(chosen: Settings) -> ChatModel:
    """The model that was chosen, with patience. Raises ModelSetup when it cannot be made."""
    from guidegen.llm.langchain_chat import LangchainChat
    from guidegen.llm.transport import PatientChat

    key = chosen.api_key.get_secret_value() if chosen.api_key else None
    inner = LangchainChat(chosen.model or "", base_url=chosen.base_url, api_key=key, mode=chosen.model_mode)
    return PatientChat(inner, chance=random.random, sleep=time.sleep)


def deadline(seconds: float) -> Deadline:
    """The moment ``seconds`` from now, on a clock that nobody can set back."""
    from guidegen.domain.chat import Deadline

    return Deadline.after(seconds, time.monotonic)


@lru_cache(maxsize=4)
def _shared(chosen: Settings) -> Parts:
    from guidegen.guides import Parts
    from guidegen.writing.composed import ComposedWriter

    books = library(chosen)
    return Parts(library=books, index=index(chosen, books), writer=ComposedWriter())


@lru_cache(maxsize=4)
def _ground(chosen: Settings) -> Ground:
    from guidegen.writing.asking import Ground

    books = _shared(chosen).library
    return Ground.of(books.topics.values(), books.shelf)


@lru_cache(maxsize=4)
def _writer(chosen: Settings, take: int, fresh: bool) -> Writer:
    from guidegen.storage import SqlAnswerStore
    from guidegen.writing.model import ModelWriter

    store = SqlAnswerStore(chosen.answers or f"sqlite:///{chosen.cache / ANSWERS_FILE}")
    return ModelWriter(
        chat(chosen), prompts(), _ground(_unmodelled(chosen)),
        store_for=store.about, take=take, fresh=fresh, withheld=chosen.withhold,
    )


def _unmodelled(chosen: Settings) -> Settings:
    """The settings less what only a model needs, so that corpus and index are built once for all models."""
    fields = type(chosen).model_fields
    names = ("model", "base_url", "api_key", "model_mode", "model_seconds", "withhold", "answers")
    return chosen.model_copy(update={name: fields[name].default for name in names})


def parts(chosen: Settings | None = None, *, take: int = 1, fresh: bool = False) -> Parts:
    """What a guide is made with; built once per settings. With a model chosen, it writes (``take``, ``fresh``)."""
    chosen = chosen or settings()
    shared = _shared(_unmodelled(chosen))
    if chosen.model is None:
        return shared
    seconds = chosen.model_seconds
    return replace(shared, writer=_writer(chosen, take, fresh), deadline=lambda: deadline(seconds))


def preview(brief: WritingBrief, chosen: Settings) -> tuple[ChatRequest, ...]:
    """What a model would be sent for a guide, section by section; nothing is sent and no model is needed."""
    from guidegen.writing.asking import jobs_of
    from guidegen.writing.composed import ComposedWriter

    ground = _ground(_unmodelled(chosen))
    jobs = jobs_of(ComposedWriter().write(brief), brief, prompts(), ground, chosen.withhold)
    return tuple(job.request for job in jobs if job.slots)


def today() -> date:
    """The day, read from the clock here and nowhere else."""
    return date.today()
