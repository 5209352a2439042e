"""What guides are made with, read once in a thread of its own while the server already answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fastapi import Request

from api.problems import Refused
from guidegen.errors import GuidegenError
from guidegen.guides import Parts

WAIT_SECONDS = 20.0
"""How long a request waits for the corpus before it is told to come back."""


class Readiness:
    """Makes the parts once. After a failure the next one who asks starts another try."""

    def __init__(self, make: Callable[[], Parts]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._thread: threading.Thread | None = None
        self._parts: Parts | None = None
        self._error: GuidegenError | None = None

    def begin(self) -> None:
        """Start making the parts, unless they are there or on their way."""
        with self._lock:
            if self._parts is None and (self._thread is None or not self._thread.is_alive()):
                self._error = None
                self._done.clear()
                self._thread = threading.Thread(target=self._run, name="reading-the-corpus", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        parts: Parts | None = None
        # What nobody foresaw ends this thread with a trace in the log, and is told like this:
        error: GuidegenError | None = Refused("internal", "The corpus could not be read.")
        try:
            made = self._make()
            # The first question builds the index; nobody who asks for a guide should wait for that.
            for topic in list(made.library.topics)[:1]:
                made.index.inside(topic, ["where do we start"])
            parts, error = made, None
        except GuidegenError as found:
            error = found
        finally:
            self._parts, self._error = parts, error
            self._done.set()

    def parts(self, wait: float = WAIT_SECONDS) -> Parts:
        """The parts, after at most ``wait`` seconds. Raises what making them raised, or Refused: not-ready."""
        if self._parts is None:
            self.begin()
            self._done.wait(wait)
        if self._parts is not None:
            return self._parts
        raise self._error or Refused(
            "not-ready", "This takes a moment after a start. Ask again in two seconds."
        )

    def now(self) -> Parts:
        """The parts if they are there; else the last failure, or Refused: not-ready. Never waits."""
        error = self._error
        if self._parts is None:
            self.begin()
            raise error or Refused(
                "not-ready", "This takes a moment after a start. Ask again in two seconds."
            )
        return self._parts


@dataclass(frozen=True)
class Desk:
    """What the endpoints share: the parts, and what day it is."""

    readiness: Readiness
    today: Callable[[], date]

    def parts(self) -> Parts:
        """The parts, waited for."""
        return self.readiness.parts()


def desk(request: Request) -> Desk:
    """The desk of the app that got this request."""
    found: Desk = request.app.state.desk
    return found
