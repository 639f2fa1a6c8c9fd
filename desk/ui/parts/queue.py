"""What is asked for while something is being written: it waits for its turn, and no key is lost."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from desk.ui.parts.writer import Writer

Key = tuple[object, ...]
"""What tells one wish from another: what is being done, or waits already, is not asked for twice."""


@dataclass(frozen=True)
class _Wish:
    key: Key
    ask: Callable[[], None]
    anyway: bool


class Queue(QObject):
    """The wishes of one form behind its `Writer`, in the order they came."""

    def __init__(self, writer: Writer, parent: QObject) -> None:
        super().__init__(parent)
        self._writer = writer
        self._doing: Key = ()
        self._waiting: list[_Wish] = []
        writer.free.connect(self._on_free)

    def put(self, key: Key, ask: Callable[[], None], *, again: bool = False, anyway: bool = False) -> bool:
        """Keep a wish while something is being written and tell so; False if it may be done at once.

        `again`: it may wait behind itself, for more was typed since; `anyway`: it is done also when what came
        before it was refused.
        """
        if not self._writer.busy:
            self._doing = key
            return False
        known = [wish.key for wish in self._waiting]
        if key not in known and (again or key != self._doing):
            self._waiting.append(_Wish(key, ask, anyway))
        return True

    def forget(self) -> None:
        """Do nothing of what still waits: the form is closing."""
        self._waiting.clear()

    def _on_free(self, well: bool) -> None:
        self._doing = ()
        if not well:
            # What waited would be refused as the one before it was.
            self._waiting = [wish for wish in self._waiting if wish.anyway]
        while self._waiting and not self._writer.busy:
            self._waiting.pop(0).ask()
