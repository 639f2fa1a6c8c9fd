"""The one bridge between the Qt loop and background work.

Five lanes: *write* one at a time and never dropped, *read* two at once where a newer request of the same
owner for the same slot replaces the older, *free* for slow things somebody waits for (papers, keys), *care*
for those nobody does (backup, the check of the file), so that a receipt never stands behind a backup, *net*
for the round with the hub, which may wait for its line. What only the Qt thread can do, but not in one go,
goes through `by_turns`.
"""

import weakref
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from types import MethodType
from typing import Any, Literal

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desk import clock
from desk.errors import Problem
from desk.ui.live import Live
from desk.ui.notices import Notices
from desk.ui.turns import Turns

Lane = Literal["read", "write", "free", "care", "net"]

# Not 0: Qt would hand the next one on before the timers that have become due in the meantime.
_BREATH_MS = 1
_FRESH_MS = 5_000
"""How old an answer may be that was begun before anybody asked."""

_WORKERS: dict[Lane, int] = {"read": 2, "write": 1, "free": 2, "care": 1, "net": 1}


@dataclass
class _Job:
    """One piece of work on its way."""

    owner: weakref.ref[QObject]
    lane: Lane
    topic: tuple[int, object]
    done: Callable[[], Callable[[Any], None] | None]
    failed: Callable[[], Callable[[Problem], None] | None]
    ended: Callable[[], Callable[[], None] | None]
    future: Future[Any] = field(default_factory=Future)

    def owner_lives(self) -> bool:
        """Tell whether the asking widget still exists, in Python and in Qt."""
        owner = self.owner()
        return owner is not None and shiboken6.isValid(owner)


class Tasks(QObject):
    """Runs work in the background and brings the result back to the Qt thread.

    A `Problem` nobody handles goes to notices, a bug to the crash window; a result with `.changed` is
    announced on `live`.
    """

    _arrived = Signal(object)

    def __init__(self, notices: Notices, live: Live, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._live = live
        self._lanes: dict[Lane, ThreadPoolExecutor] = {}
        self._newest: dict[tuple[int, object], _Job] = {}
        self._begun: dict[Callable[[], Any], tuple[Future[Any], int]] = {}
        self._closed = False
        self._turns = Turns(self)
        self._waiting: deque[_Job] = deque()
        self._breath = QTimer(self)
        self._breath.setObjectName("answers")
        self._breath.setSingleShot(True)
        self._breath.setInterval(_BREATH_MS)
        self._breath.timeout.connect(self._hand_on)
        self._arrived.connect(self._on_returned, Qt.ConnectionType.QueuedConnection)
        live.changed.connect(self._forget_begun)

    def begin(self, work: Callable[[], Any], lane: Lane = "read") -> None:
        """Begin a look that is about to be asked for: the next `run` of the same `work` takes its answer.

        Not if records have changed since, or nobody asked for seconds: then it is looked again.
        """
        if not self._closed:
            self._begun[work] = self._pool(lane).submit(work), clock.monotonic_ms()

    def run(
        self,
        work: Callable[[], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        ended: Callable[[], None] | None = None,
        owner: QObject,
        lane: Lane = "read",
        topic: str = "",
    ) -> None:
        """Run `work` in the background; it must not touch a widget.

        `done(result)`, `failed(problem)` and, in any case, `ended()` run on the Qt thread and only while
        `owner` exists. On the read lane the newest request of one owner for one `done` (or one `topic`) wins
        and older answers are dropped without any call, `ended` included.
        """
        if self._closed:
            return
        job = _Job(
            weakref.ref(owner),
            lane,
            (id(owner), topic or _place(done)),
            _loosely(done),
            _loosely(failed),
            _loosely(ended),
        )
        if lane == "read":
            older = self._newest.get(job.topic)
            if older is not None:
                older.future.cancel()
            self._newest[job.topic] = job
        self._submit(work, job)

    def by_turns(
        self, steps: Iterator[object], *, done: Callable[[], None] = lambda: None, owner: QObject
    ) -> None:
        """Go through `steps` on the Qt thread, a slice a turn of its loop, then call `done` (turns.py)."""
        if not self._closed:
            self._turns.run(steps, done=done, owner=owner)

    def close(self) -> None:
        """Finish what is being written, drop what is only read, and end every thread."""
        self.leave()()

    def leave(self) -> Callable[[], None]:
        """Finish what is being written and drop the rest, without waiting for what still runs of it.

        Returns what waits until every thread has ended, to be called beside: a backup may take a while.
        """
        self._closed = True
        self._turns.stop()
        self._breath.stop()
        pools = dict(self._lanes)
        self._lanes.clear()
        for lane, pool in pools.items():
            pool.shutdown(wait=lane == "write", cancel_futures=lane != "write")
        self._newest.clear()
        self._begun.clear()
        while self._waiting:
            self._hand_on()

        def wait() -> None:
            for pool in pools.values():
                pool.shutdown(wait=True)

        return wait

    def _submit(self, work: Callable[[], Any], job: _Job) -> None:
        begun, since = self._begun.pop(work, (None, 0))
        fresh = begun is not None and clock.monotonic_ms() - since <= _FRESH_MS
        job.future = begun if begun is not None and fresh else self._pool(job.lane).submit(work)
        job.future.add_done_callback(lambda _: self._send(job))

    def _pool(self, lane: Lane) -> ThreadPoolExecutor:
        pool = self._lanes.get(lane)
        if pool is None:
            pool = ThreadPoolExecutor(_WORKERS[lane], thread_name_prefix=f"desk-{lane}")
            self._lanes[lane] = pool
        return pool

    @Slot(object)
    def _forget_begun(self, _kinds: frozenset[str]) -> None:
        self._begun.clear()

    def _send(self, job: _Job) -> None:
        # The last futures may end while the program is being taken down.
        if shiboken6.isValid(self):
            self._arrived.emit(job)

    @Slot(object)
    def _on_returned(self, job: _Job) -> None:
        """Hand an answer on, those that come together one after the other: keys and paint get in between."""
        if self._closed and job.lane != "write":
            return  # nobody is there any more
        self._waiting.append(job)
        if not self._breath.isActive():
            self._hand_on()

    def _hand_on(self) -> None:
        if self._waiting:
            if not self._closed:
                self._breath.start()
            self._on_arrived(self._waiting.popleft())

    def _on_arrived(self, job: _Job) -> None:
        if job.lane == "read":
            if self._newest.get(job.topic) is not job:
                return
            del self._newest[job.topic]
        try:
            error = job.future.exception()
        except CancelledError:
            return
        if error is None:
            self._deliver(job, job.future.result())
        else:
            self._report(job, error)
        self._call(job, job.ended)

    def _deliver(self, job: _Job, result: Any) -> None:
        self._call(job, job.done, result)
        self._live.announce(getattr(result, "changed", frozenset()))

    def _report(self, job: _Job, error: BaseException) -> None:
        if not isinstance(error, Problem):
            self._notices.crash(error)
        elif job.failed() is not None and job.owner_lives():
            self._call(job, job.failed, error)
        elif job.lane == "write" or job.owner_lives():
            # What could not be saved is said even when its page is gone.
            self._notices.fail(error)

    def _call(self, job: _Job, find: Callable[[], Callable[..., None] | None], *values: object) -> None:
        if job.owner_lives():
            called = find()
            if called is not None:
                called(*values)


def _place(called: Callable[..., None] | None) -> object:
    """Return what tells two receivers apart: the code that is called, wherever it was bound."""
    while isinstance(called, partial):
        called = called.func
    return getattr(called, "__code__", type(called))


def _loosely(called: Callable[..., None] | None) -> Callable[[], Callable[..., None] | None]:
    """Return a way back to `called` that does not keep the widget it belongs to alive."""
    if isinstance(called, MethodType):
        return weakref.WeakMethod(called)
    return lambda: called
