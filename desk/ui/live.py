"""What has just changed: one voice that every page hears, so that no page calls another."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal


class Live(QObject):
    """Tells pages that records changed; each decides for itself whether it is stale.

    Signals:
        changed: the kinds of record that changed, a frozenset of nouns ("visit", "deputy", …).
        badged: page key and the count to show on the rail (0 hides it).
        draft_saved: the moment the last half-typed word reached the disk.
    """

    changed = Signal(object)
    badged = Signal(str, int)
    draft_saved = Signal(object)

    def announce(self, kinds: frozenset[str]) -> None:
        """Tell everybody that records of these kinds changed; nothing is said for none."""
        if kinds:
            self.changed.emit(kinds)

    def badge(self, page: str, count: int) -> None:
        """Show `count` on the rail beside `page`."""
        self.badged.emit(page, count)

    def announce_draft(self, at: datetime) -> None:
        """Tell the footer when the last draft was saved."""
        self.draft_saved.emit(at)
