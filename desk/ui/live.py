"""What has just changed: one voice that every page hears, so that no page calls another."""

from datetime import date, datetime

from PySide6.QtCore import QObject, Signal


class Live(QObject):
    """Tells pages that records changed; each decides for itself whether it is stale.

    Signals:
        changed: the kinds of record that changed, a frozenset of nouns ("visit", "deputy", …).
        badged: page key and the count to show on the rail (0 hides it).
        draft_saved: the moment the last half-typed word reached the disk.
        marked: other records than before have an open conflict; ask `in_question`.
        day_began: another day than before, by the clock of this PC; what says 今天 is asked for anew.
    """

    changed = Signal(object)
    badged = Signal(str, int)
    draft_saved = Signal(object)
    marked = Signal()
    day_began = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._in_question: frozenset[tuple[str, str]] = frozenset()
        self._waiting: dict[str, int] = {}

    def announce(self, kinds: frozenset[str]) -> None:
        """Tell everybody that records of these kinds changed; nothing is said for none."""
        if kinds:
            self.changed.emit(kinds)

    def badge(self, page: str, count: int) -> None:
        """Show `count` on the rail beside `page`."""
        self._waiting[page] = count
        self.badged.emit(page, count)

    def waiting(self, page: str) -> int:
        """Return what the rail shows beside `page`, for a page that is built later."""
        return self._waiting.get(page, 0)

    def mark(self, records: frozenset[tuple[str, str]]) -> None:
        """Take the records, each a noun and an id, that have an open conflict now."""
        if records != self._in_question:
            self._in_question = records
            self.marked.emit()

    def in_question(self, noun: str, record_id: str) -> bool:
        """Tell whether a record has an open conflict that the user may see."""
        return (noun, record_id) in self._in_question

    def announce_draft(self, at: datetime) -> None:
        """Tell the footer when the last draft was saved."""
        self.draft_saved.emit(at)

    def begin_day(self, day: date) -> None:
        """Tell everybody that a new day has begun."""
        self.day_began.emit(day)
