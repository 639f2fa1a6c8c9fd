"""Asks for what is wanted next while this PC still stores what came: line, hub and desk work together."""

import threading  # noqa: TID251 - it waits for the hub while the lane of the round writes; who asked waits for it
from collections.abc import Callable
from concurrent.futures import Future  # noqa: TID251 - holds its answer, or why there is none
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """At most one question on its way. It touches no store, and whoever wants anything else waits for it."""

    def __init__(self) -> None:
        self._asked: object = None
        self._answer: Future[T] | None = None
        self._thread: threading.Thread | None = None

    def begin(self, question: object, ask: Callable[[], T]) -> None:
        """Ask a question, which is known by `question`, before its answer is wanted."""
        self.settle()
        answer: Future[T] = Future()
        self._asked, self._answer = question, answer
        self._thread = threading.Thread(target=_answered, args=(answer, ask), name="sync ahead")
        self._thread.start()

    def take(self, question: object) -> Future[T] | None:
        """Wait for the question under way and return its answer if it is this one's, else None."""
        asked, answer = self._asked, self._answer
        self.settle()
        return answer if asked == question else None

    def settle(self) -> None:
        """Wait for the question under way; its answer goes nowhere."""
        if self._thread is not None:
            self._thread.join()
        self._asked = self._answer = self._thread = None


def _answered(answer: Future[T], ask: Callable[[], T]) -> None:
    try:
        answer.set_result(ask())
    except BaseException as error:  # noqa: BLE001 - raised where the answer is taken, whatever it is
        answer.set_exception(error)
