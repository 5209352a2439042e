"""What the core asks of the outside, as protocols; implementations carry a qualifier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from guidegen.domain.chat import ChatAnswer, ChatRequest, Deadline
from guidegen.domain.formats import Shelf
from guidegen.domain.guide import Draft
from guidegen.domain.plan import WritingBrief
from guidegen.domain.topic import Item, Source, Topic

Matrix = NDArray[np.float32]


class Library(Protocol):
    """The corpus, read and validated."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever any text of the corpus changes."""

    @property
    def topics(self) -> Mapping[str, Topic]:
        """Topic id to topic, in id order."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Source id to source."""

    @property
    def shelf(self) -> Shelf:
        """Tags, framing lines, formats and the lexicon."""


class Embedder(Protocol):
    """Texts to unit vectors, shape (len(texts), dimensions), dtype float32."""

    @property
    def name(self) -> str:
        """Changes whenever the vectors would."""

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Vectors of stored texts."""

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Vectors of what people ask."""


class Similarity(Protocol):
    """How close each item is to each of some texts: the answer of one query to the index."""

    @property
    def items(self) -> Sequence[Item]:
        """The items searched, in a fixed order."""

    @property
    def scores(self) -> Matrix:
        """Fused similarity in 0-1, shape (texts, items)."""

    @property
    def cosine(self) -> Matrix:
        """Cosine of meaning alone, not scaled per text, shape (texts, items): tells a thin goal."""

    @property
    def vectors(self) -> Matrix:
        """The items' unit vectors, shape (items, dimensions), for telling near-repeats."""


class Hit(Protocol):
    """One item that a search found."""

    @property
    def topic(self) -> str:
        """The topic's id; "_give-back" for a general give-back."""

    @property
    def item(self) -> Item:
        """The item itself."""

    @property
    def score(self) -> float:
        """Words and meaning fused, 0-1 within this search."""


class Index(Protocol):
    """Search over the corpus: one query a guide."""

    def inside(self, topic: str, texts: Sequence[str]) -> Similarity:
        """How close every item of ``topic`` is to each of ``texts``."""

    def cosines(self, texts: Sequence[str], passages: Sequence[str]) -> Matrix:
        """Cosine of each text with each passage of the corpus, shape (texts, passages)."""

    def search(self, text: str, k: int = 10, topic: str | None = None) -> Sequence[Hit]:
        """The ``k`` items closest to a text, best first, in one topic or in all."""


class Writer(Protocol):
    """Plan and evidence to words: a whole draft, always."""

    @property
    def name(self) -> str:
        """Goes into provenance and both fingerprints."""

    def write(self, brief: WritingBrief, deadline: Deadline | None = None) -> Draft:
        """Every section of the guide, at the latest when the deadline is over."""


class ChatModel(Protocol):
    """Messages to text: one language model at one endpoint, safe to share between threads."""

    @property
    def name(self) -> str:
        """Goes into provenance and into the key of its answers."""

    def complete(self, request: ChatRequest, deadline: Deadline) -> ChatAnswer:
        """One whole, readable answer, at the latest when the deadline is over.

        Raises a ModelError for everything else, with the code that says what happened.
        """


class AnswerStore(Protocol):
    """Answers that were paid for, kept the moment they arrive and before anyone judges them."""

    def get(self, key: str) -> ChatAnswer | None:
        """The answer kept under this key (``domain.chat.answer_key``), if there is one."""

    def put(self, key: str, request: ChatRequest, answer: ChatAnswer) -> None:
        """Keeps an answer with what was asked; the same key again replaces it."""
