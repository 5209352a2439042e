"""The one owner of retries: every call to a model goes through here, and nothing below tries again."""

from __future__ import annotations

import threading
from collections.abc import Callable

from guidegen.domain.chat import ChatAnswer, ChatRequest, Deadline
from guidegen.domain.ports import ChatModel
from guidegen.errors import ModelError, ModelTimeout
from guidegen.llm.faults import fault

FIRST_PAUSE = 0.5
"""Seconds that the first pause is at most; each further one may be twice as long."""
LONGEST_PAUSE = 20.0


class PatientChat:
    """A chat model that tries again where that may help, never beyond the deadline.

    ``attempts`` is the most calls of ``inner`` for one answer; ``at_once`` how many calls run side by
    side, over all threads; ``call_seconds`` the longest one call may take. Between calls it pauses for
    a random part of a growing time (full jitter, so that many callers do not come back together), or
    for what the endpoint asks; a pause that would outlast the deadline is not begun. ``chance`` gives
    numbers in [0, 1), ``sleep`` waits: both are handed in.
    """

    def __init__(
        self,
        inner: ChatModel,
        *,
        chance: Callable[[], float],
        sleep: Callable[[float], None],
        attempts: int = 3,
        at_once: int = 8,
        call_seconds: float = 120.0,
    ) -> None:
        self._inner = inner
        self._chance = chance
        self._sleep = sleep
        self._attempts = attempts
        self._places = threading.BoundedSemaphore(at_once)
        self._call_seconds = call_seconds

    @property
    def name(self) -> str:
        """The inner model's name."""
        return self._inner.name

    def complete(self, request: ChatRequest, deadline: Deadline) -> ChatAnswer:
        """One whole answer; ``attempts`` on it, or on the error raised, counts every call made."""
        made = 0
        for tried in range(1, self._attempts + 1):
            try:
                answer = self._once(request, deadline)
            except ModelError as error:
                made += error.attempts
                error.attempts = made
                pause = self._pause(tried, error.retry_after)
                if not error.again or tried == self._attempts or pause >= deadline.left:
                    raise
            else:
                return answer.model_copy(update={"attempts": made + answer.attempts})
            self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, request: ChatRequest, deadline: Deadline) -> ChatAnswer:
        if not self._places.acquire(timeout=deadline.left):
            raise fault(ModelTimeout, detail="waiting for a free place", attempts=0)
        try:
            return self._inner.complete(request, deadline.within(self._call_seconds))
        finally:
            self._places.release()

    def _pause(self, tried: int, asked: float | None) -> float:
        """Seconds to wait: what the endpoint asks and a little more, else full jitter."""
        spread = self._chance() * min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (tried - 1))
        return spread if asked is None else asked + spread
