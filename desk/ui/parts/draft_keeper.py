"""Keeps what is half typed on disk within a second of the first key."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desk import clock
from desk.errors import Problem
from desk.services.drafts import Draft
from desk.text import _
from desk.ui.context import Context

_DELAY_MS = 400
_RETRY_MS = 5000


class DraftKeeper(QObject):
    """Saves one open form a moment after it changed. The timer starts with the first key and is not put off
    by the next, so that steady typing is saved too.
    """

    def __init__(self, context: Context, key: str, read: Callable[[], Draft], parent: QObject) -> None:
        """Args: `key` names the draft; `read` returns it as the form stands now."""
        super().__init__(parent)
        self._context = context
        self._read = read
        self.key = key
        self.dirty = False
        self._edits = 0
        self._sent = 0
        self._whole: set[str] = set()
        self._failing = False
        self._timer = QTimer(self)
        self._timer.setObjectName("draft")
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.save)

    def begin(self, key: str) -> None:
        """Turn to another form; `key` names its draft. That of the form before stays until `settle_left`."""
        if self.dirty and self._edits == self._sent:
            self._whole.add(self.key)
        # What is typed from here on is never taken for what was sent before.
        self._edits += 1
        self._whole.discard(key)
        self.key = key

    def touch(self) -> None:
        """Say that something changed."""
        self.dirty = True
        self._edits += 1
        if not self._timer.isActive():
            self._timer.start()

    def sent(self) -> None:
        """Know that the form as it stands is on its way into the record."""
        self._sent = self._edits

    def settle(self) -> None:
        """Know that what was sent is in the record: forget the draft, unless more was typed meanwhile."""
        if self._edits == self._sent:
            self.drop()
        else:
            self.save()

    def keep(self, key: str) -> None:
        """Know that not all of a form left since goes into its record: its draft is not forgotten."""
        self._whole.discard(key)

    def settle_left(self, key: str, record_id: str) -> None:
        """Know that what was sent of a form left since is in the record with this id.

        Its draft is forgotten, unless more was typed before it was left: then it goes on with that record.
        """
        drafts, is_whole = self._context.services.drafts, key in self._whole
        self._whole.discard(key)
        self._context.tasks.run(
            lambda: drafts.drop(key) if is_whole else drafts.bind(key, record_id), owner=self, lane="write"
        )

    def save(self) -> None:
        """Write the form as it stands now."""
        self._timer.stop()
        if self.dirty:
            draft, drafts = self._read(), self._context.services.drafts
            self._context.tasks.run(
                lambda: drafts.save(draft),
                done=self._on_saved,
                failed=self._on_failed,
                owner=self,
                lane="write",
            )

    def drop(self) -> None:
        """Forget the draft: its words are in the record, or were given up."""
        self._timer.stop()
        self.dirty = False
        key, drafts = self.key, self._context.services.drafts
        self._context.tasks.run(lambda: drafts.drop(key), owner=self, lane="write")

    def _on_saved(self, _saved: object) -> None:
        if self._failing:
            self._failing = False
            self._timer.setInterval(_DELAY_MS)
            self._context.notices.info(_("又能保存了，刚才写的都在。"))
        self._context.live.announce_draft(clock.now())

    def _on_failed(self, problem: Problem) -> None:
        """Say so once, and try again until there is room, also when nobody types any more."""
        if not self._failing:
            self._failing = True
            self._context.notices.fail(problem)
        self._timer.setInterval(_RETRY_MS)
        if self.dirty and not self._timer.isActive():
            self._timer.start()
