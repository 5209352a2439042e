"""The answer store: what a model said is kept the moment it arrives, so that it is paid for once.

A row holds the key (a hash of model, request and take), the answer, and hashes of the ids of the people
it is about, so that one person's answers can be erased. It holds no prompt, no name and no address;
answers speak of MENTOR and EXECUTIVE. A hash keeps an id from the eye, not from one who guesses it.

A store never stands in a guide's way: where it cannot be read or written it keeps nothing, and says so
in ``warnings``.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError, SQLAlchemyError

from guidegen.domain.chat import ChatAnswer, ChatRequest
from guidegen.domain.fingerprint import fingerprint
from guidegen.domain.guide import Warning
from guidegen.storage.opening import Timeout, engine_for, file_of, move_aside, prepare
from guidegen.storage.tables import answer_people, answers

MAX_BYTES = 200_000_000
"""Answers kept in all before the oldest go; about 50,000."""

_DAMAGED = ("malformed", "not a database", "database corruption", "disk image")
_SHUT = ("readonly", "read-only", "unable to open", "permission")
T = TypeVar("T")


def person_key(person_id: str) -> str:
    """The hash under which a person's answers are found."""
    return fingerprint("answer-person", person_id, length=64)


class SqlAnswerStore:
    """``AnswerStore`` in SQLite, or another database by URL. Shared by threads and by processes."""

    def __init__(self, url: str, *, max_bytes: int = MAX_BYTES, people: Sequence[str] = ()) -> None:
        """Opens nothing yet. Raises SettingsError when ``url`` is none, or its driver is not installed."""
        self._engine = engine_for(url)
        self._max_bytes = max_bytes
        self._people = tuple(dict.fromkeys(person_key(p) for p in people))
        self._state = _State()

    def about(self, people: Sequence[str]) -> SqlAnswerStore:
        """The same store, whose ``put`` notes that what is kept is about these people (their ids)."""
        bound = object.__new__(SqlAnswerStore)
        bound.__dict__ = {**self.__dict__, "_people": tuple(dict.fromkeys(person_key(p) for p in people))}
        return bound

    @property
    def warnings(self) -> tuple[Warning, ...]:
        """What kept the store from working so far, each once; for the coordinator."""
        return tuple(self._state.warnings.values())

    def get(self, key: str) -> ChatAnswer | None:
        """The answer kept under ``key``; None when there is none, or none that can be read."""
        kept = self._try(lambda c: c.execute(select(answers.c.answer).where(answers.c.key == key)).scalar(), None)
        if kept is None:
            return None
        try:
            return ChatAnswer.model_validate(json.loads(kept))
        except (ValueError, ValidationError):  # of an older version: asked for again, and then replaced
            return None

    def put(self, key: str, request: ChatRequest, answer: ChatAnswer) -> None:
        """Keeps ``answer``; the request itself is not kept, its hash is in ``key``. Never raises."""
        del request
        # Escaped to ASCII: half a surrogate or a NUL in an answer is kept as it came.
        text = json.dumps(answer.model_dump(mode="python"), ensure_ascii=True)
        if len(text) > self._max_bytes:
            self._warn("too-large", "An answer was larger than the whole answer store, and was not kept.")
            return

        def keep(connection: Connection) -> None:
            connection.execute(delete(answers).where(answers.c.key == key))
            connection.execute(insert(answers).values(key=key, answer=text, size=len(text)))
            if self._people:
                connection.execute(insert(answer_people), [{"key": key, "person": p} for p in self._people])
            _prune(connection, self._max_bytes)

        if not self._state.shut:
            self._try(keep, None, writing=True)

    def erase(self, person_id: str) -> int | None:
        """Erases every answer that is about a person; returns how many, None when it could not be done."""
        about = select(answer_people.c.key).where(answer_people.c.person == person_key(person_id))
        return self._removed(lambda c: c.execute(delete(answers).where(answers.c.key.in_(about))).rowcount)

    def prune(self, max_bytes: int = 0) -> int | None:
        """Erases the oldest answers until at most ``max_bytes`` are kept; returns how many, None on failure."""
        return self._removed(lambda c: _prune(c, max_bytes))

    def _removed(self, work: Callable[[Connection], int]) -> int | None:
        found = self._try(work, None, writing=True)
        if found and self._engine.dialect.name == "sqlite":  # else the log would still hold what was erased
            self._try(lambda c: c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall(), None)
        return found

    def count(self) -> int:
        """How many answers are kept."""
        return self._try(lambda c: c.execute(select(func.count()).select_from(answers)).scalar_one(), 0)

    def _warn(self, code: str, text: str) -> None:
        self._state.warnings.setdefault(code, Warning(code=f"answer-store-{code}", text=text, to=("coordinator",)))

    def _try(self, work: Callable[[Connection], T], otherwise: T, *, writing: bool = False) -> T:
        """Does ``work`` in one transaction; on a fault a warning, and ``otherwise``. A damaged file is replaced once."""
        for attempt in (1, 2):
            try:
                self._ready()
                with self._engine.begin() as connection:
                    return work(connection)
            except IntegrityError:
                return otherwise  # another process kept an answer to the same request a moment ago
            except DatabaseError as error:
                words = str(error.orig).lower()
                if attempt == 1 and any(mark in words for mark in _DAMAGED) and self._begun_anew():
                    continue
                self._fault(words, writing)
            except (SQLAlchemyError, OSError, Timeout) as error:
                self._fault(str(error).lower(), writing)
            return otherwise
        return otherwise

    def _ready(self) -> None:
        path = file_of(self._engine)
        if self._state.prepared and (path is None or path.exists()):
            return
        with self._state.lock:
            prepare(self._engine)
            self._state.prepared = True

    def _begun_anew(self) -> bool:
        try:
            aside = move_aside(self._engine)
        except (OSError, Timeout):
            return False
        if aside:
            self._warn("damaged", f"The answer store was damaged. It was moved to {aside.name} and begun anew.")
        self._state.prepared = False
        return True

    def _fault(self, words: str, writing: bool) -> None:
        if "full" in words or "no space" in words:
            self._warn("full", "The disk is full, so answers are not kept: the same guide would cost its calls again.")
        elif any(mark in words for mark in _SHUT):
            self._state.shut = self._state.shut or writing
            self._warn("shut", "The answer store cannot be written, so answers are not kept: the same guide would cost its calls again.")
        else:
            self._warn("fault", "The answer store does not work, so answers are not kept: the same guide would cost its calls again.")


class _State:
    """What all views of one store share."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.prepared = False
        self.shut = False
        self.warnings: dict[str, Warning] = {}


def _prune(connection: Connection, max_bytes: int) -> int:
    """Erases the oldest until the rest is small enough; returns how many went."""
    total = connection.execute(select(func.coalesce(func.sum(answers.c.size), 0))).scalar() or 0
    if total <= max_bytes:
        return 0
    gone, last = 0, 0
    for number, size in connection.execute(select(answers.c.number, answers.c.size).order_by(answers.c.number)):
        if total <= max_bytes:
            break
        total, last, gone = total - size, number, gone + 1
    connection.execute(delete(answers).where(answers.c.number <= last))
    return gone
