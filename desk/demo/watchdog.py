"""Ends a demo that stands still: the event loop turns no more, so no timer of the player can say so.

A thread of its own looks whether the player still shows life. Should even that thread get no turn, because
the interpreter itself is held, faulthandler ends the program a little later.
"""

import faulthandler
import os
import sys
import threading  # noqa: TID251 - it must look on while the Qt thread, and every lane, may be stuck
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from desk.demo import folder
from desk.demo.record import Record
from desk.text import _

LIMIT_S: Final = 180.0
_LOOK_S = 1.0
_LATER_S = 30.0
_AGAIN_S = 5.0


class Watchdog:
    """Looks on while a demo plays: `with Watchdog(record) as dog`, and `dog.alive()` at every turn.

    Without a sign of life for `limit_s` it writes down where every thread stands, saves the summary with a
    sentence, and ends the program with exit code 1.
    """

    def __init__(
        self,
        record: Record,
        limit_s: float = LIMIT_S,
        leave: Callable[[int], object] = os._exit,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Args: `leave` ends the program with a code; `seconds` is the watch it looks at."""
        self._seconds = seconds
        self._record = record
        self._limit_s = limit_s
        self._leave = leave
        self._over = threading.Event()
        self._file = (record.out / folder.STOOD_STILL).open("w", encoding="utf-8")
        self._seen = self._armed = 0.0
        self._thread = threading.Thread(target=self._look, name="demo watchdog", daemon=True)

    def __enter__(self) -> Self:
        self.alive()
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        faulthandler.cancel_dump_traceback_later()
        self._over.set()
        self._thread.join()
        self._file.close()
        file = self._record.out / folder.STOOD_STILL
        if not file.stat().st_size:
            file.unlink()

    @property
    def stands_still(self) -> bool:
        """Whether there was no sign of life for too long."""
        return self._seconds() - self._seen > self._limit_s

    def alive(self) -> None:
        """Show life."""
        self._seen = self._seconds()
        if self._seen - self._armed > _AGAIN_S:
            self._armed = self._seen
            faulthandler.dump_traceback_later(self._limit_s + _LATER_S, exit=True, file=self._file)

    def _look(self) -> None:
        while not self._over.wait(min(_LOOK_S, self._limit_s)):
            if self.stands_still:
                self._end()
                return

    def _end(self) -> None:
        words = _("{seconds:.0f} 秒没有动静，演示停住了；各线程停在哪里，见 {file}").format(
            seconds=self._limit_s, file=folder.STOOD_STILL
        )
        faulthandler.dump_traceback(self._file)
        self._file.flush()
        self._record.problem = words
        self._record.save(self._record.out / folder.SUMMARY)
        print(
            _("演示停在“{step}”：").format(step=self._record.stopped_in) + words, file=sys.stderr, flush=True
        )
        self._leave(1)
